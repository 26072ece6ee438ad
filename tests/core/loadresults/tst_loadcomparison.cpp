// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/loadcomparison.h"
#include "resultfixture.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

using Outcome = ComparisonCell::Outcome;

/// Runs side by side: what differs by more than chance, and what must not be subtracted.
class TestLoadComparison final : public QObject
{
    Q_OBJECT

    static LoadComparison compared(const LoadResult &first, const LoadResult &second)
    {
        return *compare({comparable(first), comparable(second)});
    }

    static ComparisonCell cellOf(const LoadComparison &comparison, const QString &word)
    {
        const auto row = std::ranges::find(comparison.rows, word, &ComparisonRow::word);
        return row == comparison.rows.end() ? ComparisonCell() : row->cells.constLast();
    }

private Q_SLOTS:

    void aSlowerServerIsTold()
    {
        const LoadComparison comparison = compared(inventedResult({.seed = 1}, u"before"_s),
            inventedResult({.seed = 2, .factor = 1.6}, u"after"_s));
        const ComparisonCell cell = cellOf(comparison, u"ttft_p95"_s);
        QCOMPARE(cell.outcome, Outcome::Worse);
        QCOMPARE(cell.method, TestMethod::Blocks);
        QVERIFY(cell.interval->low > 0);
        QVERIFY(cell.interval->low <= *cell.difference && *cell.difference <= cell.interval->high);
        QVERIFY(*cell.relative > 0.3 && *cell.relative < 0.9);
        QCOMPARE(cellOf(comparison, u"itl_p50"_s).outcome, Outcome::Worse);
        QVERIFY(comparison.hasWorse());
        QVERIFY2(comparison.sentences.constLast().startsWith(u"“after” is worse in "_s),
            qPrintable(comparison.sentences.constLast()));
        // The other way round it is better, by as much.
        const LoadComparison back
            = compared(inventedResult({.seed = 2, .factor = 1.6}), inventedResult({.seed = 1}));
        QCOMPARE(cellOf(back, u"ttft_p95"_s).outcome, Outcome::Better);
        QVERIFY(!back.hasWorse());
    }

    /// Of runs of the same server hardly any is called another, though their requests are alike
    /// within a second; a test that takes them for independent would call many so.
    void theSameServerIsSeldomCalledAnother()
    {
        int called = 0;
        constexpr int pairs = 20;
        for (int i = 0; i < pairs; ++i) {
            const LoadComparison comparison
                = compared(inventedResult({.seed = quint64(100 + 2 * i)}),
                    inventedResult({.seed = quint64(101 + 2 * i)}));
            called += std::ranges::any_of(comparison.rows, [](const ComparisonRow &row) {
                const Outcome outcome = row.cells.constLast().outcome;
                return outcome == Outcome::Better || outcome == Outcome::Worse;
            });
        }
        QVERIFY2(called <= 3, qPrintable(QString::number(called)));
    }

    void withoutSamplesTimesAreTakenForIndependent()
    {
        const LoadComparison comparison = compared(withoutSamples(inventedResult({.seed = 1})),
            withoutSamples(inventedResult({.seed = 2, .factor = 1.6})));
        QCOMPARE(cellOf(comparison, u"ttft_p95"_s).method, TestMethod::Ranks);
        QCOMPARE(cellOf(comparison, u"ttft_p95"_s).outcome, Outcome::Worse);
        // The timeline has gaps, tokens and answers by time all the same.
        QCOMPARE(cellOf(comparison, u"itl_p95"_s).method, TestMethod::Blocks);
        QCOMPARE(cellOf(comparison, u"output_tokens_per_s"_s).method, TestMethod::Blocks);
    }

    void moreErrorsAreTold()
    {
        const LoadComparison comparison
            = compared(inventedResult({.seed = 1}), inventedResult({.seed = 2, .failures = 0.03}));
        const ComparisonCell cell = cellOf(comparison, u"errors"_s);
        QCOMPARE(cell.method, TestMethod::Shares);
        QCOMPARE(cell.outcome, Outcome::Worse);
        QVERIFY(cell.interval->low > 0);
    }

    void fewErrorsMoreAreChance()
    {
        LoadResult second = inventedResult({.seed = 2});
        second.stages[0].report.summary.failures[u"server"_s] = 1;
        const ComparisonCell cell
            = cellOf(compared(inventedResult({.seed = 1}), second), u"errors"_s);
        QCOMPARE(cell.outcome, Outcome::Alike);
        QVERIFY(cell.interval->low < 0 && cell.interval->high > 0);
    }

