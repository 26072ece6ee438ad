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

QQmlComponent *componentFor(RowKind kind, const QList<TimelineDelegate *> &delegates)
{
    const auto delegate = std::find_if(delegates.begin(), delegates.end(),
        [kind](const TimelineDelegate *candidate) { return candidate->kind() == kind; });
    return delegate == delegates.end() ? nullptr : (*delegate)->component();
}

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
        const Entry entry = resting.takeLast();
        const auto at = m_live.insert_or_assign(row, entry).first;
        adopt(at, delegates);
        entry.item->setWidth(width);
        entry.row->setIndex(row);
        entry.item->setVisible(true);
        return &at->second;
    }
    QQmlComponent *component = componentFor(kind, delegates);
    if (!component) {
        return nullptr;
    }
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
    const auto at = m_live.insert_or_assign(row, Entry{item, state, kind}).first;
    adopt(at, delegates);
    return &at->second;
}

QQuickItem *RowPool::messageItem(QUuid message, const QList<TimelineDelegate *> &delegates)
{
    if (QQuickItem *known = m_messages.value(message)) {
        return known;
    }
    QQmlComponent *component = componentFor(RowKind::Message, delegates);
    auto *item = component
        ? qobject_cast<QQuickItem *>(component->createWithInitialProperties(
              {{u"parent"_s, QVariant::fromValue<QQuickItem *>(m_view->rowParent())}},
              component->creationContext()))
        : nullptr;
    if (!item) {
        return m_view->rowParent();
    }
    item->setParent(m_view);
    m_messages.insert(message, item);
    return item;
}

/// Puts a row's item into its message's, in the order they are read.
void RowPool::adopt(std::map<int, Entry>::iterator at, const QList<TimelineDelegate *> &delegates)
{
    Entry &entry = at->second;
    entry.message = m_view->model()->messageOf(at->first).entry.node.id;
    const bool known = m_messages.contains(entry.message);
    QQuickItem *message = messageItem(entry.message, delegates);
    entry.item->setParentItem(message);
    const auto next = std::next(at);
    if (next == m_live.end()) {
        return;
    }
    if (next->second.message == entry.message) {
        entry.item->stackBefore(next->second.item);
    } else if (!known && m_messages.contains(next->second.message)
        && message != m_view->rowParent()) {
        message->stackBefore(m_messages.value(next->second.message));
    }
}

void RowPool::nameMessages()
{
    QUuid before;
    for (const auto &[row, entry] : m_live) {
        if (entry.message != before) {
            before = entry.message;
            if (QQuickItem *item = m_messages.value(entry.message)) {
                item->setProperty("name", entry.row->messageName());
                item->setSize({m_view->width(), m_view->height()});
            }
        }
    }
}

void RowPool::dropEmptyMessages()
{
    for (auto it = m_messages.begin(); it != m_messages.end();) {
        if (it.value()->childItems().isEmpty()) {
            it.value()->setParentItem(nullptr);
            it.value()->deleteLater();
            it = m_messages.erase(it);
        } else {
            ++it;
        }
    }
}

void RowPool::rest(const Entry &entry)
{
    entry.row->setIndex(-1);
    QList<Entry> &resting = m_resting[int(entry.kind)];
    if (resting.size() < restingOfAKind) {
        entry.item->setVisible(false);
        entry.item->setParentItem(m_view->rowParent());
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
    dropEmptyMessages();
}

void RowPool::releaseRange(int first, int last)
{
    for (auto it = m_live.lower_bound(first); it != m_live.end() && it->first <= last;) {
        rest(it->second);
        it = m_live.erase(it);
    }
    dropEmptyMessages();
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
