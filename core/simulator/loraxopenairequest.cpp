// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/loraxopenairequest.h"

#include "simulator/loraxmembers.h"
#include "simulator/toolplan.h"

#include <QJsonArray>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

namespace json = simdjson::dom;

using Refused = std::optional<LoraxRefusal>;

LoraxRefusal toolError(const QString &message)
{
    return {.type = u"tool_error"_s, .message = u"Tool error: "_s + message};
}

/// What both routes have.
Refused readCommon(LoraxMembers &members, const QString &base, LoraxBody &out)
{
    LoraxParameters &parameters = out.parameters;
    const auto model = members.required<QString>("model");
    if (!model.isEmpty() && model != base) {
        parameters.adapterId = model;
    }
    std::optional<bool> stream;
    std::optional<bool> ignoreEos;
    std::optional<qint64> maxTokens;
    std::optional<QList<QString>> stop;
    members.read("stream", stream);
    members.read("ignore_eos_token", ignoreEos);
    members.read("max_tokens", maxTokens);
    members.read("stop", stop);
    members.read("adapter_source", parameters.adapterSource);
    members.read("api_token", parameters.apiToken);
    members.read("temperature", parameters.temperature);
    members.read("top_p", parameters.topP);
    members.read("top_k", parameters.topK);
    members.read("repetition_penalty", parameters.repetition);
    members.read("presence_penalty", parameters.presence);
    members.read("frequency_penalty", parameters.frequency);
    members.read("seed", parameters.seed);
    out.stream = stream.value_or(false);
    parameters.ignoreEos = ignoreEos.value_or(false);
    parameters.stop = stop.value_or(QList<QString>());
    if (maxTokens) {
        // The router casts; what was negative is then beyond any limit.
        parameters.maxNewTokens = static_cast<quint32>(*maxTokens);
    }
    parameters.details = true;
    return members.refused();
}

/// A text, null, or a list of parts of which the text ones count here.
std::optional<QString> contentText(json::object message)
{
    json::element content;
    if (message["content"].get(content) != simdjson::SUCCESS || content.is_null()) {
        return QString();
    }
    const QJsonValue value = toQJson(content);
    if (!value.isArray()) {
        return value.isString() ? std::optional(value.toString()) : std::nullopt;
    }
    QString text;
    const QJsonArray parts = value.toArray();
    for (const QJsonValue &part : parts) {
        text += part["text"_L1].toString();
    }
    return text;
}

Refused readMessages(const LoraxMembers &members, LoraxBody &out)
{
    json::element value;
    json::array messages;
    if (!members.find("messages", value) || value.get(messages) != simdjson::SUCCESS) {
        return wrongType(u"messages: a list is expected"_s);
    }
    for (const json::element item : messages) {
        json::object message;
        std::string_view role;
        if (item.get(message) != simdjson::SUCCESS
            || message["role"].get(role) != simdjson::SUCCESS) {
            return wrongType(u"messages: missing field `role`"_s);
        }
        const std::optional<QString> text = contentText(message);
        if (!text) {
            return wrongType(u"messages: `content` is neither text, a list nor null"_s);
        }
        out.messages.append(
            {.role = QString::fromUtf8(role.data(), qsizetype(role.size())), .text = *text});
        out.inputs += (out.inputs.isEmpty() ? QString() : u"\n"_s) + *text;
    }
    return std::nullopt;
}

/// Unlike on the native routes the type text is no constraint, and a null schema is the default's.
Refused readFormat(const LoraxMembers &members, LoraxBody &out)
{
    static const QStringList types = {
        u"text"_s, u"json_object"_s, u"json_schema"_s, u"Text"_s, u"JsonObject"_s, u"JsonSchema"_s};
    json::element value;
    if (!members.find("response_format", value) || value.is_null()) {
        return std::nullopt;
    }
    const QJsonValue format = toQJson(value);
    const qsizetype type = types.indexOf(format["type"_L1].toString());
    if (type < 0) {
        return wrongType(u"response_format.type: unknown variant"_s);
    }
    const QJsonValue named = format["json_schema"_L1];
    if (named.isObject() && !named["name"_L1].isString()) {
        return wrongType(u"response_format.json_schema: missing field `name`"_s);
    }
    if (type % 3 == 1) {
        out.parameters.schema = format["schema"_L1].toObject();
    } else if (type % 3 == 2) {
        out.parameters.schema = named["schema"_L1].toObject();
    }
    return std::nullopt;
}

