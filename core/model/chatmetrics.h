// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/chatoutcome.h"

#include <optional>

namespace Lorikeet {

/// The numbers shown for an answer. Each has this one definition, the same in chat, compare, load
/// test and `lori`; `definition()` has the wording for tooltips and help.
///
/// - TTFT: request written -> first non-empty text, reasoning or tool-call piece.
/// - first visible: request written -> first non-empty text; differs when reasoning came first.
/// - speed: (output tokens - 1) / (last token - first token); needs two tokens and a time between.
/// - output tokens: the server's usage; where it sends none the token-bearing events are counted
///   and the number is marked as an estimate.
/// - total: request written -> end of the answer.
/// - ITL: gaps between consecutive receptions of token-bearing events, p50 and p95. Where one
///   reception brings several events, those after the first have a gap of zero.
/// - TPOT: (last token - first token) / (output tokens - 1).
struct ChatMetrics
{
    std::optional<Nanoseconds> timeToFirstToken;
    std::optional<Nanoseconds> timeToFirstVisible;
    std::optional<double> tokensPerSecond;
    std::optional<qint64> outputTokens;
    bool outputTokensEstimated = false;
    std::optional<qint64> promptTokens;
    std::optional<Nanoseconds> total;
    std::optional<Nanoseconds> interTokenP50;
    std::optional<Nanoseconds> interTokenP95;
    std::optional<Nanoseconds> timePerOutputToken;

    [[nodiscard]] static ChatMetrics from(const ChatOutcome &outcome);

    friend bool operator==(const ChatMetrics &, const ChatMetrics &) = default;
};

/// The definition, in one English sentence, of "ttft", "first_visible", "speed", "output_tokens",
/// "total", "itl", "tpot" or "finish".
[[nodiscard]] QString metricDefinition(QStringView metric);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::ChatMetrics)
