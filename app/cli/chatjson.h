// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/chatoutcome.h"
#include "model/retrypolicy.h"

#include <QJsonObject>

namespace Lorikeet {

/// The last line of `lori chat --events`: how the answer ended, with usage, finish reason and
/// timing.
[[nodiscard]] QJsonObject endToJson(const ChatOutcome &outcome);

/// A line of `lori chat --events`: a try failed and another follows.
[[nodiscard]] QJsonObject retryToJson(const Retry &retry);

/// The numbers of ChatMetrics as one line for a person.
[[nodiscard]] QString metricsLine(const ChatOutcome &outcome);

} // namespace Lorikeet
