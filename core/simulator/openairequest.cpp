// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/openairequest.h"

#include "simulator/toolplan.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

using Check = std::optional<Refusal>;

Refusal badRequest(const QString &message, const QString &param = {})
{
    return {.type = u"BadRequestError"_s, .message = message, .param = param};
}

struct NumberRule
{
    QLatin1StringView name;
    double least;
    double most;
    bool leastExcluded = false;
    bool integer = false;
};

constexpr double unlimited = std::numeric_limits<double>::infinity();

constexpr std::array numberRules = {
    NumberRule{"temperature"_L1, 0, 2},
    NumberRule{"top_p"_L1, 0, 1, true},
    NumberRule{"top_k"_L1, -1, unlimited, false, true},
    NumberRule{"min_p"_L1, 0, 1},
    NumberRule{"presence_penalty"_L1, -2, 2},
    NumberRule{"frequency_penalty"_L1, -2, 2},
    NumberRule{"repetition_penalty"_L1, 0, unlimited, true},
    NumberRule{"n"_L1, 1, 128, false, true},
    NumberRule{"max_tokens"_L1, 1, unlimited, false, true},
    NumberRule{"max_completion_tokens"_L1, 1, unlimited, false, true},
    NumberRule{"min_tokens"_L1, 0, unlimited, false, true},
    NumberRule{"top_logprobs"_L1, 0, 20, false, true},
    NumberRule{"seed"_L1, -unlimited, unlimited, false, true},
};

Check checkNumbers(const QJsonObject &body)
{
    for (const NumberRule &rule : numberRules) {
        const QJsonValue value = body[rule.name];
        if (value.isNull() || value.isUndefined()) {
            continue;
        }
        const double number = value.toDouble();
        if (!value.isDouble() || (rule.integer && number != std::floor(number))) {
            return badRequest(
                u"%1 must be %2."_s.arg(rule.name, rule.integer ? u"an integer"_s : u"a number"_s),
                rule.name);
        }
        if (number < rule.least || number > rule.most
            || (rule.leastExcluded && number == rule.least)) {
            return badRequest(
                u"%1 is out of its range: got %2."_s.arg(rule.name).arg(number), rule.name);
        }
    }
    return std::nullopt;
}

/// The text of a message: a string, null, or a list of parts of which the text ones count.
std::optional<QString> contentText(const QJsonValue &content)
{
    if (content.isString() || content.isNull() || content.isUndefined()) {
        return content.toString();
    }
    if (!content.isArray()) {
        return std::nullopt;
    }
    QString text;
    const QJsonArray parts = content.toArray();
    for (const QJsonValue &part : parts) {
        if (part["type"_L1] == "text"_L1) {
            text += (text.isEmpty() ? QString() : u"\n"_s) + part["text"_L1].toString();
        }
    }
    return text;
}

Check readMessages(const QJsonObject &body, ChatCall &call)
{
    static const QStringList roles
        = {u"system"_s, u"developer"_s, u"user"_s, u"assistant"_s, u"tool"_s};
    const QJsonArray messages = body["messages"_L1].toArray();
    if (messages.isEmpty()) {
        return badRequest(u"messages must be a list with at least one message."_s, u"messages"_s);
    }
    for (const QJsonValue &value : messages) {
        const std::optional<QString> text = contentText(value["content"_L1]);
        const QString role = value["role"_L1].toString();
        if (!text || !roles.contains(role)) {
            return badRequest(
                u"A message has no known role, or its content is neither text nor a list of parts."_s,
                u"messages"_s);
        }
        call.generation.messages.append({.role = role, .text = *text});
    }
    call.generation.promptTokens = promptTokens(call.generation.messages);
    if (body["continue_final_message"_L1].toBool()) {
        if (body["add_generation_prompt"_L1].toBool(true)) {
            return badRequest(
                u"continue_final_message and add_generation_prompt cannot both be true."_s,
                u"continue_final_message"_s);
        }
        call.generation.continues = call.generation.messages.constLast().role == "assistant"_L1;
    }
    return std::nullopt;
}

