// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of LoadCharts that draws how long things take.

#include "load/loadcharts.h"

#include "charts/charttext.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int heatRows = 36;
/// A histogram is drawn in slots of a tenth of a decade.
constexpr int slotsOfDecade = 10;

/// In seconds. Nothing at all has no place there.
double onLogAxis(Nanoseconds time) { return std::max(toSeconds(time), 1e-4); }

std::optional<Nanoseconds> timeOf(const LoadSample &sample, int metric)
{
    switch (metric) {
    case LoadCharts::Gap:
        return sample.longestGap > Nanoseconds(0) ? std::optional(sample.longestGap) : std::nullopt;
    case LoadCharts::Total:
        return sample.total();
    default:
        return sample.timeToFirstToken();
    }
}

} // namespace

void LoadChartSums::addDot(
    const LoadSample &sample, quint32 place, const ServiceObjective &objective, int metric)
{
    if (sample.isCancelled() || !sample.planned) {
        return;
    }
    // A failure has no times but how long it took to fail.
    const std::optional<Nanoseconds> time
        = sample.error ? between(sample.began, sample.ended) : timeOf(sample, metric);
    if (!time || time->count() <= 0) {
        return;
    }
    const std::size_t at = sample.error ? 1 : isGood(sample, objective) ? 0 : 2;
    dots[at].append({toSeconds(*sample.planned), toSeconds(*time)});
    places[at].push_back(place);
}

void LoadChartSums::add(const LoadSamples &more, const ServiceObjective &objective, int metric)
{
    LoadTimelinePart first;
    LoadTimelinePart total;
    LoadTimelinePart due;
    for (const LoadSample &sample : more) {
        addDot(sample, samples++, objective, metric);
        if (!sample.isAnswered() || !sample.ended) {
            continue;
        }
        tokens += double(sample.countedTokens());
        pieces += double(sample.chunks);
        const auto put = [&sample](LoadTimelinePart &into, const std::optional<Nanoseconds> &time) {
            if (time) {
                into.addGap(*sample.ended, *time);
            }
        };
        put(first, isOfChats ? sample.timeToFirstToken() : sample.total());
        put(total, sample.total());
        put(due, isOfChats ? sample.plannedToFirstToken() : sample.plannedToEnd());
    }
    firstTokens.add(first);
    totals.add(total);
    planned.add(due);
    choices.add(more);
}

void LoadCharts::refreshTimes(const LoadTimeline &timeline)
{
    const auto fill = [](ChartData &data, qsizetype first, const LoadTimeline &slices,
                          std::initializer_list<double> shares) {
        const double length = toSeconds(slices.gapLength());
        for (const double share : shares) {
            QList<QPointF> &points = data.pointsOf(first++);
            points.clear();
            double at = length / 2;
            for (const LatencyHistogram &slice : slices.gaps()) {
                points.append({at, chartSeconds(slice.quantile(share))});
                at += length;
            }
        }
    };
    fill(*m_firstToken, 0, m_sums.firstTokens, {0.5, 0.95, 0.99});
    if (m_firstToken->series().size() > 3) {
        fill(*m_firstToken, 3, m_sums.planned, {0.95});
    }
    fill(*m_gaps, 0, timeline, {0.5, 0.95, 0.99});
    m_firstToken->edited();
    m_gaps->edited();
}

void LoadCharts::refreshChoices(const LoadTimeline &timeline)
{
    const Nanoseconds end = LoadTimeline::tickLength * qint64(timeline.ticks().size());
    qsizetype line = 0;
    for (const int place : m_sums.choices.places()) {
        QList<QPointF> &times = m_choiceTimes->pointsOf(line);
        QList<QPointF> &tokens = m_choiceTokens->pointsOf(line++);
        times.clear();
        tokens.clear();
        for (const ChoiceTimeline::Slice &slice : m_sums.choices.slicesOf(place, end)) {
            const double at = toSeconds(slice.middle);
            times.append({at, chartSeconds(slice.median)});
            tokens.append({at, slice.tokens});
        }
    }
    m_choiceTimes->edited();
    m_choiceTokens->edited();
}

