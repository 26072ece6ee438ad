// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/parameterrow.h"
#include "providers/parametertables.h"

#include <QHash>

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Type = ParameterSpec::Type;
using Fate = ParameterSpec::Fate;
using Row = ParameterRow;

constexpr double none = ParameterRange::none;
constexpr QStringView sampling = u"Sampling";
constexpr QStringView length = u"Length";
constexpr QStringView penalties = u"Penalties";
constexpr QStringView output = u"Output";
constexpr QStringView advanced = u"Advanced";

constexpr QStringView temperatureHelp = u"Higher is more varied; 0 is (nearly) greedy.";
constexpr QStringView topPHelp
    = u"Sample among the likeliest tokens that together have this probability.";
constexpr QStringView topKHelp = u"Sample among that many of the likeliest tokens.";
constexpr QStringView minPHelp
    = u"Drop tokens whose probability is below this share of the likeliest one's.";
constexpr QStringView repetitionHelp = u"Above 1 makes tokens that were already used less likely.";
constexpr QStringView maxTokensHelp = u"The most tokens to generate.";
constexpr QStringView toolChoiceHelp = u"Whether and which tool must be called.";
constexpr QStringView ignoredHelp = u"This server takes it without a word and without effect.";

// What means the same wherever it exists.
constexpr Row presence{u"presence_penalty", Type::Number, penalties, {-2, 2}, u"0",
    u"Makes tokens that were used at all less likely."};
constexpr Row frequency{u"frequency_penalty", Type::Number, penalties, {-2, 2}, u"0",
    u"Makes tokens less likely the more often they were used."};
constexpr Row seed{u"seed", Type::Integer, sampling, {}, u"",
    u"Makes sampling repeatable, as far as the server can."};
constexpr Row stop{u"stop", Type::TextList, length, {}, u"",
    u"Texts that end the answer; they are not part of it."};
constexpr Row maxTokens{u"max_tokens", Type::Integer, length, {1, none, 4096}, u"", maxTokensHelp};
constexpr Row maxCompletionTokens{u"max_completion_tokens", Type::Integer, length, {1, none, 4096},
    u"", u"The most tokens to generate, hidden reasoning included."};
constexpr Row choices{
    u"n", Type::Integer, output, {1, 128, 4}, u"1", u"How many answers to generate."};
constexpr Row logprobs{
    u"logprobs", Type::Boolean, output, {}, u"false", u"Report the probability of each token."};
constexpr Row topLogprobs{u"top_logprobs", Type::Integer, output, {0, 20}, u"0",
    u"With logprobs: report so many likely alternatives for each token."};
constexpr Row logitBias{u"logit_bias", Type::Json, advanced, {}, u"",
    u"An object of token ids and what to add to their logits."};
constexpr Row responseFormat{u"response_format", Type::Json, output, {}, u"",
    u"{\"type\":\"json_object\"}, or json_schema with a schema, makes the answer JSON."};
constexpr Row tools{
    u"tools", Type::Json, advanced, {}, u"", u"The list of tools a model may call."};
constexpr Row toolChoice{u"tool_choice", Type::Json, advanced, {}, u"", toolChoiceHelp};
constexpr Row parallelToolCalls{u"parallel_tool_calls", Type::Boolean, advanced, {}, u"true",
    u"Whether several tools may be called at once."};
constexpr Row includeUsage{u"include_usage", Type::Boolean, advanced, {}, u"true",
    u"Ask for token counts at the end of a stream; turn it off for a server that refuses "
    "stream_options.",
    u"", Fate::Client};
constexpr Row usageInEachChunk{u"continuous_usage_stats", Type::Boolean, advanced, {}, u"false",
    u"Ask for token counts in each chunk of a stream: exact counts over time.", u"", Fate::Client};
constexpr Row templateArguments{u"chat_template_kwargs", Type::Json, advanced, {}, u"",
    u"Values for the chat template, such as {\"enable_thinking\":false}."};
constexpr Row continueLast{u"continue_final_message", Type::Boolean, advanced, {}, u"false",
    u"Go on with the last message instead of beginning an answer."};
constexpr Row ignoreEos{u"ignore_eos", Type::Boolean, length, {}, u"false",
    u"Go on after the end-of-text token: for answers of a fixed length in load tests."};
constexpr Row minTokens{
    u"min_tokens", Type::Integer, length, {0, none, 1024}, u"0", u"The fewest tokens to generate."};
constexpr Row skipSpecial{u"skip_special_tokens", Type::Boolean, advanced, {}, u"true",
    u"Leave special tokens out of the text."};
constexpr Row stopTokenIds{
    u"stop_token_ids", Type::Json, length, {}, u"", u"A list of token ids that end the answer."};
