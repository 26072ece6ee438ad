// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "commandline.h"
#include "load/lengthdistribution.h"

#include <optional>

namespace Lorikeet {

/// A number of an option, within bounds; nothing if not given.
[[nodiscard]] Result<std::optional<double>> numberFrom(
    const CommandLine &line, const QString &option, double least, double most = 1e12);
/// The same of a whole number, from 1 on.
[[nodiscard]] Result<std::optional<qint64>> countFrom(
    const CommandLine &line, const QString &option);
/// "256", or "200:50" (mean and deviation), or "100-400" (each as likely).
[[nodiscard]] Result<LengthDistribution> lengthsFrom(const QString &option, const QString &text);

} // namespace Lorikeet
