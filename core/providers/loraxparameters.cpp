// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/parameterrow.h"
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
    Row{u"top_k", Type::Integer, u"Sampling", {1, none, 200}, u"",
        u"Sample among that many of the likeliest tokens; leave it out for no limit."},
    Row{u"top_p", Type::Number, u"Sampling", {0, 1, none, true}, u"1.0",
        u"Sample among the likeliest tokens that together have this probability."},
    Row{u"typical_p", Type::Number, u"Sampling", {0, 1, none, true, true}, u"",
        u"Keep tokens whose information is typical of the text, up to this probability."},
    Row{u"seed", Type::Integer, u"Sampling", {0, 18446744073709551615.0}, u"",
        u"Makes sampling repeatable; up to 64 bits, random if left out."},
    Row{u"best_of", Type::Integer, u"Sampling", {1, none, 4}, u"1",
        u"Generate so many answers and return the best; needs sampling, no seed and no streaming."},
    Row{u"max_new_tokens", Type::Integer, u"Length", {1, none, 4096}, u"",
        u"The most tokens to generate; without it the answer may fill the whole context."},
    Row{u"truncate", Type::Integer, u"Length", {1, none, 4096}, u"",
        u"Keep only so many tokens from the end of the prompt; a prompt over the server's limit "
        "may be refused all the same."},
    Row{u"stop", Type::TextList, u"Length", {}, u"[]",
        u"Texts that end the answer; they stay in it. Servers take 4 unless set up otherwise."},
    Row{u"ignore_eos_token", Type::Boolean, u"Length", {}, u"false",
        u"Go on after the end-of-text token: for answers of a fixed length in load tests."},
    Row{u"repetition_penalty", Type::Number, u"Penalties", {0, none, 2, true}, u"1.0",
        u"Above 1 makes tokens that were already used less likely."},
    Row{u"frequency_penalty", Type::Number, u"Penalties", {-2, 2}, u"0.0",
        u"Makes tokens less likely the more often they were used."},
    Row{u"presence_penalty", Type::Number, u"Penalties", {-2, 2}, u"0.0",
        u"Makes tokens that were used at all less likely."},
    Row{u"prompt_format", Type::Choice, u"Output", {}, u"\"plain\"",
        u"How a conversation becomes the one text that LoRAX takes; it must suit the base model. "
        "Plain sends a single message as it is.",
        u"", Fate::Client},
    Row{u"return_full_text", Type::Boolean, u"Output", {}, u"false",
        u"Put the prompt in front of the answer (not in streams)."},
    Row{u"return_k_alternatives", Type::Integer, u"Output", {1, none, 10}, u"",
        u"Report so many likely alternatives for each token, with their probabilities."},
    Row{u"response_format", Type::Json, u"Output", {}, u"",
        u"{\"type\":\"json_object\",\"schema\":{…}} makes the answer JSON of that schema."},
    Row{u"details", Type::Boolean, u"Advanced", {}, u"true",
        u"Report why the answer ended and its token counts; sent as true unless you say "
        "otherwise."},
    Row{u"decoder_input_details", Type::Boolean, u"Advanced", {}, u"false",
        u"Report the tokens of the prompt as well; not with streaming."},
    Row{u"watermark", Type::Boolean, u"Advanced", {}, u"false",
        u"Mark the text so that it can be recognised as generated."},
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
