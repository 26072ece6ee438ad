// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

namespace Lorikeet {

/// One answer held against another.
struct PairResult
{
    QString first;
    QString second;
    double score = 0.5; ///< 1: the first was better, 0: the second, 0.5: neither
};

/// Which of two is preferred by the share of the first: 1 it, -1 the second, or 0 neither, within
/// what rounding does.
[[nodiscard]] int preferenceAt(double share);

/// How good something has proved, among all that were compared.
struct Rating
{
    QString name;
    /// Log odds of winning against the reference: ln(wins ÷ losses) to be expected.
    double strength = 0;
    /// The 95 % interval of strength. Both are 0 for the reference.
    double low = 0;
    double high = 0;
    int wins = 0;
    int ties = 0;
    int losses = 0;

    /// What is to be expected against the reference, ties counted half.
    [[nodiscard]] double winRate() const;
};

/// Ratings by the Bradley-Terry model, best first: those strengths under which these results were
/// the most likely, whatever their order in time (an Elo rating depends on it). A tie counts as
/// half a win for each. Everyone is taken to have won and lost half a game against an average
/// opponent, so that one who never lost has a strength too, and an interval that says how little is
/// known. Intervals come from the curvature of the likelihood there (its observed information);
/// they take verdicts for independent, and are too narrow where one prompt was judged often.
///
/// `reference` is what all are held against, say the base model; if it is none of them or empty,
/// the average is. Results of something against itself are left out.
[[nodiscard]] QList<Rating> rate(const QList<PairResult> &results, const QString &reference = {});

} // namespace Lorikeet
