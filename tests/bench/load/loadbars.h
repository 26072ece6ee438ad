// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Lorikeet::Bench {

/// The bars of a load test that no bare client has: many streams at once, the best of other load
/// testers, and how true it is. `only`: the name of one group, or null for all. How many were
/// missed.
int measureLoadBars(int repetitions, const char *only);

} // namespace Lorikeet::Bench
