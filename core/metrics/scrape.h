// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "metrics/exposition.h"
#include "model/endpoint.h"

#include <QFuture>
#include <QList>
#include <QUrl>

namespace Lorikeet {

class ApiClient;

/// Where a server exposes its metrics: /metrics beside the version, not below it; Triton's have a
/// port of their own, 8002.
[[nodiscard]] QUrl metricsUrl(const Endpoint &endpoint);

/// What a server has counted. Fails precisely: no such route, switched off, a key is wanted, or an
/// answer that is in another form. Call it in the client's thread, where the future also ends.
///
/// The endpoint's key, headers and certificates go to its own origin alone (scheme, host and port):
/// Triton's metrics, which are at another port, are asked for without.
[[nodiscard]] QFuture<Result<QList<MetricFamily>>> fetchMetrics(
    ApiClient &client, const Target &target);

/// Likewise from any other place, such as the exporter of a GPU.
[[nodiscard]] QFuture<Result<QList<MetricFamily>>> fetchMetrics(ApiClient &client,
    const Target &target, const QUrl &url, Milliseconds timeout = std::chrono::seconds(30));

} // namespace Lorikeet
