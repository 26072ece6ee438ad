// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadhealth.h"
#include "load/loadplan.h"
#include "load/loadsummary.h"

#include <QList>
#include <QString>

#include <optional>

namespace Lorikeet {

/// Load tests one after the other, each with more load, until the server gives no more, and then
/// closer to where that was.
struct SweepPlan
{
    LoadBlock::Kind kind = LoadBlock::Kind::Users; ///< what grows: users, or requests a second
    ArrivalProcess arrival; ///< of a rate
    double from = 1;
    double most = 1024;
    Nanoseconds stage = std::chrono::seconds(10); ///< how long each load is held, warm-up included
    Nanoseconds warmUp = std::chrono::seconds(2); ///< of each stage
    int refinements = 4; ///< stages at most after the first that was too much

    friend bool operator==(const SweepPlan &, const SweepPlan &) = default;
};

/// What makes it unusable, in a sentence; empty: nothing.
[[nodiscard]] QString problemOf(const SweepPlan &sweep);

/// One stage.
struct SweepPoint
{
    double load = 0; ///< users or requests a second
    LoadSummary summary;
    LoadHealth health;
    bool keepsObjective = true; ///< also where there is none

    friend bool operator==(const SweepPoint &, const SweepPoint &) = default;
};

/// The plan of a stage: `base` with this load, and a seed of its own, so that its prompts are new
/// to the server.
[[nodiscard]] LoadPlan stagePlan(
    const LoadPlan &base, const SweepPlan &sweep, double load, int stage);

/// Which load to try next after these, in the order in which they were tried; nothing: all is
/// known. Doubled, until the server gives less than a tenth more for it, or falls behind a rate by
/// a twentieth, or breaks its objective; then halfway between what was borne and what was not.
[[nodiscard]] std::optional<double> nextLoad(
    const SweepPlan &sweep, const QList<SweepPoint> &tried);

/// What a sweep has found.
struct SweepFinding
{
    /// Where the straight line of light load meets the most that was given: more load than that
    /// only makes requests wait. Nothing where it was not reached.
    std::optional<double> knee;
    std::optional<double> mostTokens; ///< a second
    std::optional<double> mostRequests; ///< a second
    std::optional<double> holds; ///< the greatest load that kept to the objective and was borne
    std::optional<double> breaks; ///< the least that did not
    QString sentence; ///< all that in words

    friend bool operator==(const SweepFinding &, const SweepFinding &) = default;
};

[[nodiscard]] SweepFinding findingOf(const SweepPlan &sweep, const QList<SweepPoint> &tried);

} // namespace Lorikeet
