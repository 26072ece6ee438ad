// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Gemini's generateContent.

#include "simulator/openairequest.h"
#include "simulator/translations.h"
#include "simulator/wire.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

QString keyOf(const ServerRequest &request)
{
    const QByteArray header = request.header("x-goog-api-key");
    return header.isEmpty()
        ? QUrlQuery(QString::fromLatin1(request.query)).queryItemValue(u"key"_s, QUrl::FullyDecoded)
        : QString::fromUtf8(header);
}

bool holdsKey(const ServerRequest &request, const QByteArray &key)
{
    return keyOf(request).toUtf8() == key || holdsBearerKey(request, key);
}

QJsonObject errorObject(int status, const QString &message, const QJsonArray &details = {})
{
    static const QHash<int, QString> words{{400, u"INVALID_ARGUMENT"_s},
        {403, u"PERMISSION_DENIED"_s}, {404, u"NOT_FOUND"_s}, {429, u"RESOURCE_EXHAUSTED"_s},
        {503, u"UNAVAILABLE"_s}};
    QJsonObject error{{"code"_L1, status}, {"message"_L1, message},
        {"status"_L1, words.value(status, u"INTERNAL"_s)}};
    if (!details.isEmpty()) {
        error.insert("details"_L1, details);
    }
    return {{"error"_L1, error}};
}

ServerResponse refuse(const ServerRequest &request, const Refusal &refusal)
{
    if (refusal.status == 401 && keyOf(request).isEmpty()) {
        return jsonResponse(errorObject(403, u"Method doesn't allow unregistered callers."_s), 403);
    }
    if (refusal.status == 401) { // A wrong key is a bad request there.
        const QJsonObject info{{"@type"_L1, u"type.googleapis.com/google.rpc.ErrorInfo"_s},
            {"reason"_L1, u"API_KEY_INVALID"_s}, {"domain"_L1, u"googleapis.com"_s}};
        return jsonResponse(errorObject(400, u"API key not valid. Please pass a valid API key."_s,
                                QJsonArray{info}),
            400);
    }
    return jsonResponse(errorObject(refusal.status,
                            refusal.tooLong ? u"The input token count exceeds the maximum number "
                                              "of tokens allowed: "_s
                                    + refusal.message
                                            : refusal.message),
        refusal.status);
}

/// Chunks that are whole replies in small: as events, or without alt=sse as one growing array.
class ContentFormat final : public AnswerFormat
{
public:
    ContentFormat(Script script, QString model, bool asEvents)
        : AnswerFormat(std::move(script))
        , m_model(std::move(model))
        , m_asEvents(asEvents)
    { }

    [[nodiscard]] ServerResponse streamHead() const override
    {
        return {.contentType = m_asEvents ? "text/event-stream" : "application/json"};
    }

    [[nodiscard]] QList<QByteArray> begin() override
    {
        return m_asEvents ? QList<QByteArray>() : QList<QByteArray>{"["};
    }

    void appendToken(QByteArray &out, size_t choice, size_t index) override
    {
        const Answer &answer = script().answers[choice];
        const Channel channel = answer.pieces[index].channel;
        ++(channel == Channel::Reasoning ? m_thoughts : m_sent);
        if (channel == Channel::ToolArguments) {
            return; // A call comes whole.
        }
        QJsonObject part{{"text"_L1, QString::fromUtf8(answer.piece(index))}};
        if (channel == Channel::Reasoning) {
            part.insert("thought"_L1, true);
        }
        out += framed(chunk(choice, {part}, {}));
    }

    [[nodiscard]] QList<QByteArray> finish(size_t choice) override
    {
        const Answer &answer = script().answers[choice];
        if (!script().withFinish()) {
            return {};
        }
        const QJsonObject last
            = answer.tool.isEmpty() ? QJsonObject{{"text"_L1, QString()}} : callPart(answer);
        return {framed(chunk(choice, {last}, reason(answer)))};
    }

