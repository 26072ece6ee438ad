// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/chatsession.h"

#include "chat/callhold.h"
#include "chat/chatrun.h"
#include "chat/conversationsaver.h"

#include <QFutureWatcher>

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QDateTime now() { return QDateTime::currentDateTimeUtc(); }

} // namespace

ChatSession::ChatSession(Conversation conversation, bool stored, ChatService &service,
    ConversationStore &store, TargetResolver resolver, QObject *parent)
    : QObject(parent)
    , m_conversation(std::move(conversation))
    , m_service(service)
    , m_store(store)
    , m_resolver(std::move(resolver))
    , m_saver(new ConversationSaver(m_conversation, store, stored, this))
{
    for (WaitingPrompt &prompt : m_conversation.head().waiting) {
        prompt.held = true;
    }
    connect(m_saver, &ConversationSaver::failed, this, &ChatSession::storeFailed);
    connect(m_saver, &ConversationSaver::recovered, this, &ChatSession::storeRecovered);
}

ChatSession::~ChatSession()
{
    const QList<QUuid> running = m_runs.keys();
    for (const QUuid &answer : running) {
        abandon(answer, ChatNode::State::Interrupted);
    }
    m_saver->flush();
}

QFuture<Result<>> ChatSession::flush() { return m_saver->flush(); }

void ChatSession::setSetup(const ChatSetup &setup)
{
    if (m_conversation.head().setup == setup) {
        return;
    }
    m_conversation.head().setup = setup;
    m_saver->headChanged();
    Q_EMIT setupChanged();
}

void ChatSession::setDraft(const QString &text)
{
    if (m_conversation.head().draft != text) {
        m_conversation.head().draft = text;
        m_saver->headChanged();
    }
}

void ChatSession::rename(const QString &title)
{
    const QString wanted = title.simplified();
    m_conversation.head().titleChosen = !wanted.isEmpty();
    if (!wanted.isEmpty()) {
        setTitle(wanted);
    } else if (const ChatNode *first = m_conversation.find(m_conversation.head().chosen)) {
        setTitle(titleFromPrompt(first->message.content));
    } else {
        setTitle({});
    }
}

void ChatSession::setTitle(const QString &title)
{
    const bool changed = m_conversation.head().title != title;
    m_conversation.head().title = title;
    m_saver->headChanged();
    if (changed) {
        Q_EMIT titleChanged();
    }
}

void ChatSession::setPinned(bool pinned)
{
    m_conversation.head().pinned = pinned;
    m_saver->headChanged();
}

bool ChatSession::mayAsk(const ChatSetup &setup)
{
    if (setup.endpoint.isNull()) {
        refuse(u"There is no endpoint to ask; choose one first."_s);
        return false;
    }
    return true;
}

bool ChatSession::send(const QString &text, const std::optional<ChatSetup> &setup)
{
    if (text.trimmed().isEmpty() || !mayAsk(setup.value_or(this->setup()))) {
        return false;
    }
    m_conversation.head().draft.clear();
    const QUuid leaf = m_conversation.leaf();
    if (isRunning(leaf)) {
        setWaiting(waiting()
            + QList{WaitingPrompt{
                .id = QUuid::createUuid(), .text = text, .after = leaf, .setup = setup}});
        m_saver->flush();
    } else {
        sendBelow(leaf, text, setup);
    }
    return true;
}

bool ChatSession::addPrompt(const QString &text)
{
    if (text.trimmed().isEmpty()) {
        return false;
    }
    const QUuid leaf = m_conversation.leaf();
    if (isRunning(leaf)) {
        refuse(u"A message cannot be added while its answer is being written; stop it first, or "
               "send it, and it waits."_s);
        return false;
    }
    m_conversation.head().draft.clear();
    addBelow(leaf, text);
    return true;
}

void ChatSession::sendWaiting()
{
    if (waiting().isEmpty() || !mayAsk(setup())) {
        return;
    }
    const QUuid leaf = m_conversation.leaf();
    QList<WaitingPrompt> prompts = waiting();
    for (WaitingPrompt &prompt : prompts) {
        if (prompt.held) {
            prompt.after = leaf;
            prompt.held = false;
        }
    }
    setWaiting(prompts);
    if (!isRunning(leaf)) {
        sendNext(leaf);
    }
}

void ChatSession::editWaiting(QUuid id, const QString &text)
{
    if (text.trimmed().isEmpty()) {
        removeWaiting(id);
        return;
    }
    QList<WaitingPrompt> prompts = waiting();
    for (WaitingPrompt &prompt : prompts) {
        if (prompt.id == id) {
            prompt.text = text;
        }
    }
    setWaiting(prompts);
}

void ChatSession::removeWaiting(QUuid id)
{
    QList<WaitingPrompt> prompts = waiting();
    prompts.removeIf([id](const WaitingPrompt &prompt) { return prompt.id == id; });
    setWaiting(prompts);
}

void ChatSession::setWaiting(const QList<WaitingPrompt> &waiting)
{
    if (m_conversation.head().waiting == waiting) {
        return;
    }
    m_conversation.head().waiting = waiting;
    m_saver->headChanged();
    Q_EMIT waitingChanged();
}

QUuid ChatSession::addBelow(QUuid parent, const QString &text)
{
    const QUuid prompt = m_conversation.addUser(parent, text, now());
    ConversationHead &head = m_conversation.head();
    if (!head.titleChosen && head.title.isEmpty()) {
        setTitle(titleFromPrompt(text));
    }
    added(prompt);
    return prompt;
}

QUuid ChatSession::sendBelow(
    QUuid parent, const QString &text, const std::optional<ChatSetup> &setup)
{
    return ask(addBelow(parent, text), setup.value_or(this->setup()));
}

