// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QFuture>
#include <QList>
#include <QString>
#include <QUuid>

namespace Lorikeet {

class Database;

/// A JSON Schema that a person keeps to use again.
struct KeptSchema
{
    QUuid id;
    QString name;
    QString text; ///< as it was written; not necessarily fit for use

    friend bool operator==(const KeptSchema &, const KeptSchema &) = default;
};

/// A person's own schemas in the database. Callable from every thread; calls are carried out in
/// the order they were made.
class SchemaLibrary final
{
public:
    /// `database` must outlive this.
    explicit SchemaLibrary(Database &database)
        : m_database(database)
    { }

    /// In the order they were added.
    [[nodiscard]] QFuture<Result<QList<KeptSchema>>> list() const;
    /// Adds the schema, or replaces the one of the same id.
    [[nodiscard]] QFuture<Result<>> save(const KeptSchema &schema) const;
    [[nodiscard]] QFuture<Result<>> remove(QUuid id) const;

private:
    Database &m_database;
};

} // namespace Lorikeet
