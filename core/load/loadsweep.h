// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadhealth.h"
#include "load/loadplan.h"
#include "load/loadsummary.h"

#include <QList>
#include <QString>
#include <QStringList>

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
    int refinements = 4; ///< loads at most in between, after the first that was too much
    /// How often at most the greatest load that held and the least that did not are run, the first
    /// time included, each time with a seed of its own. A load holds if more than half of so many
    /// runs do. It is run no more as soon as those that are left cannot change that: of three, once
    /// two agree.
    int repeats = 1;

    friend bool operator==(const SweepPlan &, const SweepPlan &) = default;
};

/// What repeats is where nobody has said it of a new search.
inline constexpr int usualRepeats = 3;
inline constexpr int mostRepeats = 99;

/// How much load that is, in few digits: "8", "37.5", "0.25", "10000".
[[nodiscard]] QString loadText(double load);
/// "1 user", "8 users", "37.5 requests/s".
[[nodiscard]] QString loadText(LoadBlock::Kind kind, double load);

/// What makes it unusable, in a sentence; empty: nothing.
[[nodiscard]] QString problemOf(const SweepPlan &sweep);

/// One stage. One load has several where it is run again.
struct SweepPoint
{
    double load = 0; ///< users or requests a second
    LoadSummary summary;
    LoadHealth health;
    bool keepsObjective = true; ///< also where there is none
    QStringList broken = {}; ///< words of the limits that it did not keep to ("ttft_p95")
    int stage = 0; ///< its place among all stages, also those that are no points

    friend bool operator==(const SweepPoint &, const SweepPoint &) = default;
};

/// The plan of a stage: `base` with this load, and a seed of its own, so that its prompts are new
/// to the server.
[[nodiscard]] LoadPlan stagePlan(
    const LoadPlan &base, const SweepPlan &sweep, double load, int stage);
/// The same after those that were tried: as long as stageLength() says.
[[nodiscard]] LoadPlan stagePlan(
    const LoadPlan &base, const SweepPlan &sweep, double load, const QList<SweepPoint> &tried);

/// How long the next stage is held: longer than planned once a stage was too short for an answer to
/// end within its window, so that some do.
[[nodiscard]] Nanoseconds stageLength(const SweepPlan &sweep, const QList<SweepPoint> &tried);

/// The same from what is known beforehand of how long an answer takes; nothing: as planned.
[[nodiscard]] Nanoseconds stageLength(
    const SweepPlan &sweep, const std::optional<Nanoseconds> &answer);

/// Which load to try next after these, in the order in which they were tried; nothing: all is
/// known. Doubled, until the server gives less than a tenth more for it, or falls behind a rate by
/// a twentieth, or breaks its objective; then halfway between what was borne and what was not;
/// then, as SweepPlan::repeats says, those two again. Where that changes which two they are, the
/// search goes on from there. The last one again where its stage was too short for it; then the
/// earlier one counts for nothing.
[[nodiscard]] std::optional<double> nextLoad(
    const SweepPlan &sweep, const QList<SweepPoint> &tried);

/// How the runs of one load agree.
struct SweepRuns
{
    int agreed = 0; ///< with what is said of the load
    int of = 0;

    friend bool operator==(const SweepRuns &, const SweepRuns &) = default;
};

/// "2 of 3 times", "once".
[[nodiscard]] QString toText(const SweepRuns &runs);

/// What a sweep has found.
struct SweepFinding
{
    /// Where the straight line of light load meets the most that was given: more load than that
    /// only makes requests wait. Nothing where it was not reached.
    std::optional<double> knee;
    std::optional<double> mostTokens; ///< a second
    std::optional<double> mostItems; ///< texts or documents a second; nothing of chats
    std::optional<double> mostRequests; ///< a second
    std::optional<double> holds; ///< the greatest load that kept to the objective and was borne
    SweepRuns heldRuns; ///< of `holds`
    std::optional<double> breaks; ///< the least that did not
    SweepRuns brokenRuns; ///< of `breaks`
    /// The limit that most of these broke, "TTFT p95"; empty: none, the server gave no more.
    QString brokenBy;
    QString fullness; ///< whether the server was full, and of what, in a sentence
    QString sentence; ///< all that in words

    friend bool operator==(const SweepFinding &, const SweepFinding &) = default;
};

[[nodiscard]] SweepFinding findingOf(const SweepPlan &sweep, const QList<SweepPoint> &tried);

/// The words of those that were not kept, for SweepPoint::broken.
[[nodiscard]] QStringList brokenOf(const QList<LimitVerdict> &verdicts);

} // namespace Lorikeet
