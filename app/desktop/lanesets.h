// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "store/comparisonstore.h"

#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// Sets of lanes that a person saved to use again.
class LaneSets final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int count READ count NOTIFY rowsChanged FINAL)

public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        NameRole,
        DetailRole, ///< "3 lanes"
    };

    /// `store` must outlive this.
    explicit LaneSets(const ComparisonStore &store, QObject *parent = nullptr);

    [[nodiscard]] int count() const { return int(m_sets.size()); }

    [[nodiscard]] const QList<LaneSet> &sets() const { return m_sets; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    void load();
    /// In the place of one of that name, if there is one.
    void keep(const QString &name, const QList<ChatSetup> &lanes);
    Q_INVOKABLE void remove(const QString &id);

Q_SIGNALS:
    void rowsChanged();
    void failed(const QString &sentence);

private:
    void carryOut(QFuture<Result<>> change);

    const ComparisonStore &m_store;
    QList<LaneSet> m_sets;
    int m_reading = 0; ///< counts the readings, so that an overtaken one is not shown
};

} // namespace Lorikeet
