// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QSqlDatabase>
#include <QString>
#include <QVariantList>

#include <functional>

class QSqlError;
class QSqlQuery;

namespace Lorikeet {

/// An open SQLite file with foreign keys checked. Belongs to the thread that made it. Closed by its
/// destructor; the last one to close a file also folds its WAL into it.
class Connection final
{
public:
    explicit Connection(const QString &path);
    Q_DISABLE_COPY_MOVE(Connection)
    ~Connection();

    /// Makes the file if it is not there; its folder must be. `patience` is how long to wait where
    /// another program is writing. Nothing is written yet.
    [[nodiscard]] Result<> open(Milliseconds patience);

    [[nodiscard]] const QString &path() const { return m_path; }

    /// One statement, with `values` for its question marks.
    [[nodiscard]] Result<> execute(const QString &sql, const QVariantList &values = {}) const;
    /// Gives every row of a result to `row`.
    [[nodiscard]] Result<> select(const QString &sql, const QVariantList &values,
        const std::function<void(const QSqlQuery &)> &row) const;
    /// The first column of the first row; invalid without rows.
    [[nodiscard]] Result<QVariant> value(const QString &sql, const QVariantList &values = {}) const;
    /// Runs `work` within a writing transaction, which is taken back where it fails.
    [[nodiscard]] Result<> transaction(const std::function<Result<>()> &work) const;

private:
    [[nodiscard]] Result<> run(
        QSqlQuery &query, const QString &sql, const QVariantList &values) const;

    QString m_path;
    QSqlDatabase m_database;
};

/// What SQLite reported, as one sentence with what to do. `code` is "sqlite:<primary code>".
[[nodiscard]] ApiError storageError(const QSqlError &error, const QString &path);

/// The file is not, or not any more, a database.
[[nodiscard]] bool isDamage(const ApiError &error);

} // namespace Lorikeet
