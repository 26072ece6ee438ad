// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QFile>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <mutex>
#include <vector>

namespace Lorikeet {

/// A file of many records, of any size: it is gone through once for where each record begins, and
/// then only the record that is asked for is read. May be asked from several threads at once. A
/// file that is changed meanwhile gives other records or errors, not more.
///
/// What it holds is told by its name and its first character: CSV (.csv; the first record names the
/// columns), lines of text (.txt), a JSON list, whose entries are the records, or JSON lines. Blank
/// lines count for nothing.
class RecordFile final
{
public:
    enum class Layout { JsonLines, JsonList, Csv, Text };

    /// Fails with one sentence where it cannot be read, holds no record, or is not ended.
    [[nodiscard]] static Result<std::unique_ptr<RecordFile>> open(const QString &path);

    [[nodiscard]] Layout layout() const { return m_layout; }

    [[nodiscard]] qint64 count() const { return qint64(m_records.size()); }

    /// The bytes of one.
    [[nodiscard]] Result<QByteArray> bytes(qint64 record) const;
    /// One as an object: the fields of a row by their columns, an object as it is, a text or a line
    /// of text as its "prompt". Fails with one sentence that names file and line.
    [[nodiscard]] Result<QJsonObject> object(qint64 record) const;

    /// "prompts.jsonl, line 7".
    [[nodiscard]] QString placeOf(qint64 record) const;
    /// What is wrong with one, with its place.
    [[nodiscard]] Failure problem(qint64 record, const QString &sentence) const;

private:
    /// Where one is in the file.
    struct Place
    {
        qint64 begin;
        qint32 size;
        qint32 line; ///< from 1
    };

    explicit RecordFile(const QString &path);

    [[nodiscard]] Result<> index();
    [[nodiscard]] Result<> readHeader();
    [[nodiscard]] Result<QByteArray> read(const Place &place) const;

    QString m_name; ///< without its folder
    mutable QFile m_file; ///< guarded by m_mutex
    mutable std::mutex m_mutex;
    Layout m_layout = Layout::JsonLines;
    std::vector<Place> m_records;
    QStringList m_columns; ///< of Csv
};

} // namespace Lorikeet
