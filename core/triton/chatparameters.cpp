// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/chatparameters.h"

#include "providers/generaterows.h"
#include "providers/promptformat.h"
#include "providers/provider.h"
#include "providers/wireparts.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

namespace {

using Type = ParameterSpec::Type;
using Fate = ParameterSpec::Fate;
using Row = ParameterRow;

constexpr double none = ParameterRange::none;

constexpr Row modelVersion{u"model_version", Type::Text, u"Advanced", {}, u"",
    u"The version of the model, a whole number; the server's choice if left out.", u"",
    Fate::Client};

// vLLM's SamplingParams, which its backend makes of sampling_parameters. A key that is not there
// fails the whole request, hence none of those that newer releases dropped (best_of,
// length_penalty, use_beam_search); they can go by the extra body.
constexpr std::array vllm{
    Row{u"temperature", Type::Number, u"Sampling", {0, none, 2}, u"1.0",
        u"Higher is more varied; 0 always takes the likeliest token."},
    Row{u"top_p", Type::Number, u"Sampling", {0, 1, none, true}, u"1.0",
        u"Sample among the likeliest tokens that together have this probability."},
    Row{u"top_k", Type::Integer, u"Sampling", {-1, none, 200}, u"",
        u"Sample among that many of the likeliest tokens; -1, or 0, for no limit."},
    Row{u"min_p", Type::Number, u"Sampling", {0, 1}, u"0.0",
        u"Leave out tokens less likely than this part of the likeliest one's probability."},
    Row{u"seed", Type::Integer, u"Sampling", {}, u"", u"Makes sampling repeatable."},
    Row{u"n", Type::Integer, u"Sampling", {1, none, 8}, u"1", u"How many answers to generate."},
    Row{u"max_tokens", Type::Integer, u"Length", {1, none, 4096}, u"16",
        u"The most tokens to generate; few unless you set it."},
    Row{u"min_tokens", Type::Integer, u"Length", {0, none, 4096}, u"0",
        u"The least tokens to generate before the answer may end."},
    Row{u"stop", Type::TextList, u"Length", {}, u"", u"Texts that end the answer."},
    Row{u"stop_token_ids", Type::Json, u"Length", {}, u"", u"Numbers of tokens that end it."},
    Row{u"include_stop_str_in_output", Type::Boolean, u"Length", {}, u"false",
        u"Keep the text that ended the answer."},
    Row{u"ignore_eos", Type::Boolean, u"Length", {}, u"false",
        u"Go on past the model's own end, up to max_tokens."},
    Row{u"truncate_prompt_tokens", Type::Integer, u"Length", {1, none, 4096}, u"",
        u"Keep only so many tokens from the end of the prompt."},
    Row{u"repetition_penalty", Type::Number, u"Penalties", {0, none, 2, true}, u"1.0",
        u"Above 1 makes tokens that were already used less likely."},
    Row{u"frequency_penalty", Type::Number, u"Penalties", {-2, 2}, u"0.0",
        u"Makes tokens less likely the more often they were used."},
    Row{u"presence_penalty", Type::Number, u"Penalties", {-2, 2}, u"0.0",
        u"Makes tokens less likely that were used at all."},
    GenerateRows::promptFormat,
    Row{u"bad_words", Type::TextList, u"Output", {}, u"", u"Texts that must not be generated."},
    Row{u"logprobs", Type::Integer, u"Output", {0, none, 20}, u"",
        u"Tell how likely each token was, and so many of the likeliest beside it."},
    Row{u"skip_special_tokens", Type::Boolean, u"Output", {}, u"true",
        u"Leave the model's control tokens out of the text."},
    Row{u"structured_outputs", Type::Json, u"Output", {}, u"",
        u"{\"json\":{…}}, {\"regex\":\"…\"} or {\"choice\":[…]} shapes the answer."},
    modelVersion,
};

// The inputs of TensorRT-LLM's ensemble.
constexpr std::array tensorRt{
    Row{u"temperature", Type::Number, u"Sampling", {0, none, 2}, u"", u"Higher is more varied."},
    Row{u"top_p", Type::Number, u"Sampling", {0, 1}, u"",
        u"Sample among the likeliest tokens that together have this probability."},
    Row{u"top_k", Type::Integer, u"Sampling", {0, none, 200}, u"",
        u"Sample among that many of the likeliest tokens; 1 is greedy."},
    Row{u"seed", Type::Integer, u"Sampling", {0, 18446744073709551615.0}, u"",
        u"Makes sampling repeatable; up to 64 bits."},
    Row{u"num_return_sequences", Type::Integer, u"Sampling", {1, none, 8}, u"1",
        u"How many answers to generate."},
    Row{u"beam_width", Type::Integer, u"Sampling", {1, none, 8}, u"",
        u"Search with so many beams; the engine must have been built for it."},
    Row{u"max_tokens", Type::Integer, u"Length", {1, none, 4096}, u"1024",
        u"The most tokens to generate. The backend needs it; 1024 is sent unless you set it."},
    Row{u"min_tokens", Type::Integer, u"Length", {0, none, 4096}, u"",
        u"The least tokens to generate before the answer may end."},
    Row{u"stop_words", Type::TextList, u"Length", {}, u"", u"Texts that end the answer."},
    Row{u"end_id", Type::Integer, u"Length", {}, u"", u"The number of the token that ends it."},
    Row{u"length_penalty", Type::Number, u"Penalties", {}, u"", u"Above 0 prefers longer beams."},
    Row{u"repetition_penalty", Type::Number, u"Penalties", {0, none, 2}, u"",
        u"Above 1 makes tokens that were already used less likely."},
    Row{u"frequency_penalty", Type::Number, u"Penalties", {}, u"",
        u"Makes tokens less likely the more often they were used."},
    Row{u"presence_penalty", Type::Number, u"Penalties", {}, u"",
        u"Makes tokens less likely that were used at all."},
    GenerateRows::promptFormat,
    Row{u"bad_words", Type::TextList, u"Output", {}, u"", u"Texts that must not be generated."},
    Row{u"guided_decoding_guide_type", Type::Text, u"Output", {}, u"",
        u"What guided_decoding_guide is: json_schema, regex, ebnf_grammar or json."},
    Row{u"guided_decoding_guide", Type::Text, u"Output", {}, u"",
        u"The schema, expression or grammar that shapes the answer."},
    Row{u"pad_id", Type::Integer, u"Advanced", {}, u"", u"The number of the token that pads."},
    Row{u"lora_task_id", Type::Integer, u"Advanced", {0}, u"",
        u"The number of a LoRA adapter that the server has been sent before."},
    modelVersion,
};

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

/// Counts and reasons, which must be asked for. A model that knows none of these inputs takes them
/// for parameters of the request, and does nothing about them.
void askForDetails(QJsonObject &inputs)
{
    // Without it an answer that is not streamed begins with the prompt.
    inputs.insert(u"exclude_input_in_output"_s, true);
    for (const QString &name : {u"return_num_input_tokens"_s, u"return_num_output_tokens"_s}) {
        inputs.insert(name, true);
    }
}

std::optional<QString> adapterProblem(Server server, const AdapterChoice &adapter)
{
    if (adapter == AdapterChoice()) {
        return std::nullopt;
    }
    if (server == Server::TritonTensorRtLlm) {
        return u"TensorRT-LLM names an adapter by its number: set lora_task_id."_s;
    }
    if (!adapter.scales.isEmpty() || adapter.merged || !adapter.source.isEmpty()
        || !adapter.token.isEmpty()) {
        return u"Triton's vLLM backend chooses among the adapters of its multi_lora.json, by name "
               "alone: it takes no source, token, scales or merging."_s;
    }
    return std::nullopt;
}

/// Of the extra body what is for sampling_parameters joins them, everything else is an input.
void addExtraBody(QJsonObject &inputs, QJsonObject &sampling, const QJsonObject &extra)
{
    for (auto it = extra.begin(); it != extra.end(); ++it) {
        if (it.key() != "sampling_parameters"_L1 || !it.value().isObject()) {
            inputs.insert(it.key(), it.value());
            continue;
        }
        const QJsonObject members = it.value().toObject();
        for (auto member = members.begin(); member != members.end(); ++member) {
            sampling.insert(member.key(), member.value());
        }
    }
}

QJsonObject vllmInputs(QJsonObject sampling, const ChatRequest &request)
{
    QJsonObject inputs{{u"stream"_s, request.stream}, {u"return_finish_reason"_s, true}};
    askForDetails(inputs);
    const QJsonValue shape = sampling.value(u"structured_outputs"_s);
    if (shape.isObject()) {
        // The backend reads it as JSON within JSON.
        sampling.insert(u"structured_outputs"_s,
            QString::fromUtf8(inWrittenOrder(compact(shape.toObject()).toUtf8(), request.written)));
    }
    if (sampling.contains(u"logprobs"_s)) {
        // What vLLM computes, its backend tells only if that is asked for too.
        inputs.insert(u"return_logprobs"_s, true);
    }
    if (!request.adapter.id.isEmpty()) {
        sampling.insert(u"lora_name"_s, request.adapter.id);
    }
    addExtraBody(inputs, sampling, request.extraBody);
    if (!inputs.contains(u"sampling_parameters"_s)) {
        // Even if empty: without it the backend takes every parameter of the request for one.
        inputs.insert(u"sampling_parameters"_s, compact(sampling));
    }
    return inputs;
}

QJsonObject tensorRtInputs(const QJsonObject &parameters, const ChatRequest &request)
{
    QJsonObject inputs = parameters;
    inputs.insert(u"stream"_s, request.stream);
    askForDetails(inputs);
    if (!inputs.contains(u"max_tokens"_s)) {
        inputs.insert(u"max_tokens"_s, tensorRtMaxTokens);
    }
    for (auto it = request.extraBody.begin(); it != request.extraBody.end(); ++it) {
        inputs.insert(it.key(), it.value());
    }
    return inputs;
}

} // namespace

