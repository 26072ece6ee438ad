// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/parameterrow.h"
#include "providers/parametertables.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Type = ParameterSpec::Type;
using Fate = ParameterSpec::Fate;
using Row = ParameterRow;

constexpr double none = ParameterRange::none;
/// Ollama reads whole numbers through floating point: beyond 2^53 digits would be lost.
constexpr double exact = 9007199254740992.0;
constexpr QStringView removed = u"Older versions had it; the present one only logs it.";

// ollama api/types.go (Options, DefaultOptions) and server/routes.go. The server checks types and
// no ranges; the ranges are those outside of which a value means nothing. A model's own Modelfile
// may set other defaults.
constexpr std::array rows{
    Row{u"temperature", Type::Number, u"Sampling", {0, none, 2}, u"0.8",
        u"Higher is more varied; 0 is greedy. The OpenAI-compatible route has 1.0 here."},
    Row{u"top_k", Type::Integer, u"Sampling", {0, 2147483647.0, 200}, u"40",
        u"Sample among that many of the likeliest tokens; 0 is no limit."},
    Row{u"top_p", Type::Number, u"Sampling", {0, 1}, u"0.9",
        u"Sample among the likeliest tokens that together have this probability."},
    Row{u"min_p", Type::Number, u"Sampling", {0, 1}, u"0.0",
        u"Drop tokens whose probability is below this share of the likeliest one's."},
    Row{u"typical_p", Type::Number, u"Sampling", {0, 1}, u"1.0",
        u"Keep tokens whose information is typical of the text; 1 is off."},
    Row{u"seed", Type::Integer, u"Sampling", {-exact, exact}, u"-1",
        u"Makes sampling repeatable; negative is a new one each time."},
    Row{u"think", Type::Choice, u"Sampling", {}, u"",
        u"Whether, or how much, a thinking model thinks; left out, it does. Models that cannot "
        "think refuse true and the levels.",
        u"true,false,low,medium,high,max"},
    Row{u"num_predict", Type::Integer, u"Length", {-2, 2147483647.0, 4096}, u"-1",
        u"The most tokens to generate; -1 is no limit."},
    Row{u"stop", Type::TextList, u"Length", {}, u"",
        u"Texts that end the answer; they are not part of it, and replace the model's own."},
    Row{u"num_ctx", Type::Integer, u"Length", {1, 2147483647.0, 131072}, u"",
        u"The size of the context in tokens. Another value loads the model anew, which takes "
        "time."},
    Row{u"num_keep", Type::Integer, u"Length", {-1, 2147483647.0, 1024}, u"4",
        u"Tokens of the beginning that stay when a full context is shifted; -1 keeps all."},
    Row{u"truncate", Type::Boolean, u"Length", {}, u"true",
        u"Drop the oldest messages of a conversation that does not fit; false makes it an "
        "error."},
    Row{u"shift", Type::Boolean, u"Length", {}, u"true",
        u"Go on with a shortened context when it is full; false ends the answer there."},
    Row{u"repeat_penalty", Type::Number, u"Penalties", {0, none, 2, true}, u"1.0",
        u"Above 1 makes tokens that were already used less likely; older versions begin "
        "with 1.1."},
    Row{u"repeat_last_n", Type::Integer, u"Penalties", {-1, 2147483647.0, 2048}, u"64",
        u"How far back the penalties look; 0 is off, -1 the whole context."},
    Row{u"presence_penalty", Type::Number, u"Penalties", {-2, 2}, u"0.0",
        u"Makes tokens that were used at all less likely."},
    Row{u"frequency_penalty", Type::Number, u"Penalties", {-2, 2}, u"0.0",
        u"Makes tokens less likely the more often they were used."},
    Row{u"format", Type::Json, u"Output", {}, u"",
        u"\"json\", or a JSON schema as it is, makes the answer JSON."},
    Row{u"logprobs", Type::Boolean, u"Output", {}, u"false",
        u"Report the probability of each token."},
    Row{u"top_logprobs", Type::Integer, u"Output", {0, 20}, u"0",
        u"With logprobs: report so many likely alternatives for each token."},
    Row{u"keep_alive", Type::Text, u"Advanced", {}, u"\"5m\"",
        u"How long the model stays loaded: a time such as 5m or a number of seconds; 0 unloads "
        "it at once, -1 keeps it."},
    Row{u"tools", Type::Json, u"Advanced", {}, u"", u"The list of tools a model may call."},
    Row{u"num_batch", Type::Integer, u"Advanced", {1, 2147483647.0, 4096}, u"512",
        u"Tokens of a prompt that are read at once; another value loads the model anew."},
    Row{u"num_gpu", Type::Integer, u"Advanced", {-1, 2147483647.0, 256}, u"-1",
        u"Layers that go to the GPU; -1 lets Ollama decide. Another value loads the model anew."},
    Row{u"main_gpu", Type::Integer, u"Advanced", {0, 2147483647.0, 16}, u"",
        u"The GPU for what cannot be split; another value loads the model anew."},
    Row{u"num_thread", Type::Integer, u"Advanced", {0, 2147483647.0, 256}, u"0",
        u"Threads on the CPU; 0 lets Ollama decide. Another value loads the model anew."},
    Row{u"use_mmap", Type::Boolean, u"Advanced", {}, u"",
        u"Map the model's file into memory; another value loads the model anew."},
    Row{u"draft_num_predict", Type::Integer, u"Advanced", {0, 2147483647.0, 64}, u"4",
        u"Tokens a draft model is ahead, where the model has one."},
    Row{u"tool_choice", Type::Json, u"Advanced", {}, u"",
        u"Ollama takes it without a word and without effect.", u"", Fate::Ignored},
    Row{u"mirostat", Type::Integer, u"Advanced", {0, 2}, u"", removed, u"", Fate::Ignored},
    Row{u"mirostat_tau", Type::Number, u"Advanced", {}, u"", removed, u"", Fate::Ignored},
    Row{u"mirostat_eta", Type::Number, u"Advanced", {}, u"", removed, u"", Fate::Ignored},
    Row{u"tfs_z", Type::Number, u"Advanced", {}, u"", removed, u"", Fate::Ignored},
    Row{u"penalize_newline", Type::Boolean, u"Advanced", {}, u"", removed, u"", Fate::Ignored},
    Row{u"use_mlock", Type::Boolean, u"Advanced", {}, u"", removed, u"", Fate::Ignored},
};

} // namespace

ParameterSpecs ollamaParameters()
{
    static const ParameterSpecs specs = toSpecs(rows);
    return specs;
}

} // namespace Lorikeet
