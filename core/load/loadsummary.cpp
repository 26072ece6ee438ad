// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadsummary.h"

#include "load/loadusers.h"
#include "load/quantilerange.h"

#include <algorithm>
#include <numeric>

namespace Lorikeet {

namespace {

void addTime(LatencyHistogram &times, const std::optional<Nanoseconds> &time)
{
    if (time) {
        times.add(*time);
    }
}

/// Lookup, connection and TLS of a connection that was opened for this request.
std::optional<Nanoseconds> connectionTime(const LoadSample &sample)
{
    if (sample.connectionReused) {
        return std::nullopt;
    }
    return between(sample.began, sample.secured ? sample.secured : sample.connected);
}

void addRequest(LoadSummary &summary, const LoadSample &sample)
{
    ++summary.planned;
    summary.items += sample.items;
    if (sample.began) {
        ++summary.began;
        addTime(summary.time(LoadMetric::Lag), sample.lag());
        addTime(summary.time(LoadMetric::Connection), connectionTime(sample));
        summary.reusedConnections += sample.connectionReused ? 1 : 0;
    }
    if (sample.isCancelled()) {
        summary.cancelled += sample.began ? 1 : 0;
        return;
    }
    if (sample.error) {
        ++summary.failures[toWord(*sample.error)];
        return;
    }
    ++summary.answered;
    summary.outputTokens += sample.countedTokens();
    summary.outputChunks += sample.chunks;
    summary.estimated += sample.items == 0 && sample.outputTokens < 0 ? 1 : 0;
    summary.promptTokens += std::max(sample.promptTokens, 0);
    summary.cachedTokens += std::max(sample.cachedTokens, 0);
    if (sample.turn > 0) {
        ++summary.laterTurns;
    } else if (sample.cachedTokens >= 0 && sample.promptTokens > 0) {
        summary.firstTurnPromptTokens += sample.promptTokens;
        summary.firstTurnCachedTokens += sample.cachedTokens;
    }
    summary.reasoningTokens += std::max(sample.reasoningTokens, 0);
    summary.cutByLength += sample.finish == FinishReason::Kind::Length ? 1 : 0;
    summary.stalled += sample.stalled;
    addTime(summary.time(LoadMetric::TimeToFirstToken), sample.timeToFirstToken());
    addTime(summary.time(LoadMetric::TimeToFirstVisible), sample.timeToFirstVisible());
    addTime(summary.time(LoadMetric::TimePerOutputToken), sample.timePerOutputToken());
    addTime(summary.time(LoadMetric::Total), sample.total());
    addTime(summary.time(LoadMetric::PlannedToFirstToken), sample.plannedToFirstToken());
    addTime(summary.time(LoadMetric::PlannedToEnd), sample.plannedToEnd());
}

Nanoseconds lengthWithin(const LoadWindow &window, Nanoseconds from, Nanoseconds to)
{
    return std::max(Nanoseconds(0), std::min(to, window.to) - std::max(from, window.from));
}

/// How much of a slice of time is within a window, 0 to 1.
double shareWithin(const LoadWindow &window, Nanoseconds from, Nanoseconds length)
{
    return toSeconds(lengthWithin(window, from, from + length)) / toSeconds(length);
}

std::optional<double> rate(double count, const LoadWindow &window)
{
    return window.length() > Nanoseconds(0) ? std::optional(count / toSeconds(window.length()))
                                            : std::nullopt;
}

template<typename Matches>
LoadSummary requestsOf(const LoadSamples &samples, const LoadWindow &window,
    const ServiceObjective &objective, const Matches &matches)
{
    LoadSummary summary;
    summary.window = window;
    for (const LoadSample &sample : samples) {
        if (!matches(sample)) {
            continue;
        }
        if (sample.planned && window.contains(*sample.planned)) {
            addRequest(summary, sample);
        }
        if (sample.isAnswered() && sample.ended && window.contains(*sample.ended)) {
            ++summary.completed;
            summary.completedItems += sample.items;
            summary.good += isGood(sample, objective) ? 1 : 0;
            summary.completedPromptTokens += std::max(sample.promptTokens, 0);
        }
        if (sample.began && sample.ended) {
            summary.busy += lengthWithin(window, *sample.began, *sample.ended);
        }
    }
    return summary;
}

} // namespace

void LoadRests::add(const LoadSamples &samples)
{
    for (const LoadSample &sample : samples) {
        if (sample.user < 0 || !sample.ended || sample.isCancelled()) {
            continue;
        }
        int &failures = m_failures[sample.user];
        failures = sample.error ? failures + 1 : 0;
        m_sum += lengthWithin(m_window, *sample.ended, *sample.ended + restAfter(failures));
    }
}

void LoadSummary::add(const LoadSummary &other)
{
    if (window == LoadWindow()) {
        window = other.window;
    }
    planned += other.planned;
    began += other.began;
    answered += other.answered;
    cancelled += other.cancelled;
    for (const auto &[kind, count] : other.failures.asKeyValueRange()) {
        failures[kind] += count;
    }
    completed += other.completed;
    completedItems += other.completedItems;
    items += other.items;
    completedPromptTokens += other.completedPromptTokens;
    chunks += other.chunks;
    busy += other.busy;
    rested += other.rested;
    good += other.good;
    outputTokens += other.outputTokens;
    outputChunks += other.outputChunks;
    estimated += other.estimated;
    promptTokens += other.promptTokens;
    cachedTokens += other.cachedTokens;
    firstTurnPromptTokens += other.firstTurnPromptTokens;
    firstTurnCachedTokens += other.firstTurnCachedTokens;
    laterTurns += other.laterTurns;
    reasoningTokens += other.reasoningTokens;
    reusedConnections += other.reusedConnections;
    cutByLength += other.cutByLength;
    stalled += other.stalled;
    for (const LoadMetric metric : loadMetrics()) {
        time(metric).add(other.time(metric));
    }
}

qint64 LoadSummary::failed() const
{
    return std::accumulate(failures.cbegin(), failures.cend(), qint64(0));
}

std::optional<double> LoadSummary::failureShare() const
{
    const qint64 ended = answered + failed();
    return ended > 0 ? std::optional(double(failed()) / double(ended)) : std::nullopt;
}

std::optional<double> LoadSummary::plannedRate() const { return rate(double(planned), window); }

std::optional<double> LoadSummary::requestRate() const { return rate(double(completed), window); }

std::optional<double> LoadSummary::itemRate() const
{
    return isOfItems() ? rate(double(completedItems), window) : std::nullopt;
}

std::optional<double> LoadSummary::tokensPerChunk() const
{
    return outputChunks > 0 ? std::optional(double(outputTokens) / double(outputChunks))
                            : std::nullopt;
}

std::optional<double> LoadSummary::tokenRate() const
{
    return isOfItems() ? std::nullopt : rate(chunks * tokensPerChunk().value_or(1), window);
}

std::optional<double> LoadSummary::promptTokenRate() const
{
    return isOfItems() && promptTokens == 0 ? std::nullopt
                                            : rate(double(completedPromptTokens), window);
}

std::optional<double> LoadSummary::goodput() const { return rate(double(good), window); }

std::optional<double> LoadSummary::tokenRatePerUser() const
{
    const std::optional<Nanoseconds> median = time(LoadMetric::TimePerOutputToken).quantile(0.5);
    return median && *median > Nanoseconds(0) ? std::optional(1 / toSeconds(*median))
                                              : std::nullopt;
}

std::optional<double> LoadSummary::heldConcurrency() const { return rate(toSeconds(busy), window); }

LoadSummary summarise(const LoadSamples &samples, const LoadTimeline &timeline,
    const LoadWindow &window, const ServiceObjective &objective)
{
    LoadSummary summary
        = requestsOf(samples, window, objective, [](const LoadSample &) { return true; });
    LoadRests rests(window);
    rests.add(samples);
    summary.rested = rests.sum();
    Nanoseconds from{};
    for (const LoadTick &tick : timeline.ticks()) {
        summary.chunks += double(tick.chunks) * shareWithin(window, from, LoadTimeline::tickLength);
        from += LoadTimeline::tickLength;
    }
    from = Nanoseconds(0);
    for (const LatencyHistogram &gaps : timeline.gaps()) {
        // Distributions cannot be cut: a slice belongs where the greater part of it is.
        if (shareWithin(window, from, timeline.gapLength()) >= 0.5) {
            summary.time(LoadMetric::InterTokenLatency).add(gaps);
        }
        from += timeline.gapLength();
    }
    return summary;
}

LoadSummary summariseChoice(const LoadSamples &samples, qint16 choice, const LoadWindow &window,
    const ServiceObjective &objective)
{
    return requestsOf(samples, window, objective,
        [choice](const LoadSample &sample) { return sample.choice == choice; });
}

std::optional<Percentile> percentile(const LatencyHistogram &times, double share)
{
    const std::optional<Nanoseconds> value = times.quantile(share);
    if (!value) {
        return std::nullopt;
    }
    Percentile result{.value = *value, .range = {}};
    if (const std::optional<RankRange> ranks = quantileRange(times.count(), share)) {
        const auto count = double(times.count());
        result.range = {*times.quantile(double(ranks->low) / count),
            *times.quantile(double(ranks->high) / count)};
    }
    return result;
}

} // namespace Lorikeet
