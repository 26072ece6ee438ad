// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/steadystate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Fewer tell nothing.
constexpr std::size_t leastBatches = 20;
/// More would take long to compare with each other, and tell no more.
constexpr std::size_t mostBatches = 600;
/// Ticks of a batch where there are enough of them, as MSER-5 has it.
constexpr std::size_t usualBatch = 5;
/// A steady state is no moment: it takes up this share of the run.
constexpr double leastShare = 0.5;
/// Of two stretches that are known nearly as well the longer one.
constexpr double asGood = 1.05;
/// From its beginning to its end it may change by so much of its mean …
constexpr double mostDrift = 0.05;
/// … beyond what chance does: Student's t for 8 degrees of freedom, 99.9 % on both sides.
constexpr double driftBeyondChance = 5.04;
constexpr std::size_t driftParts = 10;
/// The mean's relative standard error from which on nothing can be said of a drift.
constexpr double mostUncertain = 0.10;

using Series = std::vector<double>;

/// What is looked at: what came, and how much was under way, each tick.
struct Signals
{
    Series yield;
    Series running;
};

Signals signalsOf(const LoadTimeline &timeline)
{
    const LoadTick sum = timeline.sum();
    Signals found;
    for (const LoadTick &tick : timeline.ticks()) {
        // Whole answers have pieces too, but none of them before its end.
        found.yield.push_back(double(sum.chunks > 0 ? tick.chunks : tick.answered));
    }
    for (const qint64 running : timeline.running()) {
        found.running.push_back(double(running));
    }
    return found;
}

/// Means of so many at a time; what is left at the end is left out.
Series batched(const Series &series, std::size_t batch)
{
    Series means;
    for (std::size_t i = 0; i + batch <= series.size(); i += batch) {
        double sum = 0;
        for (std::size_t j = i; j < i + batch; ++j) {
            sum += series[j];
        }
        means.push_back(sum / double(batch));
    }
    return means;
}

/// Sums up to each place, of which those of any stretch follow.
class Sums final
{
public:
    explicit Sums(const Series &series)
        : m_sums(series.size() + 1)
        , m_squares(series.size() + 1)
    {
        for (std::size_t i = 0; i < series.size(); ++i) {
            m_sums[i + 1] = m_sums[i] + series[i];
            m_squares[i + 1] = m_squares[i] + series[i] * series[i];
        }
    }

    [[nodiscard]] double mean(std::size_t from, std::size_t to) const
    {
        return (m_sums[to] - m_sums[from]) / double(to - from);
    }

    /// The marginal standard error of the mean, squared, as a share of the mean squared: what MSER
    /// makes least. Less is better; a mean of nothing is the worst.
    [[nodiscard]] double error(std::size_t from, std::size_t to) const
    {
        const double middle = mean(from, to);
        if (middle <= 0) {
            return std::numeric_limits<double>::infinity();
        }
        const auto count = double(to - from);
        const double squares = m_squares[to] - m_squares[from] - count * middle * middle;
        // What rounding leaves of none at all is none.
        const double least = 1e-12 * (m_squares[to] - m_squares[from]);
        return squares <= least ? 0 : squares / (count * count * middle * middle);
    }

private:
    Series m_sums;
    Series m_squares;
};

struct Stretch
{
    std::size_t from = 0;
    std::size_t to = 0;
};

/// Where requests are answered as soon as they are sent, what was under way at the end of a tick
/// has no level.
bool hasLevel(const Series &running)
{
    constexpr double leastMean = 0.5;
    return std::accumulate(running.begin(), running.end(), 0.0)
        >= leastMean * double(running.size());
}

/// The stretch whose means are known best, of those that are long enough.
Stretch bestOf(const Signals &means)
{
    const std::size_t count = means.yield.size();
    const Sums yield(means.yield);
    const Sums running(means.running);
    const bool withRunning = hasLevel(means.running);
    const auto least = std::size_t(std::ceil(leastShare * double(count)));
    const auto errorOf = [&](std::size_t from, std::size_t to) {
        return yield.error(from, to) + (withRunning ? running.error(from, to) : 0);
    };
    double smallest = std::numeric_limits<double>::infinity();
    for (std::size_t from = 0; from + least <= count; ++from) {
        for (std::size_t to = from + least; to <= count; ++to) {
            smallest = std::min(smallest, errorOf(from, to));
        }
    }
    for (std::size_t length = count; length >= least; --length) {
        for (std::size_t from = 0; from + length <= count; ++from) {
            const double error = errorOf(from, from + length);
            if (std::isfinite(error) && error <= asGood * smallest) {
                return {from, from + length};
            }
        }
    }
    return {};
}

/// The straight line through the means of the parts of a stretch.
struct Trend
{
    double mean = 0;
    double change = 0; ///< from beginning to end, as a share of the mean
    double surely = 0; ///< the slope as a multiple of its standard error
    double uncertainty = 0; ///< the mean's standard error, as a share of it
};

