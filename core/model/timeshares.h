// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/streamevent.h"

#include <optional>

namespace Lorikeet {

/// An answer's time as both sides know it.
struct TimeShares
{
    Nanoseconds server; ///< what the server says it worked: loading, prefill and decoding
    std::optional<Nanoseconds> queue; ///< waiting, where the server tells
    /// The client's total less `server`: network and queue. Absent where the client has no total,
    /// or the server claims more than that: its clock then measures something else.
    std::optional<Nanoseconds> difference;

    friend bool operator==(const TimeShares &, const TimeShares &) = default;
};

/// `total` is ChatMetrics::total. Nothing where the server told no times of its work.
[[nodiscard]] std::optional<TimeShares> shareTimes(
    const ServerTiming &timing, const std::optional<Nanoseconds> &total);

} // namespace Lorikeet
