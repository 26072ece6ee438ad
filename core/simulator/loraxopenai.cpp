// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/loraxopenai.h"

#include "simulator/loraxformat.h"
#include "simulator/wire.h"

#include <QDateTime>
#include <QJsonArray>

#include <span>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

class LoraxOpenAiFormat : public LoraxFormat
{
public:
    using LoraxFormat::LoraxFormat;

    [[nodiscard]] QList<QByteArray> begin() override { return {}; }

    void appendToken(QByteArray &out, size_t choice, size_t index) override
    {
        const Answer &answer = script().answers[choice];
        // Without an end-of-text token the last one carries the end.
        const bool isLast = index + 1 == answer.count() && answer.end != AnswerEnd::Natural;
        appendEvent(out, answer, shownPiece(answer, index), false, isLast && script().withFinish());
    }

    [[nodiscard]] QList<QByteArray> finish(size_t choice) override
    {
        const Answer &answer = script().answers[choice];
        if (answer.end != AnswerEnd::Natural || !script().withFinish()) {
            return {};
        }
        QByteArray event;
        appendEvent(event, answer, {}, true, true);
        return {event};
    }

    [[nodiscard]] QList<QByteArray> end(const SimulatorRecord & /*record*/) override
    {
        return script().withDone() ? QList<QByteArray>{"data: [DONE]\n\n"} : QList<QByteArray>();
    }

    [[nodiscard]] ServerResponse whole(const SimulatorRecord &record) const override
    {
        QJsonArray choices;
        for (const Answer &answer : shownAnswers()) {
            QJsonObject choice = choiceObject(answer);
            choice.insert("index"_L1, choices.size());
            // The losers of several have the winner's.
            choice.insert("finish_reason"_L1, QString::fromLatin1(finishReason(winner())));
            choices.append(choice);
        }
        QJsonObject body = head();
        body.insert("id"_L1, u"null"_s);
        body.insert("object"_L1, u"text_completion"_s); // of chats too
        body.insert("choices"_L1, choices);
        body.insert("usage"_L1,
            QJsonObject{{"prompt_tokens"_L1, script().promptTokens},
                {"total_tokens"_L1, script().promptTokens + generatedTokens(winner())},
                {"completion_tokens"_L1, generatedTokens(winner())}});
        ServerResponse response = jsonResponse(body);
        response.headers = commonHeaders();
        response.headers.append(timingHeaders(record));
        return response;
    }

protected:
    /// One event: a piece of text, or the end-of-text token.
    virtual void appendEvent(QByteArray &out, const Answer &answer, const QByteArray &text,
        bool isEos, bool isFinal) const
        = 0;
    /// What differs at the top of a whole answer, and its choices but for index and reason.
    [[nodiscard]] virtual QJsonObject head() const = 0;
    [[nodiscard]] virtual QJsonObject choiceObject(const Answer &answer) const = 0;

    [[nodiscard]] virtual std::span<const Answer> shownAnswers() const { return script().answers; }

    [[nodiscard]] QByteArray finishReason(const Answer &answer) const
    {
        if (isCut(answer)) {
            return "length";
        }
        return answer.end == AnswerEnd::StopSequence ? "content_filter" : "stop";
    }

    /// `finish_reason` and what follows it, to the end of the event.
    void appendTail(
        QByteArray &out, const Answer &answer, bool isFinal, const QByteArray &usage) const
    {
        out += ",\"finish_reason\":";
        out += isFinal ? '"' + finishReason(answer) + '"' : QByteArray("null");
        out += "}]" + usage + "}\n\n";
    }

