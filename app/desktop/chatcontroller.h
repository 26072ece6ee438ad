// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "answervariants.h"
#include "chat/chatsession.h"
#include "prompthistory.h"
#include "prompttarget.h"
#include "timeline/timelinemodel.h"
#include "timelinefeed.h"
#include "tools/calldesk.h"
#include "turnchoice.h"

#include <QObject>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace Lorikeet {

class ChatService;
class ConversationStore;
class EndpointListModel;
class SessionListModel;

/// The session as QML knows it: something to hand on, with nothing to call.
struct ChatSessionForeign
{
    Q_GADGET
    QML_FOREIGN(Lorikeet::ChatSession)
    QML_ANONYMOUS
};

/// The chat page: which session is shown, and what a person does with it. A session that is left
/// while answers still run goes on in the background until they end.
class ChatController final : public PromptTarget
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(Lorikeet::ChatSession *session READ session NOTIFY sessionChanged FINAL)
    /// The messages of the session that is shown.
    Q_PROPERTY(Lorikeet::TimelineModel *timeline READ timeline CONSTANT FINAL)
    /// What the model calls and waits for.
    Q_PROPERTY(Lorikeet::CallDesk *calls READ calls CONSTANT FINAL)
    Q_PROPERTY(QString sessionId READ sessionId NOTIFY sessionChanged FINAL)
    Q_PROPERTY(QString title READ title NOTIFY titleChanged FINAL)
    /// Nothing has been said yet.
    Q_PROPERTY(bool blank READ isBlank NOTIFY pathChanged FINAL)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY undoChanged FINAL)

    Q_PROPERTY(QString endpointId READ endpointId NOTIFY setupChanged FINAL)
    /// It is a built-in one, whose answers are made up.
    Q_PROPERTY(bool demo READ isDemo NOTIFY endpointChanged FINAL)
    Q_PROPERTY(QString endpointName READ endpointName NOTIFY endpointChanged FINAL)
    /// What was recognised behind the endpoint; empty: nothing yet.
    Q_PROPERTY(QString serverName READ serverName NOTIFY endpointChanged FINAL)
    /// An EndpointListModel::Health.
    Q_PROPERTY(int health READ health NOTIFY endpointChanged FINAL)
    Q_PROPERTY(QString healthText READ healthText NOTIFY endpointChanged FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY endpointChanged FINAL)

