// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadtokenlane.h"

#include "base/durationtext.h"

#include <QHoverEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int leap = 10;
/// Of a column in which one piece came, where another has many.
constexpr double leastHeight = 0.4;

/// What came within a column of pixels.
struct Column
{
    qint64 text = 0; ///< pieces
    qint64 reasoning = 0;
};

/// To the millisecond: reads are that close to each other.
QString durationOf(Nanoseconds time)
{
    return time < std::chrono::seconds(1) ? durationText(time, QLocale())
                                          : QLocale().toString(toSeconds(time), 'f', 3) + u" s"_s;
}

} // namespace

LoadTokenLane::LoadTokenLane(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    setAcceptHoverEvents(true);
    setAcceptedMouseButtons(Qt::LeftButton);
    setActiveFocusOnTab(true);
}

void LoadTokenLane::setTrack(const LoadTokenTrack &track)
{
    if (m_track == track) {
        return;
    }
    m_track = track;
    m_current = -1;
    update();
    Q_EMIT trackChanged();
    Q_EMIT currentChanged();
}

void LoadTokenLane::setColour(QColor &colour, const QColor &now)
{
    if (colour != now) {
        colour = now;
        update();
        Q_EMIT lookChanged();
    }
}

void LoadTokenLane::setCurrent(int mark)
{
    const int now = mark < 0 || mark >= m_track.count() ? -1 : mark;
    if (m_current != now) {
        m_current = now;
        Q_EMIT currentChanged();
    }
}

qreal LoadTokenLane::currentX() const
{
    return m_current < 0 ? -1 : m_track.marks[m_current].at * width();
}

QString LoadTokenLane::currentText() const
{
    if (m_current < 0) {
        return {};
    }
    const LoadTokenMark &mark = m_track.marks[m_current];
    QStringList parts{tr("Read %1 of %2").arg(m_current + 1).arg(m_track.count()),
        tr("%1 after it was sent").arg(durationOf(mark.since))};
    if (m_current > 0) {
        parts.append((mark.isStall ? tr("stall of %1") : tr("gap %1")).arg(durationOf(mark.gap)));
    }
    parts.append(tr("%Ln piece(s)", nullptr, mark.pieces));
    parts.append(tr("%Ln character(s)", nullptr, mark.text + mark.reasoning));
    if (mark.reasoning > 0) {
        parts.append(mark.text > 0 ? tr("reasoning and answer") : tr("reasoning"));
    }
    return parts.join(u" · "_s);
}

void LoadTokenLane::paint(QPainter *painter)
{
    const int columns = int(width());
    if (columns < 1 || m_track.marks.isEmpty()) {
        return;
    }
    std::vector<Column> came(std::size_t(columns), Column{});
    for (const LoadTokenMark &mark : std::as_const(m_track.marks)) {
        const auto at = std::size_t(std::clamp(int(mark.at * columns), 0, columns - 1));
        (mark.reasoning > 0 && mark.text == 0 ? came[at].reasoning : came[at].text) += mark.pieces;
    }
    qint64 most = 1;
    for (const Column &column : came) {
        most = std::max({most, column.text, column.reasoning});
    }
    const qreal all = height();
    const auto heightOf = [most, all](qint64 pieces) {
        const double share = std::sqrt(double(pieces) / double(most));
        return all * (leastHeight + (1 - leastHeight) * share);
    };
    for (int x = 0; x < columns; ++x) {
        const Column &column = came[std::size_t(x)];
        if (column.reasoning > 0) {
            painter->fillRect(QRectF(x, 0, 1, heightOf(column.reasoning)), m_reasoningColour);
        }
        if (column.text > 0) {
            const qreal high = heightOf(column.text);
            painter->fillRect(QRectF(x, all - high, 1, high), m_answerColour);
        }
    }
    paintStalls(*painter);
}

void LoadTokenLane::paintStalls(QPainter &painter) const
{
    const qreal middle = std::floor(height() / 2);
    for (qsizetype i = 1; i < m_track.marks.size(); ++i) {
        if (!m_track.marks[i].isStall) {
            continue;
        }
        const qreal from = std::floor(m_track.marks[i - 1].at * width()) + 2;
        const qreal to = std::max(from + 2, std::floor(m_track.marks[i].at * width()) - 1);
        painter.fillRect(QRectF(from, middle - 1, to - from, 2), m_stallColour);
        for (const qreal end : {from, to - 2}) {
            painter.fillRect(QRectF(end, height() * 0.25, 2, height() * 0.5), m_stallColour);
        }
    }
}

void LoadTokenLane::geometryChange(const QRectF &now, const QRectF &before)
{
    QQuickPaintedItem::geometryChange(now, before);
    if (now.size() != before.size()) {
        update();
        Q_EMIT currentChanged();
    }
}

void LoadTokenLane::tell(qreal pixel)
{
    setCurrent(width() > 0 ? m_track.nearest(pixel / width()) : -1);
}

void LoadTokenLane::hoverMoveEvent(QHoverEvent *event) { tell(event->position().x()); }

void LoadTokenLane::hoverLeaveEvent(QHoverEvent *event)
{
    Q_UNUSED(event)
    if (!hasActiveFocus()) {
        setCurrent(-1);
    }
}

void LoadTokenLane::mousePressEvent(QMouseEvent *event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    tell(event->position().x());
    event->accept();
}

void LoadTokenLane::keyPressEvent(QKeyEvent *event)
{
    const int last = m_track.count() - 1;
    const bool isCtrl = event->modifiers().testFlag(Qt::ControlModifier);
    int wanted = m_current;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int direction = event->key() == Qt::Key_Right ? 1 : -1;
        if (isCtrl) {
            const int from = m_current < 0 && direction < 0 ? last + 1 : m_current;
            const int stall = m_track.stallBeside(from, direction);
            wanted = stall < 0 ? wanted : stall;
        } else if (m_current < 0) {
            wanted = direction > 0 ? 0 : last;
        } else {
            const int step = event->modifiers().testFlag(Qt::ShiftModifier) ? leap : 1;
            wanted = std::clamp(m_current + direction * step, 0, std::max(0, last));
        }
        break;
    }
    case Qt::Key_Home:
        wanted = 0;
        break;
    case Qt::Key_End:
        wanted = last;
        break;
    case Qt::Key_Escape:
        if (m_current < 0) {
            event->ignore();
            return;
        }
        wanted = -1;
        break;
    default:
        event->ignore();
        return;
    }
    setCurrent(wanted);
    event->accept();
}

} // namespace Lorikeet
