// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/parameterrow.h"

// What means the same wherever chat completions take it, and the words for it.

namespace Lorikeet::OpenAiRows {

using Type = ParameterSpec::Type;
using Fate = ParameterSpec::Fate;
using Row = ParameterRow;

inline constexpr double none = ParameterRange::none;
inline constexpr QStringView sampling = u"Sampling";
inline constexpr QStringView length = u"Length";
inline constexpr QStringView penalties = u"Penalties";
inline constexpr QStringView output = u"Output";
inline constexpr QStringView advanced = u"Advanced";

inline constexpr QStringView temperatureHelp = u"Higher is more varied; 0 is (nearly) greedy.";
inline constexpr QStringView topPHelp
    = u"Sample among the likeliest tokens that together have this probability.";
inline constexpr QStringView topKHelp = u"Sample among that many of the likeliest tokens.";
inline constexpr QStringView minPHelp
    = u"Drop tokens whose probability is below this share of the likeliest one's.";
inline constexpr QStringView repetitionHelp
    = u"Above 1 makes tokens that were already used less likely.";
inline constexpr QStringView maxTokensHelp = u"The most tokens to generate.";
inline constexpr QStringView toolChoiceHelp = u"Whether and which tool must be called.";
inline constexpr QStringView ignoredHelp
    = u"This server takes it without a word and without effect.";

inline constexpr Row presence{u"presence_penalty", Type::Number, penalties, {-2, 2}, u"0",
    u"Makes tokens that were used at all less likely."};
inline constexpr Row frequency{u"frequency_penalty", Type::Number, penalties, {-2, 2}, u"0",
    u"Makes tokens less likely the more often they were used."};
inline constexpr Row seed{u"seed", Type::Integer, sampling, {}, u"",
    u"Makes sampling repeatable, as far as the server can."};
inline constexpr Row stop{u"stop", Type::TextList, length, {}, u"",
    u"Texts that end the answer; they are not part of it."};
inline constexpr Row maxTokens{
    u"max_tokens", Type::Integer, length, {1, none, 4096}, u"", maxTokensHelp};
inline constexpr Row maxCompletionTokens{u"max_completion_tokens", Type::Integer, length,
    {1, none, 4096}, u"", u"The most tokens to generate, hidden reasoning included."};
inline constexpr Row choices{
    u"n", Type::Integer, output, {1, 128, 4}, u"1", u"How many answers to generate."};
inline constexpr Row logprobs{
    u"logprobs", Type::Boolean, output, {}, u"false", u"Report the probability of each token."};
inline constexpr Row topLogprobs{u"top_logprobs", Type::Integer, output, {0, 20}, u"0",
    u"With logprobs: report so many likely alternatives for each token."};
inline constexpr Row logitBias{u"logit_bias", Type::Json, advanced, {}, u"",
    u"An object of token ids and what to add to their logits."};
inline constexpr Row responseFormat{u"response_format", Type::Json, output, {}, u"",
    u"{\"type\":\"json_object\"}, or json_schema with a schema, makes the answer JSON."};
inline constexpr Row tools{
    u"tools", Type::Json, advanced, {}, u"", u"The list of tools a model may call."};
inline constexpr Row toolChoice{u"tool_choice", Type::Json, advanced, {}, u"", toolChoiceHelp};
inline constexpr Row parallelToolCalls{u"parallel_tool_calls", Type::Boolean, advanced, {}, u"true",
    u"Whether several tools may be called at once."};
inline constexpr Row includeUsage{u"include_usage", Type::Boolean, advanced, {}, u"true",
    u"Ask for token counts at the end of a stream; turn it off for a server that refuses "
    "stream_options.",
    u"", Fate::Client};
inline constexpr Row usageInEachChunk{u"continuous_usage_stats", Type::Boolean, advanced, {},
    u"false", u"Ask for token counts in each chunk of a stream: exact counts over time.", u"",
    Fate::Client};
inline constexpr Row templateArguments{u"chat_template_kwargs", Type::Json, advanced, {}, u"",
    u"Values for the chat template, such as {\"enable_thinking\":false}."};
inline constexpr Row continueLast{u"continue_final_message", Type::Boolean, advanced, {}, u"false",
    u"Go on with the last message instead of beginning an answer."};
inline constexpr Row ignoreEos{u"ignore_eos", Type::Boolean, length, {}, u"false",
    u"Go on after the end-of-text token: for answers of a fixed length in load tests."};
inline constexpr Row minTokens{
    u"min_tokens", Type::Integer, length, {0, none, 1024}, u"0", u"The fewest tokens to generate."};
inline constexpr Row skipSpecial{u"skip_special_tokens", Type::Boolean, advanced, {}, u"true",
    u"Leave special tokens out of the text."};
inline constexpr Row stopTokenIds{
    u"stop_token_ids", Type::Json, length, {}, u"", u"A list of token ids that end the answer."};
inline constexpr Row priority{u"priority", Type::Integer, advanced, {}, u"0",
    u"Smaller goes first, if the server schedules by priority."};
inline constexpr Row repetitionPenalty{
    u"repetition_penalty", Type::Number, penalties, {0, none, 2, true}, u"", repetitionHelp};

[[nodiscard]] constexpr Row ignored(QStringView name, Type type)
{
    return {name, type, advanced, {}, u"", ignoredHelp, u"", Fate::Ignored};
}

// The tables of the servers people run themselves.
[[nodiscard]] std::span<const ParameterRow> vllm();
[[nodiscard]] std::span<const ParameterRow> sglang();
[[nodiscard]] std::span<const ParameterRow> llamaCpp();
[[nodiscard]] std::span<const ParameterRow> ollama();
[[nodiscard]] std::span<const ParameterRow> lmStudio();
[[nodiscard]] std::span<const ParameterRow> tgi();
[[nodiscard]] std::span<const ParameterRow> lorax();

} // namespace Lorikeet::OpenAiRows
