// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "commandline.h"
#include "load/loadplan.h"
#include "load/loadsweep.h"
#include "load/workload.h"

#include <optional>

namespace Lorikeet {

/// What `lori load` is to do: a profile's, over which options go.
struct LoadProfile
{
    LoadPlan plan;
    LoadWorkload workload;
    std::optional<SweepPlan> sweep;
};

/// The options that say what is asked, and how much of it when.
[[nodiscard]] QList<OptionHelp> loadOptions();

/// Fails with one sentence. Reads the profile's file.
[[nodiscard]] Result<LoadProfile> loadProfileFrom(const CommandLine &line);

} // namespace Lorikeet
