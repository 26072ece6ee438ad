// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Triton's generate extension (server/src/http_server.cc) as its vLLM backend and TensorRT-LLM use
// it.

#include "providers/baseurl.h"
#include "providers/errorbody.h"
#include "providers/wireparts.h"
#include "triton/chatdecoder.h"
#include "triton/chatparameters.h"
#include "triton/describing.h"
#include "triton/httptransport.h"
#include "triton/tritonaddress.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using namespace Triton;

QStringList readyModelsOf(const HttpReply &reply)
{
    return readyModels(readIndex(reply.body).value_or(QList<IndexEntry>()));
}

class TritonProvider final : public Provider
{
public:
    [[nodiscard]] QString id() const override { return u"triton"_s; }

    [[nodiscard]] QString displayName() const override { return u"Triton"_s; }

    [[nodiscard]] Framing framing() const override { return Framing::ServerSentEvents; }

    [[nodiscard]] ParameterSpecs parameters(const QString &server) const override
    {
        return chatParameters(serverFromName(server));
    }

    [[nodiscard]] AdapterStyle adapterStyle(const QString &server) const override
    {
        return serverFromName(server) == Server::TritonTensorRtLlm ? AdapterStyle::None
                                                                   : AdapterStyle::FreeText;
    }

    [[nodiscard]] std::optional<QJsonObject> continuation(const QString &) const override
    {
        return QJsonObject(); // The prompt is written here, and ends within the assistant's turn.
    }

    [[nodiscard]] Result<HttpRequest> encode(
        const Target &target, const ChatRequest &request) const override
    {
        const Server server = serverFromName(target.endpoint.server);
        const Result<Address> address = addressFrom(target.endpoint.url.toString());
        if (!address) {
            return Failure(address.error());
        }
        if (address->transport == Address::Transport::Grpc) {
            return fail(ApiError::Kind::InvalidRequest,
                u"“%1” is an address of gRPC, which cannot be asked over HTTP."_s.arg(
                    target.endpoint.url.toString()));
        }
        const Result<QString> route
            = modelRoute(request.model.isEmpty() ? target.endpoint.model : request.model,
                request.parameters.value(u"model_version"_s).toString(),
                request.stream ? u"generate_stream" : u"generate");
        if (!route) {
            return Failure(route.error());
        }
        // No id: as coded, the server hands it on to the model as a parameter.
        const Result<QJsonObject> inputs = chatInputs(server, request);
        if (!inputs) {
            return Failure(inputs.error());
        }
        Result<Headers> headers = tritonHeaders(
            target, request.stream ? "text/event-stream" : "application/json", true);
        if (!headers) {
            return Failure(headers.error());
        }
        return HttpRequest{.verb = "POST",
            .url = joined(address->url, *route),
            .headers = *headers,
            .body = exactJson(*inputs, request.parameters, chatParameters(server))};
    }

    [[nodiscard]] QStringList notes(const Target &target, const ChatRequest &request) const override
    {
        QStringList notes = Provider::notes(target, request);
        if (request.parameters.contains(u"max_tokens"_s)) {
            return notes;
        }
        if (serverFromName(target.endpoint.server) == Server::TritonTensorRtLlm) {
            notes.append(u"max_tokens is not set, and TensorRT-LLM needs it: %1 was sent."_s.arg(
                tensorRtMaxTokens));
        } else {
            notes.append(u"max_tokens is not set: Triton's vLLM backend ends answers after 16 "
                         "tokens then."_s);
        }
        return notes;
    }

    [[nodiscard]] std::unique_ptr<StreamDecoder> makeDecoder() const override
    {
        return std::make_unique<ChatDecoder>();
    }

    [[nodiscard]] Result<StreamEvents> decodeReply(
        const HttpReply &reply, TimePoint at) const override
    {
        ChatDecoder decoder;
        StreamEvents events;
        if (const auto error = decoder.decode(reply.body, {}, at, events)) {
            return Failure(*error);
        }
        return events;
    }

    [[nodiscard]] QList<HttpRequest> describeRequests(const Target &target) const override
    {
        const Result<Address> address = addressFrom(target.endpoint.url.toString());
        const QUrl root = address ? address->url : target.endpoint.url;
        const Headers headers
            = tritonHeaders(target, "application/json", false).value_or(Headers());
        HttpRequest index{.verb = "POST",
            .url = joined(root, u"v2/repository/index"),
            .headers = headers,
            .body = "{}"};
        index.headers.append(Header{"Content-Type", "application/json"});
        return {{.url = joined(root, u"v2"), .headers = headers}, index};
    }

    /// One model's inputs, which tell the backend.
    [[nodiscard]] std::optional<HttpRequest> nextPage(
        const HttpRequest &asked, const HttpReply &reply) const override
    {
        const QString model = tellingModel(readyModelsOf(reply));
        if (asked.verb != "POST" || reply.status != 200 || model.isEmpty()) {
            return std::nullopt;
        }
        HttpRequest request{.url = asked.url, .headers = asked.headers};
        QString path = asked.url.path();
        path.chop(QLatin1StringView("repository/index").size());
        request.url.setPath(path + u"models/"_s + model);
        return request;
    }

    [[nodiscard]] Result<EndpointDescription> describe(
        const QList<HttpReply> &replies) const override
    {
        const HttpReply self = replies.value(0);
        if (self.status == 0) {
            return fail(ApiError::Kind::Unreachable, u"/v2 could not be fetched."_s);
        }
        if (self.status != 200) {
            return Failure(decodeError(self));
        }
        const Result<ServerMetadata> metadata = readServerMetadata(self.body);
        if (!metadata) {
            return Failure(metadata.error());
        }
        const HttpReply index = replies.value(1);
        const auto models = index.status == 200
            ? std::optional(readIndex(index.body).value_or(QList<IndexEntry>()))
            : std::nullopt;
        const Result<ModelMetadata> model = readModelMetadata(replies.value(2).body);
        return descriptionOf(*metadata, models, u"HTTP %1"_s.arg(index.status),
            model ? std::optional(*model) : std::nullopt);
    }

    /// An error before the first token is in an event, under its own status; one before the model
    /// is asked is plain JSON.
    [[nodiscard]] ApiError decodeError(const HttpReply &reply) const override
    {
        HttpReply plain = reply;
        plain.body = plain.body.trimmed();
        if (plain.body.startsWith("data:")) {
            plain.body = plain.body.sliced(5).trimmed();
        }
        return chatError(inferError(plain));
    }
};

} // namespace

const Provider &tritonProvider()
{
    static const TritonProvider provider;
    return provider;
}

} // namespace Lorikeet