constexpr Row priority{u"priority", Type::Integer, advanced, {}, u"0",
    u"Smaller goes first, if the server schedules by priority."};
constexpr Row repetitionPenalty{
    u"repetition_penalty", Type::Number, penalties, {0, none, 2, true}, u"", repetitionHelp};

constexpr Row ignored(QStringView name, Type type)
{
    return {name, type, advanced, {}, u"", ignoredHelp, u"", Fate::Ignored};
}

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
    Row{u"include_usage", Type::Boolean, advanced, {}, u"false",
        u"Mistral reports token counts unasked and may refuse to be asked.", u"", Fate::Client}};

constexpr std::array vllm{
    Row{u"temperature", Type::Number, sampling, {0, none, 2}, u"", temperatureHelp},
    Row{u"top_p", Type::Number, sampling, {0, 1, none, true}, u"", topPHelp},
    Row{u"top_k", Type::Integer, sampling, {-1, none, 200}, u"",
        u"Sample among that many of the likeliest tokens; 0 or -1 turns it off."},
    Row{u"min_p", Type::Number, sampling, {0, 1}, u"", minPHelp}, seed, maxTokens,
    maxCompletionTokens, minTokens, stop, stopTokenIds, ignoreEos, repetitionPenalty, presence,
    frequency, choices, logprobs,
    Row{u"top_logprobs", Type::Integer, output, {-1, none, 20}, u"0",
        u"With logprobs: report so many likely alternatives for each token; -1 is all."},
    Row{u"include_stop_str_in_output", Type::Boolean, output, {}, u"false",
        u"Keep the stop text in the answer."},
    Row{u"echo", Type::Boolean, output, {}, u"false", u"Put the last message before the answer."},
    Row{u"include_reasoning", Type::Boolean, output, {}, u"true",
        u"Send the reasoning along with the answer."},
    Row{u"reasoning_effort", Type::Text, sampling, {}, u"", u"How much a reasoning model thinks."},
    Row{u"thinking_token_budget", Type::Integer, length, {0, none, 8192}, u"",
        u"The most tokens to think with."},
    responseFormat,
    Row{u"structured_outputs", Type::Json, output, {}, u"",
        u"One of json, regex, choice, grammar, json_object or structural_tag, in an object."},
    Row{u"length_penalty", Type::Number, advanced, {}, u"1",
        u"Prefers longer beams; for beam search."},
    Row{u"use_beam_search", Type::Boolean, advanced, {}, u"false",
        u"Search beams; not in streams."},
    skipSpecial,
    Row{u"spaces_between_special_tokens", Type::Boolean, advanced, {}, u"true",
        u"Put spaces between special tokens."},
    Row{u"truncate_prompt_tokens", Type::Integer, advanced, {-1, none, 8192}, u"",
        u"Keep only so many tokens from the end of the prompt."},
    Row{u"bad_words", Type::TextList, advanced, {}, u"", u"Words that must not be generated."},
    Row{u"allowed_token_ids", Type::Json, advanced, {}, u"", u"A list of the only tokens allowed."},
    logitBias, templateArguments,
    Row{u"chat_template", Type::Text, advanced, {}, u"",
        u"A Jinja template instead of the model's own."},
    Row{u"add_generation_prompt", Type::Boolean, advanced, {}, u"true",
        u"End the prompt with the opening of the assistant's turn."},
    continueLast,
    Row{u"add_special_tokens", Type::Boolean, advanced, {}, u"false",
        u"Add special tokens besides those of the template."},
    Row{u"documents", Type::Json, advanced, {}, u"", u"Documents for templates that take them."},
    tools, toolChoice, parallelToolCalls, priority,
    Row{u"cache_salt", Type::Text, advanced, {}, u"",
        u"Requests with another salt do not share a prefix cache."},
    Row{u"return_token_ids", Type::Boolean, advanced, {}, u"false", u"Send token ids along."},
    includeUsage, usageInEachChunk};

