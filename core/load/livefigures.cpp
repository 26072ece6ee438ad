// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/livefigures.h"

#include <algorithm>

namespace Lorikeet {

namespace {

/// So many whole seconds before the present one, which is not over and would tell too little.
constexpr qint64 rateSeconds = 2;
constexpr qint64 timeSeconds = 10;
constexpr Nanoseconds second = std::chrono::seconds(1);

} // namespace

void LiveFigures::add(const LoadDelta &delta)
{
    for (const auto &[place, tick] : delta.timeline.ticks()) {
        Second &within = m_seconds[place * LoadTimeline::tickLength / second];
        within.chunks += tick.chunks;
        within.answered += tick.answered;
        m_all += tick;
    }
    for (const auto &[place, gaps] : delta.timeline.gaps()) {
        m_seconds[place].gaps.add(gaps);
    }
    for (const LoadSample &sample : delta.samples) {
        m_hasItems = m_hasItems || sample.items > 0;
        if (!sample.isAnswered()) {
            continue;
        }
        m_tokens += sample.countedTokens();
        m_pieces += sample.chunks;
        addItems(sample);
        const std::optional<Nanoseconds> time = sample.timeToFirstToken();
        if (time && sample.ended) {
            m_seconds[*sample.ended / second].firstTokens.add(*time);
        }
    }
    while (
        !m_seconds.empty() && m_seconds.begin()->first < m_seconds.rbegin()->first - timeSeconds) {
        m_seconds.erase(m_seconds.begin());
    }
}

void LiveFigures::addItems(const LoadSample &sample)
{
    const std::optional<Nanoseconds> total = sample.total();
    if (sample.items > 0 && total) {
        Second &within = m_seconds[*sample.ended / second];
        within.items += sample.items;
        within.totals.add(*total);
    }
}

LiveState LiveFigures::at(Nanoseconds now) const
{
    LiveState state;
    state.began = m_all.began;
    state.answered = m_all.answered;
    state.failed = m_all.failed;
    state.running = m_all.began - m_all.answered - m_all.failed - m_all.cancelled;
    const qint64 present = std::max(now, Nanoseconds(0)) / second;
    const qint64 rateFrom = std::max(present - rateSeconds, qint64(0));
    LatencyHistogram firstTokens;
    LatencyHistogram gaps;
    LatencyHistogram totals;
    qint64 chunks = 0;
    qint64 answered = 0;
    qint64 items = 0;
    for (const auto &[at, within] : m_seconds) {
        if (at >= rateFrom && at < present) {
            chunks += within.chunks;
            answered += within.answered;
            items += within.items;
        }
        if (at >= present - timeSeconds) {
            firstTokens.add(within.firstTokens);
            gaps.add(within.gaps);
            totals.add(within.totals);
        }
    }
    if (present > rateFrom) {
        const auto seconds = double(present - rateFrom);
        const double tokensPerChunk = m_pieces > 0 ? double(m_tokens) / double(m_pieces) : 1;
        state.tokenRate = double(chunks) * tokensPerChunk / seconds;
        state.requestRate = double(answered) / seconds;
        state.itemRate = m_hasItems ? std::optional(double(items) / seconds) : std::nullopt;
    }
    state.firstTokenP50 = firstTokens.quantile(0.5);
    state.firstTokenP95 = firstTokens.quantile(0.95);
    state.firstTokenP99 = firstTokens.quantile(0.99);
    state.totalP50 = totals.quantile(0.5);
    state.totalP95 = totals.quantile(0.95);
    state.totalP99 = totals.quantile(0.99);
    state.gapP50 = gaps.quantile(0.5);
    state.gapP95 = gaps.quantile(0.95);
    state.gapP99 = gaps.quantile(0.99);
    return state;
}

} // namespace Lorikeet
