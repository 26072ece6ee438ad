// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadsummary.h"

#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

/// Due at `planned`, left 5 ms later, written 1 ms after that; its tokens come from 100 ms after it
/// was written on, 10 ms apart.
LoadSample answered(Nanoseconds planned, int tokens)
{
    LoadSample sample;
    sample.planned = Moment(planned);
    sample.began = Moment(planned + 5ms);
    sample.connected = Moment(planned + 5ms + 500us);
    sample.sent = Moment(planned + 6ms);
    sample.firstByte = Moment(planned + 90ms);
    sample.firstToken = Moment(planned + 106ms);
    sample.firstVisible = Moment(planned + 116ms);
    sample.lastToken = Moment(planned + 106ms + (tokens - 1) * 10ms);
    sample.ended = Moment(*sample.lastToken + 1ms);
    sample.chunks = tokens;
    sample.outputTokens = tokens;
    sample.promptTokens = 7;
    return sample;
}

LoadSample failedWith(Nanoseconds planned, ApiError::Kind kind)
{
    LoadSample sample = answered(planned, 2);
    sample.error = kind;
    return sample;
}

bool isNear(const std::optional<Nanoseconds> &time, Nanoseconds expected)
{
    return time && std::abs(double((*time - expected).count())) <= 0.01 * double(expected.count());
}

LoadTimeline timelineOf(const LoadSamples &samples)
{
    LoadTimelinePart part;
    for (const LoadSample &sample : samples) {
        ++part.at(*sample.planned).planned;
        ++part.at(*sample.began).began;
        ++(sample.isCancelled() ? part.at(*sample.ended).cancelled
                : sample.error  ? part.at(*sample.ended).failed
                                : part.at(*sample.ended).answered);
        for (int i = 0; i < sample.chunks; ++i) {
            const Nanoseconds at = *sample.firstToken + i * 10ms;
            ++part.at(at).chunks;
            if (i > 0) {
                part.addGap(at, 10ms);
            }
        }
    }
    LoadTimeline timeline;
    timeline.add(part);
    return timeline;
}

} // namespace

