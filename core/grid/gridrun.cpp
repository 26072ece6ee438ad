// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "grid/gridrun.h"

#include <QJsonArray>

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

GridRun::GridRun(ApiClient &client, const GridPlan &plan, const BatchOptions &options,
    IsDone isDone, QObject *parent)
    : QObject(parent)
    , m_plan(plan)
    , m_isDone(std::move(isDone))
{
    for (qsizetype lane = 0; lane < plan.lanes.size(); ++lane) {
        const Endpoint &endpoint = plan.lanes.at(lane).target.endpoint;
        const auto known = std::ranges::find_if(m_parts, [&](const std::unique_ptr<Part> &part) {
            return plan.lanes.at(part->lanes.constFirst()).target.endpoint == endpoint;
        });
        if (known != m_parts.end()) {
            (*known)->lanes.append(lane);
            continue;
        }
        m_parts.push_back(std::make_unique<Part>());
        Part *part = m_parts.back().get();
        part->lanes.append(lane);
        auto *run = new BatchRun(
            client, plan.lanes.at(lane).target, options, [this, part] { return next(*part); },
            this);
        connect(run, &BatchRun::result, this, &GridRun::result);
        connect(run, &BatchRun::retrying, this, &GridRun::retrying);
        connect(run, &BatchRun::finished, this, [this](const std::optional<ApiError> &error) {
            m_error = m_error ? m_error : error;
            if (--m_left == 0) {
                Q_EMIT finished(m_error);
            }
        });
        m_runs.append(run);
    }
    m_left = m_runs.size();
}

void GridRun::start()
{
    for (BatchRun *run : std::as_const(m_runs)) {
        run->start();
    }
}

void GridRun::stop()
{
    for (BatchRun *run : std::as_const(m_runs)) {
        run->stop();
    }
}

std::optional<BatchItem> GridRun::next(Part &part) const
{
    while (part.row < m_plan.rows.size()) {
        const BatchItem item = m_plan.item(
            {.row = part.row, .lane = part.lanes.at(part.lane), .sample = part.sample});
        // Row by row, lanes in turn, so that none is asked at another time of day than the others.
        if (++part.lane == part.lanes.size()) {
            part.lane = 0;
            if (++part.sample == m_plan.samples) {
                part.sample = 0;
                ++part.row;
            }
        }
        if (!m_isDone || !m_isDone(item)) {
            return item;
        }
    }
    return std::nullopt;
}

QJsonArray checksOf(const GridPlan &plan, const QJsonObject &result)
{
    QJsonArray checks;
    const GridRow &row = plan.rows.at(plan.cell(result[u"index"_s].toInteger()).row);
    for (qsizetype i = 0; i < plan.assertions.size() && !result.contains("error"_L1); ++i) {
        const GridAssertion &assertion = plan.assertions.at(i);
        const auto wrong = violation(assertion, row.expected.at(i), result);
        QJsonObject check{{u"assertion"_s, assertion.spec}, {u"passed"_s, !wrong}};
        if (wrong) {
            check.insert(u"why"_s, *wrong);
        }
        checks.append(check);
    }
    return checks;
}

QJsonObject gridResultToJson(const GridPlan &plan, const BatchResult &result)
{
    QJsonObject object = toJson(result);
    const GridCell cell = plan.cell(result.index);
    object.insert(u"row"_s, cell.row + 1);
    object.insert(u"lane"_s, laneLetter(cell.lane));
    object.insert(u"sample"_s, cell.sample + 1);
    if (const QJsonArray checks = checksOf(plan, object); !checks.isEmpty()) {
        object.insert(u"checks"_s, checks);
    }
    return object;
}

} // namespace Lorikeet
