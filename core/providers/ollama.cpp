// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/baseurl.h"
#include "providers/errorbody.h"
#include "providers/ollamadecoder.h"
#include "providers/parametertables.h"
#include "providers/serverevidence.h"
#include "providers/servers.h"
#include "providers/wireparts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Failure refused(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

Result<QJsonObject> messageToJson(const QList<Message> &messages, qsizetype place)
{
    const Message &message = messages[place];
    QJsonObject object{{u"role"_s, toWord(message.role)}, {u"content"_s, message.content}};
    if (message.role == Role::Tool) {
        // The name is what templates show; the id is looked at by newer versions only.
        const QString name = toolNameOf(messages, place);
        object.insert(u"tool_name"_s, name.isEmpty() ? message.toolCallId : name);
        if (!message.toolCallId.isEmpty() && !isOwnToolCallId(message.toolCallId)) {
            object.insert(u"tool_call_id"_s, message.toolCallId);
        }
    }
    QJsonArray calls;
    for (const ToolCall &call : message.toolCalls) {
        const std::optional<QJsonObject> arguments = argumentsObject(call);
        if (!arguments) {
            return unusableArguments(call, u"Ollama"_s);
        }
        QJsonObject item{
            {u"function"_s, QJsonObject{{u"name"_s, call.name}, {u"arguments"_s, *arguments}}}};
        if (!call.id.isEmpty() && !isOwnToolCallId(call.id)) {
            item.insert(u"id"_s, call.id);
        }
        calls.append(item);
    }
    if (message.role == Role::Assistant && !calls.isEmpty()) {
        object.insert(u"tool_calls"_s, calls);
        if (!message.reasoning.isEmpty()) {
            // Between a call and its result a model goes on from what it thought.
            object.insert(u"thinking"_s, message.reasoning);
        }
    }
    return object;
}

/// As Go reads durations ("5m", "1h30m"), or a plain number of seconds, which must be a number.
std::optional<QJsonValue> keepAlive(const QString &text)
{
    bool isNumber = false;
    const double seconds = text.toDouble(&isNumber);
    if (isNumber) {
        return QJsonValue(seconds);
    }
    static const QRegularExpression duration(
        u"^[-+]?(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|ms|s|m|h))+$"_s);
    return duration.match(text).hasMatch() ? std::optional(QJsonValue(text)) : std::nullopt;
}

/// A parameter's value as it goes to the wire, or why it must not.
Result<QJsonValue> wireValue(const QString &name, const QJsonValue &value)
{
    if (name == u"think"_s && (value == u"true"_s || value == u"false"_s)) {
        return QJsonValue(value == u"true"_s); // The words would be refused.
    }
    if (name == u"keep_alive"_s) {
        const std::optional<QJsonValue> duration = keepAlive(value.toString().trimmed());
        return duration ? Result<QJsonValue>(*duration)
                        : Result<QJsonValue>(refused(
                              u"keep_alive must be a time such as 5m, a number of seconds, 0 or "
                              "-1, not “%1”."_s.arg(value.toString())));
    }
    if (name == u"format"_s && !value.isObject() && value != u"json"_s) {
        return refused(u"format must be \"json\" or a JSON schema: Ollama takes nothing else."_s);
    }
    return value;
}

/// What a person set: sampling goes into `options`, the rest to the top.
Result<QJsonObject> bodyOf(const ParameterSet &parameters, const ParameterSpecs &specs)
{
    static const QStringList top{u"think"_s, u"format"_s, u"keep_alive"_s, u"logprobs"_s,
        u"top_logprobs"_s, u"truncate"_s, u"shift"_s, u"tools"_s, u"tool_choice"_s};
    const Result<QJsonObject> checked = checkedParameters(parameters, specs);
    if (!checked) {
        return Failure(checked.error());
    }
    QJsonObject body;
    QJsonObject options;
    for (auto it = checked->begin(); it != checked->end(); ++it) {
        const Result<QJsonValue> value = wireValue(it.key(), it.value());
        if (!value) {
            return Failure(value.error());
        }
        (top.contains(it.key()) ? body : options).insert(it.key(), *value);
    }
    if (!options.isEmpty()) {
        body.insert(u"options"_s, options);
    }
    return body;
}

class OllamaProvider final : public Provider
{
public:
    [[nodiscard]] QString id() const override { return u"ollama"_s; }

    [[nodiscard]] QString displayName() const override { return u"Ollama"_s; }

    [[nodiscard]] Framing framing() const override { return Framing::JsonLines; }

    [[nodiscard]] ParameterSpecs parameters(const QString & /*server*/) const override
    {
        return ollamaParameters();
    }

    /// An adapter is a model built upon another; choosing it is choosing that model.
    [[nodiscard]] AdapterStyle adapterStyle(const QString & /*server*/) const override
    {
        return AdapterStyle::Listed;
    }

