// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadsummary.h"
#include "loadrunfixture.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// What ends a run before its plan does.
class TestLoadEnds final : public LoadRunFixture
{
    Q_OBJECT

private Q_SLOTS:

    void stoppingCancelsWhatIsUnderWay()
    {
        SimulatorOptions options;
        options.timing.interToken = 1h;
        serve(options);
        const std::unique_ptr<LoadRun> run = made({.curve = {users(5, 1h)}, .threads = 2});
        connect(run.get(), &LoadRun::told, run.get(), [&run] {
            if (run->timeline().sum().chunks == 5) {
                run->stop();
            }
        });
        const RunRecord found = recordOf(*run);
        QCOMPARE(found.end, LoadEnd::Stopped);
        QCOMPARE(found.samples.size(), 5u);
        for (const LoadSample &sample : found.samples) {
            QVERIFY(sample.isCancelled());
            QCOMPARE(sample.chunks, 1);
        }
        QCOMPARE(found.timeline.sum().cancelled, 5);
        QCOMPARE(found.timeline.running().back(), 0);
    }

    void destroyingItEndsIt()
    {
        SimulatorOptions options;
        options.timing.interToken = 1h;
        serve(options);
        std::unique_ptr<LoadRun> run = made({.curve = {users(3, 1h)}});
        QSignalSpy told(run.get(), &LoadRun::told);
        run->start();
        QVERIFY(told.wait(longWait));
        run.reset();
        QTRY_COMPARE_WITH_TIMEOUT(m_simulator->records().size(), 3, longWait);
    }

    void whatTakesTooLongAfterTheEndIsCancelled()
    {
        SimulatorOptions options;
        options.timing.interToken = 1h;
        serve(options);
        const RunRecord found = record({.curve = {users(2, 100ms)}, .grace = 50ms});
        QCOMPARE(found.end, LoadEnd::Finished);
        QCOMPARE(found.samples.size(), 2u);
        QVERIFY(std::ranges::all_of(found.samples, &LoadSample::isCancelled));
    }

    void tooManyFailuresEndIt()
    {
        SimulatorOptions options;
        options.faults = {{.fault = {.kind = SimulatorFault::Kind::ServerError}}};
        serve(options);
        const RunRecord found
            = record({.curve = {users(4, 1h)}, .stops = {.failures = 0.5}, .threads = 2});
        QCOMPARE(found.end, LoadEnd::Failures);
        // Nothing was answered at all.
        QVERIFY(found.samples.size() >= 20);
    }

    /// Failures are quicker than answers.
    void failuresBeforeTheFirstAnswerDoNotEndIt()
    {
        SimulatorOptions options;
        options.faults
            = {{.fault = {.kind = SimulatorFault::Kind::ServerError}, .probability = 0.4}};
        options.timing.firstToken = 500ms;
        options.seed = 2;
        serve(options);
        const RunRecord found = record(
            {.curve = {users(60, 1h)}, .stops = {.requests = 90, .failures = 0.5}, .threads = 2});
        QCOMPARE(found.end, LoadEnd::Finished);
        QCOMPARE(found.samples.size(), 90u);
    }

    void aDeadServerIsCounted()
    {
        serve();
        const Target dead = target();
        m_simulator->stop();
        LoadRun run({.curve = {users(2, 1h)}, .stops = {.requests = 6}}, dead, m_source);
        const RunRecord found = recordOf(run);
        QCOMPARE(found.samples.size(), 6u);
        for (const LoadSample &sample : found.samples) {
            QCOMPARE(sample.error, ApiError::Kind::Refused);
        }
        QCOMPARE(found.timeline.sum().failed, 6);
    }

    /// Beyond its ceiling an open loop waits, and its lag tells so.
    void theCeilingHolds()
    {
        SimulatorOptions options;
        options.timing.firstToken = 100ms;
        serve(options);
        const RunRecord found = record(
            {.curve = {arrivals(100, 200ms)}, .ceiling = {.concurrency = 3}, .threads = 2});
        QCOMPARE(found.samples.size(), 20u);
        QVERIFY(found.mostAtOnce() <= 3);
        Nanoseconds latest{};
        for (const LoadSample &sample : found.samples) {
            latest = std::max(latest, *sample.lag());
        }
        QVERIFY(latest > 100ms);
    }

    void theCeilingOfRequestsEndsIt()
    {
        serve();
        const RunRecord found
            = record({.curve = {users(2, 1h)}, .ceiling = {.concurrency = 2, .requests = 10}});
        QCOMPARE(found.end, LoadEnd::Failed);
        QCOMPARE(m_simulator->records().size(), 10);
        QCOMPARE(found.problem, u"The ceiling of 10 requests is reached; raise it to send more."_s);
    }