constexpr std::array sglang{
    Row{u"temperature", Type::Number, sampling, {0, none, 2}, u"", temperatureHelp},
    Row{u"top_p", Type::Number, sampling, {0, 1, none, true}, u"", topPHelp},
    Row{u"top_k", Type::Integer, sampling, {-1, none, 200}, u"",
        u"Sample among that many of the likeliest tokens; -1 turns it off."},
    Row{u"min_p", Type::Number, sampling, {0, 1}, u"", minPHelp}, seed, maxTokens,
    maxCompletionTokens, minTokens, stop, stopTokenIds,
    Row{u"stop_regex", Type::Text, length, {}, u"", u"A regular expression that ends the answer."},
    ignoreEos, repetitionPenalty, presence, frequency, choices, logprobs, topLogprobs,
    Row{u"reasoning_effort", Type::Text, sampling, {}, u"", u"How much a reasoning model thinks."},
    Row{u"separate_reasoning", Type::Boolean, output, {}, u"true",
        u"Send the reasoning apart from the answer."},
    Row{u"stream_reasoning", Type::Boolean, output, {}, u"true",
        u"Stream the reasoning as it is written."},
    responseFormat,
    Row{u"regex", Type::Text, output, {}, u"", u"The answer must match this regular expression."},
    Row{u"ebnf", Type::Text, output, {}, u"", u"The answer must match this EBNF grammar."},
    Row{u"no_stop_trim", Type::Boolean, advanced, {}, u"false",
        u"Keep the stop text in the answer."},
    skipSpecial, templateArguments, continueLast, logitBias, tools, toolChoice, parallelToolCalls,
    Row{u"custom_logit_processor", Type::Text, advanced, {}, u"",
        u"A serialised processor, if the server allows it."},
    Row{u"custom_params", Type::Json, advanced, {}, u"", u"Values for that processor."},
    Row{u"return_hidden_states", Type::Boolean, advanced, {}, u"false",
        u"Send hidden states along."},
    Row{u"rid", Type::Text, advanced, {}, u"", u"An id for the request, for the server's log."},
    priority, includeUsage, usageInEachChunk};

constexpr std::array llamaCpp{
    Row{u"temperature", Type::Number, sampling, {0, none, 2}, u"0.8", temperatureHelp},
    Row{u"top_k", Type::Integer, sampling, {0, none, 200}, u"40",
        u"Sample among that many of the likeliest tokens; 0 turns it off."},
    Row{u"top_p", Type::Number, sampling, {0, 1}, u"0.95", topPHelp},
    Row{u"min_p", Type::Number, sampling, {0, 1}, u"0.05", minPHelp},
    Row{u"typical_p", Type::Number, sampling, {0, 1}, u"1.0",
        u"Keep tokens whose information is typical of the text; 1 turns it off."},
    Row{u"top_n_sigma", Type::Number, sampling, {-1, none, 5}, u"-1.0",
        u"Keep tokens within so many standard deviations of the likeliest; -1 turns it off."},
    Row{u"dynatemp_range", Type::Number, sampling, {0, none, 2}, u"0.0",
        u"The temperature varies by so much either way; 0 turns it off."},
    Row{u"dynatemp_exponent", Type::Number, sampling, {0, none, 5}, u"1.0",
        u"How the varied temperature follows the entropy."},
    Row{u"xtc_probability", Type::Number, sampling, {0, 1}, u"0.0",
        u"The chance of leaving out the likeliest tokens; 0 turns it off."},
    Row{u"xtc_threshold", Type::Number, sampling, {0, 1}, u"0.1",
        u"Tokens from this probability on may be left out so."},
    Row{u"mirostat", Type::Integer, sampling, {0, 2}, u"0", u"Mirostat version; 0 turns it off."},
    Row{u"mirostat_tau", Type::Number, sampling, {0, none, 10}, u"5.0",
        u"Mirostat: entropy aimed at."},
    Row{u"mirostat_eta", Type::Number, sampling, {0, none, 1}, u"0.1", u"Mirostat: learning rate."},
    Row{u"seed", Type::Integer, sampling, {-1, 4294967295.0}, u"-1",
        u"Makes sampling repeatable; -1 is random."},
    Row{u"max_tokens", Type::Integer, length, {-1, none, 4096}, u"-1",
        u"The most tokens to generate; -1 has no limit."},
    Row{u"max_completion_tokens", Type::Integer, length, {-1, none, 4096}, u"",
        u"Another name of max_tokens, which it wins over."},
    Row{u"n_predict", Type::Integer, length, {-1, none, 4096}, u"-1",
        u"The server's own name of max_tokens, which it wins over."},
    Row{u"t_max_predict_ms", Type::Integer, length, {0, none, 60000}, u"0",
        u"The most milliseconds to generate for; 0 has no limit."},
    stop, ignoreEos,
    Row{u"repeat_penalty", Type::Number, penalties, {0, none, 2}, u"1.0", repetitionHelp},
    Row{u"repeat_last_n", Type::Integer, penalties, {-1, none, 1024}, u"64",
        u"How many tokens back the penalties look; 0 is off, -1 the whole context."},
    presence, frequency,
    Row{u"dry_multiplier", Type::Number, penalties, {0, none, 5}, u"0.0",
        u"Strength of the penalty on repeated sequences; 0 turns it off."},
    Row{u"dry_base", Type::Number, penalties, {0, none, 4}, u"1.75",
        u"How fast that penalty grows with the sequence."},
    Row{u"dry_allowed_length", Type::Integer, penalties, {0, none, 20}, u"2",
        u"Sequences up to this length are free of it."},
    Row{u"dry_penalty_last_n", Type::Integer, penalties, {-1, none, 4096}, u"",
        u"How many tokens back it looks; -1 is the whole context."},
    choices, logprobs, topLogprobs, responseFormat,
    Row{u"json_schema", Type::Json, output, {}, u"",
        u"A JSON schema for the answer; not together with grammar."},
    Row{u"grammar", Type::Text, output, {}, u"", u"A GBNF grammar for the answer."},
    Row{u"reasoning_format", Type::Choice, output, {}, u"\"auto\"",
        u"Where reasoning goes: into the text, or apart from it.",
        u"none,deepseek,deepseek-legacy,auto"},
    Row{u"reasoning_effort", Type::Text, sampling, {}, u"", u"How much a reasoning model thinks."},
    Row{u"samplers", Type::TextList, advanced, {}, u"",
        u"The samplers, in the order of their use."},
    Row{u"min_keep", Type::Integer, advanced, {0, none, 10}, u"0",
        u"Samplers leave at least so many tokens."},
    Row{u"n_keep", Type::Integer, advanced, {-1, none, 4096}, u"0",
        u"How much of the prompt stays when the context overflows; -1 is all."},
    Row{u"n_probs", Type::Integer, advanced, {0, none, 20}, u"0",
        u"The server's own way of asking for probabilities."},
    Row{u"cache_prompt", Type::Boolean, advanced, {}, u"true",
        u"Reuse what the slot has computed of the same beginning."},
    Row{u"id_slot", Type::Integer, advanced, {-1, none, 16}, u"-1", u"The slot to use; -1 is any."},
    Row{u"timings_per_token", Type::Boolean, advanced, {}, u"false",
        u"Report the server's timings with each token."},
    Row{u"return_progress", Type::Boolean, advanced, {}, u"false",
        u"Report how far the prompt is computed."},
    Row{u"sse_ping_interval", Type::Integer, advanced, {-1, none, 60}, u"30",
        u"Seconds between signs of life in a silent stream."},
    logitBias, templateArguments, tools, toolChoice,
    Row{u"parallel_tool_calls", Type::Boolean, advanced, {}, u"false",
        u"Whether several tools may be called at once."},
    Row{u"parse_tool_calls", Type::Boolean, advanced, {}, u"",
        u"Whether calls are cut out of the text."},
    includeUsage,
    Row{u"repetition_penalty", Type::Number, penalties, {}, u"",
        u"Without effect: this server's name for it is repeat_penalty.", u"", Fate::Ignored}};

