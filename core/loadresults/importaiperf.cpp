// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/foreignreader.h"

#include "base/invalidrequest.h"

#include <array>
#include <map>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

struct AiperfTime
{
    QLatin1StringView tag;
    QLatin1StringView word;
    QLatin1StringView label;
    QLatin1StringView sentence;
};

constexpr std::array aiperfTimes{
    AiperfTime{"time_to_first_token"_L1, "ttft"_L1, "TTFT"_L1,
        "send call to first content that is not empty, reasoning included"_L1},
    AiperfTime{"time_to_first_output_token"_L1, "first_visible"_L1, "First output"_L1,
        "send call to first content that is no reasoning"_L1},
    AiperfTime{"time_to_second_token"_L1, "second_token"_L1, "Second token"_L1,
        "first to second content"_L1},
    // What others call TPOT: it must not stand in the row of their ITL.
    AiperfTime{"inter_token_latency"_L1, "tpot"_L1, "ITL of AIPerf"_L1,
        "(end to end - TTFT) / (output tokens - 1), of each request"_L1},
    AiperfTime{
        "inter_chunk_latency"_L1, "itl"_L1, "Inter-chunk latency"_L1, "gaps between chunks"_L1},
    AiperfTime{"request_latency"_L1, "e2e"_L1, "End to end"_L1,
        "send call to last response with content"_L1},
};

FigureDefinition aiperfDefinition(const QString &key, const QString &sentence, bool fromUs = false)
{
    return fromUs ? FigureDefinition{.key = u"lorikeet/"_s + key,
                        .sentence = u"as Lorikeet defines it, in a file of AIPerf"_s}
                  : FigureDefinition{.key = u"aiperf/"_s + key, .sentence = sentence};
}

/// What a unit is of a second; nothing: it is no time.
std::optional<double> secondsIn(const QString &unit)
{
    static const std::map<QString, double> units{{u"ns"_s, 1e-9}, {u"us"_s, 1e-6}, {u"ms"_s, 1e-3},
        {u"s"_s, 1.0}, {u"sec"_s, 1.0}, {u"seconds"_s, 1.0}};
    const auto found = units.find(unit);
    return found == units.end() ? std::nullopt : std::optional(found->second);
}

/// Of times one that is none is a file that is not what it seems.
Result<double> scaleOf(const ForeignObject &block)
{
    const std::optional<double> scale = secondsIn(block.text(u"unit"_s));
    return scale ? Result<double>(*scale)
                 : invalidRequest(u"%1: “unit” must be a unit of time, not “%2”."_s.arg(
                       block.place(), block.shown(u"unit"_s)));
}

Result<> addAiperfTime(ForeignReport &report, const ForeignObject &metrics, const AiperfTime &time)
{
    if (!metrics.has(time.tag)) {
        return {};
    }
    const ForeignObject block = metrics.object(time.tag);
    const Result<double> scale = scaleOf(block);
    if (!scale) {
        return Failure(scale.error());
    }
    const auto statistic = [&](const QString &name) {
        const std::optional<double> value = block.number(name);
        return value ? std::optional(*value * *scale) : std::nullopt;
    };
    ForeignTimes times{.word = time.word,
        .label = time.label,
        .definition = aiperfDefinition(time.word, time.sentence),
        .mean = statistic(u"avg"_s),
        .deviation = statistic(u"std"_s),
        .count = block.number(u"count"_s),
        .areGaps = time.word == "itl"_L1};
    for (const double share : {0.5, 0.9, 0.95, 0.99}) {
        if (const auto value = statistic(u'p' + QString::number(share * 100))) {
            times.percentiles.append({share, *value});
        }
    }
    addFigures(report, times);
    return {};
}

} // namespace

bool isAiperf(const QJsonObject &object)
{
    const QJsonObject metrics
        = object.contains("records"_L1) ? object.value(u"records"_s).toObject() : object;
    return metrics.value(u"request_latency"_s)[u"unit"_s].isString()
        || object.contains("aiperf_version"_L1);
}

