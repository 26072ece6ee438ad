// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/arrivalschedule.h"
#include "load/loadsummary.h"
#include "loadrunfixture.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// What is sent and what is counted. How it ends is tst_loadends', how well times are measured
/// tst_loadtruth's.
class TestLoadRun final : public LoadRunFixture
{
    Q_OBJECT

private Q_SLOTS:

    void usersAskAgainOnceTheyAreAnswered_data()
    {
        QTest::addColumn<int>("threads");
        QTest::newRow("one thread") << 1;
        QTest::newRow("three threads") << 3;
    }

    void usersAskAgainOnceTheyAreAnswered()
    {
        QFETCH(const int, threads);
        serve();
        const RunRecord found
            = record({.curve = {users(4, 1h)}, .stops = {.requests = 40}, .threads = threads});
        QCOMPARE(found.end, LoadEnd::Finished);
        QCOMPARE(found.samples.size(), 40u);
        QCOMPARE(found.asked().size(), 40u);
        QCOMPARE(found.asked().crbegin()->first, 39);
        QCOMPARE(found.mostAtOnce(), 4);
        for (const LoadSample &sample : found.samples) {
            QVERIFY(sample.isAnswered());
            QCOMPARE(sample.outputTokens, 8);
            QCOMPARE(sample.chunks, 8);
            QVERIFY(sample.user >= 0 && sample.user < 4);
            QVERIFY(*sample.planned <= *sample.began && *sample.began <= *sample.sent);
            QVERIFY(*sample.sent <= *sample.firstToken);
            QVERIFY(*sample.firstToken <= *sample.lastToken);
            QVERIFY(*sample.lastToken <= *sample.ended);
        }
        const LoadTick all = found.timeline.sum();
        QCOMPARE(all.planned, 40);
        QCOMPARE(all.began, 40);
        QCOMPARE(all.answered, 40);
        QCOMPARE(all.chunks, 320);
        qint64 gaps = 0;
        for (const LatencyHistogram &slice : found.timeline.gaps()) {
            gaps += slice.count();
        }
        QCOMPARE(gaps, 40 * 7);
        QCOMPARE(found.health.pieces, 320);
        QVERIFY(!found.health.loopLag.isEmpty());
        // While it goes on, too.
        QCOMPARE(found.told.pieces, 320);
        QCOMPARE(found.told.reads, found.health.reads);
        QVERIFY(!found.told.loopLag.isEmpty());
        QVERIFY(found.told.processorTime <= found.health.processorTime);
        QVERIFY(found.told.elapsed <= found.health.elapsed);
    }

    /// An open loop sends at its times, whatever becomes of what went before.
    void arrivalsComeByTheirSchedule_data()
    {
        QTest::addColumn<int>("threads");
        QTest::newRow("one thread") << 1;
        QTest::newRow("two threads") << 2;
    }

    void arrivalsComeByTheirSchedule()
    {
        QFETCH(const int, threads);
        serve();
        const LoadCurve curve{arrivals(300, 1s, ArrivalProcess::Kind::Poisson)};
        const RunRecord found = record({.curve = curve, .seed = 7, .threads = threads});
        QCOMPARE(found.end, LoadEnd::Finished);
        LoadSamples samples = found.samples;
        std::ranges::sort(samples, {}, &LoadSample::conversation);
        ArrivalSchedule schedule(curve, 7);
        for (const LoadSample &sample : samples) {
            QCOMPARE(Moment(schedule.next()->time), sample.planned);
            QVERIFY(*sample.began >= *sample.planned);
            QCOMPARE(sample.user, -1);
        }
        QVERIFY(!schedule.next());
        QCOMPARE(qint64(samples.size()), found.timeline.sum().planned);
    }

    /// What several machines send is what one would send.
    void shardsAreTheWhole()
    {
        serve();
        const LoadCurve curve{arrivals(200, 500ms, ArrivalProcess::Kind::Poisson), users(6, 1h)};
        const auto shard = [&](int index, int count) {
            return record({.curve = curve,
                .seed = 3,
                .stops = {.requests = 150},
                .shard = {.index = index, .count = count},
                .threads = 1 + index});
        };
        const std::set<std::pair<qint64, qint32>> whole = shard(0, 1).asked();
        std::set<std::pair<qint64, qint32>> together;
        std::size_t sum = 0;
        for (int i = 0; i < 3; ++i) {
            const std::set<std::pair<qint64, qint32>> part = shard(i, 3).asked();
            QVERIFY(!part.empty());
            sum += part.size();
            together.insert(part.begin(), part.end());
        }
        QCOMPARE(whole.size(), 150u);
        QCOMPARE(together, whole);
        QCOMPARE(sum, whole.size());
    }