constexpr std::array ollama{
    Row{u"temperature", Type::Number, sampling, {0, none, 2}, u"1.0", temperatureHelp},
    Row{u"top_p", Type::Number, sampling, {0, 1}, u"1.0", topPHelp}, seed, maxTokens, stop,
    presence, frequency,
    Row{u"reasoning_effort", Type::Text, sampling, {}, u"", u"How much a reasoning model thinks."},
    logprobs, topLogprobs, responseFormat, tools, includeUsage, ignored(u"top_k", Type::Integer),
    ignored(u"min_p", Type::Number), ignored(u"repeat_penalty", Type::Number),
    ignored(u"num_ctx", Type::Integer), ignored(u"keep_alive", Type::Json),
    ignored(u"tool_choice", Type::Json), ignored(u"logit_bias", Type::Json),
    ignored(u"n", Type::Integer)};

constexpr std::array lmStudio{
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

constexpr std::array tgi{
    Row{u"temperature", Type::Number, sampling, {0, none, 2}, u"", temperatureHelp},
    Row{u"top_p", Type::Number, sampling, {0, 1, none, true, true}, u"",
        u"Sample among the likeliest tokens that together have this probability; leave it out "
        "instead of setting 1."},
    Row{u"seed", Type::Integer, sampling, {0, 18446744073709551615.0}, u"",
        u"Makes sampling repeatable."},
    maxTokens,
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

constexpr std::array lorax{
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

ParameterSpecs openAiParameters(Server server)
{
    // Made once: each request asks for them.
    static const QHash<Server, ParameterSpecs> tables{
        {Server::Unknown, toSpecs(generic)},
        {Server::OpenAi, toSpecs(openAi)},
        {Server::Azure, toSpecs(openAi)},
        {Server::Mistral, toSpecs(mistral)},
        {Server::Vllm, toSpecs(vllm)},
        {Server::LlamaCpp, toSpecs(llamaCpp)},
        {Server::Ollama, toSpecs(ollama)},
        {Server::Tgi, toSpecs(tgi)},
        {Server::Sglang, toSpecs(sglang)},
        {Server::LmStudio, toSpecs(lmStudio)},
        {Server::Lorax, toSpecs(lorax)},
    };
    return tables.contains(server) ? tables.value(server) : tables.value(Server::Unknown);
}

} // namespace Lorikeet
