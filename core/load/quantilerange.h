// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtTypes>

#include <optional>

namespace Lorikeet {

/// Ranks of ordered samples, from 1.
struct RankRange
{
    qint64 low = 0;
    qint64 high = 0;

    friend bool operator==(const RankRange &, const RankRange &) = default;
};

/// Between which of `count` samples, ordered, the true quantile lies with at least this confidence,
/// whatever their distribution: by the binomial distribution of how many are below it. Takes
/// samples for independent. Nothing where there are too few for a bound on each side: then the
/// quantile should not be quoted. `share` and `confidence` are between 0 and 1, neither of them.
[[nodiscard]] std::optional<RankRange> quantileRange(
    qint64 count, double share, double confidence = 0.95);

/// The fewest samples of which quantileRange() tells something: 72 for the 95th percentile, 368 for
/// the 99th.
[[nodiscard]] qint64 samplesForQuantile(double share, double confidence = 0.95);

} // namespace Lorikeet
