// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/parameterrow.h"
#include "providers/parametertables.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Type = ParameterSpec::Type;
using Row = ParameterRow;

constexpr double none = ParameterRange::none;

// The reference of GenerationConfig, and the types of Google's own client. Defaults are the
// model's, which its entry in the list of models tells. What is not here the server refuses
// ("Unknown name").
constexpr std::array rows{
    Row{u"temperature", Type::Number, u"Sampling", {0, 2}, u"",
        u"Higher is more varied; some models stop at a lower maximum."},
    Row{u"topP", Type::Number, u"Sampling", {0, 1}, u"",
        u"Sample among the likeliest tokens that together have this probability."},
    Row{u"topK", Type::Integer, u"Sampling", {1, none, 200}, u"",
        u"Sample among that many of the likeliest tokens; models without it refuse it."},
    Row{u"seed", Type::Integer, u"Sampling", {-2147483648.0, 2147483647.0}, u"",
        u"Makes sampling mostly repeatable; 32 bits."},
    Row{u"thinkingConfig", Type::Json, u"Sampling", {}, u"",
        u"{\"includeThoughts\":true} shows thoughts; thinkingBudget (0 off, -1 automatic) or "
        "thinkingLevel (minimal to high) limits them."},
    Row{u"maxOutputTokens", Type::Integer, u"Length", {1, none, 65536}, u"",
        u"The most tokens to generate, thoughts included."},
    Row{u"stopSequences", Type::TextList, u"Length", {}, u"",
        u"Up to 5 texts that end the answer; they are not part of it."},
    Row{u"presencePenalty", Type::Number, u"Penalties", {-2, 2}, u"",
        u"Makes tokens that were used at all less likely; not every model has it."},
    Row{u"frequencyPenalty", Type::Number, u"Penalties", {-2, 2}, u"",
        u"Makes tokens less likely the more often they were used; not every model has it."},
    Row{u"candidateCount", Type::Integer, u"Output", {1, 8, 4}, u"1",
        u"How many answers to generate; many models give one only."},
    Row{u"responseMimeType", Type::Choice, u"Output", {}, u"\"text/plain\"",
        u"application/json makes the answer JSON.", u"text/plain,application/json,text/x.enum"},
    Row{u"responseJsonSchema", Type::Json, u"Output", {}, u"",
        u"The JSON schema of the answer; needs responseMimeType application/json."},
    Row{u"responseSchema", Type::Json, u"Output", {}, u"",
        u"The same as a schema in OpenAPI's form."},
    Row{u"responseLogprobs", Type::Boolean, u"Output", {}, u"false",
        u"Report the probability of each token; few models do."},
    Row{u"logprobs", Type::Integer, u"Output", {0, 20}, u"",
        u"With responseLogprobs: report so many likely alternatives for each token."},
    Row{u"tools", Type::Json, u"Advanced", {}, u"",
        u"[{\"functionDeclarations\":[{\"name\":…,\"parameters\":…}]}] and the server's own "
        "tools."},
    Row{u"toolConfig", Type::Json, u"Advanced", {}, u"",
        u"{\"functionCallingConfig\":{\"mode\":\"AUTO\"}}, ANY or NONE."},
    Row{u"safetySettings", Type::Json, u"Advanced", {}, u"",
        u"A list of categories and the thresholds at which they block."},
    Row{u"cachedContent", Type::Text, u"Advanced", {}, u"",
        u"The name of a prompt kept on the server, cachedContents/…."},
    Row{u"mediaResolution", Type::Choice, u"Advanced", {}, u"", u"How finely pictures are read.",
        u"MEDIA_RESOLUTION_LOW,MEDIA_RESOLUTION_MEDIUM,MEDIA_RESOLUTION_HIGH"},
};

} // namespace

ParameterSpecs geminiParameters()
{
    static const ParameterSpecs specs = toSpecs(rows);
    return specs;
}

} // namespace Lorikeet
