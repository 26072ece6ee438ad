// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// LM Studio: answers 200 to everything, known or not.

#include "simulator/openaifamily.h"
#include "simulator/wire.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

ServerResponse refuse(const ServerRequest &request, const Refusal &refusal)
{
    if (refusal.type.isEmpty()) {
        return jsonResponse({{"error"_L1,
            u"Unexpected endpoint or method. (%1 %2)"_s.arg(
                QString::fromLatin1(request.method), QString::fromLatin1(request.path))}});
    }
    if (refusal.status == 404) {
        return namedError(
            404, u"invalid_request_error"_s, refusal.message, u"model"_s, u"model_not_found"_s);
    }
    return jsonResponse({{"error"_L1, refusal.message}}, refusal.status);
}

constexpr OpenAiStyle style{.refuse = refuse,
    .reasoning = "reasoning_content",
    .stopMember = "",
    .extra = ",\"system_fingerprint\":\"simulated\"",
    .doneAfterError = false};

RouteReply chat(const ServerRequest &request, const RouteContext &context)
{
    return openAiChat(request, context, style);
}

RouteReply models(const ServerRequest & /*request*/, const RouteContext &context)
{
    return modelCards(
        modelsAndAdapters(context.options), {{"owned_by"_L1, u"organization_owner"_s}});
}

RouteReply olderModels(const ServerRequest & /*request*/, const RouteContext &context)
{
    return modelCards(modelsAndAdapters(context.options),
        {{"type"_L1, u"llm"_s}, {"publisher"_L1, u"simulated"_s},
            {"compatibility_type"_L1, u"gguf"_s}, {"state"_L1, u"loaded"_s},
            {"max_context_length"_L1, context.options.contextLength}});
}

RouteReply ownModels(const ServerRequest & /*request*/, const RouteContext &context)
{
    QJsonArray list;
    for (const QString &id : modelsAndAdapters(context.options)) {
        list.append(QJsonObject{{"type"_L1, u"llm"_s}, {"key"_L1, id},
            {"loaded_instances"_L1,
                QJsonArray{QJsonObject{{"id"_L1, id},
                    {"config"_L1,
                        QJsonObject{{"context_length"_L1, context.options.contextLength}}}}}},
            {"max_context_length"_L1, context.options.contextLength}});
    }
    return jsonResponse({{"models"_L1, list}});
}

constexpr Route routes[] = {
    {"GET", "/v1/models", true, models},
    {"GET", "/api/v0/models", true, olderModels},
    {"GET", "/api/v1/models", true, ownModels},
    {"POST", "/v1/chat/completions", true, chat},
};

} // namespace

const Personality &lmStudioPersonality();

const Personality &lmStudioPersonality()
{
    static const Personality personality{.name = "lmstudio"_L1,
        .text = "LM Studio; adapters are models"_L1,
        .routes = routes,
        .refuse = refuse,
        .holdsKey = holdsBearerKey,
        .headers = {{"x-powered-by", "Express"}},
        .base = "/v1"_L1};
    return personality;
}

} // namespace Lorikeet::Sim
