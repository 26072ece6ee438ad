// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadrun.h"
#include "load/workloadpreview.h"
#include "load/workloadsource.h"
#include "runrecord.h"
#include "simulator/simulatorthread.h"
#include "testfiles.h"

#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

LoadBlock played(Nanoseconds duration)
{
    LoadBlock block = arrivals(1, duration);
    block.arrival.kind = ArrivalProcess::Kind::Recorded;
    return block;
}

} // namespace

/// A recorded trace among the blocks of a load, from its file to the simulated server.
class TestLoadTrace final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<SimulatorThread> m_simulator;
    LoadWorkload m_workload{.kind = LoadWorkload::Kind::Trace, .lengths = {}};

    [[nodiscard]] std::shared_ptr<const LoadSource> source() const
    {
        return makeLoadSource(m_workload, 3, {}, {}).value_or(nullptr);
    }

    [[nodiscard]] RunRecord record(const LoadPlan &plan) const
    {
        LoadRun run(plan, targetAt(m_simulator->url()), source());
        return recordOf(run);
    }

private Q_SLOTS:

    void initTestCase()
    {
        QByteArray lines;
        for (const int time : {0, 10, 10, 250}) {
            lines += "{\"timestamp\":" + QByteArray::number(time)
                + ",\"input_length\":20,\"output_length\":3}\n";
        }
        m_workload.file = writeFile(m_dir, u"trace.jsonl"_s, lines);
        m_simulator = std::make_unique<SimulatorThread>(SimulatorOptions());
        QVERIFY(m_simulator->start());
    }

    void cleanupTestCase() { m_simulator.reset(); }

    void itIsOneBlockOfSeveral_data()
    {
        QTest::addColumn<Nanoseconds>("duration");
        QTest::addColumn<qint64>("rows");
        QTest::newRow("a part of it") << Nanoseconds(100ms) << qint64(3);
        QTest::newRow("all of it") << Nanoseconds(400ms) << qint64(4);
    }

    /// Its requests come at its times, and the others' are others, however few it has.
    void itIsOneBlockOfSeveral()
    {
        QFETCH(const Nanoseconds, duration);
        QFETCH(const qint64, rows);
        constexpr std::array times{0ms, 10ms, 10ms, 250ms};
        const RunRecord found = record(
            {.curve = {arrivals(50, 100ms), played(duration), users(2, 100ms)}, .threads = 2});
        QCOMPARE(found.end, LoadEnd::Finished);
        QSet<qint64> asked;
        qint64 ofTrace = 0;
        for (const LoadSample &sample : found.samples) {
            QVERIFY(sample.isAnswered());
            QVERIFY(!asked.contains(sample.conversation));
            asked.insert(sample.conversation);
            if (sample.conversation < rows) {
                QCOMPARE(*sample.planned, 100ms + times.at(size_t(sample.conversation)));
                ++ofTrace;
            } else {
                QVERIFY(*sample.planned < 100ms || *sample.planned >= 100ms + duration);
                QCOMPARE(sample.user < 0, sample.conversation < rows + 5);
            }
        }
        QCOMPARE(ofTrace, rows);
        QVERIFY(asked.size() > rows + 5 + 2);
    }

    /// A server's cache would answer it.
    void nothingIsAskedTwice()
    {
        const auto first = source()->request(0, 0, {});
        const auto again = source()->request(4, 0, {});
        QVERIFY(first && again);
        QCOMPARE(again->outputTokens, first->outputTokens);
        QVERIFY(again->request.messages != first->request.messages);
    }

    /// Requests are counted as they come, whichever block they are of.
    void stopsAreOfAllBlocks()
    {
        const RunRecord found = record({.curve = {arrivals(50, 100ms), played(400ms)},
            .stops = {.requests = 7},
            .threads = 2});
        QCOMPARE(found.samples.size(), 7u);
        QCOMPARE(std::ranges::count_if(found.samples,
                     [](const LoadSample &sample) { return sample.conversation >= 4; }),
            5);
    }

    void shardsAreTheWhole()
    {
        const LoadCurve curve{arrivals(50, 100ms), played(400ms)};
        std::map<qint64, Nanoseconds> whole;
        for (const LoadSample &sample : record({.curve = curve}).samples) {
            whole[sample.conversation] = *sample.planned;
        }
        std::map<qint64, Nanoseconds> parts;
        for (int i = 0; i < 3; ++i) {
            const RunRecord part = record({.curve = curve, .shard = {.index = i, .count = 3}});
            for (const LoadSample &sample : part.samples) {
                QVERIFY(!parts.contains(sample.conversation));
                parts[sample.conversation] = *sample.planned;
            }
        }
        QCOMPARE(parts, whole);
        QCOMPARE(whole.size(), 9u);
    }

    void whatItIsExpectedToAsk()
    {
        const auto recording = traceCurveOf(m_workload, {});
        QVERIFY(recording && *recording);
        LoadCurve curve{arrivals(5, 100ms), played(100ms), played(1s), played(1s)};
        setRecordedRates(curve, **recording, false);
        QCOMPARE(curve[0], arrivals(5, 100ms));
        QVERIFY(std::abs(curve[1].from * 0.1 - 3) < 0.2);
        QVERIFY(std::abs(curve[1].from * 0.1 + curve[2].from - 4) < 1e-6);
        QCOMPARE(curve[3].from, 0.0);
        QVERIFY2(problemOf(curve).contains(u"Block 4"_s), qPrintable(problemOf(curve)));
        setRecordedRates(curve, **recording, true);
        QCOMPARE(problemOf(curve), QString());
        QVERIFY(curve[3].from > 8);
    }

    void withoutATraceItIsRefused()
    {
        const auto other = makeLoadSource({}, 3, {}, {});
        QVERIFY(other);
        LoadRun run({.curve = {played(100ms)}}, targetAt(m_simulator->url()), *other);
        const RunRecord found = recordOf(run);
        QCOMPARE(found.end, LoadEnd::Failed);
        QVERIFY(run.error()->message.contains(u"Block 1"_s));
    }
};

QTEST_GUILESS_MAIN(TestLoadTrace)

#include "tst_loadtrace.moc"
