// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "grid/gridhistory.h"

#include "chat/conversation.h"
#include "grid/gridrecord.h"

#include <QDir>
#include <QFile>
#include <QLocale>
#include <QtConcurrentRun>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr QLatin1StringView gone(".removed");

QString titleOf(const GridRecord &record)
{
    if (!record.sourceName.isEmpty()) {
        return record.sourceName;
    }
    // How the first prompts begin, or what they are filled in with.
    QStringList begun;
    const Result<QList<QJsonObject>> table = tableOf(record);
    const QList<QJsonObject> rows = table ? *table : QList<QJsonObject>();
    for (const QJsonObject &row : rows.first(std::min(qsizetype(3), rows.size()))) {
        const QJsonValue prompt = row[u"prompt"_s];
        const QJsonValue shown = prompt.isString() || row.isEmpty() ? prompt : row.begin().value();
        begun.append(shown.toVariant().toString().simplified());
    }
    return titleFromPrompt(begun.join(u" · "_s));
}

QString detailOf(const GridRecord &record)
{
    QStringList names;
    for (const GridRecordLane &lane : record.lanes) {
        names.append(lane.name);
    }
    QStringList parts{names.join(u", "_s)};
    if (record.samples > 1) {
        parts.append(GridHistory::tr("%n sample(s)", nullptr, record.samples));
    }
    if (!record.assertions.isEmpty()) {
        parts.append(GridHistory::tr("%n assertion(s)", nullptr, int(record.assertions.size())));
    }
    return parts.join(u" · "_s);
}

} // namespace

GridHistory::GridHistory(const QString &folder, QObject *parent)
    : ListModel(parent)
    , m_folder(folder)
{
    sweep();
}

QString GridHistory::pathOf(QUuid id, QLatin1StringView ending) const
{
    return m_folder + u'/' + id.toString(QUuid::WithoutBraces) + ending;
}

QUuid GridHistory::last() const
{
    // Their names tell nothing.
    const QFileInfoList files
        = QDir(m_folder).entryInfoList({u"*.json"_s}, QDir::Files, QDir::Time);
    return files.isEmpty() ? QUuid() : QUuid::fromString(files.constFirst().completeBaseName());
}

QList<GridHistory::Row> GridHistory::read(const QString &folder)
{
    QList<Row> rows;
    const QFileInfoList files = QDir(folder).entryInfoList({u"*.json"_s}, QDir::Files);
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        if (!file.open(QIODevice::ReadOnly)) {
            continue;
        }
        // One that cannot be read is told when it is opened, which nobody can who does not see it.
        const Result<GridRecord> record = gridRecordFromJson(file.readAll(), file.fileName());
        const QUuid id = QUuid::fromString(info.completeBaseName());
        rows.append(record ? Row{.id = id,
                                 .title = titleOf(*record),
                                 .detail = detailOf(*record),
                                 .created = record->created}
                           : Row{.id = id,
                                 .title = info.fileName(),
                                 .detail = record.error().message,
                                 .created = info.lastModified()});
    }
    std::ranges::sort(rows, std::ranges::greater(), &Row::created);
    return rows;
}

void GridHistory::refresh()
{
    QtConcurrent::run(&GridHistory::read, m_folder)
        .then(this, [this, reading = ++m_reading](const QList<Row> &rows) {
            if (reading == m_reading) {
                update(m_rows, rows, [](const Row &row) { return row.id; });
                Q_EMIT changed();
            }
        });
}

int GridHistory::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

std::span<const GridHistory::Field<GridHistory::Row>> GridHistory::fields()
{
    static constexpr std::array<Field<Row>, 3> all{{
        {TitleRole, "title", [](const Row &row) -> QVariant { return row.title; }},
        {DetailRole, "detail", [](const Row &row) -> QVariant { return row.detail; }},
        {WhenRole, "when",
            [](const Row &row) -> QVariant {
                return QLocale().toString(row.created.toLocalTime(), QLocale::ShortFormat);
            }},
    }};
    return all;
}

QVariant GridHistory::data(const QModelIndex &index, int role) const
{
    return valueAt(m_rows, fields(), index, role);
}

QHash<int, QByteArray> GridHistory::roleNames() const { return namesOf(fields()); }

QUuid GridHistory::idAt(int row) const { return m_rows.value(row).id; }

void GridHistory::remove(int row)
{
    if (row < 0 || row >= count()) {
        return;
    }
    sweep();
    const Row removed = m_rows[row];
    const QString record = recordPath(removed.id);
    if (!QFile::rename(record, record + gone)) {
        Q_EMIT failed(tr("%1 cannot be removed.").arg(record));
        return;
    }
    Q_EMIT removing(removed.id);
    m_removed = removed.id;
    m_removedTitle = removed.title;
    QList<Row> rows = m_rows;
    rows.removeAt(row);
    update(m_rows, rows, [](const Row &other) { return other.id; });
    ++m_reading;
    Q_EMIT changed();
}

void GridHistory::undoRemove()
{
    if (!m_removed.isNull()) {
        const QString record = recordPath(m_removed);
        if (!QFile::rename(record + gone, record)) {
            Q_EMIT failed(tr("%1 cannot be brought back.").arg(record));
        }
        m_removed = {};
        m_removedTitle.clear();
        Q_EMIT changed();
        refresh();
    }
}

void GridHistory::forgetRemoved()
{
    sweep();
    m_removed = {};
    m_removedTitle.clear();
    Q_EMIT changed();
}

void GridHistory::sweep() const
{
    const QDir folder(m_folder);
    const QStringList files = folder.entryList({u"*.json"_s + gone}, QDir::Files);
    for (const QString &name : files) {
        const QString record = name.chopped(gone.size());
        // Those of one that was not finished stand in another file beside it.
        const QStringList answers = folder.entryList({record + u"l*"_s}, QDir::Files);
        for (const QString &file : answers) {
            QFile::remove(folder.filePath(file));
        }
        QFile::remove(folder.filePath(name));
    }
}

} // namespace Lorikeet
