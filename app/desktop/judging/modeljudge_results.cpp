// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of ModelJudge that shows what was said.

#include "judging/modeljudge.h"

#include <ranges>

namespace Lorikeet {

void ModelJudge::setTurns(const QList<JudgedTurn> &turns)
{
    m_turns = turns;
    showResults();
}

/// Of the last time that anything was said of two answers in sight.
void ModelJudge::showResults()
{
    m_rows.reset();
    m_summary.clear();
    for (const JudgedTurn &turn : std::views::reverse(m_turns)) {
        QList<int> places;
        for (const QUuid answer : turn.answers) {
            places.append(answer.isNull() ? -1 : int(m_nodes.indexOf(answer)));
        }
        JudgedRows rows(turn, places);
        if (m_isHidden || rows.pairs().isEmpty()) {
            continue;
        }
        m_summary = tr("By %1, with “%2”: %3.").arg(turn.judge, turn.rubric.name, rows.counts());
        m_rows.emplace(std::move(rows));
        break;
    }
    Q_EMIT changed();
}

QList<JudgedLane> ModelJudge::lanes() const
{
    return m_rows ? m_rows->lanes() : QList<JudgedLane>();
}

QList<JudgedPairRow> ModelJudge::pairs() const
{
    return m_rows ? m_rows->pairs() : QList<JudgedPairRow>();
}

QString ModelJudge::summary() const { return m_summary; }

QString ModelJudge::bias() const { return m_rows ? m_rows->bias() : QString(); }

QString ModelJudge::biasDetail() const { return m_rows ? m_rows->biasDetail() : QString(); }

bool ModelJudge::isBiased() const { return m_rows && m_rows->isBiased(); }

QString ModelJudge::cost() const { return m_rows ? m_rows->cost() : QString(); }

} // namespace Lorikeet
