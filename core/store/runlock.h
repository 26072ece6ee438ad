// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

#include <memory>

namespace Lorikeet {

class Connection;

/// Tells other programs on the same database that this one runs, also after a crash of either: an
/// empty file beside the database ("<path>.run-<id>"), locked by way of SQLite's own portable
/// file locks, which the system lets go of when a process ends, however it ends. (Process ids
/// would not do: in containers they repeat.)
class RunLock final
{
public:
    /// For the database at `path`, with a fresh id.
    explicit RunLock(const QString &path);
    Q_DISABLE_COPY_MOVE(RunLock)
    /// Lets go and removes the file.
    ~RunLock();

    [[nodiscard]] Result<> acquire();

    [[nodiscard]] const QString &id() const { return m_id; }

    /// The ids of the locks that other programs hold now. Removes the files of those that ended
    /// without doing so.
    [[nodiscard]] static QStringList heldByOthers(const QString &path, const QString &own);

private:
    QString m_id;
    QString m_file;
    std::unique_ptr<Connection> m_connection;
};

} // namespace Lorikeet
