// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/baseurl.h"
#include "providers/errorbody.h"
#include "providers/errorsentence.h"
#include "providers/geminidecoder.h"
#include "providers/parametertables.h"
#include "providers/serverevidence.h"
#include "providers/servers.h"
#include "providers/wireparts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrlQuery>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Failure refused(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

/// What a tool answered, as the object it must be here.
QJsonObject responseObject(const QString &content)
{
    const QJsonDocument document = QJsonDocument::fromJson(content.toUtf8());
    return document.isObject() ? document.object() : QJsonObject{{u"output"_s, content}};
}

void addId(QJsonObject &object, const QString &id)
{
    if (!id.isEmpty() && !isOwnToolCallId(id)) {
        object.insert(u"id"_s, id);
    }
}

/// The parts of one message; empty texts are refused by the server and left out.
Result<QJsonArray> partsOf(const QList<Message> &messages, qsizetype place)
{
    const Message &message = messages[place];
    QJsonArray parts;
    if (message.role == Role::Tool) {
        const QString name = toolNameOf(messages, place);
        QJsonObject response{{u"name"_s, name.isEmpty() ? message.toolCallId : name},
            {u"response"_s, responseObject(message.content)}};
        addId(response, message.toolCallId);
        parts.append(QJsonObject{{u"functionResponse"_s, response}});
        return parts;
    }
    if (!message.content.isEmpty()) {
        parts.append(QJsonObject{{u"text"_s, message.content}});
    }
    for (const ToolCall &call : message.toolCalls) {
        const std::optional<QJsonObject> arguments = argumentsObject(call);
        if (!arguments) {
            return unusableArguments(call, u"Gemini"_s);
        }
        QJsonObject item{{u"name"_s, call.name}, {u"args"_s, *arguments}};
        addId(item, call.id);
        QJsonObject part{{u"functionCall"_s, item}};
        if (!call.signature.isEmpty()) {
            // Newer models refuse the result of a call that comes back without it.
            part.insert(u"thoughtSignature"_s, call.signature);
        }
        parts.append(part);
    }
    return parts;
}

/// `contents` and `systemInstruction`. Neighbours of one role become one content: the answers of
/// all calls have to stand together.
std::optional<ApiError> addConversation(QJsonObject &body, const QList<Message> &messages)
{
    QJsonArray system;
    QJsonArray contents;
    for (qsizetype i = 0; i < messages.size(); ++i) {
        const Result<QJsonArray> parts = partsOf(messages, i);
        if (!parts) {
            return parts.error();
        }
        if (messages[i].role == Role::System) {
            for (const QJsonValue &part : *parts) {
                system.append(part);
            }
            continue;
        }
        const QString role = messages[i].role == Role::Assistant ? u"model"_s : u"user"_s;
        QJsonObject last = contents.isEmpty() ? QJsonObject() : contents.last().toObject();
        const bool joins = last[u"role"_s] == role;
        QJsonArray all = joins ? last[u"parts"_s].toArray() : QJsonArray();
        for (const QJsonValue &part : *parts) {
            all.append(part);
        }
        if (all.isEmpty()) {
            continue;
        }
        if (joins) {
            contents.removeLast();
        }
        contents.append(QJsonObject{{u"role"_s, role}, {u"parts"_s, all}});
    }
    if (contents.isEmpty()) {
        ApiError error;
        error.kind = ApiError::Kind::InvalidRequest;
        error.message = u"There is nothing to send: the conversation holds no message of a user."_s;
        return error;
    }
    body.insert(u"contents"_s, contents);
    if (!system.isEmpty()) {
        body.insert(u"systemInstruction"_s, QJsonObject{{u"parts"_s, system}});
    }
    return std::nullopt;
}

/// What a person set: most goes into `generationConfig`, the rest to the top.
Result<QJsonObject> bodyOf(const ParameterSet &parameters, const ParameterSpecs &specs)
{
    static const QStringList top{u"tools"_s, u"toolConfig"_s, u"safetySettings"_s,
        u"cachedContent"_s, u"serviceTier"_s, u"labels"_s};
    const Result<QJsonObject> checked = checkedParameters(parameters, specs);
    if (!checked) {
        return Failure(checked.error());
    }
    QJsonObject body;
    QJsonObject config;
    for (auto it = checked->begin(); it != checked->end(); ++it) {
        (top.contains(it.key()) ? body : config).insert(it.key(), it.value());
    }
    if (!config.isEmpty()) {
        body.insert(u"generationConfig"_s, config);
    }
    return body;
}

/// What the server would refuse besides the ranges of single parameters.
std::optional<QString> problemOf(const QJsonObject &config)
{
    if (config[u"stopSequences"_s].toArray().size() > 5) {
        return u"stopSequences must hold at most 5 texts."_s;
    }
    const bool hasSchema
        = config.contains(u"responseSchema"_s) || config.contains(u"responseJsonSchema"_s);
    if (hasSchema && config[u"responseMimeType"_s].toString(u"text/plain"_s) == u"text/plain"_s) {
        return u"A schema needs responseMimeType to be application/json."_s;
    }
    if (config.contains(u"logprobs"_s) && !config[u"responseLogprobs"_s].toBool()) {
        return u"logprobs needs responseLogprobs to be true."_s;
    }
    return std::nullopt;
}

Result<Headers> headersFor(const Target &target, const QByteArray &accept, bool withBody)
{
    return requestHeaders(target, accept, withBody, "x-goog-api-key");
}

/// "12s" or "0.5s" in the error's details: how long to wait.
std::optional<Milliseconds> retryDelay(const QJsonArray &details)
{
    for (const QJsonValue &detail : details) {
        QString text = detail[u"retryDelay"_s].toString();
        if (text.endsWith(u's')) {
            text.chop(1);
            bool ok = false;
            const double seconds = text.toDouble(&ok);
            if (ok && seconds >= 0 && seconds < 1e9) {
                return Milliseconds(std::llround(seconds * 1000));
            }
        }
    }
    return std::nullopt;
}

