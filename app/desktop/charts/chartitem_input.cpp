// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of ChartItem that heeds pointer and keys.

#include "charts/chartitem.h"

#include <QGuiApplication>
#include <QHoverEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QStyleHints>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace Lorikeet {

namespace {

constexpr double zoomStep = 1.25;
constexpr double panStep = 0.2;
constexpr int leap = 10; ///< steps
constexpr double reach = 14; ///< pixels from the pointer to a point

} // namespace

bool ChartItem::hasPoints() const
{
    return m_chart && std::ranges::any_of(m_chart->series(), [](const ChartSeries &series) {
        return series.isVisible && series.kind == ChartSeries::Kind::Points;
    });
}

ChartItem::Point ChartItem::pointNear(const QPointF &at) const
{
    Point found;
    if (!hasPoints() || m_painted.area.width() <= 0) {
        return found;
    }
    // Of those that can be told apart in the picture.
    const QList<ChartSeries> &all = m_chart->series();
    const qsizetype count = std::min(all.size(), m_painted.places.size());
    double nearest = reach * reach;
    for (qsizetype i = 0; i < count; ++i) {
        if (!all[i].isVisible || all[i].kind != ChartSeries::Kind::Points) {
            continue;
        }
        for (const qsizetype place : m_painted.places[i]) {
            if (place >= all[i].points.size()) {
                continue; // it was taken out since
            }
            const QPointF &point = all[i].points[place];
            const double dx = pixelOf(point.x()) - at.x();
            if (std::abs(dx) >= reach) {
                continue;
            }
            const double dy = pixelOfY(point.y()) - at.y();
            if (dx * dx + dy * dy < nearest) {
                nearest = dx * dx + dy * dy;
                found = {.series = int(i), .at = int(place)};
            }
        }
    }
    return found;
}

ChartItem::Point ChartItem::pointBeside(double x, int direction) const
{
    // In the order of x, and of those at one x in any that stays.
    using Order = std::tuple<double, int, int>;
    constexpr int far = std::numeric_limits<int>::max();
    Point found;
    if (!m_chart) {
        return found;
    }
    const QList<ChartSeries> &all = m_chart->series();
    const bool isOnOne = m_target.series >= 0 && m_target.series < all.size()
        && m_target.at < all[m_target.series].points.size();
    const Order from = isOnOne
        ? Order(all[m_target.series].points[m_target.at].x(), m_target.series, m_target.at)
        : direction > 0 ? Order(x, -1, -1)
                        : Order(x, far, far);
    Order nearest;
    // Of those that can be told apart in the picture: some thousands, however many there are.
    const qsizetype count = std::min(all.size(), m_painted.places.size());
    for (qsizetype i = 0; i < count; ++i) {
        if (!all[i].isVisible || all[i].kind != ChartSeries::Kind::Points) {
            continue;
        }
        for (const qsizetype place : m_painted.places[i]) {
            if (place >= all[i].points.size()) {
                continue; // it was taken out since
            }
            const Order order(all[i].points[place].x(), int(i), int(place));
            const bool isAhead = direction > 0 ? order > from : order < from;
            if (isAhead
                && (found.series < 0 || (direction > 0 ? order < nearest : order > nearest))) {
                nearest = order;
                found = {.series = int(i), .at = int(place)};
            }
        }
    }
    return found;
}

void ChartItem::hoverMoveEvent(QHoverEvent *event)
{
    if (m_painted.area.contains(event->position())) {
        setTarget(pointNear(event->position()));
        m_span->setCursor(valueAt(shareOf(event->position().x())));
    } else {
        hoverLeaveEvent(event);
    }
}

void ChartItem::hoverLeaveEvent(QHoverEvent *event)
{
    Q_UNUSED(event)
    setTarget({});
    m_span->setCursor({});
}

void ChartItem::mousePressEvent(QMouseEvent *event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    m_pressed = event->position();
    m_before = range();
    m_isDragging = false;
    event->accept();
}

void ChartItem::mouseMoveEvent(QMouseEvent *event)
{
    const qreal moved = event->position().x() - m_pressed.x();
    if (!m_isDragging && std::abs(moved) < QGuiApplication::styleHints()->startDragDistance()) {
        return;
    }
    if (!m_isDragging) {
        m_isDragging = true;
        setKeepMouseGrab(true);
    }
    const QRectF &area = m_painted.area;
    if (m_span->isWhole()) {
        const qreal from = std::clamp(m_pressed.x(), area.left(), area.right());
        const qreal to = std::clamp(event->position().x(), area.left(), area.right());
        setSelection(QRectF(std::min(from, to), area.top(), std::abs(to - from), area.height()));
    } else {
        m_span->setRange(m_before);
        pan(-moved / std::max(area.width(), 1.0));
    }
}

