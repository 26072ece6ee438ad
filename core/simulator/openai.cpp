// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/openai.h"

#include "base/random.h"
#include "simulator/openairequest.h"
#include "simulator/wire.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

QJsonObject usageObject(qint64 prompt, qint64 completion)
{
    return {{"prompt_tokens"_L1, prompt}, {"completion_tokens"_L1, completion},
        {"total_tokens"_L1, prompt + completion}};
}

QJsonObject logprobEntry(const QByteArray &token, double logprob)
{
    QJsonArray bytes;
    for (const char c : token) {
        bytes.append(static_cast<quint8>(c));
    }
    return {{"token"_L1, QString::fromUtf8(token)}, {"logprob"_L1, logprob}, {"bytes"_L1, bytes}};
}

class ChatFormat final : public AnswerFormat
{
public:
    ChatFormat(Script script, const ChatCall &call, const OpenAiStyle &style)
        : AnswerFormat(std::move(script))
        , m_call(call)
        , m_style(style)
        , m_id("chatcmpl-"
              + QByteArray::number(
                  stableHash(this->script().requestId, this->script().answers[0].entropy), 16))
        , m_created(QDateTime::currentSecsSinceEpoch())
    {
        m_prefix = "data: {\"id\":\"" + m_id
            + "\",\"object\":\"chat.completion.chunk\",\"created\":" + QByteArray::number(m_created)
            + ",\"model\":";
        appendJsonString(m_prefix, m_call.model.toUtf8());
        m_prefix += m_style.extra;
        m_prefix += ",\"choices\":[{\"index\":";
    }

    [[nodiscard]] ServerResponse streamHead() const override
    {
        return {.contentType = "text/event-stream; charset=utf-8",
            .headers = {{"x-request-id", script().requestId}}};
    }

    [[nodiscard]] QList<QByteArray> begin() override
    {
        QList<QByteArray> events;
        if (!m_style.firstChunk.isEmpty()) {
            events.append("data: " + m_style.firstChunk.toByteArray() + "\n\n");
        }
        for (size_t choice = 0; choice < script().answers.size(); ++choice) {
            QByteArray event = m_prefix + QByteArray::number(choice)
                + ",\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,"
                  "\"finish_reason\":null}]";
            if (m_call.continuousUsage) {
                appendUsage(event);
            }
            events.append(event + "}\n\n");
        }
        return events;
    }

    void appendToken(QByteArray &out, size_t choice, size_t index) override
    {
        const Answer &answer = script().answers[choice];
        ++m_sent;
        if (isHidden(answer, index)) {
            return;
        }
        const bool isTool = answer.pieces[index].channel == Channel::ToolArguments;
        if (isTool && (index == 0 || answer.pieces[index - 1].channel != Channel::ToolArguments)) {
            appendToolCall(out, answer, choice);
        }
        out += m_prefix;
        out += QByteArray::number(choice);
        out += ",\"delta\":";
        appendDelta(out, answer, index);
        if (m_call.logprobs && answer.pieces[index].channel == Channel::Content) {
            out += ",\"logprobs\":{\"content\":[";
            out += QJsonDocument(logprob(answer, index)).toJson(QJsonDocument::Compact);
            out += "]},\"finish_reason\":null}]";
        } else {
            out += ",\"logprobs\":null,\"finish_reason\":null}]";
        }
        if (m_call.continuousUsage) {
            appendUsage(out);
        }
        out += "}\n\n";
    }

    [[nodiscard]] QList<QByteArray> finish(size_t choice) override
    {
        if (!script().withFinish()) {
            return {};
        }
        const Answer &answer = script().answers[choice];
        QByteArray event = m_prefix + QByteArray::number(choice) + ",\"delta\":" + lastDelta(answer)
            + ",\"logprobs\":null,\"finish_reason\":\"" + finishReason(answer) + '"';
        if (!m_style.stopMember.isEmpty()) {
            event += ",\"" + m_style.stopMember.toByteArray() + "\":";
            if (answer.stopText.isEmpty()) {
                event += "null";
            } else {
                appendJsonString(event, answer.stopText.toUtf8());
            }
        }
        event += "}]";
        if (m_call.continuousUsage || m_style.usageWithFinish) {
            appendUsage(event);
        }
        return {event + "}\n\n"};
    }