    void usersComeAndGoWithTheCurve()
    {
        SimulatorOptions options;
        options.timing.firstToken = 20ms;
        serve(options);
        constexpr Nanoseconds step = 600ms;
        LoadBlock stairs = users(2, 3 * step);
        stairs.to = 6;
        stairs.steps = 3;
        const LoadCurve curve{stairs, users(1, step)};
        const RunRecord found = record({.curve = curve});
        QCOMPARE(found.end, LoadEnd::Finished);
        std::map<qint32, Nanoseconds> first;
        Nanoseconds last{};
        for (const LoadSample &sample : found.samples) {
            // When it was their turn: a busy computer may come to it later.
            const Nanoseconds due = *sample.planned;
            QVERIFY(sample.user < usersAt(curve, due));
            Nanoseconds &earliest = first.try_emplace(sample.user, due).first->second;
            earliest = std::min(earliest, due);
            last = std::max(last, due);
        }
        if (found.health.loopLag.greatest() > step / 2) {
            QSKIP("This computer was too busy to see each step.");
        }
        QCOMPARE(first.size(), 6u);
        for (const auto &[user, due] : first) {
            QCOMPARE(due / step, user / 2); // two more with each step
        }
        QVERIFY(last >= 3 * step);
    }

    void aTraceBeginsItsConversations()
    {
        serve();
        m_source->beginnings = {0ms, 10ms, 10ms, 250ms};
        const RunRecord found = record({});
        QCOMPARE(found.end, LoadEnd::Finished);
        QCOMPARE(found.samples.size(), 4u);
        for (const LoadSample &sample : found.samples) {
            QCOMPARE(*sample.planned, m_source->beginnings[sample.conversation]);
            QVERIFY(sample.isAnswered());
        }
    }

    void conversationsGoOn()
    {
        serve();
        m_source->turns = 3;
        m_source->thinking = 5ms;
        const RunRecord found = record({.curve = {users(2, 1h)}, .stops = {.requests = 4}});
        QCOMPARE(found.samples.size(), 12u);
        QCOMPARE(m_source->made, 13); // each once, and the first before anything is sent
        QCOMPARE(found.mostAtOnce(), 2);
        std::map<std::pair<qint64, qint32>, LoadSample> byTurn;
        for (const LoadSample &sample : found.samples) {
            byTurn[{sample.conversation, sample.turn}] = sample;
        }
        for (qint64 conversation = 0; conversation < 4; ++conversation) {
            for (int turn = 1; turn < 3; ++turn) {
                const LoadSample &before = byTurn.at({conversation, turn - 1});
                const LoadSample &next = byTurn.at({conversation, turn});
                QVERIFY(*next.planned >= *before.ended + 5ms);
                // What was said before goes along.
                QVERIFY(next.promptTokens > before.promptTokens + before.outputTokens);
            }
        }
    }

    /// What is kept of an answer is what the sample says of it.
    void answersAreKeptWhereTheyAreWanted_data()
    {
        QTest::addColumn<int>("threads");
        QTest::newRow("one thread") << 1;
        QTest::newRow("three threads") << 3;
    }

    void answersAreKeptWhereTheyAreWanted()
    {
        QFETCH(const int, threads);
        SimulatorOptions options;
        options.timing.firstToken = 10ms;
        options.timing.interToken = 3ms;
        serve(options);
        m_source->turns = 2;
        const LoadPlan plan{.curve = {users(6, 1h)},
            .stallThreshold = 4ms,
            .stops = {.requests = 20},
            .threads = threads};
        const std::unique_ptr<LoadRun> run = made(plan);
        run->keepAnswers(LoadAnswers::mostBytes);
        const RunRecord found = recordOf(*run);
        const std::shared_ptr<const LoadAnswers> answers = run->answers();
        QCOMPARE(found.samples.size(), 40u);
        QCOMPARE(answers->count(), 40);
        for (const LoadSample &sample : found.samples) {
            const auto answer = answers->find({sample.conversation, sample.turn});
            QVERIFY(answer && !answer->isCut);
            Nanoseconds longest{};
            Nanoseconds stalled{};
            LoadChunk sum;
            for (std::size_t i = 0; i < answer->chunks.size(); ++i) {
                const LoadChunk &chunk = answer->chunks[i];
                sum.pieces += chunk.pieces;
                sum.text += chunk.text;
                sum.reasoning += chunk.reasoning;
                if (i > 0) {
                    const Nanoseconds gap = chunk.at - answer->chunks[i - 1].at;
                    longest = std::max(longest, gap);
                    stalled += gap > plan.stallThreshold ? gap : Nanoseconds(0);
                }
            }
            QCOMPARE(sum.pieces, sample.chunks);
            QVERIFY(!answer->text.isEmpty());
            QCOMPARE(sum.text, qint32(answer->text.size()));
            QCOMPARE(sum.reasoning, qint32(answer->reasoning.size()));
            QCOMPARE(longest, sample.longestGap);
            QCOMPARE(stalled, sample.stalled);
            QCOMPARE(answer->chunks.front().at, *sample.timeToFirstToken());
            QCOMPARE(answer->chunks.back().at, *sample.lastToken - *sample.sent);
        }
        // By default none are.
        const std::unique_ptr<LoadRun> plain = made(plan);
        static_cast<void>(recordOf(*plain));
        QVERIFY(!plain->answers());
    }

