// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "charts/chartdata.h"

#include "charts/chartdecimation.h"
#include "charts/charttext.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace Lorikeet {

namespace {

struct Bounds
{
    double least = std::numeric_limits<double>::infinity();
    double greatest = -std::numeric_limits<double>::infinity();

    void add(double value, bool isLog)
    {
        if (std::isfinite(value) && (!isLog || value > 0)) {
            least = std::min(least, value);
            greatest = std::max(greatest, value);
        }
    }

    [[nodiscard]] bool isNone() const { return least > greatest; }
};

/// With some room, so that no line runs along an edge.
ChartRange rangeOf(Bounds bounds, const ChartData::Axis &axis, bool hasRoom)
{
    if (bounds.isNone()) {
        return axis.isLog ? ChartRange{0.001, 1} : ChartRange{0, 1};
    }
    if (axis.isLog) {
        const double room = hasRoom ? 1.25 : 1;
        return bounds.greatest / bounds.least < 1.5
            ? ChartRange{bounds.least / 2, bounds.greatest * 2}
            : ChartRange{bounds.least / room, bounds.greatest * room};
    }
    if (axis.startsAtZero) {
        bounds.least = std::min(bounds.least, 0.0);
    }
    if (bounds.greatest <= bounds.least) {
        return {bounds.least, bounds.least + (bounds.least == 0 ? 1 : std::abs(bounds.least))};
    }
    const double room = hasRoom ? (bounds.greatest - bounds.least) * 0.08 : 0;
    return {
        axis.startsAtZero && bounds.least == 0 ? 0 : bounds.least - room, bounds.greatest + room};
}

} // namespace

ChartData::ChartData(QObject *parent)
    : QObject(parent)
{ }

void ChartData::setTitle(const QString &title, const QString &unitText)
{
    m_title = title;
    m_unitText = unitText;
    Q_EMIT titleChanged();
}

void ChartData::setAxes(const Axis &x, const Axis &y)
{
    m_x = x;
    m_y = y;
    Q_EMIT axesChanged();
    Q_EMIT changed();
}

void ChartData::setLogY(bool isLog)
{
    if (m_y.isLog != isLog) {
        m_y.isLog = isLog;
        Q_EMIT axesChanged();
        Q_EMIT changed();
    }
}

bool ChartData::isEmpty() const
{
    return !m_heat && std::ranges::all_of(m_series, [](const ChartSeries &series) {
        return series.points.isEmpty();
    });
}

QList<ChartLegendEntry> ChartData::legend() const
{
    QList<ChartLegendEntry> entries;
    for (const ChartSeries &series : m_series) {
        ChartLegendEntry entry;
        entry.name = series.name;
        entry.letter = seriesLetter(series.look);
        entry.look = series.look;
        entry.shown = series.isVisible;
        entry.points = series.kind == ChartSeries::Kind::Points;
        entries.append(entry);
    }
    return entries;
}

void ChartData::setSeries(const QList<ChartSeries> &series)
{
    const QList<ChartLegendEntry> before = legend();
    QList<ChartSeries> wanted = series;
    for (ChartSeries &each : wanted) {
        const auto same = std::ranges::find_if(m_series, [&each](const ChartSeries &one) {
            return one.name == each.name && one.look == each.look;
        });
        each.isVisible = same == m_series.end() ? each.isVisible : same->isVisible;
    }
    m_series = wanted;
    if (before != legend()) {
        Q_EMIT legendChanged();
    }
    edited();
}

void ChartData::edited()
{
    tellEmpty();
    Q_EMIT changed();
}

void ChartData::setHeat(const std::optional<ChartHeat> &heat)
{
    m_heat = heat;
    edited();
}

void ChartData::setMarks(const QList<ChartMark> &marks)
{
    if (m_marks != marks) {
        m_marks = marks;
        Q_EMIT changed();
    }
}

void ChartData::setLimits(const QList<ChartLimit> &limits)
{
    if (m_limits != limits) {
        m_limits = limits;
        Q_EMIT changed();
    }
}

void ChartData::setExtent(const std::optional<ChartRange> &extent)
{
    if (m_extent != extent) {
        m_extent = extent;
        Q_EMIT changed();
    }
}

void ChartData::tellEmpty()
{
    if (m_wasEmpty != isEmpty()) {
        m_wasEmpty = !m_wasEmpty;
        Q_EMIT emptyChanged();
    }
}

ChartRange ChartData::wholeX() const
{
    if (m_extent && m_extent->length() > 0 && (!m_x.isLog || m_extent->from > 0)) {
        return *m_extent;
    }
    if (m_heat) {
        return m_heat->x;
    }
    Bounds bounds;
    for (const ChartSeries &series : m_series) {
        if (series.kind == ChartSeries::Kind::Points) {
            for (const QPointF &point : series.points) {
                bounds.add(point.x(), m_x.isLog);
            }
        } else if (!series.points.isEmpty()) {
            const auto first = std::ranges::find_if(series.points,
                [this](const QPointF &point) { return !m_x.isLog || point.x() > 0; });
            if (first != series.points.end()) {
                bounds.add(first->x(), m_x.isLog);
            }
            bounds.add(series.points.constLast().x(), m_x.isLog);
        }
    }
    return rangeOf(bounds, m_x, false);
}

