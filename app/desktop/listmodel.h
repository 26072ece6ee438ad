// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractListModel>
#include <QList>

#include <algorithm>

namespace Lorikeet {

/// Begin and end of a change of rows, as a model may tell its views only itself.
class ListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

protected:
    /// Turns `rows` into `wanted` by removals, moves, insertions and changes, so that a view keeps
    /// its place and its delegates. `key` tells what makes two rows the same one.
    template<typename Row, typename Key>
    void update(QList<Row> &rows, const QList<Row> &wanted, Key key)
    {
        const auto holds = [&](const QList<Row> &list, const Row &row) {
            return std::ranges::any_of(
                list, [&](const Row &other) { return key(other) == key(row); });
        };
        for (qsizetype i = rows.size() - 1; i >= 0; --i) {
            if (!holds(wanted, rows[i])) {
                beginRemoveRows({}, int(i), int(i));
                rows.removeAt(i);
                endRemoveRows();
            }
        }
        for (qsizetype i = 0; i < wanted.size(); ++i) {
            qsizetype at = i;
            while (at < rows.size() && key(rows[at]) != key(wanted[i])) {
                ++at;
            }
            if (at == rows.size()) {
                beginInsertRows({}, int(i), int(i));
                rows.insert(i, wanted[i]);
                endInsertRows();
                continue;
            }
            if (at != i) {
                beginMoveRows({}, int(at), int(at), {}, int(i));
                rows.move(at, i);
                endMoveRows();
            }
            if (!(rows[i] == wanted[i])) {
                rows[i] = wanted[i];
                Q_EMIT dataChanged(index(int(i)), index(int(i)));
            }
        }
    }
};

} // namespace Lorikeet
