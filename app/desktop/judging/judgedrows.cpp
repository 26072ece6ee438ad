// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "judging/judgedrows.h"

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
    return JudgedRows::tr("%1 %", "a share").arg(QLocale().toString(std::lround(share * 100)));
}

} // namespace

JudgedRows::JudgedRows(JudgedTurn turn, QList<int> places)
    : m_turn(std::move(turn))
    , m_places(std::move(places))
    , m_summary(summaryOf(m_turn))
{ }

QList<JudgedLane> JudgedRows::lanes() const
{
    QList<std::pair<double, int>> known;
    const QList<std::optional<double>> shares = sharesOf(m_turn);
    for (qsizetype i = 0; i < shares.size(); ++i) {
        if (shares[i] && placeOf(int(i)) >= 0) {
            known.append({*shares[i], placeOf(int(i))});
        }
    }
    std::ranges::sort(known, [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    QList<JudgedLane> lanes;
    for (const auto &[share, place] : std::as_const(known)) {
        lanes.append({.place = place, .letter = laneLetter(place), .share = percent(share)});
    }
    return lanes;
}

QString JudgedRows::preferred(double share, const QString &first, const QString &second)
{
    switch (preferenceAt(share)) {
    case 1:
        return tr("%1 %2", "lane, share").arg(first, percent(share));
    case -1:
        return tr("%1 %2", "lane, share").arg(second, percent(1 - share));
    default:
        return tr("neither");
    }
}

void JudgedRows::fill(JudgedPairRow &row, const Judgement &judgement)
{
    const QString &first = row.firstLetter;
    const QString &second = row.secondLetter;
    const auto order = [&](const std::optional<JudgeReading> &reading, bool swapped) {
        const QString shown = swapped ? tr("%1, then %2", "lanes as shown").arg(second, first)
                                      : tr("%1, then %2", "lanes as shown").arg(first, second);
        if (!reading) {
            return tr("%1: not judged").arg(shown);
        }
        const double share = swapped ? 1 - reading->score() : reading->score();
        return tr("%1: %2").arg(shown, preferred(share, first, second));
    };
    row.forward = order(judgement.forward, false);
    row.backward = order(judgement.backward, true);
    row.forwardReason = judgement.forward ? judgement.forward->reason : QString();
    row.backwardReason = judgement.backward ? judgement.backward->reason : QString();
    row.problem = judgement.error ? judgement.error->message : QString();
    row.agrees = judgement.agrees();
    const std::optional<double> score = judgement.score();
    row.verdict = !score ? tr("not judged in both orders")
        : row.agrees     ? tr("%1, both orders agree").arg(preferred(*score, first, second))
                         : tr("%1, the orders disagree").arg(preferred(*score, first, second));
}

QList<JudgedPairRow> JudgedRows::pairs() const
{
    QList<JudgedPairRow> rows;
    for (const JudgedPair &pair : m_turn.pairs) {
        int first = placeOf(pair.first);
        int second = placeOf(pair.second);
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

QString JudgedRows::counts() const
{
    return tr("%1 of %2 pairs judged in both orders, %3 alike")
        .arg(QLocale().toString(m_summary.judged), QLocale().toString(m_summary.pairs),
            QLocale().toString(m_summary.agreeing));
}

QString JudgedRows::bias() const
{
    if (m_summary.judged == 0) {
        return {};
    }
    const double points = m_summary.positionBias * 100;
    const QString sign = points > 0 ? u"+"_s : QString();
    return tr("place bias %1").arg(sign + QLocale().toString(points, 'f', 1));
}

QString JudgedRows::biasDetail() const
{
    const QString points = QLocale().toString(std::abs(m_summary.positionBias) * 100, 'f', 1);
    const QString what = preferenceAt(m_summary.positionBias + 0.5) == 0
        ? tr("The answer that was shown first did no better than the other one.")
        : m_summary.positionBias > 0
        ? tr("The answer that was shown first gained %1 points by its place.").arg(points)
        : tr("The answer that was shown second gained %1 points by its place.").arg(points);
    return what + u' '
        + (isBiased() ? tr("That is much: take close results for ties.")
                      : tr("Both orders are asked, so it cancels out."));
}

bool JudgedRows::isBiased() const
{
    return m_summary.judged > 0 && std::abs(m_summary.positionBias) > strongBias;
}

QString JudgedRows::cost() const
{
    const QLocale locale;
    QString cost = tr("%1 tokens read, %2 written")
                       .arg(locale.toString(m_summary.promptTokens),
                           locale.toString(m_summary.outputTokens));
    if (m_summary.cost) {
        cost += u", "_s
            + tr("%1 %2", "amount, currency")
                  .arg(CompareRanking::amount(*m_summary.cost), m_turn.currency)
                  .trimmed();
    }
    return cost;
}

} // namespace Lorikeet
