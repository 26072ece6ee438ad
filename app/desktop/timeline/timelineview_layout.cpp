// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The half of TimelineView that knows heights and makes rows.

#include "timeline/timelineview.h"

#include <QQuickWindow>

#include <algorithm>

namespace Lorikeet {

namespace {

/// A frame may spend so long on making rows; the rest comes with the next ones.
constexpr qint64 creationBudget = 4'000'000;
constexpr qint64 noLimit = 10'000'000'000;
constexpr int measuredAtOnce = 48;

} // namespace

RowWidths TimelineView::rowWidths() const
{
    const qreal unit = m_style->value().unit;
    const qreal room = std::max(width() - 2 * 16 * unit, 80.0);
    const qreal text = std::floor(std::min(room, m_maxTextWidth * unit));
    // Code and tables begin where text begins and may reach further right.
    const qreal left = std::floor((width() - text) / 2);
    const qreal wide = std::min(m_maxWideWidth * unit, width() - left - 16 * unit);
    return {.text = text, .wide = std::floor(std::max(text, wide))};
}

qreal TimelineView::columnX() const { return std::floor((width() - m_widths.text) / 2); }

qreal TimelineView::widthOf(RowKind kind, const RowWidths &widths) const
{
    return kind == RowKind::Code || kind == RowKind::Table || kind == RowKind::Tree ? widths.wide
                                                                                    : widths.text;
}

qreal TimelineView::bottomPadding() const { return m_style ? 24 * m_style->value().unit : 0; }

qreal TimelineView::contentHeight() const
{
    qreal height = m_heights.total() + (m_heights.size() > 0 ? bottomPadding() : 0);
    if (!m_keptQuestion.isNull() && m_model) {
        const int message = m_model->messageIndex(m_keptQuestion);
        if (message >= 0) {
            const qreal top = m_heights.top(m_model->message(message).firstRow);
            height = std::max(height, top + this->height());
        }
    }
    return height;
}

bool TimelineView::isMeasured() const
{
    for (int row = 0; row < m_heights.size(); ++row) {
        if (!m_heights.isExact(row)) {
            return false;
        }
    }
    return true;
}

void TimelineView::updatePolish()
{
    if (!m_model || !m_style || width() <= 0 || height() <= 0 || !isComponentComplete()) {
        return;
    }
    QElapsedTimer timer;
    timer.start();
    applyWidths();
    estimateMissing();
    const bool first = m_rows.live().empty();
    const qint64 budget = first ? noLimit : creationBudget;
    bool complete = false;
    // A row that is made may prove higher than thought; then others come into view.
    for (int round = 0; round < 4; ++round) {
        const qreal before = m_heights.total();
        resolvePosition();
        complete = createRows(timer, budget);
        if (m_heights.total() == before || !complete) {
            break;
        }
    }
    restoreCharacter();
    resolvePosition();
    placeRows();
    restoreSwitch();
    const qreal height = contentHeight();
    if (height != m_lastContentHeight) {
        m_lastContentHeight = height;
        Q_EMIT contentHeightChanged();
        Q_EMIT contentYChanged(); // atEnd depends on both
    }
    if (!complete) {
        nextFrame();
    }
    scheduleMeasuring();
    if (m_model->isBusy()) {
        m_model->noteFlushCost(timer.nsecsElapsed());
    }
}

void TimelineView::nextFrame()
{
    QMetaObject::invokeMethod(this, [this] { polish(); }, Qt::QueuedConnection);
}

/// Takes over a changed width or style: all heights are guesses again, or known from before.
void TimelineView::applyWidths()
{
    const RowWidths widths = rowWidths();
    const TextStyle &style = m_style->value();
    if (widths == m_widths && m_laidOutStyle.sameMetrics(style)) {
        m_laidOutStyle = style;
        return;
    }
    m_widths = widths;
    m_laidOutStyle = style;
    m_measurer.setLayout(widths, style);
    ++m_structure;
    for (int row = 0; row < m_heights.size(); ++row) {
        m_heights.set(row, 0, false);
    }
    m_estimatesMissing = true;
    for (auto &[row, entry] : m_rows.live()) {
        entry.item->setWidth(widthOf(entry.kind, widths));
        rowHeightChanged(row, entry.item);
    }
}

void TimelineView::estimateMissing()
{
    if (!std::exchange(m_estimatesMissing, false)) {
        return;
    }
    for (int row = 0; row < m_heights.size(); ++row) {
        if (m_heights.height(row) == 0) {
            const RowContent content = RowContent::of(*m_model, row, false);
            m_heights.set(row,
                gapAbove(*m_model, row, m_laidOutStyle)
                    + estimateRow(content, m_widths, m_laidOutStyle),
                false);
        }
    }
}

void TimelineView::rowHeightChanged(int row, const QQuickItem *item)
{
    if (row < 0 || row >= m_heights.size() || !m_model || !m_style) {
        return;
    }
    const qreal height
        = gapAbove(*m_model, row, m_style->value()) + std::ceil(item->implicitHeight());
    if (height != m_heights.height(row) || !m_heights.isExact(row)) {
        m_heights.set(row, height, true);
        polish();
    }
}

void TimelineView::resolvePosition()
{
    const qreal most = maxContentY();
    qreal y = most;
    if (!m_following) {
        const int row = std::clamp(m_anchor.row, 0, std::max(0, m_heights.size() - 1));
        y = m_heights.size() > 0 ? m_heights.top(row) + m_anchor.offset : 0;
    }
    y = std::round(std::clamp(y, 0.0, most));
    if (y != m_contentY) {
        m_contentY = y;
        Q_EMIT contentYChanged();
    }
}

bool TimelineView::createRows(const QElapsedTimer &timer, qint64 budget)
{
    if (m_heights.size() == 0) {
        m_rows.clear();
        return true;
    }
    const qreal screen = height();
    const int firstSeen = m_heights.rowAt(m_contentY);
    const int lastSeen = m_heights.rowAt(m_contentY + screen);
    const int first = m_heights.rowAt(std::max(0.0, m_contentY - screen));
    const int last = m_heights.rowAt(m_contentY + 2 * screen);
    m_rows.releaseOutside(m_heights.rowAt(std::max(0.0, m_contentY - 1.5 * screen)),
        m_heights.rowAt(m_contentY + 2.5 * screen));
    // What is seen first, from the edge that is being read; then what is near.
    QList<int> wanted;
    for (int row = firstSeen; row <= lastSeen; ++row) {
        wanted.append(row);
    }
    if (m_following) {
        std::reverse(wanted.begin(), wanted.end());
    }
    const qsizetype seen = wanted.size();
    for (int step = 1; firstSeen - step >= first || lastSeen + step <= last; ++step) {
        if (lastSeen + step <= last) {
            wanted.append(lastSeen + step);
        }
        if (firstSeen - step >= first) {
            wanted.append(firstSeen - step);
        }
    }
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        const int row = wanted[i];
        if (m_rows.find(row)) {
            continue;
        }
        // Without a limit what is seen is made, and no more: the first frame is to come soon.
        if (timer.nsecsElapsed() > budget || (budget == noLimit && i >= seen)) {
            return false;
        }
        const RowKind kind = m_model->row(row).kind;
        RowPool::Entry *entry = m_rows.acquire(row, kind, m_delegates, widthOf(kind, m_widths));
        if (entry) {
            entry->item->setX(columnX());
            rowHeightChanged(row, entry->item);
            applySelectionTo(entry->row);
        }
    }
    return true;
}

