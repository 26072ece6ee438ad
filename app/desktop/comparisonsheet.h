// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "compare/comparisonexport.h"
#include "judging/judgedresult.h"
#include "text/markdownblock.h"
#include "timeline/documentbuilder.h"
#include "timeline/textmark.h"

#include <QCoreApplication>
#include <QList>
#include <QStringList>

namespace Lorikeet {

/// A comparison as a picture shows it: every word of the picture is one of these, and like the
/// other exports they have no addresses, headers or keys.
class ComparisonSheet final
{
    Q_DECLARE_TR_FUNCTIONS(ComparisonSheet)

public:
    /// A lane's turn.
    struct Cell
    {
        QString prompt;
        MarkdownBlocks blocks; ///< of its answer
        BlockMarks marks;
        QList<DocumentBuilder::Metric> metrics; ///< empty: there is no answer
        QString error;
    };

    /// What a model said of a turn's answers.
    struct Judged
    {
        QString judge;
        QString rubric;
        QList<JudgedLane> lanes; ///< best first
        QList<JudgedPairRow> pairs;
        QString bias;
        QString counts; ///< pairs, tokens, cost, and what ended it
    };

    /// With `marksDifferences` the words that differ from the base's are marked.
    ComparisonSheet(
        const ComparisonRecord &record, const QList<ExportedLane> &lanes, bool marksDifferences);

    [[nodiscard]] const QString &title() const { return m_title; }

    [[nodiscard]] qsizetype laneCount() const { return m_lanes.size(); }

    [[nodiscard]] const QString &name(qsizetype lane) const { return m_names[lane]; }

    /// What the lane is asked with.
    [[nodiscard]] const QString &facts(qsizetype lane) const { return m_facts[lane]; }

    /// Of the lane with the most.
    [[nodiscard]] qsizetype turns() const { return m_judged.size(); }

    /// Null where the lane has no such turn.
    [[nodiscard]] const Cell *cell(qsizetype lane, qsizetype turn) const
    {
        return turn < m_lanes[lane].size() ? &m_lanes[lane][turn] : nullptr;
    }

    [[nodiscard]] const QList<Judged> &judged(qsizetype turn) const { return m_judged[turn]; }

private:
    void markDifferences(qsizetype base);
    [[nodiscard]] static Judged judgedOf(const JudgedTurn &turn, const JudgedResult &result);

    QString m_title;
    QStringList m_names;
    QStringList m_facts;
    QList<QList<Cell>> m_lanes; ///< by lane and turn
    QList<QList<Judged>> m_judged; ///< by turn
};

} // namespace Lorikeet
