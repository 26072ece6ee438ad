// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/random.h"
#include "load/loadsweep.h"

#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

/// A server that works on so many answers at once, a second each of ten tokens, and makes the
/// others wait. `noise` is the deviation of what is measured of it.
struct Server
{
    double atOnce = 32;
    double noise = 0;
    Random random{1};

    SweepPoint bears(double users)
    {
        constexpr double seconds = 100;
        const double given = std::min(users, atOnce) * (1 + noise * random.normal());
        SweepPoint point{
            .load = users, .summary = {.window = {.from = 0s, .to = 100s}}, .health = {}};
        point.summary.planned = qRound64(given * seconds);
        point.summary.answered = point.summary.planned;
        point.summary.completed = point.summary.planned;
        point.summary.chunks = given * seconds * 10;
        point.summary.outputTokens = qRound64(given * seconds * 10);
        point.summary.outputChunks = point.summary.outputTokens;
        return point;
    }

    /// At a rate, each request taking a second of a slot.
    SweepPoint answers(double rate)
    {
        SweepPoint point = bears(rate);
        point.summary.planned = qRound64(rate * 100);
        return point;
    }
};

constexpr LoadBlock::Kind sweepKind = LoadBlock::Kind::Users;

template<typename Ask>
QList<SweepPoint> swept(const SweepPlan &sweep, const Ask &ask)
{
    QList<SweepPoint> tried;
    while (const std::optional<double> load = nextLoad(sweep, tried)) {
        tried += ask(*load);
        if (tried.size() > 50) {
            break;
        }
    }
    return tried;
}

QList<double> loadsOf(const QList<SweepPoint> &tried)
{
    QList<double> loads;
    for (const SweepPoint &point : tried) {
        loads += point.load;
    }
    return loads;
}

} // namespace

