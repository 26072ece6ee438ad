// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/serverevidence.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// The good JSON answers, by the end of their path.
class Evidence final
{
public:
    explicit Evidence(const QList<HttpReply> &replies)
        : m_replies(replies)
    { }

    [[nodiscard]] const HttpReply *reply(QLatin1StringView pathEnd) const
    {
        const auto found = std::find_if(m_replies.begin(), m_replies.end(),
            [pathEnd](const HttpReply &r) { return r.url.path().endsWith(pathEnd); });
        return found == m_replies.end() ? nullptr : &*found;
    }

    [[nodiscard]] QJsonDocument json(QLatin1StringView pathEnd) const
    {
        const HttpReply *answer = reply(pathEnd);
        return answer && answer->status == 200 ? QJsonDocument::fromJson(answer->body)
                                               : QJsonDocument();
    }

    [[nodiscard]] QJsonObject object(QLatin1StringView pathEnd) const
    {
        return json(pathEnd).object();
    }

private:
    const QList<HttpReply> &m_replies;
};

QJsonArray modelItems(const Evidence &evidence)
{
    return evidence.object("/models"_L1)[u"data"_s].toArray();
}

bool anyHeader(const QList<HttpReply> &replies, QByteArrayView name, QByteArrayView part)
{
    return std::any_of(replies.begin(), replies.end(),
        [name, part](const HttpReply &reply) { return reply.header(name).contains(part); });
}

Server serverFromModels(const QJsonArray &models)
{
    const QJsonValue first = models.first();
    const QString owner = first[u"owned_by"_s].toString();
    if (owner == u"llamacpp"_s) {
        return Server::LlamaCpp;
    }
    if (owner == u"vllm"_s) {
        return Server::Vllm;
    }
    if (owner == u"sglang"_s) {
        return Server::Sglang;
    }
    if (first[u"capabilities"_s][u"completion_chat"_s].isBool()) {
        return Server::Mistral;
    }
    if (owner == u"library"_s) {
        return Server::Ollama;
    }
    if (models.size() == 1 && !owner.isEmpty() && owner == first[u"id"_s].toString()
        && first[u"created"_s].toInteger(-1) == 0) {
        return Server::Tgi;
    }
    if (owner == u"organization_owner"_s) {
        return Server::LmStudio;
    }
    return Server::Unknown;
}

Server recognised(const QList<HttpReply> &replies, const Evidence &evidence)
{
    const QJsonObject info = evidence.object("/info"_L1);
    if (info[u"router"_s] == u"text-generation-router"_s) {
        return Server::Tgi;
    }
    if (info.contains(u"model_device_type"_s) && info.contains(u"model_id"_s)) {
        return Server::Lorax;
    }
    const QJsonObject props = evidence.object("/props"_L1);
    if (props.contains(u"default_generation_settings"_s)
        || anyHeader(replies, "Server", "llama.cpp")) {
        return Server::LlamaCpp;
    }
    for (const HttpReply &reply : replies) {
        const bool isGateway = std::any_of(reply.headers.begin(), reply.headers.end(),
            [](const Header &h) { return h.name.toLower().startsWith("x-litellm-"); });
        if (isGateway) {
            return Server::LiteLlm;
        }
    }
    const Server byModels = serverFromModels(modelItems(evidence));
    if (byModels != Server::Unknown) {
        return byModels;
    }
    const auto native = evidence.object("/model_info"_L1);
    if (native.contains(u"model_path"_s) && native.contains(u"is_generation"_s)) {
        return Server::Sglang;
    }
    if (anyHeader(replies, "X-Powered-By", "Express")) {
        return Server::LmStudio;
    }
    if (anyHeader(replies, "openai-version", "")
        && std::any_of(replies.begin(), replies.end(),
            [](const HttpReply &reply) { return !reply.header("openai-version").isEmpty(); })) {
        return Server::OpenAi;
    }
    return replies.isEmpty() ? Server::Unknown : serverFromHost(replies.constFirst().url);
}

