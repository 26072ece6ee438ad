// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/responses.h"

#include "simulator/openairequest.h"
#include "simulator/wire.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

/// The items of `input` as messages; of calls and their results the latter count.
QJsonArray messagesFrom(const QJsonObject &body)
{
    QJsonArray messages;
    const auto add = [&messages](const QString &role, const QJsonValue &content) {
        messages.append(QJsonObject{{"role"_L1, role}, {"content"_L1, content}});
    };
    if (body["instructions"_L1].isString()) {
        add(u"system"_s, body["instructions"_L1]);
    }
    const QJsonValue input = body["input"_L1];
    if (input.isString()) {
        add(u"user"_s, input);
    }
    const QJsonArray items = input.toArray();
    for (const QJsonValue &item : items) {
        const QString type = item["type"_L1].toString(u"message"_s);
        if (type == "function_call_output"_L1) {
            add(u"tool"_s, item["output"_L1]);
        } else if (type == "message"_L1) {
            QJsonValue content = item["content"_L1];
            if (content.isArray()) {
                QString text;
                const QJsonArray parts = content.toArray();
                for (const QJsonValue &part : parts) {
                    text += part["text"_L1].toString();
                }
                content = text;
            }
            add(item["role"_L1].toString(), content);
        }
    }
    return messages;
}

/// A body in the form of chat completions.
QJsonObject translated(const QJsonObject &body)
{
    QJsonObject chat{{"model"_L1, body["model"_L1]}, {"messages"_L1, messagesFrom(body)},
        {"stream"_L1, body["stream"_L1].toBool()}};
    for (const auto &[from, to] : {std::pair("temperature"_L1, "temperature"_L1),
             {"top_p"_L1, "top_p"_L1}, {"max_output_tokens"_L1, "max_tokens"_L1}}) {
        if (body.contains(from)) {
            chat.insert(to, body[from]);
        }
    }
    if (const QJsonValue effort = body["reasoning"_L1]["effort"_L1]; effort.isString()) {
        chat.insert("reasoning_effort"_L1, effort);
    }
    const QJsonValue format = body["text"_L1]["format"_L1];
    if (format["type"_L1] == "json_schema"_L1) {
        chat.insert("response_format"_L1,
            QJsonObject{{"type"_L1, u"json_schema"_s}, {"json_schema"_L1, format}});
    } else if (format["type"_L1] == "json_object"_L1) {
        chat.insert("response_format"_L1, format);
    }
    QJsonArray tools;
    const QJsonArray flat = body["tools"_L1].toArray();
    for (const QJsonValue &tool : flat) {
        if (tool["type"_L1] == "function"_L1) {
            tools.append(QJsonObject{{"type"_L1, u"function"_s}, {"function"_L1, tool}});
        }
    }
    if (!tools.isEmpty()) {
        chat.insert("tools"_L1, tools);
    }
    return chat;
}

class ResponsesFormat final : public AnswerFormat
{
public:
    ResponsesFormat(Script script, const ChatCall &call, const OpenAiStyle &style)
        : AnswerFormat(std::move(script))
        , m_call(call)
        , m_style(style)
        , m_suffix(QString::number(this->script().answers.front().entropy, 16))
        , m_created(QDateTime::currentSecsSinceEpoch())
    { }

    [[nodiscard]] ServerResponse streamHead() const override
    {
        return {.contentType = "text/event-stream; charset=utf-8",
            .headers = {{"x-request-id", script().requestId}}};
    }

    [[nodiscard]] QList<QByteArray> begin() override
    {
        const QJsonObject response = responseObject(u"in_progress"_s);
        return {event(u"response.created"_s, {{"response"_L1, response}}),
            event(u"response.in_progress"_s, {{"response"_L1, response}})};
    }

    void appendToken(QByteArray &out, size_t choice, size_t index) override
    {
        const Answer &answer = script().answers[choice];
        const Channel channel = answer.pieces[index].channel;
        if (index == 0 || answer.pieces[index - 1].channel != channel) {
            if (index > 0) {
                out += event(u"response.output_item.done"_s,
                    {{"item"_L1, item(answer, answer.pieces[index - 1].channel, true)}});
                ++m_item;
            }
            out += event(
                u"response.output_item.added"_s, {{"item"_L1, item(answer, channel, false)}});
        }
        out += event(deltaName(channel),
            {{"item_id"_L1, itemId(channel)},
                {"delta"_L1, QString::fromUtf8(answer.piece(index))}});
    }

    [[nodiscard]] QList<QByteArray> finish(size_t choice) override
    {
        const Answer &answer = script().answers[choice];
        if (answer.count() == 0 || !script().withFinish()) {
            return {};
        }
        return {event(u"response.output_item.done"_s,
            {{"item"_L1, item(answer, answer.pieces.back().channel, true)}})};
    }

    [[nodiscard]] QList<QByteArray> end(const SimulatorRecord &record) override
    {
        if (!script().withDone()) {
            return {};
        }
        return {event(u"response."_s + status(), {{"response"_L1, finished(record)}})};
    }

    [[nodiscard]] QList<QByteArray> failure() const override
    {
        QJsonObject response = responseObject(u"failed"_s);
        response.insert("error"_L1,
            QJsonObject{{"code"_L1, u"server_error"_s},
                {"message"_L1,
                    u"The simulated engine failed on purpose while it wrote this answer."_s}});
        return {event(u"response.failed"_s, {{"response"_L1, response}})};
    }

    [[nodiscard]] QByteArray malformed() const override
    {
        return "event: response.output_text.delta\ndata: {\"type\":\n\n";
    }

    [[nodiscard]] ServerResponse whole(const SimulatorRecord &record) const override
    {
        return jsonResponse(finished(record));
    }