/// What a sweep tries, and what it makes of it, against servers whose limit is known.
class TestLoadSweep final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void theKneeIsFound_data()
    {
        QTest::addColumn<double>("atOnce");
        for (const double atOnce : {1.0, 3.0, 4.0, 24.0, 32.0, 100.0, 511.0}) {
            QTest::addRow("%g", atOnce) << atOnce;
        }
    }

    void theKneeIsFound()
    {
        QFETCH(const double, atOnce);
        for (quint64 seed = 0; seed < 10; ++seed) {
            Server server{.atOnce = atOnce, .noise = 0.02, .random = Random(seed)};
            const SweepPlan sweep;
            const QList<SweepPoint> tried
                = swept(sweep, [&server](double users) { return server.bears(users); });
            const SweepFinding finding = findingOf(sweep, tried);
            QVERIFY(finding.knee);
            QVERIFY2(std::abs(*finding.knee / atOnce - 1) < 0.1,
                qPrintable(u"%1 of %2"_s.arg(*finding.knee).arg(atOnce)));
        }
    }

    void itDoublesAndThenGoesBetween()
    {
        Server server{.atOnce = 24};
        const SweepPlan sweep{.refinements = 3};
        const QList<SweepPoint> tried
            = swept(sweep, [&server](double users) { return server.bears(users); });
        QCOMPARE(loadsOf(tried).first(7), (QList<double>{1, 2, 4, 8, 16, 32, 64}));
        QVERIFY(tried.size() > 7 && tried.size() <= 10);
        for (const double load : loadsOf(tried).sliced(7)) {
            QVERIFY(load > 16 && load < 64);
            QCOMPARE(load, std::floor(load));
        }
    }

    void itEndsAtItsLimit()
    {
        Server server{.atOnce = 1e9};
        const SweepPlan sweep{.most = 100};
        const QList<SweepPoint> tried
            = swept(sweep, [&server](double users) { return server.bears(users); });
        QCOMPARE(loadsOf(tried), (QList<double>{1, 2, 4, 8, 16, 32, 64, 100}));
        const SweepFinding finding = findingOf(sweep, tried);
        QVERIFY(!finding.knee && !finding.breaks);
        QCOMPARE(finding.holds, 100);
        QCOMPARE(finding.sentence, u"The server was not full at 100 users."_s);
    }

    /// The limit of an objective is closed in on, whatever throughput does.
    void anObjectiveIsClosedInOn()
    {
        Server server{.atOnce = 1e9};
        const SweepPlan sweep{.refinements = 8};
        const QList<SweepPoint> tried = swept(sweep, [&server](double users) {
            SweepPoint point = server.bears(users);
            point.keepsObjective = users <= 37;
            return point;
        });
        const SweepFinding finding = findingOf(sweep, tried);
        QVERIFY(*finding.holds <= 37 && *finding.holds >= 35);
        QVERIFY(*finding.breaks > 37 && *finding.breaks <= 40);
    }

    void aRateIsBorneIfItIsAnswered()
    {
        Server server{.atOnce = 20};
        const SweepPlan sweep{
            .kind = LoadBlock::Kind::Rate, .arrival = {}, .from = 0.5, .refinements = 8};
        const QList<SweepPoint> tried
            = swept(sweep, [&server](double rate) { return server.answers(rate); });
        const SweepFinding finding = findingOf(sweep, tried);
        QVERIFY(std::abs(*finding.holds / 20 - 1) < 0.1);
        QVERIFY(std::abs(*finding.knee / 20 - 1) < 0.1);
    }

    /// A server that takes longer for an answer than a stage has: longer stages find its knee.
    void slowAnswersAreWaitedFor_data()
    {
        QTest::addColumn<bool>("tellsTime"); // an answer to a request due in the window ended
        QTest::newRow("in the grace") << true;
        QTest::newRow("after the grace") << false;
    }

    void slowAnswersAreWaitedFor()
    {
        QFETCH(const bool, tellsTime);
        constexpr Nanoseconds answer = 25s;
        const SweepPlan sweep{.stage = 10s, .warmUp = 2s, .refinements = 2};
        Server server{.atOnce = 8};
        QList<SweepPoint> tried;
        while (const std::optional<double> load = nextLoad(sweep, tried)) {
            const LoadPlan plan = stagePlan({.grace = 30s}, sweep, *load, tried);
            QCOMPARE(plan.grace, 30s);
            SweepPoint point = server.bears(*load);
            if (durationOf(plan.curve) < answer) {
                point.summary = {.window = {.from = 2s, .to = 10s}};
                point.summary.busy = 8s * qint64(*load);
                if (tellsTime) {
                    point.summary.time(LoadMetric::Total).add(answer);
                }
            }
            tried += point;
            QVERIFY(tried.size() < 20);
        }
        QCOMPARE(loadsOf(tried).first(4), (QList<double>{1, 1, 2, 4}));
        QVERIFY(stageLength(sweep, tried) >= (tellsTime ? 4 * answer : 40s));
        const SweepFinding finding = findingOf(sweep, tried);
        QVERIFY(finding.holds && finding.knee);
        QVERIFY(std::abs(*finding.knee / 8 - 1) < 0.1);
    }

    void aServerThatHangsIsNotWaitedForLong()
    {
        const SweepPlan sweep;
        const QList<SweepPoint> tried = swept(sweep, [](double users) {
            SweepPoint point{.load = users, .summary = {}, .health = {}};
            point.summary.busy = 8s;
            return point;
        });
        QCOMPARE(loadsOf(tried), (QList<double>{1, 1, 1}));
        QCOMPARE(stageLength(sweep, tried), 160s);
        QCOMPARE(findingOf(sweep, tried).breaks, 1);
    }

    /// What is under way when a stage ends, and was not when it began, is no queue.
    void aLongAnswerIsNoFullServer()
    {
        constexpr Nanoseconds answer = 5s;
        const SweepPlan sweep{.kind = LoadBlock::Kind::Rate,
            .arrival = {},
            .from = 1,
            .most = 256,
            .stage = 10s,
            .warmUp = 2s};
        const QList<SweepPoint> tried = swept(sweep, [&](double rate) {
            SweepPoint point{
                .load = rate, .summary = {.window = {.from = 2s, .to = 10s}}, .health = {}};
            LoadSummary &summary = point.summary;
            summary.planned = qRound64(rate * 8);
            summary.answered = summary.planned;
            // Of those due from the beginning on, at most 64 a second.
            summary.completed = qRound64(std::min(rate, 64.0) * 5);
            summary.chunks = double(summary.completed);
            summary.busy = answer * summary.planned;
            summary.time(LoadMetric::Total).add(answer, summary.planned);
            return point;
        });
        const SweepFinding finding = findingOf(sweep, tried);
        QVERIFY2(finding.holds >= 64.0, qPrintable(finding.sentence));
        QVERIFY2(finding.breaks <= 128.0, qPrintable(finding.sentence));
    }

    void nothingBorneEndsIt()
    {
        const SweepPlan sweep;
        const QList<SweepPoint> tried = swept(sweep,
            [](double users) { return SweepPoint{.load = users, .summary = {}, .health = {}}; });
        QCOMPARE(loadsOf(tried), QList<double>{1});
        const SweepFinding finding = findingOf(sweep, tried);
        QVERIFY(!finding.holds && !finding.knee);
        QCOMPARE(finding.breaks, 1);
    }

    /// A load that broke by chance is not taken for the limit.
    void aFlukeIsFoundOut()
    {
        const auto found = [](int repeats) {
            Server server{.atOnce = 1e9};
            int runsOf32 = 0;
            const SweepPlan sweep{.refinements = 8, .repeats = repeats};
            const QList<SweepPoint> tried = swept(sweep, [&](double users) {
                SweepPoint point = server.bears(users);
                point.keepsObjective = users <= 37 && (users != 32 || ++runsOf32 > 1);
                point.broken = point.keepsObjective ? QStringList() : QStringList{u"ttft_p95"_s};
                return point;
            });
            return std::pair(findingOf(sweep, tried), tried);
        };
        const auto [fooled, once] = found(1);
        QCOMPARE(fooled.breaks, 32);
        const auto [finding, tried] = found(3);
        QVERIFY2(finding.holds >= 35.0 && finding.holds <= 37.0, qPrintable(finding.sentence));
        QVERIFY2(finding.breaks > 37.0 && finding.breaks <= 40.0, qPrintable(finding.sentence));
        QCOMPARE(loadsOf(tried).count(32), 3); // two of three outvote the first
        QCOMPARE(finding.heldRuns, (SweepRuns{.agreed = 2, .of = 2}));
        QCOMPARE(finding.brokenRuns, (SweepRuns{.agreed = 2, .of = 2}));
        QCOMPARE(finding.brokenBy, u"TTFT p95"_s);
        QVERIFY2(finding.sentence.endsWith(
                     u"(2 of 2 times) and breaks at %1 (2 of 2 times): TTFT p95."_s.arg(
                         loadText(sweepKind, *finding.breaks))),
            qPrintable(finding.sentence));
    }

    /// The other way round: it held once by chance, so that the limit is below.
    void aLuckyRunIsOutvoted()
    {
        Server server{.atOnce = 1e9};
        int lucky = 0;
        const SweepPlan sweep{.refinements = 8, .repeats = 3};
        const QList<SweepPoint> tried = swept(sweep, [&](double users) {
            SweepPoint point = server.bears(users);
            point.keepsObjective = users <= 12 || (users == 16 && ++lucky == 1);
            return point;
        });
        const SweepFinding finding = findingOf(sweep, tried);
        QCOMPARE(loadsOf(tried).count(16), 3);
        QVERIFY2(finding.holds >= 11.0 && finding.holds <= 12.0, qPrintable(finding.sentence));
        QVERIFY2(finding.breaks > 12.0 && finding.breaks < 16.0, qPrintable(finding.sentence));
    }

    void repeatsEndOnceTheVerdictIsClear_data()
    {
        QTest::addColumn<int>("repeats");
        QTest::addColumn<int>("held"); // runs of the load that holds
        QTest::addColumn<int>("broke");
        QTest::newRow("once") << 1 << 1 << 1;
        QTest::newRow("a tie does not hold") << 2 << 2 << 1;
        QTest::newRow("two of three") << 3 << 2 << 2;
        QTest::newRow("four") << 4 << 3 << 2;
        QTest::newRow("three of five") << 5 << 3 << 3;
    }

    void repeatsEndOnceTheVerdictIsClear()
    {
        QFETCH(const int, repeats);
        QFETCH(const int, held);
        QFETCH(const int, broke);
        Server server{.atOnce = 1e9};
        const SweepPlan sweep{.most = 64, .refinements = 0, .repeats = repeats};
        const QList<SweepPoint> tried = swept(sweep, [&server](double users) {
            SweepPoint point = server.bears(users);
            point.keepsObjective = users <= 8;
            return point;
        });
        QCOMPARE(loadsOf(tried).count(8), held);
        QCOMPARE(loadsOf(tried).count(16), broke);
        QCOMPARE(loadsOf(tried).count(4), 1); // nobody doubts that
        const SweepFinding finding = findingOf(sweep, tried);
        QCOMPARE(finding.heldRuns, (SweepRuns{.agreed = held, .of = held}));
        QCOMPARE(finding.brokenRuns, (SweepRuns{.agreed = broke, .of = broke}));
    }

    void whereRunsDisagreeThatIsSaid()
    {
        Server server{.atOnce = 1e9};
        int runs = 0;
        const SweepPlan sweep{.most = 16, .refinements = 0, .repeats = 3};
        const QList<SweepPoint> tried = swept(sweep, [&](double users) {
            SweepPoint point = server.bears(users);
            point.keepsObjective = users < 16 || ++runs == 2;
            return point;
        });
        const SweepFinding finding = findingOf(sweep, tried);
        QCOMPARE(finding.brokenRuns, (SweepRuns{.agreed = 2, .of = 3}));
        QVERIFY2(finding.sentence.contains(u"breaks at 16 users (2 of 3 times)"_s),
            qPrintable(finding.sentence));
    }

    void stagesHaveSeedsOfTheirOwn()
    {
        const LoadPlan base{.seed = 9, .grace = 5s};
        const SweepPlan sweep{.stage = 7s, .warmUp = 1s};
        const LoadPlan first = stagePlan(base, sweep, 4, 0);
        const LoadPlan second = stagePlan(base, sweep, 8, 1);
        QVERIFY(first.seed != second.seed);
        QCOMPARE(first.seed, stagePlan(base, sweep, 4, 0).seed);
        QCOMPARE(usersAt(second.curve, 3s), 8);
        QCOMPARE(durationOf(second.curve), 7s);
        QCOMPARE(second.warmUp, 1s);
        QCOMPARE(second.grace, 5s);
        QCOMPARE(problemOf(second, false), QString());
    }

    void anUnusableSweepIsRefused()
    {
        QVERIFY(problemOf(SweepPlan()).isEmpty());
        QVERIFY(!problemOf({.from = 0}).isEmpty());
        QVERIFY(!problemOf({.from = 10, .most = 5}).isEmpty());
        QVERIFY(!problemOf({.stage = 2s, .warmUp = 2s}).isEmpty());
        QVERIFY(!problemOf({.kind = LoadBlock::Kind::Pause}).isEmpty());
        QVERIFY(!problemOf({.repeats = 0}).isEmpty());
        QVERIFY(!problemOf({.repeats = 1000}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLoadSweep)
#include "tst_loadsweep.moc"
