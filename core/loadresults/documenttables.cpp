// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/documenttables.h"

#include "base/durationtext.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

struct DocumentMetric
{
    LoadMetric metric;
    QLatin1StringView name;
    QLatin1StringView definition;
};

constexpr std::array documentMetrics{
    DocumentMetric{LoadMetric::TimeToFirstToken, "TTFT"_L1,
        "time to first token: request written → first text, reasoning or piece of a call"_L1},
    DocumentMetric{
        LoadMetric::TimeToFirstVisible, "First visible"_L1, "request written → first text"_L1},
    DocumentMetric{LoadMetric::InterTokenLatency, "ITL"_L1,
        "inter-token latency: gaps between receptions with tokens, all requests together"_L1},
    DocumentMetric{LoadMetric::TimePerOutputToken, "TPOT"_L1,
        "time per output token: (last − first token) / (output tokens − 1), of each request"_L1},
    DocumentMetric{LoadMetric::Total, "End to end"_L1, "request written → end of the answer"_L1},
    DocumentMetric{LoadMetric::PlannedToFirstToken, "TTFT from the plan"_L1,
        "the same from the moment the request was due"_L1},
    DocumentMetric{LoadMetric::PlannedToEnd, "End to end from the plan"_L1,
        "likewise: what a user waits where the load does not wait for him"_L1},
    DocumentMetric{LoadMetric::Lag, "Schedule lag"_L1, "due → handed to the client"_L1},
    DocumentMetric{LoadMetric::Connection, "Connection"_L1,
        "lookup, connection and TLS, of requests that opened one"_L1},
};

QString decimal(const std::optional<double> &number, int digits = 1)
{
    return number ? QString::number(*number, 'f', digits) : u"–"_s;
}

QString timeCell(const LatencyHistogram &times, double share)
{
    const std::optional<Percentile> found = percentile(times, share);
    if (!found) {
        return u"–"_s;
    }
    return found->range ? u"%1 (%2 … %3)"_s.arg(durationText(found->value),
                              durationText(found->range->first), durationText(found->range->second))
                        : u"%1 ✱"_s.arg(durationText(found->value));
}

/// "Texts".
QString shownItems(LoadTask::Kind task)
{
    const QString items = itemsName(task);
    return items.left(1).toUpper() + items.sliced(1);
}

} // namespace

DocumentTable mainFigures(const LoadReport &report)
{
    const LoadSummary &summary = report.summary;
    const bool isChat = report.task() == LoadTask::Kind::Chat;
    const QString about = summary.estimated > 0 ? u"≈ "_s : QString();
    DocumentTable table{.head = {u"Figure"_s, u"Value"_s}, .rows = {}};
    if (isChat) {
        table.rows += {u"Output tokens a second"_s, about + decimal(summary.tokenRate())};
    } else {
        table.rows += {shownItems(report.task()) + u" a second"_s, decimal(summary.itemRate())};
        table.rows += {u"Input tokens a second"_s, decimal(summary.promptTokenRate())};
    }
    table.rows += {u"Answers a second"_s,
        u"%1 (%2 due)"_s.arg(decimal(summary.requestRate(), 2), decimal(summary.plannedRate(), 2))};
    if (isChat) {
        table.rows += {u"Tokens a second of one user"_s, decimal(summary.tokenRatePerUser())};
    }
    table.rows += {u"Under way on average"_s, decimal(summary.heldConcurrency())};
    table.rows += {u"Requests"_s,
        u"%1 due, %2 answered, %3 failed, %4 cancelled"_s.arg(QString::number(summary.planned),
            QString::number(summary.answered), QString::number(summary.failed()),
            QString::number(summary.cancelled))};
    if (!isChat) {
        table.rows += {shownItems(report.task()), QString::number(summary.items)};
        table.rows += {u"Tokens in"_s,
            summary.promptTokens > 0 ? QString::number(summary.promptTokens) : u"–"_s};
        return table;
    }
    table.rows += {u"Tokens"_s,
        u"%1 in, %2%3 out, %4 a piece"_s.arg(QString::number(summary.promptTokens), about,
            QString::number(summary.outputTokens), decimal(summary.tokensPerChunk(), 2))};
    if (summary.cachedTokens > 0 && summary.promptTokens > 0) {
        table.rows += {u"Prompt tokens the server knew"_s,
            u"%1 %"_s.arg(
                decimal(100 * double(summary.cachedTokens) / double(summary.promptTokens)))};
    }
    if (summary.stalled > Nanoseconds(0)) {
        table.rows += {u"Stalls, of all together"_s, durationText(summary.stalled)};
    }
    return table;
}

