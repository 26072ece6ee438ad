// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The half of TimelineView that moves: following, the anchor, wheel, keys and touch.

#include "timeline/blockdocument.h"
#include "timeline/timelineview.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QStyleHints>
#include <QTimerEvent>

#include <algorithm>

namespace Lorikeet {

namespace {

/// A person who comes this near to the end wants to follow it.
constexpr qreal nearEnd = 24;
constexpr int frame = 16; ///< milliseconds

} // namespace

qreal TimelineView::maxContentY() const { return std::max(0.0, contentHeight() - height()); }

void TimelineView::setFollowing(bool following)
{
    if (following != m_following) {
        m_following = following;
        Q_EMIT followingChanged();
    }
    if (following) {
        setNewText(false);
        m_anchor.character = -1;
    }
}

void TimelineView::setNewText(bool newText)
{
    if (newText != m_newText) {
        m_newText = newText;
        Q_EMIT newTextChanged();
    }
}

void TimelineView::setAnchorAt(qreal y)
{
    const int row = std::max(0, m_heights.rowAt(y));
    m_anchor = {.row = row, .offset = m_heights.size() > 0 ? y - m_heights.top(row) : 0};
}

/// A person moved the view. This alone changes whether it follows.
void TimelineView::setUserPosition(qreal y)
{
    const qreal most = maxContentY();
    y = std::clamp(y, 0.0, most);
    if (y < m_contentY) {
        setFollowing(false);
    } else if (y >= most - nearEnd) {
        setFollowing(true);
    }
    if (!m_following) {
        setAnchorAt(y);
    }
    if (y >= most - 1) {
        setNewText(false);
    }
    polish();
    // The frame moves the rows; whoever asks meanwhile gets the new place.
    if (y != m_contentY) {
        m_contentY = m_following ? most : y;
        Q_EMIT contentYChanged();
    }
}

void TimelineView::userScrollTo(qreal y) { setUserPosition(y); }

void TimelineView::userScrollBy(qreal by)
{
    if (by < 0 && m_contentY <= 0) {
        return;
    }
    setUserPosition(m_contentY + by);
}

void TimelineView::jumpToEnd()
{
    m_keptQuestion = {};
    setFollowing(true);
    polish();
}

void TimelineView::jumpToStart() { setUserPosition(0); }

void TimelineView::beginAnswer()
{
    switch (m_followMode) {
    case FollowMode::FollowEnd:
        jumpToEnd();
        break;
    case FollowMode::KeepQuestion:
        for (int i = m_model ? m_model->messageCount() - 1 : -1; i >= 0; --i) {
            if (!m_model->message(i).isAnswer()) {
                m_keptQuestion = m_model->message(i).entry.node.id;
                setFollowing(false);
                m_anchor = {.row = m_model->message(i).firstRow, .offset = 0};
                break;
            }
        }
        polish();
        break;
    case FollowMode::NeverMove:
        setFollowing(false);
        setAnchorAt(m_contentY);
        break;
    }
}

int TimelineView::messageAtTop() const
{
    const int row = m_heights.rowAt(m_contentY + 1);
    return row < 0 || !m_model ? -1 : m_model->row(row).message;
}

void TimelineView::showMessage(int message)
{
    if (m_model && message >= 0 && message < m_model->messageCount()) {
        setFollowing(false);
        m_anchor = {.row = m_model->message(message).firstRow, .offset = 0};
        polish();
    }
}

void TimelineView::stepMessage(int by)
{
    const int at = messageAtTop();
    if (at < 0) {
        return;
    }
    const qreal top = m_heights.top(m_model->message(at).firstRow);
    // Back goes to the beginning of the message that is being read first.
    const int target = by < 0 && m_contentY > top + 1 ? at : at + by;
    if (target >= m_model->messageCount()) {
        jumpToEnd();
    } else {
        setUserPosition(m_heights.top(m_model->message(std::max(0, target)).firstRow));
    }
}

/// Before the width changes: which character stands at the top. Lines break elsewhere afterwards.
void TimelineView::rememberCharacter()
{
    if (m_following || m_anchor.character >= 0 || !m_model || m_anchor.row >= m_heights.size()) {
        return;
    }
    const RowPool::Entry *entry = m_rows.find(m_anchor.row);
    if (entry && entry->row->document() && entry->row->document()->edit()) {
        const QPointF top = entry->row->document()->edit()->mapFromItem(this, {0, 0});
        if (top.y() > 0) {
            m_anchor.character = entry->row->document()->positionAt({1, top.y() + 1});
            m_anchor.intoLine
                = top.y() - entry->row->document()->rectangleAt(m_anchor.character).top();
        }
    }
}

void TimelineView::restoreCharacter()
{
    if (m_following || m_anchor.character < 0) {
        return;
    }
    const RowPool::Entry *entry = m_rows.find(m_anchor.row);
    if (entry && entry->row->document() && entry->row->document()->edit()) {
        const QRectF line = entry->row->document()->rectangleAt(m_anchor.character);
        const QPointF inItem
            = entry->row->document()->edit()->mapToItem(entry->item, line.topLeft());
        m_anchor.offset
            = gapAbove(*m_model, m_anchor.row, m_laidOutStyle) + inItem.y() + m_anchor.intoLine;
    }
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        event->ignore(); // zoom
        return;
    }
    qreal by = -event->pixelDelta().y();
    if (by == 0) {
        const qreal line = m_style ? m_style->value().proseLine : 20;
        by = -event->angleDelta().y() / 120.0 * QGuiApplication::styleHints()->wheelScrollLines()
            * line;
    }
    if (by == 0) {
        event->ignore();
        return;
    }
    m_flick.stop();
    userScrollBy(by);
    event->accept();
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    const bool control = event->modifiers() & Qt::ControlModifier;
    const bool alt = event->modifiers() & Qt::AltModifier;
    const qreal line = m_style ? 2 * m_style->value().proseLine : 40;
    event->accept();
    if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if (control && alt && event->key() == Qt::Key_C) {
        copyPlain();
    } else if (control && event->key() == Qt::Key_Down) {
        stepMessage(1);
    } else if (control && event->key() == Qt::Key_Up) {
        stepMessage(-1);
    } else if (control || alt) {
        event->ignore();
    } else if (event->key() == Qt::Key_Escape && hasSelection()) {
        clearSelection();
    } else if (event->key() == Qt::Key_J) {
        stepMessage(1);
    } else if (event->key() == Qt::Key_K) {
        stepMessage(-1);
    } else if (event->key() == Qt::Key_Down) {
        userScrollBy(line);
    } else if (event->key() == Qt::Key_Up) {
        userScrollBy(-line);
    } else if (event->key() == Qt::Key_PageDown || event->key() == Qt::Key_Space) {
        userScrollBy(height() - line);
    } else if (event->key() == Qt::Key_PageUp) {
        userScrollBy(line - height());
    } else if (event->key() == Qt::Key_End) {
        jumpToEnd();
    } else if (event->key() == Qt::Key_Home) {
        jumpToStart();
    } else {
        event->ignore();
    }
}

