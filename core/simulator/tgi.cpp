// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// TGI's OpenAI-compatible route: any model but "tgi" is an adapter.

#include "simulator/openaifamily.h"
#include "simulator/wire.h"

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

ServerResponse refuse(const ServerRequest & /*request*/, const Refusal &refusal)
{
    if (refusal.type.isEmpty() || refusal.status == 401) {
        return {.status = refusal.status}; // without a body
    }
    QString type = u"validation"_s;
    int status = refusal.status < 500 && refusal.status != 429 ? 422 : refusal.status;
    if (refusal.status == 429) {
        type = u"overloaded"_s;
    } else if (refusal.status >= 500) {
        type = u"generation"_s;
        status = 424;
    }
    const QString message = refusal.tooLong
        ? u"`inputs` tokens + `max_new_tokens` must be <= max_total_tokens. "_s + refusal.message
        : refusal.message;
    return jsonResponse({{"error"_L1, message}, {"error_type"_L1, type}}, status);
}

std::optional<Refusal> adapt(QJsonObject &body, const RouteContext & /*context*/)
{
    if (body["model"_L1] == "tgi"_L1) {
        body.insert("model"_L1, QString());
    }
    if (body["top_p"_L1].toDouble(0.5) >= 1 || body["top_p"_L1].toDouble(0.5) <= 0) {
        return Refusal{.status = 422,
            .type = u"validation"_s,
            .message = u"`top_p` must be > 0.0 and < 1.0"_s};
    }
    if (body["stop"_L1].isString()) {
        return Refusal{.status = 422,
            .type = u"validation"_s,
            .message = u"stop: invalid type: string, expected a sequence"_s};
    }
    return std::nullopt;
}

constexpr OpenAiStyle style{.refuse = refuse,
    .adapt = adapt,
    .reasoning = "",
    .stopMember = "",
    .extra = ",\"system_fingerprint\":\"3.3.4-simulated\""};

RouteReply chat(const ServerRequest &request, const RouteContext &context)
{
    return openAiChat(request, context, style);
}

RouteReply models(const ServerRequest & /*request*/, const RouteContext &context)
{
    const QString id = baseModel(context.options);
    return modelCards({id}, {{"owned_by"_L1, id}, {"created"_L1, 0}});
}

RouteReply info(const ServerRequest & /*request*/, const RouteContext &context)
{
    return jsonResponse({{"model_id"_L1, baseModel(context.options)},
        {"router"_L1, u"text-generation-router"_s}, {"version"_L1, u"3.3.4-simulated"_s},
        {"max_total_tokens"_L1, context.options.contextLength},
        {"max_input_tokens"_L1, context.options.contextLength - 1}});
}

constexpr Route routes[] = {
    {"GET", "/health", false, healthy},
    {"GET", "/info", true, info},
    {"GET", "/v1/models", true, models},
    {"POST", "/v1/chat/completions", true, chat},
};

} // namespace

const Personality &tgiPersonality();

const Personality &tgiPersonality()
{
    static const Personality personality{.name = "tgi"_L1,
        .text = "TGI; any model but tgi is an adapter"_L1,
        .routes = routes,
        .refuse = refuse,
        .holdsKey = holdsBearerKey,
        .headers = {},
        .base = "/v1"_L1};
    return personality;
}

} // namespace Lorikeet::Sim
