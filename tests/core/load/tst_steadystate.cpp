// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/random.h"
#include "load/steadystate.h"

#include <QTest>

#include <cmath>
#include <functional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

/// How much of its full load a made-up run has at each moment, 0 to 1.
using Shape = std::function<double(double seconds)>;

constexpr double users = 20;
constexpr double pieces = 60; ///< a tick, at full load

/// A run of that shape: as many under way, and as much coming, give or take `noise`.
LoadTimeline made(double seconds, const Shape &shape, double noise = 0.1, quint64 seed = 1)
{
    Random random(seed);
    LoadTimelinePart part;
    qint64 running = 0;
    const auto ticks = qint64(std::round(seconds * 10));
    for (qint64 i = 0; i < ticks; ++i) {
        const double share = std::max(shape(double(i) / 10), 0.0);
        LoadTick &tick = part.at(LoadTimeline::tickLength * i);
        const qint64 wanted = qRound64(users * share);
        // One ends and the next begins, and where the load changes, more or fewer.
        tick.answered = std::min<qint64>(running, 1) + std::max<qint64>(running - wanted, 0);
        tick.began = wanted - running + tick.answered;
        running = wanted;
        tick.chunks = qRound64(std::max(pieces * share * (1 + noise * random.normal()), 0.0));
    }
    LoadTimeline timeline;
    timeline.add(part);
    return timeline;
}

double level(double) { return 1; }

/// Up within so many seconds.
Shape ramp(double length)
{
    return [length](double at) { return std::min(at / length, 1.0); };
}

Shape step(double when, double before)
{
    return [=](double at) { return at < when ? before : 1.0; };
}

} // namespace

