// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tokenprice.h"

namespace Lorikeet {

namespace {

constexpr double priced = 1'000'000; // tokens

} // namespace

std::optional<double> costOf(const TokenPrice &price, const ChatMetrics &metrics)
{
    const bool lacksPrompt = price.prompt && *price.prompt > 0 && !metrics.promptTokens;
    const bool lacksOutput = price.output && *price.output > 0 && !metrics.outputTokens;
    if (price.isEmpty() || lacksPrompt || lacksOutput) {
        return std::nullopt;
    }
    return (price.prompt.value_or(0) * double(metrics.promptTokens.value_or(0))
               + price.output.value_or(0) * double(metrics.outputTokens.value_or(0)))
        / priced;
}

} // namespace Lorikeet
