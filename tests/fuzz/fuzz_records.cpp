// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cuts.h"
#include "grid/gridtable.h"
#include "load/recordscanner.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

struct Scanned
{
    QByteArrayList records;
    bool isWhole = false;

    friend bool operator==(const Scanned &, const Scanned &) = default;
};

Scanned scanned(RecordScanner::Layout layout, const QByteArray &whole, const QByteArrayList &pieces)
{
    Scanned scanned;
    qint64 last = 0;
    RecordScanner scanner(layout, 0, [&](qint64 begin, qint64 end, qint64 line) {
        if (begin < last || end <= begin || end > whole.size()
            || line != whole.first(begin).count('\n') + 1) {
            qFatal("a record that is not there");
        }
        last = end;
        scanned.records.append(whole.sliced(begin, end - begin));
    });
    for (const QByteArray &piece : pieces) {
        scanner.feed(piece);
    }
    scanned.isWhole = scanner.end();
    return scanned;
}

/// The records of a table are those that its reader finds in all of it.
void compareRows(const QByteArray &whole, const Scanned &scanned)
{
    if (whole.contains("\xef\xbb\xbf")) {
        return; // taken away wherever a text begins
    }
    const auto rows = csvRecords(QString::fromUtf8(whole), u"F"_s);
    if (rows.has_value() != scanned.isWhole) {
        qFatal("one reads to the end, and one does not");
    }
    for (qsizetype i = 0; rows && i < std::max(rows->size(), scanned.records.size()); ++i) {
        const auto row = csvRecords(QString::fromUtf8(scanned.records.value(i)), u"F"_s);
        if (!row || row->size() != 1 || i >= rows->size()
            || row->at(0).fields != rows->at(i).fields) {
            qFatal("another row");
        }
    }
}

/// The entries of a list that is JSON are those of the JSON.
void compareEntries(const QByteArray &whole, const Scanned &scanned)
{
    const QJsonDocument document = QJsonDocument::fromJson(whole);
    if (!document.isArray()) {
        return;
    }
    if (!scanned.isWhole || scanned.records.size() != document.array().size()) {
        qFatal("another number of entries");
    }
    for (qsizetype i = 0; i < scanned.records.size(); ++i) {
        const QJsonArray entry = QJsonDocument::fromJson("[" + scanned.records.at(i) + "]").array();
        if (entry.size() != 1 || entry.at(0) != document.array().at(i)) {
            qFatal("another entry");
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using Layout = RecordScanner::Layout;
    const FuzzedStream stream = FuzzedStream::from(data, size);
    for (const Layout layout : {Layout::Lines, Layout::List, Layout::Rows}) {
        const Scanned whole = scanned(layout, stream.whole, {stream.whole});
        if (scanned(layout, stream.whole, stream.pieces) != whole) {
            qFatal("cutting the file changed what is found");
        }
        if (layout == Layout::Rows) {
            compareRows(stream.whole, whole);
        } else if (layout == Layout::List) {
            compareEntries(stream.whole, whole);
        }
    }
    return 0;
}
