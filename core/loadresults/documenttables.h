// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "loadresults/loaddocument.h"

namespace Lorikeet {

/// The figures a person looks for first.
[[nodiscard]] DocumentTable mainFigures(const LoadReport &report);

/// Mean and percentiles of each time that was measured, with their intervals.
[[nodiscard]] DocumentTable timesTable(const LoadSummary &summary);

/// Each of the mix by itself.
[[nodiscard]] DocumentTable choicesTable(const LoadReport &report);

/// Of a sweep, a row for each run, by rising load.
[[nodiscard]] DocumentTable sweepTable(const LoadResult &result);

/// What each figure means, of those such a task has.
[[nodiscard]] DocumentTable definitionsTable(LoadTask::Kind task);

} // namespace Lorikeet
