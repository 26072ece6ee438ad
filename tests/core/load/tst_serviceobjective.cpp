// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadhealth.h"
#include "load/loadsummary.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// What a service is to keep to, and whether figures are worth anything.
class TestServiceObjective final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void isReadAndWritten_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("written");
        QTest::newRow("milliseconds") << u"ttft_p95=500ms"_s << u"ttft_p95=500ms"_s;
        QTest::newRow("seconds") << u"e2e_p50=2s"_s << u"e2e_p50=2000ms"_s;
        QTest::newRow("fractions") << u"itl_p99.9=1.5ms"_s << u"itl_p99.9=1.5ms"_s;
        QTest::newRow("microseconds") << u"lag_p99=250us"_s << u"lag_p99=0.25ms"_s;
        QTest::newRow("minutes") << u"e2e_planned_p90=1min"_s << u"e2e_planned_p90=60000ms"_s;
        QTest::newRow("several") << u" ttft_p95 = 500ms , errors=1% "_s
                                 << u"ttft_p95=500ms,errors=1%"_s;
    }

    void isReadAndWritten()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, written);
        const Result<ServiceObjective> objective = serviceObjectiveFrom(text);
        QVERIFY(objective);
        QCOMPARE(toText(*objective), written);
        QCOMPARE(serviceObjectiveFrom(written), objective);
    }

    void whatIsNoneIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("why");
        QTest::newRow("empty") << u""_s << u"it is empty"_s;
        QTest::newRow("no value") << u"ttft_p95"_s << u"there is no = in it"_s;
        QTest::newRow("no percentile") << u"ttft=1s"_s << u"its name is one of ttft,"_s;
        QTest::newRow("no metric") << u"speed_p50=1s"_s << u"its name is one of ttft,"_s;
        QTest::newRow("over 100") << u"ttft_p101=1s"_s << u"between 0 and 100"_s;
        QTest::newRow("no unit") << u"ttft_p95=500"_s << u"a time in us, ms, s or min"_s;
        QTest::newRow("negative") << u"ttft_p95=-1s"_s << u"a time in us, ms, s or min"_s;
        QTest::newRow("errors as time") << u"errors=1s"_s << u"by a percentage"_s;
    }

    void whatIsNoneIsRefused()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, why);
        const Result<ServiceObjective> objective = serviceObjectiveFrom(text);
        QVERIFY(!objective);
        QVERIFY2(objective.error().message.contains(why), qPrintable(objective.error().message));
    }

    void aLimitIsKeptOrMissed()
    {
        LoadSummary summary;
        summary.answered = 99;
        summary.failures = {{u"server"_s, 1}};
        for (int i = 1; i <= 100; ++i) {
            summary.time(LoadMetric::TimeToFirstToken).add(i * 1ms);
        }
        const auto verdict = [&summary](const QString &text) {
            return verdictsOf(summary, *serviceObjectiveFrom(text)).constFirst();
        };
        QVERIFY(verdict(u"ttft_p95=100ms"_s).isKept);
        QVERIFY(!verdict(u"ttft_p95=90ms"_s).isKept);
        QVERIFY(verdict(u"errors=1%"_s).isKept);
        QVERIFY(!verdict(u"errors=0.5%"_s).isKept);
        QCOMPARE(verdict(u"errors=0.5%"_s).sentence,
            u"1.00 % of the requests failed; the limit is 0.5 %."_s);
        const LimitVerdict high = verdict(u"ttft_p99=1s"_s);
        QVERIFY(high.isKept);
        QVERIFY(!high.isKnown);
        QVERIFY(
            high.sentence.endsWith(u"There are 100 samples; fewer than 368 say little of it."_s));
        const LimitVerdict unknown = verdict(u"itl_p50=1s"_s);
        QVERIFY(!unknown.isKept && !unknown.isKnown);
    }

    /// A server that answers one quickly and hangs with the others does not pass.
    void whatHasNoAnswerIsMissed()
    {
        LoadSummary summary;
        summary.planned = 100;
        summary.began = 100;
        summary.answered = 60;
        summary.cancelled = 39;
        summary.failures = {{u"server"_s, 1}};
        for (const LoadMetric metric :
            {LoadMetric::TimeToFirstToken, LoadMetric::InterTokenLatency}) {
            summary.time(metric).add(10ms, 60);
        }
        const auto verdict = [&summary](const QString &text, bool isWhole) {
            return verdictsOf(summary, *serviceObjectiveFrom(text), isWhole).constFirst();
        };
        const LimitVerdict times = verdict(u"ttft_p95=500ms"_s, true);
        QVERIFY(!times.isKept);
        QVERIFY2(times.sentence.contains(
                     u"But 40 of 100 requests had no answer, so that 60.0 % kept to the limit."_s),
            qPrintable(times.sentence));
        QVERIFY(verdict(u"ttft_p50=500ms"_s, true).isKept);
        QVERIFY(verdict(u"itl_p95=500ms"_s, true).isKept);
        const LimitVerdict errors = verdict(u"errors=5%"_s, true);
        QVERIFY(!errors.isKept);
        QCOMPARE(errors.sentence,
            u"40.00 % of the requests failed or had no answer when the run ended; the limit is 5 %."_s);
        // Whoever stops a run does not blame the server.
        QVERIFY(verdict(u"ttft_p95=500ms"_s, false).isKept);
        QVERIFY(verdict(u"errors=5%"_s, false).isKept);
        // What never left since there was no room had no answer either.
        summary.cancelled = 0;
        QVERIFY(!verdict(u"errors=5%"_s, true).isKept);
    }

    /// As many were late as would have looked while it stood still.
    void aStallIsAsLateAsItIsLong()
    {
        LatencyHistogram lags;
        const TimePoint begin{};
        TimePoint due = begin + 10ms;
        for (int i = 1; i <= 50; ++i) {
            due = addPulse(lags, due, begin + i * 10ms, 10ms);
        }
        QCOMPARE(lags.count(), 50);
        due = addPulse(lags, due, begin + 1500ms, 10ms);
        QCOMPARE(lags.count(), 150);
        QCOMPARE(due, begin + 1510ms);
        QVERIFY(*lags.quantile(0.99) >= 900ms);
        QVERIFY(*lags.quantile(0.5) >= 200ms);
        QCOMPARE(addPulse(lags, due, begin + 1505ms, 10ms), begin + 1520ms); // too soon
    }

    void trustIsLostWhereTheClientWasTheLimit_data()
    {
        QTest::addColumn<LoadSummary>("summary");
        QTest::addColumn<LoadHealth>("health");
        QTest::addColumn<double>("asked");
        QTest::addColumn<QString>("level");
        QTest::addColumn<QString>("reason");
        const auto late = [](Nanoseconds lag) {
            LoadSummary summary;
            summary.time(LoadMetric::Lag).add(lag, 100);
            return summary;
        };
        const auto held = [](qint64 seconds) {
            LoadSummary summary{.window = {.from = 0s, .to = 10s}};
            summary.busy = std::chrono::seconds(seconds);
            return summary;
        };
        const LoadHealth well{.busiest = 1s, .elapsed = 10s, .reads = 100, .pieces = 100};
        LoadHealth slow = well;
        slow.loopLag.add(8ms, 100);
        LoadHealth slower = well;
        slower.loopLag.add(40ms, 100);
        LoadHealth busy = well;
        busy.busiest = 8s;
        LoadHealth full = well;
        full.busiest = 9500ms;
        LoadHealth bunched = well;
        bunched.pieces = 300;
        QTest::newRow("well") << late(1ms) << well << 0.0 << u"good"_s << QString();
        QTest::newRow("late") << late(20ms) << well << 0.0 << u"doubtful"_s << u"left late"_s;
        QTest::newRow("later") << late(300ms) << well << 0.0 << u"client_bound"_s << u"left late"_s;
        QTest::newRow("loop") << late(1ms) << slow << 0.0 << u"doubtful"_s << u"late to look"_s;
        QTest::newRow("slow loop")
            << late(1ms) << slower << 0.0 << u"client_bound"_s << u"late to look"_s;
        QTest::newRow("busy") << late(1ms) << busy << 0.0 << u"doubtful"_s << u"80 % of a core"_s;
        QTest::newRow("full") << late(1ms) << full << 0.0 << u"client_bound"_s
                              << u"95 % of a core"_s;
        QTest::newRow("bunched") << late(1ms) << bunched << 0.0 << u"doubtful"_s
                                 << u"3.0 at a time"_s;
        QTest::newRow("held") << held(100) << well << 10.0 << u"good"_s << QString();
        QTest::newRow("fewer") << held(93) << well << 10.0 << u"doubtful"_s
                               << u"Only 9.3 of 10.0"_s;
        QTest::newRow("far fewer")
            << held(50) << well << 10.0 << u"client_bound"_s << u"Only 5.0 of 10.0"_s;
    }

    void trustIsLostWhereTheClientWasTheLimit()
    {
        QFETCH(const LoadSummary, summary);
        QFETCH(const LoadHealth, health);
        QFETCH(const double, asked);
        QFETCH(const QString, level);
        QFETCH(const QString, reason);
        const LoadTrust trust
            = trustOf(summary, health, asked > 0 ? std::optional(asked) : std::nullopt);
        QCOMPARE(toWord(trust.level), level);
        QCOMPARE(trust.reasons.isEmpty(), reason.isEmpty());
        QVERIFY2(trust.reasons.join(u' ').contains(reason), qPrintable(trust.reasons.join(u' ')));
    }
};

QTEST_GUILESS_MAIN(TestServiceObjective)
#include "tst_serviceobjective.moc"