Trend trendOf(const Series &series, const Stretch &stretch)
{
    Series parts;
    const auto length = double(stretch.to - stretch.from);
    for (std::size_t i = 0; i < driftParts; ++i) {
        const auto place = [&](std::size_t part) {
            return stretch.from + std::size_t(std::round(length * double(part) / driftParts));
        };
        double sum = 0;
        for (std::size_t j = place(i); j < place(i + 1); ++j) {
            sum += series[j];
        }
        parts.push_back(sum / double(place(i + 1) - place(i)));
    }
    constexpr auto count = double(driftParts);
    constexpr double middle = (count - 1) / 2;
    constexpr double spread = count * (count * count - 1) / 12;
    Trend trend;
    double slope = 0;
    for (std::size_t i = 0; i < driftParts; ++i) {
        trend.mean += parts[i] / count;
        slope += (double(i) - middle) * parts[i] / spread;
    }
    double squares = 0;
    for (std::size_t i = 0; i < driftParts; ++i) {
        const double off = parts[i] - trend.mean - slope * (double(i) - middle);
        squares += off * off;
    }
    if (trend.mean <= 0) {
        return trend;
    }
    const double error = std::sqrt(squares / (count - 2) / spread);
    trend.change = slope * count / trend.mean;
    trend.surely = error > 1e-9 * trend.mean ? std::abs(slope) / error
        : std::abs(trend.change) > 1e-6      ? std::numeric_limits<double>::infinity()
                                             : 0;
    trend.uncertainty = std::sqrt(squares / (count - 2) / count) / trend.mean;
    return trend;
}

QString driftSentence(const QString &what, const Trend &trend)
{
    const QString percent = QString::number(std::abs(trend.change) * 100, 'f', 0);
    return (trend.change > 0 ? u"%1 grew by %2 % even in the steadiest half of the run."_s
                             : u"%1 fell by %2 % even in the steadiest half of the run."_s)
        .arg(what, percent);
}

/// What speaks against it; empty: nothing.
QString problemOf(const Signals &found, const Stretch &stretch)
{
    const Trend yield = trendOf(found.yield, stretch);
    const Trend running = trendOf(found.running, stretch);
    const auto drifts = [](const Trend &trend) {
        return std::abs(trend.change) > mostDrift && trend.surely > driftBeyondChance;
    };
    const bool withRunning = hasLevel(found.running);
    if (withRunning && drifts(running)) {
        return driftSentence(u"What was under way"_s, running);
    }
    if (drifts(yield)) {
        return driftSentence(u"The throughput"_s, yield);
    }
    if (yield.uncertainty > mostUncertain || (withRunning && running.uncertainty > mostUncertain)) {
        return u"The throughput went up and down too much to have a level; a longer run may have one."_s;
    }
    return {};
}

LoadWindow windowOf(const Stretch &stretch, std::size_t batch)
{
    const Nanoseconds length = LoadTimeline::tickLength * qint64(batch);
    return {.from = length * qint64(stretch.from), .to = length * qint64(stretch.to)};
}

/// Up to the last moment at which a request was sent.
std::size_t ticksWithSending(const LoadTimeline &timeline)
{
    const std::vector<LoadTick> &ticks = timeline.ticks();
    const auto last = std::find_if(
        ticks.crbegin(), ticks.crend(), [](const LoadTick &tick) { return tick.began > 0; });
    return std::size_t(ticks.crend() - last);
}

double perSecond(double sum, const LoadWindow &window) { return sum / toSeconds(window.length()); }

} // namespace

SteadyState steadyStateOf(const LoadTimeline &timeline)
{
    SteadyState steady;
    steady.window.to = LoadTimeline::tickLength * qint64(ticksWithSending(timeline));
    const Signals found = signalsOf(timeline);
    const std::size_t ticks = found.yield.size();
    if (ticks < leastBatches) {
        steady.problem = u"The run was too short to have a steady state; it takes two seconds."_s;
        return steady;
    }
    const std::size_t batch = std::max(
        std::min(usualBatch, ticks / leastBatches), (ticks + mostBatches - 1) / mostBatches);
    const Signals means{batched(found.yield, batch), batched(found.running, batch)};
    const Stretch stretch = bestOf(means);
    if (stretch.to == 0) {
        steady.problem = u"For too long nothing was answered."_s;
        return steady;
    }
    steady.problem = problemOf(means, stretch);
    steady.isFound = steady.problem.isEmpty();
    if (steady.isFound) {
        steady.window = windowOf(stretch, batch);
        for (std::size_t i = stretch.from * batch; i < stretch.to * batch; ++i) {
            steady.pieceRate += double(timeline.ticks()[i].chunks);
            steady.answerRate += double(timeline.ticks()[i].answered);
            steady.running += found.running[i];
        }
        steady.running /= double((stretch.to - stretch.from) * batch);
        steady.pieceRate = perSecond(steady.pieceRate, steady.window);
        steady.answerRate = perSecond(steady.answerRate, steady.window);
    }
    return steady;
}

LoadWindow startBurstOf(const LoadTimeline &timeline, const SteadyState &steady)
{
    const std::vector<qint64> running = timeline.running();
    double level = steady.running;
    if (!steady.isFound) {
        const std::size_t count = ticksWithSending(timeline);
        for (std::size_t i = 0; i < count; ++i) {
            level += double(running[i]) / double(count);
        }
    }
    bool wasSent = false;
    for (std::size_t i = 0; i < running.size(); ++i) {
        wasSent = wasSent || timeline.ticks()[i].began > 0;
        // Of a quick server nothing is under way at the end of a tick; then it is the first one.
        if (wasSent && double(running[i]) >= level) {
            return {.from = {}, .to = LoadTimeline::tickLength * qint64(i + 1)};
        }
    }
    return {};
}

} // namespace Lorikeet
