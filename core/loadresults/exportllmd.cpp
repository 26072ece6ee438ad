// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/logging.h"
#include "load/workload.h"
#include "loadresults/loadexport.h"
#include "loadresults/timestatistics.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr std::array llmdShares{std::pair{0.001, "p0p1"_L1}, std::pair{0.01, "p1"_L1},
    std::pair{0.05, "p5"_L1}, std::pair{0.1, "p10"_L1}, std::pair{0.25, "p25"_L1},
    std::pair{0.5, "p50"_L1}, std::pair{0.75, "p75"_L1}, std::pair{0.9, "p90"_L1},
    std::pair{0.95, "p95"_L1}, std::pair{0.99, "p99"_L1}, std::pair{0.999, "p99p9"_L1}};

QJsonObject statisticsOf(const TimeStatistics &times, const QString &units)
{
    QJsonObject object{{u"units"_s, units}, {u"mean"_s, times.mean}, {u"stddev"_s, times.deviation},
        {u"min"_s, times.least}, {u"max"_s, times.greatest}};
    for (const auto &[share, name] : llmdShares) {
        object.insert(name, times.quantile(share));
    }
    return object;
}

/// One number is its own mean.
QJsonObject onlyMean(double mean, const QString &units)
{
    return {{u"units"_s, units}, {u"mean"_s, mean}};
}

QJsonObject lengthOf(const LengthDistribution &lengths)
{
    switch (lengths.kind) {
    case LengthDistribution::Kind::Fixed:
        return {{u"distribution"_s, u"fixed"_s}, {u"value"_s, std::max(1.0, lengths.mean)}};
    case LengthDistribution::Kind::Normal:
        return {{u"distribution"_s, u"gaussian"_s}, {u"value"_s, std::max(1.0, lengths.mean)},
            {u"std_dev"_s, lengths.deviation}};
    case LengthDistribution::Kind::Uniform:
        return {{u"distribution"_s, u"random"_s},
            {u"value"_s, std::max(1.0, double(lengths.least + lengths.most) / 2)},
            {u"min"_s, lengths.least}, {u"max"_s, std::max<qint64>(1, lengths.most)}};
    default:
        return {{u"distribution"_s, u"other"_s}, {u"value"_s, 1}};
    }
}

/// Whether prompts were made up or taken, and how long they were to be.
QJsonObject llmdLoad(const LoadReport &report)
{
    const LoadWorkload workload = loadWorkloadFrom(report.workload).value_or(LoadWorkload());
    const LoadSummary &summary = report.summary;
    const bool isMade = workload.kind == LoadWorkload::Kind::Synthetic;
    QJsonObject standardized{{u"tool"_s, u"lorikeet"_s},
        {u"tool_version"_s, QStringLiteral(LORIKEET_VERSION)},
        {u"source"_s, isMade ? u"random"_s : u"sampled"_s}, {u"stage"_s, 0}};
    const double seen
        = summary.answered > 0 ? double(summary.promptTokens) / double(summary.answered) : 1;
    standardized.insert(u"input_seq_len"_s,
        isMade && workload.lengths.size() == 1
            ? lengthOf(workload.lengths.constFirst().input)
            : QJsonObject{{u"distribution"_s, u"other"_s}, {u"value"_s, std::max(1.0, seen)}});
    if (workload.lengths.size() == 1 && workload.lengths.constFirst().output) {
        standardized.insert(u"output_seq_len"_s, lengthOf(*workload.lengths.constFirst().output));
    }
    const LoadCurve &curve = report.plan.curve;
    if (curve.size() == 1 && curve.constFirst().from == curve.constFirst().to) {
        const LoadBlock &block = curve.constFirst();
        if (block.kind == LoadBlock::Kind::Rate && !isRecorded(block)) {
            standardized.insert(u"rate_qps"_s, block.from);
        } else if (block.kind == LoadBlock::Kind::Users) {
            standardized.insert(u"concurrency"_s, int(block.from));
        }
    }
    return {{u"metadata"_s, QJsonObject{{u"schema_version"_s, u"0.0.1"_s}}},
        {u"standardized"_s, standardized},
        {u"native"_s,
            QJsonObject{{u"config"_s,
                QJsonObject{{u"plan"_s, toJson(report.plan)},
                    {u"workload"_s, redacted(report.workload)}}}}}};
}

