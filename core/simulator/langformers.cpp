// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Langformers: a page, and one route that always streams (facts: langformers/generators). Unlike
// the real one it remembers nothing: each prompt is answered by itself.

#include "simulator/openairequest.h"
#include "simulator/wire.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

ServerResponse refuse(const ServerRequest & /*request*/, const Refusal &refusal)
{
    return jsonResponse({{"detail"_L1, refusal.message}}, refusal.status);
}

/// A range that the server checks itself; what is no number breaks its comparison.
std::optional<Refusal> checkRange(
    const QJsonObject &body, QLatin1StringView name, double least, double most)
{
    const QJsonValue value = body[name];
    if (value.isUndefined()) {
        return std::nullopt;
    }
    if (!value.isDouble()) {
        return Refusal{.status = 500,
            .type = u"internal"_s,
            .message = u"'<=' not supported between instances of 'int' and '%1'"_s.arg(
                value.isNull() ? u"NoneType"_s : u"str"_s)};
    }
    const double number = value.toDouble();
    return number < least || number > most
        ? std::optional(Refusal{.type = u"invalid"_s,
              .message = u"'%1' is out of its range: %2."_s.arg(name).arg(number)})
        : std::nullopt;
}

/// Events of pieces, in ASCII; nothing tells the end, and a failure is a body that breaks off.
class ChunkFormat final : public AnswerFormat
{
public:
    using AnswerFormat::AnswerFormat;

    [[nodiscard]] ServerResponse streamHead() const override
    {
        return {.contentType = "text/event-stream; charset=utf-8"};
    }

    [[nodiscard]] QList<QByteArray> begin() override { return {}; }

    void appendToken(QByteArray &out, size_t choice, size_t index) override
    {
        const Answer &answer = script().answers[choice];
        if (answer.pieces[index].channel == Channel::Content) {
            appendChunk(out, QString::fromUtf8(answer.piece(index)));
        }
    }

    [[nodiscard]] QList<QByteArray> finish(size_t /*choice*/) override
    {
        QByteArray last;
        appendChunk(last, {});
        return {last};
    }

    [[nodiscard]] QList<QByteArray> end(const SimulatorRecord & /*record*/) override { return {}; }

    [[nodiscard]] QList<QByteArray> failure() const override { return {}; }

    [[nodiscard]] bool failsByBreakingOff() const override { return true; }

    [[nodiscard]] QByteArray malformed() const override { return "data: {\"chunk\": \n\n"; }

    [[nodiscard]] ServerResponse whole(const SimulatorRecord & /*record*/) const override
    {
        return {.status = 500}; // there are only streams
    }

    [[nodiscard]] ServerResponse wholeFailure() const override { return {.status = 500}; }

private:
    static void appendChunk(QByteArray &out, const QString &text)
    {
        QByteArray json;
        appendJsonString(json, text.toUtf8());
        out += "data: {\"chunk\": ";
        for (const QChar c : QString::fromUtf8(json)) {
            out += c.unicode() < 0x80
                ? QByteArray(1, char(c.unicode()))
                : "\\u" + QByteArray::number(c.unicode(), 16).rightJustified(4, '0');
        }
        out += "}\n\n";
    }
};

RouteReply generate(const ServerRequest &request, const RouteContext &context)
{
    const auto body = readObject(request.body);
    if (!body) {
        return refuse(request, {.type = u"invalid"_s, .message = u"Invalid JSON payload"_s});
    }
    const QString prompt = (*body)["prompt"_L1].toString();
    if (prompt.isEmpty()) {
        return refuse(
            request, {.type = u"invalid"_s, .message = u"'prompt' must be a non-empty string."_s});
    }
    for (const auto &refused : {checkRange(*body, "temperature"_L1, 0, 1),
             checkRange(*body, "top_p"_L1, 0, 1), checkRange(*body, "max_length"_L1, 1, 1e9),
             checkRange(*body, "memory_k"_L1, -1e9, 1e9)}) {
        if (refused) {
            return refuse(request, *refused);
        }
    }
    QJsonArray messages;
    if (const QJsonValue system = (*body)["system_prompt"_L1]; system.isString()) {
        messages.append(QJsonObject{{"role"_L1, u"system"_s}, {"content"_L1, system}});
    }
    messages.append(QJsonObject{{"role"_L1, u"user"_s}, {"content"_L1, prompt}});
    const qint64 wanted = (*body)["max_length"_L1].toInteger(5000);
    const auto call = readChatCall({{"messages"_L1, messages}, {"stream"_L1, true},
                                       {"temperature"_L1, (*body)["temperature"_L1].toDouble(0.5)}},
        context.options);
    if (!call) {
        return refuse(
            request, {.status = 500, .type = u"internal"_s, .message = call.error().message});
    }
    GenerationRequest generation = call->generation;
    generation.maxTokens = std::min(wanted, generation.maxTokens);
    return std::make_unique<ChunkFormat>(scriptFor(generation, context, true));
}

RouteReply page(const ServerRequest & /*request*/, const RouteContext &context)
{
    const QByteArray model = baseModel(context.options).toHtmlEscaped().toUtf8();
    return ServerResponse{.contentType = "text/html; charset=utf-8",
        .body
        = "<!DOCTYPE html>\n<html><head><title>Langformers Chat</title></head><body><h2>Hello! "
          "I'm <span class=\"model\">"
            + model + "</span></h2></body></html>\n"};
}

RouteReply openApi(const ServerRequest & /*request*/, const RouteContext & /*context*/)
{
    const QJsonObject paths{{"/"_L1, QJsonObject{{"get"_L1, QJsonObject()}}},
        {"/api/generate"_L1, QJsonObject{{"post"_L1, QJsonObject()}}}};
    return jsonResponse({{"openapi"_L1, u"3.1.0"_s},
        {"info"_L1, QJsonObject{{"title"_L1, u"FastAPI"_s}, {"version"_L1, u"0.1.0"_s}}},
        {"paths"_L1, paths}});
}

constexpr Route routes[] = {
    {"GET", "/", false, page},
    {"GET", "/openapi.json", false, openApi},
    {"POST", "/api/generate", true, generate},
};

} // namespace

const Personality &langformersPersonality();

const Personality &langformersPersonality()
{
    static const Personality personality{.name = "langformers"_L1,
        .text = "Langformers, without its memory"_L1,
        .routes = routes,
        .refuse = refuse,
        .holdsKey = holdsBearerKey,
        .headers = {},
        .base = {}};
    return personality;
}

} // namespace Lorikeet::Sim
