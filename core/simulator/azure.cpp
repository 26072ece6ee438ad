// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Azure OpenAI, with both kinds of its addresses.

#include "simulator/openaifamily.h"
#include "simulator/openairequest.h"

#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

bool holdsKey(const ServerRequest &request, const QByteArray &key)
{
    return request.header("api-key") == key || holdsBearerKey(request, key);
}

ServerResponse refuse(const ServerRequest & /*request*/, const Refusal &refusal)
{
    // Its errors have a code and no type.
    QString code = refusal.tooLong ? u"context_length_exceeded"_s : QString::number(refusal.status);
    QString message = refusal.message;
    if (refusal.type.isEmpty()) {
        message = u"Resource not found"_s;
    } else if (refusal.status == 401) {
        message = u"Access denied due to invalid subscription key or wrong API endpoint."_s;
    } else if (refusal.status == 404) {
        code = u"DeploymentNotFound"_s;
        message = u"The API deployment for this resource does not exist."_s;
    }
    return namedError(refusal.status, {}, message, refusal.param, code);
}

std::optional<Refusal> adapt(QJsonObject &body, const RouteContext &context)
{
    if (!context.name.isEmpty()) { // The path names the deployment, and `model` is not looked at.
        body.insert("model"_L1, QString::fromUtf8(context.name));
    }
    if (body["model"_L1].toString().isEmpty()) {
        return unknownModel({});
    }
    const QString name = unknownMember(body, openAiMembers());
    return name.isEmpty() ? std::nullopt
                          : std::optional(Refusal{.type = u"unknown"_s,
                                .message = u"Unrecognized request argument supplied: "_s + name});
}

constexpr OpenAiStyle style{.refuse = refuse,
    .adapt = adapt,
    .reasoning = "",
    .stopMember = "",
    .firstChunk = R"({"choices":[],"created":0,"id":"","model":"","object":"",)"
                  R"("prompt_filter_results":[{"prompt_index":0,"content_filter_results":)"
                  R"({"hate":{"filtered":false,"severity":"safe"}}}]})",
    .doneAfterError = false};

RouteReply chat(const ServerRequest &request, const RouteContext &context)
{
    return openAiChat(request, context, style);
}

RouteReply deploymentChat(const ServerRequest &request, const RouteContext &context)
{
    const QUrlQuery query(QString::fromLatin1(request.query));
    if (!query.hasQueryItem(u"api-version"_s)) {
        return refuse(request, {.status = 404, .type = {}, .message = {}});
    }
    return chat(request, context);
}

/// The models that could be deployed, not the deployments.
RouteReply models(const ServerRequest & /*request*/, const RouteContext &context)
{
    return modelCards({baseModel(context.options)},
        {{"status"_L1, u"succeeded"_s}, {"lifecycle_status"_L1, u"generally-available"_s}});
}

constexpr Route routes[] = {
    {"GET", "/openai/v1/models", true, models},
    {"POST", "/openai/v1/chat/completions", true, chat},
    {"GET", "/openai/models", true, models},
    {"POST", "/openai/deployments/*/chat/completions", true, deploymentChat},
};

} // namespace

const Personality &azurePersonality();

const Personality &azurePersonality()
{
    static const Personality personality{.name = "azure"_L1,
        .text = "Azure OpenAI, by deployment or v1; adapters are deployments"_L1,
        .routes = routes,
        .refuse = refuse,
        .holdsKey = holdsKey,
        .headers = {{"apim-request-id", "simulated"}, {"x-ms-region", "Nowhere"}},
        .base = "/openai/v1"_L1};
    return personality;
}

} // namespace Lorikeet::Sim
