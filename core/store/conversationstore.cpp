// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/conversationstore.h"

#include "store/database.h"
#include "store/opendatabase.h"
#include "store/storejson.h"
#include "store/values.h"

#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Result<> writeHead(const Connection &connection, const ConversationHead &head)
{
    return connection.execute(
        u"INSERT INTO conversations (id, title, title_chosen, pinned, draft, waiting, setup, "
        "chosen, created, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET title = excluded.title, "
        "title_chosen = excluded.title_chosen, pinned = excluded.pinned, draft = excluded.draft, "
        "waiting = excluded.waiting, setup = excluded.setup, chosen = excluded.chosen, "
        "updated = excluded.updated"_s,
        {toValue(head.id), toValue(head.title), head.titleChosen, head.pinned, toValue(head.draft),
            toStoredJson(head.waiting), toStoredJson(head.setup), toValue(head.chosen),
            toValue(head.created), toValue(head.updated)});
}

Result<> writeNode(const OpenDatabase &database, QUuid conversation, const ChatNode &node)
{
    const bool streaming = node.state == ChatNode::State::Streaming;
    return database.connection().execute(
        u"INSERT INTO nodes (id, conversation, parent, chosen, role, state, content, reasoning, "
        "details, created, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET chosen = excluded.chosen, state = excluded.state, "
        "content = excluded.content, reasoning = excluded.reasoning, details = excluded.details, "
        "owner = excluded.owner"_s,
        {toValue(node.id), toValue(conversation), toValue(node.parent), toValue(node.chosen),
            toWord(node.message.role), toWord(node.state), toValue(node.message.content),
            toValue(node.message.reasoning), detailsToStoredJson(node), toValue(node.created),
            streaming ? QVariant(database.owner()) : QVariant()});
}

ConversationHead readHead(const QSqlQuery &row)
{
    ConversationHead head;
    head.id = toUuid(row.value(0));
    head.title = row.value(1).toString();
    head.titleChosen = row.value(2).toBool();
    head.pinned = row.value(3).toBool();
    head.draft = row.value(4).toString();
    head.waiting = waitingFromStoredJson(row.value(5).toString());
    head.setup = setupFromStoredJson(row.value(6).toString());
    head.chosen = toUuid(row.value(7));
    head.created = toDateTime(row.value(8));
    head.updated = toDateTime(row.value(9));
    return head;
}

ChatNode readNode(const QSqlQuery &row)
{
    ChatNode node;
    node.id = toUuid(row.value(0));
    node.parent = toUuid(row.value(1));
    node.chosen = toUuid(row.value(2));
    node.message.role = roleFromString(row.value(3).toString()).value_or(Role::User);
    node.state
        = nodeStateFromString(row.value(4).toString()).value_or(ChatNode::State::Interrupted);
    node.message.content = row.value(5).toString();
    node.message.reasoning = row.value(6).toString();
    detailsFromStoredJson(row.value(7).toString(), node);
    node.created = toDateTime(row.value(8));
    return node;
}

Result<Conversation> read(const Connection &connection, QUuid id)
{
    std::optional<ConversationHead> head;
    QList<ChatNode> nodes;
    const Result<> done
        = connection
              .select(u"SELECT id, title, title_chosen, pinned, draft, waiting, setup, chosen, "
                      "created, updated FROM conversations WHERE id = ? AND deleted IS NULL"_s,
                  {toValue(id)}, [&head](const QSqlQuery &row) { head = readHead(row); })
              .and_then([&] {
                  return connection.select(
                      u"SELECT id, parent, chosen, role, state, content, reasoning, details, "
                      "created FROM nodes WHERE conversation = ? AND deleted IS NULL "
                      "ORDER BY place"_s,
                      {toValue(id)}, [&nodes](const QSqlQuery &row) { nodes += readNode(row); });
              });
    if (!done) {
        return Failure(done.error());
    }
    if (!head) {
        return fail(ApiError::Kind::NotFound,
            u"This conversation is not in the database any more; it may have been deleted in "
            "another window."_s);
    }
    return Conversation(*std::move(head), nodes);
}

QString placeholders(qsizetype count) { return QStringList(count, u"?"_s).join(u','); }