Result<ForeignReport> aiperfReport(const QJsonObject &object, const QString &place)
{
    const ForeignObject file(object, place);
    // 0.1.1 had them one level deeper.
    const ForeignObject metrics = file.has(u"records"_s) ? file.object(u"records"_s) : file;
    const ForeignObject info = file.object(u"run_info"_s);
    ForeignReport report;
    report.tool = u"AIPerf"_s;
    report.version = file.shown(u"aiperf_version"_s);
    report.name = info.shown(u"run_label"_s);
    if (report.name.isEmpty()) {
        report.name = place;
    }
    report.startedAt = file.shown(u"start_time"_s);
    addSetUp(report, info, {u"random_seed"_s, u"trial"_s, u"variation_label"_s, u"cli_command"_s});
    const auto average
        = [&metrics](const QString &tag) { return metrics.object(tag).number(u"avg"_s); };
    addRate(report, u"output_tokens_per_s"_s, u"Output tokens/s"_s,
        aiperfDefinition(u"output_token_throughput"_s,
            u"output tokens / (latest response - earliest request); tokens by a tokenizer of its own unless it was told otherwise"_s),
        average(u"output_token_throughput"_s));
    addRate(report, u"requests_per_s"_s, u"Answers/s"_s,
        aiperfDefinition(
            u"request_throughput"_s, u"requests / (latest response - earliest request)"_s),
        average(u"request_throughput"_s));
    addRate(report, u"goodput_per_s"_s, u"Goodput"_s,
        aiperfDefinition(u"goodput"_s, u"requests within the limits that were given / duration"_s),
        average(u"goodput"_s));
    addCounts(report, aiperfDefinition(u"errors"_s, u"requests with an error, of all that ended"_s),
        average(u"request_count"_s),
        metrics.has(u"error_request_count"_s) ? average(u"error_request_count"_s) : std::nullopt);
    for (const AiperfTime &time : aiperfTimes) {
        if (const Result<> added = addAiperfTime(report, metrics, time); !added) {
            return Failure(added.error());
        }
    }
    if (object.value(u"was_cancelled"_s).toBool()) {
        report.notes += u"The run was cancelled."_s;
    }
    return file.outcome().map([&report] { return report; });
}

bool isAiperfLine(const QJsonObject &object)
{
    return object.value(u"metadata"_s)[u"request_start_ns"_s].isDouble();
}

Result<ForeignReport> aiperfLines(const QList<QJsonObject> &lines, const QString &place)
{
    std::map<QLatin1StringView, std::vector<std::pair<double, double>>> rows;
    double answered = 0;
    double failed = 0;
    bool fromUs = false;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const ForeignObject line(lines[i], u"%1, line %2"_s.arg(place, QString::number(i + 1)));
        const ForeignObject metadata = line.object(u"metadata"_s);
        const std::optional<double> start = metadata.number(u"request_start_ns"_s);
        if (const Result<> sound = line.outcome(); !sound) {
            return Failure(sound.error());
        }
        if (!start) {
            return invalidRequest(
                u"%1: “request_start_ns” must be a number."_s.arg(metadata.place()));
        }
        if (metadata.shown(u"benchmark_phase"_s) == "warmup"_L1
            || metadata.json().value(u"was_cancelled"_s).toBool()) {
            continue;
        }
        fromUs = fromUs || metadata.shown(u"worker_id"_s).startsWith("lorikeet"_L1);
        if (!line.object(u"error"_s).json().isEmpty()) {
            ++failed;
            continue;
        }
        ++answered;
        const ForeignObject metrics = line.object(u"metrics"_s);
        for (const AiperfTime &time : aiperfTimes) {
            if (!metrics.has(time.tag)) {
                continue;
            }
            const ForeignObject metric = metrics.object(time.tag);
            const Result<double> scale = scaleOf(metric);
            if (!scale) {
                return Failure(scale.error());
            }
            const QJsonValue value = metric.json().value(u"value"_s);
            const QJsonArray values = value.isArray() ? value.toArray() : QJsonArray{value};
            for (const QJsonValue &each : values) {
                if (each.isNull() || each.isUndefined()) {
                    continue;
                }
                if (!each.isDouble()) {
                    return invalidRequest(u"%1: “value” must be a number."_s.arg(metric.place()));
                }
                rows[time.tag].emplace_back(*start * 1e-9, each.toDouble() * *scale);
            }
        }
    }
    ForeignReport report;
    report.tool = fromUs ? u"Lorikeet"_s : u"AIPerf"_s;
    report.name = place;
    addCounts(report, aiperfDefinition(u"errors"_s, u"requests with an error, of all that ended"_s),
        answered, failed);
    for (const AiperfTime &time : aiperfTimes) {
        if (const auto found = rows.find(time.tag); found != rows.end()) {
            addFigures(report,
                {.word = time.word,
                    .label = time.label,
                    .definition = aiperfDefinition(time.word, time.sentence, fromUs),
                    .rows = found->second,
                    .areGaps = time.word == "itl"_L1});
        }
    }
    report.notes += u"Of single requests; rates are not in this file."_s;
    return report;
}

} // namespace Lorikeet
