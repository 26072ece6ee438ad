// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/random.h"
#include "load/precision.h"

#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

LoadSample answer(Nanoseconds firstToken)
{
    LoadSample sample;
    sample.planned = Moment(0ns);
    sample.began = Moment(0ns);
    sample.sent = Moment(0ns);
    sample.firstToken = Moment(firstToken);
    sample.ended = Moment(firstToken + 1s);
    return sample;
}

QList<PrecisionGoal> goals(const QString &text)
{
    return precisionGoalsFrom(text).value_or(QList<PrecisionGoal>());
}

} // namespace

/// When a percentile is known well enough.
class TestPrecision final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void goalsAreRead()
    {
        const QList<PrecisionGoal> two = goals(u"ttft_p95=±5%, e2e_planned_p99.9=2.5%"_s);
        QCOMPARE(two.size(), 2);
        QCOMPARE(two[0],
            (PrecisionGoal{.metric = LoadMetric::TimeToFirstToken, .share = 0.95, .within = 0.05}));
        QCOMPARE(two[1].metric, LoadMetric::PlannedToEnd);
        QCOMPARE(toText(two), u"ttft_p95=±5%,e2e_planned_p99.9=±2.5%"_s);
        QCOMPARE(goals(toText(two)), two);
    }

    void whatIsNoGoalIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("part");
        for (const QString &text : {u""_s, u"ttft"_s, u"ttft_p95"_s, u"ttft_p95=5"_s,
                 u"ttft_p0=5%"_s, u"ttft_p100=5%"_s, u"ttft_p95=0%"_s, u"speed_p95=5%"_s}) {
            QTest::newRow(qPrintable(u"“%1”"_s.arg(text))) << text << u"does not say how well"_s;
        }
        QTest::newRow("gaps") << u"itl_p99=5%"_s << u"not independent"_s;
    }

    void whatIsNoGoalIsRefused()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, part);
        const auto read = precisionGoalsFrom(text);
        QVERIFY(!read);
        QVERIFY2(read.error().message.contains(part), qPrintable(read.error().message));
    }

    void equalTimesAreKnownSoon()
    {
        PrecisionWatch watch(goals(u"ttft_p50=5%"_s), 50);
        qint64 needed = 0;
        while (!watch.isReached()) {
            QVERIFY(++needed < 1000);
            watch.add(answer(200ms));
        }
        QCOMPARE(needed, 50);
        const PrecisionReached &reached = watch.reached().constFirst();
        QCOMPARE(reached.count, 50);
        QCOMPARE(reached.looks, 1);
        QVERIFY(reached.isReached);
    }

    /// A high percentile needs as many as its interval does, whatever was said.
    void aHighPercentileTakesMore()
    {
        PrecisionWatch watch(goals(u"ttft_p99=50%"_s), 0);
        qint64 needed = 0;
        while (!watch.isReached()) {
            QVERIFY(++needed < 10'000);
            watch.add(answer(200ms));
        }
        QVERIFY2(needed > 368, qPrintable(QString::number(needed)));
    }

    void allGoalsAreWaitedFor()
    {
        PrecisionWatch watch(goals(u"ttft_p50=5%,e2e_planned_p50=5%"_s), 0);
        LoadSample headOnly = answer(100ms);
        headOnly.planned = Moment();
        for (int i = 0; i < 500; ++i) {
            watch.add(headOnly);
        }
        QVERIFY(!watch.isReached());
        QVERIFY(watch.reached().at(0).isReached);
        QVERIFY(!watch.reached().at(1).isReached);
        QVERIFY2(watch.reached().at(1).sentence().contains(u"is not known yet after 0 answers"_s),
            qPrintable(watch.reached().at(1).sentence()));
    }

    void failuresHaveNoTimes()
    {
        PrecisionWatch watch(goals(u"ttft_p50=5%"_s), 0);
        LoadSample failed = answer(100ms);
        failed.error = ApiError::Kind::Server;
        for (int i = 0; i < 500; ++i) {
            watch.add(failed);
        }
        QVERIFY(!watch.isReached());
        QCOMPARE(watch.reached().constFirst().count, 0);
    }

    /// Looking often does not make the interval narrow by chance: of many runs that were ended by
    /// it, the true percentile lies outside in one of twenty at most.
    void lookingOftenIsPaidFor()
    {
        constexpr int runs = 400;
        const double truth = -std::log(0.5); // median of the exponential distribution, in seconds
        int wrong = 0;
        Random random(20260101);
        for (int run = 0; run < runs; ++run) {
            PrecisionWatch watch(goals(u"ttft_p50=15%"_s), 0);
            while (!watch.isReached()) {
                const double seconds = -std::log(1 - random.uniform());
                watch.add(answer(fromSeconds(seconds)));
            }
            const PrecisionReached &reached = watch.reached().constFirst();
            QVERIFY(reached.looks > 1);
            QVERIFY(*reached.within() <= 0.15);
            const Nanoseconds median = fromSeconds(truth);
            wrong += reached.range->first > median || reached.range->second < median ? 1 : 0;
        }
        QVERIFY2(wrong <= runs / 20, qPrintable(QString::number(wrong)));
    }

    void isReadAsItWasWritten()
    {
        PrecisionWatch watch(goals(u"ttft_p50=5%,ttft_p99=1%"_s), 0);
        for (int i = 0; i < 200; ++i) {
            watch.add(answer(100ms + i * 1ms));
        }
        QVERIFY(!watch.isReached());
        const auto read = precisionFrom(toJson(watch.reached()));
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(*read, watch.reached());
        QVERIFY2(
            watch.reached().constFirst().sentence().contains(u" after 200 answers; ± 5 % were"_s),
            qPrintable(watch.reached().constFirst().sentence()));
    }
};

QTEST_GUILESS_MAIN(TestPrecision)
#include "tst_precision.moc"