    /// Fisher's exact test on a table whose answer is known: 1 of 10 against 8 of 10.
    void sharesAreTestedExactly()
    {
        const TestedDifference tested = testedDifference(
            ShareEvidence{.some = 1, .all = 10}, ShareEvidence{.some = 8, .all = 10}, {0.1, 0.8});
        QVERIFY(std::abs(*tested.p - 0.005477) < 1e-4);
        // Newcombe's interval of 0.7.
        QVERIFY(tested.interval->low > 0.2 && tested.interval->high < 0.9);
    }

    /// Of millions the answer is as near, and there at once.
    void sharesOfManyAreTested()
    {
        const auto tested = [](qint64 some, qint64 all) {
            return testedDifference(ShareEvidence{.some = 500'000'000, .all = 1'000'000'000},
                ShareEvidence{.some = some, .all = all}, {0.5, double(some) / double(all)});
        };
        QVERIFY(*tested(500'000'000, 1'000'000'000).p > 0.99);
        // One deviation of the difference, which is 22,361.
        QVERIFY(std::abs(*tested(500'022'361, 1'000'000'000).p - 0.3173) < 0.001);
        for (const auto &[some, all] : {std::pair<qint64, qint64>(5, 4), {-1, 4},
                 {1, 2'000'000'000'000}, {1, std::numeric_limits<qint64>::max()}}) {
            QVERIFY(!tested(some, all).p);
        }
    }

    void manyTestsCountTogether()
    {
        QCOMPARE(adjusted({0.01, 0.04, 0.03, 0.005}), (std::vector{0.03, 0.06, 0.06, 0.02}));
        QVERIFY(adjusted({}).empty());
    }

    /// However many figures are tested together, a difference without any overlap is more than
    /// chance.
    void manyFiguresLeaveNothingOut()
    {
        TimesEvidence fast{.blocks = std::vector<LatencyHistogram>(20), .share = 0.5};
        TimesEvidence slow = fast;
        for (size_t i = 0; i < fast.blocks.size(); ++i) {
            fast.blocks[i].add(10ms, 100);
            slow.blocks[i].add(20ms, 100);
        }
        const TestedDifference tested = testedDifference(fast, slow, {0.01, 0.02});
        QVERIFY(*tested.p * 200 < 0.05);
    }

    void evidenceOfTwoKindsIsNotTested()
    {
        const TestedDifference tested = testedDifference(ShareEvidence{.some = 1, .all = 10},
            MeanEvidence{.deviation = 1, .count = 100}, {0, 1});
        QCOMPARE(tested.method, TestMethod::None);
        QVERIFY(!tested.p);
    }

    /// A figure of another definition is shown and never subtracted.
    void unlikeDefinitionsAreNotSubtracted()
    {
        LoadResult other = inventedResult({.seed = 2});
        other.stages[0].report.plan.objective = *serviceObjectiveFrom(u"ttft_p95=1ms"_s);
        ComparableRun foreign = comparable(other);
        for (LoadFigure &figure : foreign.figures) {
            if (figure.word.startsWith(u"tpot"_s)) {
                figure.definition
                    = {.key = u"guidellm/tpot"_s, .sentence = u"with the TTFT inside"_s};
            }
        }
        const LoadComparison comparison
            = *compare({comparable(inventedResult({.seed = 1})), foreign});
        for (const QString &word : {u"tpot_p50"_s, u"tpot_p95"_s, u"goodput_per_s"_s}) {
            const ComparisonCell cell = cellOf(comparison, word);
            QCOMPARE(cell.outcome, Outcome::Unlike);
            QVERIFY(!cell.difference && !cell.p && !cell.interval);
            QVERIFY(cell.value.has_value());
            QVERIFY(!cell.why.isEmpty());
        }
        QVERIFY(comparison.sentences.constLast().contains(u"defined otherwise"_s));
    }

    void whatWasSetUpOtherwiseIsSaid()
    {
        LoadResult second = inventedResult({.seed = 2});
        second.stages[0].report.subject.model = u"base-70b"_s;
        second.stages[0].report.plan.warmUp = 5s;
        const LoadComparison comparison = compared(inventedResult({.seed = 1}), second);
        QStringList names;
        for (const SetUpRow &row : comparison.setUp) {
            names += row.name;
        }
        // The seed is another each time, and is none of it.
        QCOMPARE(names, (QStringList{u"Model"_s, u"warm_up_s"_s}));
        QCOMPARE(comparison.setUp.constFirst().values, (QStringList{u"base-8b"_s, u"base-70b"_s}));
    }

    void aRunThatCannotBeTrustedIsACaution()
    {
        LoadResult second = inventedResult({.seed = 2}, u"hot"_s);
        second.stages[0].report.health.busiest = 59s;
        const LoadComparison comparison = compared(inventedResult({.seed = 1}), second);
        QCOMPARE(comparison.cautions.size(), 1);
        QVERIFY(
            comparison.cautions.constFirst().startsWith(u"“hot”: client-bound, do not quote"_s));
    }

    void shortRunsAreNotTestedByBlocks()
    {
        const LoadComparison comparison = compared(
            inventedResult({.seed = 1, .seconds = 8}), inventedResult({.seed = 2, .seconds = 8}));
        QCOMPARE(cellOf(comparison, u"ttft_p50"_s).method, TestMethod::Ranks);
        // Gaps of one answer are alike, so that without blocks of time nothing tells chance.
        const ComparisonCell gaps = cellOf(comparison, u"itl_p50"_s);
        QCOMPARE(gaps.outcome, Outcome::Untested);
        QCOMPARE(gaps.why, u"The runs were too short to tell chance by."_s);
        const ComparisonCell rate = cellOf(comparison, u"requests_per_s"_s);
        QCOMPARE(rate.outcome, Outcome::Untested);
        QVERIFY(rate.difference.has_value());
        QVERIFY(!rate.p);
    }

    void sweepsAreComparedByLoad()
    {
        LoadResult slower = inventedSweep();
        slower.stages.removeLast();
        const LoadComparison comparison = compared(inventedSweep(), slower);
        QVERIFY(cellOf(comparison, u"knee"_s).difference.has_value());
        QCOMPARE(cellOf(comparison, u"ttft_p95_at_4"_s).outcome, Outcome::Alike);
        QCOMPARE(cellOf(comparison, u"ttft_p95_at_32"_s).outcome, Outcome::Missing);
    }

    /// A load that was tried again, since its stage was too short, has the figures of the last.
    void aLoadThatWasTriedAgainCountsOnce()
    {
        LoadResult sweep = inventedSweep();
        LoadStage early = sweep.stages.constFirst();
        early.report.summary = {.window = {.from = Nanoseconds(2s), .to = Nanoseconds(12s)}};
        early.report.summary.busy = 10s;
        early.samples = {};
        const ComparableRun once = comparable(sweep);
        sweep.stages.prepend(early);
        const ComparableRun again = comparable(sweep);
        QCOMPARE(again.figures.size(), once.figures.size());
        QCOMPARE(again.find(u"output_tokens_per_s_at_1"_s)->value,
            once.find(u"output_tokens_per_s_at_1"_s)->value);
        QCOMPARE(sweep.finding(), inventedSweep().finding());
    }

    void theSameRunsGiveTheSameAnswer()
    {
        const LoadResult first = inventedResult({.seed = 1});
        const LoadResult second = inventedResult({.seed = 2, .factor = 1.1});
        QCOMPARE(compared(first, second), compared(first, second));
    }

    void aComparisonNeedsTwo()
    {
        QCOMPARE(compare({comparable(inventedResult({}))}).error().message,
            u"A comparison needs two runs or more."_s);
    }

    void itIsToldInWordsAndAsJson()
    {
        const LoadComparison comparison = *compare({comparable(inventedResult({.seed = 1}, u"a"_s)),
            comparable(inventedResult({.seed = 2}, u"b"_s)),
            comparable(inventedResult({.seed = 3, .factor = 2}, u"c"_s))});
        QCOMPARE(comparison.sentences.size(), 3);
        const QString text = toText(comparison);
        QVERIFY(text.contains(u"TTFT p95"_s));
        QVERIFY(text.contains(comparison.sentences[2]));
        const QJsonObject json = toJson(comparison);
        QCOMPARE(json[u"format"_s].toString(), u"lorikeet-load-comparison"_s);
        QCOMPARE(json[u"figures"_s][0][u"runs"_s][2][u"method"_s].toString(), u"blocks"_s);
    }
};

QTEST_GUILESS_MAIN(TestLoadComparison)
#include "tst_loadcomparison.moc"
