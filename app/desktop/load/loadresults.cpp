// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadresults.h"

#include "charts/charttext.h"
#include "loadresults/documentnotes.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

LoadResults::LoadResults(QObject *parent)
    : QObject(parent)
    , m_throughput(new ChartData(this))
    , m_latency(new ChartData(this))
{
    m_throughput->setTitle(tr("Throughput by load"), tr("output tokens a second"));
    m_latency->setTitle(tr("Latency by load"), tr("time to first token"));
}

void LoadResults::begin(const std::optional<SweepPlan> &sweep)
{
    m_sweep = sweep;
    m_points.clear();
    m_rows.clear();
    m_report = {};
    m_trust = {};
    m_isWhole = false;
    m_isBegun = false;
    m_isOver = false;
    drawPoints();
}

void LoadResults::showSoFar(const LoadReport &report)
{
    m_report = report;
    m_trust = report.trust();
    m_isWhole = false;
    m_isBegun = report.summary.answered > 0;
    Q_EMIT changed();
}

void LoadResults::showStage(const LoadReport &report)
{
    m_report = report;
    m_trust = report.trust();
    m_isWhole = true;
    m_isBegun = true;
    Q_EMIT changed();
}

void LoadResults::end()
{
    m_isOver = true;
    Q_EMIT changed();
}

int LoadResults::verdict() const
{
    if (m_sweep) {
        if (m_report.plan.objective.isEmpty() || m_points.isEmpty()) {
            return NoObjective;
        }
        return findingOf(*m_sweep, m_points).holds ? Kept : Missed;
    }
    const QList<LimitVerdict> verdicts = m_report.verdicts();
    if (verdicts.isEmpty()) {
        return NoObjective;
    }
    if (std::ranges::any_of(verdicts,
            [](const LimitVerdict &verdict) { return !verdict.isKept && verdict.isKnown; })) {
        return Missed;
    }
    return std::ranges::all_of(verdicts,
               [](const LimitVerdict &verdict) { return verdict.isKept && verdict.isKnown; })
        ? Kept
        : Unsure;
}

QString LoadResults::headline() const
{
    if (m_sweep) {
        if (m_points.isEmpty()) {
            return m_isOver ? tr("Broken off before a load was measured.")
                            : tr("Looking for the limit …");
        }
        const SweepFinding found = findingOf(*m_sweep, m_points);
        const bool isUsers = m_sweep->kind == LoadBlock::Kind::Users;
        const auto text
            = [isUsers, repeats = m_sweep->repeats](double load, const SweepRuns &runs) {
                  const QString at = isUsers ? tr("%Ln user(s)", nullptr, int(load))
                                             : tr("%1 requests/s").arg(loadNumberText(load));
                  return repeats < 2 ? at
                                     : tr("%1 (%2 of %Ln time(s))", nullptr, runs.of)
                                           .arg(at, QLocale().toString(runs.agreed));
              };
        if (!found.holds) {
            return tr("Does not hold even %1.")
                .arg(text(found.breaks.value_or(m_sweep->from), found.brokenRuns));
        }
        if (!found.breaks) {
            return tr("Holds %1; that was not its limit.").arg(text(*found.holds, found.heldRuns));
        }
        return tr("Holds %1, breaks at %2: %3.")
            .arg(text(*found.holds, found.heldRuns), text(*found.breaks, found.brokenRuns),
                found.brokenBy.isEmpty() ? tr("the server gives no more") : found.brokenBy);
    }
    const QList<LimitVerdict> verdicts = m_report.verdicts();
    const auto missed = std::ranges::count_if(
        verdicts, [](const LimitVerdict &verdict) { return !verdict.isKept && verdict.isKnown; });
    switch (verdict()) {
    case Kept:
        return tr("Kept to its objective: %Ln limit(s) hold.", nullptr, int(verdicts.size()));
    case Missed:
        return tr("Missed its objective: %Ln limit(s) broken.", nullptr, int(missed));
    case Unsure:
        return tr("Too few answers to say whether it kept to its objective.");
    default:
        return tr("No objective was set: nothing to keep or to miss.");
    }
}

QList<LoadVerdict> LoadResults::limits() const { return verdictRowsOf(m_report); }

int LoadResults::trust() const { return m_isBegun ? int(m_trust.level) : int(NotYet); }

QString LoadResults::trustText() const
{
    switch (trust()) {
    case Good:
        return tr("trusted");
    case Doubtful:
        return tr("doubtful");
    case ClientBound:
        return tr("client-bound, do not quote");
    default:
        return tr("not known yet");
    }
}

QString LoadResults::finding() const
{
    return m_sweep && !m_points.isEmpty() ? findingOf(*m_sweep, m_points).fullness : QString();
}

QStringList LoadResults::remarks(DocumentLine::Tone tone) const
{
    QStringList remarks;
    if (m_isWhole) {
        for (const DocumentLine &line : notesOf(m_report)) {
            const bool isWarning
                = line.tone == DocumentLine::Tone::Warning || line.tone == DocumentLine::Tone::Bad;
            if (isWarning == (tone == DocumentLine::Tone::Warning)) {
                remarks.append(line.text);
            }
        }
    }
    return remarks;
}