    [[nodiscard]] QList<QByteArray> end(const SimulatorRecord & /*record*/) override
    {
        return m_asEvents ? QList<QByteArray>() : QList<QByteArray>{"]"};
    }

    [[nodiscard]] QList<QByteArray> failure() const override
    {
        const QByteArray error = wholeFailure().body;
        return {m_asEvents ? "data: " + error + "\r\n\r\n" : ",\r\n" + error + ']'};
    }

    [[nodiscard]] QByteArray malformed() const override
    {
        return "data: {\"candidates\": [{\"content\": \r\n\r\n";
    }

    [[nodiscard]] ServerResponse whole(const SimulatorRecord & /*record*/) const override
    {
        QJsonArray candidates;
        qint64 sent = 0;
        qint64 thoughts = 0;
        for (size_t i = 0; i < script().answers.size(); ++i) {
            const Answer &answer = script().answers[i];
            QJsonArray parts;
            if (const QByteArray text = answer.joined(Channel::Reasoning); !text.isEmpty()) {
                parts.append(
                    QJsonObject{{"text"_L1, QString::fromUtf8(text)}, {"thought"_L1, true}});
            }
            if (const QByteArray text = answer.joined(Channel::Content); !text.isEmpty()) {
                parts.append(QJsonObject{{"text"_L1, QString::fromUtf8(text)}});
            }
            if (!answer.tool.isEmpty()) {
                parts.append(callPart(answer));
            }
            for (const Answer::Piece &piece : answer.pieces) {
                ++(piece.channel == Channel::Reasoning ? thoughts : sent);
            }
            candidates.append(
                candidate(i, parts, script().withFinish() ? reason(answer) : QString()));
        }
        return jsonResponse(reply(candidates, sent, thoughts));
    }

    [[nodiscard]] ServerResponse wholeFailure() const override
    {
        return jsonResponse(
            errorObject(503, u"The simulated model is overloaded on purpose."_s), 503);
    }

private:
    [[nodiscard]] static QString reason(const Answer &answer)
    {
        return answer.end == AnswerEnd::Length ? u"MAX_TOKENS"_s : u"STOP"_s;
    }

    [[nodiscard]] static QJsonObject callPart(const Answer &answer)
    {
        return {{"functionCall"_L1,
            QJsonObject{{"name"_L1, answer.tool},
                {"args"_L1,
                    QJsonDocument::fromJson(answer.joined(Channel::ToolArguments)).object()}}}};
    }

    [[nodiscard]] static QJsonObject candidate(
        size_t index, const QJsonArray &parts, const QString &finish)
    {
        QJsonObject object{
            {"content"_L1, QJsonObject{{"role"_L1, u"model"_s}, {"parts"_L1, parts}}}};
        if (index > 0) {
            object.insert("index"_L1, static_cast<int>(index));
        }
        if (!finish.isEmpty()) {
            object.insert("finishReason"_L1, finish);
        }
        return object;
    }

    [[nodiscard]] QJsonObject reply(
        const QJsonArray &candidates, qint64 sent, qint64 thoughts) const
    {
        QJsonObject usage{{"promptTokenCount"_L1, script().promptTokens},
            {"candidatesTokenCount"_L1, sent},
            {"totalTokenCount"_L1, script().promptTokens + sent + thoughts}};
        if (thoughts > 0) {
            usage.insert("thoughtsTokenCount"_L1, thoughts);
        }
        return {{"candidates"_L1, candidates}, {"usageMetadata"_L1, usage},
            {"modelVersion"_L1, m_model},
            {"responseId"_L1, QString::fromLatin1(script().requestId)}};
    }

    [[nodiscard]] QJsonObject chunk(
        size_t choice, const QJsonArray &parts, const QString &finish) const
    {
        return reply({candidate(choice, parts, finish)}, m_sent, m_thoughts);
    }

    [[nodiscard]] QByteArray framed(const QJsonObject &object)
    {
        const QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
        if (m_asEvents) {
            return "data: " + json + "\r\n\r\n";
        }
        return std::exchange(m_isFirst, false) ? json : ",\r\n" + json;
    }

