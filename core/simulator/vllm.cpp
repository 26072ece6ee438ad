// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/engine.h"
#include "simulator/lorax.h"
#include "simulator/openai.h"
#include "simulator/responses.h"
#include "simulator/wire.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

constexpr OpenAiStyle style{.refuse = vllmRefusal};

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
};

constexpr Route bothRoutes[] = {
    {"GET", "/health", false, healthy},
    {"GET", "/ping", false, healthy},
    {"GET", "/metrics", false, bothMetrics},
    {"POST", "/tokenize", false, bothTokenize},
    {"GET", "/version", false, version},
    {"GET", "/v1/models", true, models},
    {"POST", "/v1/chat/completions", true, chat},
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

} // namespace Lorikeet::Sim