    /// What is under way when it is reached has to be paid for as well.
    void theCeilingOfTheCostEndsIt()
    {
        SimulatorOptions options;
        options.timing.firstToken = 20ms;
        serve(options);
        // A token costs 1, an answer 8.
        const std::unique_ptr<LoadRun> run = made({.curve = {users(2, 1h)},
            .ceiling = {.cost = 200},
            .price = {.prompt = {}, .output = 1e6, .currency = u"€"_s}});
        const RunRecord found = recordOf(*run);
        QCOMPARE(found.end, LoadEnd::Failed);
        QCOMPARE(found.problem,
            u"The ceiling of the cost (200.00 €) is reached; raise it to send more."_s);
        qint64 tokens = 0;
        for (const LoadSample &sample : found.samples) {
            tokens += sample.countedTokens();
        }
        QCOMPARE(run->cost(), double(tokens));
        QVERIFY(tokens > 8 * 10);
    }

    /// A search has one ceiling, of which its stages take their parts.
    void whatStagesBeforeTookCounts()
    {
        SimulatorOptions options;
        options.timing.firstToken = 20ms;
        serve(options);
        const RunRecord requests = record({.curve = {users(2, 1h)},
            .ceiling = {.requests = 10},
            .spent = {.requests = 7, .cost = 0}});
        QCOMPARE(m_simulator->records().size(), 3);
        QCOMPARE(
            requests.problem, u"The ceiling of 10 requests is reached; raise it to send more."_s);
        // An answer costs 8.
        const RunRecord cost = recordOf(*made({.curve = {users(1, 1h)},
            .ceiling = {.cost = 200},
            .spent = {.requests = 0, .cost = 170},
            .price = {.prompt = {}, .output = 1e6, .currency = u"€"_s}}));
        QCOMPARE(cost.end, LoadEnd::Failed);
        QCOMPARE(cost.problem,
            u"The ceiling of the cost (200.00 €) is reached; raise it to send more."_s);
        qint64 tokens = 0;
        for (const LoadSample &sample : cost.samples) {
            tokens += sample.countedTokens();
        }
        // It is looked at ten times a second; the whole ceiling would be two hundred.
        QVERIFY2(tokens < 150, qPrintable(QString::number(tokens)));
    }

    void aPriceAloneEndsNothing()
    {
        serve();
        const std::unique_ptr<LoadRun> run = made({.curve = {users(2, 1h)},
            .stops = {.requests = 20},
            .price = {.prompt = {}, .output = 1e6, .currency = {}}});
        QCOMPARE(recordOf(*run).end, LoadEnd::Finished);
        QCOMPARE(run->cost(), 160.0);
    }

    void aPercentileThatIsKnownEndsIt_data()
    {
        QTest::addColumn<LoadCurve>("curve");
        QTest::addColumn<int>("threads");
        QTest::newRow("closed loop") << LoadCurve{users(4, 1h)} << 2;
        QTest::newRow("open loop") << LoadCurve{arrivals(300, 1h)} << 1;
    }

    /// It ends by its plan, and what was under way ends in its own time.
    void aPercentileThatIsKnownEndsIt()
    {
        QFETCH(const LoadCurve, curve);
        QFETCH(const int, threads);
        SimulatorOptions options;
        options.timing.firstToken = 10ms;
        serve(options);
        const std::unique_ptr<LoadRun> run = made({.curve = curve,
            .stops
            = {.precision = {{.metric = LoadMetric::TimeToFirstToken, .share = 0.5, .within = 0.9}},
                .precisionLeast = 60},
            .threads = threads});
        const RunRecord found = recordOf(*run);
        QCOMPARE(found.end, LoadEnd::Finished);
        QVERIFY(found.samples.size() >= 60);
        for (const LoadSample &sample : found.samples) {
            QVERIFY(sample.isAnswered());
        }
        const PrecisionReached &reached = run->precision().constFirst();
        QVERIFY(reached.isReached);
        QVERIFY(reached.count >= 60);
        QVERIFY(found.window.to < 1h);
        QCOMPARE(found.timeline.running().back(), 0);
    }

    void aBadRecordCostsItself_data()
    {
        QTest::addColumn<LoadCurve>("curve");
        QTest::newRow("closed loop") << LoadCurve{users(2, 1h)};
        QTest::newRow("open loop") << LoadCurve{arrivals(200, 1h)};
    }

    void aBadRecordCostsItself()
    {
        QFETCH(const LoadCurve, curve);
        serve();
        m_source->failsAt = 7;
        const RunRecord found = record({.curve = curve, .stops = {.requests = 20}});
        QCOMPARE(found.end, LoadEnd::Finished);
        QCOMPARE(found.problem, u"Line 8 is no prompt."_s);
        QCOMPARE(m_simulator->records().size(), 19);
        QCOMPARE(found.asked().size(), 20u);
        const LoadSummary summary
            = summarise(found.samples, found.timeline, {.from = 0s, .to = 1h});
        QCOMPARE(summary.failures, (QMap<QString, qint64>{{u"invalid_request"_s, 1}}));
        QCOMPARE(summary.began, 19);
        QCOMPARE(found.timeline.running().back(), 0);
    }

    void aSourceThatIsExhaustedEndsIt()
    {
        serve();
        m_source->most = 9;
        const RunRecord found = record({.curve = {users(4, 1h)}, .threads = 2});
        QCOMPARE(found.end, LoadEnd::Finished);
        QCOMPARE(found.asked().size(), 9u);
    }
};

QTEST_GUILESS_MAIN(TestLoadEnds)
#include "tst_loadends.moc"
