// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/judgedturn.h"

namespace Lorikeet {

QList<std::optional<double>> sharesOf(const JudgedTurn &turn)
{
    QList<double> sums(turn.answers.size(), 0);
    QList<int> counts(turn.answers.size(), 0);
    const auto add = [&](int answer, double share) {
        if (answer >= 0 && answer < sums.size()) {
            sums[answer] += share;
            ++counts[answer];
        }
    };
    for (const JudgedPair &pair : turn.pairs) {
        if (const std::optional<double> score = pair.judgement.score()) {
            add(pair.first, *score);
            add(pair.second, 1 - *score);
        }
    }
    QList<std::optional<double>> shares;
    for (qsizetype i = 0; i < sums.size(); ++i) {
        shares.append(counts[i] > 0 ? std::optional(sums[i] / counts[i]) : std::nullopt);
    }
    return shares;
}

JudgeSummary summaryOf(const JudgedTurn &turn)
{
    QList<Judgement> judgements;
    for (const JudgedPair &pair : turn.pairs) {
        judgements.append(pair.judgement);
    }
    // Without names there is nobody to rate.
    JudgeSummary summary = summarise(QList<JudgePair>(judgements.size()), judgements, {});
    summary.pairs = turn.wanted;
    return summary;
}

} // namespace Lorikeet
