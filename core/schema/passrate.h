// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/intervals.h"

#include <optional>

namespace Lorikeet {

/// How many answers keep to their schema, of those that were asked the same.
struct PassRate
{
    int passed = 0;
    int checked = 0;
    int failed = 0; ///< requests, which are none of the answers

    /// With its 95 % interval; nothing where nothing was checked.
    [[nodiscard]] std::optional<Interval> share() const { return wilson(passed, checked); }

    friend bool operator==(const PassRate &, const PassRate &) = default;
};

} // namespace Lorikeet
