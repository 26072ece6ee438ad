// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadrun.h"
#include "loadsource.h"
#include "runrecord.h"
#include "simulator/simulatorthread.h"

#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <memory>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 60'000;

SimulatorFaultRule rule(
    SimulatorFault::Kind kind, double probability, const QString &parameter = {})
{
    return {.fault = {.kind = kind, .parameter = parameter}, .probability = probability};
}

/// One that runs at a port outside of those that the system gives to whoever connects: it can be
/// had again a moment later.
std::unique_ptr<SimulatorThread> startedAtOwnPort(SimulatorOptions options)
{
    for (int i = 0; i < 100; ++i) {
        options.port = quint16(QRandomGenerator::global()->bounded(15'000, 30'000));
        auto simulator = std::make_unique<SimulatorThread>(options);
        if (simulator->start()) {
            return simulator;
        }
    }
    return nullptr;
}

qint64 countOf(const QList<SimulatorRecord> &records, const QString &outcome)
{
    return std::ranges::count(records, outcome, &SimulatorRecord::outcome);
}

} // namespace

/// Load tests of servers at which things go wrong: what is counted is what the server did, no more
/// and no less, and every run ends.
class TestLoadFaults final : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimulatorThread> m_simulator;
    std::shared_ptr<PlainSource> m_source;
    Target m_target;

    void serve(const QList<SimulatorFaultRule> &faults, const SimulatorTiming &timing = {})
    {
        SimulatorOptions options;
        options.timing = timing;
        options.faults = faults;
        options.seed = 5;
        m_simulator = std::make_unique<SimulatorThread>(options);
        QVERIFY(m_simulator->start());
        m_target = targetAt(m_simulator->url());
    }

    [[nodiscard]] RunRecord record(const LoadPlan &plan) const
    {
        LoadRun run(plan, m_target, m_source);
        return recordOf(run);
    }

