// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/foreignreader.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

struct InferenceTime
{
    QLatin1StringView name;
    QLatin1StringView word;
    QLatin1StringView label;
    QLatin1StringView sentence;
};

constexpr std::array inferenceTimes{
    InferenceTime{"time_to_first_token"_L1, "ttft"_L1, "TTFT"_L1,
        "send to first chunk of the answer that is not empty; reasoning does not count"_L1},
    InferenceTime{"time_per_output_token"_L1, "tpot"_L1, "TPOT"_L1,
        "(end to end - TTFT) / (output tokens - 1), tokens by a tokenizer"_L1},
    InferenceTime{"normalized_time_per_output_token"_L1, "ntpot"_L1, "NTPOT"_L1,
        "end to end / output tokens, tokens by a tokenizer"_L1},
    InferenceTime{"inter_token_latency"_L1, "itl"_L1, "ITL"_L1,
        "gaps between tokens of the tokenized text"_L1},
    InferenceTime{"request_latency"_L1, "e2e"_L1, "End to end"_L1, "send to end"_L1},
};

FigureDefinition inferenceDefinition(const QString &key, const QString &sentence)
{
    return {.key = u"inference-perf/"_s + key, .sentence = sentence};
}

} // namespace

bool isInferencePerf(const QJsonObject &object)
{
    return object.contains("load_summary"_L1) && object.contains("successes"_L1);
}

Result<ForeignReport> inferencePerfReport(const QJsonObject &object, const QString &place)
{
    const ForeignObject file(object, place);
    const ForeignObject successes = file.object(u"successes"_s);
    const ForeignObject latency = successes.object(u"latency"_s);
    const ForeignObject throughput = successes.object(u"throughput"_s);
    ForeignReport report;
    report.tool = u"inference-perf"_s;
    report.name = place;
    addSetUp(report, file.object(u"load_summary"_s),
        {u"requested_rate"_s, u"concurrency"_s, u"send_duration"_s});
    addRate(report, u"output_tokens_per_s"_s, u"Output tokens/s"_s,
        inferenceDefinition(u"output_tokens_per_sec"_s, u"output tokens / time of the stage"_s),
        throughput.number(u"output_tokens_per_sec"_s));
    addRate(report, u"requests_per_s"_s, u"Answers/s"_s,
        inferenceDefinition(u"requests_per_sec"_s, u"answers / time of the stage"_s),
        throughput.number(u"requests_per_sec"_s));
    const ForeignObject goodput = file.object(u"goodput_metrics"_s);
    addRate(report, u"goodput_per_s"_s, u"Goodput"_s,
        inferenceDefinition(
            u"request_goodput"_s, u"requests within the limits / time of the stage"_s),
        goodput.number(u"request_goodput"_s));
    addCounts(report, inferenceDefinition(u"failures"_s, u"failures, of failures and successes"_s),
        successes.number(u"count"_s), file.object(u"failures"_s).number(u"count"_s));
    for (const InferenceTime &time : inferenceTimes) {
        const ForeignObject block = latency.object(time.name);
        ForeignTimes times{.word = time.word,
            .label = time.label,
            .definition = inferenceDefinition(time.word, time.sentence),
            .mean = block.number(u"mean"_s),
            .areGaps = time.word == "itl"_L1};
        for (const auto &[share, name] : {std::pair{0.5, u"median"_s}, std::pair{0.9, u"p90"_s},
                 std::pair{0.95, u"p95"_s}, std::pair{0.99, u"p99"_s}}) {
            if (const auto value = block.number(name)) {
                times.percentiles.append({share, *value});
            }
        }
        addFigures(report, times);
    }
    report.notes
        += u"The file has no single requests: nothing tells differences of it from chance but of failures."_s;
    return file.outcome().map([&report] { return report; });
}

} // namespace Lorikeet
