// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/generaterows.h"
#include "providers/parametertables.h"
#include "providers/promptformat.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Type = ParameterSpec::Type;
using Fate = ParameterSpec::Fate;
using Row = ParameterRow;

constexpr double none = ParameterRange::none;

// LoRAX router/src/validation.rs and lib.rs. The ranges are the server's own, which are wider than
// the Python client's (top_p of 1 is allowed). Adapters are not here: they have a choice of their
// own (AdapterChoice).
constexpr std::array rows{
    Row{u"do_sample", Type::Boolean, u"Sampling", {}, u"false",
        u"Sample instead of always taking the likeliest token; LoRAX is greedy by default."},
    Row{u"temperature", Type::Number, u"Sampling", {0, none, 2}, u"1.0",
        u"Higher is more varied; 0 is greedy. Anything but 0 and 1 turns sampling on."},
    GenerateRows::topK,
    Row{u"top_p", Type::Number, u"Sampling", {0, 1, none, true}, u"1.0",
        u"Sample among the likeliest tokens that together have this probability."},
    GenerateRows::typicalP,
    GenerateRows::seed,
    GenerateRows::bestOf,
    Row{u"max_new_tokens", Type::Integer, u"Length", {1, none, 4096}, u"",
        u"The most tokens to generate; without it the answer may fill the whole context."},
    Row{u"truncate", Type::Integer, u"Length", {1, none, 4096}, u"",
        u"Keep only so many tokens from the end of the prompt; a prompt over the server's limit "
        "may be refused all the same."},
    GenerateRows::stop,
    Row{u"ignore_eos_token", Type::Boolean, u"Length", {}, u"false",
        u"Go on after the end-of-text token: for answers of a fixed length in load tests."},
    GenerateRows::repetitionPenalty,
    GenerateRows::frequencyPenalty,
    Row{u"presence_penalty", Type::Number, u"Penalties", {-2, 2}, u"0.0",
        u"Makes tokens that were used at all less likely."},
    Row{u"prompt_format", Type::Choice, u"Output", {}, u"\"plain\"",
        u"How a conversation becomes the one text that LoRAX takes; it must suit the base model. "
        "Plain sends a single message as it is.",
        u"", Fate::Client},
    GenerateRows::returnFullText,
    Row{u"return_k_alternatives", Type::Integer, u"Output", {1, none, 10}, u"",
        u"Report so many likely alternatives for each token, with their probabilities."},
    Row{u"response_format", Type::Json, u"Output", {}, u"",
        u"{\"type\":\"json_object\",\"schema\":{…}} makes the answer JSON of that schema."},
    GenerateRows::details,
    GenerateRows::decoderInputDetails,
    GenerateRows::watermark,
    Row{u"apply_chat_template", Type::Boolean, u"Advanced", {}, u"false",
        u"Has no effect on present servers; choose a prompt format instead.", u"", Fate::Ignored},
};

} // namespace

ParameterSpecs loraxParameters()
{
    static const ParameterSpecs specs = withPromptFormats(toSpecs(rows));
    return specs;
}

} // namespace Lorikeet