Check readLength(const QJsonObject &body, const SimulatorOptions &options, GenerationRequest &out)
{
    const qint64 context = options.contextLength;
    const qint64 room = context - out.promptTokens;
    const QJsonValue limit = body["max_completion_tokens"_L1].isDouble()
        ? body["max_completion_tokens"_L1]
        : body["max_tokens"_L1];
    out.maxTokens = limit.toInteger(room);
    if (room < 1 || out.maxTokens > room) {
        Refusal refusal
            = badRequest(u"The maximum context length is %1 tokens, but %2 were asked for: %3 in "
                         u"the messages and "
                         "%4 for the answer. Shorten the messages or the answer."_s.arg(context)
                             .arg(out.promptTokens + std::max<qint64>(out.maxTokens, 0))
                             .arg(out.promptTokens)
                             .arg(std::max<qint64>(out.maxTokens, 0)),
                u"messages"_s);
        refusal.tooLong = true;
        return refusal;
    }
    out.minTokens = body["min_tokens"_L1].toInteger(0);
    if (out.minTokens > out.maxTokens) {
        return badRequest(u"min_tokens must not be greater than max_tokens."_s, u"min_tokens"_s);
    }
    out.ignoreEos = body["ignore_eos"_L1].toBool();
    return std::nullopt;
}

Check readSampling(const QJsonObject &body, ChatCall &call)
{
    GenerationRequest &out = call.generation;
    out.temperature = body["temperature"_L1].toDouble(1);
    out.choices = body["n"_L1].toInt(1);
    if (const QJsonValue seed = body["seed"_L1]; seed.isDouble()) {
        out.seed = static_cast<quint64>(seed.toInteger());
    }
    if (out.temperature == 0 && out.choices > 1) {
        return badRequest(
            u"n must be 1 when using greedy sampling, got %1."_s.arg(out.choices), u"n"_s);
    }
    const QJsonValue stop = body["stop"_L1];
    if (stop.isString()) {
        out.stop.append(stop.toString());
    } else {
        const QJsonArray stops = stop.toArray();
        for (const QJsonValue &one : stops) {
            out.stop.append(one.toString());
        }
        if (out.stop.contains(QString())) {
            return badRequest(
                u"stop must be text or a list of texts, none of them empty."_s, u"stop"_s);
        }
    }
    out.keepStopText = body["include_stop_str_in_output"_L1].toBool();
    call.logprobs = body["logprobs"_L1].toBool();
    call.topLogprobs = body["top_logprobs"_L1].toInt(0);
    if (call.topLogprobs > 0 && !call.logprobs) {
        return badRequest(u"top_logprobs needs logprobs to be true."_s, u"top_logprobs"_s);
    }
    return std::nullopt;
}

Check readStream(const QJsonObject &body, ChatCall &call)
{
    call.stream = body["stream"_L1].toBool();
    const QJsonValue options = body["stream_options"_L1];
    if (options.isObject() && !call.stream) {
        return badRequest(
            u"stream_options can only be set when stream is true."_s, u"stream_options"_s);
    }
    call.includeUsage = options["include_usage"_L1].toBool();
    call.continuousUsage = options["continuous_usage_stats"_L1].toBool();
    return std::nullopt;
}

Check readFormat(const QJsonObject &body, GenerationRequest &out)
{
    const QJsonObject format = body["response_format"_L1].toObject();
    const QString type = format["type"_L1].toString(u"text"_s);
    if (type == "json_object"_L1) {
        out.schema = QJsonObject();
    } else if (type == "json_schema"_L1) {
        const QJsonValue schema = format["json_schema"_L1]["schema"_L1];
        if (!schema.isObject()) {
            return badRequest(
                u"response_format.json_schema needs a schema."_s, u"response_format"_s);
        }
        out.schema = schema.toObject();
    } else if (type != "text"_L1) {
        return badRequest(
            u"response_format.type must be text, json_object or json_schema, not '%1'."_s.arg(type),
            u"response_format"_s);
    }
    const QJsonObject template_ = body["chat_template_kwargs"_L1].toObject();
    const QString effort = body["reasoning_effort"_L1].toString(u"none"_s);
    out.reasoning = template_["enable_thinking"_L1].toBool(effort != "none"_L1);
    return std::nullopt;
}

