// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "load/loadsummary.h"
#include "load/loadtimeline.h"

#include <QJsonObject>
#include <QString>

namespace Lorikeet {

// The parts of a report that are numbers, as its JSON has them (see README.md, “Reports”). What is
// read may be anybody's: `place` begins the sentences of what is wrong with it.

/// "figures" alone: requests, rates and times by their metric, null where they are not known.
[[nodiscard]] QJsonObject figuresOf(const LoadSummary &summary);

[[nodiscard]] QJsonObject toJson(const LoadSummary &summary);
[[nodiscard]] Result<LoadSummary> summaryFrom(const QJsonObject &object, const QString &place);

[[nodiscard]] QJsonObject toJson(const LoadTimeline &timeline);
[[nodiscard]] Result<LoadTimeline> timelineFrom(const QJsonObject &object, const QString &place);

/// As LatencyHistogram::toJson() writes it.
[[nodiscard]] Result<LatencyHistogram> histogramFrom(
    const QJsonObject &object, const QString &place);

} // namespace Lorikeet
