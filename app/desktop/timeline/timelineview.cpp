// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/timelineview.h"

#include "timeline/blockdocument.h"
#include "timeline/copyformats.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QQuickWindow>
#include <QSGRendererInterface>

using namespace Qt::StringLiterals;

namespace Lorikeet {

TimelineView::TimelineView(QQuickItem *parent)
    : QQuickItem(parent)
    , m_content(new QQuickItem(this))
    , m_rows(this)
{
    // Rows that scroll out are cut off here, and long text in them makes nodes only for this part.
    setClip(true);
    setFlag(ItemIsViewport);
    setFlag(ItemIsFocusScope, false);
    setActiveFocusOnTab(true);
    setAcceptedMouseButtons(Qt::LeftButton | Qt::RightButton);
    setAcceptHoverEvents(true);
    setAcceptTouchEvents(true);
    setFiltersChildMouseEvents(true);
    m_lastClick.start();
    connect(&m_measurer, &HeightMeasurer::measured, this, &TimelineView::takeMeasured);
}

TimelineView::~TimelineView() { m_rows.clear(); }

QQmlListProperty<TimelineDelegate> TimelineView::delegates() { return {this, &m_delegates}; }

void TimelineView::setModel(TimelineModel *model)
{
    if (model == m_model) {
        return;
    }
    if (m_model) {
        m_model->disconnect(this);
    }
    m_rows.clear();
    m_selection.clear();
    m_model = model;
    m_heights.reset(model ? model->rowCount() : 0);
    m_estimatesMissing = true;
    m_anchor = {};
    ++m_structure;
    if (model) {
        connect(model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { onRowsInserted(first, last); });
        connect(model, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) { onRowsRemoved(first, last); });
        connect(model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                onDataChanged(first.row(), last.row());
            });
        connect(model, &TimelineModel::answerStarted, this, &TimelineView::answerStarted);
        connect(model, &TimelineModel::answerFinished, this, &TimelineView::answerFinished);
    }
    m_keptQuestion = {};
    setNewText(false);
    setFollowing(true);
    Q_EMIT modelChanged();
    Q_EMIT selectionChanged();
    polish();
}

void TimelineView::setAnonymous(bool anonymous)
{
    if (m_anonymous != anonymous) {
        m_anonymous = anonymous;
        Q_EMIT anonymousChanged();
    }
}

void TimelineView::setStyle(TimelineStyle *style)
{
    if (style == m_style) {
        return;
    }
    if (m_style) {
        m_style->disconnect(this);
    }
    m_style = style;
    if (style) {
        style->setNativeText(m_nativeText);
        connect(style, &TimelineStyle::changed, this, &TimelineView::onStyleChanged);
    }
    Q_EMIT styleChanged();
    polish();
}

void TimelineView::onStyleChanged()
{
    rememberCharacter();
    for (auto &[row, entry] : m_rows.live()) {
        entry.row->refresh();
    }
    polish();
}

void TimelineView::setMaxTextWidth(qreal width)
{
    if (width != m_maxTextWidth) {
        rememberCharacter();
        m_maxTextWidth = width;
        Q_EMIT layoutChanged();
        polish();
    }
}

void TimelineView::setMaxWideWidth(qreal width)
{
    if (width != m_maxWideWidth) {
        rememberCharacter();
        m_maxWideWidth = width;
        Q_EMIT layoutChanged();
        polish();
    }
}

void TimelineView::componentComplete()
{
    QQuickItem::componentComplete();
    updateNativeText();
    polish();
}

void TimelineView::itemChange(ItemChange change, const ItemChangeData &data)
{
    if (change == ItemSceneChange) {
        updateNativeText();
    }
    QQuickItem::itemChange(change, data);
}

void TimelineView::updateNativeText()
{
    // Distance fields are slow in software, and there is no turning or scaling that needs them.
    const bool native = window()
        && window()->rendererInterface()->graphicsApi() == QSGRendererInterface::Software;
    if (native != m_nativeText) {
        m_nativeText = native;
        Q_EMIT nativeTextChanged();
    }
    if (m_style) {
        m_style->setNativeText(native);
    }
}

void TimelineView::geometryChange(const QRectF &now, const QRectF &before)
{
    if (now.width() != before.width()) {
        rememberCharacter();
    }
    QQuickItem::geometryChange(now, before);
    polish();
}

void TimelineView::onRowsInserted(int first, int last)
{
    const int count = last - first + 1;
    m_heights.insert(first, count);
    m_estimatesMissing = true;
    ++m_structure;
    m_rows.shift(first, count);
    m_selection.rowsInserted(first, count);
    if (first <= m_anchor.row && m_heights.size() > count) {
        m_anchor.row += count;
    }
    noteText(last);
    if (last + 1 < m_heights.size()) {
        m_heights.invalidate(last + 1); // the space above it depends on what is above
    }
    polish();
}

