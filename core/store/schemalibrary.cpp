// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/schemalibrary.h"

#include "store/database.h"
#include "store/opendatabase.h"
#include "store/values.h"

#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Lorikeet {

QFuture<Result<QList<KeptSchema>>> SchemaLibrary::list() const
{
    return m_database.run([](OpenDatabase &database) -> Result<QList<KeptSchema>> {
        QList<KeptSchema> schemas;
        return database.connection()
            .select(u"SELECT id, name, text FROM schemas ORDER BY place"_s, {},
                [&schemas](const QSqlQuery &row) {
                    schemas.append({.id = toUuid(row.value(0)),
                        .name = row.value(1).toString(),
                        .text = row.value(2).toString()});
                })
            .map([&schemas] { return schemas; });
    });
}

QFuture<Result<>> SchemaLibrary::save(const KeptSchema &schema) const
{
    return m_database.run([schema](OpenDatabase &database) {
        return database.connection().execute(
            u"INSERT INTO schemas (id, name, text) VALUES (?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, text = excluded.text"_s,
            {toValue(schema.id), toValue(schema.name), toValue(schema.text)});
    });
}

QFuture<Result<>> SchemaLibrary::remove(QUuid id) const
{
    return m_database.run([id](OpenDatabase &database) {
        return database.connection().execute(u"DELETE FROM schemas WHERE id = ?"_s, {toValue(id)});
    });
}

} // namespace Lorikeet