    [[nodiscard]] ServerResponse wholeFailure() const override
    {
        return m_style.refuse({},
            {.status = 500,
                .type = u"InternalServerError"_s,
                .message
                = u"The simulated engine failed on purpose while it wrote this answer."_s});
    }

private:
    [[nodiscard]] QByteArray event(const QString &type, QJsonObject data) const
    {
        data.insert("type"_L1, type);
        data.insert("sequence_number"_L1, m_number++);
        if (!data.contains("response"_L1)) {
            data.insert("output_index"_L1, m_item);
        }
        return "event: " + type.toLatin1()
            + "\ndata: " + QJsonDocument(data).toJson(QJsonDocument::Compact) + "\n\n";
    }

    static QString deltaName(Channel channel)
    {
        switch (channel) {
        case Channel::Reasoning:
            return u"response.reasoning_text.delta"_s;
        case Channel::ToolArguments:
            return u"response.function_call_arguments.delta"_s;
        case Channel::Content:
            break;
        }
        return u"response.output_text.delta"_s;
    }

    [[nodiscard]] QString itemId(Channel channel) const
    {
        const QString kind = channel == Channel::Reasoning ? u"rs_"_s
            : channel == Channel::Content                  ? u"msg_"_s
                                                           : u"fc_"_s;
        return kind + m_suffix;
    }

    [[nodiscard]] QJsonObject item(const Answer &answer, Channel channel, bool done) const
    {
        const QString text = done ? QString::fromUtf8(answer.joined(channel)) : QString();
        QJsonObject object{
            {"id"_L1, itemId(channel)}, {"status"_L1, done ? u"completed"_s : u"in_progress"_s}};
        if (channel == Channel::ToolArguments) {
            object.insert("type"_L1, u"function_call"_s);
            object.insert("call_id"_L1, u"call_"_s + m_suffix);
            object.insert("name"_L1, answer.tool);
            object.insert("arguments"_L1, text);
            return object;
        }
        const bool isText = channel == Channel::Content;
        QJsonArray content;
        if (done) {
            QJsonObject part{
                {"type"_L1, isText ? u"output_text"_s : u"reasoning_text"_s}, {"text"_L1, text}};
            if (isText) {
                part.insert("annotations"_L1, QJsonArray());
            }
            content.append(part);
        }
        object.insert("type"_L1, isText ? u"message"_s : u"reasoning"_s);
        object.insert("content"_L1, content);
        if (isText) {
            object.insert("role"_L1, u"assistant"_s);
        } else {
            object.insert("summary"_L1, QJsonArray());
        }
        return object;
    }

    [[nodiscard]] QJsonObject responseObject(const QString &status) const
    {
        return {{"id"_L1, u"resp_"_s + m_suffix}, {"object"_L1, u"response"_s},
            {"created_at"_L1, m_created}, {"status"_L1, status}, {"model"_L1, m_call.model},
            {"output"_L1, QJsonArray()}, {"error"_L1, QJsonValue()},
            {"incomplete_details"_L1, QJsonValue()}, {"usage"_L1, QJsonValue()}};
    }

    [[nodiscard]] QString status() const
    {
        return script().answers.front().end == AnswerEnd::Length ? u"incomplete"_s : u"completed"_s;
    }

    [[nodiscard]] QJsonObject finished(const SimulatorRecord &record) const
    {
        const Answer &answer = script().answers.front();
        QJsonObject response = responseObject(status());
        QJsonArray output;
        for (const Channel channel :
            {Channel::Reasoning, Channel::Content, Channel::ToolArguments}) {
            const bool isThere = std::any_of(answer.pieces.begin(), answer.pieces.end(),
                [channel](const Answer::Piece &piece) { return piece.channel == channel; });
            if (isThere) {
                output.append(item(answer, channel, true));
            }
        }
        response.insert("output"_L1, output);
        if (answer.end == AnswerEnd::Length) {
            response.insert(
                "incomplete_details"_L1, QJsonObject{{"reason"_L1, u"max_output_tokens"_s}});
        }
        const auto reasoning = std::count_if(answer.pieces.begin(), answer.pieces.end(),
            [](const Answer::Piece &piece) { return piece.channel == Channel::Reasoning; });
        response.insert("usage"_L1,
            QJsonObject{{"input_tokens"_L1, script().promptTokens},
                {"input_tokens_details"_L1, QJsonObject{{"cached_tokens"_L1, 0}}},
                {"output_tokens"_L1, record.completionTokens},
                {"output_tokens_details"_L1,
                    QJsonObject{{"reasoning_tokens"_L1, qint64(reasoning)}}},
                {"total_tokens"_L1, script().promptTokens + record.completionTokens}});
        return response;
    }

    ChatCall m_call;
    const OpenAiStyle &m_style;
    QString m_suffix;
    qint64 m_created;
    int m_item = 0;
    mutable qint64 m_number = 0;
};

} // namespace

RouteReply openAiResponses(
    const ServerRequest &request, const RouteContext &context, const OpenAiStyle &style)
{
    const auto body = readObject(request.body);
    if (!body) {
        return style.refuse(request, body.error());
    }
    QJsonObject chat = translated(*body);
    if (style.adapt != nullptr) {
        if (const auto refused = style.adapt(chat, context)) {
            return style.refuse(request, *refused);
        }
    }
    const auto call = readChatCall(chat, context.options);
    if (!call) {
        return style.refuse(request, call.error());
    }
    Script script = scriptFor(call->generation, context, call->stream);
    script.fault = call->fault;
    return std::make_unique<ResponsesFormat>(std::move(script), *call, style);
}

} // namespace Lorikeet::Sim
