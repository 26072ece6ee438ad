// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/arrivalschedule.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace Lorikeet;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = LoadBlock::Kind;

namespace {

LoadBlock rate(
    Nanoseconds duration, double from, double to, ArrivalProcess arrival = {}, int steps = 0)
{
    return {.kind = Kind::Rate,
        .duration = duration,
        .from = from,
        .to = to,
        .steps = steps,
        .arrival = arrival};
}

std::vector<double> timesOf(const LoadCurve &curve, quint64 seed = 1)
{
    ArrivalSchedule schedule(curve, seed);
    std::vector<double> times;
    while (const auto arrival = schedule.next()) {
        times.push_back(toSeconds(arrival->time));
    }
    return times;
}

/// How many are within.
int countIn(const std::vector<double> &times, double from, double to)
{
    return int(std::ranges::count_if(
        times, [from, to](double time) { return time >= from && time < to; }));
}

/// Of the gaps: their deviation over their mean.
double unevenness(const std::vector<double> &times)
{
    double sum = 0;
    double squares = 0;
    for (size_t i = 1; i < times.size(); ++i) {
        const double gap = times[i] - times[i - 1];
        sum += gap;
        squares += gap * gap;
    }
    const auto count = double(times.size() - 1);
    const double mean = sum / count;
    return std::sqrt(squares / count - mean * mean) / mean;
}

/// When, to a millisecond, and which conversation.
using Told = QList<std::pair<Milliseconds, qint64>>;

Told told(const LoadCurve &curve, const ArrivalSchedule::Recording &recording)
{
    ArrivalSchedule schedule(curve, 1, recording);
    Told told;
    while (const auto arrival = schedule.next()) {
        told.append({std::chrono::round<Milliseconds>(arrival->time), arrival->conversation});
    }
    return told;
}

constexpr ArrivalProcess evenly{.kind = ArrivalProcess::Kind::Constant};

} // namespace

