// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace Lorikeet {

/// The rows of a table: of CSV (RFC 4180, its first line the names of the columns) where the file
/// is called .csv, else of JSON objects, one a line. All values of CSV are texts. Where it is no
/// table, one sentence that names `fileName` and the line.
[[nodiscard]] Result<QList<QJsonObject>> tableFromFile(
    const QByteArray &content, const QString &fileName);

/// A record of CSV, and the line it begins in.
struct CsvRecord
{
    QStringList fields;
    int line = 0;

    friend bool operator==(const CsvRecord &, const CsvRecord &) = default;
};

/// The records of a piece of CSV (RFC 4180), without blank lines; its first line is number `line`
/// of the file. Fails where quotes are not ended.
[[nodiscard]] Result<QList<CsvRecord>> csvRecords(
    const QString &text, const QString &fileName, int line = 1);
/// A record as an object; fails where it has not as many fields as there are names.
[[nodiscard]] Result<QJsonObject> csvRow(
    const CsvRecord &record, const QStringList &names, const QString &fileName);

} // namespace Lorikeet
