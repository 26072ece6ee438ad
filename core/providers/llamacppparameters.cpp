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
using Row = ParameterRow;

constexpr double none = ParameterRange::none;

/// What only its chat route takes.
constexpr std::array chatOnly{u"max_tokens", u"max_completion_tokens", u"n", u"logprobs",
    u"top_logprobs", u"response_format", u"reasoning_format", u"reasoning_effort",
    u"chat_template_kwargs", u"tools", u"tool_choice", u"parallel_tool_calls", u"parse_tool_calls",
    u"include_usage", u"n_probs"};

constexpr std::array rows{
    GenerateRows::promptFormat,
    Row{u"n_probs", Type::Integer, u"Output", {0, none, 20}, u"0",
        u"Report so many likely alternatives for each token, with their probabilities."},
    Row{u"post_sampling_probs", Type::Boolean, u"Output", {}, u"false",
        u"Report probabilities as they were after all samplers."},
    Row{u"n_cmpl", Type::Integer, u"Output", {1, none, 4}, u"1", u"How many answers to generate."},
    Row{u"response_fields", Type::TextList, u"Advanced", {}, u"",
        u"The only members to send; name content among them, or no text comes."},
    Row{u"return_tokens", Type::Boolean, u"Advanced", {}, u"false", u"Send token ids along."},
};

} // namespace

ParameterSpecs llamaCppParameters()
{
    static const ParameterSpecs specs = [] {
        ParameterSpecs made = openAiParameters(Server::LlamaCpp);
        made.removeIf([](const ParameterSpec &spec) {
            return std::ranges::any_of(
                chatOnly, [&spec](QStringView name) { return spec.name == name; });
        });
        return withPromptFormats(made + toSpecs(rows));
    }();
    return specs;
}

} // namespace Lorikeet
