// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Lorikeet::Bench {

struct Soak
{
    QString simulator; ///< the program lori-sim
    int minutes = 20;
    int streams = 200;
};

/// A load test that goes on for long, against a simulator in a process of its own. Prints a line a
/// minute, and at the end whether memory stayed within 5 % of what it was after the first minute
/// and whether the reported latencies drifted. Zero if all is well.
int soak(const Soak &soak);

} // namespace Lorikeet::Bench