void TimelineView::scrollByTouch(qreal y, qint64 time)
{
    const qreal by = m_touchY - y;
    if (time > m_touchTime) {
        m_touchSpeed = 0.6 * by / qreal(time - m_touchTime) + 0.4 * m_touchSpeed;
    }
    m_touchY = y;
    m_touchTime = time;
    userScrollBy(by);
}

void TimelineView::touchEvent(QTouchEvent *event)
{
    if (event->pointCount() != 1) {
        event->ignore();
        return;
    }
    const QEventPoint &point = event->point(0);
    const auto time = qint64(event->timestamp());
    if (event->type() == QEvent::TouchBegin) {
        m_flick.stop();
        m_touchY = point.position().y();
        m_touchTime = time;
        m_touchSpeed = 0;
    } else if (event->type() == QEvent::TouchUpdate) {
        scrollByTouch(mapFromScene(point.scenePosition()).y(), time);
    } else if (event->type() == QEvent::TouchEnd && std::abs(m_touchSpeed) > 0.2) {
        m_flick.start(frame, this);
    }
    event->accept();
}

/// Takes a touch over from a row's own control once it is clearly a vertical scroll.
bool TimelineView::childMouseEventFilter(QQuickItem *item, QEvent *event)
{
    if (event->type() != QEvent::TouchBegin && event->type() != QEvent::TouchUpdate) {
        return QQuickItem::childMouseEventFilter(item, event);
    }
    auto *touch = static_cast<QTouchEvent *>(event);
    const QEventPoint &point = touch->point(0);
    const QPointF moved = point.scenePosition() - point.scenePressPosition();
    if (event->type() == QEvent::TouchUpdate && touch->pointCount() == 1 && std::abs(moved.y()) > 10
        && std::abs(moved.y()) > std::abs(moved.x())) {
        m_touchY = mapFromScene(point.scenePosition()).y();
        m_touchTime = qint64(touch->timestamp());
        m_touchSpeed = 0;
        touch->setExclusiveGrabber(point, this);
        return true;
    }
    return false;
}

void TimelineView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_flick.timerId()) {
        m_touchSpeed *= 0.95;
        const qreal before = m_contentY;
        userScrollBy(m_touchSpeed * frame);
        if (std::abs(m_touchSpeed) < 0.02 || m_contentY == before) {
            m_flick.stop();
        }
    } else if (event->timerId() == m_autoScroll.timerId()) {
        const qreal over
            = m_dragPoint.y() < 0 ? m_dragPoint.y() : std::max(0.0, m_dragPoint.y() - height());
        if (over != 0) {
            userScrollBy(std::clamp(over * 0.4, -40.0, 40.0));
            dragTo(m_dragPoint);
        }
    } else {
        QQuickItem::timerEvent(event);
    }
}

} // namespace Lorikeet
