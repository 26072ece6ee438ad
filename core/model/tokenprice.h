// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/chatmetrics.h"

#include <QString>

namespace Lorikeet {

/// What a model's tokens cost, as a person entered it: a million of them, read and written.
struct TokenPrice
{
    std::optional<double> prompt;
    std::optional<double> output;
    QString currency; ///< as typed: "€", "USD"

    [[nodiscard]] bool isEmpty() const { return !prompt && !output; }

    friend bool operator==(const TokenPrice &, const TokenPrice &) = default;
};

/// What an answer cost. Nothing where there is no price, or tokens that have one were not counted:
/// half a sum would pass for all of it.
[[nodiscard]] std::optional<double> costOf(const TokenPrice &price, const ChatMetrics &metrics);

} // namespace Lorikeet
