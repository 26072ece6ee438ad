// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Lorikeet {

struct LoadSample;
struct LoadSummary;

/// A time of a load test that has a distribution.
enum class LoadMetric {
    TimeToFirstToken,
    TimeToFirstVisible,
    InterTokenLatency,
    TimePerOutputToken,
    Total,
    PlannedToFirstToken,
    PlannedToEnd,
    Lag,
    Connection, ///< lookup, connection and TLS together, of requests that opened a connection
};

/// "ttft", "first_visible", "itl", "tpot", "e2e", "ttft_planned", "e2e_planned", "lag", "connect".
[[nodiscard]] QString toWord(LoadMetric metric);
[[nodiscard]] std::optional<LoadMetric> loadMetricFromWord(QStringView word);
[[nodiscard]] const QList<LoadMetric> &loadMetrics();
/// "TTFT", "End-to-end latency" …: it begins a sentence.
[[nodiscard]] QString shownName(LoadMetric metric);
/// That of one request; of InterTokenLatency its longest gap, and nothing of Connection.
[[nodiscard]] std::optional<Nanoseconds> timeOf(const LoadSample &sample, LoadMetric metric);

/// One limit that a service is to keep to: this share of all requests (or gaps) takes no longer.
struct LatencyLimit
{
    LoadMetric metric = LoadMetric::TimeToFirstToken;
    double share = 0.95;
    Nanoseconds limit{};

    friend bool operator==(const LatencyLimit &, const LatencyLimit &) = default;
};

/// A service-level objective. A run keeps to it if all limits hold and no more than
/// `failures` of the requests fail.
struct ServiceObjective
{
    QList<LatencyLimit> limits;
    std::optional<double> failures; ///< share of requests, 0 to 1

    [[nodiscard]] bool isEmpty() const { return limits.isEmpty() && !failures; }

    friend bool operator==(const ServiceObjective &, const ServiceObjective &) = default;
};

/// Of "ttft_p95=500ms,itl_p99=50ms,e2e_p50=2s,errors=1%". A percentile may have a fraction
/// ("p99.9"); times are in us, ms, s or min.
[[nodiscard]] Result<ServiceObjective> serviceObjectiveFrom(const QString &text);
[[nodiscard]] QString toText(const ServiceObjective &objective);

/// Whether one request was good: each of its times keeps to the limit set for it (of several
/// percentiles of one metric the loosest). Goodput counts these. For InterTokenLatency its longest
/// gap is taken. Failed ones are not good, nor are those that lack a time which they might have.
[[nodiscard]] bool isGood(const LoadSample &sample, const ServiceObjective &objective);

/// How one limit was kept to.
struct LimitVerdict
{
    QString word; ///< "ttft_p95", "errors"
    QString sentence; ///< "TTFT p95 was 612 ms; the limit is 500 ms."
    bool isKept = false;
    bool isKnown = true; ///< false: there are too few samples to rely on it

    friend bool operator==(const LimitVerdict &, const LimitVerdict &) = default;
};

/// `isWhole`: the run ended by its plan, so that what had no answer then counts as failed, and what
/// failed as slower than any limit. Else what is cancelled says nothing of the server.
[[nodiscard]] QList<LimitVerdict> verdictsOf(
    const LoadSummary &summary, const ServiceObjective &objective, bool isWhole = false);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::ServiceObjective)
