// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/serverevidence.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr qsizetype largestPage = 256 * 1024;

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

    /// The list `name` of the first path that ends so, with all its pages.
    [[nodiscard]] QJsonArray list(QLatin1StringView pathEnd, const QString &name) const
    {
        QJsonArray items;
        const HttpReply *const first = reply(pathEnd);
        for (const HttpReply &page : m_replies) {
            if (first && page.status == 200 && page.url.path() == first->url.path()) {
                for (const QJsonValue &item : QJsonDocument::fromJson(page.body)[name].toArray()) {
                    items.append(item);
                }
            }
        }
        return items;
    }

private:
    const QList<HttpReply> &m_replies;
};

QJsonArray modelItems(const Evidence &evidence) { return evidence.list("/models"_L1, u"data"_s); }

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

Server recognised(const QList<HttpReply> &replies, const Evidence &evidence)
{
    if (isLiteLlm(replies)) {
        return Server::LiteLlm; // Whatever stands behind it, it is a gateway one talks to.
    }
    const Server byHost
        = replies.isEmpty() ? Server::Unknown : serverFromHost(replies.constFirst().url);
    for (const Server server :
        {byHost, serverFromOwnRoutes(replies, evidence), serverFromModels(modelItems(evidence)),
            serverFromMetrics(evidence.reply("/metrics"_L1)),
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

/// What a person should know before using a server of this kind.
QStringList notesOn(Server server, bool listsAdapters)
{
    switch (server) {
    case Server::Lorax:
        return {(listsAdapters ? u"Adapters that are not listed are named by their id and source."_s
                               : u"LoRAX lists no adapters: name one by its id and source."_s)
                + u" The first use of one downloads it, which may take minutes."_s,
            u"The endpoint's key also reaches LoRAX as the token for private adapters."_s};
    case Server::Predibase:
        return {u"Adapters are Predibase's own (REPOSITORY/VERSION) unless another source is "
                "named; a deployment that sleeps takes minutes to answer."_s};
    case Server::Tgi:
        return listsAdapters ? QStringList()
                             : QStringList{u"TGI does not list its adapters: name one as the "
                                           "server was started with it."_s};
    case Server::LlamaCpp:
        return {u"llama.cpp answers with the model it was started with, whatever name is sent."_s};
    case Server::Ollama:
        return {u"Ollama takes a few parameters only at this route; others are ignored without a "
                "word."_s};
    case Server::LmStudio:
        return {u"The list may hold models that are not loaded: the first answer then takes "
                "longer."_s};
    case Server::Azure:
        return {u"Azure lists models and not deployments: enter the name of a deployment."_s};
    case Server::Langformers:
        return {u"Langformers remembers the conversation itself, one for all who use it: only the "
                "newest prompt is sent, and what others ask gets into the same memory."_s,
            u"Setting, changing or removing the system prompt clears that memory, for everyone."_s,
            u"It counts no tokens, does not say why an answer ended, and answers one request at a "
            "time."_s,
            u"Its page is open to all: whether the key is right shows when a prompt is sent."_s};
    case Server::LiteLlm:
        return {u"This is a gateway: what answers depends on the model chosen."_s};
    default:
        return {};
    }
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
    readModels(description, modelItems(evidence));
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
