// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openairows.h"

#include <array>

namespace Lorikeet {

namespace {

using namespace OpenAiRows;

constexpr std::array ollamaRows{
    Row{u"temperature", Type::Number, sampling, {0, none, 2}, u"1.0", temperatureHelp},
    Row{u"top_p", Type::Number, sampling, {0, 1}, u"1.0", topPHelp}, seed, maxTokens, stop,
    presence, frequency,
    Row{u"reasoning_effort", Type::Text, sampling, {}, u"", u"How much a reasoning model thinks."},
    logprobs, topLogprobs, responseFormat, tools, includeUsage, ignored(u"top_k", Type::Integer),
    ignored(u"min_p", Type::Number), ignored(u"repeat_penalty", Type::Number),
    ignored(u"num_ctx", Type::Integer), ignored(u"keep_alive", Type::Json),
    ignored(u"tool_choice", Type::Json), ignored(u"logit_bias", Type::Json),
    ignored(u"n", Type::Integer)};

constexpr std::array lmStudioRows{
    Row{u"temperature", Type::Number, sampling, {0, none, 2}, u"", temperatureHelp},
    Row{u"top_p", Type::Number, sampling, {0, 1}, u"", topPHelp},
    Row{u"top_k", Type::Integer, sampling, {0, none, 200}, u"", topKHelp}, seed,
    Row{u"max_tokens", Type::Integer, length, {-1, none, 4096}, u"", maxTokensHelp}, stop,
    Row{u"repeat_penalty", Type::Number, penalties, {0, none, 2}, u"", repetitionHelp}, presence,
    frequency,
    Row{u"response_format", Type::Json, output, {}, u"",
        u"json_schema with a schema makes the answer JSON; json_object is not offered here."},
    logitBias,
    Row{u"ttl", Type::Integer, advanced, {0, none, 7200}, u"3600",
        u"Seconds a model loaded on demand stays loaded."},
    Row{u"draft_model", Type::Text, advanced, {}, u"", u"A small model for speculative decoding."},
    tools,
    Row{u"tool_choice", Type::Choice, advanced, {}, u"\"auto\"", toolChoiceHelp,
        u"none,auto,required"},
    includeUsage, ignored(u"logprobs", Type::Boolean), ignored(u"n", Type::Integer)};

constexpr std::array tgiRows{
    Row{u"temperature", Type::Number, sampling, {0, none, 2}, u"", temperatureHelp},
    Row{u"top_p", Type::Number, sampling, {0, 1, none, true, true}, u"",
        u"Sample among the likeliest tokens that together have this probability; leave it out "
        "instead of setting 1."},
    Row{u"seed", Type::Integer, sampling, {0, 18446744073709551615.0}, u"",
        u"Makes sampling repeatable."},
    maxTokens, maxCompletionTokens,
    Row{u"stop", Type::TextList, length, {}, u"", u"Texts that end the answer; usually at most 4."},
    Row{u"presence_penalty", Type::Number, penalties, {-2, 2}, u"",
        u"This server turns it into a repetition penalty of 2 more than it."},
    frequency, logprobs,
    Row{u"top_logprobs", Type::Integer, output, {0, 5}, u"",
        u"With logprobs: report so many likely alternatives for each token."},
    Row{u"response_format", Type::Json, output, {}, u"",
        u"{\"type\":\"json\",\"value\":{…}}, or regex; the schema stands under value."},
    tools, toolChoice, includeUsage, ignored(u"n", Type::Integer),
    ignored(u"logit_bias", Type::Json)};

constexpr std::array loraxRows{
    Row{u"temperature", Type::Number, sampling, {0, none, 2}, u"1.0",
        u"Higher is more varied; 0 is greedy. This route samples by default, unlike LoRAX' own."},
    Row{u"top_p", Type::Number, sampling, {0, 1, none, true}, u"1.0", topPHelp},
    Row{u"top_k", Type::Integer, sampling, {1, none, 200}, u"", topKHelp},
    Row{u"seed", Type::Integer, sampling, {0, 18446744073709551615.0}, u"",
        u"Makes sampling repeatable."},
    maxTokens,
    Row{u"stop", Type::TextList, length, {}, u"", u"Texts that end the answer; they stay in it."},
    Row{u"ignore_eos_token", Type::Boolean, length, {}, u"false",
        u"Go on after the end-of-text token: for answers of a fixed length in load tests."},
    Row{u"repetition_penalty", Type::Number, penalties, {0, none, 2, true}, u"1.0", repetitionHelp},
    presence, frequency,
    Row{u"n", Type::Integer, output, {1, none, 4}, u"1",
        u"How many answers to generate; more than 1 not in streams."},
    responseFormat, tools,
    Row{u"tool_choice", Type::Json, advanced, {}, u"",
        u"\"auto\", \"none\" or the name of a tool."},
    Row{u"tool_prompt", Type::Text, advanced, {}, u"", u"The text that introduces the tools."},
    Row{u"guideline", Type::Text, advanced, {}, u"", u"For templates that ask for a guideline."},
    ignored(u"max_completion_tokens", Type::Integer), ignored(u"logprobs", Type::Boolean),
    ignored(u"logit_bias", Type::Json), ignored(u"parallel_tool_calls", Type::Boolean)};

} // namespace

std::span<const ParameterRow> OpenAiRows::ollama() { return ollamaRows; }

std::span<const ParameterRow> OpenAiRows::lmStudio() { return lmStudioRows; }

std::span<const ParameterRow> OpenAiRows::tgi() { return tgiRows; }

std::span<const ParameterRow> OpenAiRows::lorax() { return loraxRows; }

} // namespace Lorikeet
