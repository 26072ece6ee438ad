// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "load/latencyhistogram.h"
#include "load/loadsample.h"
#include "load/serviceobjective.h"

#include <QJsonArray>
#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace Lorikeet {

/// How well a percentile is to be known before a run may end.
struct PrecisionGoal
{
    LoadMetric metric = LoadMetric::TimeToFirstToken;
    double share = 0.95;
    double within = 0.05; ///< half the interval's width, as a part of the percentile

    friend bool operator==(const PrecisionGoal &, const PrecisionGoal &) = default;
};

/// Of "ttft_p95=±5%,e2e_p50=±2%"; the sign may be missing. Gaps between tokens (itl) cannot be
/// waited for: those of one answer depend on each other, so that no interval of theirs holds.
[[nodiscard]] Result<QList<PrecisionGoal>> precisionGoalsFrom(const QString &text);
[[nodiscard]] QString toText(const QList<PrecisionGoal> &goals);

/// What is known of a percentile that a run waited for, as it was looked at last.
struct PrecisionReached
{
    PrecisionGoal goal;
    qint64 count = 0; ///< samples
    int looks = 0; ///< so far
    double confidence = 0; ///< of the last one's interval
    Nanoseconds value{};
    std::optional<std::pair<Nanoseconds, Nanoseconds>> range; ///< nothing: too few samples for one
    bool isReached = false;

    /// Half the interval's width, as a part of the percentile.
    [[nodiscard]] std::optional<double> within() const;
    /// "TTFT p95 is 182 ms ± 4.2 % after 412 answers; ± 5 % were asked for."
    [[nodiscard]] QString sentence() const;

    friend bool operator==(const PrecisionReached &, const PrecisionReached &) = default;
};

[[nodiscard]] QJsonArray toJson(const QList<PrecisionReached> &reached);
[[nodiscard]] Result<QList<PrecisionReached>> precisionFrom(const QJsonArray &array);

/// Looks at growing numbers of samples whether percentiles are known well enough. Whoever looks
/// often, and stops when he likes what he sees, sees a narrow interval by chance; so the k-th look
/// uses an interval of the confidence 1 − 0.05 × 6/(π²k²). All looks together are then wrong in at
/// most 5 % of all runs, and so is the one that ends a run.
class PrecisionWatch final
{
public:
    /// Nothing is said of fewer samples than `least`.
    PrecisionWatch(const QList<PrecisionGoal> &goals, qint64 least);

    void add(const LoadSample &sample);
    /// Whether all goals are reached. Call it as often as one likes: it looks only once there are a
    /// quarter more samples than at the last look.
    [[nodiscard]] bool isReached();

    [[nodiscard]] const QList<PrecisionReached> &reached() const { return m_reached; }

private:
    void look(PrecisionReached &reached, const LatencyHistogram &times);

    qint64 m_least;
    QList<PrecisionReached> m_reached;
    QList<LatencyHistogram> m_times; ///< of each goal
};

} // namespace Lorikeet