/// When requests of an open loop leave.
class TestArrivalSchedule final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void constantIsEven()
    {
        const auto times = timesOf({rate(10s, 10, 10, evenly)});
        QCOMPARE(times.size(), 100);
        for (size_t i = 0; i < times.size(); ++i) {
            QVERIFY(std::abs(times[i] - 0.1 * double(i)) < 2e-9);
        }
    }

    void constantRatesThatDivideNothing()
    {
        for (const double perSecond : {0.3, 3.0, 7.0, 33.3, 1000.0}) {
            const auto count = double(timesOf({rate(60s, perSecond, perSecond, evenly)}).size());
            QCOMPARE(count, std::ceil(60 * perSecond - 1e-9));
        }
    }

    void sameSeedSameTimes()
    {
        const LoadCurve curve{rate(10s, 5, 50),
            rate(5s, 50, 50, {.kind = ArrivalProcess::Kind::Gamma, .burstiness = 0.5})};
        QCOMPARE(timesOf(curve, 7), timesOf(curve, 7));
        QVERIFY(timesOf(curve, 7) != timesOf(curve, 8));
        // On every platform: a schedule that was planned elsewhere goes on here.
        const auto first = timesOf({rate(10s, 10, 10)}, 1);
        QCOMPARE(first.size(), 93);
        QVERIFY2(
            std::abs(first[0] - 0.0836006) < 1e-6, qPrintable(QString::number(first[0], 'g', 12)));
    }

    void unevenAsAskedFor_data()
    {
        QTest::addColumn<double>("burstiness");
        QTest::newRow("bursts") << 0.25;
        QTest::newRow("by chance") << 1.0;
        QTest::newRow("even") << 9.0;
    }

    void unevenAsAskedFor()
    {
        QFETCH(const double, burstiness);
        const ArrivalProcess gamma{.kind = ArrivalProcess::Kind::Gamma, .burstiness = burstiness};
        const auto times = timesOf({rate(400s, 100, 100, gamma)});
        const double wanted = 1 / std::sqrt(burstiness);
        QVERIFY(std::abs(double(times.size()) - 40'000) < 6 * wanted * 200);
        QVERIFY2(std::abs(unevenness(times) - wanted) < 0.04 * wanted,
            qPrintable(QString::number(unevenness(times))));
    }

    void poissonIsByChance()
    {
        const auto times = timesOf({rate(400s, 100, 100)});
        QVERIFY(std::abs(double(times.size()) - 40'000) < 1000);
        QVERIFY(std::abs(unevenness(times) - 1) < 0.03);
    }

    void rampsAreFollowed()
    {
        const LoadCurve curve{rate(100s, 0, 200, evenly)};
        const auto times = timesOf(curve);
        QVERIFY(std::abs(double(times.size()) - expectedArrivals(curve)) <= 1);
        // A quarter of them by half time, and each second its share.
        QVERIFY(std::abs(countIn(times, 0, 50) - 2500) <= 1);
        QVERIFY(std::abs(countIn(times, 90, 91) - 181) <= 1);
        const auto down = timesOf({rate(100s, 200, 0, evenly)});
        QVERIFY(std::abs(countIn(down, 0, 50) - 7500) <= 1);
        QVERIFY(down.back() < 100);
    }

    void stairsAreClimbed()
    {
        const LoadCurve curve{rate(30s, 10, 30, evenly, 3)};
        const auto times = timesOf(curve);
        QCOMPARE(countIn(times, 0, 10), 100);
        QCOMPARE(countIn(times, 10, 20), 200);
        QCOMPARE(countIn(times, 20, 30), 300);
        QCOMPARE(expectedArrivals(curve), 600.0);
        QCOMPARE(loadAt(curve, 9s), 10.0);
        QCOMPARE(loadAt(curve, 10s), 20.0);
        QCOMPARE(loadAt(curve, 29s), 30.0);
        QCOMPARE(loadAt(curve, 30s), 0.0);
    }

    void nothingLeavesInAPause()
    {
        const LoadCurve curve{rate(5s, 20, 20), {.kind = Kind::Pause, .duration = 10s},
            {.kind = Kind::Users, .duration = 5s, .from = 8, .to = 8}, rate(5s, 20, 20)};
        const auto times = timesOf(curve);
        QVERIFY(countIn(times, 0, 5) > 60);
        QCOMPARE(countIn(times, 5, 20), 0);
        QVERIFY(countIn(times, 20, 25) > 60);
        QCOMPARE(durationOf(curve), 25s);
        QCOMPARE(loadAt(curve, 6s), 0.0);
        QCOMPARE(loadAt(curve, 16s), 8.0);
        QCOMPARE(loadAt(curve, -1s), 0.0);
        QCOMPARE(expectedArrivals(curve), 200.0);
    }

    void neverBackwards()
    {
        const LoadCurve curve{rate(3s, 0, 900), rate(1ms, 5, 5), rate(2s, 900, 1, {}, 7)};
        const auto times = timesOf(curve, 3);
        QVERIFY(std::ranges::is_sorted(times));
        QVERIFY(times.back() < 5.001);
    }

    void problems_data()
    {
        QTest::addColumn<LoadCurve>("curve");
        QTest::addColumn<QString>("problem");
        QTest::newRow("fine") << LoadCurve{rate(1s, 0, 1)} << QString();
        QTest::newRow("empty") << LoadCurve() << u"no block"_s;
        QTest::newRow("no time") << LoadCurve{rate(1s, 1, 1), rate(0s, 1, 1)} << u"Block 2"_s;
        QTest::newRow("negative") << LoadCurve{rate(1s, 1, -1)} << u"negative"_s;
        QTest::newRow("infinite") << LoadCurve{rate(1s, 1, INFINITY)} << u"no number"_s;
        QTest::newRow("nothing") << LoadCurve{rate(1s, 0, 0)} << u"nothing"_s;
        QTest::newRow("steps") << LoadCurve{rate(1s, 1, 1, {}, -1)} << u"steps"_s;
        QTest::newRow("more steps than can be told apart")
            << LoadCurve{rate(1s, 1, 2, {}, std::numeric_limits<int>::max())} << u"10000 steps"_s;
        QTest::newRow("many steps") << LoadCurve{rate(1s, 1, 2, {}, 10'000)} << QString();
        QTest::newRow("burstiness")
            << LoadCurve{rate(1s, 1, 1, {.kind = ArrivalProcess::Kind::Gamma, .burstiness = 0})}
            << u"burstiness"_s;
        constexpr ArrivalProcess recorded{.kind = ArrivalProcess::Kind::Recorded};
        QTest::newRow("trace") << LoadCurve{rate(1s, 1, 1, recorded)} << QString();
        QTest::newRow("a slope of a trace")
            << LoadCurve{rate(1s, 1, 2, recorded)} << u"as it was recorded"_s;
        QTest::newRow("a trace that is over")
            << LoadCurve{rate(1s, 0, 0, recorded)} << u"nothing is asked"_s;
        QTest::newRow("pauses") << LoadCurve{{.kind = Kind::Pause, .duration = 1s}} << u"pauses"_s;
    }

    void problems()
    {
        QFETCH(const LoadCurve, curve);
        QFETCH(const QString, problem);
        QCOMPARE(problemOf(curve).isEmpty(), problem.isEmpty());
        QVERIFY2(problemOf(curve).contains(problem), qPrintable(problemOf(curve)));
    }

    /// The trace with its own requests, the others with those behind.
    void aRecordingIsPlayedAmongOthers()
    {
        const auto recording = [](qint64 number) -> std::optional<Nanoseconds> {
            // Two at once every 300 ms, ten of them.
            return number < 10 ? std::optional(Nanoseconds(300ms) * (number / 2)) : std::nullopt;
        };
        const LoadBlock even{
            .kind = LoadBlock::Kind::Rate, .duration = 1s, .from = 3, .to = 3, .arrival = evenly};
        LoadBlock played = even;
        played.arrival.kind = ArrivalProcess::Kind::Recorded;
        QCOMPARE(told({even, played, even}, recording),
            (Told{{0ms, 8}, {333ms, 9}, {667ms, 10}, {1000ms, 0}, {1000ms, 1}, {1300ms, 2},
                {1300ms, 3}, {1600ms, 4}, {1600ms, 5}, {1900ms, 6}, {1900ms, 7}, {2000ms, 11},
                {2333ms, 12}, {2667ms, 13}}));
        // Without one, time passes.
        QCOMPARE(told({played, even}, {}), (Told{{1000ms, 0}, {1333ms, 1}, {1667ms, 2}}));
    }

    /// Each from where the one before stopped, and no further than the trace goes.
    void aRecordingGoesOnInTheNextBlock()
    {
        const LoadBlock played{.kind = LoadBlock::Kind::Rate,
            .duration = 1s,
            .from = 3,
            .to = 3,
            .arrival = {.kind = ArrivalProcess::Kind::Recorded}};
        const LoadBlock pause{.kind = LoadBlock::Kind::Pause, .duration = 1s};
        QCOMPARE(told({played, pause, played},
                     [](qint64 number) -> std::optional<Nanoseconds> {
                         return number < 4 ? std::optional(Nanoseconds(400ms) * number)
                                           : std::nullopt;
                     }),
            (Told{{0ms, 0}, {400ms, 1}, {800ms, 2}, {2200ms, 3}}));
    }
};

QTEST_GUILESS_MAIN(TestArrivalSchedule)
#include "tst_arrivalschedule.moc"
