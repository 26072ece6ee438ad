// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "chat/conversation.h"
#include "chat/heldcall.h"
#include "model/chatoutcome.h"
#include "model/chatrequest.h"
#include "model/endpoint.h"

#include <QFuture>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QString>
#include <QUuid>

#include <functional>
#include <optional>

namespace Lorikeet {

class CallHold;
class ChatRun;
class ChatService;
class ConversationSaver;
class ConversationStore;
class SchemaHold;
struct AnswerCheck;
struct SchemaViolation;

/// Looks up an endpoint and its key.
using TargetResolver = std::function<QFuture<Result<Target>>(QUuid endpoint)>;

/// A conversation that is being held: its messages, the answers that stream into it, and their
/// keeping in the store. Lives in one thread, usually the UI's; knows no view.
///
/// Nothing here waits or locks. What goes wrong with an answer ends in its node (state Failed,
/// text kept); what cannot be done at all is told by refused(); the store's troubles by
/// storeFailed(), and what was not saved is tried again.
///
/// For list models: after pathChanged() the rows are conversation().path() anew, where a common
/// beginning has not changed. nodeChanged() concerns one row, textAppended() the end of one.
/// Every signal comes after the conversation has changed.
class ChatSession final : public QObject
{
    Q_OBJECT

public:
    /// `stored`: the conversation was loaded from the store; a new one is written with its first
    /// prompt or draft. `service` and `store` must outlive this. Waiting prompts it brings are
    /// held. An answer found in state Streaming is not taken up: it belongs to another program.
    ChatSession(Conversation conversation, bool stored, ChatService &service,
        ConversationStore &store, TargetResolver resolver, QObject *parent = nullptr);
    /// Ends running answers as Interrupted and hands everything to the store.
    ~ChatSession() override;

    [[nodiscard]] const Conversation &conversation() const { return m_conversation; }

    [[nodiscard]] const ChatSetup &setup() const { return m_conversation.head().setup; }

    /// Prompts that wait for the answer before them.
    [[nodiscard]] const QList<WaitingPrompt> &waiting() const
    {
        return m_conversation.head().waiting;
    }

    /// Also while calls of an answer wait to be answered.
    [[nodiscard]] bool isRunning() const { return !m_runs.isEmpty() || !m_calls.isEmpty(); }

    [[nodiscard]] bool isRunning(QUuid answer) const
    {
        return m_runs.contains(answer) || m_calls.contains(answer);
    }

    /// The calls of an answer that wait for the person; the model is asked again once all of them
    /// have an answer.
    [[nodiscard]] QList<HeldCall> openCalls(QUuid answer) const;
    /// What the model is told of one of them.
    void answerCall(
        QUuid answer, const QString &callId, const QString &content, bool isError = false);
    /// Lets the command of one of them run; `always`: and each time this chat would run that
    /// command, until it is closed.
    void runCall(QUuid answer, const QString &callId, bool always = false);
    /// Kills what runs for one of them, which waits again.
    void stopCall(QUuid answer, const QString &callId);
    /// An answer at the end of the path that calls tools and was left so: by a stop, or since the
    /// program was closed.
    [[nodiscard]] bool canTakeUpCalls(QUuid answer) const;
    /// Goes on where such an answer was left: what was answered of it since the program began is
    /// not asked, or run, again.
    void takeUpCalls(QUuid answer);

    /// The try that an answer waits for since one before it failed, until something of an answer
    /// comes; nothing where none failed. nodeChanged() tells of it.
    [[nodiscard]] std::optional<Retry> retry(QUuid answer) const
    {
        return m_runs.value(answer).retry;
    }

    [[nodiscard]] bool canUndoDelete() const { return !m_removed.isEmpty(); }

    /// What the next answers are asked with.
    void setSetup(const ChatSetup &setup);
    /// What is typed and not yet sent; saved within a second.
    void setDraft(const QString &text);
    /// An empty title goes back to the one made of the first prompt.
    void rename(const QString &title);
    void setPinned(bool pinned);

    /// Sends a prompt below the path's leaf, clears the draft, and asks for an answer. While that
    /// leaf is an answer that streams, the prompt waits for its end: when it ends well the prompt
    /// goes out by itself, after a stop or an error it is held. False: refused, nothing changed.
    /// `setup` is for this turn alone, in place of the present one.
    bool send(const QString &text, const std::optional<ChatSetup> &setup = std::nullopt);
    /// Adds a prompt below the path's leaf without asking for an answer. False: refused, since an
    /// answer still streams there or there is no text.
    bool addPrompt(const QString &text);
    /// Sends the held prompts, one after the other, below the path's leaf.
    void sendWaiting();
    /// An empty text removes it.
    void editWaiting(QUuid id, const QString &text);
    void removeWaiting(QUuid id);

    /// Keeps with an answer how long it took to warm up for it.
    void noteWarmUp(QUuid answer, Nanoseconds took);

    /// Ends one answer, or all; the text so far stays.
    void stop(QUuid answer);
    void stopAll();

    /// Asks again for an answer (or for one to a prompt), as a further version, with `setup` or
    /// the present one.
    void regenerate(QUuid id, const std::optional<ChatSetup> &setup = std::nullopt);
    /// Asks so many times more what an answer was asked, `atOnce` at a time, each time once,
    /// however many attempts there were; where it had a seed, each has the next one. What comes are
    /// versions beside it, and what is shown stays; see passRateOf(). Three requests in a row that
    /// fail end it. Of answers held to a schema alone.
    void sample(QUuid answer, int count, int atOnce = 1);
    /// How many are still to come of those beside this answer, running ones included.
    [[nodiscard]] int samplesLeft(QUuid answer) const;
    /// Sends the changed prompt as a new branch; the old one stays.
    void editPrompt(
        QUuid prompt, const QString &text, const std::optional<ChatSetup> &setup = std::nullopt);
    /// Lets the model go on with an answer that was cut off, where the server can; its new text is
    /// appended. Asked with what the answer was asked with. Metrics are then those of the last
    /// request.
    void continueAnswer(QUuid answer);