/// Figures of runs that are written down here, so that each can be worked out by hand.
class TestLoadSummary final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void everyTimeByItsDefinition()
    {
        const LoadSamples samples{answered(1s, 11)};
        const LoadSummary summary = summarise(samples, timelineOf(samples), {.from = 0s, .to = 4s});
        const auto time
            = [&summary](LoadMetric metric) { return summary.time(metric).quantile(0.5); };
        QVERIFY(isNear(time(LoadMetric::TimeToFirstToken), 100ms));
        QVERIFY(isNear(time(LoadMetric::TimeToFirstVisible), 110ms));
        QVERIFY(isNear(time(LoadMetric::InterTokenLatency), 10ms));
        QVERIFY(isNear(time(LoadMetric::TimePerOutputToken), 10ms));
        QVERIFY(isNear(time(LoadMetric::Total), 201ms));
        QVERIFY(isNear(time(LoadMetric::PlannedToFirstToken), 106ms));
        QVERIFY(isNear(time(LoadMetric::PlannedToEnd), 207ms));
        QVERIFY(isNear(time(LoadMetric::Lag), 5ms));
        QVERIFY(isNear(time(LoadMetric::Connection), 500us));
        QCOMPARE(summary.time(LoadMetric::InterTokenLatency).count(), 10);
        QCOMPARE(summary.tokenRate(), 11.0 / 4);
        QCOMPARE(summary.requestRate(), 0.25);
        QCOMPARE(summary.promptTokenRate(), 7.0 / 4);
        QVERIFY(std::abs(*summary.tokenRatePerUser() - 100) < 1);
        QVERIFY(std::abs(*summary.heldConcurrency() - 0.202 / 4) < 1e-9);
        QCOMPARE(summary.tokensPerChunk(), 1.0);
    }

    /// Requests belong where they were due, tokens where they came.
    void aWindowTakesWhatIsItsOwn()
    {
        const LoadSamples samples{
            answered(900ms, 11), answered(1s, 11), answered(1900ms, 11), answered(2s, 11)};
        const LoadSummary summary = summarise(samples, timelineOf(samples), {.from = 1s, .to = 2s});
        QCOMPARE(summary.planned, 2);
        QCOMPARE(summary.answered, 2);
        QCOMPARE(summary.completed, 2); // those that were due at 900 ms and at 1 s
        QCOMPARE(summary.outputTokens, 22);
        // From 1006 to 1106 ms, and from 1106 to 1206 ms; the third begins at 2006 ms.
        QCOMPARE(summary.chunks, 22.0);
        QCOMPARE(summary.tokenRate(), 22.0);
    }

    /// A short run of long answers keeps its users busy, though few answers end in it.
    void whatIsUnderWayCountsAsLongAsItIs()
    {
        LoadSample cut = failedWith(1s, ApiError::Kind::Truncated);
        cut.began = Moment(1s);
        cut.ended = Moment(2s);
        LoadSample cancelled = failedWith(1500ms, ApiError::Kind::Cancelled);
        cancelled.began = Moment(1500ms);
        cancelled.ended = Moment(9s);
        LoadSample earlier = answered(0s, 3);
        earlier.began = Moment(0s);
        earlier.ended = Moment(1500ms);
        const LoadSummary summary
            = summarise({cut, cancelled, earlier}, {}, {.from = 1s, .to = 3s});
        QCOMPARE(summary.heldConcurrency(), (1 + 1.5 + 0.5) / 2);
        LoadSummary both = summary;
        both.add(summary);
        QCOMPARE(both.heldConcurrency(), 3.0);
        QVERIFY(!LoadSummary().heldConcurrency());
    }

    /// After the second failure and each further one, for as long as a user rests then.
    void whoRestsIsTold()
    {
        const auto ended = [](qint32 user, Nanoseconds at, std::optional<ApiError::Kind> error) {
            LoadSample sample = answered(0s, 3);
            sample.user = user;
            sample.ended = Moment(at);
            sample.error = error;
            return sample;
        };
        constexpr auto refused = ApiError::Kind::Refused;
        const LoadSamples samples{ended(0, 1s, refused), ended(1, 1s, refused),
            ended(-1, 1s, refused), ended(0, 1100ms, refused), ended(-1, 1100ms, refused),
            ended(0, 1200ms, refused), ended(1, 1300ms, std::nullopt), ended(1, 1400ms, refused),
            ended(0, 1500ms, std::nullopt), ended(0, 1600ms, refused),
            ended(1, 1700ms, ApiError::Kind::Cancelled)};
        // 10 ms from 1.1 s on, and 20 ms from 1.2 s on.
        QCOMPARE(summarise(samples, {}, {.from = 0s, .to = 3s}).rested, 30ms);
        LoadSummary cut = summarise(samples, {}, {.from = 1105ms, .to = 1205ms});
        QCOMPARE(cut.rested, 10ms);
        cut.add(cut);
        QCOMPARE(cut.rested, 20ms);
        // Told bit by bit, it is the same.
        LoadRests rests({.from = 0s, .to = 3s});
        for (const LoadSample &sample : samples) {
            rests.add({sample});
        }
        QCOMPARE(rests.sum(), 30ms);
    }

    void failuresAreNoTimes()
    {
        const LoadSamples samples{answered(0s, 3), failedWith(1s, ApiError::Kind::RateLimited),
            failedWith(1s, ApiError::Kind::Truncated), failedWith(2s, ApiError::Kind::RateLimited),
            failedWith(2s, ApiError::Kind::Cancelled)};
        const LoadSummary summary = summarise(samples, {}, {.from = 0s, .to = 10s});
        QCOMPARE(summary.planned, 5);
        QCOMPARE(summary.answered, 1);
        QCOMPARE(summary.cancelled, 1);
        QCOMPARE(
            summary.failures, (QMap<QString, qint64>{{u"rate_limited"_s, 2}, {u"truncated"_s, 1}}));
        QCOMPARE(summary.failureShare(), 0.75);
        QCOMPARE(summary.time(LoadMetric::TimeToFirstToken).count(), 1);
        QCOMPARE(summary.outputTokens, 3);
        // How late a request left is known, whatever became of it.
        QCOMPARE(summary.time(LoadMetric::Lag).count(), 5);
    }

    void whatNeverLeftIsDueAllTheSame()
    {
        LoadSample sample;
        sample.planned = Moment(1s);
        sample.error = ApiError::Kind::Cancelled;
        const LoadSummary summary = summarise({sample}, {}, {.from = 0s, .to = 2s});
        QCOMPARE(summary.planned, 1);
        QCOMPARE(summary.began, 0);
        QCOMPARE(summary.cancelled, 0);
        QVERIFY(!summary.failureShare());
    }

    /// Several tokens in one piece: throughput is of tokens, gaps are between pieces.
    void piecesAreNotTokens()
    {
        LoadSample sample = answered(0s, 11);
        sample.outputTokens = 33;
        const LoadSummary summary
            = summarise({sample}, timelineOf({sample}), {.from = 0s, .to = 1s});
        QCOMPARE(summary.tokensPerChunk(), 3.0);
        QCOMPARE(summary.tokenRate(), 33.0);
        QCOMPARE(summary.estimated, 0);
        QVERIFY(isNear(summary.time(LoadMetric::TimePerOutputToken).quantile(0.5), 3125us));
        sample.outputTokens = -1; // no count of the server's
        const LoadSummary guessed
            = summarise({sample}, timelineOf({sample}), {.from = 0s, .to = 1s});
        QCOMPARE(guessed.outputTokens, 11);
        QCOMPARE(guessed.estimated, 1);
    }

    void goodputCountsWhatKeepsToTheObjective()
    {
        LoadSample slow = answered(0s, 11);
        slow.firstToken = Moment(600ms);
        LoadSample stalling = answered(0s, 11);
        stalling.longestGap = 80ms;
        const LoadSamples samples{answered(0s, 11), answered(1s, 11), slow, stalling,
            failedWith(1s, ApiError::Kind::Server)};
        const auto objective = serviceObjectiveFrom(u"ttft_p95=500ms,itl_p99=50ms"_s);
        QVERIFY(objective);
        const LoadSummary summary = summarise(samples, {}, {.from = 0s, .to = 2s}, *objective);
        QCOMPARE(summary.good, 2);
        QCOMPARE(summary.goodput(), 1.0);
    }

    /// Goodput and prompts a second are of the answers that answers a second are of.
    void whatEndsInTheWindowIsItsRate()
    {
        LoadSample before = answered(900ms, 11); // ends at 1107 ms
        const LoadSamples samples{before, answered(1s, 11), answered(1900ms, 11)};
        const auto objective = serviceObjectiveFrom(u"e2e_p95=1s"_s);
        const LoadSummary summary = summarise(samples, {}, {.from = 1s, .to = 2s}, *objective);
        QCOMPARE(summary.requestRate(), 2.0);
        QCOMPARE(summary.goodput(), summary.requestRate());
        QCOMPARE(summary.promptTokenRate(), 14.0);
        QCOMPARE(summary.promptTokens, 14); // of the two that were due
        const LoadSummary last = summarise(samples, {}, {.from = 2s, .to = 3s}, *objective);
        QCOMPARE(last.goodput(), 1.0);
        QCOMPARE(last.promptTokenRate(), 7.0);
        QCOMPARE(last.promptTokens, 0);
    }

    /// An answer without a first token did not keep to a limit of its time.
    void whatHasNoTimeIsNotGood()
    {
        LoadSample empty = answered(0s, 1);
        empty.firstToken = {};
        empty.firstVisible = {};
        empty.lastToken = {};
        const auto good = [](const LoadSample &sample, const QString &objective) {
            return isGood(sample, *serviceObjectiveFrom(objective));
        };
        QVERIFY(!good(empty, u"ttft_p95=500ms"_s));
        QVERIFY(!good(empty, u"first_visible_p95=500ms"_s));
        QVERIFY(good(empty, u"e2e_p95=500ms"_s));
        // A single token has no gap.
        const LoadSample single = answered(0s, 1);
        QVERIFY(good(single, u"ttft_p95=500ms,tpot_p95=1ms,itl_p95=1ms,connect_p95=1s"_s));
        LoadSample several = single;
        several.outputTokens = 7;
        several.lastToken = {};
        QVERIFY(!good(several, u"tpot_p95=1ms"_s));
    }

    void partsAddUp()
    {
        LoadSamples all;
        for (int i = 0; i < 40; ++i) {
            all.push_back(i % 5 == 0 ? failedWith(i * 50ms, ApiError::Kind::Truncated)
                                     : answered(i * 50ms, 3 + i % 7));
        }
        const LoadWindow window{.from = 200ms, .to = 1700ms};
        const LoadSamples first(all.begin(), all.begin() + 13);
        const LoadSamples second(all.begin() + 13, all.end());
        LoadSummary sum = summarise(first, timelineOf(first), window);
        sum.add(summarise(second, timelineOf(second), window));
        QCOMPARE(sum, summarise(all, timelineOf(all), window));
    }

    void choicesAreApart()
    {
        LoadSample first = answered(0s, 3);
        first.choice = 0;
        LoadSample second = answered(0s, 5);
        second.choice = 1;
        const LoadSamples samples{first, second, second};
        const LoadWindow window{.from = 0s, .to = 1s};
        QCOMPARE(summariseChoice(samples, 0, window).outputTokens, 3);
        QCOMPARE(summariseChoice(samples, 1, window).outputTokens, 10);
        QCOMPARE(summariseChoice(samples, 2, window).planned, 0);
    }

    void aPercentileOfTooFewHasNoBounds()
    {
        LatencyHistogram times;
        QVERIFY(!percentile(times, 0.99));
        for (int i = 1; i <= 100; ++i) {
            times.add(i * 1ms);
        }
        const std::optional<Percentile> median = percentile(times, 0.5);
        QVERIFY(isNear(median->value, 50ms));
        QVERIFY(median->range);
        QVERIFY(median->range->first < 45ms && median->range->second > 55ms);
        const std::optional<Percentile> high = percentile(times, 0.99);
        QVERIFY(isNear(high->value, 99ms));
        QVERIFY(!high->range);
    }

    /// However long a run is, the gaps between its tokens take the same room.
    void gapsOfALongRunAreKeptInCoarserSlices()
    {
        LoadTimeline timeline;
        for (int second = 0; second < 2000; ++second) {
            LoadTimelinePart part;
            part.addGap(second * 1s, second < 1000 ? 10ms : 30ms);
            timeline.add(part);
        }
        QCOMPARE(timeline.gapLength(), 4s);
        QCOMPARE(timeline.gaps().size(), 500u);
        for (const LatencyHistogram &slice : timeline.gaps()) {
            QCOMPARE(slice.count(), 4);
        }
        const auto of = [&timeline](Nanoseconds from, Nanoseconds to) {
            return summarise({}, timeline, {.from = from, .to = to})
                .time(LoadMetric::InterTokenLatency);
        };
        QCOMPARE(of(0s, 1000s).count(), 1000);
        QVERIFY(isNear(of(0s, 1000s).quantile(1), 10ms));
        QVERIFY(isNear(of(1000s, 2000s).quantile(0), 30ms));
        LoadTimeline shorter;
        LoadTimelinePart part;
        part.addGap(3s, 5ms);
        shorter.add(part);
        shorter.add(timeline);
        QCOMPARE(shorter.gapLength(), 4s);
        QCOMPARE(shorter.gaps().front().count(), 5);
    }

    void runningIsWhatBeganAndDidNotEnd()
    {
        const LoadSamples samples{answered(0s, 11), answered(150ms, 11)};
        const LoadTimeline timeline = timelineOf(samples);
        QCOMPARE(timeline.running(), (std::vector<qint64>{1, 2, 1, 0}));
    }
};

QTEST_GUILESS_MAIN(TestLoadSummary)
#include "tst_loadsummary.moc"
