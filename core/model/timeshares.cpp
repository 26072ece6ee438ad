// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/timeshares.h"

namespace Lorikeet {

namespace {

/// The parts are preferred to the total: some servers count their queue in that, some do not.
std::optional<Nanoseconds> workOf(const ServerTiming &timing)
{
    if (timing.prompt || timing.generation) {
        return timing.load.value_or(Nanoseconds(0)) + timing.prompt.value_or(Nanoseconds(0))
            + timing.generation.value_or(Nanoseconds(0));
    }
    if (timing.total) {
        return *timing.total - timing.queue.value_or(Nanoseconds(0));
    }
    return std::nullopt;
}

} // namespace

std::optional<TimeShares> shareTimes(
    const ServerTiming &timing, const std::optional<Nanoseconds> &total)
{
    const std::optional<Nanoseconds> work = workOf(timing);
    if (!work || work->count() < 0) {
        return std::nullopt;
    }
    TimeShares shares{.server = *work, .queue = timing.queue, .difference = {}};
    if (total && *total >= *work) {
        shares.difference = *total - *work;
    }
    return shares;
}

} // namespace Lorikeet
