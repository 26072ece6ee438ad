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

// TGI router/src/validation.rs and lib.rs. Unlike LoRAX it refuses a temperature of 0 and a top_p
// of 1, and does not know ignore_eos_token and presence_penalty.
constexpr std::array rows{
    Row{u"do_sample", Type::Boolean, u"Sampling", {}, u"false",
        u"Sample instead of always taking the likeliest token; this route is greedy by default."},
    Row{u"temperature", Type::Number, u"Sampling", {0, none, 2, true}, u"1.0",
        u"Higher is more varied; leave it out, and do_sample, for greedy answers."},
    GenerateRows::topK,
    Row{u"top_p", Type::Number, u"Sampling", {0, 1, none, true, true}, u"",
        u"Sample among the likeliest tokens that together have this probability; leave it out "
        "instead of setting 1."},
    GenerateRows::typicalP,
    GenerateRows::seed,
    GenerateRows::bestOf,
    Row{u"max_new_tokens", Type::Integer, u"Length", {1, none, 4096}, u"",
        u"The most tokens to generate; the default depends on the server's version."},
    Row{u"truncate", Type::Integer, u"Length", {1, none, 4096}, u"",
        u"Keep only so many tokens from the end of the prompt."},
    GenerateRows::stop,
    GenerateRows::repetitionPenalty,
    GenerateRows::frequencyPenalty,
    GenerateRows::promptFormat,
    GenerateRows::returnFullText,
    Row{u"top_n_tokens", Type::Integer, u"Output", {0, none, 5}, u"",
        u"Report so many likely alternatives for each token, with their probabilities."},
    Row{u"grammar", Type::Json, u"Output", {}, u"",
        u"{\"type\":\"json\",\"value\":{…}} with a schema, or type regex, shapes the answer."},
    GenerateRows::details,
    GenerateRows::decoderInputDetails,
    GenerateRows::watermark,
    Row{u"presence_penalty", Type::Number, u"Penalties", {}, u"",
        u"This route takes it without a word and without effect.", u"", Fate::Ignored},
    Row{u"ignore_eos_token", Type::Boolean, u"Length", {}, u"",
        u"This route takes it without a word and without effect; LoRAX honours it.", u"",
        Fate::Ignored},
};

} // namespace

ParameterSpecs tgiParameters()
{
    static const ParameterSpecs specs = withPromptFormats(toSpecs(rows));
    return specs;
}

} // namespace Lorikeet
