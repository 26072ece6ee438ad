// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "grid/gridreport.h"

#include "base/csvfield.h"
#include "base/logging.h"
#include "grid/gridrun.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// A figure of a result, by row, for the bootstrap.
struct Samples
{
    QMap<qsizetype, QList<double>> byRow;

    void add(qsizetype row, const QJsonValue &value, double scale)
    {
        if (value.isDouble()) {
            byRow[row].append(value.toDouble() * scale);
        }
    }

    [[nodiscard]] std::optional<Interval> mean() const { return bootstrappedMean(byRow.values()); }
};

bool isPassed(const QJsonValue &check) { return check[u"passed"_s].toBool(); }

GridSummary summaryOf(const GridPlan &plan, const GridResults &results, qsizetype lane)
{
    GridSummary summary{.lane = laneLetter(lane), .name = redacted(plan.lanes.at(lane).name)};
    QList<qint64> passed(plan.assertions.size(), 0);
    qint64 allPassed = 0;
    Samples seconds;
    Samples first;
    Samples tokens;
    for (const auto &[index, result] : results.asKeyValueRange()) {
        const GridCell cell = plan.cell(index);
        if (cell.lane != lane) {
            continue;
        }
        if (result.contains("error"_L1)) {
            ++summary.failed;
            continue;
        }
        ++summary.answered;
        const QJsonArray checks = checksOf(plan, result);
        for (qsizetype i = 0; i < checks.size(); ++i) {
            passed[i] += isPassed(checks.at(i)) ? 1 : 0;
        }
        allPassed += std::ranges::all_of(checks, isPassed) ? 1 : 0;
        const QJsonObject metrics = result[u"metrics"_s].toObject();
        seconds.add(cell.row, metrics[u"total_ns"_s], 1e-9);
        first.add(cell.row, metrics[u"ttft_ns"_s], 1e-9);
        tokens.add(cell.row, metrics[u"output_tokens"_s], 1);
    }
    for (const qint64 count : std::as_const(passed)) {
        summary.passed.append(wilson(count, summary.answered));
    }
    if (!plan.assertions.isEmpty()) {
        summary.allPassed = wilson(allPassed, summary.answered);
    }
    summary.seconds = seconds.mean();
    summary.secondsToFirstToken = first.mean();
    summary.outputTokens = tokens.mean();
    return summary;
}

} // namespace

QList<GridSummary> summarize(const GridPlan &plan, const GridResults &results)
{
    QList<GridSummary> summaries;
    for (qsizetype lane = 0; lane < plan.lanes.size(); ++lane) {
        summaries.append(summaryOf(plan, results, lane));
    }
    return summaries;
}

QJsonObject gridSummaryToJson(const GridPlan &plan, const QList<GridSummary> &summaries)
{
    QJsonArray lanes;
    for (const GridSummary &summary : summaries) {
        QJsonArray checks;
        for (qsizetype i = 0; i < plan.assertions.size(); ++i) {
            checks.append(QJsonObject{{u"assertion"_s, plan.assertions.at(i).spec},
                {u"passed"_s, toJson(summary.passed.at(i))}});
        }
        lanes.append(QJsonObject{{u"lane"_s, summary.lane}, {u"name"_s, summary.name},
            {u"answered"_s, summary.answered}, {u"failed"_s, summary.failed}, {u"checks"_s, checks},
            {u"all_passed"_s, toJson(summary.allPassed)}, {u"seconds"_s, toJson(summary.seconds)},
            {u"seconds_to_first_token"_s, toJson(summary.secondsToFirstToken)},
            {u"output_tokens"_s, toJson(summary.outputTokens)}});
    }
    return {{u"rows"_s, plan.rows.size()}, {u"samples"_s, plan.samples},
        {u"intervals"_s,
            QJsonObject{{u"shares"_s, u"Wilson, 95 %"_s},
                {u"means"_s, u"bootstrap over rows, percentiles, 95 %"_s}}},
        {u"lanes"_s, lanes}};
}

QByteArray gridAsJsonLines(const GridResults &results)
{
    QByteArray lines;
    for (const QJsonObject &line : results) {
        lines += QJsonDocument(redacted(line)).toJson(QJsonDocument::Compact) + '\n';
    }
    return lines;
}

QByteArray gridAsCsv(const GridPlan &plan, const GridResults &results)
{
    QStringList header{u"row"_s, u"id"_s, u"lane"_s, u"name"_s, u"sample"_s, u"text"_s, u"finish"_s,
        u"error"_s, u"total_ms"_s, u"ttft_ms"_s, u"output_tokens"_s};
    for (const GridAssertion &assertion : plan.assertions) {
        header.append(assertion.spec);
    }
    QString text;
    const auto addLine = [&text](const QStringList &fields) {
        QStringList written;
        for (const QString &field : fields) {
            written.append(csvField(redacted(field)));
        }
        text += written.join(u',') + u"\r\n"_s;
    };
    const auto figure = [](const QJsonValue &value, double scale) {
        return value.isDouble() ? QString::number(value.toDouble() * scale, 'f', scale < 1 ? 3 : 0)
                                : QString();
    };
    addLine(header);
    for (const auto &[index, result] : results.asKeyValueRange()) {
        const GridCell cell = plan.cell(index);
        const QJsonObject metrics = result[u"metrics"_s].toObject();
        QStringList fields{QString::number(cell.row + 1), plan.rows.at(cell.row).id,
            laneLetter(cell.lane), plan.lanes.at(cell.lane).name, QString::number(cell.sample + 1),
            result[u"text"_s].toString(), result[u"finish"_s].toString(),
            result[u"error"_s][u"message"_s].toString(), figure(metrics[u"total_ns"_s], 1e-6),
            figure(metrics[u"ttft_ns"_s], 1e-6), figure(metrics[u"output_tokens"_s], 1)};
        const QJsonArray checks = checksOf(plan, result);
        for (const QJsonValue &check : checks) {
            fields.append(isPassed(check) ? u"passed"_s : u"failed"_s);
        }
        while (fields.size() < header.size()) {
            fields.append(QString());
        }
        addLine(fields);
    }
    return text.toUtf8();
}

bool areChecked(const GridPlan &plan, const GridResults &results)
{
    return std::ranges::all_of(results, [&plan](const QJsonObject &result) {
        const QJsonArray checks = result[u"checks"_s].toArray();
        return result.contains("error"_L1)
            || std::ranges::equal(
                checks, plan.assertions, {},
                [](const QJsonValue &check) { return check[u"assertion"_s].toString(); },
                &GridAssertion::spec);
    });
}

GridResults checkedAnew(const GridPlan &plan, const GridResults &results)
{
    GridResults checked;
    for (const auto &[at, result] : results.asKeyValueRange()) {
        QJsonObject line = result;
        line.remove(u"checks"_s);
        const bool isAsked = at >= 0 && at < plan.count();
        if (const QJsonArray checks = isAsked ? checksOf(plan, line) : QJsonArray();
            !checks.isEmpty()) {
            line.insert(u"checks"_s, checks);
        }
        checked.insert(at, line);
    }
    return checked;
}

} // namespace Lorikeet
