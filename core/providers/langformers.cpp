// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Langformers' /api/generate (langformers/generators/*.py). The server keeps the conversation, so
// the newest prompt alone goes out; it always streams, and its streams have no end marker.

#include "providers/baseurl.h"
#include "providers/errorbody.h"
#include "providers/parametertables.h"
#include "providers/provider.h"
#include "providers/serverevidence.h"
#include "providers/servers.h"
#include "providers/wirejson.h"
#include "providers/wireparts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int defaultMemory = 10;

class LangformersDecoder final : public StreamDecoder
{
public:
    [[nodiscard]] std::optional<ApiError> decode(
        QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out) override
    {
        const QByteArrayView text = data.trimmed();
        if (text.isEmpty()) {
            return std::nullopt;
        }
        const auto element = m_json.parse(text);
        const auto event = element ? optionalOf<WireJson::Object>(*element) : std::nullopt;
        WireJson::Element chunk;
        if (!event || event->at_key("chunk").get(chunk) != simdjson::SUCCESS) {
            return errorFromRecord(text, type);
        }
        // Empty ones are normal, and "0" is text; what is no text at all says nothing.
        const auto piece = optionalOf<std::string_view>(chunk);
        if (piece && !piece->empty()) {
            out.append({at, TextDelta{0, toQString(*piece)}});
        }
        return std::nullopt;
    }

    [[nodiscard]] bool isComplete() const override { return false; }

    /// Whether the body's end was a clean one is for the transport to say. No event at all is an
    /// empty answer.
    [[nodiscard]] std::optional<ApiError> atEnd() const override { return std::nullopt; }

    [[nodiscard]] bool endsWithBody() const override { return true; }

private:
    WireJson m_json;
};

