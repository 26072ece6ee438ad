// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// ConversationStore::search().

#include "store/conversationstore.h"
#include "store/database.h"
#include "store/opendatabase.h"
#include "store/searchtext.h"
#include "store/values.h"

#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Shorter words are in no trigram, so the index does not know them.
constexpr qsizetype indexed = 3;

struct Condition
{
    QString sql;
    QVariantList values;
};

/// What the rows of the index must meet so that all words may be in them.
Condition conditionFor(const QStringList &words)
{
    QStringList phrases;
    Condition condition{.sql = u"n.deleted IS NULL AND c.deleted IS NULL "
                               "AND c.id NOT IN (SELECT conversation FROM lanes)"_s};
    for (const QString &word : words) {
        if (word.size() >= indexed) {
            phrases += u'"' + QString(word).replace(u'"', u"\"\""_s) + u'"';
        } else {
            // LIKE folds the case of ASCII only; case differences elsewhere are not found.
            QString pattern = word;
            pattern.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
            condition.sql += u" AND n.content LIKE ? ESCAPE '\\'"_s;
            condition.values += QVariant(u'%' + pattern + u'%');
        }
    }
    if (!phrases.isEmpty()) {
        condition.sql
            += u" AND n.place IN (SELECT rowid FROM nodes_text WHERE nodes_text MATCH ?)"_s;
        condition.values += phrases.join(u" AND "_s);
    }
    return condition;
}

Result<> searchTitles(
    const Connection &connection, const QStringList &words, int limit, QList<SearchHit> &hits)
{
    // There are thousands at most, and comparing here folds the case of every script.
    return connection.select(u"SELECT id, title, updated FROM conversations WHERE deleted IS NULL "
                             "AND id NOT IN (SELECT conversation FROM lanes) "
                             "ORDER BY updated DESC"_s,
        {}, [&](const QSqlQuery &row) {
            const QString title = row.value(1).toString();
            if (hits.size() < limit && holdsAll(title, words)) {
                hits.append({.conversation = toUuid(row.value(0)),
                    .title = title,
                    .marks = excerpt(title, words, title.size()).marks,
                    .when = toDateTime(row.value(2))});
            }
        });
}

Result<> searchMessages(
    const Connection &connection, const QStringList &words, int limit, QList<SearchHit> &hits)
{
    static constexpr qsizetype snippetLength = 160;
    Condition condition = conditionFor(words);
    condition.values += limit - int(hits.size());
    return connection.select(u"SELECT c.id, n.id, c.title, n.content, n.created FROM nodes n "
                             "JOIN conversations c ON c.id = n.conversation WHERE %1 "
                             "ORDER BY n.created DESC, n.place DESC LIMIT ?"_s.arg(condition.sql),
        condition.values, [&](const QSqlQuery &row) {
            const Excerpt excerpt
                = Lorikeet::excerpt(row.value(3).toString(), words, snippetLength);
            hits.append({.conversation = toUuid(row.value(0)),
                .node = toUuid(row.value(1)),
                .title = row.value(2).toString(),
                .snippet = excerpt.text,
                .marks = excerpt.marks,
                .when = toDateTime(row.value(4))});
        });
}

} // namespace

QFuture<Result<QList<SearchHit>>> ConversationStore::search(const QString &text, int limit) const
{
    return m_database.run(
        [words = searchWords(text), limit](OpenDatabase &database) -> Result<QList<SearchHit>> {
            QList<SearchHit> hits;
            if (words.isEmpty()) {
                return hits;
            }
            return searchTitles(database.connection(), words, limit, hits)
                .and_then([&] { return searchMessages(database.connection(), words, limit, hits); })
                .map([&hits] { return hits; });
        });
}

} // namespace Lorikeet
