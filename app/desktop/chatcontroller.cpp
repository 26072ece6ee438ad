// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatcontroller.h"

#include "endpointlistmodel.h"
#include "ids.h"
#include "sessionlistmodel.h"
#include "store/conversationstore.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <ranges>

namespace Lorikeet {

ChatController::ChatController(ConversationStore &store, ChatService &service,
    EndpointListModel &endpoints, SessionListModel &sessions, QObject *parent)
    : PromptTarget(parent)
    , m_store(store)
    , m_service(service)
    , m_endpoints(endpoints)
    , m_sessions(sessions)
    , m_feed(m_timeline)
    , m_calls(nullptr)
{
    connect(this, &ChatController::pathChanged, this, &ChatController::meterChanged);
    connect(this, &ChatController::setupChanged, this, &ChatController::meterChanged);
    connect(this, &ChatController::endpointChanged, this, &ChatController::meterChanged);
    connect(&sessions, &SessionListModel::removed, this, &ChatController::onSessionRemoved);
    connect(&endpoints, &EndpointListModel::changed, this, [this](QUuid id) {
        if (id == setup().endpoint) {
            Q_EMIT endpointChanged();
        }
    });
}

ChatController::~ChatController() = default;

ChatSession *ChatController::held(QUuid id) const
{
    const QList<ChatSession *> sessions = findChildren<ChatSession *>(Qt::FindDirectChildrenOnly);
    const auto at = std::ranges::find_if(
        sessions, [id](const ChatSession *session) { return session->conversation().id() == id; });
    return at == sessions.end() ? nullptr : *at;
}

ChatSession *ChatController::hold(Conversation conversation, bool stored)
{
    const auto resolve = [this](QUuid endpoint) { return m_endpoints.resolve(endpoint); };
    auto *session
        = new ChatSession(std::move(conversation), stored, m_service, m_store, resolve, this);
    connect(session, &ChatSession::nodeAdded, this, [this, session] { saveAndList(session); });
    connect(session, &ChatSession::titleChanged, this, [this, session] { saveAndList(session); });
    connect(session, &ChatSession::refused, this,
        [this](const ApiError &error) { Q_EMIT failed(error.message); });
    connect(session, &ChatSession::storeFailed, this,
        [this](const ApiError &error) { Q_EMIT failed(error.message); });
    connect(session, &ChatSession::nodeChanged, this, [this, session](QUuid id) {
        const ChatNode *node = session->conversation().find(id);
        const bool isFailed = node && node->state == ChatNode::State::Failed;
        if (isFailed) {
            m_endpoints.learn(*node);
        }
        if (isFailed || (node && node->isAnswer() && node->state == ChatNode::State::Complete)) {
            m_endpoints.heed(node->origin.setup.endpoint, node->error);
        }
    });
    connect(session, &ChatSession::streamed, this,
        [this, session](QUuid answer, const StreamEvents &events) {
            Q_EMIT streamed(session, answer, events);
        });
    // Signals of a session in the background concern nobody who looks at another one.
    const auto forward = [this, session](auto from, auto to) {
        connect(session, from, this, [this, session, to] {
            if (session == m_session) {
                Q_EMIT(this->*to)();
            }
        });
    };
    forward(&ChatSession::pathChanged, &ChatController::pathChanged);
    forward(&ChatSession::runningChanged, &ChatController::runningChanged);
    forward(&ChatSession::waitingChanged, &ChatController::waitingChanged);
    forward(&ChatSession::titleChanged, &ChatController::titleChanged);
    forward(&ChatSession::undoChanged, &ChatController::undoChanged);
    forward(&ChatSession::setupChanged, &ChatController::setupChanged);
    forward(&ChatSession::setupChanged, &ChatController::endpointChanged);
    forward(&ChatSession::nodeChanged, &ChatController::meterChanged);
    return session;
}

void ChatController::saveAndList(ChatSession *session)
{
    session->flush().then(this, [this](const Result<> &) { m_sessions.refresh(); });
}

void ChatController::setCurrent(ChatSession *session)
{
    m_opening = {};
    if (session == m_session) {
        return;
    }
    clearTurn();
    ChatSession *before = std::exchange(m_session, session);
    emitAll();
    if (before) {
        retire(before);
    }
}

void ChatController::retire(ChatSession *session)
{
    if (!session->isRunning()) {
        session->deleteLater();
        return;
    }
    connect(session, &ChatSession::runningChanged, session, [this, session] {
        if (!session->isRunning() && session != m_session) {
            session->deleteLater();
        }
    });
}

void ChatController::emitAll()
{
    m_feed.follow(m_session);
    m_calls.follow(m_session);
    Q_EMIT sessionChanged();
    Q_EMIT titleChanged();
    Q_EMIT pathChanged();
    Q_EMIT runningChanged();
    Q_EMIT waitingChanged();
    Q_EMIT undoChanged();
    Q_EMIT setupChanged();
    Q_EMIT endpointChanged();
    Q_EMIT draftChanged();
}

QString ChatController::sessionId() const
{
    return m_session ? toText(m_session->conversation().id()) : QString();
}

QString ChatController::title() const
{
    const QString title = m_session ? m_session->conversation().head().title : QString();
    return title.isEmpty() ? tr("New chat") : title;
}

bool ChatController::isBlank() const { return !m_session || m_session->conversation().isEmpty(); }

bool ChatController::isRunning() const { return m_session && m_session->isRunning(); }

QString ChatController::draft() const
{
    return m_session ? m_session->conversation().head().draft : QString();
}

QList<WaitingEntry> ChatController::waiting() const
{
    QList<WaitingEntry> entries;
    if (m_session) {
        for (const WaitingPrompt &prompt : m_session->waiting()) {
            entries.append({toText(prompt.id), prompt.text});
        }
    }
    return entries;
}

bool ChatController::canUndo() const { return m_session && m_session->canUndoDelete(); }

ChatSetup ChatController::setup() const { return m_session ? m_session->setup() : ChatSetup(); }

void ChatController::setSetup(const ChatSetup &setup)
{
    if (m_session) {
        m_session->setSetup(setup);
    }
}

QString ChatController::endpointId() const { return toText(setup().endpoint); }

bool ChatController::isDemo() const { return m_endpoints.isDemo(setup().endpoint); }

QString ChatController::endpointName() const
{
    const std::optional<Endpoint> endpoint = m_endpoints.find(setup().endpoint);
    return endpoint ? endpoint->name : QString();
}

QString ChatController::serverName() const
{
    const EndpointListModel::Finding finding = m_endpoints.finding(setup().endpoint);
    return finding.description ? finding.description->server : QString();
}

int ChatController::health() const { return m_endpoints.finding(setup().endpoint).health; }

QString ChatController::healthText() const
{
    return m_endpoints.text(setup().endpoint, EndpointListModel::HealthTextRole);
}

QString ChatController::problem() const
{
    return m_endpoints.text(setup().endpoint, EndpointListModel::ProblemRole);
}

qint64 ChatController::contextLength() const
{
    const EndpointListModel::Finding finding = m_endpoints.finding(setup().endpoint);
    if (!finding.description) {
        return 0;
    }
    const QList<ModelInfo> &models = finding.description->models;
    const auto model = std::ranges::find(models, setup().model, &ModelInfo::id);
    const std::optional<qint64> own = model == models.end() ? std::nullopt : model->contextLength;
    return own.value_or(finding.description->contextLength.value_or(0));
}

/// The server's own count of what the last answer was asked with and came to; 0: it gave none.
qint64 ChatController::contextTokens() const
{
    if (!m_session) {
        return 0;
    }
    const Conversation &conversation = m_session->conversation();
    const QList<QUuid> path = conversation.path();
    for (const QUuid id : std::views::reverse(path)) {
        const Usage &usage = conversation.find(id)->usage;
        if (usage.promptTokens) {
            return *usage.promptTokens + usage.completionTokens.value_or(0);
        }
    }
    return 0;
}

double ChatController::contextShare() const
{
    const qint64 length = contextLength();
    return length > 0 ? double(contextTokens() + draftTokens()) / double(length) : 0;
}

QString ChatController::tokenMeter() const
{
    const qint64 length = contextLength();
    const qint64 tokens = contextTokens() + draftTokens();
    if (tokens == 0) {
        return {};
    }
    const QLocale locale;
    const QString used
        = (draftTokens() > 0 ? QStringLiteral("≈ ") : QString()) + locale.toString(tokens);
    return length > 0 ? tr("%1 / %2 tokens").arg(used, locale.toString(length))
                      : tr("%1 tokens").arg(used);
}

/// A guess: most tokenizers make about one token of four bytes.
qint64 ChatController::draftTokens() const { return (draft().toUtf8().size() + 3) / 4; }

QString ChatController::systemPrompt() const { return setup().systemPrompt; }

void ChatController::setSystemPrompt(const QString &text)
{
    ChatSetup changed = setup();
    changed.systemPrompt = text;
    setSetup(changed);
}

PromptExamples ChatController::promptExamples() const { return setup().examples; }

void ChatController::setPromptExamples(const PromptExamples &examples)
{
    ChatSetup changed = setup();
    changed.examples = examples;
    setSetup(changed);
}

void ChatController::show(Conversation conversation, bool stored)
{
    ChatSession *session = held(conversation.id());
    setCurrent(session ? session : hold(std::move(conversation), stored));
}

void ChatController::newChat()
{
    if (m_session && isBlank()) {
        return;
    }
    ChatSetup fresh = setup();
    if (!m_endpoints.find(fresh.endpoint)) {
        fresh = {.endpoint = m_endpoints.preferred()};
        if (const std::optional<Endpoint> endpoint = m_endpoints.find(fresh.endpoint)) {
            fresh.model = endpoint->model;
        }
    }
    show(Conversation::create(fresh, QDateTime::currentDateTimeUtc()), false);
}

void ChatController::open(const QString &sessionId)
{
    const QUuid id = QUuid::fromString(sessionId);
    if (ChatSession *session = held(id)) {
        setCurrent(session);
        return;
    }
    m_opening = id;
    m_store.load(id).then(this, [this, id](const Result<Conversation> &loaded) {
        if (m_opening != id) {
            return;
        }
        if (loaded) {
            show(*loaded, true);
        } else {
            Q_EMIT failed(loaded.error().message);
        }
    });
}

void ChatController::onSessionRemoved(QUuid id)
{
    ChatSession *session = held(id);
    if (!session) {
        return;
    }
    session->stopAll();
    if (session == m_session) {
        m_session = nullptr;
        emitAll();
        newChat();
    }
    delete session;
}

void ChatController::chooseEndpoint(const QString &endpointId)
{
    const std::optional<Endpoint> endpoint = m_endpoints.find(QUuid::fromString(endpointId));
    if (!endpoint || endpoint->id == setup().endpoint) {
        return;
    }
    // Models and adapters belong to a server; parameters keep their names where both know them.
    ChatSetup changed = setup();
    changed.endpoint = endpoint->id;
    changed.model = endpoint->model;
    changed.adapter = {};
    clearTurn();
    setSetup(changed);
}

void ChatController::setDraft(const QString &text)
{
    if (m_session) {
        m_session->setDraft(text);
        Q_EMIT meterChanged();
    }
}

void ChatController::rename(const QString &sessionId, const QString &title)
{
    const QUuid id = QUuid::fromString(sessionId);
    if (ChatSession *session = held(id)) {
        session->rename(title.trimmed());
        saveAndList(session);
    } else {
        m_sessions.rename(id, title.trimmed());
    }
}

void ChatController::setPinned(const QString &sessionId, bool pinned)
{
    const QUuid id = QUuid::fromString(sessionId);
    if (ChatSession *session = held(id)) {
        session->setPinned(pinned);
        saveAndList(session);
    } else {
        m_sessions.setPinned(id, pinned);
    }
}

} // namespace Lorikeet
