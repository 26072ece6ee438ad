// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractListModel>
#include <QList>

#include <algorithm>
#include <span>

namespace Lorikeet {

/// What models of rows have in common: how changes are told, which a model may do only itself, and
/// what is shown of a row.
class ListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

protected:
    /// What one role shows of a row, and what QML calls it.
    template<typename Row>
    struct Field
    {
        int role;
        const char *name;
        QVariant (*of)(const Row &row);
    };

    /// data() of a model with these fields, of which the first one is what it displays.
    template<typename Row>
    [[nodiscard]] QVariant valueAt(const QList<Row> &rows, std::span<const Field<Row>> fields,
        const QModelIndex &index, int role) const
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
            return {};
        }
        const int wanted = role == Qt::DisplayRole ? fields.front().role : role;
        const auto field = std::ranges::find(fields, wanted, &Field<Row>::role);
        return field == fields.end() ? QVariant() : field->of(rows[index.row()]);
    }

    /// roleNames() of it.
    template<typename Row>
    [[nodiscard]] static QHash<int, QByteArray> namesOf(std::span<const Field<Row>> fields)
    {
        QHash<int, QByteArray> names;
        for (const Field<Row> &field : fields) {
            names.insert(field.role, field.name);
        }
        return names;
    }

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