    QString m_model;
    bool m_asEvents;
    bool m_isFirst = true;
    qint64 m_sent = 0;
    qint64 m_thoughts = 0;
};

RouteReply generate(const ServerRequest &request, const RouteContext &context, bool stream)
{
    const auto from = readObject(request.body);
    if (!from) {
        return refuse(request, from.error());
    }
    const QString model = QString::fromUtf8(context.name);
    if (!findModel(context.options, model)) {
        return refuse(request,
            {.status = 404,
                .type = u"missing"_s,
                .message = u"models/%1 is not found for API version v1beta, or is not supported "
                           "for generateContent."_s.arg(model)});
    }
    QJsonObject body{{"model"_L1, model}, {"stream"_L1, stream}};
    if (const auto refused = fromGemini(*from, body)) {
        return refuse(request, *refused);
    }
    const auto call = readChatCall(body, context.options);
    if (!call) {
        return refuse(request, call.error());
    }
    Script script = scriptFor(call->generation, context, stream);
    script.fault = call->fault;
    const QUrlQuery query(QString::fromLatin1(request.query));
    return std::make_unique<ContentFormat>(
        std::move(script), model, query.queryItemValue(u"alt"_s) == "sse"_L1);
}

RouteReply generateWhole(const ServerRequest &request, const RouteContext &context)
{
    return generate(request, context, false);
}

RouteReply generateStream(const ServerRequest &request, const RouteContext &context)
{
    return generate(request, context, true);
}

RouteReply models(const ServerRequest &request, const RouteContext &context)
{
    const QStringList ids = QStringList{baseModel(context.options)} + simulatorAdapters();
    // ?pageSize= and ?pageToken= make pages of it, as they do there.
    const QUrlQuery query(QString::fromLatin1(request.query));
    const int from = query.queryItemValue(u"pageToken"_s).toInt();
    const int size = query.queryItemValue(u"pageSize"_s).toInt();
    QJsonArray list;
    for (const QString &id : ids.mid(from, size > 0 ? size : 50)) {
        list.append(QJsonObject{{"name"_L1, u"models/"_s + id},
            {"displayName"_L1, u"Simulated "_s + id},
            {"inputTokenLimit"_L1, context.options.contextLength}, {"outputTokenLimit"_L1, 4096},
            {"supportedGenerationMethods"_L1, QJsonArray{u"generateContent"_s, u"countTokens"_s}},
            {"temperature"_L1, 1}, {"maxTemperature"_L1, 2}, {"topP"_L1, 0.95}, {"topK"_L1, 64}});
    }
    const qsizetype next = from + list.size();
    if (next == ids.size()) {
        list.append(QJsonObject{{"name"_L1, u"models/simulated-embedding"_s},
            {"supportedGenerationMethods"_L1, QJsonArray{u"embedContent"_s}}});
    }
    QJsonObject body{{"models"_L1, list}};
    if (next < ids.size()) {
        body.insert("nextPageToken"_L1, QString::number(next));
    }
    return jsonResponse(body);
}

constexpr Route routes[] = {
    {"GET", "/v1beta/models", true, models},
    {"POST", "/v1beta/models/*:generateContent", true, generateWhole},
    {"POST", "/v1beta/models/*:streamGenerateContent", true, generateStream},
    {"GET", "/v1/models", true, models},
    {"POST", "/v1/models/*:generateContent", true, generateWhole},
    {"POST", "/v1/models/*:streamGenerateContent", true, generateStream},
};

} // namespace

const Personality &geminiPersonality();

const Personality &geminiPersonality()
{
    static const Personality personality{.name = "gemini"_L1,
        .text = "Gemini's generateContent"_L1,
        .routes = routes,
        .refuse = refuse,
        .holdsKey = holdsKey,
        .headers = {},
        .base = {}};
    return personality;
}

} // namespace Lorikeet::Sim
