// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/ratings.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

void play(QList<PairResult> &results, const QString &winner, const QString &loser, int times)
{
    for (int i = 0; i < times; ++i) {
        // In either place: which answer stood left must not matter.
        results.append(i % 2 == 0 ? PairResult{winner, loser, 1} : PairResult{loser, winner, 0});
    }
}

Rating ratingOf(const QList<Rating> &ratings, const QString &name)
{
    return *std::ranges::find(ratings, name, &Rating::name);
}

} // namespace

class TestRatings final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void nothingComparedIsNothingRated()
    {
        QVERIFY(rate({}).isEmpty());
        QVERIFY(rate({{u"a"_s, u"a"_s, 1}}).isEmpty());
    }

    /// Of two, the odds are the wins by the losses, but for the pull of the one game of the prior.
    void ofTwoTheOddsAreWinsByLosses()
    {
        QList<PairResult> results;
        play(results, u"v4"_s, u"v3"_s, 7500);
        play(results, u"v3"_s, u"v4"_s, 2500);
        const QList<Rating> ratings = rate(results, u"v3"_s);
        QCOMPARE(ratings.size(), 2);
        QCOMPARE(ratings.first().name, u"v4"_s);
        QCOMPARE(ratings.first().wins, 7500);
        QCOMPARE(ratings.first().losses, 2500);
        QVERIFY(std::abs(ratings.first().winRate() - 0.75) < 0.001);
        // The interval of a share of 10,000 games: 1.96 / sqrt(n p (1 - p)).
        const double margin = 1.96 / std::sqrt(10'000 * 0.75 * 0.25);
        QVERIFY(std::abs((ratings.first().high - ratings.first().low) / 2 - margin) < 0.001);
        QCOMPARE(ratings.last().strength, 0.0);
        QCOMPARE(ratings.last().low, 0.0);
        QCOMPARE(ratings.last().high, 0.0);
    }

    void aTieIsHalfAWin()
    {
        QList<PairResult> tied(100, {u"a"_s, u"b"_s, 0.5});
        const QList<Rating> ratings = rate(tied);
        QVERIFY(std::abs(ratings.first().strength) < 1e-9);
        QCOMPARE(ratings.first().ties, 100);
        QCOMPARE(ratings.first().wins, 0);
    }

    /// Who never lost has no strength by the model alone.
    void whoNeverLostIsRatedWithDoubt()
    {
        QList<PairResult> few;
        play(few, u"a"_s, u"b"_s, 2);
        QList<PairResult> many;
        play(many, u"a"_s, u"b"_s, 200);
        const Rating little = ratingOf(rate(few, u"b"_s), u"a"_s);
        const Rating much = ratingOf(rate(many, u"b"_s), u"a"_s);
        QVERIFY(std::isfinite(much.strength));
        QVERIFY(much.strength > little.strength);
        QVERIFY(little.low < 0);
        QVERIFY(much.low > 0);
    }

    void theOrderInTimeDoesNotMatter()
    {
        QList<PairResult> results;
        play(results, u"a"_s, u"b"_s, 9);
        play(results, u"b"_s, u"c"_s, 7);
        play(results, u"c"_s, u"a"_s, 4);
        const QList<Rating> ratings = rate(results, u"c"_s);
        std::ranges::reverse(results);
        const QList<Rating> again = rate(results, u"c"_s);
        for (const Rating &rating : ratings) {
            QVERIFY(std::abs(ratingOf(again, rating.name).strength - rating.strength) < 1e-9);
        }
    }

    /// Two that never met are held against each other through those they met.
    void strengthsAreFoundAgain()
    {
        const QStringList names{u"base"_s, u"v3"_s, u"v4"_s, u"v5"_s};
        const QList<double> strengths{0, 0.5, 1.2, -0.7};
        QRandomGenerator random(3);
        QList<PairResult> results;
        for (int i = 0; i < 20'000; ++i) {
            const int first = random.bounded(4);
            const int second = (first + (random.bounded(2) == 0 ? 1 : 3)) % 4; // neighbours only
            const double odds = strengths.at(first) - strengths.at(second);
            const bool wins = random.generateDouble() < 1 / (1 + std::exp(-odds));
            results.append({names.at(first), names.at(second), wins ? 1.0 : 0.0});
        }
        const QList<Rating> ratings = rate(results, u"base"_s);
        QCOMPARE(ratings.first().name, u"v4"_s);
        QCOMPARE(ratings.last().name, u"v5"_s);
        for (int i = 1; i < 4; ++i) {
            const Rating rating = ratingOf(ratings, names.at(i));
            QVERIFY(std::abs(rating.strength - strengths.at(i)) < 0.12);
            QVERIFY(rating.low < rating.strength && rating.strength < rating.high);
        }
    }

    void withoutAReferenceTheAverageIsIt()
    {
        QList<PairResult> results;
        play(results, u"a"_s, u"b"_s, 9);
        play(results, u"b"_s, u"c"_s, 3);
        double sum = 0;
        for (const Rating &rating : rate(results)) {
            sum += rating.strength;
        }
        QVERIFY(std::abs(sum) < 1e-9);
    }
};

QTEST_GUILESS_MAIN(TestRatings)
#include "tst_ratings.moc"