class GeminiProvider final : public Provider
{
public:
    [[nodiscard]] QString id() const override { return u"gemini"_s; }

    [[nodiscard]] QString displayName() const override { return u"Gemini"_s; }

    [[nodiscard]] Framing framing() const override { return Framing::ServerSentEvents; }

    [[nodiscard]] ParameterSpecs parameters(const QString & /*server*/) const override
    {
        return geminiParameters();
    }

    [[nodiscard]] AdapterStyle adapterStyle(const QString & /*server*/) const override
    {
        return AdapterStyle::None;
    }

    [[nodiscard]] Result<HttpRequest> encode(
        const Target &target, const ChatRequest &request) const override
    {
        for (const QString &name :
            {u"contents"_s, u"model"_s, u"systemInstruction"_s, u"generationConfig"_s}) {
            if (request.parameters.contains(name)) {
                return refused(u"%1 cannot be set as a parameter."_s.arg(name));
            }
        }
        if (request.adapter != AdapterChoice()) {
            return refused(
                u"Gemini has no adapters to choose: its tuned models are models of their own."_s);
        }
        QString model = request.model.isEmpty() ? target.endpoint.model : request.model;
        if (model.isEmpty()) {
            return refused(u"Choose a model: Gemini wants one named in every request."_s);
        }
        if (!model.startsWith("models/"_L1) && !model.startsWith("tunedModels/"_L1)) {
            model.prepend(u"models/"_s);
        }
        const ParameterSpecs specs = geminiParameters();
        Result<QJsonObject> body = bodyOf(request.parameters, specs);
        if (!body) {
            return Failure(body.error());
        }
        if (const auto error = addConversation(*body, request.messages)) {
            return Failure(*error);
        }
        addExtraBody(*body, request.extraBody, {u"generationConfig"_s});
        if (const auto problem = problemOf(body->value(u"generationConfig"_s).toObject())) {
            return refused(*problem);
        }
        Result<Headers> headers
            = headersFor(target, request.stream ? "text/event-stream" : "application/json", true);
        if (!headers) {
            return Failure(headers.error());
        }
        QUrl url = joined(geminiBase(target.endpoint.url),
            model + (request.stream ? u":streamGenerateContent"_s : u":generateContent"_s));
        if (request.stream) { // Otherwise it is one growing array.
            url.setQuery(u"alt=sse"_s);
        }
        return HttpRequest{.verb = "POST",
            .url = url,
            .headers = *headers,
            .body = exactJson(*body, request.parameters, specs)};
    }

    [[nodiscard]] std::unique_ptr<StreamDecoder> makeDecoder() const override
    {
        return std::make_unique<GeminiDecoder>();
    }

    [[nodiscard]] Result<StreamEvents> decodeReply(
        const HttpReply &reply, TimePoint at) const override
    {
        GeminiDecoder decoder;
        StreamEvents events;
        if (const auto error = decoder.decodeWhole(reply.body, at, events)) {
            return Failure(*error);
        }
        return events;
    }

    [[nodiscard]] QList<HttpRequest> describeRequests(const Target &target) const override
    {
        QUrl url = joined(geminiBase(target.endpoint.url), u"models");
        url.setQuery(u"pageSize=1000"_s); // the largest
        const Result<Headers> headers = headersFor(target, "application/json", false);
        return {{.url = url, .headers = headers.value_or(Headers())}};
    }

    [[nodiscard]] std::optional<HttpRequest> nextPage(
        const HttpRequest &asked, const HttpReply &reply) const override
    {
        const QString token = QJsonDocument::fromJson(reply.body)[u"nextPageToken"_s].toString();
        if (reply.status != 200 || token.isEmpty()) {
            return std::nullopt;
        }
        HttpRequest next = asked;
        QUrlQuery query(next.url);
        query.removeQueryItem(u"pageToken"_s);
        query.addQueryItem(u"pageToken"_s, QString::fromLatin1(QUrl::toPercentEncoding(token)));
        next.url.setQuery(query);
        return next;
    }

    [[nodiscard]] Result<EndpointDescription> describe(
        const QList<HttpReply> &replies) const override
    {
        return describeModels(replies, holdsGeminiModels);
    }

    [[nodiscard]] ApiError decodeError(const HttpReply &reply) const override
    {
        ApiError error = errorFromReply(reply);
        QJsonDocument document = QJsonDocument::fromJson(reply.body);
        if (document.isArray()) { // So where the stream would have been one.
            document = QJsonDocument(document.array().first().toObject());
        }
        const QJsonArray details = document[u"error"_s][u"details"_s].toArray();
        const bool isKey = std::any_of(details.begin(), details.end(),
            [](const QJsonValue &detail) { return detail[u"reason"_s] == u"API_KEY_INVALID"_s; });
        if (isKey) { // A wrong key is a 400 here.
            error.kind = ApiError::Kind::Unauthorized;
            error.message = errorSentence(error.kind, {}, reply.status, reply.url);
        }
        if (error.httpStatus == 403 && error.serverMessage.contains(u"unregistered callers"_s)) {
            error.message = u"%1 wants a key (HTTP 403): enter the endpoint's API key."_s.arg(
                reply.url.host());
        }
        if (!error.retryAfter) {
            error.retryAfter = retryDelay(details);
        }
        return error;
    }
};

} // namespace

const Provider &geminiProvider();

const Provider &geminiProvider()
{
    static const GeminiProvider provider;
    return provider;
}

} // namespace Lorikeet