Check readTools(const QJsonObject &body, ChatCall &call)
{
    GenerationRequest &out = call.generation;
    const QJsonValue toolsValue = body["tools"_L1];
    const QJsonValue choice = body["tool_choice"_L1];
    const QJsonArray tools = toolsValue.toArray();
    if (toolsValue.isArray() && tools.isEmpty()) {
        return badRequest(u"tools must not be an empty list."_s, u"tools"_s);
    }
    const QString word = choice.toString(tools.isEmpty() ? u"none"_s : u"auto"_s);
    if (tools.isEmpty() && (choice.isObject() || word != "none"_L1)) {
        return badRequest(u"tool_choice needs tools."_s, u"tool_choice"_s);
    }
    const QString named = choice["function"_L1]["name"_L1].toString();
    const QString called = functionToCall(tools, out.messages)["name"_L1].toString();
    call.toolWasNamed = choice.isObject();
    for (const QJsonValue &tool : tools) {
        const QJsonValue function = tool["function"_L1];
        const QString name = function["name"_L1].toString();
        if (name.isEmpty()) {
            return badRequest(u"A tool has no function with a name."_s, u"tools"_s);
        }
        const bool wanted = choice.isObject() ? name == named
            : word == "required"_L1           ? true
            : word == "auto"_L1               ? name == called
                                              : false;
        if (wanted && out.tool.isEmpty()) {
            out.tool = name;
            out.toolSchema = function["parameters"_L1].toObject();
        }
    }
    if (choice.isObject() && out.tool.isEmpty()) {
        return badRequest(
            u"tool_choice names the function '%1', which tools does not have."_s.arg(named),
            u"tool_choice"_s);
    }
    return std::nullopt;
}

Check readModel(const QJsonObject &body, const SimulatorOptions &options, ChatCall &call)
{
    call.model = body["model"_L1].toString();
    const std::optional<ModelChoice> model = findModel(options, call.model);
    if (!model) {
        return unknownModel(call.model);
    }
    if (call.model.isEmpty()) {
        call.model = baseModel(options);
    }
    call.generation.adapters = model->adapters;
    call.fault = model->fault;
    return std::nullopt;
}

} // namespace

Refusal unknownModel(const QString &name)
{
    return {.status = 404,
        .type = u"NotFoundError"_s,
        .message
        = u"The model `%1` does not exist. GET /v1/models lists those that do."_s.arg(name),
        .param = u"model"_s};
}

tl::expected<QJsonObject, Refusal> readObject(const QByteArray &body)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (!document.isObject()) {
        return tl::unexpected(Refusal{.type = u"Bad Request"_s,
            .message = u"The body is not a JSON object: %1 at byte %2."_s.arg(error.errorString())
                .arg(error.offset)});
    }
    return document.object();
}

tl::expected<ChatCall, Refusal> readChatCall(
    const QJsonObject &object, const SimulatorOptions &options)
{
    ChatCall call;
    Check refused = readModel(object, options, call);
    const auto then = [&refused](auto &&check) {
        if (!refused) {
            refused = check();
        }
    };
    then([&] { return checkNumbers(object); });
    then([&] { return readMessages(object, call); });
    then([&] { return readLength(object, options, call.generation); });
    then([&] { return readSampling(object, call); });
    then([&] { return readStream(object, call); });
    then([&] { return readFormat(object, call.generation); });
    then([&] { return readTools(object, call); });
    if (refused) {
        return tl::unexpected(*refused);
    }
    return call;
}

} // namespace Lorikeet::Sim
