// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/latencyhistogram.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace Lorikeet {

/// What files of other tools have of a time, in seconds. Of none all is 0.
struct TimeStatistics
{
    double mean = 0;
    double deviation = 0; ///< of all of them, not of a sample
    double least = 0;
    double greatest = 0;
    std::vector<double> values; ///< in order; of a histogram empty
    LatencyHistogram times;

    /// Of values, between two of them by distance, as NumPy has it; of a histogram by rank.
    [[nodiscard]] double quantile(double share) const
    {
        if (values.empty()) {
            return toSeconds(times.quantile(share).value_or(Nanoseconds(0)));
        }
        const double place = share * double(values.size() - 1);
        const auto below = size_t(place);
        const size_t above = std::min(below + 1, values.size() - 1);
        return values[below] + (place - double(below)) * (values[above] - values[below]);
    }

    [[nodiscard]] bool isEmpty() const { return values.empty() && times.isEmpty(); }

    [[nodiscard]] static TimeStatistics of(std::vector<double> values)
    {
        TimeStatistics statistics;
        if (values.empty()) {
            return statistics;
        }
        std::ranges::sort(values);
        const auto count = double(values.size());
        statistics.mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
        for (const double value : values) {
            statistics.deviation += (value - statistics.mean) * (value - statistics.mean) / count;
        }
        statistics.deviation = std::sqrt(statistics.deviation);
        statistics.least = values.front();
        statistics.greatest = values.back();
        statistics.values = std::move(values);
        return statistics;
    }

    [[nodiscard]] static TimeStatistics of(const LatencyHistogram &times)
    {
        TimeStatistics statistics{.mean = toSeconds(times.mean().value_or(Nanoseconds(0))),
            .least = toSeconds(times.least()),
            .greatest = toSeconds(times.greatest()),
            .values = {},
            .times = times};
        for (const LatencyHistogram::Slot &slot : times.filled()) {
            const double distance = toSeconds((slot.from + slot.to) / 2) - statistics.mean;
            statistics.deviation
                += distance * distance * double(slot.count) / double(times.count());
        }
        statistics.deviation = std::sqrt(statistics.deviation);
        return statistics;
    }
};

} // namespace Lorikeet
