// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/workload.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace Lorikeet {

struct LoadReport;
struct TokenCalibration;

/// What part of the tokens of first turns a server that keeps everything it reads can know of this
/// workload: its shared prefixes, and what all requests have in common (template and system
/// prompt). Nothing where that cannot be known: of traces, which share what they shared, and of
/// files whose prompts may begin alike.
[[nodiscard]] std::optional<double> explainedCacheShare(
    const LoadWorkload &workload, const TokenCalibration &calibration);

/// Whether a server knew more of the prompts than the workload explains, so that its figures are
/// better than with prompts it has not seen.
struct PrefixCacheCheck
{
    enum class Source {
        None, ///< the server does not tell
        Usage, ///< what it counted of each request of the run; of first turns
        Metrics, ///< its counters, in which others' requests are too
    };

    Source source = Source::None;
    std::optional<double> known; ///< of the prompts' tokens, from before
    std::optional<double> explained;
    QString warning; ///< a sentence or two; empty: all is as it should be, or not known

    friend bool operator==(const PrefixCacheCheck &, const PrefixCacheCheck &) = default;
};

[[nodiscard]] PrefixCacheCheck prefixCacheCheck(const LoadReport &report);

/// "source": "usage" or "metrics", "known", "explained", "warning"; what is not known is missing.
[[nodiscard]] QJsonObject toJson(const PrefixCacheCheck &check);

} // namespace Lorikeet
