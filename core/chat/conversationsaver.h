// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "store/conversationstore.h"

#include <QFuture>
#include <QList>
#include <QObject>
#include <QTimer>
#include <QUuid>

namespace Lorikeet {

/// Keeps one conversation in the store: what was named as changed is written within a second, and
/// again, at growing intervals, until that worked. Nothing is written of a conversation in which
/// there is nothing yet.
class ConversationSaver final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive this. `stored`: the conversation is in the store as it is.
    ConversationSaver(
        const Conversation &conversation, ConversationStore &store, bool stored, QObject *parent);

    /// Title, draft, setup …
    void headChanged();
    void nodeChanged(QUuid id);
    /// Nodes that are in the conversation no more, or again.
    void removed(const QList<QUuid> &ids);
    void restored(const QList<QUuid> &ids);

    /// Hands over all that is not written yet. Also where nothing is left to write, the future
    /// ends after what was handed over before.
    QFuture<Result<>> flush();

Q_SIGNALS:
    void failed(const Lorikeet::ApiError &error);
    void recovered();

private:
    [[nodiscard]] ConversationChanges takeChanges();
    void onWritten(const ConversationChanges &changes, const Result<> &result);
    void wake();

    const Conversation &m_conversation;
    ConversationStore &m_store;
    QTimer m_timer;
    QList<QUuid> m_nodes; ///< changed; in the order they were named, each once
    QList<QUuid> m_removed;
    QList<QUuid> m_restored;
    bool m_stored;
    int m_failures = 0; ///< in a row
    int m_writing = 0; ///< handed over, and no answer yet
};

} // namespace Lorikeet
