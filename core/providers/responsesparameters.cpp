// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/parameterrow.h"
#include "providers/parametertables.h"

#include <array>

namespace Lorikeet {

namespace {

using Type = ParameterSpec::Type;
using Row = ParameterRow;

constexpr double none = ParameterRange::none;

// OpenAI's specification of POST /responses. Penalties, stop, seed and n are not in it.
constexpr std::array rows{
    Row{u"temperature", Type::Number, u"Sampling", {0, 2}, u"1",
        u"Higher is more varied; reasoning models take 1 only."},
    Row{u"top_p", Type::Number, u"Sampling", {0, 1}, u"1",
        u"Sample among the likeliest tokens that together have this probability."},
    Row{u"reasoning", Type::Json, u"Sampling", {}, u"",
        u"{\"effort\":\"low\",\"summary\":\"auto\"}: how much a model thinks, and whether it says "
        "what."},
    Row{u"max_output_tokens", Type::Integer, u"Length", {1, none, 8192}, u"",
        u"The most tokens to generate, hidden reasoning included."},
    Row{u"max_tool_calls", Type::Integer, u"Length", {1, none, 20}, u"",
        u"The most calls of the service's own tools."},
    Row{u"truncation", Type::Choice, u"Length", {}, u"\"disabled\"",
        u"Whether the service drops old messages that do not fit, or refuses.", u"auto,disabled"},
    Row{u"text", Type::Json, u"Output", {}, u"",
        u"{\"format\":{\"type\":\"json_schema\",…},\"verbosity\":\"low\"}: the answer's form."},
    Row{u"top_logprobs", Type::Integer, u"Output", {0, 20}, u"",
        u"Report so many likely alternatives for each token; include must name them."},
    Row{u"include", Type::TextList, u"Output", {}, u"",
        u"What else to send, such as message.output_text.logprobs."},
    Row{u"tools", Type::Json, u"Advanced", {}, u"",
        u"The list of tools a model may call; the form of chat completions is understood."},
    Row{u"tool_choice", Type::Json, u"Advanced", {}, u"",
        u"Whether and which tool must be called."},
    Row{u"parallel_tool_calls", Type::Boolean, u"Advanced", {}, u"true",
        u"Whether several tools may be called at once."},
    Row{u"store", Type::Boolean, u"Advanced", {}, u"true",
        u"Whether the service keeps the answer; turn it off for what should not be kept."},
    Row{u"service_tier", Type::Choice, u"Advanced", {}, u"\"auto\"",
        u"Which class of service answers, and is billed.",
        u"auto,default,flex,scale,priority,fast"},
    Row{u"metadata", Type::Json, u"Advanced", {}, u"", u"Texts kept with a stored answer."},
    Row{u"prompt_cache_key", Type::Text, u"Advanced", {}, u"",
        u"Requests with the same key share a prompt cache."},
    Row{u"safety_identifier", Type::Text, u"Advanced", {}, u"",
        u"A stable name of the person who asks, up to 64 characters."},
    Row{u"stream_options", Type::Json, u"Advanced", {}, u"",
        u"{\"include_obfuscation\":false} leaves out the padding of streams."},
};

} // namespace

ParameterSpecs responsesParameters()
{
    static const ParameterSpecs specs = toSpecs(rows);
    return specs;
}

} // namespace Lorikeet