/// The function that tool_choice names; empty: any, or none.
tl::expected<QString, LoraxRefusal> namedTool(const QJsonValue &choice)
{
    if (choice.isNull() || choice.isUndefined() || choice == "auto"_L1 || choice == "none"_L1) {
        return QString();
    }
    const QJsonValue name = choice.isString() ? choice : choice["Function"_L1]["name"_L1];
    if (!name.isString()) {
        return tl::unexpected(wrongType(u"tool_choice: unknown variant"_s));
    }
    return name.toString();
}

Refused readTools(const LoraxMembers &members, LoraxBody &out)
{
    json::element value;
    if (!members.find("tools", value) || value.is_null()) {
        return std::nullopt;
    }
    if (out.parameters.schema) {
        return toolError(u"tools and a response format exclude each other."_s);
    }
    const QJsonArray tools = toQJson(value).toArray();
    const QJsonValue choice
        = members.find("tool_choice", value) ? toQJson(value) : QJsonValue(QJsonValue::Undefined);
    const auto named = namedTool(choice);
    if (!named) {
        return named.error();
    }
    const QString called = functionToCall(tools, out.messages)["name"_L1].toString();
    for (const QJsonValue &tool : tools) {
        const QJsonValue function = tool["function"_L1];
        const QString name = function["name"_L1].toString();
        const bool wanted
            = named->isEmpty() ? choice != "none"_L1 && name == called : name == *named;
        if (wanted && out.tool.isEmpty()) {
            out.tool = name;
            out.toolSchema = function["parameters"_L1].toObject();
        }
    }
    if (!named->isEmpty() && out.tool.isEmpty()) {
        return toolError(u"there is no tool '%1'."_s.arg(*named));
    }
    return std::nullopt;
}

template<typename Read>
tl::expected<LoraxBody, LoraxRefusal> readWith(
    const QByteArray &bytes, const QString &base, Read &&read)
{
    json::parser parser;
    const auto object = readLoraxObject(parser, bytes);
    if (!object) {
        return tl::unexpected(object.error());
    }
    LoraxMembers members(*object, {});
    LoraxBody body;
    Refused refused = readCommon(members, base, body);
    if (!refused) {
        refused = read(members, body);
    }
    if (refused) {
        return tl::unexpected(*refused);
    }
    return body;
}

} // namespace

tl::expected<LoraxBody, LoraxRefusal> readLoraxChat(const QByteArray &bytes, const QString &base)
{
    return readWith(bytes, base, [](LoraxMembers &members, LoraxBody &body) -> Refused {
        LoraxParameters &parameters = body.parameters;
        members.read("n", parameters.bestOf);
        // It samples unless the temperature is 0, which is then as if it were not given.
        parameters.doSample = parameters.temperature != 0.0;
        if (!parameters.doSample) {
            parameters.temperature.reset();
        }
        Refused refused = members.refused();
        if (!refused) {
            refused = readMessages(members, body);
        }
        if (!refused) {
            refused = readFormat(members, body);
        }
        return refused ? refused : readTools(members, body);
    });
}

tl::expected<LoraxBody, LoraxRefusal> readLoraxCompletion(
    const QByteArray &bytes, const QString &base)
{
    return readWith(bytes, base, [](LoraxMembers &members, LoraxBody &body) -> Refused {
        LoraxParameters &parameters = body.parameters;
        body.inputs = members.required<QString>("prompt");
        members.read("best_of", parameters.bestOf);
        members.read("echo", parameters.returnFullText);
        std::optional<qint64> n;
        members.read("n", n);
        parameters.doSample = n.has_value(); // which is all that it does
        std::optional<qint64> logprobs;
        members.read("logprobs", logprobs);
        parameters.decoderInputDetails = logprobs.has_value();
        return members.refused();
    });
}

} // namespace Lorikeet::Sim