public:
    /// All must outlive this.
    ChatController(ConversationStore &store, ChatService &service, EndpointListModel &endpoints,
        SessionListModel &sessions, QObject *parent = nullptr);
    ~ChatController() override;

    [[nodiscard]] ChatSession *session() const { return m_session; }

    [[nodiscard]] TimelineModel *timeline() { return &m_timeline; }

    [[nodiscard]] CallDesk *calls() { return &m_calls; }

    [[nodiscard]] QString sessionId() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] bool isBlank() const;
    [[nodiscard]] bool isRunning() const override;
    [[nodiscard]] QString draft() const override;
    [[nodiscard]] QList<WaitingEntry> waiting() const override;

    [[nodiscard]] QString turnLabel() const override { return m_turn.label; }

    [[nodiscard]] bool canUndo() const;
    [[nodiscard]] QString endpointId() const;
    [[nodiscard]] bool isDemo() const;
    [[nodiscard]] QString endpointName() const;
    [[nodiscard]] QString serverName() const;
    [[nodiscard]] int health() const;
    [[nodiscard]] QString healthText() const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QString systemPrompt() const override;
    [[nodiscard]] PromptExamples promptExamples() const override;
    void setPromptExamples(const PromptExamples &examples) override;
    void setSystemPrompt(const QString &text) override;

    [[nodiscard]] QList<ChatController *> recipients() override { return {this}; }

    [[nodiscard]] QString tokenMeter() const override;
    [[nodiscard]] double contextShare() const override;

    [[nodiscard]] ChatSetup setup() const;
    void setSetup(const ChatSetup &setup);

    /// As send(), with this setup for the prompt alone.
    bool sendAs(const QString &text, const ChatSetup &setup);
    /// Shows a conversation that was loaded from the store, or a new one.
    void show(Conversation conversation, bool stored);

    /// A new session with the setup of the present one. One that is still blank is kept.
    Q_INVOKABLE void newChat();
    Q_INVOKABLE void open(const QString &sessionId);
    Q_INVOKABLE void chooseEndpoint(const QString &endpointId);
    void setTurn(const TurnChoice &choice) override;
    void clearTurn() override;
    void setDraft(const QString &text) override;
    bool send(const QString &text) override;
    bool addPrompt(const QString &text) override;
    void stop() override;
    // Of any session, whether it is shown, goes on in the background, or rests in the store.
    Q_INVOKABLE void rename(const QString &sessionId, const QString &title);
    Q_INVOKABLE void setPinned(const QString &sessionId, bool pinned);
    Q_INVOKABLE void regenerate(const QString &nodeId);
    /// The ways to ask again that differ from regenerate().
    Q_INVOKABLE [[nodiscard]] QList<Lorikeet::AnswerVariant> variants(const QString &nodeId) const;
    Q_INVOKABLE void regenerateAs(const QString &nodeId, const Lorikeet::AnswerVariant &variant);
    /// The answer is held to a schema, and can be asked for several times to count how many are.
    Q_INVOKABLE [[nodiscard]] bool canSample(const QString &nodeId) const;
    /// See ChatSession::sample().
    Q_INVOKABLE void sample(const QString &nodeId, int count, int atOnce);
    void editPrompt(const QString &nodeId, const QString &text) override;
    Q_INVOKABLE void continueAnswer(const QString &nodeId);
    Q_INVOKABLE void selectVersion(const QString &nodeId);
    Q_INVOKABLE void deleteMessage(const QString &nodeId);
    Q_INVOKABLE void undoDelete();
    Q_INVOKABLE void fork(const QString &nodeId);
    /// Does what a person asked of a message in the timeline: a TimelineRow::Action.
    Q_INVOKABLE void act(int action, const QString &nodeId);
    void sendWaiting() override;
    void editWaiting(const QString &id, const QString &text) override;
    void removeWaiting(const QString &id) override;
    /// Puts what a message says on the clipboard, as its author wrote it.
    Q_INVOKABLE void copy(const QString &nodeId) const;
    /// The same as it reads, without Markdown's marks.
    Q_INVOKABLE void copyPlain(const QString &nodeId) const;
    /// The newest code block in sight of the conversation.
    Q_INVOKABLE void copyLastCode() const;
    Q_INVOKABLE void copyText(const QString &text) const;
    [[nodiscard]] QString lastPrompt() const override;
    Q_INVOKABLE [[nodiscard]] QString lastAnswer() const;
    QString historyStep(int step, const QString &current) override;
    [[nodiscard]] QString textOf(const QString &nodeId) const override;

Q_SIGNALS:
    /// Of any session, whether it is shown or goes on in the background.
    void streamed(
        Lorikeet::ChatSession *session, QUuid answer, const Lorikeet::StreamEvents &events);
    void titleChanged();
    void pathChanged();
    void undoChanged();
    void endpointChanged();
    void messageDeleted();
    void requestShown(const QString &text);

private:
    [[nodiscard]] ChatSession *held(QUuid id) const;
    [[nodiscard]] ChatSession *hold(Conversation conversation, bool stored);
    void setCurrent(ChatSession *session);
    void retire(ChatSession *session);
    void saveAndList(ChatSession *session);
    void onSessionRemoved(QUuid id);
    void emitAll();
    /// What the next prompt is asked with, where that is not the chat's own setup; forgets it.
    [[nodiscard]] std::optional<ChatSetup> takeTurn();
    void retryWithRemedy(const ChatNode &answer);
    void stepVersion(QUuid id, int step);
    void raiseLimit(const ChatNode &answer);
    [[nodiscard]] qint64 contextLength() const;
    [[nodiscard]] qint64 contextTokens() const;
    [[nodiscard]] qint64 draftTokens() const;
    [[nodiscard]] QString lastOf(Role role) const;

    ConversationStore &m_store;
    ChatService &m_service;
    EndpointListModel &m_endpoints;
    SessionListModel &m_sessions;
    TimelineModel m_timeline;
    TimelineFeed m_feed;
    CallDesk m_calls;
    PromptHistory m_history;
    TurnChoice m_turn;
    ChatSession *m_session = nullptr; ///< the one shown; a child, as are those that still run
    QUuid m_opening; ///< the session asked for last, while it is loaded
};

} // namespace Lorikeet
