// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/rowpool.h"

#include "timeline/timelinerow.h"
#include "timeline/timelineview.h"

#include <QLoggingCategory>
#include <QQmlContext>
#include <QQuickItem>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// At rest an item costs memory; making one costs about half a millisecond.
constexpr int restingOfAKind = 24;

} // namespace

RowPool::RowPool(TimelineView *view)
    : m_view(view)
{ }

RowPool::Entry *RowPool::find(int row)
{
    const auto found = m_live.find(row);
    return found == m_live.end() ? nullptr : &found->second;
}

RowPool::Entry *RowPool::acquire(
    int row, RowKind kind, const QList<TimelineDelegate *> &delegates, qreal width)
{
    QList<Entry> &resting = m_resting[int(kind)];
    if (!resting.isEmpty()) {
        Entry entry = resting.takeLast();
        entry.item->setWidth(width);
        entry.row->setIndex(row);
        entry.item->setVisible(true);
        return &m_live.insert_or_assign(row, entry).first->second;
    }
    const auto delegate = std::find_if(delegates.begin(), delegates.end(),
        [kind](const TimelineDelegate *candidate) { return candidate->kind() == kind; });
    if (delegate == delegates.end() || !(*delegate)->component()) {
        return nullptr;
    }
    QQmlComponent *component = (*delegate)->component();
    auto *state = new TimelineRow(m_view, m_view);
    state->moveIndex(row);
    auto *item = qobject_cast<QQuickItem *>(component->createWithInitialProperties(
        {{u"row"_s, QVariant::fromValue(state)}, {u"width"_s, width},
            {u"parent"_s, QVariant::fromValue<QQuickItem *>(m_view->rowParent())}},
        component->creationContext()));
    if (!item) {
        qWarning("A timeline row cannot be made: %s", qUtf8Printable(component->errorString()));
        delete state;
        return nullptr;
    }
    item->setParent(m_view);
    state->setParent(item);
    QObject::connect(item, &QQuickItem::implicitHeightChanged, m_view,
        [view = m_view, state, item] { view->rowHeightChanged(state->index(), item); });
    return &m_live.insert_or_assign(row, Entry{item, state, kind}).first->second;
}

void RowPool::rest(const Entry &entry)
{
    entry.row->setIndex(-1);
    QList<Entry> &resting = m_resting[int(entry.kind)];
    if (resting.size() < restingOfAKind) {
        entry.item->setVisible(false);
        resting.append(entry);
    } else {
        entry.item->setParentItem(nullptr);
        entry.item->deleteLater();
    }
}

void RowPool::releaseOutside(int first, int last)
{
    for (auto it = m_live.begin(); it != m_live.end();) {
        if (it->first < first || it->first > last) {
            rest(it->second);
            it = m_live.erase(it);
        } else {
            ++it;
        }
    }
}

void RowPool::releaseRange(int first, int last)
{
    for (auto it = m_live.lower_bound(first); it != m_live.end() && it->first <= last;) {
        rest(it->second);
        it = m_live.erase(it);
    }
}

void RowPool::shift(int first, int by)
{
    std::map<int, Entry> moved;
    for (auto &[row, entry] : m_live) {
        const int now = row < first ? row : row + by;
        entry.row->moveIndex(now);
        moved.emplace(now, entry);
    }
    m_live = std::move(moved);
}

void RowPool::clear() { releaseOutside(0, -1); }

} // namespace Lorikeet
