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

// TGI router/src/validation.rs and lib.rs. Unlike LoRAX it refuses a temperature of 0 and a top_p
// of 1, and does not know ignore_eos_token and presence_penalty.
constexpr std::array rows{
    Row{u"do_sample", Type::Boolean, u"Sampling", {}, u"false",
        u"Sample instead of always taking the likeliest token; this route is greedy by default."},
    Row{u"temperature", Type::Number, u"Sampling", {0, none, 2, true}, u"1.0",
        u"Higher is more varied; leave it out, and do_sample, for greedy answers."},
    Row{u"top_k", Type::Integer, u"Sampling", {1, none, 200}, u"",
        u"Sample among that many of the likeliest tokens; leave it out for no limit."},
    Row{u"top_p", Type::Number, u"Sampling", {0, 1, none, true, true}, u"",
        u"Sample among the likeliest tokens that together have this probability; leave it out "
        "instead of setting 1."},
    Row{u"typical_p", Type::Number, u"Sampling", {0, 1, none, true, true}, u"",
        u"Keep tokens whose information is typical of the text, up to this probability."},
    Row{u"seed", Type::Integer, u"Sampling", {0, 18446744073709551615.0}, u"",
        u"Makes sampling repeatable; up to 64 bits, random if left out."},
    Row{u"best_of", Type::Integer, u"Sampling", {1, none, 4}, u"1",
        u"Generate so many answers and return the best; needs sampling, no seed and no streaming."},
    Row{u"max_new_tokens", Type::Integer, u"Length", {1, none, 4096}, u"",
        u"The most tokens to generate; the default depends on the server's version."},
    Row{u"truncate", Type::Integer, u"Length", {1, none, 4096}, u"",
        u"Keep only so many tokens from the end of the prompt."},
    Row{u"stop", Type::TextList, u"Length", {}, u"[]",
        u"Texts that end the answer; they stay in it. Servers take 4 unless set up otherwise."},
    Row{u"repetition_penalty", Type::Number, u"Penalties", {0, none, 2, true}, u"1.0",
        u"Above 1 makes tokens that were already used less likely."},
    Row{u"frequency_penalty", Type::Number, u"Penalties", {-2, 2}, u"0.0",
        u"Makes tokens less likely the more often they were used."},
    Row{u"prompt_format", Type::Choice, u"Output", {}, u"\"plain\"",
        u"How a conversation becomes the one text that this route takes; it must suit the model. "
        "Plain sends a single message as it is.",
        u"", Fate::Client},
    Row{u"return_full_text", Type::Boolean, u"Output", {}, u"false",
        u"Put the prompt in front of the answer (not in streams)."},
    Row{u"top_n_tokens", Type::Integer, u"Output", {0, none, 5}, u"",
        u"Report so many likely alternatives for each token, with their probabilities."},
    Row{u"grammar", Type::Json, u"Output", {}, u"",
        u"{\"type\":\"json\",\"value\":{…}} with a schema, or type regex, shapes the answer."},
    Row{u"details", Type::Boolean, u"Advanced", {}, u"true",
        u"Report why the answer ended and its token counts; sent as true unless you say "
        "otherwise."},
    Row{u"decoder_input_details", Type::Boolean, u"Advanced", {}, u"false",
        u"Report the tokens of the prompt as well; not with streaming."},
    Row{u"watermark", Type::Boolean, u"Advanced", {}, u"false",
        u"Mark the text so that it can be recognised as generated."},
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