void LoadResults::showStages(const LoadResult &result)
{
    m_points = result.points();
    m_rows.clear();
    for (qsizetype i = 0; i < result.stages.size(); ++i) {
        const LoadReport &report = result.stages[i].report;
        const LoadSummary &summary = report.summary;
        const auto rate = [](const std::optional<double> &value) {
            return value ? QLocale().toString(*value, 'f', *value >= 100 ? 0 : 1) : u"–"_s;
        };
        const auto time = [&summary](LoadMetric metric) {
            return chartText(
                chartSeconds(summary.time(metric).quantile(0.95)), ChartUnit::Duration);
        };
        const auto point = std::ranges::find(m_points, int(i), &SweepPoint::stage);
        LoadStageRow row;
        row.load = loadNumberText(result.stages[i].load);
        const bool isOfItems = summary.isOfItems();
        row.tokenRate = rate(isOfItems ? summary.itemRate() : summary.tokenRate());
        row.requestRate = rate(summary.requestRate());
        row.firstToken95 = time(isOfItems ? LoadMetric::Total : LoadMetric::TimeToFirstToken);
        row.gap95 = isOfItems ? u"–"_s : time(LoadMetric::InterTokenLatency);
        row.failed = QLocale().toString(summary.failed());
        row.outcome = point == m_points.end() ? LoadStageRow::BrokenOff
            : report.plan.objective.isEmpty() ? LoadStageRow::NoObjective
            : point->keepsObjective           ? LoadStageRow::Kept
                                              : LoadStageRow::Missed;
        row.place = int(i);
        m_rows.append(row);
    }
    std::ranges::stable_sort(
        m_rows, {}, [&result](const LoadStageRow &row) { return result.stages[row.place].load; });
    numberRuns();
    drawPoints();
}

void LoadResults::numberRuns()
{
    for (auto from = m_rows.begin(); from != m_rows.end();) {
        const auto to = std::find_if(from, m_rows.end(),
            [load = from->load](const LoadStageRow &row) { return row.load != load; });
        const bool isOne = to - from == 1;
        for (int run = 1; from != to; ++from, ++run) {
            if (!isOne) {
                from->load = tr("%1, run %2").arg(from->load).arg(run);
            }
        }
    }
}

bool LoadResults::isOfItems() const
{
    return std::ranges::any_of(
        m_points, [](const SweepPoint &point) { return point.summary.isOfItems(); });
}

void LoadResults::drawPoints()
{
    QList<SweepPoint> sorted = m_points;
    std::ranges::stable_sort(sorted, {}, &SweepPoint::load);
    const bool isUsers = !m_sweep || m_sweep->kind == LoadBlock::Kind::Users;
    const ChartData::Axis load{.unit = ChartUnit::Number,
        .isLog = true,
        .text = isUsers ? tr("users at once") : tr("requests a second, asked for")};
    m_throughput->setTitle(tr("Throughput by load"),
        isOfItems() ? tr("texts or documents a second") : tr("output tokens a second"));
    m_throughput->setAxes(load, {.unit = ChartUnit::Number, .startsAtZero = true});
    m_latency->setAxes(load, {.unit = ChartUnit::Duration, .startsAtZero = true});
    const LoadMetric metric = isOfItems() ? LoadMetric::Total : LoadMetric::TimeToFirstToken;
    ChartSeries given{
        .name = isOfItems() ? tr("texts or documents a second") : tr("output tokens a second"),
        .look = 0,
        .points = {}};
    ChartSeries half{.name = tr("p50"), .look = 0, .points = {}};
    ChartSeries most{.name = tr("p95"), .look = 1, .points = {}};
    ChartSeries longest{.name = tr("p99"), .look = 2, .points = {}};
    for (const SweepPoint &point : std::as_const(sorted)) {
        const LatencyHistogram &times = point.summary.time(metric);
        const std::optional<double> rate
            = isOfItems() ? point.summary.itemRate() : point.summary.tokenRate();
        given.points.append({point.load, rate.value_or(0)});
        half.points.append({point.load, chartSeconds(times.quantile(0.5))});
        most.points.append({point.load, chartSeconds(times.quantile(0.95))});
        longest.points.append({point.load, chartSeconds(times.quantile(0.99))});
    }
    m_throughput->setSeries({given});
    m_latency->setSeries({half, most, longest});
    QList<ChartMark> marks;
    if (m_sweep && !m_points.isEmpty()) {
        const SweepFinding found = findingOf(*m_sweep, m_points);
        if (found.knee) {
            const double knee = isUsers ? std::round(*found.knee) : *found.knee;
            marks.append({.from = *found.knee, .text = tr("knee at %1").arg(loadNumberText(knee))});
        }
    }
    m_throughput->setMarks(marks);
    m_latency->setMarks(marks);
    QList<ChartLimit> limits;
    for (const LatencyLimit &limit : m_report.plan.objective.limits) {
        if (limit.metric == metric) {
            limits.append({.value = toSeconds(limit.limit),
                .text = tr("p%1 limit").arg(QString::number(limit.share * 100, 'g', 4))});
        }
    }
    m_latency->setLimits(limits);
    Q_EMIT changed();
}

} // namespace Lorikeet
