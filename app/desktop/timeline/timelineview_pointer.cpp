// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The half of TimelineView that points: selection by mouse, and links.

#include "timeline/blockdocument.h"
#include "timeline/links.h"
#include "timeline/timelineview.h"

#include <QCursor>
#include <QGuiApplication>
#include <QStyleHints>

#include <algorithm>

namespace Lorikeet {

TextPosition TimelineView::positionAt(QPointF point)
{
    if (!m_model || m_heights.size() == 0) {
        return {};
    }
    point.setY(std::clamp(point.y(), 0.0, height()));
    const int row = m_heights.rowAt(m_contentY + point.y());
    const RowPool::Entry *entry = m_rows.find(row);
    const BlockDocument *document = entry ? entry->row->document() : nullptr;
    if (!document || !document->edit() || !m_model->isSelectable(row)) {
        return {row, 0};
    }
    const QPointF inEdit = document->edit()->mapFromItem(this, point);
    const qsizetype length = m_model->rowText(row).size();
    // Above its text a row begins, below it ends: the gaps between rows belong to both.
    if (inEdit.y() < 0) {
        return {row, 0};
    }
    return {row, inEdit.y() > document->textHeight() ? length : document->positionAt(inEdit)};
}

QString TimelineView::linkAt(QPointF point)
{
    const RowPool::Entry *entry = m_rows.find(m_heights.rowAt(m_contentY + point.y()));
    const BlockDocument *document = entry ? entry->row->document() : nullptr;
    return document && document->edit()
        ? document->linkAt(document->edit()->mapFromItem(this, point))
        : QString();
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    if (event->button() == Qt::RightButton) {
        Q_EMIT contextMenuRequested(event->position());
        return;
    }
    const QStyleHints *hints = QGuiApplication::styleHints();
    const bool again = m_lastClick.elapsed() < hints->mouseDoubleClickInterval()
        && (event->position() - m_pressPoint).manhattanLength() < hints->startDragDistance();
    m_clicks = again ? m_clicks + 1 : 1;
    m_lastClick.restart();
    m_pressPoint = event->position();
    m_dragPoint = event->position();
    m_dragging = false;
    const TextPosition at = positionAt(event->position());
    if (m_clicks > 1) {
        selectUnit(at);
    } else if ((event->modifiers() & Qt::ShiftModifier) && m_selection.anchor().row >= 0) {
        setSelection(m_selection.anchor(), at);
    } else {
        setSelection(at, at);
    }
    event->accept();
}

/// The press that made it a double click was delivered, and counted, already.
void TimelineView::mouseDoubleClickEvent(QMouseEvent *event) { event->accept(); }

/// A word at the second click, a block at the third.
void TimelineView::selectUnit(TextPosition at)
{
    const RowPool::Entry *entry = m_rows.find(at.row);
    if (!entry || !entry->row->document()) {
        return;
    }
    if (m_clicks == 2) {
        const auto [begin, end] = entry->row->document()->wordAt(at.character);
        setSelection({at.row, begin}, {at.row, end});
    } else {
        setSelection({at.row, 0}, {at.row, m_model->rowText(at.row).size()});
    }
}

void TimelineView::dragTo(QPointF point) { setSelection(m_selection.anchor(), positionAt(point)); }

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton)) {
        return;
    }
    m_dragPoint = event->position();
    if (!m_dragging
        && (m_dragPoint - m_pressPoint).manhattanLength()
            < QGuiApplication::styleHints()->startDragDistance()) {
        return;
    }
    m_dragging = true;
    setKeepMouseGrab(true);
    const bool outside = m_dragPoint.y() < 0 || m_dragPoint.y() > height();
    if (outside && !m_autoScroll.isActive()) {
        m_autoScroll.start(16, this);
    } else if (!outside) {
        m_autoScroll.stop();
    }
    dragTo(m_dragPoint);
    event->accept();
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    m_autoScroll.stop();
    setKeepMouseGrab(false);
    if (!m_dragging && m_clicks == 1 && event->button() == Qt::LeftButton
        && !(event->modifiers() & Qt::ShiftModifier)) {
        openLink(linkAt(event->position()));
    }
    m_dragging = false;
}

void TimelineView::mouseUngrabEvent()
{
    m_autoScroll.stop();
    m_dragging = false;
}

void TimelineView::hoverMoveEvent(QHoverEvent *event)
{
    const QString link = linkAt(event->position());
    setHover(link, event->position());
    if (!link.isEmpty()) {
        setCursor(QCursor(isSafeLink(link) ? Qt::PointingHandCursor : Qt::ForbiddenCursor));
    } else {
        const int row = m_heights.rowAt(m_contentY + event->position().y());
        const bool text = m_model && row >= 0 && m_model->isSelectable(row);
        setCursor(QCursor(text ? Qt::IBeamCursor : Qt::ArrowCursor));
    }
    event->ignore();
}

void TimelineView::hoverLeaveEvent(QHoverEvent *)
{
    setHover({}, {});
    unsetCursor();
}

void TimelineView::setHover(const QString &link, QPointF point)
{
    if (link != m_hoveredLink) {
        m_hoveredLink = link;
        m_hoverPoint = point;
        Q_EMIT hoveredLinkChanged();
    }
}

} // namespace Lorikeet
