// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "listmodel.h"
#include "store/schemalibrary.h"

#include <QtQml/qqmlregistration.h>

#include <optional>

namespace Lorikeet {

/// The schemas there are to choose from: samples that come with the program, and a person's own.
class SchemaShelf final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")

public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        NameRole,
        OwnRole, ///< a person's own: it can be changed and removed
    };

    /// `library` must outlive this.
    explicit SchemaShelf(const SchemaLibrary &library, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    void load();
    [[nodiscard]] std::optional<KeptSchema> find(const QString &id) const;
    [[nodiscard]] QStringList names() const;
    /// Of the first of that name.
    [[nodiscard]] Result<QByteArray> textOf(const QString &name) const;
    [[nodiscard]] bool isOwn(const QString &id) const;
    /// In the place of the one with this id, if it is a person's own.
    void keep(const KeptSchema &schema);
    void remove(const QString &id);

Q_SIGNALS:
    void rowsChanged();
    void failed(const QString &sentence);

private:
    struct Row
    {
        KeptSchema schema;
        bool isOwn = false;

        friend bool operator==(const Row &, const Row &) = default;
    };

    void show(const QList<KeptSchema> &own);
    void carryOut(QFuture<Result<>> change);

    const SchemaLibrary &m_library;
    QList<KeptSchema> m_samples;
    QList<Row> m_rows;
    int m_reading = 0; ///< counts the readings, so that an overtaken one is not shown
};

} // namespace Lorikeet
