// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/retrypolicy.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Failures that another try may not meet. The statuses are those that the official clients of
/// OpenAI and Anthropic retry: 408, 409, 429, and all from 500 on.
bool mayPass(const ApiError &error)
{
    if (error.code == "insufficient_quota"_L1) {
        return false;
    }
    if (error.mayRetry) {
        return *error.mayRetry;
    }
    switch (error.kind) {
    case ApiError::Kind::Refused:
    case ApiError::Kind::Unreachable:
    case ApiError::Kind::ConnectTimeout:
    case ApiError::Kind::FirstTokenTimeout:
    case ApiError::Kind::RateLimited:
    case ApiError::Kind::Unavailable:
    case ApiError::Kind::Server:
        return true;
    default:
        return error.httpStatus == 408 || error.httpStatus == 409;
    }
}

} // namespace

std::optional<Milliseconds> RetryPolicy::delay(
    int attempt, const ApiError &error, double jitter) const
{
    if (attempt > retries || !mayPass(error)) {
        return std::nullopt;
    }
    if (error.retryAfter) {
        return *error.retryAfter <= longestRetryAfter ? error.retryAfter : std::nullopt;
    }
    const double doubled = double(firstDelay.count()) * std::pow(2.0, attempt - 1);
    const double capped = std::min(doubled, double(longestDelay.count()));
    return Milliseconds(std::llround(capped * (1.0 - jitter / 4.0)));
}

} // namespace Lorikeet
