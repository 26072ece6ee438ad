// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "compare/rubric.h"
#include "listmodel.h"

#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// Rubrics to choose from, and the criteria of the chosen one as rows to edit. What is changed of a
/// sample becomes a rubric of one's own.
class RubricEditor final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the comparison")
    /// The samples, then one's own.
    Q_PROPERTY(QStringList names READ names NOTIFY changed FINAL)
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY changed FINAL)
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY changed FINAL)
    /// Not a sample.
    Q_PROPERTY(bool own READ isOwn NOTIFY changed FINAL)
    /// Why nobody can judge by it, in a sentence; empty: one can.
    Q_PROPERTY(QString problem READ problem NOTIFY changed FINAL)

public:
    enum Role {
        CriterionRole = Qt::UserRole + 1,
        WeightRole, ///< 1 to 9
    };

    explicit RubricEditor(QObject *parent);

    /// One's own, and which of all is chosen; the first one where none is.
    void show(const QList<Rubric> &own, QUuid chosen);

    [[nodiscard]] QList<Rubric> own() const { return m_rubrics.sliced(m_samples); }

    [[nodiscard]] const Rubric &rubric() const { return m_rubrics[m_current]; }

    [[nodiscard]] QStringList names() const;

    [[nodiscard]] int current() const { return int(m_current); }

    void setCurrent(int current);

    [[nodiscard]] QString name() const { return rubric().name; }

    void setName(const QString &name);

    [[nodiscard]] bool isOwn() const { return m_current >= m_samples; }

    [[nodiscard]] QString problem() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void setCriterion(int row, const QString &text);
    Q_INVOKABLE void setWeight(int row, int weight);
    Q_INVOKABLE void addCriterion();
    Q_INVOKABLE void removeCriterion(int row);
    /// An empty one of one's own.
    Q_INVOKABLE void addRubric();
    /// The chosen one, if it is one's own.
    Q_INVOKABLE void removeRubric();

Q_SIGNALS:
    void changed();

private:
    struct Row
    {
        int key = 0; ///< tells it from others that say the same
        RubricCriterion criterion;

        friend bool operator==(const Row &, const Row &) = default;
    };

    void listRows();
    void change(const QList<Row> &rows);
    /// The chosen one is one's own from here on.
    void makeOwn();

    QList<Rubric> m_rubrics;
    qsizetype m_samples;
    qsizetype m_current = 0;
    QList<Row> m_rows;
    int m_lastKey = 0;
};

} // namespace Lorikeet
