// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "store/templatestore.h"

#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// The templates of the library whose names or descriptions have the letters that were typed, the
/// best first; with nothing typed all, by name.
class TemplateList final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int count READ count NOTIFY rowsChanged FINAL)
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged FINAL)

public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        AboutRole, ///< what it is for, else how its question begins
    };

    explicit TemplateList(QObject *parent);

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] QString query() const { return m_query; }

    void setQuery(const QString &query);
    void setTemplates(const QList<StoredTemplate> &templates);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Empty where there is no such row.
    Q_INVOKABLE [[nodiscard]] QString nameAt(int row) const;

Q_SIGNALS:
    void rowsChanged();
    void queryChanged();

private:
    struct Row
    {
        QString title;
        QString about;
        friend bool operator==(const Row &, const Row &) = default;
    };

    [[nodiscard]] static std::span<const Field<Row>> fields();
    void list();

    QString m_query;
    QList<Row> m_all;
    QList<Row> m_rows;
};

} // namespace Lorikeet
