// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "judging/judgedresult.h"

#include "compare/lane.h"
#include "compareranking.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Beyond it, which place an answer stood at decided more than most differences do.
constexpr double strongBias = 0.1;

QString percent(double share)
{
    return JudgedResult::tr("%1 %", "a share").arg(QLocale().toString(std::lround(share * 100)));
}

QString preferred(double share, const QString &first, const QString &second)
{
    switch (preferenceAt(share)) {
    case 1:
        return JudgedResult::tr("%1 %2", "lane, share").arg(first, percent(share));
    case -1:
        return JudgedResult::tr("%1 %2", "lane, share").arg(second, percent(1 - share));
    default:
        return JudgedResult::tr("neither");
    }
}

QList<JudgedLane> lanesOf(const JudgedTurn &turn, const QList<int> &places)
{
    QList<std::pair<double, int>> known;
    const QList<std::optional<double>> shares = sharesOf(turn);
    for (qsizetype i = 0; i < shares.size(); ++i) {
        if (const int place = places.value(i, -1); shares[i] && place >= 0) {
            // What adding up makes of equal shares is no difference.
            known.append({std::round(*shares[i] * 1e9) / 1e9, place});
        }
    }
    std::ranges::sort(known, [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    QList<JudgedLane> lanes;
    for (const auto &[share, place] : std::as_const(known)) {
        lanes.append({.place = place,
            .letter = laneLetter(place),
            .share = percent(share),
            .best = share == known.constFirst().first && share > known.constLast().first});
    }
    return lanes;
}

void fill(JudgedPairRow &row, const Judgement &judgement)
{
    const QString &first = row.firstLetter;
    const QString &second = row.secondLetter;
    const auto order = [&](const std::optional<JudgeReading> &reading, bool swapped) {
        const QString shown = JudgedResult::tr("%1, then %2", "lanes as shown")
                                  .arg(swapped ? second : first, swapped ? first : second);
        if (!reading) {
            return JudgedResult::tr("%1: not judged").arg(shown);
        }
        const double share = swapped ? 1 - reading->score() : reading->score();
        return JudgedResult::tr("%1: %2").arg(shown, preferred(share, first, second));
    };
    row.forward = order(judgement.forward, false);
    row.backward = order(judgement.backward, true);
    row.forwardReason = judgement.forward ? judgement.forward->reason : QString();
    row.backwardReason = judgement.backward ? judgement.backward->reason : QString();
    row.problem = judgement.error ? judgement.error->message : QString();
    row.agrees = judgement.agrees();
    const std::optional<double> score = judgement.score();
    row.verdict = !score ? JudgedResult::tr("not judged in both orders")
        : row.agrees
        ? JudgedResult::tr("%1, both orders agree").arg(preferred(*score, first, second))
        : JudgedResult::tr("%1, the orders disagree").arg(preferred(*score, first, second));
}

QList<JudgedPairRow> pairsOf(const JudgedTurn &turn, const QList<int> &places)
{
    QList<JudgedPairRow> rows;
    for (const JudgedPair &pair : turn.pairs) {
        int first = places.value(pair.first, -1);
        int second = places.value(pair.second, -1);
        if (first < 0 || second < 0) {
            continue;
        }
        Judgement judgement = pair.judgement;
        // Lanes may have changed places: the left one is named first.
        if (first > second) {
            std::swap(first, second);
            std::swap(judgement.forward, judgement.backward);
        }
        JudgedPairRow row{.firstPlace = first,
            .secondPlace = second,
            .firstLetter = laneLetter(first),
            .secondLetter = laneLetter(second)};
        fill(row, judgement);
        rows.append(row);
    }
    std::ranges::sort(rows, [](const JudgedPairRow &a, const JudgedPairRow &b) {
        return std::pair(a.firstPlace, a.secondPlace) < std::pair(b.firstPlace, b.secondPlace);
    });
    return rows;
}

void addBias(JudgedResult &result, double bias)
{
    // As it is written: what is rounded to nothing is nothing, on either side.
    const double points = std::round(bias * 1000) / 10;
    const QString written = QLocale().toString(std::abs(points), 'f', 1);
    const QString sign = points > 0 ? u"+"_s : points < 0 ? QLocale().negativeSign() : QString();
    result.biased = std::abs(bias) > strongBias;
    result.bias = JudgedResult::tr("place bias %1").arg(sign + written);
    const QString what = points == 0
        ? JudgedResult::tr("The answer that was shown first did no better than the other one.")
        : points > 0
        ? JudgedResult::tr("The answer that was shown first gained %1 points by its place.")
              .arg(written)
        : JudgedResult::tr("The answer that was shown second gained %1 points by its place.")
              .arg(written);
    result.biasDetail = what + u' '
        + (result.biased ? JudgedResult::tr("That is much: take close results for ties.")
                         : JudgedResult::tr("Both orders are asked, so it cancels out."));
}

QString costText(const JudgeSummary &summary, const QString &currency)
{
    const QLocale locale;
    const QString tokens
        = JudgedResult::tr("%1 tokens read, %2 written")
              .arg(locale.toString(summary.promptTokens), locale.toString(summary.outputTokens));
    return !summary.cost ? tokens
                         : tokens + u", "_s
            + JudgedResult::tr("%1 %2", "amount, currency")
                  .arg(CompareRanking::amount(*summary.cost), currency)
                  .trimmed();
}

} // namespace

JudgedResult JudgedResult::of(const JudgedTurn &turn, const QList<int> &places)
{
    const JudgeSummary summary = summaryOf(turn);
    const QLocale locale;
    JudgedResult result;
    result.lanes = lanesOf(turn, places);
    result.pairs = pairsOf(turn, places);
    result.counts
        = tr("%1 of %Ln pair(s) judged in both orders, %2 alike", nullptr, int(summary.pairs))
              .arg(locale.toString(summary.judged), locale.toString(summary.agreeing));
    result.summary = tr("By %1, with “%2”: %3.").arg(turn.judge, turn.rubric.name, result.counts);
    if (summary.judged > 0) {
        addBias(result, summary.positionBias);
    }
    result.cost = costText(summary, turn.currency);
    return result;
}

} // namespace Lorikeet
