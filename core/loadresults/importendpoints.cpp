// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/foreignreader.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

struct EndpointsTime
{
    QLatin1StringView name;
    QLatin1StringView word;
    QLatin1StringView label;
    QLatin1StringView sentence;
};

constexpr std::array endpointsTimes{
    EndpointsTime{"ttft"_L1, "ttft"_L1, "TTFT"_L1,
        "moment of issue, its own queues included, to first content or reasoning as its main process sees it"_L1},
    EndpointsTime{"tpot"_L1, "tpot"_L1, "TPOT"_L1,
        "(complete - first) / tokens after the first chunk, tokens by a tokenizer"_L1},
    EndpointsTime{"latency"_L1, "e2e"_L1, "End to end"_L1,
        "moment of issue, its own queues included, to complete"_L1},
};

FigureDefinition endpointsDefinition(const QString &key, const QString &sentence)
{
    return {.key = u"mlperf-endpoints/"_s + key, .sentence = sentence};
}

} // namespace

bool isEndpoints(const QJsonObject &object)
{
    return object.contains("n_samples_issued"_L1) && object.contains("duration_ns"_L1);
}

Result<ForeignReport> endpointsReport(const QJsonObject &object, const QString &place)
{
    const ForeignObject file(object, place);
    ForeignReport report;
    report.tool = u"MLPerf Endpoints"_s;
    report.version = file.shown(u"version"_s);
    report.name = place;
    report.startedAt = file.shown(u"test_started_at"_s);
    const ForeignObject config = file.object(u"run_config"_s);
    for (const QString &name :
        {u"load_pattern"_s, u"warmup"_s, u"scheduler_random_seed"_s, u"dataloader_random_seed"_s}) {
        const QJsonValue value = config.json().value(name);
        const QString text = value.isObject() || value.isArray()
            ? QString::fromUtf8(
                  QJsonDocument(QJsonObject{{name, value}}).toJson(QJsonDocument::Compact))
            : value.toVariant().toString();
        if (!text.isEmpty()) {
            report.setUp.append({name, text});
        }
    }
    addRate(report, u"output_tokens_per_s"_s, u"Output tokens/s"_s,
        endpointsDefinition(u"tps"_s, u"output tokens / tracked window, tokens by a tokenizer"_s),
        file.number(u"tps"_s));
    addRate(report, u"requests_per_s"_s, u"Answers/s"_s,
        endpointsDefinition(u"qps"_s, u"completed samples / tracked window"_s),
        file.number(u"qps"_s));
    addCounts(report,
        endpointsDefinition(u"failed"_s, u"failed, of completed and failed samples"_s),
        file.number(u"n_samples_completed"_s), file.number(u"n_samples_failed"_s));
    for (const EndpointsTime &time : endpointsTimes) {
        const ForeignObject block = file.object(time.name);
        const auto seconds = [](const std::optional<double> &ns) {
            return ns ? std::optional(*ns * 1e-9) : std::nullopt;
        };
        ForeignTimes times{.word = time.word,
            .label = time.label,
            .definition = endpointsDefinition(time.word, time.sentence),
            .mean = seconds(block.number(u"avg"_s)),
            .deviation = seconds(block.number(u"std_dev"_s)),
            .count = file.number(u"n_samples_completed"_s)};
        const ForeignObject percentiles = block.object(u"percentiles"_s);
        for (const auto &[share, name] : {std::pair{0.5, u"50.0"_s}, std::pair{0.9, u"90.0"_s},
                 std::pair{0.95, u"95.0"_s}, std::pair{0.99, u"99.0"_s}}) {
            std::optional<double> value = seconds(percentiles.number(name));
            if (!value && share == 0.5) {
                value = seconds(block.number(u"median"_s));
            }
            if (value) {
                times.percentiles.append({share, *value});
            }
        }
        addFigures(report, times);
        // Where it certifies none, it had too few samples for one.
        const QJsonObject certified = block.object(u"early_stopping_percentiles"_s).json();
        for (LoadFigure &figure : report.figures) {
            const qsizetype cut = figure.word.lastIndexOf("_p"_L1);
            if (cut == time.word.size() && figure.word.startsWith(time.word)) {
                const QString key = figure.word.sliced(cut + 2) + u".0"_s;
                figure.isReliable = !(certified.contains(key) && certified.value(key).isNull());
            }
        }
    }
    if (!object.value(u"complete"_s).toBool(true)) {
        report.notes += u"The run was not complete (%1)."_s.arg(file.shown(u"state"_s));
    }
    return file.outcome().map([&report] { return report; });
}

} // namespace Lorikeet
