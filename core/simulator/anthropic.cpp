// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Anthropic's Messages.

#include "simulator/openairequest.h"
#include "simulator/translations.h"
#include "simulator/wire.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

QJsonObject errorObject(int status, const QString &message)
{
    static const QHash<int, QString> types{{400, u"invalid_request_error"_s},
        {401, u"authentication_error"_s}, {402, u"billing_error"_s}, {403, u"permission_error"_s},
        {404, u"not_found_error"_s}, {413, u"request_too_large"_s}, {429, u"rate_limit_error"_s},
        {529, u"overloaded_error"_s}};
    return {{"type"_L1, u"error"_s},
        {"error"_L1,
            QJsonObject{
                {"type"_L1, types.value(status, status < 500 ? types[400] : u"api_error"_s)},
                {"message"_L1, message}}},
        {"request_id"_L1, u"req_simulated"_s}};
}

ServerResponse refuse(const ServerRequest & /*request*/, const Refusal &refusal)
{
    const int status = refusal.status == 503 ? 529 : refusal.status;
    QString message = refusal.status == 401 ? u"invalid x-api-key"_s : refusal.message;
    if (refusal.tooLong) {
        message = u"prompt is too long: "_s + message;
    }
    ServerResponse response = jsonResponse(errorObject(status, message), status);
    response.headers.append(Header{"request-id", "req_simulated"});
    return response;
}

bool holdsKey(const ServerRequest &request, const QByteArray &key)
{
    return request.header("x-api-key") == key || holdsBearerKey(request, key);
}

QByteArray event(const QByteArray &name, QJsonObject data)
{
    data.insert("type"_L1, QString::fromLatin1(name));
    return "event: " + name + "\ndata: " + QJsonDocument(data).toJson(QJsonDocument::Compact)
        + "\n\n";
}

/// Named events, with a content block for each kind of content.
class MessageFormat final : public AnswerFormat
{
public:
    MessageFormat(Script script, QString model, bool hidesThoughts)
        : AnswerFormat(std::move(script))
        , m_model(std::move(model))
        , m_hidesThoughts(hidesThoughts)
    { }

    [[nodiscard]] ServerResponse streamHead() const override
    {
        return {.contentType = "text/event-stream; charset=utf-8",
            .headers = {{"request-id", script().requestId}}};
    }

    [[nodiscard]] QList<QByteArray> begin() override
    {
        QJsonObject start = message(0);
        start.insert("content"_L1, QJsonArray());
        start.insert("stop_reason"_L1, QJsonValue());
        return {event("message_start", {{"message"_L1, start}}), event("ping", {})};
    }

    void appendToken(QByteArray &out, size_t choice, size_t index) override
    {
        const Answer &answer = script().answers[choice];
        const Channel channel = answer.pieces[index].channel;
        if (!m_open || channel != m_channel) {
            out += endBlock();
            out += beginBlock(answer, channel);
        }
        if (channel == Channel::Reasoning && m_hidesThoughts) {
            ++m_sent;
            return;
        }
        out += "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":"
            + QByteArray::number(m_block);
        switch (channel) {
        case Channel::Reasoning:
            out += ",\"delta\":{\"type\":\"thinking_delta\",\"thinking\":";
            break;
        case Channel::Content:
            out += ",\"delta\":{\"type\":\"text_delta\",\"text\":";
            break;
        case Channel::ToolArguments:
            out += ",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":";
            break;
        }
        appendJsonString(out, answer.piece(index));
        out += "}}\n\n";
        ++m_sent;
    }

    [[nodiscard]] QList<QByteArray> finish(size_t choice) override
    {
        QList<QByteArray> events{endBlock()};
        if (script().withFinish()) {
            events.append(event("message_delta",
                {{"delta"_L1, stop(script().answers[choice])},
                    {"usage"_L1, QJsonObject{{"output_tokens"_L1, m_sent}}}}));
        }
        events.removeAll(QByteArray());
        return events;
    }

    [[nodiscard]] QList<QByteArray> end(const SimulatorRecord & /*record*/) override
    {
        return script().withDone() ? QList{event("message_stop", {})} : QList<QByteArray>();
    }

