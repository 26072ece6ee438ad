// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// TGI: its own routes, from which LoRAX' came, and its OpenAI-compatible one, where any model but
// "tgi" is an adapter (facts: TGI router/src/server.rs and validation.rs).

#include "simulator/engine.h"
#include "simulator/lorax.h"
#include "simulator/loraxformat.h"
#include "simulator/openaifamily.h"
#include "simulator/wire.h"

#include <QJsonDocument>

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
    // The schema stands under a name of its own; OpenAI's fails.
    if (const QJsonObject format = body["response_format"_L1].toObject(); !format.isEmpty()) {
        const QJsonValue value = format["value"_L1];
        const bool isWrapped = format["type"_L1] == "json_schema"_L1;
        const QJsonValue schema = isWrapped ? value["schema"_L1] : value;
        if (!schema.isObject()) {
            return Refusal{.status = 422,
                .type = u"validation"_s,
                .message = u"response_format: missing field `value`"_s};
        }
        body.insert("response_format"_L1,
            QJsonObject{{"type"_L1, u"json_schema"_s},
                {"json_schema"_L1, QJsonObject{{"schema"_L1, schema}}}});
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

LoraxRefusal invalid(const QString &message)
{
    return {.type = u"validation"_s, .message = u"Input validation error: "_s + message};
}

/// What TGI refuses and LoRAX does not.
std::optional<LoraxRefusal> problem(const QJsonObject &parameters)
{
    const QJsonValue temperature = parameters["temperature"_L1];
    if (temperature.isDouble() && temperature.toDouble() <= 0) {
        return invalid(u"`temperature` must be strictly positive"_s);
    }
    const QJsonValue topP = parameters["top_p"_L1];
    if (topP.isDouble() && (topP.toDouble() <= 0 || topP.toDouble() >= 1)) {
        return invalid(u"`top_p` must be > 0.0 and < 1.0"_s);
    }
    const QJsonValue grammar = parameters["grammar"_L1];
    if (grammar.isObject() && grammar["type"_L1] == "json"_L1
        && !grammar["value"_L1].toObject().contains("properties"_L1)) {
        return invalid(u"Invalid grammar: Grammar must have a 'properties' field"_s);
    }
    return std::nullopt;
}

/// A body in LoRAX' form: other names, and nothing of what LoRAX has added.
QJsonObject translated(const QJsonObject &body)
{
    QJsonObject parameters = body["parameters"_L1].toObject();
    for (const QLatin1StringView name :
        {"adapter_source"_L1, "api_token"_L1, "merged_adapters"_L1, "ignore_eos_token"_L1,
            "presence_penalty"_L1, "return_k_alternatives"_L1, "response_format"_L1}) {
        parameters.remove(name);
    }
    if (parameters["top_n_tokens"_L1].toInt() > 0) {
        parameters.insert("return_k_alternatives"_L1, parameters["top_n_tokens"_L1]);
    }
    if (const QJsonValue grammar = parameters["grammar"_L1]; grammar["type"_L1] == "json"_L1) {
        parameters.insert("response_format"_L1,
            QJsonObject{{"type"_L1, u"json_schema"_s}, {"schema"_L1, grammar["value"_L1]}});
    }
    QJsonObject result = body;
    result.insert("parameters"_L1, parameters);
    return result;
}

RouteReply answer(const ServerRequest &request, const RouteContext &context, LoraxRoute route)
{
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    const QJsonValue parameters = document.object()["parameters"_L1];
    if (!document.isObject() || (!parameters.isObject() && !parameters.isUndefined())) {
        return loraxAnswer(request, context, route, true); // which says what is wrong
    }
    if (auto refused = problem(parameters.toObject())) {
        refused->stream = route == LoraxRoute::GenerateStream;
        return toResponse(*refused);
    }
    ServerRequest asLorax = request;
    asLorax.body = QJsonDocument(translated(document.object())).toJson(QJsonDocument::Compact);
    return loraxAnswer(asLorax, context, route, true);
}

RouteReply compatible(const ServerRequest &request, const RouteContext &context)
{
    return answer(request, context, LoraxRoute::Compatible);
}

RouteReply generate(const ServerRequest &request, const RouteContext &context)
{
    return answer(request, context, LoraxRoute::Generate);
}

RouteReply generateStream(const ServerRequest &request, const RouteContext &context)
{
    return answer(request, context, LoraxRoute::GenerateStream);
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

RouteReply metrics(const ServerRequest & /*request*/, const RouteContext &context)
{
    return metricsText(tgiMetrics(context.engine.statistics()));
}

constexpr Route routes[] = {
    {"GET", "/health", false, healthy},
    {"GET", "/metrics", false, metrics},
    {"GET", "/info", true, info},
    {"GET", "/v1/models", true, models},
    {"GET", "/", false, healthy},
    {"POST", "/", true, compatible},
    {"POST", "/generate", true, generate},
    {"POST", "/generate_stream", true, generateStream},
    {"POST", "/tokenize", true, loraxTokenize},
    {"POST", "/v1/chat/completions", true, chat},
};

} // namespace

const Personality &tgiPersonality();

const Personality &tgiPersonality()
{
    static const Personality personality{.name = "tgi"_L1,
        .text = "TGI, its own routes and /v1, where any model but tgi is an adapter"_L1,
        .routes = routes,
        .refuse = refuse,
        .holdsKey = holdsBearerKey,
        .headers = {},
        .base = "/v1"_L1};
    return personality;
}

} // namespace Lorikeet::Sim
