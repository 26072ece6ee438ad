// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/runlock.h"

#include "store/connection.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

QString lockFile(const QString &path, const QString &id) { return path + u".run-"_s + id; }

/// Nothing is ever written, so there is no need for a journal beside the file.
Result<> lock(Connection &connection)
{
    return connection.open(0ms)
        .and_then([&connection] { return connection.execute(u"PRAGMA journal_mode=OFF"_s); })
        .and_then([&connection] { return connection.execute(u"BEGIN EXCLUSIVE"_s); });
}

} // namespace

RunLock::RunLock(const QString &path)
    : m_id(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_file(lockFile(path, m_id))
{ }

RunLock::~RunLock()
{
    if (m_connection) {
        m_connection.reset();
        QFile::remove(m_file);
    }
}

Result<> RunLock::acquire()
{
    m_connection = std::make_unique<Connection>(m_file);
    return lock(*m_connection);
}

QStringList RunLock::heldByOthers(const QString &path, const QString &own)
{
    QStringList held;
    const QFileInfo database(path);
    const QString prefix = database.fileName() + u".run-"_s;
    const QFileInfoList files
        = database.dir().entryInfoList({prefix + u'*'}, QDir::Files | QDir::Hidden);
    for (const QFileInfo &file : files) {
        const QString id = file.fileName().mid(prefix.size());
        // SQLite keeps files of its own beside it for moments; an id has none of their suffixes.
        if (id == own || QUuid::fromString(id).isNull()) {
            continue;
        }
        bool free = false;
        {
            Connection probe(file.filePath());
            free = lock(probe).has_value();
        }
        if (!free) {
            held.append(id);
        } else if (file.lastModified().secsTo(QDateTime::currentDateTime()) > 60) {
            // A younger one may have been made a moment ago and not be locked yet.
            QFile::remove(file.filePath());
        }
    }
    return held;
}

} // namespace Lorikeet
