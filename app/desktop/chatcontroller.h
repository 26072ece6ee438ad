// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "answervariants.h"
#include "chat/chatsession.h"
#include "prompthistory.h"
#include "timeline/timelinemodel.h"
#include "timelinefeed.h"
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

/// A prompt that waits for the answer before it.
struct WaitingEntry
{
    Q_GADGET
    QML_VALUE_TYPE(waitingEntry)
    Q_PROPERTY(QString id MEMBER id FINAL)
    Q_PROPERTY(QString text MEMBER text FINAL)

public:
    QString id;
    QString text;

    friend bool operator==(const WaitingEntry &, const WaitingEntry &) = default;
};

/// The chat page: which session is shown, and what a person does with it. A session that is left
/// while answers still run goes on in the background until they end.
class ChatController final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(Lorikeet::ChatSession *session READ session NOTIFY sessionChanged FINAL)
    /// The messages of the session that is shown.
    Q_PROPERTY(Lorikeet::TimelineModel *timeline READ timeline CONSTANT FINAL)
    Q_PROPERTY(QString sessionId READ sessionId NOTIFY sessionChanged FINAL)
    Q_PROPERTY(QString title READ title NOTIFY titleChanged FINAL)
    /// Nothing has been said yet.
    Q_PROPERTY(bool blank READ isBlank NOTIFY pathChanged FINAL)
    Q_PROPERTY(bool running READ isRunning NOTIFY runningChanged FINAL)
    Q_PROPERTY(QString draft READ draft NOTIFY draftChanged FINAL)
    Q_PROPERTY(QList<Lorikeet::WaitingEntry> waiting READ waiting NOTIFY waitingChanged FINAL)
    /// The model or adapter that the next prompt alone is asked with; empty: as the chat is.
    Q_PROPERTY(QString turnLabel READ turnLabel NOTIFY turnChanged FINAL)
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
    /// "1,204 / 8,192 tokens": of the model's context, how much this path and the draft take; with
    /// ≈ where the draft is guessed. Empty: not known.
    Q_PROPERTY(QString tokenMeter READ tokenMeter NOTIFY meterChanged FINAL)
    /// The same as a share of the whole; 0: not known.
    Q_PROPERTY(double contextShare READ contextShare NOTIFY meterChanged FINAL)
    Q_PROPERTY(
        QString systemPrompt READ systemPrompt WRITE setSystemPrompt NOTIFY setupChanged FINAL)

public:
    /// All must outlive this.
    ChatController(ConversationStore &store, ChatService &service, EndpointListModel &endpoints,
        SessionListModel &sessions, QObject *parent = nullptr);
    ~ChatController() override;

    [[nodiscard]] ChatSession *session() const { return m_session; }

    [[nodiscard]] TimelineModel *timeline() { return &m_timeline; }

    [[nodiscard]] QString sessionId() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] bool isBlank() const;
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] QString draft() const;
    [[nodiscard]] QList<WaitingEntry> waiting() const;

    [[nodiscard]] QString turnLabel() const { return m_turn.label; }

    [[nodiscard]] bool canUndo() const;
    [[nodiscard]] QString endpointId() const;
    [[nodiscard]] bool isDemo() const;
    [[nodiscard]] QString endpointName() const;
    [[nodiscard]] QString serverName() const;
    [[nodiscard]] int health() const;
    [[nodiscard]] QString healthText() const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QString systemPrompt() const;
    void setSystemPrompt(const QString &text);
    [[nodiscard]] QString tokenMeter() const;
    [[nodiscard]] double contextShare() const;

    [[nodiscard]] ChatSetup setup() const;
    void setSetup(const ChatSetup &setup);

    /// Shows a conversation that was loaded from the store, or a new one.
    void show(Conversation conversation, bool stored);

    /// A new session with the setup of the present one. One that is still blank is kept.
    Q_INVOKABLE void newChat();
    Q_INVOKABLE void open(const QString &sessionId);
    Q_INVOKABLE void chooseEndpoint(const QString &endpointId);
    /// For the next prompt alone.
    Q_INVOKABLE void setTurn(const Lorikeet::TurnChoice &choice);
    Q_INVOKABLE void clearTurn();
    Q_INVOKABLE void setDraft(const QString &text);
    /// False: it was refused, and the text is still the person's.
    Q_INVOKABLE bool send(const QString &text);
    /// Puts a prompt below the last message without asking for an answer; false: it was refused.
    Q_INVOKABLE bool addPrompt(const QString &text);
    Q_INVOKABLE void stop();
    // Of any session, whether it is shown, goes on in the background, or rests in the store.
    Q_INVOKABLE void rename(const QString &sessionId, const QString &title);
    Q_INVOKABLE void setPinned(const QString &sessionId, bool pinned);
    Q_INVOKABLE void regenerate(const QString &nodeId);
    /// The ways to ask again that differ from regenerate().
    Q_INVOKABLE [[nodiscard]] QList<Lorikeet::AnswerVariant> variants(const QString &nodeId) const;
    Q_INVOKABLE void regenerateAs(const QString &nodeId, const Lorikeet::AnswerVariant &variant);
    Q_INVOKABLE void editPrompt(const QString &nodeId, const QString &text);
    Q_INVOKABLE void continueAnswer(const QString &nodeId);
    Q_INVOKABLE void selectVersion(const QString &nodeId);
    Q_INVOKABLE void deleteMessage(const QString &nodeId);
    Q_INVOKABLE void undoDelete();
    Q_INVOKABLE void fork(const QString &nodeId);
    /// Does what a person asked of a message in the timeline: a TimelineRow::Action.
    Q_INVOKABLE void act(int action, const QString &nodeId);
    Q_INVOKABLE void sendWaiting();
    Q_INVOKABLE void editWaiting(const QString &id, const QString &text);
    Q_INVOKABLE void removeWaiting(const QString &id);
    /// Puts what a message says on the clipboard, as its author wrote it.
    Q_INVOKABLE void copy(const QString &nodeId) const;
    /// The same as it reads, without Markdown's marks.
    Q_INVOKABLE void copyPlain(const QString &nodeId) const;
    /// The newest code block in sight of the conversation.
    Q_INVOKABLE void copyLastCode() const;
    Q_INVOKABLE void copyText(const QString &text) const;
    /// The id of the last prompt shown, empty where there is none; for Up in an empty composer.
    Q_INVOKABLE [[nodiscard]] QString lastPrompt() const;
    Q_INVOKABLE [[nodiscard]] QString lastAnswer() const;
    /// The prompt before (-1) or after `current` in this conversation; `current` itself at the
    /// ends.
    Q_INVOKABLE QString historyStep(int step, const QString &current);
    /// What a message says, as its author wrote it.
    Q_INVOKABLE [[nodiscard]] QString textOf(const QString &nodeId) const;

Q_SIGNALS:
    void sessionChanged();
    void titleChanged();
    void pathChanged();
    void runningChanged();
    void draftChanged();
    void waitingChanged();
    void turnChanged();
    void undoChanged();
    void setupChanged();
    void endpointChanged();
    void meterChanged();
    void messageDeleted();
    /// A person sent something, so that an answer is on its way.
    void asked();
    /// This prompt is to be edited.
    void editWanted(const QString &nodeId);
    void requestShown(const QString &text);
    void failed(const QString &sentence);

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
    PromptHistory m_history;
    TurnChoice m_turn;
    ChatSession *m_session = nullptr; ///< the one shown; a child, as are those that still run
    QUuid m_opening; ///< the session asked for last, while it is loaded
};

} // namespace Lorikeet
