// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QPointF>
#include <QString>

#include <optional>
#include <vector>

namespace Lorikeet {

/// What the values of an axis are, and so how they are written.
enum class ChartUnit {
    Number,
    Count, ///< of things: there are no halves
    Duration, ///< seconds, as "182 ms"
    Time, ///< seconds since a beginning, as "1:05"
    Share, ///< 0 to 1, as "42 %"
};

/// A stretch of an axis.
struct ChartRange
{
    double from = 0;
    double to = 1;

    [[nodiscard]] double length() const { return to - from; }

    [[nodiscard]] bool contains(double value) const { return from <= value && value <= to; }

    friend bool operator==(const ChartRange &, const ChartRange &) = default;
};

/// One thing that a chart shows. It is told from others by its colour, its dashes and its letter,
/// all of which follow from `look`.
struct ChartSeries
{
    enum class Kind {
        Line, ///< by rising x; a y that is not finite is a gap
        Steps, ///< likewise; holds its value until the next point
        Bars, ///< likewise, filled
        Points, ///< in any order
    };

    QString name;
    Kind kind = Kind::Line;
    int look = 0; ///< 0 is drawn solid, in the first colour, and called A
    QList<QPointF> points;
    bool isVisible = true;

    friend bool operator==(const ChartSeries &, const ChartSeries &) = default;
};

/// How much there is of what, in cells: columns of equal width, and rows of equal height on a
/// logarithmic axis.
struct ChartHeat
{
    ChartRange x;
    ChartRange y; ///< above 0
    int columns = 0;
    int rows = 0;
    std::vector<double> counts; ///< column by column, each from the lowest row on

    [[nodiscard]] double count(int column, int row) const
    {
        return counts[std::size_t(column) * std::size_t(rows) + std::size_t(row)];
    }

    friend bool operator==(const ChartHeat &, const ChartHeat &) = default;
};

/// A stretch of time with a name, or one moment of it.
struct ChartMark
{
    double from = 0;
    std::optional<double> to; ///< nothing: a line, not a stretch
    QString text;

    friend bool operator==(const ChartMark &, const ChartMark &) = default;
};

/// A value that is not to be exceeded.
struct ChartLimit
{
    double value = 0;
    QString text;

    friend bool operator==(const ChartLimit &, const ChartLimit &) = default;
};

} // namespace Lorikeet
