// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/encoding.h"
#include "simulator/engine.h"
#include "simulator/lorax.h"
#include "simulator/openai.h"
#include "simulator/responses.h"
#include "simulator/tokenizer.h"
#include "simulator/wire.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

/// Its own name for response_format's schema.
std::optional<Refusal> adapt(QJsonObject &body, const RouteContext & /*context*/)
{
    const QJsonValue schema = body["structured_outputs"_L1]["json"_L1];
    if (schema.isObject()) {
        body.insert("response_format"_L1,
            QJsonObject{{"type"_L1, u"json_schema"_s},
                {"json_schema"_L1, QJsonObject{{"schema"_L1, schema}}}});
    }
    return std::nullopt;
}

constexpr OpenAiStyle style{.refuse = vllmRefusal, .adapt = adapt};

RouteReply chat(const ServerRequest &request, const RouteContext &context)
{
    return openAiChat(request, context, style);
}

RouteReply responses(const ServerRequest &request, const RouteContext &context)
{
    return openAiResponses(request, context, style);
}

RouteReply models(const ServerRequest & /*request*/, const RouteContext &context)
{
    return openAiModels(context.options);
}

RouteReply version(const ServerRequest & /*request*/, const RouteContext & /*context*/)
{
    // A number that clients may compare, and a mark that this is not the real one.
    return jsonResponse({{"version"_L1, u"0.17.0+simulated"_s}});
}

RouteReply metrics(const ServerRequest & /*request*/, const RouteContext &context)
{
    return metricsText(openAiMetrics(context.engine.statistics(), context.options));
}

RouteReply bothMetrics(const ServerRequest & /*request*/, const RouteContext &context)
{
    const Statistics statistics = context.engine.statistics();
    return metricsText(openAiMetrics(statistics, context.options) + loraxMetrics(statistics));
}

/// Both dialects have this path; LoRAX's body is told by its "inputs".
RouteReply bothTokenize(const ServerRequest &request, const RouteContext &context)
{
    return QJsonDocument::fromJson(request.body).object().contains("inputs"_L1)
        ? loraxTokenize(request, context)
        : openAiTokenize(request, context);
}

ServerResponse refuseAsBoth(const ServerRequest &request, const Refusal &refusal)
{
    const bool isLorax
        = !refusal.type.isEmpty() && refusal.status != 401 && !request.path.startsWith("/v1/");
    return isLorax ? loraxRefusal(request, refusal) : vllmRefusal(request, refusal);
}

constexpr Route routes[] = {
    {"GET", "/health", false, healthy},
    {"GET", "/ping", false, healthy},
    {"GET", "/metrics", false, metrics},
    {"POST", "/tokenize", false, openAiTokenize},
    {"GET", "/version", false, version},
    {"GET", "/v1/models", true, models},
    {"POST", "/v1/chat/completions", true, chat},
    {"POST", "/v1/responses", true, responses},
    {"POST", "/v1/embeddings", true, openAiEmbeddings},
    {"POST", "/rerank", true, vllmRerank},
    {"POST", "/v1/rerank", true, vllmRerank},
    {"POST", "/v2/rerank", true, vllmRerank},
};

constexpr Route bothRoutes[] = {
    {"GET", "/health", false, healthy},
    {"GET", "/ping", false, healthy},
    {"GET", "/metrics", false, bothMetrics},
    {"POST", "/tokenize", false, bothTokenize},
    {"GET", "/version", false, version},
    {"GET", "/v1/models", true, models},
    {"POST", "/v1/chat/completions", true, chat},
    {"POST", "/v1/embeddings", true, openAiEmbeddings},
    {"POST", "/rerank", true, vllmRerank},
    {"POST", "/v1/rerank", true, vllmRerank},
    {"POST", "/v2/rerank", true, vllmRerank},
    {"GET", "/", false, healthy},
    {"POST", "/", true, loraxCompatible},
    {"POST", "/invocations", true, loraxCompatible},
    {"GET", "/info", false, loraxInfo},
    {"POST", "/generate", true, loraxGenerate},
    {"POST", "/generate_stream", true, loraxGenerateStream},
};

} // namespace

const Personality &vllmPersonality();
const Personality &vllmAndLoraxPersonality();

