// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "base/clock.h"

#include <optional>

namespace Lorikeet {

/// Whether, and after how long, a failed request is worth sending again. A value without state:
/// who asks keeps count. By default it never is, and nothing in core retries by itself; a chat
/// may cost money, and a load test must count what it sent. Never ask it after a first token was
/// seen.
struct RetryPolicy
{
    int retries = 0; ///< after the first try
    Milliseconds firstDelay{500}; ///< doubled with each try
    Milliseconds longestDelay{8'000};
    /// A server that asks for a longer wait than this is not asked again.
    Milliseconds longestRetryAfter{120'000};

    /// How long to wait after the `attempt`-th try (from 1) failed with `error`; nothing: give up.
    /// `jitter` from [0, 1) shortens a delay of our own by up to a quarter, so that many who
    /// failed together do not come back together.
    [[nodiscard]] std::optional<Milliseconds> delay(
        int attempt, const ApiError &error, double jitter) const;

    friend bool operator==(const RetryPolicy &, const RetryPolicy &) = default;
};

} // namespace Lorikeet