DocumentTable timesTable(const LoadSummary &summary)
{
    DocumentTable table{
        .head = {u"Time"_s, u"mean"_s, u"p50"_s, u"p90"_s, u"p95"_s, u"p99"_s, u"of"_s},
        .rows = {}};
    for (const DocumentMetric &metric : documentMetrics) {
        const LatencyHistogram &times = summary.time(metric.metric);
        if (times.isEmpty()) {
            continue;
        }
        QStringList row{metric.name, durationText(*times.mean())};
        for (const double share : {0.5, 0.9, 0.95, 0.99}) {
            row += timeCell(times, share);
        }
        row += QString::number(times.count());
        table.rows += row;
    }
    return table;
}

DocumentTable choicesTable(const LoadReport &report)
{
    const bool isChat = report.task() == LoadTask::Kind::Chat;
    DocumentTable table{.head = {u"Of the mix"_s, u"answered"_s, u"failed"_s}, .rows = {}};
    table.head
        += isChat ? QStringList{u"TTFT p50"_s, u"TTFT p95"_s} : QStringList{u"end to end p50"_s};
    table.head += {u"end to end p95"_s, isChat ? u"tokens out"_s : itemsName(report.task())};
    for (const LoadChoice &choice : report.choices) {
        const LoadSummary &summary = choice.summary;
        const LatencyHistogram &first = summary.time(LoadMetric::TimeToFirstToken);
        const LatencyHistogram &total = summary.time(LoadMetric::Total);
        QStringList row{
            choice.name, QString::number(summary.answered), QString::number(summary.failed())};
        row += isChat ? QStringList{timeCell(first, 0.5), timeCell(first, 0.95)}
                      : QStringList{timeCell(total, 0.5)};
        row += {
            timeCell(total, 0.95), QString::number(isChat ? summary.outputTokens : summary.items)};
        table.rows += row;
    }
    return table;
}

DocumentTable sweepTable(const LoadResult &result)
{
    QList<const LoadStage *> stages;
    for (const LoadStage &stage : result.stages) {
        stages.append(&stage);
    }
    std::ranges::stable_sort(stages, {}, &LoadStage::load);
    const LoadTask::Kind task = result.stages.constFirst().report.task();
    const bool isChat = task == LoadTask::Kind::Chat;
    DocumentTable table{
        .head = {u"Load"_s, (isChat ? u"tokens"_s : itemsName(task)) + u"/s"_s, u"answers/s"_s},
        .rows = {}};
    table.head += isChat ? QStringList{u"TTFT p50"_s, u"TTFT p95"_s, u"ITL p95"_s}
                         : QStringList{u"end to end p50"_s, u"end to end p95"_s};
    table.head += {u"failed"_s, u"objective"_s, u"trust"_s};
    for (const LoadStage *stage : stages) {
        const LoadSummary &summary = stage->report.summary;
        const bool hasObjective = !stage->report.plan.objective.isEmpty();
        const bool isKept = std::ranges::all_of(stage->report.verdicts(), &LimitVerdict::isKept);
        const LatencyHistogram &times
            = summary.time(isChat ? LoadMetric::TimeToFirstToken : LoadMetric::Total);
        QStringList row{loadText(result.sweep->kind, stage->load),
            decimal(isChat ? summary.tokenRate() : summary.itemRate()),
            decimal(summary.requestRate(), 2), timeCell(times, 0.5), timeCell(times, 0.95)};
        if (isChat) {
            row += timeCell(summary.time(LoadMetric::InterTokenLatency), 0.95);
        }
        row += {QString::number(summary.failed()),
            hasObjective ? isKept ? u"kept"_s : u"missed"_s : u"–"_s,
            toWord(stage->report.trust().level).replace(u'_', u'-')};
        table.rows += row;
    }
    return table;
}

DocumentTable definitionsTable(LoadTask::Kind task)
{
    const bool isChat = task == LoadTask::Kind::Chat;
    DocumentTable table{.head = {u"Figure"_s, u"Definition"_s}, .rows = {}};
    for (const DocumentMetric &metric : documentMetrics) {
        if (hasMetric(task, metric.metric)) {
            table.rows += {metric.name, metric.definition};
        }
    }
    if (isChat) {
        table.rows += {u"Output tokens a second"_s,
            u"pieces that arrived × tokens a piece / window; ≈ where the server counts no tokens"_s};
        table.rows += {u"Tokens a second of one user"_s, u"1 / median TPOT"_s};
    } else {
        table.rows += {shownItems(task) + u" a second"_s,
            u"%1 of answers that ended in the window / window"_s.arg(itemsName(task))};
        table.rows += {u"Input tokens a second"_s,
            u"tokens, as the server counts them, of answers that ended in the window / window"_s};
    }
    table.rows += {u"Answers a second"_s, u"answers that ended in the window / window"_s};
    table.rows += {u"Under way on average"_s,
        u"time within the window that requests were under way, whatever became of them, all together / window"_s};
    table.rows += {u"Goodput"_s,
        u"answers that ended in the window, within every limit of the objective / window"_s};
    return table;
}

} // namespace Lorikeet
