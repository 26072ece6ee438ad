// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/permutation.h"
#include "load/recordfile.h"
#include "load/recordscanner.h"
#include "testfiles.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

using Layout = RecordScanner::Layout;

struct Found
{
    QByteArray bytes;
    qint64 line;

    friend bool operator==(const Found &, const Found &) = default;
};

/// With the file cut into pieces of this size; nothing where it is not whole.
std::optional<QList<Found>> scanned(Layout layout, const QByteArray &file, qsizetype piece)
{
    QList<Found> found;
    RecordScanner scanner(layout, 0, [&](qint64 begin, qint64 end, qint64 line) {
        found.append({file.sliced(begin, end - begin), line});
    });
    for (qsizetype at = 0; at < file.size(); at += piece) {
        scanner.feed(QByteArrayView(file).sliced(at, std::min(piece, file.size() - at)));
    }
    return scanner.end() ? std::optional(found) : std::nullopt;
}

} // namespace

/// Files of prompts, of which only what is asked for is read.
class TestRecordFile final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    QString written(const QString &name, const QByteArray &content)
    {
        return writeFile(m_dir, name, content);
    }

private Q_SLOTS:

    void recordsWhereTheyAre_data()
    {
        QTest::addColumn<int>("layout");
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QList<Found>>("found");
        const auto row = [](const char *name, Layout layout, const QByteArray &file,
                             const QList<Found> &found) {
            QTest::newRow(name) << int(layout) << file << found;
        };
        row("lines", Layout::Lines, "{1}\n{2}\n", {{"{1}", 1}, {"{2}", 2}});
        row("no last end", Layout::Lines, "{1}\n{2}", {{"{1}", 1}, {"{2}", 2}});
        row("blank lines", Layout::Lines, "\n \n {1} \r\n\r\n\t{2}\n\n", {{"{1}", 3}, {"{2}", 5}});
        row("nothing", Layout::Lines, "\n\n", {});
        row("list", Layout::List, " [ {\"a\": [1, 2]} ,\n\n {\"b\":{}},3 ]\n",
            {{"{\"a\": [1, 2]}", 1}, {"{\"b\":{}}", 3}, {"3", 3}});
        row("brackets in texts", Layout::List, "[{\"a\":\"]},[{\\\"\\\\\"},\"x\\\\\"]",
            {{"{\"a\":\"]},[{\\\"\\\\\"}", 1}, {"\"x\\\\\"", 1}});
        row("an empty list", Layout::List, "[\n]", {});
        row("rows", Layout::Rows, "a,b\r\n1,2\r\n\r\n3,4", {{"a,b", 1}, {"1,2", 2}, {"3,4", 4}});
        row("ends of lines in quotes", Layout::Rows, "a\n\"x\ny\",1\n\"\"\"\n\"\"\"\nz\n",
            {{"a", 1}, {"\"x\ny\",1", 2}, {"\"\"\"\n\"\"\"", 4}, {"z", 6}});
        row("quotes amid a field", Layout::Rows, "5\" wide\nz\n", {{"5\" wide", 1}, {"z", 2}});
        row("a return behind quotes", Layout::Rows, "\"a\"\r\"b\nz\n",
            {{"\"a\"\r\"b", 1}, {"z", 2}});
        row("quotes behind quotes", Layout::Rows, "\"a\"b\"\nz\n", {{"\"a\"b\"", 1}, {"z", 2}});
    }

    void recordsWhereTheyAre()
    {
        QFETCH(const int, layout);
        QFETCH(const QByteArray, file);
        QFETCH(const QList<Found>, found);
        // However the file is cut while it is read.
        for (qsizetype piece = 1; piece <= file.size(); ++piece) {
            const auto records = scanned(Layout(layout), file, piece);
            QVERIFY(records);
            QCOMPARE(records->size(), found.size());
            for (qsizetype i = 0; i < found.size(); ++i) {
                QCOMPARE(records->at(i).bytes, found.at(i).bytes);
                QCOMPARE(records->at(i).line, found.at(i).line);
            }
        }
    }

    void notWhole()
    {
        QVERIFY(!scanned(Layout::List, "[{}, {", 3));
        QVERIFY(!scanned(Layout::List, "[{}, {}", 3));
        QVERIFY(!scanned(Layout::List, "[\"x]", 3));
        QVERIFY(!scanned(Layout::Rows, "a\n\"x\n", 3));
    }

    void objectsOfEachLayout_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("lines") << u"x.jsonl"_s << "{\"prompt\":\"A\"}\n\"B\\nC\"\n"_ba;
        QTest::newRow("list") << u"x.json"_s << "[{\"prompt\":\"A\"},\n\"B\\nC\"]"_ba;
        QTest::newRow("table") << u"x.CSV"_s << "prompt\nA\n\"B\nC\"\n"_ba;
        QTest::newRow("with a mark") << u"x.csv"_s << "\xef\xbb\xbfprompt\r\nA\r\n\"B\nC\"\r\n"_ba;
        QTest::newRow("list with a mark")
            << u"y.json"_s << "\xef\xbb\xbf [{\"prompt\":\"A\"},\n\"B\\nC\"]"_ba;
    }

    void objectsOfEachLayout()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, content);
        const auto file = RecordFile::open(written(name, content));
        QVERIFY2(file, qPrintable(file ? QString() : file.error().message));
        QCOMPARE((*file)->count(), 2);
        QCOMPARE((*file)->object(0).value(), (QJsonObject{{u"prompt"_s, u"A"_s}}));
        QCOMPARE((*file)->object(1).value(), (QJsonObject{{u"prompt"_s, u"B\nC"_s}}));
        QVERIFY((*file)->placeOf(1).endsWith(
            name.endsWith(u"csv"_s, Qt::CaseInsensitive) ? u", line 3"_s : u", line 2"_s));
    }

    void linesOfText()
    {
        const auto file = RecordFile::open(written(u"x.txt"_s, "[one]\n\n{two}\n"));
        QCOMPARE((*file)->count(), 2);
        QCOMPARE((*file)->object(0).value(), (QJsonObject{{u"prompt"_s, u"[one]"_s}}));
        QCOMPARE((*file)->object(1).value(), (QJsonObject{{u"prompt"_s, u"{two}"_s}}));
    }

    void faultsOfFiles_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("empty") << u"a.jsonl"_s << ""_ba << u"a.jsonl holds nothing to ask."_s;
        QTest::newRow("blank") << u"a.jsonl"_s << "\n\n"_ba << u"a.jsonl holds nothing to ask."_s;
        QTest::newRow("header alone")
            << u"a.csv"_s << "prompt\n"_ba << u"a.csv holds nothing to ask."_s;
        QTest::newRow("list") << u"a.json"_s << "[{},"_ba
                              << u"a.json: the list that it begins with is not ended."_s;
        QTest::newRow("quotes") << u"a.csv"_s << "prompt\n\"x\n"_ba
                                << u"a.csv: a field in quotes is not ended."_s;
    }

    void faultsOfFiles()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, content);
        QFETCH(const QString, sentence);
        const auto file = RecordFile::open(written(name, content));
        QVERIFY(!file);
        QCOMPARE(file.error().message, sentence);
    }

    void noFile()
    {
        const auto file = RecordFile::open(m_dir.filePath(u"none.jsonl"_s));
        QVERIFY(!file);
        QVERIFY2(file.error().message.contains(u"none.jsonl cannot be read: "_s),
            qPrintable(file.error().message));
    }

    void faultsOfRecords_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("no JSON") << u"a.jsonl"_s << "{}\n\nnonsense\n"_ba
                                 << u"a.jsonl, line 3: this is not JSON: illegal value."_s;
        QTest::newRow("two")
            << u"a.jsonl"_s << "{}\n{},{}\n"_ba
            << u"a.jsonl, line 2: this is not JSON: there is more behind the first "
               "value."_s;
        QTest::newRow("number") << u"a.jsonl"_s << "{}\n7\n"_ba
                                << u"a.jsonl, line 2: this is neither a text nor an object."_s;
        QTest::newRow("fields")
            << u"a.csv"_s << "a,b\n1,2\n1\n"_ba
            << u"a.csv, line 3: there are 1 fields, and the first line names 2."_s;
    }

    void faultsOfRecords()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, content);
        QFETCH(const QString, sentence);
        const auto file = RecordFile::open(written(name, content));
        QVERIFY(file);
        QVERIFY((*file)->object(0));
        const auto record = (*file)->object(1);
        QVERIFY(!record);
        QCOMPARE(record.error().message, sentence);
    }

    void fileCutMeanwhile()
    {
        const QString path = written(u"cut.jsonl"_s, "{\"a\":1}\n{\"a\":2}\n");
        const auto file = RecordFile::open(path);
        QVERIFY(file);
        QVERIFY(QFile::resize(path, 10));
        QVERIFY((*file)->object(0));
        const auto record = (*file)->object(1);
        QVERIFY(!record);
        QCOMPARE(record.error().message,
            u"cut.jsonl, line 2: the file has changed since it was opened."_s);
    }

    void manyAtOnce()
    {
        // Larger than what is read at once, so that records lie across.
        QByteArray content;
        constexpr int count = 40'000;
        for (int i = 0; i < count; ++i) {
            content += "{\"n\":" + QByteArray::number(i) + ",\"fill\":\""
                + QByteArray(40 + i % 50, 'x') + "\"}\n";
        }
        const auto file = RecordFile::open(written(u"large.jsonl"_s, content));
        QVERIFY(file);
        QCOMPARE((*file)->count(), count);
        std::vector<std::thread> threads;
        std::atomic<int> wrong = 0;
        for (int worker = 0; worker < 4; ++worker) {
            threads.emplace_back([&file, &wrong, worker] {
                for (int i = worker; i < count; i += 4 * 7) {
                    const auto object = (*file)->object(i);
                    wrong += object && object->value(u"n"_s).toInt() == i ? 0 : 1;
                }
            });
        }
        for (std::thread &thread : threads) {
            thread.join();
        }
        QCOMPARE(wrong.load(), 0);
    }

    void permutations_data()
    {
        QTest::addColumn<qint64>("count");
        for (const qint64 count : {1, 2, 3, 7, 8, 9, 1000, 65'536, 65'537}) {
            QTest::addRow("%lld", count) << count;
        }
    }

    void permutations()
    {
        QFETCH(const qint64, count);
        const Permutation order(count, 11);
        const Permutation again(count, 11);
        std::vector<bool> seen(size_t(count), false);
        qint64 inPlace = 0;
        for (qint64 place = 0; place < count; ++place) {
            const qint64 at = order.at(place);
            QVERIFY(at >= 0 && at < count);
            QVERIFY(!seen[size_t(at)]);
            seen[size_t(at)] = true;
            QCOMPARE(again.at(place), at);
            inPlace += at == place ? 1 : 0;
        }
        // One in its place is what chance gives.
        QVERIFY(count < 100 || inPlace < 10);
    }

    void permutationsAreMany()
    {
        std::set<std::vector<qint64>> orders;
        for (quint64 key = 0; key < 2000; ++key) {
            const Permutation order(4, key);
            orders.insert({order.at(0), order.at(1), order.at(2), order.at(3)});
        }
        QCOMPARE(orders.size(), 24);
    }
};

QTEST_GUILESS_MAIN(TestRecordFile)
#include "tst_recordfile.moc"