    /// Takes an answer for valid although there is more than JSON in it; see mayAcceptAround().
    /// From now on that is no fault in this chat.
    void acceptAround(QUuid answer);

    void selectVersion(QUuid id);
    /// Takes out a message and all below it, stopping what runs there.
    void deleteMessage(QUuid id);
    /// Puts back what was deleted last.
    void undoDelete();
    /// Copies the path down to `last` into a new conversation, saves it, and returns it.
    [[nodiscard]] Conversation fork(QUuid last);

    /// Hands everything unsaved to the store now. The future ends when it is written.
    QFuture<Result<>> flush();

Q_SIGNALS:
    void nodeAdded(QUuid id);
    void nodeChanged(QUuid id);
    /// What an answer brought, with the times its bytes arrived; before any other word of it.
    void streamed(QUuid answer, const Lorikeet::StreamEvents &events);
    void textAppended(QUuid id, const QString &text, const QString &reasoning);
    void pathChanged();
    void runningChanged();
    /// openCalls() of this answer are others.
    void callsChanged(QUuid answer);
    void waitingChanged();
    void titleChanged();
    void setupChanged();
    void undoChanged();
    /// Something asked for was not done; one sentence.
    void refused(const Lorikeet::ApiError &error);
    void storeFailed(const Lorikeet::ApiError &error);
    /// After storeFailed(): everything is saved again.
    void storeRecovered();

private:
    struct Run
    {
        ChatRun *run = nullptr; ///< a child of this
        ChatNode before; ///< the answer as it was before this request
        std::optional<Retry> retry; ///< is waited for, until anything of an answer comes
        SchemaHold *hold = nullptr; ///< a child of `run`; null: it is held to no schema
        std::optional<ChatOutcome> outcome; ///< it has ended, and is being checked
        QList<Tool> tools; ///< that it may call
        QStringList notes; ///< what was told of how these went out
    };

    /// Answers that are asked for to be counted.
    struct Sampling
    {
        ChatSetup setup;
        int left = 0; ///< not asked yet
        int atOnce = 1;
        int failures = 0; ///< requests in a row
        QSet<QUuid> running;
    };

    [[nodiscard]] bool mayAsk(const ChatSetup &setup);
    QUuid addBelow(QUuid parent, const QString &text);
    QUuid sendBelow(QUuid parent, const QString &text, const std::optional<ChatSetup> &setup);
    QUuid ask(QUuid prompt, const ChatSetup &setup, int attempt = 1);
    void run(QUuid answer, const ChatNode &before);
    [[nodiscard]] Result<ChatRequest> makeRequest(
        QUuid answer, bool continued, const Endpoint &endpoint);
    void onEvents(QUuid answer, const StreamEvents &events);
    void onFinished(QUuid answer, const ChatOutcome &outcome);
    void onViolated(QUuid answer, const SchemaViolation &violation);
    void settle(QUuid answer, const ChatOutcome &outcome, const QList<Result<AnswerCheck>> &checks);
    static void fill(ChatNode &node, const ChatNode &before, const ChatOutcome &outcome);
    void addFurtherChoices(
        QUuid answer, const QList<ChatChoice> &choices, const QList<Result<AnswerCheck>> &checks);
    void askAgain(const ChatNode &answer);

    void sampleOn(QUuid prompt);
    void onSampled(QUuid answer);
    void dropSamples(const QList<QUuid> &gone);
    /// The version that is shown says how many there are.
    void tellVersions(QUuid prompt);

    /// Reads the tools in a thread of the pool, and then does what is next; nothing more where the
    /// run is gone by then, with all that belongs to it.
    [[nodiscard]] QFuture<Result<Target>> prepareTools(ChatRun *run, QUuid answer,
        const QString &tools, std::function<QFuture<Result<Target>>()> next);
    /// It is an answer that calls tools of its setup.
    [[nodiscard]] static bool isCalling(const ChatNode &node);
    /// Gives the calls of an answer ids of their own.
    void fitCalls(ChatNode &node) const;
    void holdCalls(QUuid answer);
    /// All its calls are answered: asks again, below their results.
    void goOnFrom(QUuid answer);
    void failCalls(QUuid answer, const ApiError &error);
    /// Leaves its calls without an answer.
    void dropCalls(QUuid answer);
    /// Prompts that wait for `before` now wait for `next`.
    void waitFor(QUuid before, QUuid next);

    void afterAnswer(QUuid answer, bool endedWell);
    void sendNext(QUuid answer);
    void abandon(QUuid answer, ChatNode::State state);
    void added(QUuid id);
    void setTitle(const QString &title);
    void setWaiting(const QList<WaitingPrompt> &waiting);
    void choicesChanged(QUuid id);
    void refuse(const QString &sentence);

    Conversation m_conversation;
    ChatService &m_service;
    ConversationStore &m_store;
    TargetResolver m_resolver;
    ConversationSaver *m_saver;
    QHash<QUuid, Run> m_runs; ///< by answer
    QHash<QUuid, CallHold *> m_calls; ///< by answer; children of this
    /// Calls that were left, by answer: what is answered of them is so when they are taken up.
    QHash<QUuid, QList<HeldCall>> m_left;
    QSet<QStringList> m_allowed; ///< commands that run without a question
    QHash<QUuid, Sampling> m_samplings; ///< by prompt
    QList<Conversation::Branch> m_removed; ///< the last is undone first
};

} // namespace Lorikeet
