// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"

#include <QDateTime>
#include <QUuid>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// The grids that were asked, the last one first. One is a record (.json) and its answers (.jsonl)
/// in a folder.
class GridHistory final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the grid")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    /// What was removed last and can come back; empty: nothing.
    Q_PROPERTY(QString removed READ removed NOTIFY changed FINAL)

public:
    enum Role {
        TitleRole = Qt::UserRole + 1, ///< the file it is from, or how its table begins
        DetailRole, ///< "2 lanes: base, support-v4 · 3 samples"
        WhenRole,
    };

    GridHistory(const QString &folder, QObject *parent);

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] QString removed() const { return m_removedTitle; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] QString recordPath(QUuid id) const
    {
        return pathOf(id, QLatin1StringView(".json"));
    }

    [[nodiscard]] QString answersPath(QUuid id) const
    {
        return pathOf(id, QLatin1StringView(".jsonl"));
    }

    /// The grid that was begun, or checked anew, last; null: there is none.
    [[nodiscard]] QUuid last() const;

    /// Null where there is no such row.
    Q_INVOKABLE [[nodiscard]] QUuid idAt(int row) const;
    /// Reads the folder anew, in another thread.
    Q_INVOKABLE void refresh();
    /// Its files go with the next removal, or when the program is started again.
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE void undoRemove();
    /// It is not to come back.
    Q_INVOKABLE void forgetRemoved();

Q_SIGNALS:
    void changed();
    void removing(QUuid id);
    void failed(const QString &sentence);

private:
    struct Row
    {
        QUuid id;
        QString title;
        QString detail;
        QDateTime created;
        friend bool operator==(const Row &, const Row &) = default;
    };

    [[nodiscard]] static std::span<const Field<Row>> fields();
    [[nodiscard]] static QList<Row> read(const QString &folder);
    [[nodiscard]] QString pathOf(QUuid id, QLatin1StringView ending) const;
    /// Deletes what was removed.
    void sweep() const;

    QString m_folder;
    QList<Row> m_rows;
    QUuid m_removed;
    QString m_removedTitle;
    int m_reading = 0; ///< counts the readings, of which only the last is shown
};

} // namespace Lorikeet
