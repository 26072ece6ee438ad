// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loriloadfixture.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// What a load test does not begin with, and how it says so.
class TestLoriLoadRefusals final : public LoriLoadFixture
{
    Q_OBJECT

private Q_SLOTS:

    /// Where a page cannot be written is known before anything is asked.
    void aPageThatCannotBeWrittenIsToldAtOnce()
    {
        for (const QString &option : {u"--html"_s, u"--markdown"_s}) {
            const LoriEnd end = loaded({u"--requests"_s, u"3"_s, option, u"/nonexistent/page"_s});
            QVERIFY(end.code != 0);
            QVERIFY2(end.err.contains("/nonexistent/page cannot be written"), end.err.constData());
        }
        QVERIFY(m_simulator->records().isEmpty());
        QVERIFY(!QFile::exists(u"/nonexistent/page"_s));
    }

    void aCeilingIsToldBeforeAnythingIsSent_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("cost") << QStringList{u"--price"_s, u"0,1000000"_s, u"--max-cost"_s, u"7"_s}
                              << "over the ceiling of 7.00. --max-cost raises it."_ba;
        QTest::newRow("requests") << QStringList{u"--max-requests"_s, u"9"_s}
                                  << "over the ceiling of 9. --max-requests raises it."_ba;
        QTest::newRow("no price") << QStringList{u"--max-cost"_s, u"7"_s}
                                  << "--max-cost needs prices"_ba;
    }

    void aCeilingIsToldBeforeAnythingIsSent()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, sentence);
        const LoriEnd end = loaded(
            QStringList{u"-r"_s, u"100"_s, u"--requests"_s, u"10"_s, u"--output-tokens"_s, u"5"_s}
            + arguments);
        QCOMPARE(end.code, 2);
        QVERIFY2(end.err.contains(sentence), end.err.constData());
        QVERIFY(m_simulator->records().isEmpty());
    }

    void aDurationOfSeveralBlocksIsRefused()
    {
        const QString profile = file(u"p.json"_s,
            R"({"plan":{"curve":[{"kind":"users","seconds":1,"from":1},{"kind":"users","seconds":2,"from":2}]}})"_ba);
        const LoriEnd end = loaded({u"--profile"_s, profile, u"--duration"_s, u"5"_s});
        QCOMPARE(end.code, 2);
        QVERIFY2(end.err.contains("whose load has 2 blocks"), end.err.constData());
    }

    void aDeadServerIsToldAtOnce()
    {
        const QStringList arguments = load({u"--requests"_s, u"5"_s});
        m_simulator->stop();
        const LoriEnd end = runLori(*m_home, arguments);
        QCOMPARE(end.code, 4);
        QVERIFY(end.out.isEmpty());
    }

    /// They go with --sweep alone, and would be ignored.
    void optionsDoNotReachIntoAProfilesSweep()
    {
        const QString profile = file(u"p.json"_s, R"({"sweep":{"kind":"users"}})"_ba);
        const LoriEnd end = loaded({u"--profile"_s, profile, u"--sweep-repeats"_s, u"2"_s});
        QCOMPARE(end.code, 2);
        QVERIFY2(end.err.contains("--sweep-repeats goes with --sweep"), end.err.constData());
    }

    void whatMakesNoSenseIsRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("both loops")
            << QStringList{u"-c"_s, u"4"_s, u"-r"_s, u"4"_s} << "exclude each other"_ba;
        QTest::newRow("no number") << QStringList{u"-c"_s, u"many"_s} << "--concurrency takes"_ba;
        QTest::newRow("half a user") << QStringList{u"-c"_s, u"1.5"_s} << "a whole number"_ba;
        QTest::newRow("no arrival") << QStringList{u"-r"_s, u"4"_s, u"--arrival"_s, u"weekly"_s}
                                    << "constant, poisson or gamma"_ba;
        QTest::newRow("no objective")
            << QStringList{u"--slo"_s, u"fast"_s} << "no service-level objective"_ba;
        QTest::newRow("shard without a seed")
            << QStringList{u"--shard"_s, u"1/2"_s} << "--shard needs --seed"_ba;
        QTest::newRow("over the ceiling")
            << QStringList{u"-c"_s, u"20000"_s} << "over the ceiling"_ba;
        QTest::newRow("no length")
            << QStringList{u"--input-tokens"_s, u"long"_s} << "--input-tokens takes tokens"_ba;
        QTest::newRow("no such file")
            << QStringList{u"--profile"_s, u"/nonexistent.json"_s} << "cannot be read"_ba;
        QTest::newRow("no precision")
            << QStringList{u"--until"_s, u"soon"_s} << "does not say how well"_ba;
        QTest::newRow("no price") << QStringList{u"--price"_s, u"cheap"_s}
                                  << "--price takes two"_ba;
        QTest::newRow("no exporter")
            << QStringList{u"--gpu-metrics"_s, u"http://"_s} << "--gpu-metrics takes"_ba;
        QTest::newRow("no image") << QStringList{u"--emit-kubernetes"_s, u"2"_s, u"-c"_s, u"2"_s}
                                  << "which image has lori"_ba;
        QTest::newRow("a sweep of pods") << QStringList{u"--emit-kubernetes"_s, u"2"_s,
            u"--sweep"_s, u"users"_s} << "A sweep decides by what it sees"_ba;
        QTest::newRow("arrivals of users") << QStringList{u"-c"_s, u"2"_s, u"--arrival"_s,
            u"gamma"_s} << "--arrival is of an open loop"_ba;
        QTest::newRow("bursts of a sweep of users") << QStringList{u"--sweep"_s, u"users"_s,
            u"--burstiness"_s, u"0.5"_s} << "--burstiness is of an open loop"_ba;
        QTest::newRow("a sweep of so many users") << QStringList{u"--sweep"_s, u"users"_s, u"-c"_s,
            u"4"_s} << "--concurrency does not go with it"_ba;
        QTest::newRow("repeats of no sweep")
            << QStringList{u"--sweep-repeats"_s, u"3"_s} << "--sweep-repeats goes with --sweep"_ba;
        QTest::newRow("how long a trace lasts") << QStringList{u"--trace"_s, u"t.jsonl"_s,
            u"--duration"_s, u"3"_s} << "--duration does not go with it"_ba;
        QTest::newRow("the beginning of no sweep")
            << QStringList{u"--sweep-from"_s, u"3"_s} << "--sweep-from goes with --sweep"_ba;
        QTest::newRow("an order of no mix")
            << QStringList{u"--zipf"_s, u"1"_s} << "--zipf goes with --adapters"_ba;
        QTest::newRow("a shard without a user") << QStringList{u"-c"_s, u"1"_s, u"--requests"_s,
            u"5"_s, u"--shard"_s, u"2/2"_s, u"--seed"_s, u"3"_s}
                                                << "There are 2 shards for one user"_ba;
        QTest::newRow("a pod without a user") << QStringList{u"--emit-kubernetes"_s, u"4"_s,
            u"--image"_s, u"lori:1"_s, u"-c"_s, u"3"_s}
                                              << "There are 4 shards for 3 users"_ba;
        QTest::newRow("a sweep that is never run") << QStringList{u"--sweep"_s, u"users"_s,
            u"--sweep-repeats"_s, u"100"_s} << "from once to 99 times"_ba;
        QTest::newRow("a sweep at a rate") << QStringList{u"--sweep"_s, u"rate"_s, u"-r"_s, u"4"_s}
                                           << "--rate does not go with it"_ba;
        QTest::newRow("a part of a sweep") << QStringList{u"--sweep"_s, u"users"_s, u"--seed"_s,
            u"1"_s, u"--shard"_s, u"1/2"_s} << "A sweep decides by what it sees"_ba;
        QTest::newRow("a window of a sweep") << QStringList{u"--sweep"_s, u"users"_s, u"--window"_s,
            u"1-2"_s} << "--window is of one run"_ba;
        QTest::newRow("no such word") << QStringList{u"join"_s} << "no argument but"_ba;
    }

    void whatMakesNoSenseIsRefused()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, sentence);
        const LoriEnd end = loaded(arguments);
        QCOMPARE(end.code, 2);
        QVERIFY2(end.err.contains(sentence), end.err.constData());
        QVERIFY(m_simulator->records().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLoriLoadRefusals)
#include "tst_loriloadrefusals.moc"
