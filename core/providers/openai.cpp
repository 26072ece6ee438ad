// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/baseurl.h"
#include "providers/errorbody.h"
#include "providers/learntnames.h"
#include "providers/openaidecoder.h"
#include "providers/openairequest.h"
#include "providers/parametertables.h"
#include "providers/serverevidence.h"
#include "providers/servers.h"
#include "providers/wireparts.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QRegularExpression>
#include <QUrlQuery>
#include <QVersionNumber>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Mistral wants exactly nine letters or digits; a conversation begun elsewhere has other ids.
QString toolCallId(const QString &id, Server server)
{
    static const QRegularExpression nine(u"^[A-Za-z0-9]{9}$"_s);
    if (server != Server::Mistral || nine.match(id).hasMatch()) {
        return id;
    }
    const QByteArray hash = QCryptographicHash::hash(id.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex().first(9));
}

QJsonObject messageToJson(const Message &message, Server server)
{
    // Reasoning is not sent back: most servers refuse the member, the others ignore it.
    QJsonObject object{{u"role"_s, toWord(message.role)}, {u"content"_s, message.content}};
    if (message.role == Role::Tool) {
        object.insert(u"tool_call_id"_s, toolCallId(message.toolCallId, server));
    }
    if (message.role == Role::Assistant && !message.toolCalls.isEmpty()) {
        QJsonArray calls;
        for (const ToolCall &call : message.toolCalls) {
            calls.append(
                QJsonObject{{u"id"_s, toolCallId(call.id, server)}, {u"type"_s, u"function"_s},
                    {u"function"_s,
                        QJsonObject{{u"name"_s, call.name}, {u"arguments"_s, call.arguments}}}});
        }
        object.insert(u"tool_calls"_s, calls);
        if (message.content.isEmpty()) {
            object.insert(u"content"_s, QJsonValue::Null);
        }
    }
    return object;
}

