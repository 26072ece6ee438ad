// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/connection.h"

#include <QDir>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

// SQLite's primary result codes (sqlite.org/rescode.html) that a person can do something about.
enum SqliteCode {
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    InputOutput = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    NotADatabase = 26,
};

QString codeWord(int code) { return u"sqlite:%1"_s.arg(code); }

} // namespace

ApiError storageError(const QSqlError &error, const QString &path)
{
    // The low byte of an extended code is the primary one.
    const int code = error.nativeErrorCode().toInt() & 0xff;
    const QString file = QDir::toNativeSeparators(path);
    ApiError result;
    result.kind = ApiError::Kind::Storage;
    result.code = codeWord(code);
    switch (code) {
    case Busy:
    case Locked:
        result.message
            = u"Another program keeps the database %1 locked; close it, or try again."_s.arg(file);
        break;
    case ReadOnly:
        result.message = u"The database %1 cannot be written; allow writing to the file and its "
                         "folder."_s.arg(file);
        break;
    case InputOutput:
        result.message
            = u"Reading or writing the database %1 failed; check the disk it is on."_s.arg(file);
        break;
    case Corrupt:
    case NotADatabase:
        result.message = u"The database %1 is damaged; restart Lorikeet, which keeps the file "
                         "aside and begins a new one."_s.arg(file);
        break;
    case Full:
        result.message = u"The disk with the database %1 is full; free some space, and what is "
                         "open here will be saved."_s.arg(file);
        break;
    case CannotOpen:
        result.message = u"The database %1 cannot be opened; check that its folder is there and "
                         "may be used."_s.arg(file);
        break;
    default:
        result.message = u"The database %1 refused an operation: %2."_s.arg(
            file, error.databaseText().isEmpty() ? error.driverText() : error.databaseText());
        break;
    }
    return result;
}

bool isDamage(const ApiError &error)
{
    return error.code == codeWord(Corrupt) || error.code == codeWord(NotADatabase);
}

Connection::Connection(const QString &path)
    : m_path(path)
{ }

Connection::~Connection()
{
    if (!m_database.isValid()) {
        return;
    }
    const QString name = m_database.connectionName();
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(name);
}

Result<> Connection::open(Milliseconds patience)
{
    // The driver is a plugin and may be missing from an installation; Qt itself would only warn.
    if (!QSqlDatabase::isDriverAvailable(u"QSQLITE"_s)) {
        return fail(ApiError::Kind::Storage,
            u"Qt's SQLite driver is not installed, so nothing can be saved; install it (on Debian: "
            "libqt6sql6-sqlite) and start again."_s);
    }
    m_database = QSqlDatabase::addDatabase(
        u"QSQLITE"_s, u"lorikeet-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces));
    m_database.setDatabaseName(m_path);
    m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(patience.count()));
    if (!m_database.open()) {
        return Failure(storageError(m_database.lastError(), m_path));
    }
    // With WAL, synchronous=NORMAL cannot damage the file; only a power cut may lose the very last
    // commits. secure_delete overwrites what is removed where that costs no further write.
    for (const QString &pragma : {u"PRAGMA synchronous=NORMAL"_s, u"PRAGMA foreign_keys=ON"_s,
             u"PRAGMA secure_delete=FAST"_s}) {
        if (Result<> result = execute(pragma); !result) {
            return result;
        }
    }
    return {};
}

Result<> Connection::run(QSqlQuery &query, const QString &sql, const QVariantList &values) const
{
    query.setForwardOnly(true);
    bool good = query.prepare(sql);
    for (const QVariant &value : values) {
        query.addBindValue(value);
    }
    good = good && query.exec();
    if (!good) {
        return Failure(storageError(query.lastError(), m_path));
    }
    return {};
}

Result<> Connection::execute(const QString &sql, const QVariantList &values) const
{
    QSqlQuery query(m_database);
    return run(query, sql, values);
}

Result<> Connection::select(const QString &sql, const QVariantList &values,
    const std::function<void(const QSqlQuery &)> &row) const
{
    QSqlQuery query(m_database);
    if (Result<> result = run(query, sql, values); !result) {
        return result;
    }
    while (query.next()) {
        row(query);
    }
    // next() is also false when reading fails half-way.
    if (query.lastError().isValid()) {
        return Failure(storageError(query.lastError(), m_path));
    }
    return {};
}

Result<QVariant> Connection::value(const QString &sql, const QVariantList &values) const
{
    QVariant result;
    return select(sql, values, [&result](const QSqlQuery &row) {
        if (!result.isValid()) {
            result = row.value(0);
        }
    }).map([&result] { return result; });
}

Result<> Connection::transaction(const std::function<Result<>()> &work) const
{
    // IMMEDIATE takes the writer's place now: a transaction that began by reading could not wait
    // for another program's writing, but would fail at once.
    if (Result<> begun = execute(u"BEGIN IMMEDIATE"_s); !begun) {
        return begun;
    }
    Result<> result = work();
    if (result) {
        result = execute(u"COMMIT"_s);
    }
    if (!result) {
        // Some failures (a full disk) have rolled back by themselves already.
        QSqlQuery(m_database).exec(u"ROLLBACK"_s);
    }
    return result;
}

} // namespace Lorikeet
