// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "charts/chartseries.h"

#include <span>

namespace Lorikeet {

/// The part of a picture that a chart fills.
struct ChartPixels
{
    ChartRange x;
    ChartRange y;
    bool isLogX = false;
    bool isLogY = false;
    int width = 0; ///< pixels
    int height = 0;
};

/// Of a line by rising x what there is to be seen of it: those points within the range, and one on
/// each side of it; where there are more than four to a column of pixels, the first, the least, the
/// greatest and the last of each, so that no peak is lost. Gaps stay gaps.
[[nodiscard]] QList<QPointF> decimatedLine(
    std::span<const QPointF> points, const ChartPixels &pixels);

/// The places of single points, of those one for each two by two pixels in which there is any.
[[nodiscard]] QList<qsizetype> decimatedPlaces(
    std::span<const QPointF> points, const ChartPixels &pixels);
/// These points.
[[nodiscard]] QList<QPointF> decimatedPoints(
    std::span<const QPointF> points, const ChartPixels &pixels);

/// The place of the point of a line by rising x that is nearest to this x; -1: there is none.
[[nodiscard]] qsizetype nearestOf(std::span<const QPointF> points, double x);

} // namespace Lorikeet
