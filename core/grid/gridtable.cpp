// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "grid/gridtable.h"

#include "base/invalidrequest.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet {

Result<QList<CsvRecord>> csvRecords(const QString &text, const QString &fileName, int line)
{
    QList<CsvRecord> records;
    CsvRecord record{.line = line};
    QString field;
    bool isQuoted = false;
    bool wasQuoted = false;
    const auto endField = [&] {
        record.fields.append(field);
        field.clear();
        wasQuoted = false;
    };
    const auto endRecord = [&] {
        const bool isBlank = record.fields.isEmpty() && field.isEmpty() && !wasQuoted;
        if (!isBlank) {
            endField();
            records.append(record);
        }
        record = {.line = line};
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        line += c == u'\n' ? 1 : 0;
        if (isQuoted) {
            if (c != u'"') {
                field += c;
            } else if (i + 1 < text.size() && text.at(i + 1) == u'"') {
                field += text.at(++i);
            } else {
                isQuoted = false;
            }
        } else if (c == u'"' && field.isEmpty() && !wasQuoted) {
            isQuoted = true;
            wasQuoted = true;
        } else if (c == u',') {
            endField();
        } else if (c == u'\n') {
            endRecord();
        } else if (c != u'\r') {
            field += c;
        }
    }
    if (isQuoted) {
        return invalidRequest(u"%1, line %2: a field in quotes is not ended."_s.arg(
            fileName, QString::number(record.line)));
    }
    endRecord();
    return records;
}

Result<QJsonObject> csvRow(
    const CsvRecord &record, const QStringList &names, const QString &fileName)
{
    if (record.fields.size() != names.size()) {
        return invalidRequest(
            u"%1, line %2: there are %3 fields, and the first line names %4."_s.arg(fileName)
                .arg(record.line)
                .arg(record.fields.size())
                .arg(names.size()));
    }
    QJsonObject row;
    for (qsizetype i = 0; i < names.size(); ++i) {
        row.insert(names.at(i).trimmed(), record.fields.at(i));
    }
    return row;
}

namespace {

Result<QList<QJsonObject>> rowsOfCsv(const QByteArray &content, const QString &file)
{
    QString text = QString::fromUtf8(content);
    if (text.startsWith(QChar::ByteOrderMark)) {
        text.remove(0, 1);
    }
    const Result<QList<CsvRecord>> records = csvRecords(text, file);
    if (!records) {
        return Failure(records.error());
    }
    QList<QJsonObject> rows;
    const QStringList names = records->value(0).fields;
    for (const CsvRecord &record : records->mid(1)) {
        const Result<QJsonObject> row = csvRow(record, names, file);
        if (!row) {
            return Failure(row.error());
        }
        rows.append(*row);
    }
    return rows;
}

Result<QList<QJsonObject>> rowsOfJson(const QByteArray &content, const QString &file)
{
    QList<QJsonObject> rows;
    const QList<QByteArray> lines = content.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines.at(i).trimmed().isEmpty()) {
            continue;
        }
        QJsonParseError problem;
        const QJsonDocument document = QJsonDocument::fromJson(lines.at(i), &problem);
        if (!document.isObject()) {
            return invalidRequest(
                u"%1, line %2: this is no JSON object%3."_s.arg(file, QString::number(i + 1),
                    document.isNull() ? u" ("_s + problem.errorString() + u')' : QString()));
        }
        rows.append(document.object());
    }
    return rows;
}

} // namespace

Result<QList<QJsonObject>> tableFromFile(const QByteArray &content, const QString &fileName)
{
    const bool isCsv = fileName.endsWith(".csv"_L1, Qt::CaseInsensitive);
    Result<QList<QJsonObject>> rows
        = isCsv ? rowsOfCsv(content, fileName) : rowsOfJson(content, fileName);
    if (rows && rows->isEmpty()) {
        return invalidRequest(u"%1 has no rows."_s.arg(fileName));
    }
    return rows;
}

} // namespace Lorikeet
