// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "judging/judgedresult.h"
#include "translations.h"

#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// What a model said of answers, in words.
class TestJudgedResult final : public QObject
{
    Q_OBJECT

    static JudgeReading reading(double shownFirst, const QString &reason = {})
    {
        return {.shownFirst = shownFirst,
            .shownSecond = 1 - shownFirst,
            .neither = 0,
            .mass = std::nullopt,
            .reason = reason};
    }

    /// By the shares of what was shown first.
    static JudgedPair pair(int first, int second, double forward, double backward)
    {
        return {.first = first,
            .second = second,
            .judgement = {.forward = reading(forward, u"forward"_s),
                .backward = reading(backward, u"back"_s)}};
    }

    static JudgedTurn turn(const QList<JudgedPair> &pairs, int wanted)
    {
        return {.answers = {QUuid::createUuid(), QUuid::createUuid(), QUuid::createUuid()},
            .judge = u"judge-7b %1"_s,
            .rubric = {.id = {}, .name = u"Tone %2"_s, .criteria = {}},
            .pairs = pairs,
            .wanted = wanted};
    }

    /// "A 75 %*", with an asterisk where it is best.
    static QStringList lanes(const JudgedResult &result)
    {
        QStringList lanes;
        for (const JudgedLane &lane : result.lanes) {
            lanes.append(lane.letter + u' ' + lane.share + (lane.best ? u"*"_s : QString()));
        }
        return lanes;
    }

private Q_SLOTS:

    void initTestCase() { installTranslations(*QCoreApplication::instance()); }

    void theBestAreNamed()
    {
        const QList<int> places{0, 1, 2};
        QCOMPARE(lanes(JudgedResult::of(
                     turn({pair(0, 1, 1, 0), pair(0, 2, 1, 0), pair(1, 2, 0.5, 0.5)}, 3), places)),
            (QStringList{u"A 100 %*"_s, u"B 25 %"_s, u"C 25 %"_s}));
        QCOMPARE(lanes(JudgedResult::of(
                     turn({pair(0, 1, 0.5, 0.5), pair(0, 2, 1, 0), pair(1, 2, 1, 0)}, 3), places)),
            (QStringList{u"A 75 %*"_s, u"B 75 %*"_s, u"C 0 %"_s}));
        // Where the place alone decided nobody is better, also by what rounding does.
        QCOMPARE(lanes(JudgedResult::of(turn({pair(0, 1, 0.9, 0.9)}, 1), places)),
            (QStringList{u"A 50 %"_s, u"B 50 %"_s}));
    }

    void lanesMayStandElsewhere()
    {
        const JudgedTurn said = turn({pair(0, 1, 0.9, 0.2), pair(0, 2, 1, 0)}, 3);
        const JudgedResult result = JudgedResult::of(said, {1, 0, -1});
        QCOMPARE(result.pairs.size(), 1); // the third is not in sight
        const JudgedPairRow &row = result.pairs.constFirst();
        QCOMPARE(row.firstLetter + row.secondLetter, u"AB"_s);
        QCOMPARE(row.forward, u"A, then B: B 80 %"_s);
        QCOMPARE(row.backward, u"B, then A: B 90 %"_s);
        QCOMPARE(row.forwardReason, u"back"_s);
        QCOMPARE(row.verdict, u"B 85 %, both orders agree"_s);
        QVERIFY(JudgedResult::of(said, {0, -1, -1}).pairs.isEmpty());
    }

    void whatIsMissingIsTold()
    {
        JudgedTurn said = turn({pair(0, 1, 1, 0)}, 3);
        said.pairs[0].judgement.backward.reset();
        said.pairs[0].judgement.error
            = ApiError{.kind = ApiError::Kind::Protocol, .message = u"It said nothing."_s};
        const JudgedResult result = JudgedResult::of(said, {0, 1, 2});
        QCOMPARE(result.pairs[0].backward, u"B, then A: not judged"_s);
        QCOMPARE(result.pairs[0].verdict, u"not judged in both orders"_s);
        QCOMPARE(result.pairs[0].problem, u"It said nothing."_s);
        QVERIFY(!result.pairs[0].agrees);
        QVERIFY(result.lanes.isEmpty());
        QVERIFY(result.bias.isEmpty());
        QVERIFY(!result.biased);
    }

    void pairsAreCounted()
    {
        QCOMPARE(JudgedResult::of(turn({pair(0, 1, 1, 0)}, 1), {0, 1}).summary,
            u"By judge-7b %1, with “Tone %2”: 1 of 1 pair judged in both orders, 1 alike."_s);
        QCOMPARE(JudgedResult::of(turn({pair(0, 1, 1, 1)}, 3), {0, 1}).summary,
            u"By judge-7b %1, with “Tone %2”: 1 of 3 pairs judged in both orders, 0 alike."_s);
    }

    void theBiasForAPlace_data()
    {
        QTest::addColumn<double>("bias");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("detail");
        QTest::addColumn<bool>("isBiased");
        QTest::newRow("for the first") << 0.08 << u"+8.0"_s << u"shown first gained 8.0"_s << false;
        QTest::newRow("for the second")
            << -0.124 << u"-12.4"_s << u"shown second gained 12.4"_s << true;
        QTest::newRow("for the first, much") << 0.5 << u"+50.0"_s << u"That is much"_s << true;
        QTest::newRow("none") << 0.0 << u" 0.0"_s << u"no better"_s << false;
        QTest::newRow("next to none") << 0.0004 << u" 0.0"_s << u"no better"_s << false;
        QTest::newRow("next to none, on the other side")
            << -0.0004 << u" 0.0"_s << u"no better"_s << false;
    }

    void theBiasForAPlace()
    {
        QFETCH(const double, bias);
        QFETCH(const QString, text);
        QFETCH(const QString, detail);
        QFETCH(const bool, isBiased);
        const JudgedResult result
            = JudgedResult::of(turn({pair(0, 1, 0.5 + bias, 0.5 + bias)}, 1), {0, 1});
        QVERIFY2(result.bias.endsWith(text), qPrintable(result.bias));
        QVERIFY2(result.biasDetail.contains(detail), qPrintable(result.biasDetail));
        QCOMPARE(result.biased, isBiased);
    }

    void whatItCosts()
    {
        JudgedTurn said = turn({pair(0, 1, 1, 0)}, 1);
        said.currency = u"€"_s;
        said.pairs[0].judgement.promptTokens = 1204;
        said.pairs[0].judgement.outputTokens = 30;
        QCOMPARE(JudgedResult::of(said, {0, 1}).cost, u"1,204 tokens read, 30 written"_s);
        said.pairs[0].judgement.cost = 0.25;
        QCOMPARE(JudgedResult::of(said, {0, 1}).cost, u"1,204 tokens read, 30 written, 0.250 €"_s);
    }
};

QTEST_GUILESS_MAIN(TestJudgedResult)

#include "tst_judgedresult.moc"
