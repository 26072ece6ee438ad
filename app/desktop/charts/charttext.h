// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "charts/chartseries.h"

#include <optional>

namespace Lorikeet {

/// A value as it is read at one point: "1,204.5", "182 ms", "1:05", "42 %".
[[nodiscard]] QString chartText(double value, ChartUnit unit);

/// The same at an axis whose ticks are `step` apart: "1.2k".
[[nodiscard]] QString chartTickText(double value, ChartUnit unit, double step);

/// In seconds; of none a gap: not a number.
[[nodiscard]] double chartSeconds(const std::optional<Nanoseconds> &time);

/// What a series is called besides its name: A, B, …
[[nodiscard]] QString seriesLetter(int look);

} // namespace Lorikeet
