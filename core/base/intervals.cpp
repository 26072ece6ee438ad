// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/intervals.h"

#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

using namespace Qt::StringLiterals;

namespace Lorikeet {

QJsonValue toJson(const std::optional<Interval> &interval)
{
    return interval ? QJsonValue(QJsonObject{{u"value"_s, interval->value},
                          {u"low"_s, interval->low}, {u"high"_s, interval->high}})
                    : QJsonValue();
}

std::optional<Interval> wilson(qint64 some, qint64 all)
{
    if (all < 1) {
        return std::nullopt;
    }
    constexpr double z = 1.959963984540054; // of 95 %
    const double n = double(all);
    const double share = double(some) / n;
    const double scale = 1 + (z * z / n);
    const double centre = (share + (z * z / (2 * n))) / scale;
    const double half = z / scale * std::sqrt((share * (1 - share) / n) + (z * z / (4 * n * n)));
    return Interval{.value = share,
        .low = some == 0 ? 0.0 : std::max(0.0, centre - half),
        .high = some == all ? 1.0 : std::min(1.0, centre + half)};
}

std::optional<Interval> bootstrappedMean(const QList<QList<double>> &groups)
{
    struct Sum
    {
        double sum = 0;
        double count = 0;
    };

    std::vector<Sum> sums;
    Sum all;
    for (const QList<double> &group : groups) {
        if (!group.isEmpty()) {
            const double sum = std::accumulate(group.begin(), group.end(), 0.0);
            sums.push_back({.sum = sum, .count = double(group.size())});
            all.sum += sum;
            all.count += double(group.size());
        }
    }
    if (sums.empty()) {
        return std::nullopt;
    }
    constexpr int draws = 2000;
    std::mt19937 random(1); // the same figures each time they are looked at
    std::vector<double> means;
    means.reserve(draws);
    for (int draw = 0; draw < draws; ++draw) {
        Sum drawn;
        for (size_t i = 0; i < sums.size(); ++i) {
            const Sum &one = sums[random() % sums.size()];
            drawn.sum += one.sum;
            drawn.count += one.count;
        }
        means.push_back(drawn.sum / drawn.count);
    }
    std::ranges::sort(means);
    return Interval{.value = all.sum / all.count,
        .low = means[size_t(draws * 0.025)],
        .high = means[size_t(draws * 0.975) - 1]};
}

} // namespace Lorikeet
