// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadreport.h"
#include "load/loadsweep.h"

#include <QString>

namespace Lorikeet {

/// A report for a terminal of 80 columns.
[[nodiscard]] QString toText(const LoadReport &report);

/// A sweep: a line a stage, by load, and what was found.
[[nodiscard]] QString toText(const SweepPlan &sweep, const QList<SweepPoint> &tried);

} // namespace Lorikeet
