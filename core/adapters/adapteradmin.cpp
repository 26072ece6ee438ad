// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "adapters/adapteradmin.h"

#include "http/apiclient.h"
#include "providers/baseurl.h"
#include "providers/errorbody.h"
#include "providers/servers.h"
#include "providers/wireparts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Kind = AdapterChange::Kind;

Failure refused(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

/// Why a server that takes no such change does not.
QString reasonOf(Server server, Kind kind)
{
    if (kind == Kind::SetScales) {
        return u"Only llama.cpp has scales to set."_s;
    }
    switch (server) {
    case Server::LlamaCpp:
        return u"llama.cpp loads adapters when it starts (--lora); here their scales can be set."_s;
    case Server::Lorax:
        return u"LoRAX loads an adapter by itself when a request names it."_s;
    case Server::Tgi:
        return u"TGI loads adapters when it starts (LORA_ADAPTERS)."_s;
    case Server::Ollama:
        return u"At Ollama a model with an adapter is a model of its own, which is made there with "
               "“ollama create”."_s;
    case Server::Unknown:
        return u"It is not known how this server would load an adapter: test the endpoint first."_s;
    default:
        return u"%1 has no adapters that a client could load."_s.arg(serverName(server));
    }
}

Server serverOf(const Target &target) { return serverFromName(target.endpoint.server); }

/// SGLang says what failed in members of its own, also with status 400.
std::optional<QString> sglangProblem(const QJsonObject &object)
{
    if (!object.contains("success"_L1) || object[u"success"_s].toBool()) {
        return std::nullopt;
    }
    const QString said = object[u"error_message"_s].toString();
    return said.isEmpty() ? u"it gave no reason"_s : said;
}

/// The route itself is missing, rather than the adapter: vLLM has it only where it was started so.
bool isMissingRoute(const HttpReply &reply)
{
    const QJsonObject object = QJsonDocument::fromJson(reply.body).object();
    return reply.status == 404 && !object.contains("error"_L1) && !object.contains("message"_L1);
}

} // namespace

bool canChangeAdapters(const QString &server, Kind kind)
{
    const Server known = serverFromName(server);
    return kind == Kind::SetScales ? known == Server::LlamaCpp
                                   : known == Server::Vllm || known == Server::Sglang;
}

Result<HttpRequest> encodeAdapterChange(const Target &target, const AdapterChange &change)
{
    const Server server = serverOf(target);
    if (!canChangeAdapters(target.endpoint.server, change.kind)) {
        return refused(reasonOf(server, change.kind));
    }
    if (change.kind != Kind::SetScales && change.name.isEmpty()) {
        return refused(u"The adapter has no name."_s);
    }
    if (change.kind == Kind::Load && change.path.isEmpty()) {
        return refused(u"It is not said where “%1” is: give a path at the server, or an id of a "
                       "hub."_s.arg(change.name));
    }
    QJsonDocument body;
    if (change.kind == Kind::SetScales) {
        QJsonArray list;
        for (const AdapterScale &scale : change.scales) {
            list.append(QJsonObject{{u"id"_s, scale.id}, {u"scale"_s, scale.scale}});
        }
        body.setArray(list);
    } else {
        QJsonObject object{{u"lora_name"_s, change.name}};
        if (change.kind == Kind::Load) {
            object.insert(u"lora_path"_s, change.path);
        }
        body.setObject(object);
    }
    Result<Headers> headers = requestHeaders(target, "application/json", true);
    if (!headers) {
        return Failure(headers.error());
    }
    const QStringView route = change.kind == Kind::SetScales ? u"lora-adapters"
        : change.kind == Kind::Load                          ? u"load_lora_adapter"
                                                             : u"unload_lora_adapter";
    // vLLM has these below /v1, SGLang beside it.
    const QUrl base = server == Server::Vllm ? openAiBase(target.endpoint.url)
                                             : serverRoot(target.endpoint.url);
    return HttpRequest{.verb = "POST",
        .url = joined(base, route),
        .headers = *std::move(headers),
        .body = body.toJson(QJsonDocument::Compact)};
}

Result<QString> readAdapterChange(
    const HttpReply &reply, const QString &server, const AdapterChange &change)
{
    const QJsonObject object = QJsonDocument::fromJson(reply.body).object();
    if (const auto problem = sglangProblem(object)) {
        ApiError error = errorFromReply(reply);
        error.kind = ApiError::Kind::BadRequest;
        error.httpStatus = reply.status;
        error.message = change.kind == Kind::Load
            ? u"%1 could not load “%2”."_s.arg(server, change.name)
            : u"%1 could not unload “%2”."_s.arg(server, change.name);
        error.serverMessage = *problem;
        return Failure(error);
    }
    if (reply.status == 200) {
        // vLLM answers in plain text.
        return object.isEmpty() ? QString::fromUtf8(reply.body).trimmed() : QString();
    }
    ApiError error = errorFromReply(reply);
    if (isMissingRoute(reply)) {
        error.message = serverFromName(server) == Server::Vllm
            ? u"This vLLM does not load adapters at run time: start it with "
              "VLLM_ALLOW_RUNTIME_LORA_UPDATING=True and --enable-lora."_s
            : u"This %1 has no route for changing adapters: it may be too old, or started "
              "without them."_s.arg(server);
    } else if (reply.status == 404 && change.kind == Kind::Load) {
        error.message = u"%1 found no adapter at “%2”: the path is looked up at the server."_s.arg(
            server, change.path);
    } else if (reply.status == 404) {
        error.message = u"%1 has no adapter “%2” loaded."_s.arg(server, change.name);
    }
    return Failure(error);
}

QFuture<Result<QString>> changeAdapters(
    ApiClient &client, const Target &target, const AdapterChange &change)
{
    const Result<HttpRequest> request = encodeAdapterChange(target, change);
    if (!request) {
        return QtFuture::makeReadyValueFuture(Result<QString>(Failure(request.error())));
    }
    return client
        .fetch(*request, TransportOptions::from(target), target.endpoint.timeouts.firstToken)
        .then(&client, [target, change](const Result<HttpReply> &reply) {
            const Result<QString> result = reply
                ? readAdapterChange(*reply, target.endpoint.server, change)
                : Result<QString>(Failure(reply.error()));
            return result ? result
                          : Result<QString>(Failure(withoutKey(result.error(), target.key)));
        });
}

} // namespace Lorikeet
