// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/latencyhistogram.h"
#include "load/loadsample.h"
#include "load/loadtask.h"

#include <QList>

#include <optional>
#include <vector>

namespace Lorikeet {

/// What some of a mix's adapters came to over the time of a run. A value, of as little memory for a
/// long run as for a short one; for any thread, one at a time.
class ChoiceTimeline final
{
public:
    /// Of adapters; the lines of more could not be told apart.
    static constexpr std::size_t mostLines = 6;

    /// Answers that ended in a stretch of time. All moments count from the origin of the run.
    struct Slice
    {
        Nanoseconds middle{};
        /// Of chats their time to first token, of what is answered whole that to its end; nothing
        /// where none ended.
        std::optional<Nanoseconds> median;
        double tokens = 0; ///< of the output, a second
    };

    ChoiceTimeline() = default;
    /// Of the mix's entries at these places.
    ChoiceTimeline(LoadTask::Kind task, const std::vector<int> &places);

    /// The places of those with the greatest shares, mostLines at most, ascending; of equal ones
    /// those that come first.
    [[nodiscard]] static std::vector<int> greatest(const QList<double> &shares);

    /// Those that were answered; others are left out.
    void add(const LoadSamples &samples);

    [[nodiscard]] std::vector<int> places() const;

    /// Of the entry at that place, one of places(), up to `end`. Slices are a second, doubled each
    /// time there would be more than 38; all entries have the same. A last one that is less than
    /// half over is left out.
    [[nodiscard]] std::vector<Slice> slicesOf(int place, Nanoseconds end) const;

private:
    struct Cell
    {
        LatencyHistogram times;
        double tokens = 0;
    };

    struct Line
    {
        int place = 0;
        std::vector<Cell> cells;
    };

    [[nodiscard]] Line *lineOf(int place);
    void coarsen();

    LoadTask::Kind m_task = LoadTask::Kind::Chat;
    std::vector<Line> m_lines; ///< ascending by place
    Nanoseconds m_length = std::chrono::seconds(1); ///< of a cell
};

} // namespace Lorikeet
