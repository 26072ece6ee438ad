// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

namespace Lorikeet::Bench {

/// Measures every client `repetitions` times in turn against a stub server, and prints medians
/// beside the bars, which are for the last of them; "epoll" is among the others. `only`: the name
/// of one group, or null for all. How many bars were missed.
int measureBars(const QStringList &clients, int repetitions, const char *only);

} // namespace Lorikeet::Bench
