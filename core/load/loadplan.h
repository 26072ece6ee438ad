// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "load/loadcurve.h"
#include "load/precision.h"
#include "load/serviceobjective.h"
#include "model/tokenprice.h"

#include <QJsonObject>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Lorikeet {

/// A part of a plan, for several machines that run it together: the arrivals whose place in the
/// schedule, from 0, leaves this rest when divided by `count`, and the users likewise.
struct LoadShard
{
    int index = 0; ///< from 0
    int count = 1;

    friend bool operator==(const LoadShard &, const LoadShard &) = default;
};

/// What ends a run before its curve does.
struct LoadStops
{
    std::optional<qint64> requests; ///< once so many were sent, of all shards together
    /// Once more than this share of the last hundred failed (0 to 1).
    std::optional<double> failures;
    /// Once all of these are known so well, by the answers to requests due after the warm-up. Those
    /// under way are then waited for.
    QList<PrecisionGoal> precision = {};
    qint64 precisionLeast = 0; ///< and not before so many answers

    friend bool operator==(const LoadStops &, const LoadStops &) = default;
};

/// What a run never goes over, so that a slip of the keyboard costs nobody a fortune.
struct LoadCeiling
{
    /// At once, in all threads of this process. What an open loop would send beyond it waits, and
    /// its lag tells.
    int concurrency = 10'000;
    qint64 requests = 1'000'000; ///< of this process
    /// In the currency of LoadPlan::price, without which it says nothing; of all shards, each of
    /// which may take its part. Nothing: none.
    std::optional<double> cost = {};
    /// A person said that it is to hold at servers elsewhere too; see ceilingAt().
    bool holdsElsewhere = false;

    friend bool operator==(const LoadCeiling &, const LoadCeiling &) = default;
};

/// What has been taken of a ceiling already.
struct LoadSpent
{
    qint64 requests = 0;
    double cost = 0;

    friend bool operator==(const LoadSpent &, const LoadSpent &) = default;
};

/// How a load test goes on in time. What it asks is a LoadSource. A value, from which the same
/// requests are due at the same times in every run.
struct LoadPlan
{
    /// Empty: the source is a trace and says when its conversations begin.
    LoadCurve curve;
    quint64 seed = 0;
    Nanoseconds warmUp{}; ///< from the origin; not part of the figures
    Nanoseconds coolDown{}; ///< before the curve's end; likewise
    /// After the curve's end no conversation begins. What is under way has so long to end, then it
    /// is cancelled.
    Nanoseconds grace = std::chrono::seconds(30);
    /// A gap between tokens beyond this is a stall.
    Nanoseconds stallThreshold = std::chrono::seconds(1);
    LoadStops stops;
    LoadCeiling ceiling;
    /// Of a stage: what those before it took of the ceiling, which is that of the whole search.
    LoadSpent spent;
    ServiceObjective objective;
    TokenPrice price; ///< of a million tokens; empty: it is not known
    LoadShard shard;
    int threads = 1;

    friend bool operator==(const LoadPlan &, const LoadPlan &) = default;
};

/// What makes a plan unusable, in a sentence; empty: nothing. `isTrace`: its source has times of
/// its own.
[[nodiscard]] QString problemOf(const LoadPlan &plan, bool isTrace);

/// Without what has its default. Times are seconds ("warm_up_s"), the curve is a list of blocks,
/// the objective as serviceObjectiveFrom() reads it. Shard and threads, which say where a plan is
/// run, are not part of it, nor is what was spent before.
[[nodiscard]] QJsonObject toJson(const LoadPlan &plan);
/// Fails with one sentence for the first member that is wrong, or that there is none of.
[[nodiscard]] Result<LoadPlan> loadPlanFrom(const QJsonObject &object);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::LoadPlan)
