// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Mistral's service: strict, with names of its own and usage unasked.

#include "simulator/openaifamily.h"
#include "simulator/wire.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

ServerResponse refuse(const ServerRequest & /*request*/, const Refusal &refusal)
{
    if (refusal.type.isEmpty() || refusal.status == 401) {
        return jsonResponse({{"detail"_L1, refusal.message}}, refusal.status);
    }
    if (refusal.type == "extra_forbidden"_L1) {
        const QJsonObject problem{{"type"_L1, refusal.type},
            {"loc"_L1, QJsonArray{u"body"_s, refusal.param}}, {"msg"_L1, refusal.message}};
        return jsonResponse({{"object"_L1, u"error"_s},
                                {"message"_L1, QJsonObject{{"detail"_L1, QJsonArray{problem}}}},
                                {"type"_L1, u"invalid_request_error"_s}, {"param"_L1, QJsonValue()},
                                {"code"_L1, QJsonValue()}},
            422);
    }
    const bool isModel = refusal.status == 404;
    return jsonResponse(
        {{"object"_L1, u"error"_s}, {"message"_L1, refusal.message},
            {"type"_L1,
                isModel                    ? u"invalid_model"_s
                    : refusal.status < 500 ? u"invalid_request_error"_s
                                           : u"internal_server_error"_s},
            {"param"_L1, QJsonValue()}, {"code"_L1, isModel ? u"1500"_s : u"3000"_s}},
        isModel ? 400 : refusal.status);
}

std::optional<Refusal> adapt(QJsonObject &body, const RouteContext & /*context*/)
{
    static const QStringList known{u"model"_s, u"messages"_s, u"stream"_s, u"temperature"_s,
        u"top_p"_s, u"max_tokens"_s, u"random_seed"_s, u"stop"_s, u"n"_s, u"presence_penalty"_s,
        u"frequency_penalty"_s, u"tools"_s, u"tool_choice"_s, u"parallel_tool_calls"_s,
        u"response_format"_s, u"safe_prompt"_s, u"reasoning_effort"_s, u"prompt_cache_key"_s,
        u"metadata"_s};
    if (const QString name = unknownMember(body, known); !name.isEmpty()) {
        return Refusal{.status = 422,
            .type = u"extra_forbidden"_s,
            .message = u"Extra inputs are not permitted"_s,
            .param = name};
    }
    if (body.contains("random_seed"_L1)) {
        body.insert("seed"_L1, body.take("random_seed"_L1));
    }
    if (body["tool_choice"_L1] == "any"_L1) {
        body.insert("tool_choice"_L1, u"required"_s);
    }
    QString model = body["model"_L1].toString();
    if (model.endsWith("-latest"_L1)) {
        model.chop(7);
        body.insert("model"_L1, model);
    }
    return std::nullopt;
}

constexpr OpenAiStyle style{.refuse = refuse,
    .adapt = adapt,
    .reasoning = "",
    .stopMember = "",
    .usageWithFinish = true,
    .wholeToolCalls = true};

RouteReply chat(const ServerRequest &request, const RouteContext &context)
{
    return openAiChat(request, context, style);
}

/// Each model comes a second time under its alias.
RouteReply models(const ServerRequest & /*request*/, const RouteContext &context)
{
    QStringList ids = modelsAndAdapters(context.options);
    const QString alias = ids.constFirst() + u"-latest"_s;
    ids.append(alias);
    ServerResponse response = modelCards(ids,
        {{"owned_by"_L1, u"mistralai"_s},
            {"capabilities"_L1,
                QJsonObject{{"completion_chat"_L1, true}, {"function_calling"_L1, true}}},
            {"max_context_length"_L1, context.options.contextLength}, {"type"_L1, u"base"_s}});
    QJsonObject body = QJsonDocument::fromJson(response.body).object();
    QJsonArray data = body["data"_L1].toArray();
    for (auto &&item : data) {
        QJsonObject card = item.toObject();
        const QString id = card["id"_L1].toString();
        const bool isBase = id == ids.constFirst();
        card.insert("aliases"_L1,
            isBase            ? QJsonArray{alias}
                : id == alias ? QJsonArray{ids.constFirst()}
                              : QJsonArray());
        item = card;
    }
    body.insert("data"_L1, data);
    return jsonResponse(body);
}

constexpr Route routes[] = {
    {"GET", "/v1/models", true, models},
    {"POST", "/v1/chat/completions", true, chat},
};

} // namespace

const Personality &mistralPersonality();

const Personality &mistralPersonality()
{
    static const Personality personality{.name = "mistral"_L1,
        .text = "Mistral's service; adapters are models"_L1,
        .routes = routes,
        .refuse = refuse,
        .holdsKey = holdsBearerKey,
        .headers = {},
        .base = "/v1"_L1};
    return personality;
}

} // namespace Lorikeet::Sim
