// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/serverwatch.h"
#include "scriptedserver.h"
#include "simulator/simulatorthread.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

Target targetAt(const QUrl &url)
{
    Target target;
    target.endpoint.url = url;
    target.key = Secret(u"canary-key"_s);
    return target;
}

Script metrics(const QByteArray &text) { return Script::reply(200, "text/plain", text); }

} // namespace

/// A server's metrics, read while a load test goes on.
class TestServerWatch final : public QObject
{
    Q_OBJECT

    static void follow(ServerWatch &watch, std::size_t moments)
    {
        watch.start(Clock::now());
        QTRY_VERIFY_WITH_TIMEOUT(watch.side().timeline.moments().size() >= moments, longWait);
        stop(watch);
    }

    static void stop(ServerWatch &watch)
    {
        QSignalSpy finished(&watch, &ServerWatch::finished);
        watch.stop();
        QVERIFY(watch.isFinished() || finished.wait(longWait));
    }

private Q_SLOTS:

    void theServerIsReadOnTheRunsClock()
    {
        SimulatorOptions options;
        options.server = u"vllm"_s;
        SimulatorThread simulator(options);
        QVERIFY(simulator.start());
        ServerWatch watch(targetAt(simulator.url()));
        const TimePoint origin = Clock::now() + 10s;
        QSignalSpy told(&watch, &ServerWatch::told);
        watch.start(origin);
        QTRY_COMPARE_GE_WITH_TIMEOUT(told.count(), 2, longWait);
        stop(watch);
        const ServerSide &side = watch.side();
        QCOMPARE(side.server, u"vLLM"_s);
        QVERIFY(side.notes.isEmpty());
        QCOMPARE(side.places.size(), 1);
        const std::vector<ServerMoment> &moments = side.timeline.moments();
        QCOMPARE(moments.front().reading.value(ServerFigure::Waiting), 0.0);
        // Counted from the origin, before which these are.
        QVERIFY(moments.front().at < 0s);
        QVERIFY(moments.front().at > -10s);
        QVERIFY(moments[0].at < moments[1].at);
    }

    /// The last reading comes after the run's last request.
    void itIsReadOnceMoreAtTheEnd()
    {
        ScriptedServer server;
        server.setDefault(metrics("vllm:generation_tokens_total 10\n"));
        ServerWatch watch(targetAt(server.url(u"/v1"_s)));
        watch.start(Clock::now());
        QTRY_COMPARE_WITH_TIMEOUT(watch.side().timeline.moments().size(), 1U, longWait);
        server.setDefault(metrics("vllm:generation_tokens_total 25\n"));
        stop(watch);
        QCOMPARE(
            watch.side().timeline.growth(ServerFigure::OutputTokens, {.from = 0s, .to = 1h}), 15.0);
    }

    void aPlaceWithoutMetricsIsAskedOnce_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("note");
        QTest::newRow("none") << 404 << "{}"_ba << u"tells no metrics"_s;
        QTest::newRow("off") << 501 << "{}"_ba << u"only if they are started so"_s;
        QTest::newRow("guarded") << 403 << "{}"_ba << u"key"_s;
        QTest::newRow("a page") << 200 << "<html></html>"_ba << u"Prometheus"_s;
        QTest::newRow("of others") << 200 << "go_goroutines 4\n"_ba << u"no server that"_s;
    }

    void aPlaceWithoutMetricsIsAskedOnce()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const QString, note);
        ScriptedServer none;
        none.setDefault(Script::reply(status, "text/plain", body));
        ScriptedServer gpus;
        gpus.setDefault(metrics("DCGM_FI_DEV_GPU_UTIL{gpu=\"0\"} 40\n"));
        ServerWatch watch(targetAt(none.url(u"/v1"_s)), gpus.url(u"/metrics"_s));
        QSignalSpy noted(&watch, &ServerWatch::noted);
        follow(watch, 3);
        QCOMPARE(none.requests().size(), 1);
        QCOMPARE(none.requests().constFirst().target, "/metrics"_ba);
        QCOMPARE(noted.count(), 1);
        QVERIFY2(
            watch.side().notes.value(0).contains(note), qPrintable(watch.side().notes.value(0)));
        QVERIFY(gpus.requests().size() >= 3);
        for (const ScriptedServer::Request &request : gpus.requests()) {
            QVERIFY(request.header("Authorization").isEmpty());
        }
    }

    /// A server that does not answer is not asked again before it has, and holds nobody up.
    void aSilentServerIsAskedOnce()
    {
        ScriptedServer silent;
        silent.setDefault(Script().hold());
        ScriptedServer gpus;
        gpus.setDefault(metrics("DCGM_FI_DEV_GPU_UTIL{gpu=\"0\"} 40\n"));
        ServerWatch watch(targetAt(silent.url(u"/v1"_s)), gpus.url(u"/metrics"_s));
        follow(watch, 3);
        QCOMPARE(silent.requests().size(), 1);
        QCOMPARE(watch.side().server, u"DCGM"_s);
    }

    void aServerThatComesBackIsReadOn()
    {
        ScriptedServer server;
        server.enqueue(Script::reply(503, "text/plain", "loading"));
        server.setDefault(metrics("vllm:num_requests_running 1\n"));
        ServerWatch watch(targetAt(server.url(u"/v1"_s)));
        follow(watch, 1);
        QCOMPARE(watch.side().notes.size(), 1);
        QCOMPARE(watch.side().server, u"vLLM"_s);
    }

    void endingBeforeTheBeginningIsHarmless()
    {
        ServerWatch watch(targetAt(QUrl(u"http://127.0.0.1:9"_s)));
        watch.stop();
        QVERIFY(!watch.isFinished());
        QVERIFY(watch.side().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestServerWatch)
#include "tst_serverwatch.moc"