/// Marks nodes as removed at `when`, or as there where it is null.
Result<> setDeleted(const Connection &connection, const QList<QUuid> &nodes, const QVariant &when)
{
    static constexpr qsizetype piece = 500; // SQLite limits the values of a statement
    for (qsizetype at = 0; at < nodes.size(); at += piece) {
        const QList<QUuid> some = nodes.mid(at, piece);
        QVariantList values{when};
        for (const QUuid &id : some) {
            values.append(toValue(id));
        }
        if (Result<> result = connection.execute(
                u"UPDATE nodes SET deleted = ? WHERE id IN (%1)"_s.arg(placeholders(some.size())),
                values);
            !result) {
            return result;
        }
    }
    return {};
}

Result<> write(const OpenDatabase &database, const ConversationChanges &changes)
{
    const Connection &connection = database.connection();
    return connection.transaction([&]() -> Result<> {
        Result<> result = writeHead(connection, changes.head);
        for (auto node = changes.nodes.begin(); result && node != changes.nodes.end(); ++node) {
            result = writeNode(database, changes.head.id, *node);
        }
        return result
            .and_then([&] {
                return setDeleted(
                    connection, changes.removed, toValue(QDateTime::currentDateTimeUtc()));
            })
            .and_then([&] { return setDeleted(connection, changes.restored, {}); });
    });
}

QFuture<Result<>> setDeleted(Database &database, QUuid conversation, const QVariant &when)
{
    return database.run([=](OpenDatabase &open) {
        return open.connection().execute(
            u"UPDATE conversations SET deleted = ? WHERE id = ?"_s, {when, toValue(conversation)});
    });
}

} // namespace

QFuture<Result<QList<ConversationSummary>>> ConversationStore::list() const
{
    return m_database.run([](OpenDatabase &database) -> Result<QList<ConversationSummary>> {
        QList<ConversationSummary> list;
        return database.connection()
            .select(u"SELECT id, title, pinned, created, updated, "
                    "(SELECT substr(content, 1, 200) FROM nodes WHERE conversation = c.id "
                    "AND deleted IS NULL AND content <> '' ORDER BY place DESC LIMIT 1) "
                    "FROM conversations c WHERE deleted IS NULL "
                    "AND id NOT IN (SELECT conversation FROM lanes) "
                    "ORDER BY pinned DESC, updated DESC, created DESC"_s,
                {},
                [&list](const QSqlQuery &row) {
                    list.append({.id = toUuid(row.value(0)),
                        .title = row.value(1).toString(),
                        .pinned = row.value(2).toBool(),
                        .created = toDateTime(row.value(3)),
                        .updated = toDateTime(row.value(4)),
                        .snippet = row.value(5).toString().simplified()});
                })
            .map([&list] { return list; });
    });
}

QFuture<Result<Conversation>> ConversationStore::load(QUuid id) const
{
    return m_database.run([id](OpenDatabase &database) { return read(database.connection(), id); });
}

QFuture<Result<>> ConversationStore::save(ConversationChanges changes) const
{
    return m_database.run([changes = std::move(changes)](
                              OpenDatabase &database) { return write(database, changes); });
}

QFuture<Result<>> ConversationStore::add(const Conversation &conversation) const
{
    return save({.head = conversation.head(), .nodes = conversation.nodes()});
}

QFuture<Result<>> ConversationStore::rename(QUuid id, const QString &title) const
{
    return m_database.run([=](OpenDatabase &database) {
        return database.connection().execute(
            u"UPDATE conversations SET title = ?, title_chosen = 1 WHERE id = ?"_s,
            {toValue(title), toValue(id)});
    });
}

QFuture<Result<>> ConversationStore::setPinned(QUuid id, bool pinned) const
{
    return m_database.run([=](OpenDatabase &database) {
        return database.connection().execute(
            u"UPDATE conversations SET pinned = ? WHERE id = ?"_s, {pinned, toValue(id)});
    });
}

QFuture<Result<>> ConversationStore::remove(QUuid id) const
{
    return setDeleted(m_database, id, toValue(QDateTime::currentDateTimeUtc()));
}

QFuture<Result<>> ConversationStore::restore(QUuid id) const
{
    return setDeleted(m_database, id, {});
}

} // namespace Lorikeet