ParameterSpecs chatParameters(Server server)
{
    static const ParameterSpecs ofVllm = withPromptFormats(toSpecs(vllm));
    static const ParameterSpecs ofTensorRt = withPromptFormats(toSpecs(tensorRt));
    return server == Server::TritonTensorRtLlm ? ofTensorRt : ofVllm;
}

Result<QJsonObject> chatInputs(Server server, const ChatRequest &request)
{
    const auto refused
        = [](const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); };
    if (request.messages.isEmpty()) {
        return refused(u"There is nothing to send: the conversation holds no message."_s);
    }
    const Result<QJsonObject> parameters
        = checkedParameters(request.parameters, chatParameters(server));
    if (!parameters) {
        return Failure(parameters.error());
    }
    if (const auto problem = adapterProblem(server, request.adapter)) {
        return refused(*problem);
    }
    QJsonObject inputs = server == Server::TritonTensorRtLlm ? tensorRtInputs(*parameters, request)
                                                             : vllmInputs(*parameters, request);
    if (!inputs.contains(u"text_input"_s)) {
        const QString format = request.parameters.value(u"prompt_format"_s).toString();
        inputs.insert(u"text_input"_s, formatPrompt(format, request.messages));
    }
    if (inputs.value(u"text_input"_s).toString().isEmpty()) {
        return refused(u"There is nothing to send: the prompt is empty."_s);
    }
    return inputs;
}

} // namespace Lorikeet::Triton
