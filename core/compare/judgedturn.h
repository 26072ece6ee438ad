// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "compare/judgement.h"
#include "compare/rubric.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QUuid>

#include <optional>

namespace Lorikeet {

/// Two answers of a turn, by their places in JudgedTurn::answers, and what the judge said of them.
struct JudgedPair
{
    int first = 0;
    int second = 1;
    Judgement judgement;

    friend bool operator==(const JudgedPair &, const JudgedPair &) = default;
};

/// What a model said of the answers that the lanes of a comparison gave to one prompt. Kept with
/// the comparison.
struct JudgedTurn
{
    QList<QUuid> answers; ///< the nodes of the lanes' conversations
    QString judge; ///< for display: "judge-7b · prod-eu"
    Rubric rubric;
    QString currency; ///< of the costs
    QList<JudgedPair> pairs; ///< those of which anything came
    int wanted = 0; ///< how many pairs there were
    QString problem; ///< what ended it before all were judged, in a sentence; empty: nothing did
    QDateTime created; ///< UTC

    friend bool operator==(const JudgedTurn &, const JudgedTurn &) = default;
};

/// By answer: the mean of its shares in the pairs that were judged in both orders, so that 1 is
/// preferred to all others in both orders, and 0.5 as good as they are on the whole. Nothing where
/// no pair of it was judged.
[[nodiscard]] QList<std::optional<double>> sharesOf(const JudgedTurn &turn);

/// Of all pairs of the turn; without ratings.
[[nodiscard]] JudgeSummary summaryOf(const JudgedTurn &turn);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::JudgedTurn)
