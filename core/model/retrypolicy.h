// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "base/clock.h"

#include <QMetaType>

#include <functional>
#include <optional>

namespace Lorikeet {

/// Whether, and after how long, a failed request is worth sending again: a part of an Endpoint. By
/// default it never is; a chat may cost money, and a load test must count what it sent. A stated
/// policy is the only thing in core that sends twice, carried out by ApiClient::chat(), the tasks
/// and ModelClient: nobody else may ask again by himself. Never ask it once an answer has begun.
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

/// A try failed and another follows: "2nd try in 12 s".
struct Retry
{
    int next = 2; ///< which try is to come
    int most = 2; ///< how many there will be at most
    Milliseconds wait{}; ///< between the two
    TimePoint due; ///< when it is sent
    ApiError error; ///< of the try before

    friend bool operator==(const Retry &, const Retry &) = default;
};

/// Called when a try failed, before the wait for the next.
using RetryNotice = std::function<void(const Retry &retry)>;

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::Retry)
