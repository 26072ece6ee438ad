// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "charts/chartseries.h"

#include <QByteArray>
#include <QSize>

namespace Lorikeet {

class ChartData;
class ChartLook;

/// The visible series of this stretch, every point of them: the x of each line in its first column,
/// "series" and "y" in the others.
[[nodiscard]] QByteArray chartAsCsv(const ChartData &data, const ChartRange &x);

/// Writes what a chart shows as PNG (at twice the size), SVG, PDF or CSV, by the name's ending.
/// Fails with one sentence.
[[nodiscard]] Result<> exportChart(const QString &path, const ChartData &data,
    const ChartLook &look, const ChartRange &x, QSize size);

} // namespace Lorikeet
