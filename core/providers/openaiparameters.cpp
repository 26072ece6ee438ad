// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openairows.h"
#include "providers/parametertables.h"

#include <QHash>

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using namespace OpenAiRows;

constexpr std::array generic{
    Row{u"temperature", Type::Number, sampling, {0, 2}, u"", temperatureHelp},
    Row{u"top_p", Type::Number, sampling, {0, 1}, u"", topPHelp}, seed, maxTokens,
    maxCompletionTokens, stop, presence, frequency, choices, logprobs, topLogprobs, responseFormat,
    logitBias, tools, toolChoice, parallelToolCalls, includeUsage};

constexpr std::array openAi{Row{u"temperature", Type::Number, sampling, {0, 2}, u"1",
                                u"Higher is more varied; reasoning models take 1 only."},
    Row{u"top_p", Type::Number, sampling, {0, 1}, u"1", topPHelp}, seed,
    Row{u"max_completion_tokens", Type::Integer, length, {1, none, 4096}, u"",
        u"The most tokens to generate, hidden reasoning included."},
    Row{u"max_tokens", Type::Integer, length, {1, none, 4096}, u"",
        u"The older name of max_completion_tokens; reasoning models refuse it."},
    stop, presence, frequency,
    Row{u"reasoning_effort", Type::Choice, sampling, {}, u"\"medium\"",
        u"How much a reasoning model thinks; each model takes some of these.",
        u"none,minimal,low,medium,high,xhigh,max"},
    Row{u"verbosity", Type::Choice, output, {}, u"\"medium\"", u"How long answers are.",
        u"low,medium,high"},
    choices, logprobs, topLogprobs, responseFormat,
    Row{u"service_tier", Type::Choice, advanced, {}, u"\"auto\"",
        u"Which class of service answers, and is billed.",
        u"auto,default,flex,scale,priority,fast"},
    logitBias, tools, toolChoice, parallelToolCalls,
    Row{u"store", Type::Boolean, advanced, {}, u"", u"Whether the service keeps the answer."},
    Row{u"metadata", Type::Json, advanced, {}, u"", u"Texts kept with a stored answer."},
    Row{u"prompt_cache_key", Type::Text, advanced, {}, u"",
        u"Requests with the same key are more likely to share a prompt cache."},
    Row{u"prompt_cache_options", Type::Json, advanced, {}, u"",
        u"How long, and what of, a prompt is kept in that cache."},
    Row{u"prediction", Type::Json, advanced, {}, u"",
        u"{\"type\":\"content\",\"content\":…}: text that most of the answer will repeat."},
    Row{u"web_search_options", Type::Json, advanced, {}, u"",
        u"What a model that searches the web may look at."},
    Row{u"moderation", Type::Json, advanced, {}, u"", u"How the service moderates the answer."},
    Row{u"safety_identifier", Type::Text, advanced, {}, u"",
        u"A stable name of the person who asks, up to 64 characters."},
    Row{u"user", Type::Text, advanced, {}, u"",
        u"The older name of safety_identifier and prompt_cache_key."},
    includeUsage};

constexpr std::array mistral{
    Row{u"temperature", Type::Number, sampling, {0, 1.5}, u"", temperatureHelp},
    Row{u"top_p", Type::Number, sampling, {0, 1}, u"1", topPHelp},
    Row{u"random_seed", Type::Integer, sampling, {0}, u"", u"Makes sampling repeatable."},
    maxTokens, stop, presence, frequency,
    Row{u"reasoning_effort", Type::Choice, sampling, {}, u"", u"How much a reasoning model thinks.",
        u"high,none"},
    choices, responseFormat,
    Row{u"safe_prompt", Type::Boolean, advanced, {}, u"false",
        u"Put Mistral's safety prompt in front of the conversation."},
    tools, toolChoice, parallelToolCalls,
    Row{u"metadata", Type::Json, advanced, {}, u"", u"Texts kept with the request."},
    Row{u"prompt_cache_key", Type::Text, advanced, {}, u"",
        u"Requests with the same key are more likely to share a prompt cache."},
    Row{u"prediction", Type::Json, advanced, {}, u"",
        u"{\"type\":\"content\",\"content\":…}: text that most of the answer will repeat."},
    Row{u"guardrails", Type::Json, advanced, {}, u"", u"The list of guardrails to apply."},
    Row{u"prompt_mode", Type::Choice, advanced, {}, u"",
        u"The older way to let a reasoning model think.", u"reasoning"},
    Row{u"include_usage", Type::Boolean, advanced, {}, u"false",
        u"Mistral reports token counts unasked and may refuse to be asked.", u"", Fate::Client}};

} // namespace

ParameterSpecs openAiParameters(Server server)
{
    // Made once: each request asks for them.
    static const QHash<Server, ParameterSpecs> tables{
        {Server::Unknown, toSpecs(generic)},
        {Server::OpenAi, toSpecs(openAi)},
        {Server::Azure, toSpecs(openAi)},
        {Server::Mistral, toSpecs(mistral)},
        {Server::Vllm, toSpecs(OpenAiRows::vllm())},
        {Server::LlamaCpp, toSpecs(OpenAiRows::llamaCpp())},
        {Server::Ollama, toSpecs(OpenAiRows::ollama())},
        {Server::Tgi, toSpecs(OpenAiRows::tgi())},
        {Server::Sglang, toSpecs(OpenAiRows::sglang())},
        {Server::LmStudio, toSpecs(OpenAiRows::lmStudio())},
        {Server::Lorax, toSpecs(OpenAiRows::lorax())},
    };
    return tables.contains(server) ? tables.value(server) : tables.value(Server::Unknown);
}

} // namespace Lorikeet
