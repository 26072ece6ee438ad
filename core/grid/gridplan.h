// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "batch/batchinput.h"
#include "compare/lane.h"
#include "grid/gridassertion.h"
#include "templates/prompttemplate.h"

namespace Lorikeet {

/// A line of the table, as it is asked.
struct GridRow
{
    QString id; ///< its own, or its number from 1
    QList<Message> messages;
    ParameterSet parameters; ///< the template's
    QStringList expected; ///< by assertion
};

/// Where a cell is.
struct GridCell
{
    qsizetype row = 0;
    qsizetype lane = 0;
    int sample = 0;
};

/// All that a grid asks: each row of each lane, so many times. Cells are numbered row by row, so
/// that a table to which rows are added can be gone on with.
struct GridPlan
{
    QList<GridRow> rows;
    QList<Lane> lanes; ///< their requests have no message, but a system message of their own
    QList<GridAssertion> assertions;
    int samples = 1;
    std::optional<qint64> seed; ///< of the first sample; the next ones count on from it

    [[nodiscard]] qint64 count() const { return rows.size() * lanes.size() * samples; }

    [[nodiscard]] GridCell cell(qint64 index) const;
    [[nodiscard]] qint64 index(const GridCell &cell) const;
    /// What is asked for a cell; its key tells whether an answer that is kept is one to this.
    [[nodiscard]] BatchItem item(const GridCell &cell) const;
};

/// The rows, filled in. Without a template each has a "prompt" and may have a "system". Fails
/// before anything is asked, with the row, where one lacks a variable. `common` are values that
/// hold for rows that have none.
[[nodiscard]] Result<QList<GridRow>> gridRows(const QList<QJsonObject> &table,
    const std::optional<PromptTemplate> &prompt, const QJsonObject &common,
    const QList<GridAssertion> &assertions);

/// The columns, but for "id", that neither the template nor an assertion uses: a table may have
/// more than is asked, but a slip of the pen should be seen.
[[nodiscard]] QStringList unusedColumns(const QList<QJsonObject> &table,
    const std::optional<PromptTemplate> &prompt, const QList<GridAssertion> &assertions);

} // namespace Lorikeet
