// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonValue>
#include <QList>

#include <optional>

namespace Lorikeet {

/// A figure with its 95 % interval.
struct Interval
{
    double value = 0;
    double low = 0;
    double high = 0;

    friend bool operator==(const Interval &, const Interval &) = default;
};

/// An object of the three; null where there is none.
[[nodiscard]] QJsonValue toJson(const std::optional<Interval> &interval);

/// A share of `all` by Wilson's score interval: also near 0 and 1, and of few, it says how little
/// is known. Nothing of none. Takes answers for independent.
[[nodiscard]] std::optional<Interval> wilson(qint64 some, qint64 all);

/// The mean of all values, with the percentile interval of 2000 bootstrap samples. Groups are drawn
/// whole, since answers to one prompt are alike. The same values give the same interval. Nothing
/// without values; where there is one group only, the interval is its mean alone.
[[nodiscard]] std::optional<Interval> bootstrappedMean(const QList<QList<double>> &groups);

} // namespace Lorikeet
