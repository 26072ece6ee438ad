// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Lorikeet::Bench {

/// Measures every client `repetitions` times in turn against a stub server, and prints medians
/// beside the bars. `only`: the name of one group, or null for all. Zero if every bar is met.
int measureBars(int repetitions, const char *only);

} // namespace Lorikeet::Bench