void TimelineView::onRowsRemoved(int first, int last)
{
    const int count = last - first + 1;
    m_rows.releaseRange(first, last);
    m_rows.shift(last + 1, -count);
    m_heights.remove(first, count);
    ++m_structure;
    const bool selected = hasSelection();
    m_selection.rowsRemoved(first, count);
    if (m_anchor.row > last) {
        m_anchor.row -= count;
    } else if (m_anchor.row >= first) {
        m_anchor = {.row = std::max(0, first - 1), .offset = 0};
    }
    if (first < m_heights.size()) {
        m_heights.invalidate(first);
    }
    if (selected && !hasSelection()) {
        Q_EMIT selectionChanged();
    }
    polish();
}

void TimelineView::onDataChanged(int first, int last)
{
    noteText(last);
    for (int row = first; row <= last; ++row) {
        if (const RowPool::Entry *entry = m_rows.find(row)) {
            entry->row->refresh();
        } else if (row < m_heights.size()) {
            m_heights.invalidate(row);
            ++m_structure; // a measurement under way is of the old text
        }
    }
    polish();
}

/// The pill says so when text comes that the person does not see.
void TimelineView::noteText(int row)
{
    if (!m_following && !isAtEnd() && m_model->messageOf(row).isStreaming()) {
        setNewText(true);
    }
}

QQuickItem *TimelineView::itemAt(int row)
{
    const RowPool::Entry *entry = m_rows.find(row);
    return entry ? entry->item : nullptr;
}

void TimelineView::setRowState(int row, RowState state)
{
    // What was clicked stays where it is; what follows it moves.
    if (!m_model->messageOf(row).isStreaming() || !m_following) {
        setFollowing(false);
        m_anchor = {.row = row, .offset = m_contentY - m_heights.top(row)};
    }
    m_model->setState(row, state);
}

void TimelineView::setRowAsTree(int row, bool asTree)
{
    if (!m_model->messageOf(row).isStreaming() || !m_following) {
        setFollowing(false);
        m_anchor = {.row = row, .offset = m_contentY - m_heights.top(row)};
    }
    const QQuickItem *item = itemAt(row);
    const QQuickItem *focused = window() ? window()->activeFocusItem() : nullptr;
    const bool isByKey = item && focused && item->isAncestorOf(focused);
    m_model->setAsTree(row, asTree);
    m_switched = isByKey ? row : -1;
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    const bool keyboard = event->reason() == Qt::TabFocusReason
        || event->reason() == Qt::BacktabFocusReason || event->reason() == Qt::ShortcutFocusReason;
    if (keyboard != m_focusByKeyboard) {
        m_focusByKeyboard = keyboard;
        Q_EMIT focusByKeyboardChanged();
    }
    QQuickItem::focusInEvent(event);
}

int TimelineView::lastAnswerWords() const
{
    for (int i = m_model ? m_model->messageCount() - 1 : -1; i >= 0; --i) {
        const ChatNode &node = m_model->message(i).entry.node;
        if (node.isAnswer()) {
            const QStringView text(node.message.content);
            int words = 0;
            bool in = false;
            for (const QChar c : text) {
                words += !c.isSpace() && !in ? 1 : 0;
                in = !c.isSpace();
            }
            return words;
        }
    }
    return 0;
}

QString TimelineView::lastProblem() const
{
    const int last = m_model ? m_model->messageCount() - 1 : -1;
    return last >= 0 && m_model->message(last).entry.node.error
        ? m_model->message(last).entry.node.error->message
        : QString();
}

void TimelineView::copy() const
{
    if (m_model && hasSelection()) {
        copyMarkdown(m_selection.markdown(*m_model), m_selection.blocks(*m_model));
    }
}

void TimelineView::copyPlain() const
{
    if (m_model && hasSelection()) {
        QGuiApplication::clipboard()->setText(m_selection.plain(*m_model));
    }
}

void TimelineView::clearSelection() { setSelection({}, {}); }

void TimelineView::selectAll()
{
    if (!m_model || m_model->rowCount() == 0) {
        return;
    }
    const int at = m_selection.caret().row >= 0 ? m_selection.caret().row : m_anchor.row;
    const TimelineMessage &message = m_model->messageOf(std::min(at, m_model->rowCount() - 1));
    const int last = message.firstRow + message.rowCount - 1;
    const TextPosition begin{message.firstRow, 0};
    const TextPosition end{last, m_model->rowText(last).size()};
    if (m_selection.anchor() == begin && m_selection.caret() == end) {
        const int end_ = m_model->rowCount() - 1;
        setSelection({0, 0}, {end_, m_model->rowText(end_).size()});
    } else {
        setSelection(begin, end);
    }
}

void TimelineView::setSelection(TextPosition anchor, TextPosition caret)
{
    m_selection.select(anchor, caret);
    for (auto &[row, entry] : m_rows.live()) {
        applySelectionTo(entry.row);
    }
    Q_EMIT selectionChanged();
}

void TimelineView::applySelectionTo(const TimelineRow *row) const
{
    if (BlockDocument *document = row->document(); document && row->index() >= 0) {
        const auto [begin, end]
            = m_selection.within(row->index(), m_model->rowText(row->index()).size());
        document->select(begin, end);
    }
}

} // namespace Lorikeet
