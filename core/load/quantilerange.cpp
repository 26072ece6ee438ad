// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/quantilerange.h"

#include <algorithm>
#include <cmath>

namespace Lorikeet {

namespace {

/// Beyond what sums and logarithms are off by.
constexpr double rounding = 1e-9;

/// The probability that exactly `some` of `count` are below the quantile.
double binomial(qint64 count, qint64 some, double share)
{
    const auto n = double(count);
    const auto k = double(some);
    return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1)
        + k * std::log(share) + (n - k) * std::log1p(-share));
}

} // namespace

std::optional<RankRange> quantileRange(qint64 count, double share, double confidence)
{
    const double aside = (1 - confidence) / 2 * (1 + rounding);
    // The quantile is below the sample of rank `low` with the probability that fewer than `low` are
    // below the quantile, and likewise above. All that matters is within some deviations.
    const double mean = double(count) * share;
    const double reach = 12 * std::sqrt(mean * (1 - share)) + 40;
    const qint64 first = std::max(qint64(0), qint64(mean - reach));
    const qint64 last = std::min(count, qint64(mean + reach));
    qint64 low = 0;
    double below = 0;
    for (qint64 some = first; some <= last; ++some) {
        below += binomial(count, some, share);
        if (below > aside) {
            low = some; // P(fewer than `some`) is still within
            break;
        }
    }
    qint64 high = count + 1;
    double above = 0;
    for (qint64 some = last; some >= first; --some) {
        above += binomial(count, some, share);
        if (above > aside) {
            high = some + 1;
            break;
        }
    }
    return low >= 1 && high <= count ? std::optional(RankRange{low, high}) : std::nullopt;
}

qint64 samplesForQuantile(double share, double confidence)
{
    // All on one side of it are as likely as the share to that power.
    const double aside = (1 - confidence) / 2;
    const double rarer = std::max(share, 1 - share);
    return std::max(
        qint64(1), qint64(std::ceil(std::log(aside) / std::log(rarer) * (1 - rounding))));
}

} // namespace Lorikeet
