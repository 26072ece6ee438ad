// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "load/loadplan.h"
#include "load/loadsweep.h"
#include "load/workload.h"

#include <QByteArray>
#include <QJsonObject>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Lorikeet {

/// A load test as it is set up: all but whom it asks. What `lori load --profile` reads, the window
/// keeps as a preset, and the history has of each run. A value.
struct LoadProfile
{
    LoadPlan plan;
    LoadWorkload workload;
    std::optional<SweepPlan> sweep; ///< then the plan's curve is not used

    friend bool operator==(const LoadProfile &, const LoadProfile &) = default;
};

/// "plan", "workload" and, where there is one, "sweep". Shard and threads are not part of it.
[[nodiscard]] QJsonObject toJson(const LoadProfile &profile);
/// Fails with one sentence, which begins with `place`, for the first member that is wrong.
[[nodiscard]] Result<LoadProfile> loadProfileFrom(const QJsonObject &object, const QString &place);

/// Of a file: TOML if it is called .toml, else JSON.
[[nodiscard]] Result<LoadProfile> loadProfileIn(const QString &file);
/// Writes it, whole or not at all, in the form that loadProfileIn() expects of that name.
[[nodiscard]] Result<> writeProfile(const LoadProfile &profile, const QString &file);

/// The profile to run again: without its seed, so that the next run has a fresh one, and no server
/// knows its prompts from this run.
[[nodiscard]] LoadProfile presetOf(LoadProfile profile);

[[nodiscard]] QJsonObject toJson(const SweepPlan &sweep);
[[nodiscard]] Result<SweepPlan> sweepPlanFrom(const QJsonObject &object, const QString &place);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::LoadProfile)