Failure refused(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

QString systemPrompt(const QList<Message> &messages)
{
    QStringList texts;
    for (const Message &message : messages) {
        if (message.role == Role::System && !message.content.isEmpty()) {
            texts.append(message.content);
        }
    }
    return texts.join(u"\n\n"_s);
}

/// What the server would answer with a bare 500, or what would break its memory for everyone: of
/// the finished body, so that nothing gets by.
std::optional<QString> bodyProblem(const QJsonObject &body)
{
    if (!body[u"prompt"_s].isString() || body[u"prompt"_s].toString().isEmpty()) {
        return u"There is nothing to send: Langformers refuses an empty prompt."_s;
    }
    const QJsonValue system = body[u"system_prompt"_s];
    if (!system.isUndefined() && !system.isString()) {
        return u"system_prompt must be text."_s;
    }
    const ParameterSpecs specs = langformersParameters();
    for (const ParameterSpec &spec : specs) {
        const QJsonValue value = body[spec.name];
        if (spec.fate != ParameterSpec::Fate::Honoured || value.isUndefined()) {
            continue;
        }
        if (value.isNull()) {
            return u"%1 cannot be null: leave it out instead."_s.arg(spec.name);
        }
        if (const auto problem = spec.check(value)) {
            return problem;
        }
    }
    return std::nullopt;
}

class LangformersProvider final : public Provider
{
public:
    [[nodiscard]] QString id() const override { return u"langformers"_s; }

    [[nodiscard]] QString displayName() const override { return u"Langformers"_s; }

    [[nodiscard]] Framing framing() const override { return Framing::ServerSentEvents; }

    [[nodiscard]] ParameterSpecs parameters(const QString &) const override
    {
        return langformersParameters();
    }

    [[nodiscard]] AdapterStyle adapterStyle(const QString &) const override
    {
        return AdapterStyle::None;
    }

    [[nodiscard]] Result<HttpRequest> encode(
        const Target &target, const ChatRequest &request) const override
    {
        if (request.adapter != AdapterChoice()) {
            return refused(u"Langformers has no adapters to choose: it serves one model."_s);
        }
        if (request.messages.isEmpty() || request.messages.constLast().role != Role::User) {
            return refused(u"Langformers takes a prompt and nothing else: it can neither go on "
                           "with an answer nor be given the result of a tool."_s);
        }
        for (const QString &name : {u"prompt"_s, u"system_prompt"_s}) {
            if (request.parameters.contains(name)) {
                return refused(u"%1 cannot be set as a parameter."_s.arg(name));
            }
        }
        const ParameterSpecs specs = langformersParameters();
        Result<QJsonObject> body = checkedParameters(request.parameters, specs);
        if (!body) {
            return Failure(body.error());
        }
        body->insert(u"prompt"_s, request.messages.constLast().content);
        if (const QString system = systemPrompt(request.messages); !system.isEmpty()) {
            body->insert(u"system_prompt"_s, system);
        }
        for (auto it = request.extraBody.begin(); it != request.extraBody.end(); ++it) {
            body->insert(it.key(), it.value());
        }
        if (const auto problem = bodyProblem(*body)) {
            return refused(*problem);
        }
        Result<Headers> headers = requestHeaders(target, "text/event-stream", true);
        if (!headers) {
            return Failure(headers.error());
        }
        return HttpRequest{.verb = "POST",
            .url = joined(serverRoot(target.endpoint.url), u"api/generate"),
            .headers = *headers,
            .body = exactJson(*body, request.parameters, specs)};
    }

    [[nodiscard]] QStringList notes(const Target &target, const ChatRequest &request) const override
    {
        QStringList notes = Provider::notes(target, request);
        const auto turns = std::count_if(request.messages.begin(), request.messages.end(),
            [](const Message &message) { return message.role != Role::System; });
        if (turns <= 1 && !request.diverged) {
            notes.append(u"Langformers remembers what it was asked before, by whomever, under the "
                         "same system prompt: this prompt is answered in the light of that."_s);
        }
        if (request.diverged) {
            notes.append(u"Only the newest prompt was sent: Langformers remembers the "
                         "conversation itself, with all versions that were asked for, and without "
                         "examples and what was answered elsewhere or under another system "
                         "prompt."_s);
        }
        const qint64 memory
            = request.parameters.value(u"memory_k"_s, QJsonValue(defaultMemory)).toInteger();
        if (turns > memory) {
            notes.append(u"With a memory_k of %1, Langformers keeps the newest %1 messages and "
                         "has forgotten what was said before them."_s.arg(memory));
        }
        const QString model = request.model.isEmpty() ? target.endpoint.model : request.model;
        if (!request.model.isEmpty() && request.model != target.endpoint.model) {
            notes.append(u"Langformers serves one model: the name “%1” was not sent."_s.arg(model));
        }
        return notes;
    }

    [[nodiscard]] std::unique_ptr<StreamDecoder> makeDecoder() const override
    {
        return std::make_unique<LangformersDecoder>();
    }

    /// It always streams: what comes as a plain reply is an error, or from something else.
    [[nodiscard]] Result<StreamEvents> decodeReply(const HttpReply &reply, TimePoint) const override
    {
        return Failure(readErrorBody(reply.body)
                ? decodeError(reply)
                : protocolError(u"%1 did not answer with a stream, as Langformers does."_s.arg(
                                    placeOf(reply.url)),
                      reply.body));
    }

    [[nodiscard]] QList<HttpRequest> describeRequests(const Target &target) const override
    {
        const QUrl root = serverRoot(target.endpoint.url);
        const Result<Headers> headers = requestHeaders(target, "*/*", false);
        QList<HttpRequest> requests;
        for (const char16_t *path : {u"", u"openapi.json"}) {
            requests.append({.url = joined(root, path), .headers = headers.value_or(Headers())});
        }
        return requests;
    }

    [[nodiscard]] Result<EndpointDescription> describe(
        const QList<HttpReply> &replies) const override
    {
        const HttpReply page = replies.value(0);
        if (page.status == 0) {
            return fail(ApiError::Kind::Unreachable, u"The server's page could not be fetched."_s);
        }
        EndpointDescription description = describeEvidence(replies);
        if (serverFromName(description.server) == Server::Langformers) {
            return description;
        }
        if (page.status >= 300) {
            return Failure(decodeError(page));
        }
        return Failure(protocolError(
            u"%1 did not answer as Langformers does."_s.arg(page.url.toString()), page.body));
    }
};

} // namespace

const Provider &langformersProvider()
{
    static const LangformersProvider provider;
    return provider;
}

} // namespace Lorikeet