const LoadTimeline &LoadCharts::slicesOf(const LoadTimeline &timeline, int metric) const
{
    return metric == Gap ? timeline : metric == Total ? m_sums.totals : m_sums.firstTokens;
}

void LoadCharts::refreshHeat(const LoadTimeline &slices)
{
    const std::vector<LatencyHistogram> &times = slices.gaps();
    double least = std::numeric_limits<double>::infinity();
    double greatest = 0;
    for (const LatencyHistogram &slice : times) {
        if (!slice.isEmpty()) {
            // Tokens that came in one read have no gap between them; that is not a time.
            least = std::min(least, onLogAxis(slice.least()));
            greatest = std::max(greatest, toSeconds(slice.greatest()));
        }
    }
    if (greatest <= 0) {
        m_heat->setHeat({});
        return;
    }
    ChartHeat heat;
    heat.y = {least / 1.1, std::max(greatest, least * 1.5) * 1.1};
    heat.rows = heatRows;
    heat.columns = int(times.size());
    heat.x = {0, toSeconds(slices.gapLength()) * heat.columns};
    heat.counts.resize(std::size_t(heat.columns) * std::size_t(heat.rows));
    const double step = std::log(heat.y.to / heat.y.from) / heat.rows;
    for (int column = 0; column < heat.columns; ++column) {
        for (const LatencyHistogram::Slot &slot : times[std::size_t(column)].filled()) {
            const double middle = (toSeconds(slot.from) + toSeconds(slot.to)) / 2;
            if (middle < heat.y.from) {
                continue;
            }
            const int row
                = std::clamp(int(std::log(middle / heat.y.from) / step), 0, heat.rows - 1);
            heat.counts[std::size_t(column) * std::size_t(heat.rows) + std::size_t(row)]
                += double(slot.count);
        }
    }
    m_heat->setHeat(heat);
}

QList<QPointF> distributionOf(const LatencyHistogram &times)
{
    QList<QPointF> points;
    double passed = 0;
    for (const LatencyHistogram::Slot &slot : times.filled()) {
        const double from = onLogAxis(slot.from);
        if (points.isEmpty()) {
            points.append({from, 0});
        }
        passed += double(slot.count);
        points.append({std::max(toSeconds(slot.to), from * 1.001), passed / double(times.count())});
    }
    return points;
}

void LoadCharts::refreshDistribution(const LoadSummary &measured)
{
    m_histogram->pointsOf(0).clear();
    for (const auto &[metric, figure] : {std::pair{FirstToken, LoadMetric::TimeToFirstToken},
             {Gap, LoadMetric::InterTokenLatency}, {Total, LoadMetric::Total}}) {
        const LatencyHistogram &all = measured.time(figure);
        m_distribution->pointsOf(metric) = distributionOf(all);
        if (metric != m_metric) {
            continue;
        }
        std::vector<std::pair<int, double>> bars; // tenths of a decade
        for (const LatencyHistogram::Slot &slot : all.filled()) {
            const int bar = int(std::floor(std::log10(onLogAxis(slot.from)) * slotsOfDecade));
            if (bars.empty() || bars.back().first != bar) {
                bars.emplace_back(bar, 0);
            }
            bars.back().second += double(slot.count);
        }
        QList<QPointF> &steps = m_histogram->pointsOf(0);
        const auto beginOf = [](int bar) { return std::pow(10, double(bar) / slotsOfDecade); };
        for (std::size_t i = 0; i < bars.size(); ++i) {
            steps.append({beginOf(bars[i].first), bars[i].second});
            if (i + 1 == bars.size() || bars[i + 1].first != bars[i].first + 1) {
                steps.append({beginOf(bars[i].first + 1), 0});
            }
        }
    }
    m_distribution->edited();
    m_histogram->edited();
}

} // namespace Lorikeet
