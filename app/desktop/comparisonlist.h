// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "listmodel.h"
#include "store/comparisonstore.h"

#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// The comparisons that are kept, the last one used first.
class ComparisonList final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int count READ count NOTIFY rowsChanged FINAL)
    /// Of the comparison that undoRemove() brings back; empty: there is none.
    Q_PROPERTY(QString removedTitle READ removedTitle NOTIFY removedChanged FINAL)

public:
    /// Named as those of SessionListModel, so that rows of both are drawn alike.
    enum Role { IdRole = Qt::UserRole + 1, TitleRole, SectionRole, PinnedRole, SnippetRole };

    /// `store` must outlive this.
    explicit ComparisonList(const ComparisonStore &store, QObject *parent = nullptr);

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] QString removedTitle() const { return m_removedTitle; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Reads the list anew.
    void refresh();
    Q_INVOKABLE void remove(const QString &id);
    Q_INVOKABLE void undoRemove();
    /// The offer to undo is over.
    Q_INVOKABLE void forgetRemoved();

Q_SIGNALS:
    void rowsChanged();
    void removedChanged();
    void removed(QUuid id);
    void failed(const QString &sentence);

private:
    void carryOut(QFuture<Result<>> change);

    const ComparisonStore &m_store;
    QList<ComparisonSummary> m_rows;
    QUuid m_removed;
    QString m_removedTitle;
    int m_reading = 0; ///< counts the readings, so that an overtaken one is not shown
};

} // namespace Lorikeet
