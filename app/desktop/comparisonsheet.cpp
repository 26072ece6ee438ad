// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparisonsheet.h"

#include "base/logging.h"
#include "text/markdownparser.h"
#include "textdifference.h"
#include "timeline/metricsline.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

ComparisonSheet::ComparisonSheet(
    const ComparisonRecord &record, const QList<ExportedLane> &lanes, bool marksDifferences)
    : m_title(record.title.isEmpty() ? tr("Comparison") : redacted(record.title))
{
    QList<QList<QUuid>> answers; // by turn and lane
    for (qsizetype lane = 0; lane < lanes.size(); ++lane) {
        m_names.append(redacted(lanes[lane].name));
        m_facts.append(exportedFacts(lanes[lane]).join(u" · "_s));
        QList<Cell> cells;
        for (const ExportedTurn &turn : exportedTurns(lanes[lane].conversation)) {
            Cell cell{.prompt = redacted(turn.prompt),
                .blocks = {},
                .marks = {},
                .metrics = {},
                .error = {}};
            if (answers.size() == cells.size()) {
                answers.append(QList<QUuid>(lanes.size()));
            }
            if (turn.answer) {
                answers[cells.size()][lane] = turn.answer->id;
                cell.blocks = MarkdownParser::parse(redacted(turn.answer->message.content));
                cell.metrics = MetricsLine::of(*turn.answer);
                if (turn.answer->state != ChatNode::State::Complete) {
                    cell.metrics.append({tr("state"), toWord(turn.answer->state), {},
                        DocumentBuilder::Metric::Tone::Warning});
                }
                cell.error = turn.answer->error ? redacted(turn.answer->error->message) : QString();
            }
            cells.append(cell);
        }
        m_lanes.append(cells);
    }
    for (const QList<QUuid> &inTurn : std::as_const(answers)) {
        QList<Judged> all;
        for (const JudgedTurn &turn : record.judged) {
            QList<int> places;
            for (const QUuid answer : turn.answers) {
                places.append(answer.isNull() ? -1 : int(inTurn.indexOf(answer)));
            }
            if (const auto result = JudgedResult::of(turn, places); !result.pairs.isEmpty()) {
                all.append(judgedOf(turn, result));
            }
        }
        m_judged.append(all);
    }
    if (marksDifferences && !m_lanes.isEmpty()) {
        markDifferences(std::clamp<qsizetype>(record.base, 0, m_lanes.size() - 1));
    }
}

void ComparisonSheet::markDifferences(qsizetype base)
{
    for (qsizetype lane = 0; lane < m_lanes.size(); ++lane) {
        const qsizetype turns = std::min(m_lanes[lane].size(), m_lanes[base].size());
        for (qsizetype turn = 0; lane != base && turn < turns; ++turn) {
            Cell &of = m_lanes[base][turn];
            Cell &cell = m_lanes[lane][turn];
            const TextDiff diff = diffWords(readText(of.blocks), readText(cell.blocks));
            cell.marks = marksOf(cell.blocks, diff, false);
            if (m_lanes.size() == 2) {
                of.marks = marksOf(of.blocks, diff, true);
            }
        }
    }
}

ComparisonSheet::Judged ComparisonSheet::judgedOf(
    const JudgedTurn &turn, const JudgedResult &result)
{
    QStringList criteria;
    for (const RubricCriterion &criterion : turn.rubric.criteria) {
        criteria.append(tr("%1 (%2)", "criterion, weight")
                .arg(redacted(criterion.text).simplified())
                .arg(criterion.weight));
    }
    Judged judged{.judge = tr("Judged by %1").arg(redacted(turn.judge)),
        .rubric
        = tr("With “%1”: %2").arg(redacted(turn.rubric.name), criteria.join(u' ')).trimmed(),
        .lanes = result.lanes,
        .pairs = result.pairs,
        .bias = result.bias.isEmpty() ? QString() : result.biasDetail,
        .counts = result.counts + u" · "_s + result.cost};
    if (!turn.problem.isEmpty()) {
        judged.counts += u" · "_s + redacted(turn.problem);
    }
    for (JudgedPairRow &pair : judged.pairs) {
        pair.forwardReason = redacted(pair.forwardReason).simplified();
        pair.backwardReason = redacted(pair.backwardReason).simplified();
        pair.problem = redacted(pair.problem);
    }
    return judged;
}

} // namespace Lorikeet
