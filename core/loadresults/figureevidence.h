// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/intervals.h"
#include "base/random.h"
#include "load/latencyhistogram.h"

#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace Lorikeet {

// What is known of a figure beyond its value: what a difference is held against to tell it from
// chance. README.md has the methods in words.

/// Times, of which the figure is the mean or a percentile.
struct TimesEvidence
{
    /// By blocks of time of equal length, in their order; one alone: nothing is known of when, and
    /// they are taken for independent.
    std::vector<LatencyHistogram> blocks;
    std::optional<double> share; ///< 0.95; nothing: the mean
    /// Several are of one request, as gaps between tokens are: without blocks nothing tells what is
    /// chance.
    bool areDependent = false;
};

/// Events, or tokens, a second.
struct RateEvidence
{
    std::vector<double> blocks; ///< the rate within each block of time of equal length
};

/// So many of so many.
struct ShareEvidence
{
    qint64 some = 0;
    qint64 all = 0;
};

/// A mean of which a file tells no more than this.
struct MeanEvidence
{
    double deviation = 0; ///< standard deviation of one
    qint64 count = 0;
};

using FigureEvidence
    = std::variant<std::monostate, TimesEvidence, RateEvidence, ShareEvidence, MeanEvidence>;

/// How a difference was tested.
enum class TestMethod {
    None, ///< it could not be
    Blocks, ///< bootstrap over blocks of time
    Ranks, ///< percentiles by the ranks of independent samples, means by their standard error
    Means, ///< Welch's test of means
    Shares, ///< Newcombe's interval, Fisher's exact test
};

/// "blocks", "ranks", "means", "shares"; empty for None.
[[nodiscard]] QString toWord(TestMethod method);

/// A difference of two figures, and how much of it may be chance.
struct TestedDifference
{
    TestMethod method = TestMethod::None;
    std::optional<Interval> interval; ///< of `second` − `first`, 95 %
    std::optional<double> p; ///< how often chance alone gives as much, both ways; 0 to 1
};

/// The fewest blocks of time that are drawn from.
constexpr int fewestBlocks = 10;

/// The value the evidence stands for; nothing where it has none of its own.
[[nodiscard]] std::optional<double> valueOf(const FigureEvidence &evidence);

/// Of evidence of one kind on both sides. The same evidence gives the same answer. `values` are
/// the figures themselves.
[[nodiscard]] TestedDifference testedDifference(
    const FigureEvidence &first, const FigureEvidence &second, std::pair<double, double> values);

/// Holm's correction: each p as it counts among all of them.
[[nodiscard]] std::vector<double> adjusted(const std::vector<double> &p);

} // namespace Lorikeet
