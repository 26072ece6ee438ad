// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "batch/batchinput.h"

#include "base/invalidrequest.h"

#include <QCryptographicHash>
#include <QIODevice>
#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Text, or a list of parts of which only text can be sent from here.
Result<QString> contentOf(const QJsonValue &value)
{
    if (value.isString() || value.isNull() || value.isUndefined()) {
        return value.toString();
    }
    QString text;
    const QJsonArray parts = value.toArray();
    for (const QJsonValue &part : parts) {
        if (part[u"type"_s] != "text"_L1) {
            return invalidRequest(
                u"A message holds a part that is no text; only text can be sent."_s);
        }
        text += part[u"text"_s].toString();
    }
    if (!value.isArray()) {
        return invalidRequest(u"The content of a message is neither a text nor a list of parts."_s);
    }
    return text;
}

Result<Message> messageOf(const QJsonValue &value)
{
    const std::optional<Role> role = roleFromString(value[u"role"_s].toString());
    if (!role) {
        return invalidRequest(
            u"A message has no role, or one that is not known: system, user, assistant "
            "or tool."_s);
    }
    Result<QString> content = contentOf(value[u"content"_s]);
    if (!content) {
        return Failure(content.error());
    }
    Message message{.role = *role,
        .content = *std::move(content),
        .toolCallId = value[u"tool_call_id"_s].toString()};
    const QJsonArray calls = value[u"tool_calls"_s].toArray();
    for (const QJsonValue &call : calls) {
        const QJsonValue function = call[u"function"_s];
        message.toolCalls.append({.id = call[u"id"_s].toString(),
            .name = function[u"name"_s].toString(),
            .arguments = function[u"arguments"_s].toString()});
    }
    return message;
}

Result<AdapterChoice> adapterOf(const QJsonValue &value)
{
    if (value.isString()) {
        return AdapterChoice{.id = value.toString()};
    }
    if (!value.isObject()) {
        return invalidRequest(
            u"“adapter” is an id, or an object with “id”, “source” and “scales”."_s);
    }
    AdapterChoice adapter{.id = value[u"id"_s].toString(), .source = value[u"source"_s].toString()};
    const QJsonArray scales = value[u"scales"_s].toArray();
    for (const QJsonValue &scale : scales) {
        adapter.scales.append(
            {.id = scale[u"id"_s].toInt(), .scale = scale[u"scale"_s].toDouble()});
    }
    return adapter;
}

/// Puts the conversation of a line behind the common messages; a system message of its own takes
/// the place of the common one.
void addMessages(ChatRequest &request, const QList<Message> &own)
{
    const auto isSystem = [](const Message &message) { return message.role == Role::System; };
    if (std::ranges::any_of(own, isSystem)) {
        request.messages.removeIf(isSystem);
    }
    request.messages.append(own);
}

Result<QList<Message>> conversationOf(const QJsonObject &line)
{
    QList<Message> messages;
    if (line.contains("system"_L1)) {
        messages.append({.role = Role::System, .content = line[u"system"_s].toString()});
    }
    const QJsonArray list = line[u"messages"_s].toArray();
    for (const QJsonValue &value : list) {
        Result<Message> message = messageOf(value);
        if (!message) {
            return Failure(message.error());
        }
        messages.append(*std::move(message));
    }
    if (line.contains("prompt"_L1)) {
        if (!line[u"prompt"_s].isString()) {
            return invalidRequest(u"“prompt” is not a text."_s);
        }
        messages.append({.role = Role::User, .content = line[u"prompt"_s].toString()});
    }
    return messages;
}

void addParameters(ChatRequest &request, const QJsonObject &parameters)
{
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        request.parameters.insert(it.key(), it.value());
    }
}

/// A line in Lorikeet's own form.
Result<ChatRequest> requestOf(const QJsonObject &line, ChatRequest request)
{
    static const QStringList known{u"id"_s, u"custom_id"_s, u"prompt"_s, u"messages"_s, u"system"_s,
        u"model"_s, u"adapter"_s, u"parameters"_s, u"extra_body"_s};
    for (auto it = line.begin(); it != line.end(); ++it) {
        if (!known.contains(it.key())) {
            return invalidRequest(
                u"“%1” is not known here; a parameter belongs into “parameters”."_s.arg(it.key()));
        }
    }
    const Result<QList<Message>> messages = conversationOf(line);
    if (!messages) {
        return Failure(messages.error());
    }
    if (!line.contains("prompt"_L1) && line[u"messages"_s].toArray().isEmpty()) {
        return invalidRequest(u"There is neither a “prompt” nor “messages”."_s);
    }
    addMessages(request, *messages);
    if (line.contains("model"_L1)) {
        request.model = line[u"model"_s].toString();
    }
    if (line.contains("adapter"_L1)) {
        Result<AdapterChoice> adapter = adapterOf(line[u"adapter"_s]);
        if (!adapter) {
            return Failure(adapter.error());
        }
        // The token is common to all lines: a file is no place for it.
        adapter->token = request.adapter.token;
        request.adapter = *std::move(adapter);
    }
    addParameters(request, line[u"parameters"_s].toObject());
    const QJsonObject extra = line[u"extra_body"_s].toObject();
    for (auto it = extra.begin(); it != extra.end(); ++it) {
        request.extraBody.insert(it.key(), it.value());
    }
    return request;
}