Failure refused(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

/// Azure takes it from 2024-09-01-preview on; before, a request with it fails.
bool isBeforeStreamOptions(const QUrl &url)
{
    const QString version = QUrlQuery(url).queryItemValue(u"api-version"_s);
    return version.startsWith("20"_L1) && version < "2024-09-01"_L1;
}

/// Usage in streams must be asked for; Mistral and LoRAX, who refuse the member, send it unasked.
void addStreamOptions(
    QJsonObject &body, const ParameterSet &parameters, Server server, const QUrl &url)
{
    const bool refuses = server == Server::Mistral || server == Server::Lorax
        || (server == Server::Azure && isBeforeStreamOptions(url));
    QJsonObject options;
    if (parameters.value(u"include_usage"_s, QJsonValue(!refuses)).toBool()) {
        options.insert(u"include_usage"_s, true);
    }
    if (parameters.value(u"continuous_usage_stats"_s).toBool()) {
        options.insert(u"continuous_usage_stats"_s, true);
    }
    if (!options.isEmpty()) {
        body.insert(u"stream_options"_s, options);
    }
}

/// The older names of structured_outputs; vLLM dropped them with 0.12.0 and ignores them since.
bool isGuided(const QString &name) { return name.startsWith("guided_"_L1); }

/// Of a vLLM whose version is known: which constraint it would ignore without a word, so that the
/// answer looks right and is not constrained. Its developers' builds call themselves 0.1.dev….
std::optional<QString> constraintProblem(const QJsonObject &body, const Target &target)
{
    const QVersionNumber version = QVersionNumber::fromString(target.endpoint.serverVersion);
    if (version < QVersionNumber(0, 2)) {
        return std::nullopt;
    }
    const QStringList names = body.keys();
    const auto guided = std::find_if(names.begin(), names.end(), isGuided);
    if (guided != names.end() && version >= QVersionNumber(0, 12)) {
        return u"vLLM %1 ignores %2 without a word: use structured_outputs instead."_s.arg(
            target.endpoint.serverVersion, *guided);
    }
    if (names.contains(u"structured_outputs"_s) && version < QVersionNumber(0, 10, 2)) {
        return u"vLLM %1 ignores structured_outputs without a word: use guided_json, guided_regex, "
               "guided_choice or guided_grammar instead."_s.arg(target.endpoint.serverVersion);
    }
    return std::nullopt;
}

class OpenAiProvider final : public Provider
{
public:
    [[nodiscard]] QString id() const override { return u"openai"_s; }

    [[nodiscard]] QString displayName() const override { return u"OpenAI-compatible"_s; }

    [[nodiscard]] Framing framing() const override { return Framing::ServerSentEvents; }

    [[nodiscard]] ParameterSpecs parameters(const QString &server) const override
    {
        return openAiParameters(serverFromName(server));
    }

    [[nodiscard]] AdapterStyle adapterStyle(const QString &server) const override
    {
        return adapterStyleOf(serverFromName(server));
    }

    [[nodiscard]] std::optional<QJsonObject> continuation(const QString &server) const override
    {
        switch (serverFromName(server)) {
        case Server::LlamaCpp: // goes on with a trailing assistant message by itself
            return QJsonObject();
        case Server::Vllm: // refuses the one without the other
            return QJsonObject{
                {u"continue_final_message"_s, true}, {u"add_generation_prompt"_s, false}};
        case Server::Sglang:
            return QJsonObject{{u"continue_final_message"_s, true}};
        default:
            return std::nullopt;
        }
    }

    [[nodiscard]] Result<HttpRequest> encode(
        const Target &target, const ChatRequest &asked) const override
    {
        ChatRequest request = asked;
        request.parameters = underLearntNames(target.endpoint, asked.model, asked.parameters);
        if (request.messages.isEmpty()) {
            return refused(u"There is nothing to send: the conversation holds no message."_s);
        }
        // These have places of their own in a request; here they would be lost.
        for (const QString &name : {u"messages"_s, u"model"_s, u"stream"_s, u"stream_options"_s}) {
            if (request.parameters.contains(name)) {
                return refused(u"%1 cannot be set as a parameter."_s.arg(name));
            }
        }
        const Server server = serverOf(target);
        const ParameterSpecs specs = openAiParameters(server);
        Result<QJsonObject> body = checkedParameters(request.parameters, specs);
        if (!body) {
            return Failure(body.error());
        }
        if (const auto problem = addModel(*body, target, request, server)) {
            return refused(*problem);
        }
        QJsonArray messages;
        for (const Message &message : request.messages) {
            messages.append(messageToJson(message, server));
        }
        body->insert(u"messages"_s, messages);
        body->insert(u"stream"_s, request.stream);
        if (request.stream) {
            addStreamOptions(*body, request.parameters, server, target.endpoint.url);
        }
        addExtraBody(*body, request.extraBody);
        if (const auto problem
            = server == Server::Vllm ? constraintProblem(*body, target) : std::nullopt) {
            return refused(*problem);
        }
        Result<Headers> headers = requestHeaders(
            target, request.stream ? "text/event-stream" : "application/json", true);
        if (!headers) {
            return Failure(headers.error());
        }
        return HttpRequest{.verb = "POST",
            .url = joined(openAiBase(target.endpoint.url), u"chat/completions"),
            .headers = *headers,
            .body = exactJson(*body, request.parameters, specs)};
    }

    [[nodiscard]] QStringList notes(const Target &target, const ChatRequest &request) const override
    {
        QStringList notes = Provider::notes(target, request)
            + learntNotes(target.endpoint, request.model, request.parameters);
        if (serverOf(target) == Server::Vllm && target.endpoint.serverVersion.isEmpty()) {
            const QStringList names = request.parameters.keys() + request.extraBody.keys();
            for (const QString &name : names) {
                if (isGuided(name)) {
                    notes.append(u"%1 was sent: vLLM has ignored it without a word since 0.12, "
                                 "where its name is structured_outputs."_s.arg(name));
                }
            }
        }
        return notes;
    }

    [[nodiscard]] std::optional<Remedy> remedy(
        const ApiError &error, const ParameterSet &parameters) const override
    {
        const bool isRefused
            = error.code == u"unsupported_parameter"_s || error.code == u"unsupported_value"_s;
        if (!isRefused || !parameters.contains(error.param)) {
            return std::nullopt;
        }
        // Reasoning models take the newer name alone.
        const bool isRenamed
            = error.param == u"max_tokens"_s && error.code == u"unsupported_parameter"_s;
        return Remedy{error.param, isRenamed ? u"max_completion_tokens"_s : QString()};
    }

    [[nodiscard]] std::unique_ptr<StreamDecoder> makeDecoder() const override
    {
        return std::make_unique<OpenAiDecoder>();
    }

    [[nodiscard]] Result<StreamEvents> decodeReply(
        const HttpReply &reply, TimePoint at) const override
    {
        OpenAiDecoder decoder;
        StreamEvents events = decodeHead(reply.headers, at);
        if (const auto error = decoder.decodeWhole(reply.body, at, events)) {
            // What the body is not able to say, status and headers may.
            return Failure(error->kind == ApiError::Kind::Protocol ? *error : decodeError(reply));
        }
        return events;
    }

    [[nodiscard]] StreamEvents decodeHead(const Headers &headers, TimePoint at) const override
    {
        return eventsFromHead(headers, at);
    }

    [[nodiscard]] QList<HttpRequest> describeRequests(const Target &target) const override
    {
        const Server server = serverOf(target);
        const QUrl root = serverRoot(target.endpoint.url);
        QList<QUrl> urls{modelsUrl(openAiBase(target.endpoint.url))};
        // One that was never recognised is often llama.cpp, and tells by its own routes.
        for (const QString &route :
            evidenceRoutes(server == Server::Unknown ? Server::LlamaCpp : server)) {
            urls.append(joined(root, route));
        }
        QList<HttpRequest> requests;
        const Result<Headers> headers = requestHeaders(target, "application/json", false);
        for (const QUrl &url : urls) {
            requests.append({.url = url, .headers = headers.value_or(Headers())});
        }
        return requests;
    }

    [[nodiscard]] Result<EndpointDescription> describe(
        const QList<HttpReply> &replies) const override
    {
        const HttpReply models = replies.value(0);
        const HttpReply *refusal = models.status == 0 ? nullptr : keyRefusal(replies, models.url);
        if (refusal) {
            return Failure(decodeError(*refusal));
        }
        if (models.status != 0 && models.status != 200) {
            // LoRAX has the chat route and no list of models; /info names its one.
            const EndpointDescription found = describeEvidence(replies);
            if (serverFromName(found.server) == Server::Lorax) {
                return found;
            }
        }
        return describeModels(replies, holdsModelList);
    }
};

} // namespace

const Provider &openAiProvider()
{
    static const OpenAiProvider provider;
    return provider;
}

} // namespace Lorikeet