QJsonObject llmdPerformance(const LoadSummary &summary)
{
    QJsonObject requests{{u"total"_s, summary.planned}, {u"failures"_s, summary.failed()},
        {u"incomplete"_s, summary.planned - summary.answered - summary.failed()}};
    if (summary.answered > 0) {
        const auto answers = double(summary.answered);
        requests.insert(
            u"input_length"_s, onlyMean(double(summary.promptTokens) / answers, u"count"_s));
        if (!summary.isOfItems()) {
            requests.insert(
                u"output_length"_s, onlyMean(double(summary.outputTokens) / answers, u"count"_s));
        }
    }
    QJsonObject latency;
    static constexpr std::array names{
        std::tuple{LoadMetric::TimeToFirstToken, "time_to_first_token"_L1, "s"_L1},
        std::tuple{LoadMetric::TimePerOutputToken, "time_per_output_token"_L1, "s/token"_L1},
        std::tuple{LoadMetric::InterTokenLatency, "inter_token_latency"_L1, "s/token"_L1},
        std::tuple{LoadMetric::Total, "request_latency"_L1, "s"_L1}};
    for (const auto &[metric, name, units] : names) {
        if (!summary.time(metric).isEmpty()) {
            latency.insert(name, statisticsOf(TimeStatistics::of(summary.time(metric)), units));
        }
    }
    QJsonObject throughput;
    const auto put = [&throughput](const QString &name, const std::optional<double> &rate,
                         const QString &units) {
        if (rate) {
            throughput.insert(name, onlyMean(*rate, units));
        }
    };
    put(u"input_token_rate"_s, summary.promptTokenRate(), u"tokens/s"_s);
    put(u"output_token_rate"_s, summary.tokenRate(), u"tokens/s"_s);
    if (summary.tokenRate() && summary.promptTokenRate()) {
        put(u"total_token_rate"_s, *summary.tokenRate() + *summary.promptTokenRate(),
            u"tokens/s"_s);
    }
    put(u"request_rate"_s, summary.requestRate(), u"queries/s"_s);
    return {{u"aggregate"_s,
        QJsonObject{
            {u"requests"_s, requests}, {u"latency"_s, latency}, {u"throughput"_s, throughput}}}};
}

} // namespace

QByteArray llmdJson(const LoadResult &result)
{
    const LoadReport &report = result.stages.constFirst().report;
    const auto length = std::chrono::duration_cast<Milliseconds>(
        LoadTimeline::tickLength * qint64(report.timeline.ticks().size()));
    const QDateTime end = report.startedAt.addMSecs(length.count());
    QJsonObject run{{u"uid"_s,
                        QUuid::createUuidV5(QUuid(),
                            report.startedAt.toString(Qt::ISODateWithMs) + report.subject.url)
                            .toString(QUuid::WithoutBraces)},
        {u"time"_s,
            QJsonObject{{u"start"_s, report.startedAt.toString(Qt::ISODateWithMs)},
                {u"end"_s, end.toString(Qt::ISODateWithMs)},
                {u"duration"_s,
                    u"PT%1S"_s.arg(QString::number(double(length.count()) / 1000, 'f', 1))}}}};
    if (!result.name.isEmpty()) {
        run.insert(u"description"_s, redacted(result.name));
    }
    if (!result.tags.isEmpty()) {
        QJsonArray tags;
        for (const QString &tag : result.tags) {
            tags.append(redacted(tag));
        }
        run.insert(u"keywords"_s, tags);
    }
    const QJsonObject object{{u"version"_s, u"0.2"_s}, {u"run"_s, run},
        {u"scenario"_s, QJsonObject{{u"load"_s, llmdLoad(report)}}},
        {u"results"_s, QJsonObject{{u"request_performance"_s, llmdPerformance(report.summary)}}}};
    return QJsonDocument(object).toJson();
}

} // namespace Lorikeet