/// The last part of a path on the server, without its ending: a name a person knows.
QString baseName(const QString &path)
{
    QString name = path.section(u'/', -1);
    if (name.endsWith(u".gguf"_s)) {
        name.chop(5);
    }
    return name.isEmpty() ? path : name;
}

void readModels(EndpointDescription &description, const QJsonArray &items)
{
    for (const QJsonValue &item : items) {
        const QString id = item[u"id"_s].toString();
        if (id.isEmpty()) {
            continue;
        }
        const QString parent = item[u"parent"_s].toString();
        if (!parent.isEmpty()) { // vLLM and newer SGLang list adapters among the models.
            description.adapters.append(
                {.id = id, .base = parent, .path = item[u"root"_s].toString()});
            continue;
        }
        ModelInfo model{.id = id, .ownedBy = item[u"owned_by"_s].toString()};
        for (const QJsonValue &length : {item[u"max_model_len"_s], item[u"max_context_length"_s],
                 item[u"context_length"_s], item[u"meta"_s][u"n_ctx"_s]}) {
            if (!model.contextLength && length.toInteger() > 0) {
                model.contextLength = length.toInteger();
            }
        }
        description.models.append(model);
    }
}

void readLlamaCpp(EndpointDescription &description, const Evidence &evidence)
{
    for (const QJsonValue &item : evidence.json("/lora-adapters"_L1).array()) {
        const QString path = item[u"path"_s].toString();
        description.adapters.append({.id = QString::number(item[u"id"_s].toInteger()),
            .name = baseName(path),
            .path = path,
            .scale = item[u"scale"_s].toDouble()});
    }
    const QJsonObject props = evidence.object("/props"_L1);
    description.version = props[u"build_info"_s].toString();
    const qint64 slotContext = props[u"default_generation_settings"_s][u"n_ctx"_s].toInteger();
    if (slotContext > 0) {
        description.contextLength = slotContext;
    }
}

void readInfo(EndpointDescription &description, const QJsonObject &info)
{
    description.version = info[u"version"_s].toString();
    const qint64 limit = info[u"max_total_tokens"_s].toInteger();
    if (limit > 0) {
        description.contextLength = limit;
    }
    if (description.models.isEmpty()) {
        description.models.append({.id = info[u"model_id"_s].toString()});
    }
}

} // namespace

EndpointDescription describeEvidence(const QList<HttpReply> &replies)
{
    const Evidence evidence(replies);
    const Server server = recognised(replies, evidence);
    EndpointDescription description;
    description.server = serverName(server);
    description.adapterStyle = adapterStyleOf(server);
    readModels(description, modelItems(evidence));
    if (server == Server::LlamaCpp) {
        readLlamaCpp(description, evidence);
    } else if (server == Server::Tgi || server == Server::Lorax) {
        readInfo(description, evidence.object("/info"_L1));
    } else if (server == Server::Vllm) {
        description.version = evidence.object("/version"_L1)[u"version"_s].toString();
    } else if (server == Server::Ollama) {
        description.version = evidence.object("/api/version"_L1)[u"version"_s].toString();
    } else if (server == Server::Sglang) {
        description.version = evidence.object("/server_info"_L1)[u"version"_s].toString();
    }
    if (!description.contextLength && !description.models.isEmpty()) {
        description.contextLength = description.models.constFirst().contextLength;
    }
    for (const HttpReply &reply : replies) {
        if (reply.status > 0 && (!description.latency || reply.latency < *description.latency)) {
            description.latency = reply.latency;
        }
    }
    return description;
}

bool holdsModelList(const HttpReply &reply)
{
    return reply.status == 200 && QJsonDocument::fromJson(reply.body).object()[u"data"_s].isArray();
}

AdapterStyle adapterStyleOf(Server server)
{
    switch (server) {
    case Server::LlamaCpp:
        return AdapterStyle::Scales;
    case Server::Vllm:
    case Server::Sglang:
        return AdapterStyle::Listed;
    case Server::Tgi:
    case Server::Lorax:
        return AdapterStyle::FreeText;
    default:
        return AdapterStyle::None;
    }
}

} // namespace Lorikeet
