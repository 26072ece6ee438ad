// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/conversationsaver.h"

#include <QFutureWatcher>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace Lorikeet {

ConversationSaver::ConversationSaver(
    const Conversation &conversation, ConversationStore &store, bool stored, QObject *parent)
    : QObject(parent)
    , m_conversation(conversation)
    , m_store(store)
    , m_stored(stored)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        // A slow disk gets no second write before it has finished the first.
        if (m_writing > 0) {
            wake();
        } else {
            flush();
        }
    });
}

void ConversationSaver::headChanged() { wake(); }

void ConversationSaver::nodeChanged(QUuid id)
{
    if (!m_nodes.contains(id)) {
        m_nodes.append(id);
    }
    wake();
}

void ConversationSaver::removed(const QList<QUuid> &ids)
{
    for (const QUuid &id : ids) {
        m_restored.removeOne(id);
        m_nodes.removeOne(id);
    }
    m_removed += ids;
    wake();
}

void ConversationSaver::restored(const QList<QUuid> &ids)
{
    for (const QUuid &id : ids) {
        m_removed.removeOne(id);
        nodeChanged(id); // what was not written before the removal is lost otherwise
    }
    m_restored += ids;
    wake();
}

QFuture<Result<>> ConversationSaver::flush()
{
    m_timer.stop();
    const bool empty = m_conversation.isEmpty() && m_conversation.head().draft.isEmpty()
        && !m_conversation.head().titleChosen;
    if (!m_stored && empty) {
        return QtFuture::makeReadyValueFuture(Result<>());
    }
    m_stored = true;
    const ConversationChanges changes = takeChanges();
    const QFuture<Result<>> future = m_store.save(changes);
    auto *watcher = new QFutureWatcher<Result<>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, changes] {
        watcher->deleteLater();
        --m_writing;
        if (!watcher->isCanceled()) {
            onWritten(changes, watcher->result());
        }
    });
    ++m_writing;
    watcher->setFuture(future);
    return future;
}

ConversationChanges ConversationSaver::takeChanges()
{
    ConversationChanges changes;
    changes.head = m_conversation.head();
    for (const QUuid &id : std::as_const(m_nodes)) {
        if (const ChatNode *node = m_conversation.find(id)) {
            changes.nodes.append(*node);
        }
    }
    m_nodes.clear();
    changes.removed = std::exchange(m_removed, {});
    changes.restored = std::exchange(m_restored, {});
    return changes;
}

void ConversationSaver::onWritten(const ConversationChanges &changes, const Result<> &result)
{
    if (result) {
        if (std::exchange(m_failures, 0) > 0) {
            Q_EMIT recovered();
        }
        return;
    }
    // Back in front of what changed meanwhile: parents must be written before their children.
    QList<QUuid> nodes;
    for (const ChatNode &node : changes.nodes) {
        nodes.append(node.id);
        m_nodes.removeOne(node.id);
    }
    m_nodes = nodes + m_nodes;
    // What was removed or restored since then has the last word.
    const auto decided
        = [this](const QUuid &id) { return m_removed.contains(id) || m_restored.contains(id); };
    for (const QUuid &id : changes.removed) {
        if (!decided(id)) {
            m_removed.append(id);
        }
    }
    for (const QUuid &id : changes.restored) {
        if (!decided(id)) {
            m_restored.append(id);
        }
    }
    if (m_failures++ == 0) {
        Q_EMIT failed(result.error());
    }
    wake();
}

void ConversationSaver::wake()
{
    if (!m_timer.isActive()) {
        m_timer.start(std::min(30'000ms, 1'000ms * (1 << std::min(m_failures, 5))));
    }
}

} // namespace Lorikeet
