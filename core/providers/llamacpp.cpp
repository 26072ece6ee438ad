// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// llama.cpp's own /completion (tools/server): text in, text out, with everything its samplers tell.
// The prompt is written here by a prompt format and not by /apply-template, which would be a
// request of its own before each answer; a model with a template is asked by the OpenAI-compatible
// route, which applies it.

#include "providers/baseurl.h"
#include "providers/errorbody.h"
#include "providers/llamacppdecoder.h"
#include "providers/openairequest.h"
#include "providers/parametertables.h"
#include "providers/promptformat.h"
#include "providers/registry.h"
#include "providers/servers.h"
#include "providers/wireparts.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Failure refused(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

/// What the server answers with an error, or (its parser being lenient) with another answer than
/// was asked for.
std::optional<QString> bodyProblem(const QJsonObject &body)
{
    const QJsonValue prompt = body[u"prompt"_s];
    if (prompt.isUndefined() || (prompt.isString() && prompt.toString().isEmpty())) {
        return u"There is nothing to send: the prompt is empty."_s;
    }
    if (!body[u"grammar"_s].toString().isEmpty() && body.contains(u"json_schema"_s)) {
        return u"grammar and json_schema do not go together: leave one of them out."_s;
    }
    return std::nullopt;
}

class LlamaCppProvider final : public Provider
{
public:
    [[nodiscard]] QString id() const override { return u"llamacpp"_s; }

    [[nodiscard]] QString displayName() const override { return u"llama.cpp /completion"_s; }

    [[nodiscard]] Framing framing() const override { return Framing::ServerSentEvents; }

    [[nodiscard]] ParameterSpecs parameters(const QString &) const override
    {
        return llamaCppParameters();
    }

    [[nodiscard]] AdapterStyle adapterStyle(const QString &) const override
    {
        return AdapterStyle::Scales;
    }

    [[nodiscard]] std::optional<QJsonObject> continuation(const QString &) const override
    {
        // The prompt is written here, and ends within the assistant's turn: see formatPrompt().
        return QJsonObject();
    }

    [[nodiscard]] Result<HttpRequest> encode(
        const Target &target, const ChatRequest &request) const override
    {
        if (request.messages.isEmpty()) {
            return refused(u"There is nothing to send: the conversation holds no message."_s);
        }
        for (const QString &name : {u"prompt"_s, u"stream"_s, u"lora"_s}) {
            if (request.parameters.contains(name)) {
                return refused(u"%1 cannot be set as a parameter."_s.arg(name));
            }
        }
        const ParameterSpecs specs = llamaCppParameters();
        Result<QJsonObject> body = checkedParameters(request.parameters, specs);
        if (!body) {
            return Failure(body.error());
        }
        // The router's models are named; a server of one model does not look at it.
        if (const auto problem = addModel(*body, target, request, Server::LlamaCpp)) {
            return refused(*problem);
        }
        const QString format = request.parameters.value(u"prompt_format"_s).toString();
        body->insert(u"prompt"_s, formatPrompt(format, request.messages));
        body->insert(u"stream"_s, request.stream);
        for (auto it = request.extraBody.begin(); it != request.extraBody.end(); ++it) {
            body->insert(it.key(), it.value());
        }
        if (const auto problem = bodyProblem(*body)) {
            return refused(*problem);
        }
        Result<Headers> headers = requestHeaders(
            target, request.stream ? "text/event-stream" : "application/json", true);
        if (!headers) {
            return Failure(headers.error());
        }
        if (request.stream && headerValue(*headers, "Connection").isEmpty()) {
            // It closes the connection after a stream of this route, and does not say so before: a
            // next request on it would be lost now and then.
            headers->append(Header{"Connection", "close"});
        }
        return HttpRequest{.verb = "POST",
            .url = joined(serverRoot(target.endpoint.url), u"completion"),
            .headers = *headers,
            .body = exactJson(*body, request.parameters, specs)};
    }

    [[nodiscard]] std::unique_ptr<StreamDecoder> makeDecoder() const override
    {
        return std::make_unique<LlamaCppDecoder>();
    }

    [[nodiscard]] Result<StreamEvents> decodeReply(
        const HttpReply &reply, TimePoint at) const override
    {
        LlamaCppDecoder decoder;
        StreamEvents events;
        if (const auto error = decoder.decodeWhole(reply.body, at, events)) {
            return Failure(*error);
        }
        return events;
    }

    [[nodiscard]] QList<HttpRequest> describeRequests(const Target &target) const override
    {
        Target known = target;
        known.endpoint.server = serverName(Server::LlamaCpp);
        return findProvider(u"openai")->describeRequests(known);
    }

    [[nodiscard]] Result<EndpointDescription> describe(
        const QList<HttpReply> &replies) const override
    {
        return findProvider(u"openai")->describe(replies);
    }
};

} // namespace

const Provider &llamaCppProvider()
{
    static const LlamaCppProvider provider;
    return provider;
}

} // namespace Lorikeet
