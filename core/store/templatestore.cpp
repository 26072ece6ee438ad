// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/templatestore.h"

#include "base/invalidrequest.h"
#include "store/database.h"
#include "store/opendatabase.h"
#include "store/values.h"
#include "templates/templatefile.h"

#include <QJsonDocument>
#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString toBody(const PromptTemplate &prompt)
{
    return QString::fromUtf8(QJsonDocument(templateToJson(prompt)).toJson(QJsonDocument::Compact));
}

StoredTemplate fromRow(const QSqlQuery &row)
{
    const QString name = row.value(0).toString();
    const QJsonObject body = QJsonDocument::fromJson(row.value(2).toString().toUtf8()).object();
    StoredTemplate stored{.prompt = templateFromJson(body, name).value_or(PromptTemplate()),
        .version = row.value(1).toInt(),
        .created = toDateTime(row.value(3))};
    stored.prompt.name = name;
    return stored;
}

Result<QList<StoredTemplate>> select(
    const Connection &connection, const QString &condition, const QVariantList &values = {})
{
    QList<StoredTemplate> found;
    return connection
        .select(u"SELECT name, version, body, created FROM templates AS t WHERE deleted IS NULL "_s
                + condition,
            values, [&found](const QSqlQuery &row) { found.append(fromRow(row)); })
        .map([&found] { return found; });
}

Failure notThere(const QString &name)
{
    return fail(ApiError::Kind::NotFound, u"There is no template “%1” in the library."_s.arg(name));
}

QFuture<Result<>> setDeleted(Database &database, const QString &name, const QVariant &when)
{
    return database.run([=](OpenDatabase &open) -> Result<> {
        const Connection &connection = open.connection();
        const bool restores = when.isNull();
        if (!restores) {
            return connection.execute(
                u"UPDATE templates SET deleted = ? WHERE name = ? AND deleted IS NULL"_s,
                {when, toValue(name)});
        }
        // Only what was removed last, and only if nothing took its place.
        return connection.execute(
            u"UPDATE templates SET deleted = NULL WHERE name = ? AND deleted = "
            "(SELECT max(deleted) FROM templates WHERE name = ?) AND NOT EXISTS "
            "(SELECT 1 FROM templates WHERE name = ? AND deleted IS NULL)"_s,
            {toValue(name), toValue(name), toValue(name)});
    });
}

} // namespace

QFuture<Result<QList<StoredTemplate>>> TemplateStore::list() const
{
    return m_database.run([](OpenDatabase &database) {
        return select(database.connection(),
            u"AND version = (SELECT max(version) FROM templates WHERE name = t.name AND deleted IS "
            "NULL) ORDER BY name COLLATE NOCASE, name"_s);
    });
}

QFuture<Result<QList<StoredTemplate>>> TemplateStore::versions(const QString &name) const
{
    return m_database.run([name](OpenDatabase &database) {
        return select(
            database.connection(), u"AND name = ? ORDER BY version DESC"_s, {toValue(name)})
            .and_then([&name](const QList<StoredTemplate> &all) -> Result<QList<StoredTemplate>> {
                return all.isEmpty() ? Result<QList<StoredTemplate>>(notThere(name)) : all;
            });
    });
}

QFuture<Result<StoredTemplate>> TemplateStore::load(
    const QString &name, std::optional<int> version) const
{
    return versions(name).then([=](const Result<QList<StoredTemplate>> &all)
                                   -> Result<StoredTemplate> {
        if (!all) {
            return Failure(all.error());
        }
        for (const StoredTemplate &stored : *all) {
            if (!version || stored.version == *version) {
                return stored;
            }
        }
        return fail(ApiError::Kind::NotFound,
            u"The template “%1” has no version %2; its newest is %3."_s.arg(name).arg(*version).arg(
                all->constFirst().version));
    });
}

QFuture<Result<int>> TemplateStore::save(const PromptTemplate &prompt) const
{
    return m_database.run([prompt](OpenDatabase &database) -> Result<int> {
        if (prompt.name.isEmpty()) {
            return invalidRequest(u"A template needs a name to be kept."_s);
        }
        const Connection &connection = database.connection();
        int version = 0;
        const Result<> done = connection.transaction([&]() -> Result<> {
            const auto newest = select(connection, u"AND name = ? ORDER BY version DESC LIMIT 1"_s,
                {toValue(prompt.name)});
            if (!newest) {
                return Failure(newest.error());
            }
            if (!newest->isEmpty() && newest->constFirst().prompt == prompt) {
                version = newest->constFirst().version;
                return {};
            }
            const Result<QVariant> last = connection.value(
                u"SELECT max(version) FROM templates WHERE name = ?"_s, {toValue(prompt.name)});
            if (!last) {
                return Failure(last.error());
            }
            version = last->toInt() + 1;
            return connection.execute(
                u"INSERT INTO templates (name, version, body, created) VALUES (?, ?, ?, ?)"_s,
                {toValue(prompt.name), version, toBody(prompt),
                    toValue(QDateTime::currentDateTimeUtc())});
        });
        return done.map([&version] { return version; });
    });
}

QFuture<Result<>> TemplateStore::remove(const QString &name) const
{
    return setDeleted(m_database, name, toValue(QDateTime::currentDateTimeUtc()));
}

QFuture<Result<>> TemplateStore::restore(const QString &name) const
{
    return setDeleted(m_database, name, {});
}

} // namespace Lorikeet
