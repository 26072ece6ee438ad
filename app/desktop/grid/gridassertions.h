// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "grid/gridassertion.h"
#include "listmodel.h"

#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// What is demanded of the answers of a grid, as a person writes it down.
class GridAssertions final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int count READ count NOTIFY edited FINAL)

public:
    enum Role {
        KindRole = Qt::UserRole + 1, ///< a Kind
        ValueRole, ///< text, pattern, number, name of a schema, limit
        ToleranceRole, ///< of Number
        ProblemRole, ///< why it is none; empty: it is one
    };

    enum Kind { Contains, Regex, Equals, Number, Schema, MaxLatency, MaxTokens };
    Q_ENUM(Kind)

    explicit GridAssertions(FileReader schemas, QObject *parent);

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void add();
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE void setKind(int row, int kind);
    Q_INVOKABLE void setValue(int row, const QString &value);
    Q_INVOKABLE void setTolerance(int row, const QString &tolerance);

    void setSpecs(const QStringList &specs);
    /// Of those where something was typed.
    [[nodiscard]] QStringList specs() const;
    /// The first that is wrong, in a sentence; empty: none.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void edited();

private:
    struct Row
    {
        int key = 0; ///< tells it from others that say the same
        int kind = Contains;
        QString value;
        QString tolerance;
        QString problem;
        friend bool operator==(const Row &, const Row &) = default;
    };

    void change(int row, const Row &changed);
    [[nodiscard]] static QString specOf(const Row &row);
    [[nodiscard]] QString problemOf(const Row &row) const;

    FileReader m_schemas;
    QList<Row> m_rows;
    int m_lastKey = 0;
};

} // namespace Lorikeet
