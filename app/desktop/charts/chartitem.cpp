// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "charts/chartitem.h"

#include "charts/chartexport.h"
#include "charts/charttext.h"

#include <QPainter>
#include <QQuickWindow>

#include <algorithm>
#include <cmath>

namespace Lorikeet {

ChartItem::ChartItem(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    setSpan(nullptr);
    setAcceptHoverEvents(true);
    setAcceptedMouseButtons(Qt::LeftButton);
    setFlag(ItemIsFocusScope, false);
    setActiveFocusOnTab(true);
}

ChartItem::~ChartItem() = default;

void ChartItem::setChart(ChartData *chart)
{
    if (m_chart == chart) {
        return;
    }
    if (m_chart) {
        m_chart->disconnect(this);
    }
    m_chart = chart;
    m_target = {};
    if (chart) {
        connect(chart, &ChartData::changed, this, [this] {
            repaint();
            Q_EMIT cursorMoved();
        });
    }
    repaint();
    Q_EMIT chartChanged();
    Q_EMIT cursorMoved();
}

void ChartItem::setLook(ChartLook *look)
{
    if (m_look == look) {
        return;
    }
    if (m_look) {
        m_look->disconnect(this);
    }
    m_look = look;
    if (look) {
        connect(look, &ChartLook::changed, this, &ChartItem::repaint);
    }
    repaint();
    Q_EMIT lookChanged();
}

void ChartItem::setSpan(ChartSpan *span)
{
    if (span && m_span == span) {
        return;
    }
    if (m_span) {
        m_span->disconnect(this);
        if (m_span->parent() == this) {
            m_span->deleteLater();
        }
    }
    m_span = span ? span : new ChartSpan(this);
    connect(m_span, &ChartSpan::changed, this, &ChartItem::repaint);
    connect(m_span, &ChartSpan::cursorChanged, this, &ChartItem::cursorMoved);
    repaint();
    Q_EMIT spanChanged();
}

ChartRange ChartItem::range() const
{
    if (!m_chart) {
        return {};
    }
    return m_span && m_span->range() ? *m_span->range() : m_chart->wholeX();
}

void ChartItem::repaint()
{
    if (isVisible()) {
        polish();
    }
}

void ChartItem::updatePolish()
{
    const QSize size = QSizeF(width(), height()).toSize();
    if (!m_chart || !m_look || size.width() < 40 || size.height() < 30) {
        return;
    }
    const qreal ratio = window() ? window()->effectiveDevicePixelRatio() : 1;
    m_picture = QImage(size * ratio, QImage::Format_ARGB32_Premultiplied);
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(m_look->ground);
    m_seen = range();
    m_painted = m_plot.paint(m_picture, size, *m_chart, *m_look, m_seen);
    update();
    Q_EMIT painted();
    Q_EMIT cursorMoved();
}

void ChartItem::paint(QPainter *painter) { painter->drawImage(QPointF(0, 0), m_picture); }

void ChartItem::geometryChange(const QRectF &now, const QRectF &before)
{
    QQuickPaintedItem::geometryChange(now, before);
    if (now.size() != before.size()) {
        repaint();
    }
}

void ChartItem::itemChange(ItemChange change, const ItemChangeData &value)
{
    QQuickPaintedItem::itemChange(change, value);
    // What changed while it was out of sight was not painted.
    if (change == ItemDevicePixelRatioHasChanged
        || (change == ItemVisibleHasChanged && value.boolValue)) {
        polish();
    }
}

qreal ChartItem::pixelOf(double x) const
{
    const QRectF &area = m_painted.area;
    const ChartPixels &pixels = m_painted.pixels;
    const double share = pixels.isLogX
        ? std::log(x / pixels.x.from) / std::log(pixels.x.to / pixels.x.from)
        : (x - pixels.x.from) / pixels.x.length();
    return area.left() + share * area.width();
}

qreal ChartItem::pixelOfY(double y) const
{
    const QRectF &area = m_painted.area;
    const ChartPixels &pixels = m_painted.pixels;
    const double share = pixels.isLogY
        ? std::log(y / pixels.y.from) / std::log(pixels.y.to / pixels.y.from)
        : (y - pixels.y.from) / pixels.y.length();
    return area.bottom() - share * area.height();
}

double ChartItem::shareOf(qreal pixel) const
{
    const QRectF &area = m_painted.area;
    return area.width() > 0 ? std::clamp((pixel - area.left()) / area.width(), 0.0, 1.0) : 0.5;
}

double ChartItem::valueAt(double share) const
{
    const ChartRange seen = range();
    return m_chart && m_chart->isLogX() ? seen.from * std::pow(seen.to / seen.from, share)
                                        : seen.from + share * seen.length();
}

qreal ChartItem::cursorX() const
{
    const std::optional<double> &cursor = m_span->cursor();
    return cursor && m_painted.area.width() > 0 && m_seen.contains(*cursor) ? pixelOf(*cursor) : -1;
}

QString ChartItem::cursorText() const
{
    const std::optional<double> &cursor = m_span->cursor();
    return cursor && m_chart ? m_chart->textOfX(*cursor) : QString();
}

QList<ChartReading> ChartItem::readings() const
{
    const std::optional<double> &cursor = m_span->cursor();
    if (!cursor || !m_chart) {
        return {};
    }
    QList<ChartReading> readings = m_chart->readingsAt(*cursor);
    if (m_target.series >= 0 && m_target.series < m_chart->series().size()) {
        const ChartSeries &series = m_chart->series()[m_target.series];
        if (m_target.at < series.points.size()) {
            ChartReading reading;
            reading.name = series.name;
            reading.letter = seriesLetter(series.look);
            reading.look = series.look;
            reading.text = chartText(series.points[m_target.at].y(), m_chart->y().unit);
            readings.append(reading);
        }
    }
    return readings;
}

QRectF ChartItem::target() const
{
    if (!m_chart || m_target.series < 0 || m_target.series >= m_chart->series().size()) {
        return {};
    }
    const QList<QPointF> &points = m_chart->series()[m_target.series].points;
    if (m_target.at >= points.size()) {
        return {};
    }
    const QPointF point = points[m_target.at];
    const QPointF at(pixelOf(point.x()), pixelOfY(point.y()));
    constexpr qreal size = 12;
    return m_painted.area.contains(at) ? QRectF(at.x() - size / 2, at.y() - size / 2, size, size)
                                       : QRectF();
}

void ChartItem::zoom(double factor, double around)
{
    if (!m_chart || factor <= 0) {
        return;
    }
    const ChartRange whole = m_chart->wholeX();
    const ChartRange seen = range();
    const bool isLog = m_chart->isLogX();
    const auto in = [isLog](double value) { return isLog ? std::log(value) : value; };
    const auto out = [isLog](double value) { return isLog ? std::exp(value) : value; };
    const double centre = in(valueAt(around));
    double from = centre - (centre - in(seen.from)) / factor;
    double to = centre + (in(seen.to) - centre) / factor;
    from = std::max(from, in(whole.from));
    to = std::min(to, in(whole.to));
    const bool isAll = to - from >= (in(whole.to) - in(whole.from)) * 0.999;
    // Closer than this there are no two points left.
    if (!isAll && to - from < (in(whole.to) - in(whole.from)) * 1e-5) {
        return;
    }
    m_span->setRange(isAll ? std::nullopt : std::optional(ChartRange{out(from), out(to)}));
}

void ChartItem::pan(double share)
{
    if (!m_chart || m_span->isWhole()) {
        return;
    }
    const ChartRange whole = m_chart->wholeX();
    const ChartRange seen = range();
    if (m_chart->isLogX()) {
        const double factor = std::clamp(
            std::pow(seen.to / seen.from, share), whole.from / seen.from, whole.to / seen.to);
        m_span->setRange(ChartRange{seen.from * factor, seen.to * factor});
        return;
    }
    const double by = std::clamp(
        share * seen.length(), whole.from - seen.from, std::max(whole.to - seen.to, 0.0));
    m_span->setRange(ChartRange{seen.from + by, seen.to + by});
}

QString ChartItem::exportTo(const QUrl &file)
{
    if (!m_chart || !m_look) {
        return {};
    }
    const Result<> written = exportChart(file.toLocalFile(), *m_chart, *m_look, range(),
        QSizeF(std::max(width(), 320.0), std::max(height(), 160.0)).toSize());
    return written ? QString() : written.error().message;
}

void ChartItem::setTarget(const Point &point)
{
    if (m_target != point) {
        m_target = point;
        Q_EMIT cursorMoved();
    }
}

void ChartItem::setSelection(const QRectF &selection)
{
    if (m_selection != selection) {
        m_selection = selection;
        Q_EMIT selectionChanged();
    }
}

} // namespace Lorikeet
