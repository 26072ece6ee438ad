// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "batch/batchrun.h"
#include "grid/gridplan.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace Lorikeet {

class ApiClient;

/// Asks what a plan says, so many at once of each endpoint; lanes of one endpoint share that number
/// and take turns. Lives in the thread of its client.
///
/// One endpoint that cannot be reached does not end the others.
class GridRun final : public QObject
{
    Q_OBJECT

public:
    /// Cells of which it is true are not asked.
    using IsDone = std::function<bool(const BatchItem &item)>;

    /// `plan` outlives this.
    GridRun(ApiClient &client, const GridPlan &plan, const BatchOptions &options, IsDone isDone,
        QObject *parent = nullptr);

    /// Begins. Signals come from the event loop.
    void start();
    /// Ends soon with finished(); answers in the making are dropped and are no results.
    void stop();

Q_SIGNALS:
    void result(const Lorikeet::BatchResult &result);
    void retrying(const Lorikeet::BatchItem &item, const Lorikeet::Retry &retry);
    /// Once and last; with the first error that ended an endpoint's part before its cells did.
    void finished(const std::optional<Lorikeet::ApiError> &error);

private:
    /// The lanes of one endpoint, and where their turn is.
    struct Part
    {
        QList<qsizetype> lanes;
        qsizetype row = 0;
        qsizetype lane = 0; ///< a place in `lanes`
        int sample = 0;
    };

    [[nodiscard]] std::optional<BatchItem> next(Part &part) const;

    const GridPlan &m_plan;
    IsDone m_isDone;
    std::vector<std::unique_ptr<Part>> m_parts;
    QList<BatchRun *> m_runs;
    qsizetype m_left = 0; ///< runs that have not ended
    std::optional<ApiError> m_error;
};

/// What an answer keeps to of the plan's assertions, a "passed" for each, and "why" not; none of
/// one that failed. `result` is a line of the output.
[[nodiscard]] QJsonArray checksOf(const GridPlan &plan, const QJsonObject &result);

/// A line of the output for one cell: that of a batch, with the "row", "lane" and "sample" it is
/// of, and in "checks" what it keeps to of the assertions.
[[nodiscard]] QJsonObject gridResultToJson(const GridPlan &plan, const BatchResult &result);

} // namespace Lorikeet
