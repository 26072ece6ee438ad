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

// The Messages API's reference, and the types of Anthropic's own client. What is not here the
// server refuses ("Extra inputs are not permitted").
constexpr std::array rows{
    Row{u"max_tokens", Type::Integer, u"Length", {1, none, 64000}, u"4096",
        u"The most tokens to generate, thinking included. Anthropic wants it in every request: "
        "4096 is sent unless you set it."},
    Row{u"stop_sequences", Type::TextList, u"Length", {}, u"",
        u"Texts that end the answer; they are not part of it, and must not be blank."},
    Row{u"temperature", Type::Number, u"Sampling", {0, 1}, u"1.0",
        u"Higher is more varied; must be 1 while thinking, and some models take no other value."},
    Row{u"top_p", Type::Number, u"Sampling", {0, 1}, u"",
        u"Sample among the likeliest tokens that together have this probability; set this or "
        "temperature, not both."},
    Row{u"top_k", Type::Integer, u"Sampling", {0, none, 200}, u"",
        u"Sample among that many of the likeliest tokens; not while thinking."},
    Row{u"thinking", Type::Json, u"Sampling", {}, u"",
        u"{\"type\":\"enabled\",\"budget_tokens\":2048}, {\"type\":\"adaptive\"} or "
        "{\"type\":\"disabled\"}."},
    Row{u"output_config", Type::Json, u"Output", {}, u"",
        u"{\"effort\":\"low\"} up to max, and {\"format\":{\"type\":\"json_schema\","
        "\"schema\":{…}}} for JSON."},
    Row{u"tools", Type::Json, u"Advanced", {}, u"",
        u"The list of tools a model may call, each with name, description and input_schema."},
    Row{u"tool_choice", Type::Json, u"Advanced", {}, u"{\"type\":\"auto\"}",
        u"{\"type\":\"auto\"}, any, none, or {\"type\":\"tool\",\"name\":…}."},
    Row{u"service_tier", Type::Choice, u"Advanced", {}, u"\"auto\"",
        u"Whether capacity set aside for the account may be used.", u"auto,standard_only"},
    Row{u"cache_control", Type::Json, u"Advanced", {}, u"",
        u"{\"type\":\"ephemeral\"} lets the server keep the prompt for the next request."},
    Row{u"inference_geo", Type::Text, u"Advanced", {}, u"",
        u"The region to answer in; the workspace decides if left out."},
    Row{u"metadata", Type::Json, u"Advanced", {}, u"",
        u"{\"user_id\":…}: an id of the user that names nobody."},
    Row{u"container", Type::Text, u"Advanced", {}, u"",
        u"The container of an earlier answer, for the server's own code execution."},
};

} // namespace

ParameterSpecs anthropicParameters()
{
    static const ParameterSpecs specs = toSpecs(rows);
    return specs;
}

} // namespace Lorikeet
