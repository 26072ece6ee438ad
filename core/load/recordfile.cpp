// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/recordfile.h"

#include "base/invalidrequest.h"
#include "grid/gridtable.h"
#include "load/recordscanner.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <optional>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr qint64 pieceSize = 1 << 20;
/// A record is held in memory whole, once for each thread.
constexpr qint64 mostBytes = 256 << 20;
constexpr QByteArrayView byteOrderMark = "\xef\xbb\xbf";

RecordScanner::Layout scannedAs(RecordFile::Layout layout)
{
    switch (layout) {
    case RecordFile::Layout::JsonList:
        return RecordScanner::Layout::List;
    case RecordFile::Layout::Csv:
        return RecordScanner::Layout::Rows;
    case RecordFile::Layout::JsonLines:
    case RecordFile::Layout::Text:
        break;
    }
    return RecordScanner::Layout::Lines;
}

RecordFile::Layout layoutOf(const QString &name, QByteArrayView begun)
{
    if (name.endsWith(".csv"_L1, Qt::CaseInsensitive)) {
        return RecordFile::Layout::Csv;
    }
    if (name.endsWith(".txt"_L1, Qt::CaseInsensitive)) {
        return RecordFile::Layout::Text;
    }
    return begun.trimmed().startsWith('[') ? RecordFile::Layout::JsonList
                                           : RecordFile::Layout::JsonLines;
}

} // namespace

RecordFile::RecordFile(const QString &path)
    : m_name(QFileInfo(path).fileName())
    , m_file(path)
{ }

Result<std::unique_ptr<RecordFile>> RecordFile::open(const QString &path)
{
    std::unique_ptr<RecordFile> file(new RecordFile(path));
    if (!file->m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return invalidRequest(u"%1 cannot be read: %2."_s.arg(path, file->m_file.errorString()));
    }
    if (const Result<> indexed = file->index(); !indexed) {
        return Failure(indexed.error());
    }
    return file;
}

Result<> RecordFile::index()
{
    QByteArray piece = m_file.read(pieceSize);
    const qint64 from = piece.startsWith(byteOrderMark) ? byteOrderMark.size() : 0;
    piece.remove(0, from);
    m_layout = layoutOf(m_name, piece);
    std::optional<qint64> tooLong;
    RecordScanner scanner(scannedAs(m_layout), from, [&](qint64 begin, qint64 end, qint64 line) {
        if (end - begin > mostBytes) {
            tooLong = tooLong.value_or(line);
        } else {
            m_records.push_back(
                {.begin = begin, .size = qint32(end - begin), .line = qint32(line)});
        }
    });
    for (; !piece.isEmpty(); piece = m_file.read(pieceSize)) {
        scanner.feed(piece);
    }
    if (m_file.error() != QFileDevice::NoError) {
        return invalidRequest(u"%1 cannot be read: %2."_s.arg(m_name, m_file.errorString()));
    }
    const bool isWhole = scanner.end();
    if (tooLong) {
        return invalidRequest(
            u"%1, line %2: this is longer than 256 MiB."_s.arg(m_name, QString::number(*tooLong)));
    }
    if (!isWhole) {
        return invalidRequest(m_layout == Layout::Csv
                ? u"%1: a field in quotes is not ended."_s.arg(m_name)
                : u"%1: the list that it begins with is not ended."_s.arg(m_name));
    }
    m_records.shrink_to_fit();
    if (m_layout == Layout::Csv) {
        if (const Result<> header = readHeader(); !header) {
            return header;
        }
    }
    if (m_records.empty()) {
        return invalidRequest(u"%1 holds nothing to ask."_s.arg(m_name));
    }
    return {};
}

Result<> RecordFile::readHeader()
{
    if (m_records.empty()) {
        return {};
    }
    const Place place = m_records.front();
    const Result<QByteArray> header = read(place);
    const auto records = header ? csvRecords(QString::fromUtf8(*header), m_name, place.line)
                                : Result<QList<CsvRecord>>(Failure(header.error()));
    if (!records) {
        return Failure(records.error());
    }
    m_columns = records->value(0).fields;
    m_records.erase(m_records.begin());
    return {};
}

Result<QByteArray> RecordFile::read(const Place &place) const
{
    const std::scoped_lock lock(m_mutex);
    QByteArray bytes;
    if (m_file.seek(place.begin)) {
        bytes = m_file.read(place.size);
    }
    if (bytes.size() != place.size) {
        return invalidRequest(u"%1, line %2: the file has changed since it was opened."_s.arg(
            m_name, QString::number(place.line)));
    }
    return bytes;
}

QString RecordFile::placeOf(qint64 record) const
{
    return u"%1, line %2"_s.arg(m_name, QString::number(m_records.at(size_t(record)).line));
}

Failure RecordFile::problem(qint64 record, const QString &sentence) const
{
    return invalidRequest(placeOf(record) + u": "_s + sentence);
}

Result<QByteArray> RecordFile::bytes(qint64 record) const
{
    return read(m_records.at(size_t(record)));
}

Result<QJsonObject> RecordFile::object(qint64 record) const
{
    const Result<QByteArray> read = bytes(record);
    if (!read) {
        return Failure(read.error());
    }
    if (m_layout == Layout::Text) {
        return QJsonObject{{u"prompt"_s, QString::fromUtf8(*read)}};
    }
    if (m_layout == Layout::Csv) {
        const auto records
            = csvRecords(QString::fromUtf8(*read), m_name, m_records.at(size_t(record)).line);
        return records ? csvRow(records->value(0), m_columns, m_name) : Failure(records.error());
    }
    // A document is an object or an array; a record may also be a mere text.
    QJsonParseError fault;
    const QJsonArray list = QJsonDocument::fromJson("[" + *read + "]", &fault).array();
    if (fault.error != QJsonParseError::NoError || list.size() != 1) {
        return problem(record,
            u"this is not JSON: %1."_s.arg(
                list.size() > 1 ? u"there is more behind the first value"_s : fault.errorString()));
    }
    if (list.first().isString()) {
        return QJsonObject{{u"prompt"_s, list.first()}};
    }
    if (!list.first().isObject()) {
        return problem(record, u"this is neither a text nor an object."_s);
    }
    return list.first().toObject();
}

} // namespace Lorikeet
