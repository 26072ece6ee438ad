// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/chatmetrics.h"
#include "model/chatoutcome.h"

#include <QJsonObject>

namespace Lorikeet {

// How an answer looks in JSON that programs read: `lori chat --events`, `lori batch`. Times are
// whole nanoseconds and say so ("…_ns"); what is not known is left out.

/// Since the request was handed over, so that the phases before it was written are there too.
[[nodiscard]] QJsonObject toJson(const StreamTiming &timing);
/// By the definitions of ChatMetrics.
[[nodiscard]] QJsonObject toJson(const ChatMetrics &metrics);
/// Without anything that looks like a key.
[[nodiscard]] QJsonObject toJson(const ApiError &error);
[[nodiscard]] QJsonObject toJson(const Usage &usage, const ServerTiming &timing);

/// "usage", "timing", "metrics" and, where there are such, "status", "model", "notes" and "error":
/// what is known of an answer besides what it says.
[[nodiscard]] QJsonObject measuresToJson(const ChatOutcome &outcome);

} // namespace Lorikeet
