// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "charts/chartdecimation.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <vector>

namespace Lorikeet {

namespace {

constexpr int perColumn = 4;

/// Where in a range a value is, 0 to 1.
double placeIn(const ChartRange &range, bool isLog, double value)
{
    if (isLog) {
        return (std::log(value) - std::log(range.from))
            / (std::log(range.to) - std::log(range.from));
    }
    return (value - range.from) / range.length();
}

/// Cells of equal length in pixels along an axis. Of a logarithmic one their edges are worked out
/// once, and not a logarithm for each of a million points.
class Cells final
{
public:
    Cells(const ChartRange &range, bool isLog, int count)
        : m_range(range)
        , m_count(std::size_t(count))
    {
        for (int i = 1; isLog && i < count; ++i) {
            m_edges.push_back(range.from * std::pow(range.to / range.from, double(i) / count));
        }
        m_isLog = isLog;
    }

    [[nodiscard]] std::size_t count() const { return m_count; }

    /// Of a value within the range.
    [[nodiscard]] std::size_t of(double value) const
    {
        if (m_isLog) {
            return std::size_t(std::ranges::upper_bound(m_edges, value) - m_edges.begin());
        }
        const double place = (value - m_range.from) / m_range.length() * double(m_count);
        return std::min(m_count - 1, std::size_t(std::max(0.0, place)));
    }

private:
    ChartRange m_range;
    std::size_t m_count;
    std::vector<double> m_edges;
    bool m_isLog = false;
};

/// Of the points of one column, which come one after the other; written in their order.
class Column final
{
public:
    explicit Column(QList<QPointF> &out)
        : m_out(out)
    { }

    void add(const QPointF &point)
    {
        const auto at = m_count++;
        if (at == 0) {
            m_first = m_least = m_greatest = point;
            m_leastAt = m_greatestAt = 0;
        }
        if (point.y() < m_least.y()) {
            m_least = point;
            m_leastAt = at;
        }
        if (point.y() > m_greatest.y()) {
            m_greatest = point;
            m_greatestAt = at;
        }
        m_last = point;
    }

    void end()
    {
        if (m_count == 0) {
            return;
        }
        m_out.append(m_first);
        const bool isLeastFirst = m_leastAt < m_greatestAt;
        append(isLeastFirst ? m_least : m_greatest, isLeastFirst ? m_leastAt : m_greatestAt);
        append(isLeastFirst ? m_greatest : m_least, isLeastFirst ? m_greatestAt : m_leastAt);
        if (m_count > 1) {
            m_out.append(m_last);
        }
        m_count = 0;
    }

private:
    /// What is neither the first nor the last.
    void append(const QPointF &point, qsizetype at)
    {
        if (at > 0 && at < m_count - 1) {
            m_out.append(point);
        }
    }

    QList<QPointF> &m_out;
    QPointF m_first;
    QPointF m_last;
    QPointF m_least;
    QPointF m_greatest;
    qsizetype m_leastAt = 0;
    qsizetype m_greatestAt = 0;
    qsizetype m_count = 0;
};

} // namespace

QList<QPointF> decimatedLine(std::span<const QPointF> points, const ChartPixels &pixels)
{
    const auto before = [](const QPointF &point, double x) { return point.x() < x; };
    auto from = std::lower_bound(points.begin(), points.end(), pixels.x.from, before);
    auto to = std::upper_bound(points.begin(), points.end(), pixels.x.to,
        [](double x, const QPointF &point) { return x < point.x(); });
    from -= from != points.begin() ? 1 : 0;
    to += to != points.end() ? 1 : 0;
    const std::span<const QPointF> seen(from, to);
    if (std::ssize(seen) <= qsizetype(pixels.width) * perColumn) {
        return {seen.begin(), seen.end()};
    }
    QList<QPointF> out;
    out.reserve(qsizetype(pixels.width + 2) * perColumn);
    Column column(out);
    double at = std::numeric_limits<double>::quiet_NaN();
    for (const QPointF &point : seen) {
        if (!std::isfinite(point.y())) {
            column.end();
            if (out.isEmpty() || std::isfinite(out.constLast().y())) {
                out.append(point);
            }
            continue;
        }
        const double place
            = std::floor(placeIn(pixels.x, pixels.isLogX, point.x()) * double(pixels.width));
        if (place != at) {
            column.end();
            at = place;
        }
        column.add(point);
    }
    column.end();
    return out;
}

QList<qsizetype> decimatedPlaces(std::span<const QPointF> points, const ChartPixels &pixels)
{
    const Cells columns(pixels.x, pixels.isLogX, std::max(1, pixels.width / 2));
    const Cells rows(pixels.y, pixels.isLogY, std::max(1, pixels.height / 2));
    std::vector<bool> taken(columns.count() * rows.count());
    QList<qsizetype> places;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const QPointF &point = points[i];
        if (!pixels.x.contains(point.x()) || !pixels.y.contains(point.y())) {
            continue;
        }
        auto cell = taken[columns.of(point.x()) * rows.count() + rows.of(point.y())];
        if (!cell) {
            cell = true;
            places.append(qsizetype(i));
        }
    }
    return places;
}

QList<QPointF> decimatedPoints(std::span<const QPointF> points, const ChartPixels &pixels)
{
    QList<QPointF> out;
    for (const qsizetype place : decimatedPlaces(points, pixels)) {
        out.append(points[std::size_t(place)]);
    }
    return out;
}

qsizetype nearestOf(std::span<const QPointF> points, double x)
{
    if (points.empty()) {
        return -1;
    }
    const auto next = std::lower_bound(points.begin(), points.end(), x,
        [](const QPointF &point, double wanted) { return point.x() < wanted; });
    if (next == points.begin()) {
        return 0;
    }
    const auto last = std::prev(next);
    const bool isNext = next != points.end() && next->x() - x < x - last->x();
    return (isNext ? next : last) - points.begin();
}

} // namespace Lorikeet
