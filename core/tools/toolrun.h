// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/chatoutcome.h"
#include "schema/answerjson.h"
#include "schema/schemacarrier.h"
#include "tools/toolcall.h"
#include "tools/toolcarrier.h"

#include <QObject>

#include <functional>
#include <memory>

namespace Lorikeet {

class ChatStream;

struct ToolRunOptions
{
    /// One that forces a call holds for the first answer alone: else there would be no last one.
    ToolChoice choice;
    int limit = 8; ///< at least 1: how many answers with calls are answered
    std::optional<JsonSchema> schema; ///< what the last answer is held to
    bool isEmbeddingFine = false; ///< JSON in a code fence or among words will do
};

/// A call and its answer.
struct ToolExchange
{
    ToolQuestion question;
    ToolReply reply;
};

/// One answer of the model, and what its calls were answered with.
struct ToolTurn
{
    ChatRequest request; ///< as it was sent
    ChatOutcome outcome; ///< its calls with ids; see withIds()
    QList<ToolExchange> exchanges;
};

struct ToolResult
{
    QList<ToolTurn> turns; ///< all there were, in order
    std::optional<AnswerCheck> check; ///< of the last answer, where there is a schema
    std::optional<ApiError> error; ///< set too where the last answer does not keep to the schema
};

/// Asks a model that has tools, answers what it calls, and asks again until it calls no more.
///
/// Lives in one thread; what it calls is checked in another. Signals come from the event loop.
class ToolRun final : public QObject
{
    Q_OBJECT

public:
    /// Starts a request; the stream keeps the contract of ChatStream and lives in the same thread.
    using Asker = std::function<std::unique_ptr<ChatStream>(const Target &, const ChatRequest &)>;
    using Answerers = std::vector<std::shared_ptr<ToolAnswerer>>;

    /// Each call goes to the first of `answerers` that has an answer to it; one with a problem goes
    /// to none, and the model is told what is wrong.
    ToolRun(Asker asker, const Target &target, const ChatRequest &request, const QList<Tool> &tools,
        const ToolRunOptions &options, Answerers answerers, QObject *parent = nullptr);
    ~ToolRun() override;

    /// What a person should know before it is sent; see CarriedTools.
    [[nodiscard]] const QStringList &notes() const { return m_notes; }

    /// The answer that is being asked for; null between answers.
    [[nodiscard]] ChatStream *stream() const { return m_stream.get(); }

    void start();
    /// Ends with Kind::Cancelled, whatever is going on; what there was is kept.
    void stop();

Q_SIGNALS:
    /// An answer, counted from 0, is about to be asked for; stream() is its own.
    void asking(int turn);
    void events(int turn, const Lorikeet::StreamEvents &events);
    /// The answer is there; if it calls, what it calls comes next.
    void answered(int turn, const Lorikeet::ChatOutcome &outcome);
    void calling(int turn, const Lorikeet::ToolQuestion &question);
    void called(int turn, const Lorikeet::ToolExchange &exchange);
    /// Once and last.
    void finished(const Lorikeet::ToolResult &result);

private:
    using Questions = QList<Result<ToolQuestion>>;

    void prepare(const ChatRequest &request);
    void ask();
    void onAnswered(const ChatOutcome &outcome);
    void onChecked(const Questions &questions);
    void nextCall();
    void onCalled(const ToolReply &reply);
    void checkLast(const ChatChoice &choice);
    void onLastChecked(const Result<AnswerCheck> &check);
    void end(const std::optional<ApiError> &error);

    Asker m_ask;
    Target m_target;
    QList<Tool> m_tools;
    ToolRunOptions m_options;
    Answerers m_answerers;
    Result<CarriedTools> m_first;
    Result<CarriedTools> m_later; ///< without the messages that have come
    QStringList m_notes;
    QList<Message> m_added; ///< messages that have come
    ToolResult m_result;
    QList<ToolQuestion> m_questions; ///< still to be answered
    int m_calls = 0; ///< so far
    std::unique_ptr<ChatStream> m_stream;
    QFuture<Questions> m_checking;
    QFuture<Result<ToolReply>> m_answering;
    QFuture<Result<AnswerCheck>> m_checkingLast;
    bool m_isOver = false;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::ToolExchange)
Q_DECLARE_METATYPE(Lorikeet::ToolResult)
