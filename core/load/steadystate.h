// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadtimeline.h"

#include <QString>

#include <optional>

namespace Lorikeet {

/// The stretch of a run in which neither its load nor what came of it changed, found from the
/// timeline alone: without the ramp at the beginning, the drain at the end, and what is on the
/// other side of a step. core/load/README.md says how. Its ends are marks for a person to move.
struct SteadyState
{
    LoadWindow window; ///< where it was looked for if there is none
    bool isFound = false;
    /// Why there is none, in a sentence; empty: there is one.
    QString problem;

    // Averages over the window.
    double pieceRate = 0; ///< pieces with tokens in them, a second
    double answerRate = 0; ///< a second
    double running = 0; ///< requests under way

    friend bool operator==(const SteadyState &, const SteadyState &) = default;
};

[[nodiscard]] SteadyState steadyStateOf(const LoadTimeline &timeline);

/// The start burst: from the origin until as many requests were under way as are so in the steady
/// state (or, where there is none, on average while requests were sent). What was due then found
/// the server emptier than any later request, and maybe many others at the same instant.
[[nodiscard]] LoadWindow startBurstOf(const LoadTimeline &timeline, const SteadyState &steady);

} // namespace Lorikeet
