// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "structured/schemashelf.h"

#include "base/invalidrequest.h"
#include "ids.h"
#include "schema/partialjson.h"

#include <QDir>
#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QList<KeptSchema> samples()
{
    QList<KeptSchema> all;
    const QDir folder(u":/lorikeet/schemas"_s);
    for (const QString &name : folder.entryList(QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly)) {
            continue;
        }
        const QByteArray text = file.readAll();
        const Result<JsonNode> schema = parseJson(text);
        const JsonNode *title = schema ? schema->find("title"_L1) : nullptr;
        all.append({.id = QUuid::createUuidV5(QUuid(), name),
            .name = title ? title->text : name,
            .text = QString::fromUtf8(text)});
    }
    return all;
}

} // namespace

SchemaShelf::SchemaShelf(const SchemaLibrary &library, QObject *parent)
    : ListModel(parent)
    , m_library(library)
    , m_samples(samples())
{
    show({});
}

int SchemaShelf::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant SchemaShelf::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[index.row()];
    switch (role) {
    case IdRole:
        return toText(row.schema.id);
    case Qt::DisplayRole:
    case NameRole:
        return row.schema.name;
    case OwnRole:
        return row.isOwn;
    default:
        return {};
    }
}

QHash<int, QByteArray> SchemaShelf::roleNames() const
{
    return {{IdRole, "schemaId"}, {NameRole, "name"}, {OwnRole, "own"}};
}

void SchemaShelf::show(const QList<KeptSchema> &own)
{
    QList<Row> rows;
    for (const KeptSchema &schema : own) {
        rows.append({schema, true});
    }
    for (const KeptSchema &schema : std::as_const(m_samples)) {
        rows.append({schema, false});
    }
    update(m_rows, rows, [](const Row &row) { return row.schema.id; });
    Q_EMIT rowsChanged();
}

void SchemaShelf::load()
{
    const int reading = ++m_reading;
    m_library.list().then(this, [this, reading](const Result<QList<KeptSchema>> &own) {
        if (reading != m_reading) {
            return;
        }
        if (own) {
            show(*own);
        } else {
            Q_EMIT failed(own.error().message);
        }
    });
}

std::optional<KeptSchema> SchemaShelf::find(const QString &id) const
{
    const auto found = std::ranges::find_if(
        m_rows, [id = QUuid::fromString(id)](const Row &row) { return row.schema.id == id; });
    return found == m_rows.end() ? std::nullopt : std::optional(found->schema);
}

QStringList SchemaShelf::names() const
{
    QStringList names;
    for (const Row &row : m_rows) {
        if (!names.contains(row.schema.name)) {
            names.append(row.schema.name);
        }
    }
    return names;
}

Result<QByteArray> SchemaShelf::textOf(const QString &name) const
{
    const auto found
        = std::ranges::find_if(m_rows, [&name](const Row &row) { return row.schema.name == name; });
    return found == m_rows.end() ? Result<QByteArray>(invalidRequest(
                                       tr("There is no schema “%1” in the library.").arg(name)))
                                 : found->schema.text.toUtf8();
}

bool SchemaShelf::isOwn(const QString &id) const
{
    return std::ranges::any_of(m_rows,
        [id = QUuid::fromString(id)](const Row &row) { return row.isOwn && row.schema.id == id; });
}

void SchemaShelf::carryOut(QFuture<Result<>> change)
{
    change.then(this, [this](const Result<> &done) {
        if (!done) {
            Q_EMIT failed(done.error().message);
        }
        load();
    });
}

void SchemaShelf::keep(const KeptSchema &schema) { carryOut(m_library.save(schema)); }

void SchemaShelf::remove(const QString &id) { carryOut(m_library.remove(QUuid::fromString(id))); }

} // namespace Lorikeet