    [[nodiscard]] QList<QByteArray> end(const SimulatorRecord &record) override
    {
        QList<QByteArray> events;
        if (m_call.includeUsage && !m_style.usageWithFinish && script().withFinish()) {
            // The prefix ends with the opening of a choice, which this chunk does not have.
            QByteArray event = m_prefix.first(m_prefix.lastIndexOf("{\"index\":")) + ']';
            appendUsage(event);
            if (m_style.timings) {
                event += ",\"timings\":"
                    + QJsonDocument(timings(record)).toJson(QJsonDocument::Compact);
            }
            events.append(event + "}\n\n");
        }
        if (script().withDone()) {
            events.append("data: [DONE]\n\n");
        }
        return events;
    }

    [[nodiscard]] QList<QByteArray> failure() const override
    {
        QList<QByteArray> events{"data: " + wholeFailure().body + "\n\n"};
        if (m_style.doneAfterError) {
            events.append("data: [DONE]\n\n");
        }
        return events;
    }

    [[nodiscard]] ServerResponse whole(const SimulatorRecord &record) const override
    {
        QJsonArray choices;
        for (size_t i = 0; i < script().answers.size(); ++i) {
            choices.append(choiceObject(i));
        }
        QJsonObject body{{"id"_L1, QString::fromLatin1(m_id)}, {"object"_L1, u"chat.completion"_s},
            {"created"_L1, m_created}, {"model"_L1, m_call.model}, {"choices"_L1, choices},
            {"usage"_L1, usageObject(script().promptTokens, record.completionTokens)}};
        const QByteArray extra
            = '{' + m_style.extra.sliced(m_style.extra.isEmpty() ? 0 : 1).toByteArray() + '}';
        const QJsonObject members = QJsonDocument::fromJson(extra).object();
        for (auto it = members.begin(); it != members.end(); ++it) {
            body.insert(it.key(), it.value());
        }
        if (m_style.timings) {
            body.insert("timings"_L1, timings(record));
        }
        ServerResponse response = jsonResponse(body);
        response.headers.append(Header{"x-request-id", script().requestId});
        return response;
    }

    [[nodiscard]] ServerResponse wholeFailure() const override
    {
        return m_style.refuse({},
            {.status = 500,
                .type = u"InternalServerError"_s,
                .message = u"The simulated engine failed on purpose while it wrote this "
                           "answer."_s});
    }

private:
    /// What a stream does not show of an answer at its own time.
    [[nodiscard]] bool isHidden(const Answer &answer, size_t index) const
    {
        const Channel channel = answer.pieces[index].channel;
        return (channel == Channel::Reasoning && m_style.reasoning.isEmpty())
            || (channel == Channel::ToolArguments && m_style.wholeToolCalls);
    }

    [[nodiscard]] QByteArray lastDelta(const Answer &answer) const
    {
        if (answer.tool.isEmpty()) {
            return "{\"content\":\"\"}";
        }
        return m_style.wholeToolCalls ? "{\"tool_calls\":"
                + QJsonDocument(toolCalls(answer, true)).toJson(QJsonDocument::Compact) + '}'
                                      : "{}"_ba;
    }

    [[nodiscard]] static QJsonArray toolCalls(const Answer &answer, bool inChunk)
    {
        if (answer.tool.isEmpty()) {
            return {};
        }
        QJsonObject call{{"id"_L1, QString::fromLatin1(toolCallId(answer))},
            {"type"_L1, u"function"_s},
            {"function"_L1,
                QJsonObject{{"name"_L1, answer.tool},
                    {"arguments"_L1, QString::fromUtf8(answer.joined(Channel::ToolArguments))}}}};
        if (inChunk) {
            call.insert("index"_L1, 0);
        }
        return {call};
    }

    [[nodiscard]] QJsonObject timings(const SimulatorRecord &record) const
    {
        const TimePoint first = record.planned.empty() ? record.admitted : record.planned.front();
        const TimePoint last = record.planned.empty() ? first : record.planned.back();
        return {{"cache_n"_L1, 0}, {"prompt_n"_L1, script().promptTokens},
            {"prompt_ms"_L1, toMilliseconds(first - record.admitted)},
            {"predicted_n"_L1, record.completionTokens},
            {"predicted_ms"_L1, toMilliseconds(last - first)}};
    }

    /// The event that opens a tool call: its id and name, and no arguments yet.
    void appendToolCall(QByteArray &out, const Answer &answer, size_t choice) const
    {
        out += m_prefix + QByteArray::number(choice)
            + ",\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"" + toolCallId(answer)
            + "\",\"type\":\"function\",\"function\":{\"name\":";
        appendJsonString(out, answer.tool.toUtf8());
        out += ",\"arguments\":\"\"}}]},\"logprobs\":null,\"finish_reason\":null}]}\n\n";
    }

