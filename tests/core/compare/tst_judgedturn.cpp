// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/judgedturn.h"

#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// What the judgements of one prompt come to, and what the judge is told to look at.
class TestJudgedTurn final : public QObject
{
    Q_OBJECT

    /// The first one is preferred so much in either order.
    [[nodiscard]] static JudgedPair pair(int first, int second, double forward, double backward)
    {
        const auto reading = [](double shownFirst) {
            return JudgeReading{shownFirst, 1 - shownFirst, 0, std::nullopt, {}};
        };
        return {.first = first,
            .second = second,
            .judgement = {.forward = reading(forward), .backward = reading(1 - backward)}};
    }

    [[nodiscard]] static JudgedTurn turn(const QList<JudgedPair> &pairs)
    {
        return {.answers = {QUuid::createUuid(), QUuid::createUuid(), QUuid::createUuid()},
            .pairs = pairs,
            .wanted = 3};
    }

    static bool isNear(const std::optional<double> &value, double expected)
    {
        return value && std::abs(*value - expected) < 1e-12;
    }

private Q_SLOTS:

    void aSharesIsTheMeanOfAnAnswersPairs()
    {
        const QList<std::optional<double>> shares
            = sharesOf(turn({pair(0, 1, 1, 1), pair(0, 2, 0.8, 0.6), pair(1, 2, 0.5, 0.5)}));
        QVERIFY(isNear(shares[0], 0.85));
        QVERIFY(isNear(shares[1], 0.25));
        QVERIFY(isNear(shares[2], 0.4));
    }

    void whatWasNotJudgedInBothOrdersCountsForNothing()
    {
        JudgedPair half = pair(0, 2, 1, 1);
        half.judgement.backward.reset();
        half.judgement.promptTokens = 7;
        const JudgedTurn judged = turn({pair(0, 1, 1, 0), half});
        const QList<std::optional<double>> shares = sharesOf(judged);
        QVERIFY(isNear(shares[0], 0.5));
        QVERIFY(!shares[2]);
        const JudgeSummary summary = summaryOf(judged);
        QCOMPARE(summary.pairs, 3);
        QCOMPARE(summary.judged, 1);
        QCOMPARE(summary.agreeing, 0);
        QCOMPARE(summary.promptTokens, 7);
        QVERIFY(isNear(summary.positionBias, 0.5)); // it likes whatever is shown first
        QVERIFY(summary.ratings.isEmpty());
    }

    /// What is read from a file need not fit together.
    void answersThatAreNotThereAreNoOnes()
    {
        JudgedTurn judged = turn({pair(0, 7, 1, 1), pair(-1, 1, 0, 0)});
        QVERIFY(isNear(sharesOf(judged)[0], 1));
        QVERIFY(isNear(sharesOf(judged)[1], 1));
    }

    void criteriaCountByTheirWeights()
    {
        Rubric rubric{.id = {},
            .name = u"Tone"_s,
            .criteria = {{u"It is kind.\n"_s, 3}, {u"  "_s, 9}, {u"It is short."_s, 1}}};
        const QString text = rubricText(rubric);
        QVERIFY2(
            text.endsWith(u"\n- (75 %) It is kind.\n- (25 %) It is short."_s), qPrintable(text));
        rubric.criteria[0].weight = 1;
        QVERIFY(rubricText(rubric).endsWith(u"\n- It is kind.\n- It is short."_s));
        QVERIFY(rubricText({.id = {}, .name = u"Empty"_s, .criteria = {{u" "_s, 1}}}).isEmpty());
    }

    void samplesAreAlwaysTheSame()
    {
        QVERIFY(sampleRubrics().size() > 2);
        QCOMPARE(sampleRubrics(), sampleRubrics());
        QSet<QUuid> ids;
        for (const Rubric &rubric : sampleRubrics()) {
            QVERIFY(!rubric.name.isEmpty());
            QVERIFY(!rubricText(rubric).isEmpty());
            ids.insert(rubric.id);
        }
        QCOMPARE(ids.size(), sampleRubrics().size());
    }
};

QTEST_GUILESS_MAIN(TestJudgedTurn)

#include "tst_judgedturn.moc"
