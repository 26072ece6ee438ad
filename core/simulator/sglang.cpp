// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// SGLang: adapters as "base:adapter", or by lora_path.

#include "simulator/encoding.h"
#include "simulator/engine.h"
#include "simulator/openai.h"
#include "simulator/openaifamily.h"
#include "simulator/wire.h"

#include <QDateTime>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

ServerResponse refuse(const ServerRequest & /*request*/, const Refusal &refusal)
{
    if (refusal.type.isEmpty()) {
        return jsonResponse({{"detail"_L1, refusal.message}}, refusal.status);
    }
    if (refusal.status == 401) {
        return jsonResponse({{"error"_L1, refusal.message}}, 401);
    }
    return jsonResponse(
        {{"object"_L1, u"error"_s}, {"message"_L1, refusal.message}, {"type"_L1, refusal.type},
            {"param"_L1, QJsonValue()}, {"code"_L1, refusal.status}},
        refusal.status);
}

std::optional<Refusal> adapt(QJsonObject &body, const RouteContext & /*context*/)
{
    const QString model = body["model"_L1].toString();
    if (const QString adapter = body["lora_path"_L1].toString(); !adapter.isEmpty()) {
        body.insert("model"_L1, adapter);
    } else if (model.contains(u':')) {
        body.insert("model"_L1, model.section(u':', 1));
    }
    return std::nullopt;
}

constexpr OpenAiStyle style{.refuse = refuse,
    .adapt = adapt,
    .reasoning = "reasoning_content",
    .stopMember = "matched_stop"};

RouteReply chat(const ServerRequest &request, const RouteContext &context)
{
    return openAiChat(request, context, style);
}

RouteReply models(const ServerRequest & /*request*/, const RouteContext &context)
{
    const QString id = baseModel(context.options);
    const auto card = [&](const QString &name, const QString &root, const QJsonValue &parent) {
        return QJsonObject{{"id"_L1, name}, {"object"_L1, u"model"_s},
            {"created"_L1, QDateTime::currentSecsSinceEpoch()}, {"owned_by"_L1, u"sglang"_s},
            {"root"_L1, root}, {"parent"_L1, parent},
            {"max_model_len"_L1, context.options.contextLength}};
    };
    QJsonArray data{card(id, id, QJsonValue())};
    for (const QString &adapter : simulatorAdapters()) { // newer versions do
        data.append(card(adapter, u"/adapters/"_s + adapter, id));
    }
    return jsonResponse({{"object"_L1, u"list"_s}, {"data"_L1, data}});
}

RouteReply modelInfo(const ServerRequest & /*request*/, const RouteContext &context)
{
    return jsonResponse({{"model_path"_L1, baseModel(context.options)},
        {"tokenizer_path"_L1, baseModel(context.options)}, {"is_generation"_L1, true}});
}

RouteReply serverInfo(const ServerRequest & /*request*/, const RouteContext &context)
{
    return jsonResponse({{"version"_L1, u"0.5.3+simulated"_s}, {"enable_lora"_L1, true},
        {"model_path"_L1, baseModel(context.options)}});
}

// Nearly everything wants the key.
RouteReply metrics(const ServerRequest & /*request*/, const RouteContext &context)
{
    return metricsText(sglangMetrics(context.engine.statistics(), context.options));
}

constexpr Route routes[] = {
    {"GET", "/health", false, healthy},
    {"GET", "/metrics", false, metrics},
    {"GET", "/model_info", true, modelInfo},
    {"GET", "/get_model_info", true, modelInfo},
    {"GET", "/server_info", true, serverInfo},
    {"GET", "/get_server_info", true, serverInfo},
    {"GET", "/v1/models", true, models},
    {"POST", "/v1/chat/completions", true, chat},
    {"POST", "/v1/embeddings", true, openAiEmbeddings},
    {"POST", "/v1/rerank", true, vllmRerank},
};

} // namespace

const Personality &sglangPersonality();

const Personality &sglangPersonality()
{
    static const Personality personality{.name = "sglang"_L1,
        .text = "SGLang; adapters as MODEL:ADAPTER"_L1,
        .routes = routes,
        .refuse = refuse,
        .holdsKey = holdsBearerKey,
        .headers = {},
        .base = "/v1"_L1};
    return personality;
}

} // namespace Lorikeet::Sim