void ChartItem::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_isDragging && m_selection.width() > 4) {
        const ChartRange wanted{
            valueAt(shareOf(m_selection.left())), valueAt(shareOf(m_selection.right()))};
        m_span->setRange(wanted);
    } else if (!m_isDragging) {
        if (const Point point = pointNear(event->position()); point.series >= 0) {
            Q_EMIT picked(point.series, point.at);
        }
    }
    mouseUngrabEvent();
}

void ChartItem::mouseUngrabEvent()
{
    m_isDragging = false;
    setKeepMouseGrab(false);
    setSelection({});
}

void ChartItem::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_span->reset();
    event->accept();
}

void ChartItem::wheelEvent(QWheelEvent *event)
{
    const bool isAsked = hasActiveFocus() || event->modifiers().testFlag(Qt::ControlModifier);
    if (!isAsked || event->angleDelta().isNull()) {
        event->ignore(); // for what it is scrolled in
        return;
    }
    const double steps = event->angleDelta().y() / 120.0;
    if (event->modifiers().testFlag(Qt::ShiftModifier) || event->angleDelta().y() == 0) {
        pan(-(steps + event->angleDelta().x() / 120.0) * panStep);
    } else {
        zoom(std::pow(zoomStep, steps), shareOf(event->position().x()));
    }
    event->accept();
}

void ChartItem::moveCursor(int direction, bool leaps)
{
    const ChartRange seen = range();
    const double at = m_span->cursor().value_or(direction > 0 ? seen.from : seen.to);
    const bool isInside = m_span->cursor() && seen.contains(at);
    // From point to point where there are any, for it is these that one can pick.
    if (hasPoints()) {
        double x = isInside ? at : direction > 0 ? seen.from : seen.to;
        Point point = m_target;
        for (int i = 0; i < (leaps ? leap : 1); ++i) {
            const Point next = pointBeside(x, direction);
            if (next.series < 0) {
                break;
            }
            point = next;
            x = m_chart->series()[next.series].points[next.at].x();
            m_target = next;
        }
        m_target = {};
        setTarget(point);
        m_span->setCursor(std::clamp(x, seen.from, seen.to));
        return;
    }
    const double pixels = std::max(m_painted.area.width(), 1.0);
    const double step = (leaps ? 40.0 : 4.0) / pixels * direction;
    const double share = isInside ? (pixelOf(at) - m_painted.area.left()) / pixels
        : direction > 0           ? 0
                                  : 1;
    m_span->setCursor(valueAt(std::clamp(share + (isInside ? step : 0), 0.0, 1.0)));
}

void ChartItem::keyPressEvent(QKeyEvent *event)
{
    const bool leaps = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool isCtrl = event->modifiers().testFlag(Qt::ControlModifier);
    const bool isPlain = !isCtrl && !event->modifiers().testFlag(Qt::AltModifier);
    const ChartRange seen = range();
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int direction = event->key() == Qt::Key_Right ? 1 : -1;
        if (isCtrl) {
            pan(direction * panStep);
        } else {
            moveCursor(direction, leaps);
        }
        break;
    }
    case Qt::Key_Home:
        m_span->setCursor(seen.from);
        break;
    case Qt::Key_End:
        m_span->setCursor(seen.to);
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Minus:
        if (!isPlain) { // the window's own zoom
            event->ignore();
            return;
        }
        zoom(event->key() == Qt::Key_Minus ? 1 / zoomStep : zoomStep,
            m_span->cursor() && seen.contains(*m_span->cursor())
                ? shareOf(pixelOf(*m_span->cursor()))
                : 0.5);
        break;
    case Qt::Key_0:
        if (!isPlain) {
            event->ignore();
            return;
        }
        m_span->reset();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_target.series < 0) {
            event->ignore();
            return;
        }
        Q_EMIT picked(m_target.series, m_target.at);
        break;
    case Qt::Key_Escape:
        if (!m_span->hasCursor()) {
            event->ignore();
            return;
        }
        hoverLeaveEvent(nullptr);
        break;
    default:
        event->ignore();
        return;
    }
    event->accept();
}

} // namespace Lorikeet