/// A line of OpenAI's batch files: what is not the conversation is a parameter.
Result<ChatRequest> requestOfBody(const QJsonObject &line, ChatRequest request)
{
    const QString path = line[u"url"_s].toString(u"/v1/chat/completions"_s);
    if (!path.endsWith("/chat/completions"_L1)) {
        return invalidRequest(u"Only chat completions can be asked, not %1."_s.arg(path));
    }
    QJsonObject body = line[u"body"_s].toObject();
    const Result<QList<Message>> messages = conversationOf(body);
    if (!messages) {
        return Failure(messages.error());
    }
    if (messages->isEmpty()) {
        return invalidRequest(u"The “body” holds no “messages”."_s);
    }
    addMessages(request, *messages);
    if (body.contains("model"_L1)) {
        request.model = body[u"model"_s].toString();
    }
    for (const QString &name : {u"messages"_s, u"model"_s, u"stream"_s, u"stream_options"_s}) {
        body.remove(name);
    }
    addParameters(request, body);
    return request;
}

QJsonObject describe(const Message &message)
{
    QJsonObject object{{u"role"_s, toWord(message.role)}, {u"content"_s, message.content}};
    QJsonArray calls;
    for (const ToolCall &call : message.toolCalls) {
        calls.append(QJsonArray{call.id, call.name, call.arguments});
    }
    if (!calls.isEmpty()) {
        object.insert(u"calls"_s, calls);
    }
    if (!message.toolCallId.isEmpty()) {
        object.insert(u"answers"_s, message.toolCallId);
    }
    return object;
}

} // namespace

Result<ChatRequest> batchRequest(const QJsonObject &line, const ChatRequest &defaults)
{
    return line.contains("body"_L1) ? requestOfBody(line, defaults) : requestOf(line, defaults);
}

QByteArray requestKey(const ChatRequest &request)
{
    QJsonArray messages;
    for (const Message &message : request.messages) {
        messages.append(describe(message));
    }
    QJsonArray scales;
    for (const AdapterScale &scale : request.adapter.scales) {
        scales.append(QJsonArray{scale.id, scale.scale});
    }
    QJsonObject parameters;
    for (auto it = request.parameters.begin(); it != request.parameters.end(); ++it) {
        parameters.insert(it.key(), it.value());
    }
    const QJsonArray all{request.model, request.adapter.id, request.adapter.source, scales,
        messages, parameters, request.extraBody};
    return QCryptographicHash::hash(
        QJsonDocument(all).toJson(QJsonDocument::Compact), QCryptographicHash::Sha256)
        .first(8)
        .toHex();
}

BatchInput::BatchInput(QIODevice &device, Format format, ChatRequest defaults)
    : m_device(device)
    , m_format(format)
    , m_defaults(std::move(defaults))
{ }

BatchInput::BatchInput(QIODevice &device, Fill fill, ChatRequest defaults)
    : m_device(device)
    , m_format(Format::Variables)
    , m_fill(std::move(fill))
    , m_defaults(std::move(defaults))
{ }

std::optional<BatchItem> BatchInput::next()
{
    while (true) {
        const QByteArray line = m_device.readLine();
        if (line.isEmpty()) {
            return std::nullopt;
        }
        if (line.trimmed().isEmpty()) {
            continue;
        }
        QString id;
        Result<ChatRequest> request = read(line, id);
        const QByteArray key = request ? requestKey(*request) : QByteArray();
        return BatchItem{.index = m_index++, .id = id, .request = std::move(request), .key = key};
    }
}

Result<ChatRequest> BatchInput::fillIn(QJsonObject values, QString &id) const
{
    const Result<RenderedPrompt> filled = m_fill(values);
    if (!filled) {
        return Failure(filled.error());
    }
    const QJsonValue own = values[u"id"_s];
    id = own.isDouble() ? QString::number(own.toInteger()) : own.toString();
    ChatRequest request = m_defaults;
    addMessages(request, filled->messages);
    request.diverged = !examplesIn(filled->messages).isEmpty();
    for (const auto &[name, value] : filled->parameters.asKeyValueRange()) {
        if (!request.parameters.contains(name)) {
            request.parameters.insert(name, value);
        }
    }
    return request;
}

Result<ChatRequest> BatchInput::read(QByteArrayView line, QString &id) const
{
    if (m_format == Format::Text) {
        ChatRequest request = m_defaults;
        request.messages.append({.role = Role::User, .content = QString::fromUtf8(line.trimmed())});
        return request;
    }
    // A document is an object or an array; a line may also be a mere text.
    QJsonParseError problem;
    const QByteArray wrapped = "[" + line.trimmed().toByteArray() + "]";
    const QJsonArray list = QJsonDocument::fromJson(wrapped, &problem).array();
    if (problem.error != QJsonParseError::NoError || list.size() != 1) {
        return invalidRequest(u"The line is not JSON: %1."_s.arg(
            list.size() > 1 ? u"there is more behind the first value"_s : problem.errorString()));
    }
    const QJsonValue value = list.first();
    if (value.isString() && m_format != Format::Variables) {
        ChatRequest request = m_defaults;
        request.messages.append({.role = Role::User, .content = value.toString()});
        return request;
    }
    if (!value.isObject()) {
        return invalidRequest(u"The line is neither a text nor an object."_s);
    }
    const QJsonObject object = value.toObject();
    if (m_format == Format::Variables) {
        return fillIn(object, id);
    }
    const QJsonValue own
        = object.contains("custom_id"_L1) ? object[u"custom_id"_s] : object[u"id"_s];
    id = own.isDouble() ? QString::number(own.toInteger()) : own.toString();
    return batchRequest(object, m_defaults);
}

} // namespace Lorikeet
