// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace Lorikeet {

/// A line of a chart. The colour goes by its place among the lines.
struct ChartLine
{
    QString name;
    /// In the order of x; a y that is not finite is a gap.
    std::vector<std::pair<double, double>> points;
    bool hasDots = false; ///< each point is one that was measured, not a moment of many
};

/// A chart as a picture that scales, in the colours of the page around it: its classes are styled
/// by svgChartStyle().
struct SvgChart
{
    QString title;
    QString xLabel;
    QString yLabel;
    QList<ChartLine> lines;
    bool isLogX = false; ///< points with an x that is not positive are left out
    std::optional<double> mark; ///< a place on the x axis
    QString markLabel;
    /// How values of an axis are written; without one they are plain numbers.
    std::function<QString(double)> xText;
    std::function<QString(double)> yText;
};

/// Nothing of a chart without two points.
[[nodiscard]] QString toSvg(const SvgChart &chart);

/// For a <style>, light and dark as the reader prefers.
[[nodiscard]] QString svgChartStyle();

/// Round numbers from at most `least` to at least `most`, not more than `count` or so.
[[nodiscard]] std::vector<double> roundSteps(double least, double most, int count);

} // namespace Lorikeet
