// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/serverevidence.h"

#include "providers/servernotes.h"
#include "providers/serverrecognition.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr qsizetype largestPage = 256 * 1024;

/// The last part of a path on the server, without its ending: a name a person knows.
QString baseName(const QString &path)
{
    QString name = path.section(u'/', -1);
    if (name.endsWith(u".gguf"_s)) {
        name.chop(5);
    }
    return name.isEmpty() ? path : name;
}

/// vLLM and newer SGLang list adapters among the models; older ones without `parent`, but then
/// without a length too, and with a path of their own.
bool isAdapterCard(const QJsonValue &item, const QJsonValue &first)
{
    if (item[u"parent"_s].isString()) {
        return true;
    }
    const QString root = item[u"root"_s].toString();
    return item[u"owned_by"_s] == u"vllm"_s && !item[u"max_model_len"_s].isDouble()
        && first[u"max_model_len"_s].isDouble() && !root.isEmpty() && root != first[u"root"_s];
}

void readModels(EndpointDescription &description, const QJsonArray &items)
{
    QStringList aliases; // Mistral lists a model again under each of its other names.
    for (const QJsonValue &item : items) {
        const QString id = item[u"id"_s].toString();
        if (id.isEmpty() || aliases.contains(id)) {
            continue;
        }
        for (const QJsonValue &alias : item[u"aliases"_s].toArray()) {
            aliases.append(alias.toString());
        }
        if (isAdapterCard(item, items.first())) {
            description.adapters.append({.id = id,
                .base = item[u"parent"_s].toString(items.first()[u"id"_s].toString()),
                .path = item[u"root"_s].toString()});
            continue;
        }
        ModelInfo model{.id = id,
            .name = item[u"display_name"_s].toString(),
            .ownedBy = item[u"owned_by"_s].toString()};
        for (const QJsonValue &length :
            {item[u"max_model_len"_s], item[u"max_context_length"_s], item[u"context_length"_s],
                item[u"max_input_tokens"_s], item[u"meta"_s][u"n_ctx"_s]}) {
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
    const QString model = info[u"model_id"_s].toString();
    if (description.models.isEmpty() && !model.isEmpty()) {
        description.models.append({.id = model});
    }
}

/// Its own list tells which model is built upon which; a loaded one has the context it runs with.
void readOllama(EndpointDescription &description, const Evidence &evidence)
{
    description.version = evidence.object("/api/version"_L1)[u"version"_s].toString();
    const QJsonArray loaded = evidence.list("/api/ps"_L1, u"models"_s);
    const QJsonArray models = evidence.list("/api/tags"_L1, u"models"_s);
    if (!models.isEmpty()) {
        description.models.clear();
    }
    for (const QJsonValue &item : models) {
        const QString id = item[u"name"_s].toString(item[u"model"_s].toString());
        const QString parent = item[u"details"_s][u"parent_model"_s].toString();
        if (!parent.isEmpty() && !id.isEmpty()) {
            description.adapters.append({.id = id, .base = parent});
            continue;
        }
        ModelInfo model{.id = id};
        qint64 length = item[u"details"_s][u"context_length"_s].toInteger();
        for (const QJsonValue &running : loaded) {
            if (running[u"name"_s] == id) {
                length = running[u"context_length"_s].toInteger(length);
            }
        }
        if (length > 0) {
            model.contextLength = length;
        }
        if (!id.isEmpty()) {
            description.models.append(model);
        }
    }
}

/// Those alone that can answer in a chat.
void readGemini(EndpointDescription &description, const Evidence &evidence)
{
    for (const QJsonValue &item : evidence.list("/models"_L1, u"models"_s)) {
        QString id = item[u"name"_s].toString();
        if (id.startsWith("models/"_L1)) {
            id.remove(0, 7);
        }
        if (id.isEmpty()
            || !item[u"supportedGenerationMethods"_s].toArray().contains(u"generateContent"_s)) {
            continue;
        }
        ModelInfo model{.id = id, .name = item[u"displayName"_s].toString()};
        if (const qint64 limit = item[u"inputTokenLimit"_s].toInteger(); limit > 0) {
            model.contextLength = limit;
        }
        description.models.append(model);
    }
}

/// Nothing but the greeting of the page names the model.
void readLangformers(EndpointDescription &description, const Evidence &evidence)
{
    static const QRegularExpression greeting(u"Hello! I'm\\s*<span[^>]*>([^<]+)</span>"_s);
    const HttpReply *page = evidence.reply("/"_L1);
    const QString text = page ? QString::fromUtf8(page->body.left(largestPage)) : QString();
    QString name = greeting.match(text).captured(1).trimmed();
    for (const auto &[entity, character] : {std::pair(u"&lt;"_s, u"<"_s), {u"&gt;"_s, u">"_s},
             {u"&#39;"_s, u"'"_s}, {u"&#34;"_s, u"\""_s}, {u"&amp;"_s, u"&"_s}}) {
        name.replace(entity, character);
    }
    if (!name.isEmpty()) {
        description.models.append({.id = name});
    }
}

QString firstText(const Evidence &evidence, std::initializer_list<QLatin1StringView> paths)
{
    for (const QLatin1StringView path : paths) {
        const QString text = evidence.object(path)[u"version"_s].toString();
        if (!text.isEmpty()) {
            return text;
        }
    }
    return {};
}

} // namespace

QStringList evidenceRoutes(Server server)
{
    switch (server) {
    case Server::LlamaCpp:
        return {u"props"_s, u"lora-adapters"_s};
    case Server::Vllm:
        return {u"version"_s};
    case Server::Ollama:
        return {u"api/version"_s};
    case Server::Sglang:
        // The second is what older ones have.
        return {u"server_info"_s, u"get_server_info"_s};
    case Server::Tgi:
    case Server::Lorax:
    case Server::Predibase:
        return {u"info"_s};
    default:
        return {};
    }
}

QStringList recognitionRoutes()
{
    return {u"version"_s, u"api/version"_s, u"model_info"_s, u"get_model_info"_s,
        u"api/v1/models"_s, u"api/v0/models"_s, u"metrics"_s, u"openapi.json"_s, QString(),
        u"v2"_s};
}

EndpointDescription describeEvidence(const QList<HttpReply> &replies)
{
    const Evidence evidence(replies);
    const Server server = recognised(replies, evidence);
    EndpointDescription description;
    description.server = serverName(server);
    description.adapterStyle = adapterStyleOf(server);
    readModels(description, evidence.models());
    description.notes = notesOn(server, !description.adapters.isEmpty());
    if (server == Server::LlamaCpp) {
        readLlamaCpp(description, evidence);
    } else if (server == Server::Tgi || server == Server::Lorax || server == Server::Predibase) {
        readInfo(description, evidence.object("/info"_L1));
    } else if (server == Server::Langformers) {
        readLangformers(description, evidence);
    } else if (server == Server::Vllm) {
        description.version = firstText(evidence, {"/version"_L1});
    } else if (server == Server::Ollama) {
        readOllama(description, evidence);
    } else if (server == Server::Gemini) {
        readGemini(description, evidence);
    } else if (server == Server::Sglang) {
        description.version = firstText(evidence, {"/server_info"_L1, "/get_server_info"_L1});
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

const HttpReply *keyRefusal(const QList<HttpReply> &replies, const QUrl &models)
{
    const auto refusal = std::ranges::find_if(replies, [&models](const HttpReply &reply) {
        const bool counts = reply.url == models
            || (reply.url.path().endsWith("/props"_L1)
                && reply.header("Server").contains("llama.cpp"));
        return counts && (reply.status == 401 || reply.status == 403);
    });
    return refusal == replies.end() ? nullptr : &*refusal;
}

bool holdsModelList(const HttpReply &reply)
{
    return reply.status == 200 && QJsonDocument::fromJson(reply.body).object()[u"data"_s].isArray();
}

bool holdsOllamaModels(const HttpReply &reply)
{
    const QJsonObject body = QJsonDocument::fromJson(reply.body).object();
    const QJsonArray models = body[u"models"_s].toArray();
    // Go writes an empty list as null.
    return reply.status == 200 && body.contains(u"models"_s)
        && (models.isEmpty() || models.first()[u"digest"_s].isString());
}

bool holdsGeminiModels(const HttpReply &reply)
{
    const QJsonArray models = QJsonDocument::fromJson(reply.body).object()[u"models"_s].toArray();
    return reply.status == 200 && models.first()[u"supportedGenerationMethods"_s].isArray();
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
    case Server::Predibase:
        return AdapterStyle::FreeText;
    default:
        return AdapterStyle::None;
    }
}

} // namespace Lorikeet
