// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/opendatabase.h"

#include "base/logging.h"
#include "chat/chatnode.h"
#include "store/schema.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlQuery>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

/// Renames the file and what SQLite keeps beside it. Where it is now, or why not.
Result<QString> keepAside(const QString &path)
{
    const QString aside
        = path + u".damaged-"_s + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz");
    for (const QString &suffix : {QString(), u"-wal"_s, u"-shm"_s}) {
        if (QFile::exists(path + suffix) && !QFile::rename(path + suffix, aside + suffix)) {
            return fail(ApiError::Kind::Storage,
                u"The database %1 is damaged and cannot be moved aside; move it elsewhere and "
                "start again."_s.arg(QDir::toNativeSeparators(path + suffix)));
        }
    }
    return aside;
}

} // namespace

Result<std::shared_ptr<OpenDatabase>> OpenDatabase::open(const QString &path, StoreReport &report)
{
    if (!QDir().mkpath(QFileInfo(path).absolutePath())) {
        return fail(ApiError::Kind::Storage,
            u"The folder %1 for the database cannot be made; check that its place may be "
            "written."_s.arg(QDir::toNativeSeparators(QFileInfo(path).absolutePath())));
    }
    auto database = std::make_shared<OpenDatabase>(path);
    Result<> prepared = database->prepare(report);
    if (!prepared && isDamage(prepared.error())
        && RunLock::heldByOthers(path, database->owner()).isEmpty()) {
        database.reset();
        const Result<QString> aside = keepAside(path);
        if (!aside) {
            return Failure(aside.error());
        }
        report = {};
        report.notes
            += u"The database was damaged; it is kept as %1, and a new one was begun."_s.arg(
                QDir::toNativeSeparators(*aside));
        qCWarning(logStore).noquote() << report.notes.constLast();
        database = std::make_shared<OpenDatabase>(path);
        prepared = database->prepare(report);
    }
    return prepared.map([&database] { return database; });
}

Result<> OpenDatabase::prepare(StoreReport &report)
{
    if (Result<> opened = m_connection.open(5s); !opened) {
        return opened;
    }
    const Result<bool> created = prepareSchema(m_connection);
    if (!created) {
        return Failure(created.error());
    }
    report.created = *created;
    // Not before the schema was found to be ours: this writes to the file.
    if (Result<> wal = m_connection.execute(u"PRAGMA journal_mode=WAL"_s); !wal) {
        return wal;
    }
    if (Result<> locked = m_lock.acquire(); !locked) {
        return locked;
    }
    if (Result<> marked = markInterrupted(report); !marked) {
        return marked;
    }
    return purge();
}

Result<> OpenDatabase::markInterrupted(StoreReport &report) const
{
    return m_connection.transaction([this, &report]() -> Result<> {
        // Asked within the transaction: who is not there now cannot begin a stream meanwhile.
        const QStringList held = RunLock::heldByOthers(m_connection.path(), owner());
        QStringList gone;
        const Result<> owners
            = m_connection.select(u"SELECT DISTINCT owner FROM nodes WHERE owner IS NOT NULL"_s, {},
                [&](const QSqlQuery &row) {
                    if (const QString id = row.value(0).toString(); !held.contains(id)) {
                        gone.append(id);
                    }
                });
        if (!owners) {
            return owners;
        }
        for (const QString &id : std::as_const(gone)) {
            const Result<QVariant> count
                = m_connection.value(u"SELECT count(*) FROM nodes WHERE owner = ?"_s, {id});
            const Result<> marked = count.and_then([&](const QVariant &) {
                return m_connection.execute(
                    u"UPDATE nodes SET state = ?, owner = NULL WHERE owner = ?"_s,
                    {toWord(ChatNode::State::Interrupted), id});
            });
            if (!marked) {
                return marked;
            }
            report.interrupted += count->toInt();
        }
        return {};
    });
}

Result<> OpenDatabase::purge() const
{
    const qint64 before = QDateTime::currentDateTimeUtc().addSecs(-3600).toMSecsSinceEpoch();
    return m_connection.transaction([this, before] {
        // A message that another program added below a removed one becomes a first message.
        return m_connection
            .execute(u"UPDATE nodes SET parent = NULL WHERE deleted IS NULL AND parent IN "
                     "(SELECT id FROM nodes WHERE deleted < ?)"_s,
                {before})
            .and_then([=, this] {
                return m_connection.execute(u"DELETE FROM nodes WHERE deleted < ?"_s, {before});
            })
            .and_then([=, this] {
                return m_connection.execute(
                    u"DELETE FROM conversations WHERE deleted < ?"_s, {before});
            })
            .and_then([=, this] {
                return m_connection.execute(
                    u"DELETE FROM comparisons WHERE deleted < ?"_s, {before});
            })
            .and_then([=, this] {
                return m_connection.execute(u"DELETE FROM templates WHERE deleted < ?"_s, {before});
            });
    });
}

} // namespace Lorikeet