    [[nodiscard]] QByteArray usage(const Answer &answer, bool isFinal) const
    {
        const qint64 prompt = isFinal ? script().promptTokens : 0;
        const qint64 generated = isFinal ? generatedTokens(answer) : 0;
        return ",\"usage\":{\"prompt_tokens\":" + QByteArray::number(prompt)
            + ",\"total_tokens\":" + QByteArray::number(prompt + generated)
            + ",\"completion_tokens\":" + QByteArray::number(generated) + '}';
    }

private:
    /// A piece as it is streamed. Of a tool call that is the text the grammar forces, raw.
    [[nodiscard]] static QByteArray shownPiece(const Answer &answer, size_t index)
    {
        QByteArray piece = answer.piece(index).toByteArray();
        if (answer.pieces[index].channel != Channel::ToolArguments) {
            return piece;
        }
        const auto isTool = [&answer](size_t i) {
            return i < answer.count() && answer.pieces[i].channel == Channel::ToolArguments;
        };
        if (index == 0 || !isTool(index - 1)) {
            const bool hasMore = answer.joined(Channel::ToolArguments).simplified() != "{}";
            QByteArray opening = "{\"function\":{\"_name\":";
            appendJsonString(opening, answer.tool.toUtf8());
            piece = opening + (hasMore ? "," : "") + piece.sliced(1);
        }
        return isTool(index + 1) ? piece : piece + '}';
    }
};

class ChatFormat final : public LoraxOpenAiFormat
{
public:
    using LoraxOpenAiFormat::LoraxOpenAiFormat;

protected:
    void appendEvent(QByteArray &out, const Answer &answer, const QByteArray &text, bool isEos,
        bool isFinal) const override
    {
        out += "data: {\"id\":\"null\",\"object\":\"chat.completion.chunk\",\"created\":0,"
               "\"model\":\"null\",\"choices\":[{\"index\":0,\"delta\":";
        if (isEos) {
            out += "{}";
        } else {
            out += "{\"role\":\"assistant\",\"content\":";
            appendJsonString(out, text);
            out += '}';
        }
        appendTail(out, answer, isFinal, isFinal ? usage(answer, true) : QByteArray());
    }

    [[nodiscard]] QJsonObject head() const override
    {
        return {{"created"_L1, QDateTime::currentSecsSinceEpoch()}, {"model"_L1, script().model},
            {"system_fingerprint"_L1, u"0.1.0-native"_s}};
    }

    [[nodiscard]] QJsonObject choiceObject(const Answer &answer) const override
    {
        QJsonObject message{{"role"_L1, u"assistant"_s}};
        if (answer.tool.isEmpty()) {
            message.insert("content"_L1, QString::fromUtf8(answer.text));
        } else {
            const QJsonObject function{{"description"_L1, QJsonValue()}, {"name"_L1, answer.tool},
                {"arguments"_L1, QString::fromUtf8(answer.joined(Channel::ToolArguments))}};
            message.insert("tool_calls"_L1,
                QJsonArray{QJsonObject{
                    {"id"_L1, u"0"_s}, {"type"_L1, u"function"_s}, {"function"_L1, function}}});
        }
        return {{"message"_L1, message}};
    }
};

class CompletionFormat final : public LoraxOpenAiFormat
{
public:
    using LoraxOpenAiFormat::LoraxOpenAiFormat;

protected:
    void appendEvent(QByteArray &out, const Answer &answer, const QByteArray &text, bool /*isEos*/,
        bool isFinal) const override
    {
        out += "data: {\"id\":\"null\",\"object\":\"text_completion\",\"created\":0,"
               "\"model\":\"null\",\"choices\":[{\"index\":0,\"text\":";
        appendJsonString(out, text);
        out += ",\"logprobs\":null";
        appendTail(out, answer, isFinal, usage(answer, isFinal));
    }

    [[nodiscard]] QJsonObject head() const override
    {
        return {{"created"_L1, 0}, {"model"_L1, u"null"_s}};
    }

    /// best_of does not show its losers here.
    [[nodiscard]] std::span<const Answer> shownAnswers() const override
    {
        return std::span(script().answers).first(1);
    }

    [[nodiscard]] QJsonObject choiceObject(const Answer &answer) const override
    {
        const QString echoed = call().returnFullText ? call().inputs : QString();
        return {
            {"text"_L1, echoed + QString::fromUtf8(answer.text)}, {"logprobs"_L1, QJsonValue()}};
    }
};

} // namespace

std::unique_ptr<AnswerFormat> loraxOpenAiFormat(
    Script script, const LoraxCall &call, LoraxRoute route)
{
    if (route == LoraxRoute::Chat) {
        return std::make_unique<ChatFormat>(std::move(script), call);
    }
    return std::make_unique<CompletionFormat>(std::move(script), call);
}

} // namespace Lorikeet::Sim
