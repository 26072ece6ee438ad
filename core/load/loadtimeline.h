// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "load/latencyhistogram.h"

#include <map>
#include <vector>

namespace Lorikeet {

/// What happened in one slice of a run's time.
struct LoadTick
{
    qint64 planned = 0; ///< requests that were due
    qint64 began = 0;
    qint64 answered = 0;
    qint64 failed = 0; ///< without those that were cancelled
    qint64 cancelled = 0;
    qint64 chunks = 0; ///< pieces with tokens in them, as they arrived

    LoadTick &operator+=(const LoadTick &other);

    friend bool operator==(const LoadTick &, const LoadTick &) = default;
};

/// Parts of a timeline, those in which something happened: what a thread tells of the moments since
/// it last told. A value.
///
/// Gaps between tokens are here and not with the samples: there are hundreds of them to a request.
class LoadTimelinePart final
{
public:
    /// Moments before the origin count as the origin.
    [[nodiscard]] LoadTick &at(Nanoseconds since);
    void addGap(Nanoseconds since, Nanoseconds gap, qint64 count = 1);
    void add(const LoadTimelinePart &other);

    [[nodiscard]] bool isEmpty() const { return m_ticks.empty() && m_gaps.empty(); }

    [[nodiscard]] const std::map<qint64, LoadTick> &ticks() const { return m_ticks; }

    [[nodiscard]] const std::map<qint64, LatencyHistogram> &gaps() const { return m_gaps; }

private:
    std::map<qint64, LoadTick> m_ticks; ///< by their number
    std::map<qint64, LatencyHistogram> m_gaps; ///< by full seconds
};

/// A run as it went on, in slices of equal length from its origin. Timelines of parts of a run add
/// up to that of the whole. A value; for any thread, one at a time.
class LoadTimeline final
{
public:
    static constexpr Nanoseconds tickLength = Milliseconds(100);

    [[nodiscard]] const std::vector<LoadTick> &ticks() const { return m_ticks; }

    /// Gaps between tokens, by the slice of gapLength() in which the later one arrived.
    [[nodiscard]] const std::vector<LatencyHistogram> &gaps() const { return m_gaps; }

    /// A second, doubled each time there would be more than a few hundred slices: each is a
    /// histogram, and a run of a day is to take no more memory than one of ten minutes.
    [[nodiscard]] Nanoseconds gapLength() const { return m_gapLength; }

    void add(const LoadTimelinePart &part);
    void add(const LoadTimeline &other);
    /// Of a slice of this length that begins there; both as gapLength() may be.
    void addGaps(Nanoseconds since, Nanoseconds length, const LatencyHistogram &gaps);

    /// All slices together.
    [[nodiscard]] LoadTick sum() const;

    /// Requests under way at the end of each tick.
    [[nodiscard]] std::vector<qint64> running() const;

    friend bool operator==(const LoadTimeline &, const LoadTimeline &) = default;

private:
    [[nodiscard]] LatencyHistogram &gapsAt(Nanoseconds since);
    void coarsen();

    std::vector<LoadTick> m_ticks;
    std::vector<LatencyHistogram> m_gaps;
    Nanoseconds m_gapLength = std::chrono::seconds(1);
};

/// A stretch of a run: from `from` up to but not `to`, since the origin.
struct LoadWindow
{
    Nanoseconds from{};
    Nanoseconds to{};

    [[nodiscard]] Nanoseconds length() const { return to - from; }

    [[nodiscard]] bool contains(Nanoseconds since) const { return from <= since && since < to; }

    friend bool operator==(const LoadWindow &, const LoadWindow &) = default;
};

} // namespace Lorikeet
