// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/foreignreader.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// One of the times of vllm bench serve. `cousin` is what sglang's program calls it.
struct VllmTime
{
    QLatin1StringView name;
    QLatin1StringView cousin;
    QLatin1StringView word;
    QLatin1StringView label;
    QLatin1StringView sentence;
};

constexpr std::array vllmTimes{
    VllmTime{"ttft"_L1, "ttft"_L1, "ttft"_L1, "TTFT"_L1,
        "just before the request is posted to the first chunk with choices, in chat the empty role chunk; waiting at the concurrency gate is outside"_L1},
    VllmTime{"tpot"_L1, "tpot"_L1, "tpot"_L1, "TPOT"_L1,
        "(end to end - TTFT) / (output tokens - 1), of each request"_L1},
    VllmTime{
        "itl"_L1, "itl"_L1, "itl"_L1, "ITL"_L1, "gaps between chunks, all requests together"_L1},
    VllmTime{"e2el"_L1, "e2e_latency"_L1, "e2e"_L1, "End to end"_L1,
        "just before the request is posted to the last chunk with choices"_L1},
    VllmTime{"client_queue_time"_L1, ""_L1, "client_queue"_L1, "Client queue"_L1,
        "waiting at the concurrency gate"_L1},
    VllmTime{"e2el_including_client_queue"_L1, ""_L1, "e2e_queued"_L1, "End to end with queue"_L1,
        "end to end and waiting at the concurrency gate"_L1},
};

/// What our own export says of itself (exportvllm.cpp).
enum class VllmOrigin {
    Theirs,
    OurWindow, ///< what our figures are of
    OurRun, ///< ramp and drain included
};

VllmOrigin originOf(const QJsonObject &object)
{
    if (!object.contains("lorikeet_version"_L1)) {
        return VllmOrigin::Theirs;
    }
    // Files from before it was said: requests were there of whole runs.
    const QString scope = object.value(u"lorikeet_scope"_s).toString();
    return scope == "whole-run"_L1 || (scope.isEmpty() && object.contains("start_times"_L1))
        ? VllmOrigin::OurRun
        : VllmOrigin::OurWindow;
}

FigureDefinition vllmDefinition(const VllmTime &time, VllmOrigin origin)
{
    // Our numbers keep our definition, whatever file they stand in.
    if (origin == VllmOrigin::OurWindow) {
        return {.key = u"lorikeet/"_s + time.word,
            .sentence = u"as Lorikeet defines it, in a file of vllm bench serve"_s};
    }
    if (origin == VllmOrigin::OurRun) {
        return {.key = u"lorikeet/whole-run/"_s + time.word,
            .sentence
            = u"as Lorikeet defines it, of the whole run, in a file of vllm bench serve"_s};
    }
    return {.key = u"vllm/"_s + time.word, .sentence = time.sentence};
}

/// When each request began and what it took, of those that were answered.
class VllmRequests
{
public:
    explicit VllmRequests(const ForeignObject &file)
        : m_starts(file.numbers(u"start_times"_s))
        , m_ttfts(file.numbers(u"ttfts"_s))
        , m_latencies(file.numbers(u"latencies"_s))
        , m_outputs(file.numbers(u"output_lens"_s))
        , m_gaps(file.array(u"itls"_s))
        , m_errors(file.array(u"errors"_s))
    { }

    [[nodiscard]] std::vector<std::pair<double, double>> rows(QLatin1StringView word) const
    {
        std::vector<std::pair<double, double>> rows;
        for (size_t i = 0; i < m_starts.size(); ++i) {
            if (!m_starts[i] || !m_errors.at(qsizetype(i)).toString().isEmpty()) {
                continue;
            }
            if (word == "itl"_L1) {
                const QJsonArray gaps = m_gaps.at(qsizetype(i)).toArray();
                for (const QJsonValue &gap : gaps) {
                    if (gap.isDouble()) {
                        rows.emplace_back(*m_starts[i], gap.toDouble());
                    }
                }
            } else if (const auto value = valueOf(word, i)) {
                rows.emplace_back(*m_starts[i], *value);
            }
        }
        return rows;
    }

private:
    [[nodiscard]] static std::optional<double> at(
        const std::vector<std::optional<double>> &values, size_t i)
    {
        return i < values.size() ? values[i] : std::nullopt;
    }

