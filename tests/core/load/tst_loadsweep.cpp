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
        QCOMPARE(problemOf(second, false), QString());
    }

    void anUnusableSweepIsRefused()
    {
        QVERIFY(problemOf(SweepPlan()).isEmpty());
        QVERIFY(!problemOf({.from = 0}).isEmpty());
        QVERIFY(!problemOf({.from = 10, .most = 5}).isEmpty());
        QVERIFY(!problemOf({.stage = 2s, .warmUp = 2s}).isEmpty());
        QVERIFY(!problemOf({.kind = LoadBlock::Kind::Pause}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLoadSweep)
#include "tst_loadsweep.moc"
