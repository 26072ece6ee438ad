// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/servertimeline.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

ServerMoment moment(Nanoseconds at, std::initializer_list<std::pair<ServerFigure, double>> values)
{
    ServerMoment moment{.at = at, .reading = {}};
    for (const auto &[figure, value] : values) {
        moment.reading.value(figure) = value;
    }
    return moment;
}

constexpr LoadWindow always{.from = 0s, .to = 24h};

} // namespace

/// What a server told during a run, on the run's axis of time.
class TestServerTimeline final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void statesAreThoseOfTheWindow()
    {
        ServerTimeline timeline;
        for (int i = 0; i < 10; ++i) {
            timeline.add(moment(i * 1s, {{ServerFigure::Waiting, double(i)}}));
        }
        const LoadWindow window{.from = 2s, .to = 5s};
        QCOMPARE(timeline.mean(ServerFigure::Waiting, window), 3.0);
        QCOMPARE(timeline.most(ServerFigure::Waiting, window), 4.0);
        QCOMPARE(timeline.mean(ServerFigure::Running, window), std::nullopt);
        QCOMPARE(timeline.mean(ServerFigure::Waiting, {.from = 20s, .to = 30s}), std::nullopt);
    }

    /// From the last moment before the window to the first behind it; a restart counts from zero.
    void countersTellTheirGrowth()
    {
        ServerTimeline timeline;
        const QList<double> counts{100, 110, 130, 160, 5, 25, 75};
        for (qsizetype i = 0; i < counts.size(); ++i) {
            timeline.add(moment(i * 1s, {{ServerFigure::OutputTokens, counts[i]}}));
        }
        const auto growth = [&timeline](Nanoseconds from, Nanoseconds to) {
            return timeline.growth(ServerFigure::OutputTokens, {.from = from, .to = to});
        };
        QCOMPARE(growth(0s, 3s), 60.0);
        QCOMPARE(growth(1500ms, 2500ms), 50.0); // from 110 to 160
        QCOMPARE(growth(3s, 6s), 75.0); // 5 after the restart, 20, 50
        QCOMPARE(growth(0s, 1h), 135.0);
        QCOMPARE(timeline.growth(ServerFigure::CacheHits, always), std::nullopt);
        ServerTimeline single;
        single.add(moment(0s, {{ServerFigure::OutputTokens, 100}}));
        QCOMPARE(single.growth(ServerFigure::OutputTokens, always), std::nullopt);
    }

    void placesAskedTogetherAreOneMoment()
    {
        ServerTimeline timeline;
        timeline.add(moment(1s, {{ServerFigure::Running, 3}}));
        timeline.add(moment(1100ms, {{ServerFigure::GpuUse, 0.5}}));
        timeline.add(moment(2s, {{ServerFigure::Running, 4}}));
        timeline.add(moment(2600ms, {{ServerFigure::GpuUse, 0.75}}));
        QCOMPARE(timeline.moments().size(), 3U);
        QCOMPARE(timeline.moments().front().reading.value(ServerFigure::GpuUse), 0.5);
        QCOMPARE(timeline.mean(ServerFigure::GpuUse, always), 0.625);
    }

    void aDayTakesNoMoreRoomThanAnHour()
    {
        ServerTimeline timeline;
        for (int i = 0; i < 86'400; ++i) {
            timeline.add(moment(
                i * 1s, {{ServerFigure::OutputTokens, 10.0 * i}, {ServerFigure::KvCache, 0.5}}));
            timeline.add(moment(i * 1s + 50ms, {{ServerFigure::GpuUse, 0.25}}));
        }
        QVERIFY2(timeline.moments().size() <= 4000,
            qPrintable(QString::number(timeline.moments().size())));
        QVERIFY(timeline.moments().size() > 1500);
        // Nothing of what was counted is lost, at either end.
        QCOMPARE(timeline.growth(ServerFigure::OutputTokens, always), 863'990.0);
        QCOMPARE(timeline.mean(ServerFigure::GpuUse, always), 0.25);
        for (std::size_t i = 1; i < timeline.moments().size(); ++i) {
            QVERIFY(timeline.moments()[i - 1].at < timeline.moments()[i].at);
        }
    }

    void isReadAsItWasWritten()
    {
        ServerSide side{.server = u"vLLM"_s,
            .places = {u"http://h:8000/metrics"_s},
            .notes = {u"http://gpu:9400/metrics tells no metrics (HTTP 404)."_s},
            .timeline = {}};
        for (int i = 0; i < 3; ++i) {
            side.timeline.add(moment(i * 1s - 20ms,
                {{ServerFigure::CacheQueries, 100.0 * i}, {ServerFigure::CacheHits, 25.0 * i}}));
        }
        side.timeline.add(moment(3s, {{ServerFigure::Running, 1}}));
        const QJsonObject written = toJson(side);
        QVERIFY(!written.contains("gpu"_L1));
        QVERIFY(written.value("running"_L1).toArray().at(0).isNull());
        const Result<ServerSide> read = serverSideFrom(written, u"It"_s);
        QVERIFY(read);
        QCOMPARE(*read, side);
        QCOMPARE(side.cacheHitShare(always), 0.25);
        const QJsonObject figures = figuresOf(side, always);
        QCOMPARE(figures.value("cache_hit_share"_L1).toDouble(), 0.25);
        QCOMPARE(figures.value("running"_L1).toObject().value("unit"_L1).toString(), u"requests"_s);
        QCOMPARE(figures.value("cache_hits"_L1).toObject().value("growth"_L1).toDouble(), 50.0);
    }
};

QTEST_GUILESS_MAIN(TestServerTimeline)
#include "tst_servertimeline.moc"