    [[nodiscard]] std::optional<double> valueOf(QLatin1StringView word, size_t i) const
    {
        const std::optional<double> ttft = at(m_ttfts, i);
        const std::optional<double> latency = at(m_latencies, i);
        const double output = at(m_outputs, i).value_or(0);
        if (word == "ttft"_L1) {
            return ttft;
        }
        if (word == "e2e"_L1) {
            return latency;
        }
        return word == "tpot"_L1 && ttft && latency && output > 1
            ? std::optional((*latency - *ttft) / (output - 1))
            : std::nullopt;
    }

    std::vector<std::optional<double>> m_starts;
    std::vector<std::optional<double>> m_ttfts;
    std::vector<std::optional<double>> m_latencies;
    std::vector<std::optional<double>> m_outputs;
    QJsonArray m_gaps;
    QJsonArray m_errors;
};

void addTime(ForeignReport &report, const ForeignObject &file, const VllmRequests &requests,
    const VllmTime &time, VllmOrigin origin)
{
    // All statistics are in ms.
    const auto statistic = [&](const QString &name) {
        std::optional<double> value = file.number(u"%1_%2_ms"_s.arg(name, time.name));
        if (!value && !time.cousin.isEmpty()) {
            value = file.number(u"%1_%2_ms"_s.arg(name, time.cousin));
        }
        return value ? std::optional(*value / 1000) : std::nullopt;
    };
    ForeignTimes times{.word = time.word,
        .label = time.label,
        .definition = vllmDefinition(time, origin),
        .mean = statistic(u"mean"_s),
        .deviation = statistic(u"std"_s)};
    if (time.word != "itl"_L1) {
        times.count = file.number(u"completed"_s);
    }
    const std::optional<double> median = statistic(u"median"_s);
    for (const double share : {0.5, 0.9, 0.95, 0.99}) {
        const std::optional<double> told
            = share == 0.5 && median ? median : statistic(u'p' + QString::number(share * 100));
        if (told) {
            times.percentiles.append({share, *told});
        }
    }
    times.rows = requests.rows(time.word);
    times.areGaps = time.word == "itl"_L1;
    addFigures(report, times);
}

} // namespace

bool isVllm(const QJsonObject &object)
{
    return object.contains("completed"_L1) && object.contains("request_throughput"_L1)
        && object.contains("duration"_L1);
}

Result<ForeignReport> vllmReport(const QJsonObject &object, const QString &place)
{
    const ForeignObject file(object, place);
    const VllmOrigin origin = originOf(object);
    const bool fromUs = origin != VllmOrigin::Theirs;
    ForeignReport report;
    const bool isCousin = object.contains("total_output_tokens_retokenized"_L1);
    report.tool = fromUs ? u"Lorikeet"_s
        : isCousin       ? u"sglang bench_serving"_s
                         : u"vllm bench serve"_s;
    report.version = file.shown(u"lorikeet_version"_s);
    report.name = file.shown(u"label"_s);
    if (report.name.isEmpty()) {
        report.name = place;
    }
    report.model = file.shown(u"model_id"_s);
    report.startedAt = file.shown(u"date"_s);
    addSetUp(report, file,
        {u"endpoint_type"_s, u"backend"_s, u"tokenizer_id"_s, u"num_prompts"_s, u"request_rate"_s,
            u"burstiness"_s, u"max_concurrency"_s, u"ramp_up_strategy"_s, u"ramp_up_start_rps"_s,
            u"ramp_up_end_rps"_s});
    const QString whole = u"the whole duration, ramp and drain included"_s;
    addRate(report, u"output_tokens_per_s"_s, u"Output tokens/s"_s,
        {.key = u"vllm/output_throughput"_s, .sentence = u"output tokens / "_s + whole},
        file.number(u"output_throughput"_s));
    addRate(report, u"requests_per_s"_s, u"Answers/s"_s,
        {.key = u"vllm/request_throughput"_s, .sentence = u"completed requests / "_s + whole},
        file.number(u"request_throughput"_s));
    addRate(report, u"goodput_per_s"_s, u"Goodput"_s,
        {.key = u"vllm/request_goodput"_s,
            .sentence = u"requests within all limits that were given / "_s + whole},
        file.number(u"request_goodput"_s));
    addCounts(report,
        {.key = u"vllm/failed"_s, .sentence = u"failed, of completed and failed requests"_s},
        file.number(u"completed"_s), file.number(u"failed"_s));
    const VllmRequests requests(file);
    for (const VllmTime &time : vllmTimes) {
        addTime(report, file, requests, time, origin);
    }
    if (!object.contains("failed"_L1)) {
        report.notes += u"The file does not say how many requests failed."_s;
    }
    return file.outcome().map([&report] { return report; });
}

} // namespace Lorikeet
