// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/comparisonstore.h"

#include "store/database.h"
#include "store/opendatabase.h"
#include "store/storejson.h"
#include "store/values.h"

#include <QSqlQuery>

#include <optional>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Result<> write(const Connection &connection, const ComparisonRecord &record)
{
    Result<> result = connection.execute(
        u"INSERT INTO comparisons (id, title, body, created, updated) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body, "
        "updated = excluded.updated"_s,
        {toValue(record.id), toValue(record.title), toStoredJson(record), toValue(record.created),
            toValue(record.updated)});
    if (result) {
        result
            = connection.execute(u"DELETE FROM lanes WHERE comparison = ?"_s, {toValue(record.id)});
    }
    for (auto lane = record.lanes.begin(); result && lane != record.lanes.end(); ++lane) {
        result = connection.execute(u"INSERT INTO lanes (conversation, comparison) VALUES (?, ?)"_s,
            {toValue(lane->conversation), toValue(record.id)});
    }
    return result;
}

QFuture<Result<>> setDeleted(Database &database, QUuid comparison, const QVariant &when)
{
    return database.run([=](OpenDatabase &open) {
        const Connection &connection = open.connection();
        const QVariantList values{when, toValue(comparison)};
        return connection.transaction([&] {
            return connection.execute(u"UPDATE comparisons SET deleted = ? WHERE id = ?"_s, values)
                .and_then([&] {
                    return connection.execute(
                        u"UPDATE conversations SET deleted = ? WHERE id IN "
                        "(SELECT conversation FROM lanes WHERE comparison = ?)"_s,
                        values);
                });
        });
    });
}

} // namespace

QFuture<Result<QList<ComparisonSummary>>> ComparisonStore::list() const
{
    return m_database.run([](OpenDatabase &database) -> Result<QList<ComparisonSummary>> {
        QList<ComparisonSummary> list;
        return database.connection()
            .select(u"SELECT id, title, updated FROM comparisons WHERE deleted IS NULL "
                    "ORDER BY updated DESC, created DESC"_s,
                {},
                [&list](const QSqlQuery &row) {
                    list.append({.id = toUuid(row.value(0)),
                        .title = row.value(1).toString(),
                        .updated = toDateTime(row.value(2))});
                })
            .map([&list] { return list; });
    });
}

QFuture<Result<ComparisonRecord>> ComparisonStore::load(QUuid id) const
{
    return m_database.run([id](OpenDatabase &database) -> Result<ComparisonRecord> {
        std::optional<ComparisonRecord> record;
        const Result<> done = database.connection().select(
            u"SELECT body, created, updated FROM comparisons WHERE id = ? AND deleted IS NULL"_s,
            {toValue(id)}, [&record](const QSqlQuery &row) {
                record = comparisonFromStoredJson(row.value(0).toString());
                record->created = toDateTime(row.value(1));
                record->updated = toDateTime(row.value(2));
            });
        if (!done) {
            return Failure(done.error());
        }
        if (!record) {
            return fail(ApiError::Kind::NotFound,
                u"This comparison is not in the database any more; it may have been deleted in "
                "another window."_s);
        }
        return *record;
    });
}

QFuture<Result<>> ComparisonStore::save(const ComparisonRecord &record) const
{
    return m_database.run([record](OpenDatabase &database) {
        const Connection &connection = database.connection();
        return connection.transaction([&] { return write(connection, record); });
    });
}

QFuture<Result<>> ComparisonStore::remove(QUuid id) const
{
    return setDeleted(m_database, id, toValue(QDateTime::currentDateTimeUtc()));
}

QFuture<Result<>> ComparisonStore::restore(QUuid id) const
{
    return setDeleted(m_database, id, {});
}

QFuture<Result<QList<LaneSet>>> ComparisonStore::laneSets() const
{
    return m_database.run([](OpenDatabase &database) -> Result<QList<LaneSet>> {
        QList<LaneSet> sets;
        return database.connection()
            .select(u"SELECT body FROM lane_sets ORDER BY place"_s, {},
                [&sets](const QSqlQuery &row) {
                    sets.append(laneSetFromStoredJson(row.value(0).toString()));
                })
            .map([&sets] { return sets; });
    });
}

QFuture<Result<>> ComparisonStore::saveLaneSet(const LaneSet &set) const
{
    return m_database.run([set](OpenDatabase &database) {
        return database.connection().execute(
            u"INSERT INTO lane_sets (id, body) VALUES (?, ?) "
            "ON CONFLICT (id) DO UPDATE SET body = excluded.body"_s,
            {toValue(set.id), toStoredJson(set)});
    });
}

QFuture<Result<>> ComparisonStore::removeLaneSet(QUuid id) const
{
    return m_database.run([id](OpenDatabase &database) {
        return database.connection().execute(
            u"DELETE FROM lane_sets WHERE id = ?"_s, {toValue(id)});
    });
}

QFuture<Result<QList<Verdict>>> ComparisonStore::verdicts() const
{
    return m_database.run([](OpenDatabase &database) -> Result<QList<Verdict>> {
        QList<Verdict> verdicts;
        return database.connection()
            .select(u"SELECT body FROM verdicts ORDER BY place"_s, {},
                [&verdicts](const QSqlQuery &row) {
                    verdicts.append(verdictFromStoredJson(row.value(0).toString()));
                })
            .map([&verdicts] { return verdicts; });
    });
}

QFuture<Result<>> ComparisonStore::addVerdict(const Verdict &verdict) const
{
    return m_database.run([verdict](OpenDatabase &database) {
        return database.connection().execute(
            u"INSERT INTO verdicts (id, comparison, body, created) VALUES (?, ?, ?, ?)"_s,
            {toValue(verdict.id), toValue(verdict.comparison), toStoredJson(verdict),
                toValue(verdict.created)});
    });
}

} // namespace Lorikeet