    void appendDelta(QByteArray &out, const Answer &answer, size_t index) const
    {
        switch (answer.pieces[index].channel) {
        case Channel::Reasoning:
            out += "{\"";
            out += m_style.reasoning;
            out += "\":";
            break;
        case Channel::Content:
            out += "{\"content\":";
            break;
        case Channel::ToolArguments:
            out += "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":";
            appendJsonString(out, answer.piece(index));
            out += "}}]}";
            return;
        }
        appendJsonString(out, answer.piece(index));
        out += '}';
    }

    void appendUsage(QByteArray &out) const
    {
        out += ",\"usage\":{\"prompt_tokens\":" + QByteArray::number(script().promptTokens)
            + ",\"total_tokens\":" + QByteArray::number(script().promptTokens + m_sent)
            + ",\"completion_tokens\":" + QByteArray::number(m_sent) + '}';
    }

    [[nodiscard]] QJsonObject logprob(const Answer &answer, size_t index) const
    {
        return logprobObject(answer, index, m_call.topLogprobs);
    }

    [[nodiscard]] QByteArray finishReason(const Answer &answer) const
    {
        if (answer.end == AnswerEnd::Length) {
            return "length";
        }
        return answer.tool.isEmpty() || m_call.toolWasNamed ? "stop" : "tool_calls";
    }

    [[nodiscard]] static QByteArray toolCallId(const Answer &answer)
    {
        return "chatcmpl-tool-" + QByteArray::number(answer.entropy, 16).rightJustified(16, '0');
    }

    [[nodiscard]] QJsonObject choiceObject(size_t index) const
    {
        const Answer &answer = script().answers[index];
        const QByteArray reasoning = answer.joined(Channel::Reasoning);
        QJsonObject message{{"role"_L1, u"assistant"_s},
            {"content"_L1,
                answer.tool.isEmpty()
                    ? QJsonValue(QString::fromUtf8(answer.joined(Channel::Content)))
                    : QJsonValue()},
            {"refusal"_L1, QJsonValue()}, {"tool_calls"_L1, toolCalls(answer, false)}};
        if (!m_style.reasoning.isEmpty()) {
            message.insert(QLatin1StringView(m_style.reasoning),
                reasoning.isEmpty() ? QJsonValue() : QJsonValue(QString::fromUtf8(reasoning)));
        }
        QJsonValue logprobs;
        if (m_call.logprobs) {
            QJsonArray content;
            for (size_t i = 0; i < answer.count(); ++i) {
                if (answer.pieces[i].channel == Channel::Content) {
                    content.append(logprob(answer, i));
                }
            }
            logprobs = QJsonObject{{"content"_L1, content}};
        }
        QJsonObject object{{"index"_L1, static_cast<int>(index)}, {"message"_L1, message},
            {"logprobs"_L1, logprobs},
            {"finish_reason"_L1,
                script().withFinish() ? QJsonValue(QString::fromLatin1(finishReason(answer)))
                                      : QJsonValue()}};
        if (!m_style.stopMember.isEmpty()) {
            object.insert(QLatin1StringView(m_style.stopMember),
                answer.stopText.isEmpty() ? QJsonValue() : QJsonValue(answer.stopText));
        }
        return object;
    }

    ChatCall m_call;
    const OpenAiStyle &m_style;
    QByteArray m_id;
    qint64 m_created;
    QByteArray m_prefix; ///< of every chunk, up to the choice's index
    qint64 m_sent = 0; ///< tokens
};

} // namespace

QJsonObject logprobObject(const Answer &answer, size_t index, int alternatives)
{
    const TokenProbability probability = tokenProbability(answer, index, std::max(alternatives, 1));
    QJsonObject entry = logprobEntry(answer.piece(index).toByteArray(), probability.logprob);
    QJsonArray top;
    for (int i = 0; i < alternatives && i < std::ssize(probability.alternatives); ++i) {
        const auto &[token, value] = probability.alternatives[static_cast<size_t>(i)];
        top.append(logprobEntry(token, value));
    }
    entry.insert("top_logprobs"_L1, top);
    return entry;
}

RouteReply openAiChat(
    const ServerRequest &request, const RouteContext &context, const OpenAiStyle &style)
{
    auto body = readObject(request.body);
    if (!body) {
        return style.refuse(request, body.error());
    }
    if (style.adapt != nullptr) {
        if (const std::optional<Refusal> refused = style.adapt(*body, context)) {
            return style.refuse(request, *refused);
        }
    }
    const auto call = readChatCall(*body, context.options);
    if (!call) {
        return style.refuse(request, call.error());
    }
    Script script = scriptFor(call->generation, context, call->stream);
    script.fault = call->fault;
    return std::make_unique<ChatFormat>(std::move(script), *call, style);
}

} // namespace Lorikeet::Sim
