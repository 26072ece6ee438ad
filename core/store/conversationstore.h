// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "chat/conversation.h"

#include <QDateTime>
#include <QFuture>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QUuid>

namespace Lorikeet {

class Database;

/// One row of the list of conversations.
struct ConversationSummary
{
    QUuid id;
    QString title;
    bool pinned = false;
    QDateTime created; ///< UTC
    QDateTime updated; ///< UTC
    QString snippet; ///< the beginning of the last message, on one line

    friend bool operator==(const ConversationSummary &, const ConversationSummary &) = default;
};

/// A place where a search found all its words.
struct SearchHit
{
    struct Mark
    {
        qsizetype start = 0; ///< in `snippet`
        qsizetype length = 0;
        friend bool operator==(const Mark &, const Mark &) = default;
    };

    QUuid conversation;
    QUuid node; ///< null: in the title
    QString title;
    QString snippet; ///< of the message, on one line; empty for a title
    QList<Mark> marks;
    QDateTime when; ///< UTC; of the message or the conversation

    friend bool operator==(const SearchHit &, const SearchHit &) = default;
};

/// What changed in a conversation. A node that is removed and one that is restored are both given
/// by id; their branches are not followed.
struct ConversationChanges
{
    ConversationHead head;
    QList<ChatNode> nodes; ///< new and changed ones, parents before their children
    QList<QUuid> removed;
    QList<QUuid> restored;

    friend bool operator==(const ConversationChanges &, const ConversationChanges &) = default;
};

/// Conversations in the database. Callable from every thread; calls are carried out in the order
/// they were made.
class ConversationStore final
{
public:
    /// `database` must outlive this.
    explicit ConversationStore(Database &database)
        : m_database(database)
    { }

    /// Pinned ones first, then by the last change, newest first. The lanes of comparisons are not
    /// among them, nor among the hits of a search.
    [[nodiscard]] QFuture<Result<QList<ConversationSummary>>> list() const;
    [[nodiscard]] QFuture<Result<Conversation>> load(QUuid id) const;

    /// Writes changes in one transaction. Nodes not named stay as they are. A conversation that
    /// was removed stays removed, and what is written to it comes back with it.
    [[nodiscard]] QFuture<Result<>> save(ConversationChanges changes) const;
    /// Writes a whole conversation, to which nothing in the database belongs yet.
    [[nodiscard]] QFuture<Result<>> add(const Conversation &conversation) const;

    // Of a conversation that is not loaded.
    [[nodiscard]] QFuture<Result<>> rename(QUuid id, const QString &title) const;
    [[nodiscard]] QFuture<Result<>> setPinned(QUuid id, bool pinned) const;

    /// Removed things can be restored while the program runs, and are purged at a later start.
    [[nodiscard]] QFuture<Result<>> remove(QUuid id) const;
    [[nodiscard]] QFuture<Result<>> restore(QUuid id) const;

    /// Finds messages and titles that contain every word of `text`, in any case and also within
    /// words; text in double quotes is one word. Titles first, then the newest.
    [[nodiscard]] QFuture<Result<QList<SearchHit>>> search(const QString &text, int limit) const;

private:
    Database &m_database;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::ConversationSummary)
Q_DECLARE_METATYPE(Lorikeet::SearchHit)
