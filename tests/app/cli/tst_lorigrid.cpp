// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lorirun.h"
#include "simulator/simulatorthread.h"
#include "testfiles.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// `lori grid` as a person or a script runs it, against the simulated endpoint.
class TestLoriGrid final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<SimulatorThread> m_simulator;

    [[nodiscard]] QString path(const QString &name) const { return m_home->filePath(name); }

    [[nodiscard]] QString file(const QString &name, const QByteArray &content) const
    {
        return writeFile(*m_home, name, content);
    }

    [[nodiscard]] QByteArray read(const QString &name) const { return readFile(*m_home, name); }

    [[nodiscard]] QStringList grid(const QStringList &more) const
    {
        return QStringList{u"grid"_s, u"-e"_s, m_simulator->url().toString()} + more;
    }

private Q_SLOTS:

    void initTestCase()
    {
        SimulatorOptions options;
        options.server = u"vllm"_s;
        options.timing = *simulatorProfile(u"fast");
        m_simulator = std::make_unique<SimulatorThread>(options);
        QVERIFY(m_simulator->start());
    }

    void init() { m_home = std::make_unique<QTemporaryDir>(); }

    void aTableOfEveryLaneWithAllItsFiles()
    {
        const QString table = file(u"t.csv"_s, "id,who,wo\nfirst,Ada,\nsecond,\"Bob, the\",\n");
        const QString hello = file(u"hello.txt"_s, "Hello {{ who }}");
        const LoriEnd ended = runLori(*m_home,
            grid({u"-l"_s, u"base"_s, u"-l"_s, u"support-v4,temperature=0.2"_s, u"-n"_s, u"3"_s,
                u"--seed"_s, u"5"_s, u"-T"_s, hello, u"--assert"_s, u"regex=."_s, u"--assert"_s,
                u"max-tokens=100000"_s, u"-o"_s, path(u"out.jsonl"_s), u"--csv"_s,
                path(u"out.csv"_s), u"--html"_s, path(u"out.html"_s), u"--json"_s, table}));
        QVERIFY2(ended.code == 0, ended.err.constData());
        QVERIFY2(ended.err.contains("12 answered."), ended.err.constData());
        QVERIFY2(ended.err.contains("Nothing uses the column “wo”."), ended.err.constData());
        const QJsonObject summary = QJsonDocument::fromJson(ended.out).object();
        QCOMPARE(summary[u"rows"_s].toInt(), 2);
        const QJsonArray lanes = summary[u"lanes"_s].toArray();
        QCOMPARE(lanes.size(), 2);
        for (const QJsonValue &lane : lanes) {
            QCOMPARE(lane[u"answered"_s].toInt(), 6);
            QCOMPARE(lane[u"all_passed"_s][u"value"_s].toDouble(), 1.0);
            QVERIFY(lane[u"all_passed"_s][u"low"_s].toDouble() < 0.7);
            QVERIFY(lane[u"seconds"_s][u"value"_s].toDouble() > 0);
            QVERIFY(lane[u"seconds_to_first_token"_s].isObject());
        }
        QVERIFY(lanes[1][u"name"_s].toString().startsWith(u"support-v4"_s));
        const QList<QJsonObject> results = jsonLines(read(u"out.jsonl"_s));
        QCOMPARE(results.size(), 12);
        for (qsizetype i = 0; i < results.size(); ++i) {
            QCOMPARE(results[i][u"index"_s].toInteger(), i);
            QCOMPARE(results[i][u"id"_s].toString(), i < 6 ? u"first"_s : u"second"_s);
            QCOMPARE(results[i][u"lane"_s].toString(), i % 6 < 3 ? u"A"_s : u"B"_s);
            QCOMPARE(results[i][u"sample"_s].toInt(), int(i % 3) + 1);
            QVERIFY(!results[i][u"text"_s].toString().isEmpty());
            QCOMPARE(results[i][u"checks"_s].toArray().size(), 2);
        }
        QCOMPARE(read(u"out.csv"_s).count("passed,passed\r\n"), 12);
        const QByteArray page = read(u"out.html"_s);
        QVERIFY(page.contains("Hello Bob, the"));
        QVERIFY(!page.contains(m_simulator->url().toEncoded()));
    }

    void baseAndAllAdaptersWithoutATemplate()
    {
        const LoriEnd ended
            = runLori(*m_home, grid({file(u"t.jsonl"_s, "{\"prompt\": \"Hello\"}\n")}));
        QVERIFY2(ended.code == 0, ended.err.constData());
        QVERIFY(ended.out.startsWith("A  base\n"));
        for (const QString &adapter : simulatorAdapters()) {
            QVERIFY(ended.out.contains(adapter.toUtf8()));
        }
        QVERIFY(ended.out.contains("Wilson"));
    }

    void aFailedCheckAndAFailedRequestAreToldApart()
    {
        const QString table
            = file(u"t.jsonl"_s, "{\"prompt\": \"Hello\", \"answer\": \"no such thing\"}\n");
        const QStringList wanted{u"--assert"_s, u"equals={{ answer }}"_s, u"-l"_s, u"base"_s};
        const LoriEnd wrong = runLori(*m_home, grid(wanted + QStringList{table}));
        QCOMPARE(wrong.code, 3);
        QVERIFY2(wrong.out.contains("0.0 % (0.0"), wrong.out.constData());
        const LoriEnd failed = runLori(
            *m_home, grid(wanted + QStringList{u"-l"_s, u"base,model=fault/500"_s, table}));
        QCOMPARE(failed.code, 5);
        QVERIFY2(failed.err.contains("Row 1, lane B: "), failed.err.constData());
    }

    /// Killed without warning, and gone on with: nothing that was answered is asked again.
    void aKilledGridGoesOnWhereItWas()
    {
        const QString table = file(u"t.jsonl"_s, "{\"prompt\":\"a\"}\n{\"prompt\":\"b\"}\n");
        const QStringList arguments = grid({u"-l"_s, u"base"_s, u"-l"_s, u"sql-expert"_s, u"-n"_s,
            u"20"_s, u"-c"_s, u"1"_s, u"-o"_s, path(u"out.jsonl"_s), table});
        Lori killed(*m_home, arguments);
        QTRY_VERIFY_WITH_TIMEOUT(read(u"out.jsonl.part"_s).count('\n') >= 5, longWait);
        ::kill(pid_t(killed.process.processId()), SIGKILL);
        QVERIFY(killed.wait());
        QVERIFY(!QFile::exists(path(u"out.jsonl"_s)));
        const qsizetype there = read(u"out.jsonl.part"_s).count('\n');
        QVERIFY(there < 80);

        const LoriEnd refused = runLori(*m_home, arguments);
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.err.contains("is there already"), refused.err.constData());

        const LoriEnd resumed
            = runLori(*m_home, arguments + QStringList{u"--resume"_s, u"--json"_s});
        QVERIFY2(resumed.code == 0, resumed.err.constData());
        const QByteArray counts = QByteArray::number(80 - there) + " answered, "
            + QByteArray::number(there) + " were there before.";
        QVERIFY2(resumed.err.contains(counts), resumed.err.constData());
        QSet<qint64> seen;
        for (const QJsonObject &result : jsonLines(read(u"out.jsonl"_s))) {
            seen.insert(result[u"index"_s].toInteger());
        }
        QCOMPARE(seen.size(), 80);
        // The summary is of all of them.
        const QJsonDocument summary = QJsonDocument::fromJson(resumed.out);
        QCOMPARE(summary[u"lanes"_s][0][u"answered"_s].toInt(), 40);
        QCOMPARE(summary[u"lanes"_s][1][u"answered"_s].toInt(), 40);
    }

    void anInterruptionKeepsWhatIsDone()
    {
        const QString table = file(u"t.jsonl"_s, "{\"prompt\":\"a\"}\n");
        Lori lori(*m_home,
            grid({u"-l"_s, u"base"_s, u"-n"_s, u"1000"_s, u"-c"_s, u"1"_s, u"-o"_s,
                path(u"out.jsonl"_s), table}));
        QTRY_VERIFY_WITH_TIMEOUT(read(u"out.jsonl.part"_s).count('\n') >= 2, longWait);
        ::kill(pid_t(lori.process.processId()), SIGINT);
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 130);
        QVERIFY2(lori.err().contains("--resume goes on"), lori.err().constData());
        QVERIFY(read(u"out.jsonl.part"_s).endsWith('\n'));
    }

    void mistakesAreNamedBeforeAnythingIsAsked_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("no table") << QStringList{} << "no table"_ba;
        QTest::newRow("no file") << QStringList{u"none.csv"_s} << "cannot be read"_ba;
        QTest::newRow("column") << QStringList{u"-T"_s, u"HELLO"_s, u"TABLE"_s}
                                << "Row 1: “hello” needs a value for “who”."_ba;
        QTest::newRow("assertion")
            << QStringList{u"--assert"_s, u"has=x"_s, u"TABLE"_s} << "contains="_ba;
        QTest::newRow("samples") << QStringList{u"-n"_s, u"0"_s, u"TABLE"_s} << "--samples"_ba;
        QTest::newRow("seed") << QStringList{u"--seed"_s, u"x"_s, u"TABLE"_s} << "--seed"_ba;
        QTest::newRow("resume") << QStringList{u"--resume"_s, u"TABLE"_s} << "--out"_ba;
        QTest::newRow("lane") << QStringList{u"-l"_s, u"poet"_s, u"TABLE"_s} << "support-v3"_ba;
        QTest::newRow("var") << QStringList{u"--var"_s, u"a=b"_s, u"TABLE"_s} << "--template"_ba;
    }

    void mistakesAreNamedBeforeAnythingIsAsked()
    {
        QFETCH(QStringList, arguments);
        QFETCH(const QByteArray, word);
        arguments.replaceInStrings(u"TABLE"_s, file(u"t.jsonl"_s, "{\"prompt\":\"a\"}\n"));
        arguments.replaceInStrings(u"HELLO"_s, file(u"hello.txt"_s, "Hello {{ who }}"));
        const LoriEnd ended = runLori(*m_home, grid(arguments));
        QCOMPARE(ended.code, 2);
        QCOMPARE(ended.out, ""_ba);
        QVERIFY2(ended.err.contains(word), ended.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestLoriGrid)
#include "tst_lorigrid.moc"