ChartRange ChartData::rangeY(const ChartRange &x) const
{
    if (m_heat) {
        return m_heat->y;
    }
    Bounds bounds;
    for (const ChartSeries &series : m_series) {
        if (!series.isVisible) {
            continue;
        }
        auto from = series.points.begin();
        auto to = series.points.end();
        if (series.kind != ChartSeries::Kind::Points) {
            const auto place = [](const QPointF &point) { return point.x(); };
            from = std::ranges::lower_bound(series.points, x.from, {}, place);
            to = std::ranges::upper_bound(series.points, x.to, {}, place);
            // What reaches in from outside.
            from -= from != series.points.begin() ? 1 : 0;
            to += to != series.points.end() ? 1 : 0;
        }
        for (; from != to; ++from) {
            if (series.kind != ChartSeries::Kind::Points || x.contains(from->x())) {
                bounds.add(from->y(), m_y.isLog);
            }
        }
    }
    // A limit is worth seeing where it is not far away.
    for (const ChartLimit &limit : m_limits) {
        if (bounds.isNone() || limit.value < 3 * bounds.greatest) {
            bounds.add(limit.value, m_y.isLog);
        }
    }
    return rangeOf(bounds, m_y, m_y.unit != ChartUnit::Share);
}

QList<ChartReading> ChartData::readingsAt(double x) const
{
    QList<ChartReading> readings;
    for (const ChartSeries &series : m_series) {
        if (!series.isVisible || series.kind == ChartSeries::Kind::Points) {
            continue;
        }
        qsizetype at = nearestOf(series.points, x);
        if (at < 0) {
            continue;
        }
        if (series.kind != ChartSeries::Kind::Line && at > 0 && series.points[at].x() > x) {
            --at;
        }
        ChartReading reading;
        reading.name = series.name;
        reading.letter = seriesLetter(series.look);
        reading.look = series.look;
        reading.text = chartText(series.points[at].y(), m_y.unit);
        readings.append(reading);
    }
    if (m_heat && m_heat->x.contains(x)) {
        const int column
            = std::clamp(int((x - m_heat->x.from) / m_heat->x.length() * m_heat->columns), 0,
                m_heat->columns - 1);
        double all = 0;
        double most = 0;
        int fullest = 0;
        for (int row = 0; row < m_heat->rows; ++row) {
            all += m_heat->count(column, row);
            if (m_heat->count(column, row) > most) {
                most = m_heat->count(column, row);
                fullest = row;
            }
        }
        ChartReading reading;
        reading.name = tr("all");
        reading.text = chartText(all, ChartUnit::Number);
        readings.append(reading);
        if (most > 0) {
            const double step = std::log(m_heat->y.to / m_heat->y.from) / m_heat->rows;
            reading.name = tr("most at");
            reading.text = chartText(m_heat->y.from * std::exp(step * (fullest + 0.5)), m_y.unit);
            readings.append(reading);
        }
    }
    return readings;
}

QString ChartData::textOfX(double x) const { return chartText(x, m_x.unit); }

QString ChartData::summary() const
{
    QStringList parts;
    for (const ChartSeries &series : m_series) {
        if (!series.isVisible || series.points.isEmpty()) {
            continue;
        }
        Bounds bounds;
        double last = std::numeric_limits<double>::quiet_NaN();
        for (const QPointF &point : series.points) {
            bounds.add(point.y(), false);
            last = std::isfinite(point.y()) ? point.y() : last;
        }
        if (bounds.isNone()) {
            continue;
        }
        parts.append(series.kind == ChartSeries::Kind::Points
                ? tr("%1: %Ln point(s), from %2 to %3", nullptr, int(series.points.size()))
                      .arg(series.name, chartText(bounds.least, m_y.unit),
                          chartText(bounds.greatest, m_y.unit))
                : tr("%1: from %2 to %3, last %4")
                      .arg(series.name, chartText(bounds.least, m_y.unit),
                          chartText(bounds.greatest, m_y.unit), chartText(last, m_y.unit)));
    }
    return parts.isEmpty() ? tr("Nothing yet.") : parts.join(u"; ") + u'.';
}

void ChartData::toggle(int series)
{
    if (series < 0 || series >= m_series.size()) {
        return;
    }
    const auto shown = std::ranges::count_if(m_series, &ChartSeries::isVisible);
    if (m_series[series].isVisible && shown == 1) {
        return;
    }
    m_series[series].isVisible = !m_series[series].isVisible;
    Q_EMIT legendChanged();
    Q_EMIT changed();
}

} // namespace Lorikeet
