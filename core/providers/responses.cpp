// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// OpenAI's Responses API, which vLLM, llama.cpp, Ollama and LM Studio have as well.

#include "providers/baseurl.h"
#include "providers/errorbody.h"
#include "providers/openairequest.h"
#include "providers/parametertables.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "providers/responsesdecoder.h"
#include "providers/serverevidence.h"
#include "providers/wireparts.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Failure refused(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

QJsonObject toItem(const Message &message)
{
    if (message.role != Role::Assistant) {
        return {{u"role"_s, toWord(message.role)}, {u"content"_s, message.content}};
    }
    // llama.cpp takes an earlier answer in this form alone; OpenAI takes text too.
    return {{u"type"_s, u"message"_s}, {u"role"_s, toWord(message.role)},
        {u"content"_s,
            QJsonArray{QJsonObject{{u"type"_s, u"output_text"_s}, {u"text"_s, message.content}}}}};
}

/// System text has a member of its own, a call and its result are items beside the messages.
void addInput(QJsonObject &body, const QList<Message> &messages)
{
    QStringList instructions;
    QJsonArray input;
    for (const Message &message : messages) {
        if (message.role == Role::System) {
            instructions.append(message.content);
            continue;
        }
        if (message.role == Role::Tool) {
            input.append(QJsonObject{{u"type"_s, u"function_call_output"_s},
                {u"call_id"_s, message.toolCallId}, {u"output"_s, message.content}});
            continue;
        }
        if (!message.content.isEmpty() || message.toolCalls.isEmpty()) {
            input.append(toItem(message));
        }
        for (const ToolCall &call : message.toolCalls) {
            input.append(QJsonObject{{u"type"_s, u"function_call"_s}, {u"call_id"_s, call.id},
                {u"name"_s, call.name}, {u"arguments"_s, call.arguments}});
        }
    }
    if (!instructions.isEmpty()) {
        body.insert(u"instructions"_s, instructions.join(u"\n\n"_s));
    }
    body.insert(u"input"_s, input);
}

/// Chat completions nest a function's name and schema; here they stand beside the type.
QJsonArray flatTools(const QJsonArray &tools)
{
    QJsonArray flat;
    for (const QJsonValue &tool : tools) {
        QJsonObject object = tool.toObject();
        const QJsonObject function = object.take(u"function"_s).toObject();
        for (auto it = function.begin(); it != function.end(); ++it) {
            object.insert(it.key(), it.value());
        }
        flat.append(object);
    }
    return flat;
}

class ResponsesProvider final : public Provider
{
public:
    [[nodiscard]] QString id() const override { return u"responses"_s; }

    [[nodiscard]] QString displayName() const override { return u"OpenAI Responses"_s; }

    [[nodiscard]] Framing framing() const override { return Framing::ServerSentEvents; }

    [[nodiscard]] ParameterSpecs parameters(const QString &) const override
    {
        return responsesParameters();
    }

    [[nodiscard]] AdapterStyle adapterStyle(const QString &server) const override
    {
        return adapterStyleOf(serverFromName(server));
    }

    [[nodiscard]] Result<HttpRequest> encode(
        const Target &target, const ChatRequest &request) const override
    {
        if (request.messages.isEmpty()) {
            return refused(u"There is nothing to send: the conversation holds no message."_s);
        }
        for (const QString &name :
            {u"input"_s, u"instructions"_s, u"model"_s, u"stream"_s, u"background"_s}) {
            if (request.parameters.contains(name)) {
                return refused(u"%1 cannot be set as a parameter."_s.arg(name));
            }
        }
        const ParameterSpecs specs = responsesParameters();
        Result<QJsonObject> body = checkedParameters(request.parameters, specs);
        if (!body) {
            return Failure(body.error());
        }
        if (const auto problem = addModel(*body, target, request, serverOf(target))) {
            return refused(*problem);
        }
        if (const QJsonValue tools = body->value(u"tools"_s); tools.isArray()) {
            body->insert(u"tools"_s, flatTools(tools.toArray()));
        }
        addInput(*body, request.messages);
        body->insert(u"stream"_s, request.stream);
        for (auto it = request.extraBody.begin(); it != request.extraBody.end(); ++it) {
            body->insert(it.key(), it.value());
        }
        Result<Headers> headers = requestHeaders(
            target, request.stream ? "text/event-stream" : "application/json", true);
        if (!headers) {
            return Failure(headers.error());
        }
        return HttpRequest{.verb = "POST",
            .url = besideDeployments(openAiBase(target.endpoint.url), u"responses"),
            .headers = *headers,
            .body = exactJson(*body, request.parameters, specs)};
    }

    [[nodiscard]] std::optional<Remedy> remedy(
        const ApiError &error, const ParameterSet &parameters) const override
    {
        return findProvider(u"openai")->remedy(error, parameters);
    }

    [[nodiscard]] std::unique_ptr<StreamDecoder> makeDecoder() const override
    {
        return std::make_unique<ResponsesDecoder>();
    }

    [[nodiscard]] Result<StreamEvents> decodeReply(
        const HttpReply &reply, TimePoint at) const override
    {
        ResponsesDecoder decoder;
        StreamEvents events = decodeHead(reply.headers, at);
        if (const auto error = decoder.decodeWhole(reply.body, at, events)) {
            // What stands instead of an answer may be an error (LM Studio, for unknown routes).
            return Failure(error->kind == ApiError::Kind::Protocol && readErrorBody(reply.body)
                    ? decodeError(reply)
                    : *error);
        }
        return events;
    }

    [[nodiscard]] QList<HttpRequest> describeRequests(const Target &target) const override
    {
        return findProvider(u"openai")->describeRequests(target);
    }

    [[nodiscard]] Result<EndpointDescription> describe(
        const QList<HttpReply> &replies) const override
    {
        return findProvider(u"openai")->describe(replies);
    }
};

} // namespace

const Provider &responsesProvider()
{
    static const ResponsesProvider provider;
    return provider;
}

} // namespace Lorikeet