    [[nodiscard]] QList<QByteArray> failure() const override
    {
        return {"event: error\ndata: " + wholeFailure().body + "\n\n"};
    }

    [[nodiscard]] QByteArray malformed() const override
    {
        return "event: content_block_delta\ndata: {\"type\": \"content_block_delta\", \n\n";
    }

    [[nodiscard]] QByteArray keepAlive() const override { return event("ping", {}); }

    [[nodiscard]] ServerResponse whole(const SimulatorRecord &record) const override
    {
        const Answer &answer = script().answers.front();
        QJsonArray content;
        if (const QByteArray thinking = answer.joined(Channel::Reasoning); !thinking.isEmpty()) {
            content.append(thoughtBlock(QString::fromUtf8(thinking)));
        }
        if (const QByteArray text = answer.joined(Channel::Content); !text.isEmpty()) {
            content.append(
                QJsonObject{{"type"_L1, u"text"_s}, {"text"_L1, QString::fromUtf8(text)}});
        }
        if (!answer.tool.isEmpty()) {
            QJsonObject block = toolBlock(answer);
            block.insert("input"_L1,
                QJsonDocument::fromJson(answer.joined(Channel::ToolArguments)).object());
            content.append(block);
        }
        QJsonObject body = message(record.completionTokens);
        body.insert("content"_L1, content);
        const QJsonObject end = stop(answer);
        for (auto it = end.begin(); it != end.end(); ++it) {
            body.insert(it.key(), script().withFinish() ? QJsonValue(*it) : QJsonValue());
        }
        ServerResponse response = jsonResponse(body);
        response.headers.append(Header{"request-id", script().requestId});
        return response;
    }

    [[nodiscard]] ServerResponse wholeFailure() const override
    {
        return jsonResponse(
            errorObject(529, u"The simulated server is overloaded on purpose."_s), 529);
    }

private:
    [[nodiscard]] QJsonObject message(qint64 tokens) const
    {
        return {{"id"_L1, u"msg_"_s + QString::fromLatin1(script().requestId)},
            {"type"_L1, u"message"_s}, {"role"_L1, u"assistant"_s}, {"model"_L1, m_model},
            {"stop_sequence"_L1, QJsonValue()},
            {"usage"_L1,
                QJsonObject{{"input_tokens"_L1, script().promptTokens},
                    {"cache_creation_input_tokens"_L1, 0}, {"cache_read_input_tokens"_L1, 0},
                    {"output_tokens"_L1, std::max<qint64>(tokens, 1)}}}};
    }

    [[nodiscard]] static QJsonObject stop(const Answer &answer)
    {
        const QString reason = answer.end == AnswerEnd::Length ? u"max_tokens"_s
            : !answer.tool.isEmpty()                           ? u"tool_use"_s
            : answer.end == AnswerEnd::StopSequence            ? u"stop_sequence"_s
                                                               : u"end_turn"_s;
        return {{"stop_reason"_L1, reason},
            {"stop_sequence"_L1,
                answer.stopText.isEmpty() ? QJsonValue() : QJsonValue(answer.stopText)}};
    }

    [[nodiscard]] QJsonObject thoughtBlock(const QString &thought) const
    {
        return m_hidesThoughts
            ? QJsonObject{{"type"_L1, u"redacted_thinking"_s}, {"data"_L1, hiddenThought(m_model)}}
            : QJsonObject{{"type"_L1, u"thinking"_s}, {"thinking"_L1, thought},
                  {"signature"_L1, thoughtSignature(thought)}};
    }

    [[nodiscard]] static QJsonObject toolBlock(const Answer &answer)
    {
        return {{"type"_L1, u"tool_use"_s},
            {"id"_L1, u"toolu_"_s + QString::number(answer.entropy, 36)}, {"name"_L1, answer.tool},
            {"input"_L1, QJsonObject()}};
    }