private Q_SLOTS:

    void init() { m_source = std::make_shared<PlainSource>(); }

    void cleanup() { m_simulator.reset(); }

    /// What came before it went wrong is there, however little room is left for others.
    void whatFailedKeepsWhatCame()
    {
        serve({{.fault = {.kind = SimulatorFault::Kind::Cut, .parameter = u"3"_s},
            .probability = 0.2}});
        LoadRun run({.curve = {users(4, 1h)}, .stops = {.requests = 200}}, m_target, m_source);
        run.keepAnswers(12'000);
        const RunRecord found = recordOf(run);
        QVERIFY(run.answers()->bytes() <= 12'000);
        qint64 failed = 0;
        qint64 others = 0;
        for (const LoadSample &sample : found.samples) {
            const auto answer = run.answers()->find({sample.conversation, sample.turn});
            if (answer && sample.error == ApiError::Kind::Truncated) {
                ++failed;
                QVERIFY(!answer->text.isEmpty());
                QCOMPARE(sample.chunks, 3);
            }
            others += sample.isAnswered() && !answer ? 1 : 0;
        }
        QVERIFY(failed > 10);
        QVERIFY(others > 50);
    }

    void eachFaultIsCounted_data()
    {
        QTest::addColumn<SimulatorFault>("fault");
        QTest::addColumn<double>("probability");
        QTest::addColumn<QString>("word"); // empty: an answer for all that
        using Kind = SimulatorFault::Kind;
        QTest::newRow("too many requests")
            << SimulatorFault{Kind::RateLimited, {}} << 0.1 << u"rate_limited"_s;
        QTest::newRow("error of the server")
            << SimulatorFault{Kind::ServerError, {}} << 0.2 << u"server"_s;
        QTest::newRow("not ready")
            << SimulatorFault{Kind::Unavailable, {}} << 0.2 << u"unavailable"_s;
        QTest::newRow("cut") << SimulatorFault{Kind::Cut, u"3"_s} << 0.05 << u"truncated"_s;
        QTest::newRow("cut before a token")
            << SimulatorFault{Kind::Cut, u"0"_s} << 0.2 << u"truncated"_s;
        QTest::newRow("reset") << SimulatorFault{Kind::Reset, u"3"_s} << 0.2 << u"truncated"_s;
        QTest::newRow("stall") << SimulatorFault{Kind::Stall, u"3"_s} << 0.05 << u"idle_timeout"_s;
        QTest::newRow("stall before a token")
            << SimulatorFault{Kind::Stall, u"0"_s} << 0.05 << u"first_token_timeout"_s;
        QTest::newRow("no answer")
            << SimulatorFault{Kind::Silent, {}} << 0.05 << u"first_token_timeout"_s;
        QTest::newRow("malformed event")
            << SimulatorFault{Kind::Malformed, u"3"_s} << 0.2 << u"protocol"_s;
        QTest::newRow("error within the stream")
            << SimulatorFault{Kind::ErrorEvent, u"3"_s} << 0.2 << u"server"_s;
        QTest::newRow("a web page") << SimulatorFault{Kind::Html, {}} << 0.2 << u"protocol"_s;
        QTest::newRow("no end marker") << SimulatorFault{Kind::NoDone, {}} << 0.2 << QString();
        QTest::newRow("no finish reason")
            << SimulatorFault{Kind::NoFinish, {}} << 0.2 << u"truncated"_s;
        QTest::newRow("elsewhere") << SimulatorFault{Kind::Redirect, {}} << 0.2 << u"redirected"_s;
        QTest::newRow("byte by byte") << SimulatorFault{Kind::Drip, {}} << 0.05 << QString();
    }

    void eachFaultIsCounted()
    {
        QFETCH(const SimulatorFault, fault);
        QFETCH(const double, probability);
        QFETCH(const QString, word);
        constexpr qint64 requests = 150;
        serve({{.fault = fault, .probability = probability}});
        m_target.endpoint.timeouts.firstToken = 3s;
        m_target.endpoint.timeouts.idle = 3s;
        const RunRecord found
            = record({.curve = {users(10, 1h)}, .stops = {.requests = requests}, .threads = 2});
        QCOMPARE(found.end, LoadEnd::Finished);
        QCOMPARE(found.asked().size(), std::size_t(requests));
        const QMap<QString, qint64> befallen = m_simulator->faults();
        const qint64 faults = befallen.value(fault.toString());
        QVERIFY(faults > 0 && faults < requests);
        const LoadSummary summary = found.summary();
        QCOMPARE(summary.began, requests);
        QCOMPARE(summary.cancelled, 0);
        if (word.isEmpty()) {
            QCOMPARE(summary.failures, (QMap<QString, qint64>()));
            QCOMPARE(summary.answered, requests);
        } else {
            QCOMPARE(summary.failures, (QMap<QString, qint64>{{word, faults}}));
            QCOMPARE(summary.answered, requests - faults);
        }
        // Nothing is sent twice: what the server did not answer whole it was asked once.
        const QList<SimulatorRecord> served = m_simulator->records();
        QCOMPARE(std::ranges::count(served, QString(), &SimulatorRecord::fault), requests - faults);
        const LoadTick all = found.timeline.sum();
        QCOMPARE(all.began, requests);
        QCOMPARE(all.answered + all.failed, requests);
        QCOMPARE(found.timeline.running().back(), 0);
    }

    /// All at once, as many as one likes: every request is one thing or another.
    void manyFaultsAreToldApart_data()
    {
        QTest::addColumn<LoadCurve>("curve");
        QTest::newRow("closed loop") << LoadCurve{users(16, 1h)};
        QTest::newRow("open loop") << LoadCurve{arrivals(400, 1h, ArrivalProcess::Kind::Poisson)};
    }

    void manyFaultsAreToldApart()
    {
        QFETCH(const LoadCurve, curve);
        using Kind = SimulatorFault::Kind;
        serve({rule(Kind::RateLimited, 0.1), rule(Kind::Cut, 0.05, u"2"_s),
                  rule(Kind::Malformed, 0.05, u"4"_s), rule(Kind::ErrorEvent, 0.05, u"1"_s),
                  rule(Kind::Stall, 0.02, u"3"_s), rule(Kind::Silent, 0.02)},
            {.firstToken = 4ms, .interToken = 1ms, .slots = 1000});
        m_target.endpoint.timeouts.firstToken = 4s;
        m_target.endpoint.timeouts.idle = 4s;
        const RunRecord found = record({.curve = curve, .stops = {.requests = 500}, .threads = 2});
        QCOMPARE(found.end, LoadEnd::Finished);
        const QMap<QString, qint64> befallen = m_simulator->faults();
        QCOMPARE(befallen.size(), 6);
        const LoadSummary summary = found.summary();
        QCOMPARE(summary.failures,
            (QMap<QString, qint64>{{u"rate_limited"_s, befallen.value(u"429"_s)},
                {u"truncated"_s, befallen.value(u"cut;2"_s)},
                {u"protocol"_s, befallen.value(u"malformed;4"_s)},
                {u"server"_s, befallen.value(u"error;1"_s)},
                {u"idle_timeout"_s, befallen.value(u"stall;3"_s)},
                {u"first_token_timeout"_s, befallen.value(u"silent"_s)}}));
        const QList<SimulatorRecord> served = m_simulator->records();
        QCOMPARE(summary.answered, countOf(served, u"done"_s));
        QCOMPARE(summary.answered + summary.failed(), 500);
        // Tokens that came count, whatever became of their answer.
        QCOMPARE(found.timeline.sum().chunks,
            std::accumulate(served.begin(), served.end(), qint64(0),
                [](qint64 sum, const SimulatorRecord &each) {
                    return sum + qint64(each.sent.size());
                }));
    }

    /// What it was amid is cut; while it is away everything is refused; then it goes on.
    void aServerThatDiesAndComesBack_data()
    {
        QTest::addColumn<LoadCurve>("curve");
        QTest::newRow("closed loop") << LoadCurve{users(8, 2s)};
        QTest::newRow("open loop") << LoadCurve{arrivals(250, 2s, ArrivalProcess::Kind::Poisson)};
    }

    void aServerThatDiesAndComesBack()
    {
        QFETCH(const LoadCurve, curve);
        SimulatorOptions options;
        options.timing = {.firstToken = 10ms, .interToken = 3ms, .slots = 1000};
        m_simulator = startedAtOwnPort(options);
        QVERIFY(m_simulator);
        m_target = targetAt(m_simulator->url());
        options.port = m_simulator->port();
        SimulatorThread again(options);
        LoadRun run({.curve = curve, .threads = 2}, m_target, m_source);
        Nanoseconds backAt{};
        const auto look = [&] {
            const LoadTick sum = run.timeline().sum();
            if (m_simulator->isRunning() && sum.answered >= 60) {
                m_simulator->stop();
            } else if (!m_simulator->isRunning() && !again.isRunning() && sum.failed >= 40) {
                QVERIFY(again.start());
                backAt = Clock::now() - run.origin();
            }
        };
        connect(&run, &LoadRun::told, &run, look);
        const RunRecord found = recordOf(run);
        QCOMPARE(found.end, LoadEnd::Finished);
        QVERIFY(again.isRunning());
        const QList<SimulatorRecord> before = m_simulator->records();
        const QList<SimulatorRecord> after = again.records();
        const qint64 cut = countOf(before, u"aborted"_s);
        QVERIFY(cut > 0);
        QVERIFY(countOf(after, u"done"_s) > 0);
        QCOMPARE(countOf(after, u"aborted"_s), 0);
        const LoadSummary summary = found.summary();
        QCOMPARE(summary.answered, countOf(before, u"done"_s) + countOf(after, u"done"_s));
        QCOMPARE(summary.failures.value(u"truncated"_s), cut);
        QCOMPARE(summary.planned, summary.answered + summary.failed());
        // The others never reached it.
        for (const LoadSample &sample : found.samples) {
            if (sample.error && sample.error != ApiError::Kind::Truncated) {
                QVERIFY2(sample.error == ApiError::Kind::Refused
                        || sample.error == ApiError::Kind::Unreachable,
                    qPrintable(toWord(*sample.error)));
                QCOMPARE(sample.httpStatus, 0);
                QVERIFY(*sample.began < backAt);
            }
        }
        QCOMPARE(found.timeline.running().back(), 0);
    }

    /// The ninth request of a user would be due after 1.27 s of rest.
    void aServerThatIsDownIsLeftAlone()
    {
        serve({});
        m_simulator->stop();
        const RunRecord found = record({.curve = {users(4, 1s)}, .threads = 2});
        QCOMPARE(found.end, LoadEnd::Finished);
        const LoadSummary summary = found.summary();
        QVERIFY2(summary.failed() <= 32, qPrintable(QString::number(summary.failed())));
        QVERIFY(summary.failed() >= 4);
        QCOMPARE(summary.failures.keys(), QStringList{u"refused"_s});
        QCOMPARE(found.timeline.running().back(), 0);
    }

    /// The system takes connections on behalf of a program that does not.
    void aServerThatNeverAccepts()
    {
        QTcpServer server;
        server.setListenBacklogSize(100);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        server.pauseAccepting();
        m_target = targetAt(QUrl(u"http://127.0.0.1:%1"_s.arg(server.serverPort())));
        m_target.endpoint.timeouts.firstToken = 300ms;
        const RunRecord found
            = record({.curve = {users(5, 1h)}, .stops = {.requests = 20}, .threads = 2});
        QCOMPARE(found.end, LoadEnd::Finished);
        const LoadSummary summary = found.summary();
        QCOMPARE(summary.failures, (QMap<QString, qint64>{{u"first_token_timeout"_s, qint64(20)}}));
        QVERIFY(summary.time(LoadMetric::TimeToFirstToken).isEmpty());
        // It had each request once, on a connection of its own.
        QList<QByteArray> asked;
        server.resumeAccepting();
        for (int i = 0; i < 20; ++i) {
            QVERIFY(server.hasPendingConnections() || server.waitForNewConnection(longWait));
            QTcpSocket *socket = server.nextPendingConnection();
            while (socket->waitForReadyRead(longWait) && socket->bytesAvailable() > 0) {
                if (socket->peek(100'000).contains("\r\n\r\n{")) {
                    break;
                }
            }
            const QByteArray body = socket->readAll();
            asked += body.sliced(body.indexOf("\r\n\r\n"));
        }
        QCOMPARE(QSet<QByteArray>(asked.begin(), asked.end()).size(), 20);
        QVERIFY(!server.hasPendingConnections());
    }

    /// Nobody waits for those who will not answer: neither the end of the plan nor a person.
    void silenceHoldsNothingUp_data()
    {
        QTest::addColumn<SimulatorFault>("fault");
        QTest::addColumn<bool>("stops");
        for (const bool stops : {false, true}) {
            const char *how = stops ? "stopped" : "at its end";
            QTest::addRow("no answer, %s", how)
                << SimulatorFault{SimulatorFault::Kind::Silent, {}} << stops;
            QTest::addRow("stall, %s", how)
                << SimulatorFault{SimulatorFault::Kind::Stall, u"2"_s} << stops;
            QTest::addRow("stall before a token, %s", how)
                << SimulatorFault{SimulatorFault::Kind::Stall, u"0"_s} << stops;
        }
    }

    void silenceHoldsNothingUp()
    {
        QFETCH(const SimulatorFault, fault);
        QFETCH(const bool, stops);
        serve({{.fault = fault, .probability = 0.5}}, {.interToken = 1ms, .slots = 1000});
        LoadRun run({.curve = {arrivals(200, stops ? Nanoseconds(1h) : Nanoseconds(500ms))},
                        .grace = 1s,
                        .threads = 2},
            m_target, m_source);
        if (stops) {
            connect(&run, &LoadRun::told, &run, [&run] {
                if (run.timeline().sum().answered >= 40) {
                    run.stop();
                }
            });
        }
        const RunRecord found = recordOf(run);
        QCOMPARE(found.end, stops ? LoadEnd::Stopped : LoadEnd::Finished);
        const LoadSummary summary = found.summary();
        QCOMPARE(summary.failures, (QMap<QString, qint64>()));
        const qint64 faults = m_simulator->faults().value(fault.toString());
        QVERIFY(faults > 0);
        if (!stops) {
            QCOMPARE(summary.cancelled, faults);
            QCOMPARE(summary.answered, 100 - faults);
        } else {
            QVERIFY(summary.cancelled >= faults); // and what was just being answered
        }
        QCOMPARE(summary.began, summary.answered + summary.cancelled);
        QCOMPARE(found.timeline.running().back(), 0);
        // The server is rid of them too.
        if (fault.kind == SimulatorFault::Kind::Stall && !stops) {
            const auto aborted = [this] { return countOf(m_simulator->records(), u"aborted"_s); };
            QTRY_COMPARE_WITH_TIMEOUT(aborted(), faults, longWait);
        }
    }
};

QTEST_GUILESS_MAIN(TestLoadFaults)
#include "tst_loadfaults.moc"
