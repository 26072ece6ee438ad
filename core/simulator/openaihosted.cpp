// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// OpenAI's own service: strict about what it does not know, fine-tunes among its models.

#include "simulator/openaifamily.h"
#include "simulator/responses.h"

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

QString tuneOf(const QString &adapter, const QString &base)
{
    return u"ft:%1:acme::%2"_s.arg(base, adapter);
}

ServerResponse refuse(const ServerRequest &request, const Refusal &refusal)
{
    const QString invalid = u"invalid_request_error"_s;
    if (refusal.type.isEmpty()) {
        return namedError(refusal.status, invalid,
            u"Invalid URL (%1 %2)"_s.arg(
                QString::fromLatin1(request.method), QString::fromLatin1(request.path)),
            {}, {});
    }
    switch (refusal.status) {
    case 401:
        return namedError(401, invalid, u"Incorrect API key provided."_s, {}, u"invalid_api_key"_s);
    case 404:
        return namedError(404, invalid, refusal.message, {}, u"model_not_found"_s);
    case 429:
        return namedError(429, u"requests"_s, refusal.message, {}, u"rate_limit_exceeded"_s);
    default:
        return refusal.status < 500
            ? namedError(refusal.status, invalid, refusal.message, refusal.param,
                  refusal.tooLong ? u"context_length_exceeded"_s : QString())
            : namedError(refusal.status, u"server_error"_s, refusal.message, {}, {});
    }
}

std::optional<Refusal> adapt(QJsonObject &body, const RouteContext &context)
{
    if (const QString name = unknownMember(body, openAiMembers()); !name.isEmpty()) {
        return Refusal{
            .type = u"unknown"_s, .message = u"Unrecognized request argument supplied: "_s + name};
    }
    const QString model = body["model"_L1].toString();
    if (model.isEmpty()) {
        return Refusal{.type = u"missing"_s, .message = u"you must provide a model parameter"_s};
    }
    for (const QString &adapter : simulatorAdapters()) {
        if (model == tuneOf(adapter, baseModel(context.options))) {
            body.insert("model"_L1, adapter);
        }
    }
    return std::nullopt;
}

constexpr OpenAiStyle style{.refuse = refuse,
    .adapt = adapt,
    .reasoning = "",
    .stopMember = "",
    .extra = ",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_simulated\"",
    .doneAfterError = false};

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
    QStringList ids{baseModel(context.options)};
    for (const QString &adapter : simulatorAdapters()) {
        ids.append(tuneOf(adapter, ids.constFirst()));
    }
    return modelCards(ids, {{"owned_by"_L1, u"system"_s}});
}

constexpr Route routes[] = {
    {"GET", "/v1/models", true, models},
    {"POST", "/v1/chat/completions", true, chat},
    {"POST", "/v1/responses", true, responses},
};

} // namespace

const Personality &openAiPersonality();

const Personality &openAiPersonality()
{
    static const Personality personality{.name = "openai"_L1,
        .text = "OpenAI's service; adapters are fine-tunes"_L1,
        .routes = routes,
        .refuse = refuse,
        .holdsKey = holdsBearerKey,
        .headers = {{"openai-version", "2020-10-01"}, {"openai-processing-ms", "12"},
            {"openai-organization", "simulated"}},
        .base = "/v1"_L1};
    return personality;
}

} // namespace Lorikeet::Sim
