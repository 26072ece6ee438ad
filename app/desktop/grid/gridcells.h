// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "grid/gridreport.h"

#include <QAbstractTableModel>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// The cells of a grid: a row for each prompt, which is in the first column, and a column for each
/// lane. What a cell shows is made when it is looked at, so that thousands cost nothing.
class GridCells final : public QAbstractTableModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int lanes READ lanes NOTIFY planChanged FINAL)
    Q_PROPERTY(int prompts READ prompts NOTIFY planChanged FINAL)

public:
    enum Role {
        TextRole = Qt::UserRole + 1, ///< how the prompt, or the first answer, begins
        StateRole, ///< a State
        VerdictRole, ///< "2 of 3", "failed: …"; empty where there is nothing to say
        FactsRole, ///< "1.2 s · 87 tokens" on average
    };

    enum State {
        Prompt,
        Waiting, ///< not all samples were asked yet
        Answered, ///< nothing is demanded
        Passed,
        Failed, ///< at least one answer does not keep to what is demanded
        Broken, ///< at least one request failed
    };
    Q_ENUM(State)

    explicit GridCells(QObject *parent);

    [[nodiscard]] const GridPlan &plan() const { return m_plan; }

    [[nodiscard]] const GridResults &results() const { return m_results; }

    [[nodiscard]] int lanes() const { return int(m_plan.lanes.size()); }

    [[nodiscard]] int prompts() const { return int(m_plan.rows.size()); }

    void setPlan(const GridPlan &plan, const GridResults &results);
    void add(const QList<QJsonObject> &lines);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void planChanged();

private:
    /// What all samples of a cell come to.
    struct Cell
    {
        int answered = 0;
        int passed = 0;
        QString text;
        QString error;
        double seconds = 0;
        qint64 tokens = 0;
    };

    [[nodiscard]] Cell cellAt(qsizetype row, qsizetype lane) const;
    [[nodiscard]] State stateOf(const Cell &cell) const;
    [[nodiscard]] QString verdictOf(const Cell &cell) const;

    GridPlan m_plan;
    GridResults m_results;
};

} // namespace Lorikeet
