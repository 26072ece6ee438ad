// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/serverrecognition.h"

#include "providers/serverevidence.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

bool anyHeader(const QList<HttpReply> &replies, QByteArrayView name, QByteArrayView part = {})
{
    return std::any_of(replies.begin(), replies.end(), [name, part](const HttpReply &reply) {
        const QByteArray value = reply.header(name);
        return !value.isEmpty() && value.contains(part);
    });
}

bool isLiteLlm(const QList<HttpReply> &replies)
{
    return std::any_of(replies.begin(), replies.end(), [](const HttpReply &reply) {
        return std::any_of(reply.headers.begin(), reply.headers.end(),
            [](const Header &h) { return h.name.toLower().startsWith("x-litellm-"); });
    });
}

Server serverFromModels(const QJsonArray &models)
{
    static const QHash<QString, Server> owners{
        {u"llamacpp"_s, Server::LlamaCpp},
        {u"vllm"_s, Server::Vllm},
        {u"sglang"_s, Server::Sglang},
        {u"library"_s, Server::Ollama},
        {u"organization_owner"_s, Server::LmStudio},
    };
    const QJsonValue first = models.first();
    const QString owner = first[u"owned_by"_s].toString();
    if (first[u"type"_s] == u"model"_s && first[u"display_name"_s].isString()) {
        return Server::Anthropic;
    }
    if (first[u"capabilities"_s][u"completion_chat"_s].isBool()) {
        return Server::Mistral;
    }
    const bool ownsItself = models.size() == 1 && !owner.isEmpty()
        && owner == first[u"id"_s].toString() && first[u"created"_s].toInteger(-1) == 0;
    return ownsItself ? Server::Tgi : owners.value(owner, Server::Unknown);
}

Server serverFromMetrics(const HttpReply *metrics)
{
    static const QList<std::pair<QByteArray, Server>> prefixes{{"vllm:", Server::Vllm},
        {"sglang:", Server::Sglang}, {"llamacpp:", Server::LlamaCpp}, {"tgi_", Server::Tgi},
        {"lorax_", Server::Lorax}};
    if (metrics && metrics->status == 200) {
        for (const auto &[prefix, server] : prefixes) {
            if (metrics->body.startsWith(prefix) || metrics->body.contains('\n' + prefix)) {
                return server;
            }
        }
    }
    return Server::Unknown;
}

/// Its page is open to everyone; /openapi.json lists its one route, in case the page is hidden.
bool isLangformers(const Evidence &evidence)
{
    const HttpReply *page = evidence.reply("/"_L1);
    if (page && page->status == 200 && page->body.contains("<title>Langformers Chat</title>")) {
        return true;
    }
    const QJsonObject paths = evidence.object("/openapi.json"_L1)[u"paths"_s].toObject();
    return paths.contains(u"/api/generate"_s) && !paths.contains(u"/api/chat"_s)
        && !paths.contains(u"/api/tags"_s);
}

/// Its errors name themselves: `{"type":"error","error":{…}}`.
bool refusesAsAnthropic(const HttpReply *reply)
{
    const QJsonObject body = reply ? QJsonDocument::fromJson(reply->body).object() : QJsonObject();
    return body[u"type"_s] == u"error"_s && body[u"error"_s][u"type"_s].isString();
}

/// Google's: `{"error":{"code":403,"message":…,"status":"PERMISSION_DENIED"}}`.
bool refusesAsGemini(const HttpReply *reply)
{
    const QJsonValue error
        = reply ? QJsonDocument::fromJson(reply->body)[u"error"_s] : QJsonValue();
    const QString status = error[u"status"_s].toString();
    return error[u"code"_s].isDouble() && !status.isEmpty() && status == status.toUpper();
}

/// Routes that only one server has.
Server serverFromOwnRoutes(const QList<HttpReply> &replies, const Evidence &evidence)
{
    const QJsonObject info = evidence.object("/info"_L1);
    if (info[u"router"_s] == u"text-generation-router"_s) {
        return Server::Tgi;
    }
    if (info.contains(u"model_device_type"_s) && info.contains(u"model_id"_s)) {
        return Server::Lorax;
    }
    if (evidence.object("/props"_L1).contains(u"default_generation_settings"_s)
        || anyHeader(replies, "Server", "llama.cpp")) {
        return Server::LlamaCpp;
    }
    for (const QLatin1StringView path : {"/model_info"_L1, "/get_model_info"_L1}) {
        const QJsonObject model = evidence.object(path);
        if (model.contains(u"model_path"_s) && model.contains(u"is_generation"_s)) {
            return Server::Sglang;
        }
    }
    const HttpReply *const tags = evidence.reply("/api/tags"_L1);
    const HttpReply *const page = evidence.reply("/"_L1);
    if ((tags && holdsOllamaModels(*tags)
            && !evidence.object("/api/tags"_L1)[u"models"_s].toArray().isEmpty())
        || (page && page->status == 200 && page->body.startsWith("Ollama is running"))) {
        return Server::Ollama;
    }
    const HttpReply *const models = evidence.reply("/models"_L1);
    if (refusesAsAnthropic(models)) {
        return Server::Anthropic;
    }
    if (refusesAsGemini(models)
        || !evidence.object("/models"_L1)[u"models"_s][0][u"supportedGenerationMethods"_s]
            .isUndefined()) {
        return Server::Gemini;
    }
    if (isLangformers(evidence)) {
        return Server::Langformers;
    }
    const QJsonObject kserve = evidence.object("/v2"_L1);
    if (kserve[u"extensions"_s].isArray() && kserve[u"name"_s].isString()) {
        return Server::Triton;
    }
    const QJsonValue native = evidence.object("/api/v1/models"_L1)[u"models"_s].toArray().first();
    const QJsonValue older = evidence.object("/api/v0/models"_L1)[u"data"_s].toArray().first();
    if (native[u"loaded_instances"_s].isArray() || older[u"compatibility_type"_s].isString()) {
        return Server::LmStudio;
    }
    return Server::Unknown;
}

/// vLLM guards its models by the key and tells its version to everyone.
bool isGuardedVllm(const Evidence &evidence)
{
    const HttpReply *models = evidence.reply("/models"_L1);
    const HttpReply *version = evidence.reply("/version"_L1);
    return models && models->status == 401 && version
        && !version->url.path().endsWith("/api/version"_L1)
        && evidence.object("/version"_L1)[u"version"_s].isString();
}

} // namespace

Server recognised(const QList<HttpReply> &replies, const Evidence &evidence)
{
    if (isLiteLlm(replies)) {
        return Server::LiteLlm; // Whatever stands behind it, it is a gateway one talks to.
    }
    const Server byHost
        = replies.isEmpty() ? Server::Unknown : serverFromHost(replies.constFirst().url);
    for (const Server server : {byHost, serverFromOwnRoutes(replies, evidence),
             serverFromModels(evidence.models()), serverFromMetrics(evidence.reply("/metrics"_L1)),
             isGuardedVllm(evidence) ? Server::Vllm : Server::Unknown,
             anyHeader(replies, "X-Powered-By", "Express") ? Server::LmStudio : Server::Unknown,
             anyHeader(replies, "apim-request-id") ? Server::Azure : Server::Unknown,
             anyHeader(replies, "openai-version") ? Server::OpenAi : Server::Unknown}) {
        if (server != Server::Unknown) {
            return server;
        }
    }
    return Server::Unknown;
}

} // namespace Lorikeet
