// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

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
[[nodiscard]] QFuture<Result<QList<MetricFamily>>> fetchMetrics(
    ApiClient &client, const Target &target);

} // namespace Lorikeet