const Personality &vllmPersonality()
{
    static const Personality personality{.name = "vllm"_L1,
        .text = "vLLM, with adapters among its models"_L1,
        .routes = routes,
        .refuse = vllmRefusal,
        .holdsKey = holdsBearerKey,
        .headers = {},
        .base = "/v1"_L1};
    return personality;
}

/// What the simulator is unless it is told: no server there is, but two dialects at one address.
const Personality &vllmAndLoraxPersonality()
{
    static const Personality personality{.name = {},
        .text = {},
        .routes = bothRoutes,
        .refuse = refuseAsBoth,
        .holdsKey = holdsBearerKey,
        .headers = {},
        .base = "/v1"_L1};
    return personality;
}

ServerResponse vllmRefusal(const ServerRequest & /*request*/, const Refusal &refusal)
{
    if (refusal.type.isEmpty()) {
        return jsonResponse({{"detail"_L1, refusal.message}}, refusal.status);
    }
    if (refusal.status == 401) {
        return jsonResponse({{"error"_L1, refusal.message}}, 401);
    }
    const QJsonValue param = refusal.param.isEmpty() ? QJsonValue() : QJsonValue(refusal.param);
    return jsonResponse({{"error"_L1,
                            QJsonObject{{"message"_L1, refusal.message}, {"type"_L1, refusal.type},
                                {"param"_L1, param}, {"code"_L1, refusal.status}}}},
        refusal.status);
}

ServerResponse openAiModels(const SimulatorOptions &options)
{
    const QString base = baseModel(options);
    const qint64 created = QDateTime::currentSecsSinceEpoch();
    QJsonArray data;
    const auto add = [&](const QString &id, const QString &root, const QString &parent) {
        const bool isBase = parent.isEmpty();
        data.append(QJsonObject{{"id"_L1, id}, {"object"_L1, u"model"_s}, {"created"_L1, created},
            {"owned_by"_L1, u"vllm"_s}, {"root"_L1, root},
            {"parent"_L1, isBase ? QJsonValue() : QJsonValue(parent)},
            {"max_model_len"_L1, isBase ? QJsonValue(options.contextLength) : QJsonValue()},
            {"permission"_L1,
                QJsonArray{QJsonObject{{"id"_L1, u"modelperm-"_s + id},
                    {"object"_L1, u"model_permission"_s}, {"created"_L1, created},
                    {"allow_create_engine"_L1, false}, {"allow_sampling"_L1, true},
                    {"allow_logprobs"_L1, true}, {"allow_search_indices"_L1, false},
                    {"allow_view"_L1, true}, {"allow_fine_tuning"_L1, false},
                    {"organization"_L1, u"*"_s}, {"group"_L1, QJsonValue()},
                    {"is_blocking"_L1, false}}}}});
    };
    add(base, base, {});
    for (const QString &adapter : simulatorAdapters()) {
        add(adapter, u"/adapters/"_s + adapter, base);
    }
    if (options.listFaults) {
        for (const SimulatorFaultHelp &fault : simulatorFaultHelp()) {
            add(u"fault/"_s + fault.name, base, {});
        }
    }
    return jsonResponse({{"object"_L1, u"list"_s}, {"data"_L1, data}});
}

RouteReply openAiTokenize(const ServerRequest &request, const RouteContext &context)
{
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    QByteArray text = body["prompt"_L1].toString().toUtf8();
    const QJsonArray messages = body["messages"_L1].toArray();
    for (const QJsonValue &message : messages) {
        text += message["content"_L1].toString().toUtf8();
    }
    if (!body["prompt"_L1].isString() && messages.isEmpty()) {
        return vllmRefusal(
            request, {.type = u"BadRequestError"_s, .message = u"prompt or messages is needed."_s});
    }
    QJsonArray tokens;
    qsizetype from = 0;
    for (const qsizetype end : tokenEnds(text)) {
        tokens.append(tokenId(QByteArrayView(text).sliced(from, end - from)));
        from = end;
    }
    return jsonResponse(
        {{"count"_L1, tokens.size()}, {"max_model_len"_L1, context.options.contextLength},
            {"tokens"_L1, tokens}, {"token_strs"_L1, QJsonValue()}});
}

} // namespace Lorikeet::Sim