/// Where a run was steady, in runs that are made up.
class TestSteadyState final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    /// What is answered at once is under way at the end of no tick, and steady all the same.
    void aLightLoadIsSteady()
    {
        LoadTimelinePart part;
        for (qint64 i = 0; i < 60; ++i) {
            LoadTick &tick = part.at(LoadTimeline::tickLength * i);
            tick.began = tick.answered = 5;
            tick.chunks = 20;
        }
        LoadTimeline timeline;
        timeline.add(part);
        const SteadyState steady = steadyStateOf(timeline);
        QVERIFY2(steady.isFound, qPrintable(steady.problem));
        QCOMPARE(steady.window, (LoadWindow{.from = 0s, .to = 6s}));
        QCOMPARE(steady.pieceRate, 200.0);
        QCOMPARE(startBurstOf(timeline, steady), (LoadWindow{.from = 0s, .to = 100ms}));
    }

    void theStretchIsFound_data()
    {
        QTest::addColumn<Shape>("shape");
        QTest::addColumn<double>("from");
        QTest::addColumn<double>("to");
        QTest::newRow("level throughout") << Shape(&level) << 0.0 << 60.0;
        QTest::newRow("ramp") << ramp(12) << 12.0 << 60.0;
        QTest::newRow("ramp and drain")
            << Shape([](double at) { return std::min({at / 9, 1.0, (60 - at) / 6}); }) << 9.0
            << 54.0;
        QTest::newRow("step up") << step(20, 0.6) << 20.0 << 60.0;
        QTest::newRow("step late") << step(42, 0.7) << 0.0 << 42.0;
        QTest::newRow("a start that is too good")
            << Shape([](double at) { return 1 + std::exp(-at); }) << 4.0 << 60.0;
        QTest::newRow("silence, then load") << step(15, 0) << 15.0 << 60.0;
    }

    void theStretchIsFound()
    {
        QFETCH(const Shape, shape);
        QFETCH(const double, from);
        QFETCH(const double, to);
        for (const double noise : {0.0, 0.05, 0.2}) {
            for (quint64 seed = 1; seed <= 10; ++seed) {
                const SteadyState found = steadyStateOf(made(60, shape, noise, seed));
                QVERIFY2(found.isFound, qPrintable(found.problem));
                // A batch has half a second; with noise a little is given away.
                const double off = 1.5 + 20 * noise;
                QVERIFY2(toSeconds(found.window.from) >= from - 2.5
                        && toSeconds(found.window.from) <= from + off,
                    qPrintable(QString::number(toSeconds(found.window.from))));
                QVERIFY2(toSeconds(found.window.to) <= to + 2.5
                        && toSeconds(found.window.to) >= to - off,
                    qPrintable(QString::number(toSeconds(found.window.to))));
                QVERIFY(found.problem.isEmpty());
            }
        }
    }

    void itsAveragesAreThoseOfTheWindow()
    {
        const SteadyState found = steadyStateOf(made(60, ramp(10), 0));
        QVERIFY(found.isFound);
        QVERIFY2(std::abs(found.pieceRate - 600) < 6, qPrintable(QString::number(found.pieceRate)));
        QVERIFY(std::abs(found.running - 20) < 0.2);
        QVERIFY(std::abs(found.answerRate - 10) < 0.1);
    }

    void whatHasNoneSaysWhy_data()
    {
        QTest::addColumn<LoadTimeline>("timeline");
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << LoadTimeline() << u"too short"_s;
        QTest::newRow("too short") << made(1.5, &level) << u"too short"_s;
        QTest::newRow("nobody answers")
            << made(60, [](double) { return 0; }) << u"nothing was answered"_s;
        QTest::newRow("nearly nobody") << made(60, step(50, 0)) << u"up and down"_s;
        QTest::newRow("ramp to the end") << made(60, ramp(60)) << u"under way grew"_s;
        QTest::newRow("slower and slower")
            << made(60, [](double at) { return 1 - at / 100; }) << u"fell by"_s;
        // As many as ever, and what comes of them gets less and less.
        LoadTimelinePart fading;
        for (int i = 0; i < 600; ++i) {
            LoadTick &tick = fading.at(LoadTimeline::tickLength * i);
            tick.began = i == 0 ? 20 : 1;
            tick.answered = i == 0 ? 0 : 1;
            tick.chunks = 100 - i / 20;
        }
        LoadTimeline slower;
        slower.add(fading);
        QTest::newRow("throughput drifts") << slower << u"The throughput fell by"_s;
        QTest::newRow("on and off")
            << made(60, [](double at) { return int(at / 7) % 2 == 0 ? 1 : 0.1; })
            << u"up and down"_s;
    }

    void whatHasNoneSaysWhy()
    {
        QFETCH(const LoadTimeline, timeline);
        QFETCH(const QString, words);
        const SteadyState found = steadyStateOf(timeline);
        QVERIFY(!found.isFound);
        QVERIFY2(found.problem.contains(words), qPrintable(found.problem));
    }

    /// What is level is rarely called a drift, and what drifts is.
    void noiseIsNoDrift()
    {
        int found = 0;
        for (quint64 seed = 1; seed <= 100; ++seed) {
            found += steadyStateOf(made(30, &level, 0.3, seed)).isFound ? 1 : 0;
        }
        QVERIFY2(found >= 97, qPrintable(QString::number(found)));
    }

    void answersWithoutPiecesCount()
    {
        LoadTimelinePart part;
        for (int i = 0; i < 300; ++i) {
            LoadTick &tick = part.at(LoadTimeline::tickLength * i);
            tick.began = i < 50 ? 2 : 4;
            tick.answered = i == 0 ? 0 : i < 50 ? 1 : 4;
        }
        LoadTimeline timeline;
        timeline.add(part);
        const SteadyState found = steadyStateOf(timeline);
        QVERIFY2(found.isFound, qPrintable(found.problem));
        QVERIFY(std::abs(toSeconds(found.window.from) - 5) <= 1);
        QCOMPARE(found.pieceRate, 0);
        QCOMPARE(found.answerRate, 40);
    }

    /// Of a day as of a minute.
    void aLongRunIsLookedAtCoarsely()
    {
        const SteadyState found = steadyStateOf(made(20'000, ramp(2'000)));
        QVERIFY2(found.isFound, qPrintable(found.problem));
        QVERIFY(std::abs(toSeconds(found.window.from) - 2'000) < 200);
        QVERIFY(toSeconds(found.window.to) > 19'800);
    }

    void theStartBurstLastsUntilTheLoadIsThere_data()
    {
        QTest::addColumn<Shape>("shape");
        QTest::addColumn<double>("to");
        QTest::newRow("all at once") << Shape(&level) << 0.1;
        QTest::newRow("ramp") << ramp(12) << 12.1;
        QTest::newRow("later") << step(15, 0) << 15.1;
    }

    void theStartBurstLastsUntilTheLoadIsThere()
    {
        QFETCH(const Shape, shape);
        QFETCH(const double, to);
        const LoadTimeline timeline = made(60, shape, 0.05);
        const LoadWindow burst = startBurstOf(timeline, steadyStateOf(timeline));
        QCOMPARE(burst.from, 0ns);
        QVERIFY2(std::abs(toSeconds(burst.to) - to) <= 0.5,
            qPrintable(QString::number(toSeconds(burst.to))));
    }

    void aQuickServerHasABurstToo()
    {
        LoadTimelinePart part;
        for (int i = 3; i < 100; ++i) {
            LoadTick &tick = part.at(LoadTimeline::tickLength * i);
            tick.began = 5;
            tick.answered = 5;
            tick.chunks = 20;
        }
        LoadTimeline timeline;
        timeline.add(part);
        const LoadWindow burst = startBurstOf(timeline, steadyStateOf(timeline));
        QCOMPARE(burst, (LoadWindow{.from = 0ms, .to = 400ms}));
    }

    void withoutASteadyStateTheBurstEndsAtTheMean()
    {
        const LoadTimeline timeline = made(60, ramp(60), 0);
        const LoadWindow burst = startBurstOf(timeline, steadyStateOf(timeline));
        QVERIFY(std::abs(toSeconds(burst.to) - 30) < 2);
        QCOMPARE(startBurstOf({}, steadyStateOf({})), LoadWindow());
    }
};

QTEST_GUILESS_MAIN(TestSteadyState)
#include "tst_steadystate.moc"
