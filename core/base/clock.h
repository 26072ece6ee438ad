// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cmath>

namespace Lorikeet {

/// The one clock for everything that is measured: monotonic, never the time of day.
using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;
using Nanoseconds = std::chrono::nanoseconds;
using Milliseconds = std::chrono::milliseconds;

/// For what is reckoned with or shown; what is measured stays in Nanoseconds.
[[nodiscard]] constexpr double toSeconds(Nanoseconds time) { return double(time.count()) / 1e9; }

[[nodiscard]] constexpr double toMilliseconds(Nanoseconds time)
{
    return double(time.count()) / 1e6;
}

/// Rounded; seconds within what Nanoseconds hold, 292 years.
[[nodiscard]] inline Nanoseconds fromSeconds(double seconds)
{
    return Nanoseconds(std::llround(seconds * 1e9));
}

} // namespace Lorikeet
