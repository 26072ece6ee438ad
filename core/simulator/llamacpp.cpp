// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// llama.cpp's llama-server: one model whatever is named, adapters by scale.

#include "simulator/encoding.h"
#include "simulator/llamacppcompletion.h"
#include "simulator/openaifamily.h"
#include "simulator/responses.h"
#include "simulator/tokenizer.h"
#include "simulator/wire.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

bool holdsKey(const ServerRequest &request, const QByteArray &key)
{
    return request.header("x-api-key") == key || holdsBearerKey(request, key);
}

ServerResponse refuse(const ServerRequest & /*request*/, const Refusal &refusal)
{
    QString type = u"invalid_request_error"_s;
    QString message = refusal.message;
    if (refusal.type.isEmpty()) {
        type = u"not_found_error"_s;
        message = u"File Not Found"_s;
    } else if (refusal.status == 401) {
        type = u"authentication_error"_s;
        message = u"Invalid API Key"_s;
    } else if (refusal.tooLong) {
        type = u"exceed_context_size_error"_s;
    } else if (refusal.status == 503) {
        type = u"unavailable_error"_s;
        message = u"Loading model"_s;
    } else if (refusal.status >= 500) {
        type = u"server_error"_s;
    }
    return jsonResponse(
        {{"error"_L1,
            QJsonObject{{"code"_L1, refusal.status}, {"message"_L1, message}, {"type"_L1, type}}}},
        refusal.status);
}

std::optional<Refusal> adapt(QJsonObject &body, const RouteContext & /*context*/)
{
    // Any name will do; the models fault/… keep theirs.
    if (!body["model"_L1].toString().startsWith("fault/"_L1)) {
        body.insert("model"_L1, QString());
        if (const auto refused = unknownScale(body["lora"_L1])) {
            return refused;
        }
        double largest = 0;
        const QJsonArray scales = body["lora"_L1].toArray();
        for (const QJsonValue &scale : scales) {
            const int id = scale["id"_L1].toInt(-1);
            if (scale["scale"_L1].toDouble() > largest && id >= 0
                && id < simulatorAdapters().size()) {
                largest = scale["scale"_L1].toDouble();
                body.insert("model"_L1, simulatorAdapters().at(id));
            }
        }
    }
    // It goes on with a trailing answer by itself.
    const QJsonArray messages = body["messages"_L1].toArray();
    if (messages.last()["role"_L1] == "assistant"_L1) {
        body.insert("continue_final_message"_L1, true);
        body.insert("add_generation_prompt"_L1, false);
    }
    return std::nullopt;
}

constexpr OpenAiStyle style{.refuse = refuse,
    .adapt = adapt,
    .reasoning = "reasoning_content",
    .stopMember = "",
    .extra = ",\"system_fingerprint\":\"b9999-simulated\"",
    .doneAfterError = false,
    .timings = true};

RouteReply chat(const ServerRequest &request, const RouteContext &context)
{
    return openAiChat(request, context, style);
}

RouteReply completion(const ServerRequest &request, const RouteContext &context)
{
    return llamaCppCompletion(request, context, refuse);
}

RouteReply responses(const ServerRequest &request, const RouteContext &context)
{
    return openAiResponses(request, context, style);
}

RouteReply models(const ServerRequest & /*request*/, const RouteContext &context)
{
    const QString id = baseModel(context.options);
    return modelCards({id},
        {{"owned_by"_L1, u"llamacpp"_s}, {"aliases"_L1, QJsonArray{id}},
            {"meta"_L1,
                QJsonObject{
                    {"n_ctx"_L1, context.options.contextLength}, {"n_ctx_train"_L1, 131072}}}});
}

RouteReply props(const ServerRequest & /*request*/, const RouteContext &context)
{
    return jsonResponse({{"default_generation_settings"_L1,
                             QJsonObject{{"n_ctx"_L1, context.options.contextLength}}},
        {"total_slots"_L1, context.options.timing.slots},
        {"model_path"_L1, QString(u"/models/"_s + baseModel(context.options) + u".gguf"_s)},
        {"build_info"_L1, u"b9999-simulated"_s}});
}

RouteReply adapters(const ServerRequest & /*request*/, const RouteContext & /*context*/)
{
    QJsonArray list;
    for (const QString &adapter : simulatorAdapters()) {
        list.append(QJsonObject{{"id"_L1, list.size()},
            {"path"_L1, QString(u"/models/"_s + adapter + u".gguf"_s)}, {"scale"_L1, 0.0}});
    }
    return ServerResponse{.contentType = "application/json",
        .body = QJsonDocument(list).toJson(QJsonDocument::Compact)};
}

RouteReply health(const ServerRequest & /*request*/, const RouteContext & /*context*/)
{
    return jsonResponse({{"status"_L1, u"ok"_s}});
}

RouteReply metrics(const ServerRequest & /*request*/, const RouteContext & /*context*/)
{
    return jsonResponse({{"error"_L1,
                            QJsonObject{{"code"_L1, 501},
                                {"message"_L1, u"This server does not support metrics endpoint."_s},
                                {"type"_L1, u"not_supported_error"_s}}}},
        501);
}

RouteReply tokenize(const ServerRequest &request, const RouteContext & /*context*/)
{
    const QByteArray text = QJsonDocument::fromJson(request.body)["content"_L1].toString().toUtf8();
    QJsonArray tokens;
    qsizetype from = 0;
    for (const qsizetype end : tokenEnds(text)) {
        tokens.append(tokenId(QByteArrayView(text).sliced(from, end - from)));
        from = end;
    }
    return jsonResponse({{"tokens"_L1, tokens}});
}

// Models and health are open to everyone.
constexpr Route routes[] = {
    {"GET", "/health", false, health},
    {"GET", "/v1/models", false, models},
    {"GET", "/models", false, models},
    {"GET", "/props", true, props},
    {"GET", "/lora-adapters", true, adapters},
    {"GET", "/metrics", true, metrics},
    {"POST", "/tokenize", true, tokenize},
    {"POST", "/v1/chat/completions", true, chat},
    {"POST", "/chat/completions", true, chat},
    {"POST", "/completion", true, completion},
    {"POST", "/v1/responses", true, responses},
    {"POST", "/v1/embeddings", true, openAiEmbeddings},
    {"POST", "/v1/rerank", true, vllmRerank},
};

} // namespace

const Personality &llamaCppPersonality();

const Personality &llamaCppPersonality()
{
    static const Personality personality{.name = "llama.cpp"_L1,
        .text = "llama-server of llama.cpp, /completion too; adapters by scale"_L1,
        .routes = routes,
        .refuse = refuse,
        .holdsKey = holdsKey,
        .headers = {{"server", "llama.cpp"}},
        .base = "/v1"_L1};
    return personality;
}

} // namespace Lorikeet::Sim
