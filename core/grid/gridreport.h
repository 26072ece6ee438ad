// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/intervals.h"
#include "grid/gridplan.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>

namespace Lorikeet {

/// The lines of a grid's output by their index, as far as there are any.
using GridResults = QMap<qint64, QJsonObject>;

/// Whether the "checks" of all results are those of the plan's assertions.
[[nodiscard]] bool areChecked(const GridPlan &plan, const GridResults &results);
/// The results with the "checks" they have now. Takes as long as patterns and schemas do.
[[nodiscard]] GridResults checkedAnew(const GridPlan &plan, const GridResults &results);

/// How one lane did.
struct GridSummary
{
    QString lane; ///< "A"
    QString name;
    qint64 answered = 0;
    qint64 failed = 0; ///< requests, not assertions
    QList<std::optional<Interval>> passed; ///< by assertion, of what was answered: Wilson
    std::optional<Interval> allPassed; ///< answers that keep to all; Wilson
    std::optional<Interval> seconds; ///< mean of the whole answer; bootstrapped over rows
    std::optional<Interval> secondsToFirstToken;
    std::optional<Interval> outputTokens;
};

/// By lane. Assertions are those of the plan, whatever those were that results were kept with.
[[nodiscard]] QList<GridSummary> summarize(const GridPlan &plan, const GridResults &results);

[[nodiscard]] QJsonObject gridSummaryToJson(
    const GridPlan &plan, const QList<GridSummary> &summaries);

/// For a terminal: a block for each lane, and which intervals they are.
[[nodiscard]] QString gridSummaryText(const GridPlan &plan, const QList<GridSummary> &summaries);

// Files for other programs and people. Nothing in them looks like a key, no address is in them, and
// the page loads nothing.

/// The results as JSON, one a line.
[[nodiscard]] QByteArray gridAsJsonLines(const GridResults &results);
/// A line for each cell that has a result.
[[nodiscard]] QByteArray gridAsCsv(const GridPlan &plan, const GridResults &results);
/// One page: the summary, and each row with the answers of all lanes.
[[nodiscard]] QByteArray gridAsHtml(const GridPlan &plan, const GridResults &results);

} // namespace Lorikeet