    [[nodiscard]] Result<HttpRequest> encode(
        const Target &target, const ChatRequest &request) const override
    {
        if (request.messages.isEmpty()) {
            // Ollama would load the model and answer nothing.
            return refused(u"There is nothing to send: the conversation holds no message."_s);
        }
        for (const QString &name : {u"messages"_s, u"model"_s, u"stream"_s, u"options"_s}) {
            if (request.parameters.contains(name)) {
                return refused(u"%1 cannot be set as a parameter."_s.arg(name));
            }
        }
        const AdapterChoice &adapter = request.adapter;
        if (adapter.merged || !adapter.scales.isEmpty() || !adapter.source.isEmpty()
            || !adapter.token.isEmpty()) {
            return refused(
                u"Ollama chooses an adapted model by its name alone: it takes no scales, "
                "merges, sources or tokens."_s);
        }
        const QString base = request.model.isEmpty() ? target.endpoint.model : request.model;
        const QString model = adapter.id.isEmpty() ? base : adapter.id;
        if (model.isEmpty()) {
            return refused(u"Choose a model: Ollama wants one named in every request."_s);
        }
        const ParameterSpecs specs = ollamaParameters();
        Result<QJsonObject> body = bodyOf(request.parameters, specs);
        if (!body) {
            return Failure(body.error());
        }
        QJsonArray messages;
        for (qsizetype i = 0; i < request.messages.size(); ++i) {
            const Result<QJsonObject> message = messageToJson(request.messages, i);
            if (!message) {
                return Failure(message.error());
            }
            messages.append(*message);
        }
        body->insert(u"model"_s, model);
        body->insert(u"messages"_s, messages);
        body->insert(u"stream"_s, request.stream); // true is its default
        addExtraBody(*body, request.extraBody, {u"options"_s});
        Result<Headers> headers = requestHeaders(
            target, request.stream ? "application/x-ndjson" : "application/json", true);
        if (!headers) {
            return Failure(headers.error());
        }
        return HttpRequest{.verb = "POST",
            .url = joined(ollamaRoot(target.endpoint.url), u"api/chat"),
            .headers = *headers,
            .body = exactJson(*body, request.parameters, specs)};
    }

    [[nodiscard]] QStringList notes(
        const Target & /*target*/, const ChatRequest &request) const override
    {
        const ParameterSpecs specs = ollamaParameters();
        QStringList notes;
        const auto look = [&](const QString &name) {
            const ParameterSpec *const spec = findParameter(specs, name);
            if (!spec || spec->fate == ParameterSpec::Fate::Ignored) {
                notes.append(
                    u"Ollama does not know “%1”: it only logs it, without effect."_s.arg(name));
            }
        };
        for (auto it = request.parameters.begin(); it != request.parameters.end(); ++it) {
            look(it.key());
        }
        const QJsonObject options = request.extraBody[u"options"_s].toObject();
        for (auto it = options.begin(); it != options.end(); ++it) {
            look(it.key());
        }
        return notes;
    }

    [[nodiscard]] std::unique_ptr<StreamDecoder> makeDecoder() const override
    {
        return std::make_unique<OllamaDecoder>();
    }

    [[nodiscard]] Result<StreamEvents> decodeReply(
        const HttpReply &reply, TimePoint at) const override
    {
        OllamaDecoder decoder;
        StreamEvents events;
        std::optional<ApiError> error = decoder.decode(reply.body, {}, at, events);
        if (error && error->kind != ApiError::Kind::Protocol) {
            return Failure(decodeError(reply)); // Status and headers say more than the body.
        }
        if (!error) {
            error = decoder.atEnd();
        }
        return error ? Result<StreamEvents>(Failure(*error)) : Result<StreamEvents>(events);
    }

    [[nodiscard]] QList<HttpRequest> describeRequests(const Target &target) const override
    {
        const QUrl root = ollamaRoot(target.endpoint.url);
        const Result<Headers> headers = requestHeaders(target, "application/json", false);
        QList<HttpRequest> requests;
        for (const char16_t *path : {u"api/tags", u"api/version", u"api/ps"}) {
            requests.append({.url = joined(root, path), .headers = headers.value_or(Headers())});
        }
        return requests;
    }

    [[nodiscard]] Result<EndpointDescription> describe(
        const QList<HttpReply> &replies) const override
    {
        const HttpReply tags = replies.value(0);
        if (tags.status == 0) {
            return fail(ApiError::Kind::Unreachable, u"/api/tags could not be fetched."_s);
        }
        if (tags.status != 200) {
            return Failure(decodeError(tags));
        }
        if (!holdsOllamaModels(tags)) {
            return Failure(protocolError(
                u"%1 did not answer as Ollama does."_s.arg(tags.url.toString()), tags.body));
        }
        EndpointDescription description = describeEvidence(replies);
        if (description.server.isEmpty()) { // It lists no model that could tell.
            description.server = serverName(Server::Ollama);
            description.version
                = QJsonDocument::fromJson(replies.value(1).body)[u"version"_s].toString();
        }
        description.adapterStyle = AdapterStyle::Listed;
        description.notes
            = {u"Ollama only logs options it does not know: a mistyped one has no effect."_s};
        if (description.server != serverName(Server::Ollama)) {
            description.notes.prepend(
                u"This is %1, which answers some of Ollama's routes: choose its own dialect."_s.arg(
                    description.server));
        }
        if (description.models.isEmpty() && description.adapters.isEmpty()) {
            description.notes.append(u"No model is there yet: pull one on the server."_s);
        }
        return description;
    }
};

} // namespace

const Provider &ollamaProvider();

const Provider &ollamaProvider()
{
    static const OllamaProvider provider;
    return provider;
}

} // namespace Lorikeet