    void anUnusablePlanIsRefused_data()
    {
        QTest::addColumn<LoadPlan>("plan");
        QTest::addColumn<QString>("problem");
        QTest::newRow("no curve") << LoadPlan() << u"The load curve has no block."_s;
        QTest::newRow("nothing to measure")
            << LoadPlan{.curve = {users(1, 10s)}, .warmUp = 6s, .coolDown = 4s}
            << u"Warm-up and cool-down leave nothing of the run to be measured."_s;
        QTest::newRow("a shard that waits for a percentile")
            << LoadPlan{.curve = {users(1, 1s)},
                   .stops = {.precision = {PrecisionGoal()}},
                   .shard = {.index = 0, .count = 2}}
            << u"A shard cannot wait until a percentile is known well enough: it sees its own answers alone."_s;
        QTest::newRow("over the ceiling")
            << LoadPlan{.curve = {users(50, 10s)}, .ceiling = {.concurrency = 20}}
            << u"The load curve asks for 50 users at once, which is over the ceiling of 20 requests at once."_s;
        QTest::newRow("no thread")
            << LoadPlan{.curve = {users(1, 1s)}, .threads = 0} << u"A run has 1 to 256 threads."_s;
        QTest::newRow("no such shard")
            << LoadPlan{.curve = {users(1, 1s)}, .shard = {.index = 3, .count = 3}}
            << u"Shard 4 of 3 does not exist."_s;
    }

    void anUnusablePlanIsRefused()
    {
        QFETCH(const LoadPlan, plan);
        QFETCH(const QString, problem);
        serve();
        const RunRecord found = record(plan);
        QCOMPARE(found.end, LoadEnd::Failed);
        QCOMPARE(found.problem, problem);
        QVERIFY(m_simulator->records().isEmpty());
    }

    /// Ten users with a request each: all begin at once, and all that is to be measured is later.
    void theWindowHoldsAnAnswer()
    {
        const LoadPlan plan{.curve = {users(10, 1h)}, .stops = {.requests = 10}};
        LoadTimelinePart part;
        part.at(0s).began = 10;
        part.at(2s).answered = 9;
        part.at(3s + 50ms).answered = 1;
        LoadTimeline timeline;
        timeline.add(part);
        QCOMPARE(windowOf(plan, timeline), (LoadWindow{.from = 0s, .to = 3100ms}));
        LoadPlan cooled = plan;
        cooled.coolDown = 1s;
        QCOMPARE(windowOf(cooled, timeline), (LoadWindow{.from = 0s, .to = 2100ms}));
        // Where an answer came before the last request, what came later is drain.
        LoadTimelinePart more;
        more.at(2s + 500ms).began = 1;
        timeline.add(more);
        QCOMPARE(windowOf(plan, timeline), (LoadWindow{.from = 0s, .to = 2600ms}));
    }

    void warmUpAndCoolDownAreLeftOut()
    {
        serve();
        const RunRecord found
            = record({.curve = {arrivals(100, 1s)}, .warmUp = 300ms, .coolDown = 200ms});
        QCOMPARE(found.window, (LoadWindow{.from = 300ms, .to = 800ms}));
        const LoadSummary summary = summarise(found.samples, found.timeline, found.window);
        QCOMPARE(summary.planned, 50);
        QCOMPARE(summary.answered, 50);
        QCOMPARE(summary.outputTokens, 400);
    }
};

QTEST_GUILESS_MAIN(TestLoadRun)
#include "tst_loadrun.moc"
