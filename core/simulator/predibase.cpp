// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Predibase: LoRAX behind a gateway, at the address of a tenant's deployment; a token with each
// request, whichever it is.

#include "simulator/lorax.h"
#include "simulator/wire.h"

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

/// Any deployment of the one tenant there is.
#define DEPLOYMENT "/demo/deployments/v2/llms/*"

ServerResponse refuse(const ServerRequest &request, const Refusal &refusal)
{
    // The gateway's errors are not those of LoRAX.
    return refusal.status == 401 || refusal.type.isEmpty()
        ? jsonResponse({{"error"_L1, refusal.message}}, refusal.status)
        : loraxRefusal(request, refusal);
}

/// Goes on with a token alone; which one is right the personality has asked before.
template<auto next>
RouteReply withToken(const ServerRequest &request, const RouteContext &context)
{
    return request.header("authorization").startsWith("Bearer ")
        ? next(request, context)
        : RouteReply(refuse(
              request, {.status = 401, .type = u"Unauthorized"_s, .message = u"Unauthorized"_s}));
}

RouteReply chat(const ServerRequest &request, const RouteContext &context)
{
    return loraxAnswer(request, context, LoraxRoute::Chat);
}

RouteReply nothing(const ServerRequest &request, const RouteContext & /*context*/)
{
    return refuse(request, {.status = 404, .type = {}, .message = u"Not Found"_s});
}

constexpr Route routes[] = {
    {"GET", DEPLOYMENT "/health", true, withToken<healthy>},
    {"GET", DEPLOYMENT "/info", true, withToken<loraxInfo>},
    {"POST", DEPLOYMENT "/generate", true, withToken<loraxGenerate>},
    {"POST", DEPLOYMENT "/generate_stream", true, withToken<loraxGenerateStream>},
    {"POST", DEPLOYMENT "/v1/chat/completions", true, withToken<chat>},
    // The client of LoRAX asks the address itself.
    {"POST", DEPLOYMENT, true, withToken<loraxCompatible>},
    {"GET", DEPLOYMENT, true, withToken<nothing>},
};

#undef DEPLOYMENT

} // namespace

const Personality &predibasePersonality();

const Personality &predibasePersonality()
{
    static const Personality personality{.name = "predibase"_L1,
        .text = "Predibase: LoRAX at a tenant's deployment; wants a token"_L1,
        .routes = routes,
        .refuse = refuse,
        .holdsKey = holdsBearerKey,
        .headers = {},
        .base = "/demo/deployments/v2/llms/simulated-8b"_L1};
    return personality;
}

} // namespace Lorikeet::Sim
