// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadtimeline.h"

#include <algorithm>

namespace Lorikeet {

namespace {

constexpr qint64 mostGapSlices = 600;
constexpr Nanoseconds second = std::chrono::seconds(1);

template<typename T>
T &grown(std::vector<T> &slices, qint64 place)
{
    const auto index = static_cast<std::size_t>(place);
    if (index >= slices.size()) {
        slices.resize(index + 1);
    }
    return slices[index];
}

qint64 sliceOf(Nanoseconds since, Nanoseconds length)
{
    return std::max(since, Nanoseconds(0)) / length;
}

} // namespace

LoadTick &LoadTick::operator+=(const LoadTick &other)
{
    planned += other.planned;
    began += other.began;
    answered += other.answered;
    failed += other.failed;
    cancelled += other.cancelled;
    chunks += other.chunks;
    return *this;
}

LoadTick &LoadTimelinePart::at(Nanoseconds since)
{
    return m_ticks[sliceOf(since, LoadTimeline::tickLength)];
}

void LoadTimelinePart::addGap(Nanoseconds since, Nanoseconds gap, qint64 count)
{
    m_gaps[sliceOf(since, second)].add(gap, count);
}

void LoadTimelinePart::add(const LoadTimelinePart &other)
{
    for (const auto &[number, tick] : other.m_ticks) {
        m_ticks[number] += tick;
    }
    for (const auto &[number, gaps] : other.m_gaps) {
        m_gaps[number].add(gaps);
    }
}

void LoadTimeline::add(const LoadTimelinePart &part)
{
    for (const auto &[place, tick] : part.ticks()) {
        grown(m_ticks, place) += tick;
    }
    for (const auto &[place, gaps] : part.gaps()) {
        gapsAt(place * second).add(gaps);
    }
}

void LoadTimeline::add(const LoadTimeline &other)
{
    for (std::size_t i = 0; i < other.m_ticks.size(); ++i) {
        grown(m_ticks, qint64(i)) += other.m_ticks[i];
    }
    for (std::size_t i = 0; i < other.m_gaps.size(); ++i) {
        addGaps(qint64(i) * other.m_gapLength, other.m_gapLength, other.m_gaps[i]);
    }
}

void LoadTimeline::addGaps(Nanoseconds since, Nanoseconds length, const LatencyHistogram &gaps)
{
    while (m_gapLength < length) {
        coarsen();
    }
    gapsAt(since).add(gaps);
}

LoadTick LoadTimeline::sum() const
{
    LoadTick all;
    for (const LoadTick &tick : m_ticks) {
        all += tick;
    }
    return all;
}

std::vector<qint64> LoadTimeline::running() const
{
    std::vector<qint64> running;
    running.reserve(m_ticks.size());
    qint64 now = 0;
    for (const LoadTick &tick : m_ticks) {
        now += tick.began - tick.answered - tick.failed - tick.cancelled;
        running.push_back(now);
    }
    return running;
}

LatencyHistogram &LoadTimeline::gapsAt(Nanoseconds since)
{
    while (sliceOf(since, m_gapLength) >= mostGapSlices) {
        coarsen();
    }
    return grown(m_gaps, sliceOf(since, m_gapLength));
}

void LoadTimeline::coarsen()
{
    for (std::size_t i = 1; i < m_gaps.size(); i += 2) {
        m_gaps[i - 1].add(m_gaps[i]);
    }
    for (std::size_t i = 1; 2 * i < m_gaps.size(); ++i) {
        m_gaps[i] = std::move(m_gaps[2 * i]);
    }
    m_gaps.resize((m_gaps.size() + 1) / 2);
    m_gapLength *= 2;
}

} // namespace Lorikeet
