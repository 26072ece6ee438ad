// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "timeline/timelinedelegate.h"

#include <QHash>
#include <QList>
#include <QUuid>

#include <map>

class QQuickItem;

namespace Lorikeet {

class TimelineRow;
class TimelineView;

/// The row items that exist: those on and near the screen by row, and a few at rest of each kind,
/// to be used again without being made anew.
class RowPool final
{
public:
    struct Entry
    {
        QQuickItem *item = nullptr;
        TimelineRow *row = nullptr;
        RowKind kind = RowKind::Header;
        QUuid message; ///< whose item the row's item is a child of
    };

    explicit RowPool(TimelineView *view);

    /// The item for a row, made or taken from rest; null where no delegate is given for its kind.
    Entry *acquire(int row, RowKind kind, const QList<TimelineDelegate *> &delegates, qreal width);
    /// Assistive technology meets messages, and the rows in them: tells it what a message is
    /// called, where any of its rows exists.
    void nameMessages();
    [[nodiscard]] Entry *find(int row);

    /// Puts items outside [first, last] at rest.
    void releaseOutside(int first, int last);
    void releaseRange(int first, int last);
    /// Rows from `first` on have moved by `by`.
    void shift(int first, int by);
    void clear();

    [[nodiscard]] std::map<int, Entry> &live() { return m_live; }

private:
    void rest(const Entry &entry);
    [[nodiscard]] QQuickItem *messageItem(
        QUuid message, const QList<TimelineDelegate *> &delegates);
    void adopt(std::map<int, Entry>::iterator at, const QList<TimelineDelegate *> &delegates);
    void dropEmptyMessages();

    TimelineView *m_view;
    std::map<int, Entry> m_live;
    QHash<int, QList<Entry>> m_resting;
    QHash<QUuid, QQuickItem *> m_messages;
};

} // namespace Lorikeet