QUuid ChatSession::ask(QUuid prompt, const ChatSetup &setup, int attempt)
{
    const QUuid answer = m_conversation.addAnswer(prompt, {.setup = setup}, now());
    ChatNode fresh = *m_conversation.find(answer);
    if (const StructuredSetup *structured = setup.schema()) {
        fresh.verdict
            = SchemaVerdict{.attempt = attempt, .attempts = structured->options.maxAttempts};
        m_conversation.update(fresh);
    }
    added(answer);
    run(answer, fresh);
    return answer;
}

void ChatSession::added(QUuid id)
{
    m_saver->nodeChanged(id);
    // The parent has another chosen child now.
    if (const QUuid parent = m_conversation.find(id)->parent; !parent.isNull()) {
        m_saver->nodeChanged(parent);
    }
    Q_EMIT nodeAdded(id);
    if (m_conversation.isOnPath(id)) {
        Q_EMIT pathChanged();
    }
}

void ChatSession::regenerate(QUuid id, const std::optional<ChatSetup> &setup)
{
    const ChatNode *node = m_conversation.find(id);
    const ChatSetup used = setup.value_or(this->setup());
    if (!node || !mayAsk(used)) {
        return;
    }
    const QUuid prompt = node->isAnswer() ? node->parent : id;
    dropCalls(id); // nobody waits for them any more
    m_conversation.select(prompt);
    choicesChanged(prompt);
    ask(prompt, used);
}

void ChatSession::editPrompt(
    QUuid prompt, const QString &text, const std::optional<ChatSetup> &setup)
{
    const ChatNode *node = m_conversation.find(prompt);
    if (!node || node->isAnswer() || text.trimmed().isEmpty()
        || !mayAsk(setup.value_or(this->setup()))) {
        return;
    }
    const QUuid parent = node->parent;
    m_conversation.select(prompt);
    choicesChanged(prompt);
    sendBelow(parent, text, setup);
}

void ChatSession::acceptAround(QUuid answer)
{
    const ChatNode *found = m_conversation.find(answer);
    if (!found || !found->verdict || !mayAcceptAround(*found->verdict) || isRunning(answer)) {
        return;
    }
    ChatNode node = *found;
    node.verdict->violations.clear();
    node.verdict->state = SchemaVerdict::State::Valid;
    if (node.state == ChatNode::State::Failed) {
        // It was the last of several attempts, and none was good enough.
        node.state = ChatNode::State::Complete;
        node.error.reset();
    }
    m_conversation.update(node);
    m_saver->nodeChanged(answer);
    Q_EMIT nodeChanged(answer);
    ChatSetup next = setup();
    if (next.structured) {
        next.structured->options.isEmbeddingFine = true;
        setSetup(next);
    }
}

void ChatSession::selectVersion(QUuid id)
{
    if (m_conversation.select(id)) {
        choicesChanged(id);
        Q_EMIT pathChanged();
    }
}

/// Has the chosen children from the top down to `id` saved.
void ChatSession::choicesChanged(QUuid id)
{
    m_saver->headChanged();
    const QList<QUuid> ids = m_conversation.pathTo(id);
    for (const QUuid &ancestor : ids) {
        if (ancestor != id) {
            m_saver->nodeChanged(ancestor);
        }
    }
}

void ChatSession::deleteMessage(QUuid id)
{
    const QList<QUuid> ids = m_conversation.branch(id);
    if (ids.isEmpty()) {
        return;
    }
    bool stopped = false;
    for (const QUuid &gone : ids) {
        stopped = stopped || isRunning(gone);
        if (m_runs.contains(gone)) {
            abandon(gone, ChatNode::State::Stopped);
        }
        delete m_calls.take(gone);
    }
    m_saver->flush(); // what had arrived until now comes back with an undo
    const QUuid parent = m_conversation.find(id)->parent;
    const bool shown = m_conversation.isOnPath(id);
    m_removed.append(m_conversation.remove(id));
    m_saver->removed(ids);
    if (!parent.isNull()) {
        m_saver->nodeChanged(parent);
    }
    m_saver->flush();
    QList<WaitingPrompt> prompts = waiting();
    for (WaitingPrompt &prompt : prompts) {
        prompt.held = prompt.held || ids.contains(prompt.after);
    }
    setWaiting(prompts);
    if (stopped) {
        Q_EMIT runningChanged();
    }
    if (shown) {
        Q_EMIT pathChanged();
    }
    Q_EMIT undoChanged();
    dropSamples(ids);
}

void ChatSession::undoDelete()
{
    if (m_removed.isEmpty()) {
        return;
    }
    const Conversation::Branch branch = m_removed.takeLast();
    if (m_conversation.restore(branch)) {
        QList<QUuid> ids;
        for (const ChatNode &node : branch.nodes) {
            ids.append(node.id);
        }
        m_saver->restored(ids);
        // Its versions are counted anew, and it may be shown again.
        choicesChanged(ids.constFirst());
        m_saver->flush();
        Q_EMIT pathChanged();
    }
    Q_EMIT undoChanged();
}

Conversation ChatSession::fork(QUuid last)
{
    const Conversation copy = m_conversation.fork(last, now());
    auto *watcher = new QFutureWatcher<Result<>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        if (!watcher->isCanceled() && !watcher->result()) {
            Q_EMIT storeFailed(watcher->result().error());
        }
    });
    watcher->setFuture(m_store.add(copy));
    return copy;
}

void ChatSession::refuse(const QString &sentence)
{
    Q_EMIT refused({.kind = ApiError::Kind::InvalidRequest, .message = sentence});
}

} // namespace Lorikeet
