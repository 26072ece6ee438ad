// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/baseurl.h"
#include "providers/errorbody.h"
#include "providers/loraxchecks.h"
#include "providers/loraxdecoder.h"
#include "providers/parametertables.h"
#include "providers/promptformat.h"
#include "providers/serverevidence.h"
#include "providers/servers.h"
#include "providers/wireparts.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QJsonObject mergedToJson(const MergedAdapters &merged)
{
    QJsonArray ids;
    for (const QString &id : merged.ids) {
        ids.append(id);
    }
    QJsonArray weights;
    for (const double weight : merged.weights) {
        weights.append(weight);
    }
    // The server's default density of 0 is right for linear alone, which does not look at it.
    QJsonObject object{{u"ids"_s, ids}, {u"weights"_s, weights}, {u"density"_s, merged.density}};
    if (!merged.strategy.isEmpty()) {
        object.insert(u"merge_strategy"_s, merged.strategy);
    }
    if (!merged.majoritySignMethod.isEmpty()) {
        object.insert(u"majority_sign_method"_s, merged.majoritySignMethod);
    }
    return object;
}

void addAdapter(QJsonObject &parameters, const AdapterChoice &adapter)
{
    if (!adapter.id.isEmpty()) {
        parameters.insert(u"adapter_id"_s, adapter.id);
    }
    if (!adapter.source.isEmpty()) {
        parameters.insert(u"adapter_source"_s, adapter.source);
    }
    if (!adapter.token.isEmpty()) {
        parameters.insert(u"api_token"_s, adapter.token.reveal());
    }
    if (adapter.merged) {
        parameters.insert(u"merged_adapters"_s, mergedToJson(*adapter.merged));
    }
}

/// Over everything else; what is for `parameters` joins them instead of replacing them all.
void addExtraBody(QJsonObject &body, const QJsonObject &extra)
{
    QJsonObject parameters = body[u"parameters"_s].toObject();
    for (auto it = extra.begin(); it != extra.end(); ++it) {
        if (it.key() != u"parameters"_s || !it.value().isObject()) {
            body.insert(it.key(), it.value());
            continue;
        }
        const QJsonObject members = it.value().toObject();
        for (auto member = members.begin(); member != members.end(); ++member) {
            parameters.insert(member.key(), member.value());
        }
        body.insert(u"parameters"_s, parameters);
    }
}

class LoraxProvider final : public Provider
{
public:
    [[nodiscard]] QString id() const override { return u"lorax"_s; }

    [[nodiscard]] QString displayName() const override { return u"LoRAX"_s; }

    [[nodiscard]] Framing framing() const override { return Framing::ServerSentEvents; }

    [[nodiscard]] ParameterSpecs parameters(const QString &) const override
    {
        return loraxParameters();
    }

    [[nodiscard]] AdapterStyle adapterStyle(const QString &) const override
    {
        return AdapterStyle::FreeText;
    }

    [[nodiscard]] std::optional<QJsonObject> continuation(const QString &) const override
    {
        // The prompt is written here, and ends within the assistant's turn: see formatPrompt().
        return QJsonObject();
    }

    [[nodiscard]] Result<HttpRequest> encode(
        const Target &target, const ChatRequest &request) const override
    {
        const ParameterSpecs specs = loraxParameters();
        Result<QJsonObject> parameters = checkedParameters(request.parameters, specs);
        if (!parameters) {
            return Failure(parameters.error());
        }
        if (!request.adapter.scales.isEmpty()) {
            return fail(ApiError::Kind::InvalidRequest,
                u"LoRAX does not take adapter scales; give merged adapters weights instead."_s);
        }
        addAdapter(*parameters, request.adapter);
        if (!parameters->contains(u"details"_s)) {
            // Without it a stream does not tell why it ended, nor how many tokens it had.
            parameters->insert(u"details"_s, true);
        }
        const QString format = request.parameters.value(u"prompt_format"_s).toString();
        QJsonObject body{
            {u"inputs"_s, formatPrompt(format, request.messages)}, {u"parameters"_s, *parameters}};
        addExtraBody(body, request.extraBody);
        if (body[u"inputs"_s].toString().isEmpty()) {
            return fail(ApiError::Kind::InvalidRequest,
                u"There is nothing to send: LoRAX refuses an empty prompt."_s);
        }
        if (const auto problem = loraxProblem(body[u"parameters"_s].toObject(), request.stream)) {
            return fail(ApiError::Kind::InvalidRequest, *problem);
        }
        Result<Headers> headers = requestHeaders(
            target, request.stream ? "text/event-stream" : "application/json", true);
        if (!headers) {
            return Failure(headers.error());
        }
        // /generate never streams, whatever the body asks for.
        return HttpRequest{.verb = "POST",
            .url = joined(
                serverRoot(target.endpoint.url), request.stream ? u"generate_stream" : u"generate"),
            .headers = *headers,
            .body = exactJson(body, request.parameters, specs)};
    }

    [[nodiscard]] std::unique_ptr<StreamDecoder> makeDecoder() const override
    {
        return std::make_unique<LoraxDecoder>();
    }

    [[nodiscard]] Result<StreamEvents> decodeReply(
        const HttpReply &reply, TimePoint at) const override
    {
        LoraxDecoder decoder;
        StreamEvents events = decodeHead(reply.headers, at);
        if (const auto error = decoder.decodeWhole(reply.body, at, events)) {
            return Failure(*error);
        }
        return events;
    }

    [[nodiscard]] StreamEvents decodeHead(const Headers &headers, TimePoint at) const override
    {
        return eventsFromHead(headers, at);
    }

    [[nodiscard]] QList<HttpRequest> describeRequests(const Target &target) const override
    {
        const QUrl root = serverRoot(target.endpoint.url);
        const Result<Headers> headers = requestHeaders(target, "application/json", false);
        QList<HttpRequest> requests;
        for (const char16_t *path : {u"info", u"health"}) {
            requests.append({.url = joined(root, path), .headers = headers.value_or(Headers())});
        }
        return requests;
    }

    [[nodiscard]] Result<EndpointDescription> describe(
        const QList<HttpReply> &replies) const override
    {
        const HttpReply info = replies.value(0);
        if (info.status == 0) {
            return fail(ApiError::Kind::Unreachable, u"/info could not be fetched."_s);
        }
        if (info.status != 200) {
            return Failure(decodeError(info));
        }
        EndpointDescription description = describeEvidence(replies);
        if (description.server.isEmpty()) {
            return Failure(protocolError(
                u"%1 did not answer as LoRAX does."_s.arg(info.url.toString()), info.body));
        }
        if (description.server != serverName(Server::Lorax)) {
            description.notes.prepend(
                u"This is %1: choose its own dialect."_s.arg(description.server));
        }
        const HttpReply health = replies.value(1);
        if (health.status >= 400) {
            description.notes.append(
                u"The server says that it is not healthy (HTTP %1)."_s.arg(health.status));
        }
        return description;
    }
};

} // namespace

const Provider &loraxProvider()
{
    static const LoraxProvider provider;
    return provider;
}

} // namespace Lorikeet