    [[nodiscard]] QByteArray beginBlock(const Answer &answer, Channel channel)
    {
        m_open = true;
        m_channel = channel;
        ++m_block;
        QJsonObject block{{"type"_L1, u"text"_s}, {"text"_L1, QString()}};
        if (channel == Channel::Reasoning) {
            m_thought = QString::fromUtf8(answer.joined(Channel::Reasoning));
            block = m_hidesThoughts ? thoughtBlock(m_thought)
                                    : QJsonObject{{"type"_L1, u"thinking"_s},
                                          {"thinking"_L1, QString()}, {"signature"_L1, QString()}};
        } else if (channel == Channel::ToolArguments) {
            block = toolBlock(answer);
        }
        return event("content_block_start", {{"index"_L1, m_block}, {"content_block"_L1, block}});
    }

    [[nodiscard]] QByteArray endBlock()
    {
        if (!std::exchange(m_open, false)) {
            return {};
        }
        QByteArray events;
        if (m_channel == Channel::Reasoning && !m_hidesThoughts) {
            events += event("content_block_delta",
                {{"index"_L1, m_block},
                    {"delta"_L1,
                        QJsonObject{{"type"_L1, u"signature_delta"_s},
                            {"signature"_L1, thoughtSignature(m_thought)}}}});
        }
        return events + event("content_block_stop", {{"index"_L1, m_block}});
    }

    QString m_model;
    bool m_hidesThoughts;
    QString m_thought; ///< of the block that is open
    bool m_open = false; ///< a content block
    Channel m_channel = Channel::Content;
    int m_block = -1;
    qint64 m_sent = 0;
};

RouteReply messages(const ServerRequest &request, const RouteContext &context)
{
    if (request.header("anthropic-version").isEmpty()) {
        return refuse(
            request, {.type = u"invalid"_s, .message = u"anthropic-version: header is required"_s});
    }
    const auto from = readObject(request.body);
    if (!from) {
        return refuse(request, from.error());
    }
    QJsonObject body;
    if (const auto refused = fromAnthropic(*from, body)) {
        return refuse(request, *refused);
    }
    const QString model = body["model"_L1].toString();
    if (model.isEmpty() || !findModel(context.options, model)) {
        return refuse(
            request, {.status = 404, .type = u"missing"_s, .message = u"model: "_s + model});
    }
    const auto call = readChatCall(body, context.options);
    if (!call) {
        return refuse(request, call.error());
    }
    Script script = scriptFor(call->generation, context, call->stream);
    script.fault = call->fault;
    const bool hides = std::ranges::any_of(call->generation.messages,
        [](const PromptMessage &message) { return message.text.contains(hidesThoughts); });
    return std::make_unique<MessageFormat>(std::move(script), model, hides);
}

RouteReply models(const ServerRequest &request, const RouteContext &context)
{
    const QStringList ids = QStringList{baseModel(context.options)} + simulatorAdapters();
    // ?limit= and ?after_id= make pages of it, as they do there.
    const QUrlQuery query(QString::fromLatin1(request.query));
    const QString after = query.queryItemValue(u"after_id"_s, QUrl::FullyDecoded);
    const qsizetype from = after.isEmpty() ? 0 : ids.indexOf(after) + 1;
    const int limit = std::max(query.queryItemValue(u"limit"_s).toInt(), 0);
    const QStringList page = ids.mid(from, limit > 0 ? limit : 20);
    QJsonArray data;
    for (const QString &id : page) {
        data.append(QJsonObject{{"id"_L1, id}, {"type"_L1, u"model"_s},
            {"display_name"_L1, u"Simulated "_s + id}, {"created_at"_L1, u"2026-01-01T00:00:00Z"_s},
            {"max_input_tokens"_L1, context.options.contextLength}, {"max_tokens"_L1, 4096}});
    }
    return jsonResponse({{"data"_L1, data}, {"has_more"_L1, from + page.size() < ids.size()},
        {"first_id"_L1, page.value(0)}, {"last_id"_L1, page.value(page.size() - 1)}});
}

constexpr Route routes[] = {
    {"POST", "/v1/messages", true, messages},
    {"GET", "/v1/models", true, models},
};

} // namespace

const Personality &anthropicPersonality();

const Personality &anthropicPersonality()
{
    static const Personality personality{.name = "anthropic"_L1,
        .text = "Anthropic's Messages"_L1,
        .routes = routes,
        .refuse = refuse,
        .holdsKey = holdsKey,
        .headers = {},
        .base = {}};
    return personality;
}

} // namespace Lorikeet::Sim