void TimelineView::placeRows()
{
    const qreal x = columnX();
    for (auto &[row, entry] : m_rows.live()) {
        const qreal gap = gapAbove(*m_model, row, m_laidOutStyle);
        const qreal height = gap + std::ceil(entry.item->implicitHeight());
        if (height != m_heights.height(row)) {
            m_heights.set(row, height, true);
        }
    }
    for (auto &[row, entry] : m_rows.live()) {
        const qreal gap = gapAbove(*m_model, row, m_laidOutStyle);
        entry.item->setPosition({x, std::round(m_heights.top(row) + gap - m_contentY)});
    }
    m_rows.nameMessages();
}

/// Who switches by a key goes on from there, though it is another item now.
void TimelineView::restoreSwitch()
{
    if (const RowPool::Entry *entry = m_rows.find(m_switched)) {
        m_switched = -1;
        Q_EMIT entry->row->switched();
    }
}

/// Has rows measured that were never shown, those nearest to the anchor first.
void TimelineView::scheduleMeasuring()
{
    if (m_measurer.isBusy() || m_heights.size() == 0) {
        return;
    }
    QList<HeightMeasurer::Job> jobs;
    bool found = false;
    const auto take = [&](int row) {
        if (m_heights.isExact(row) || m_rows.find(row)) {
            return;
        }
        HeightMeasurer::Job job{.row = row, .content = RowContent::of(*m_model, row, true)};
        job.hash = job.content.hash();
        if (const std::optional<qreal> height = m_measurer.known(job.hash)) {
            m_heights.set(row, gapAbove(*m_model, row, m_laidOutStyle) + *height, true);
            found = true;
        } else {
            jobs.append(job);
        }
    };
    const int from
        = m_following ? m_heights.size() - 1 : std::clamp(m_anchor.row, 0, m_heights.size() - 1);
    for (int row = from; row >= 0 && jobs.size() < measuredAtOnce; --row) {
        take(row);
    }
    for (int row = from + 1; row < m_heights.size() && jobs.size() < measuredAtOnce; ++row) {
        take(row);
    }
    if (found) {
        nextFrame();
    }
    if (!jobs.isEmpty()) {
        m_measuredStructure = m_structure;
        m_measurer.measure(jobs);
    }
}

void TimelineView::takeMeasured(const QList<HeightMeasurer::Job> &jobs, bool current)
{
    if (current && m_measuredStructure == m_structure && m_model) {
        for (const HeightMeasurer::Job &job : jobs) {
            if (!m_rows.find(job.row)) {
                m_heights.set(
                    job.row, gapAbove(*m_model, job.row, m_laidOutStyle) + job.height, true);
            }
        }
    }
    polish();
}

} // namespace Lorikeet
