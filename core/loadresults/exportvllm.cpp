// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/logging.h"
#include "loadresults/loadexport.h"
#include "loadresults/timestatistics.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <span>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

double orZero(const std::optional<Nanoseconds> &time) { return time ? toSeconds(*time) : 0; }

void putTimes(QJsonObject &object, QLatin1StringView name, const TimeStatistics &times)
{
    if (times.isEmpty()) {
        return;
    }
    const auto put = [&](const QString &statistic, double seconds) {
        object.insert(u"%1_%2_ms"_s.arg(statistic, name), seconds * 1000);
    };
    put(u"mean"_s, times.mean);
    put(u"median"_s, times.quantile(0.5));
    put(u"std"_s, times.deviation);
    for (const int percent : {50, 90, 95, 99}) {
        put(u'p' + QString::number(percent), times.quantile(percent / 100.0));
    }
}

/// What was asked for, as far as vllm bench serve has words for it.
void putLoad(QJsonObject &object, const LoadReport &report)
{
    const LoadCurve &curve = report.plan.curve;
    const LoadBlock *block = curve.size() == 1 ? &curve.constFirst() : nullptr;
    const bool isRate = block && block->kind == LoadBlock::Kind::Rate && block->from == block->to
        && !isRecorded(*block);
    const bool isUsers = block && block->kind == LoadBlock::Kind::Users && block->from == block->to;
    object.insert(u"request_rate"_s, isRate ? QJsonValue(block->from) : QJsonValue(u"inf"_s));
    object.insert(u"max_concurrency"_s,
        isUsers ? QJsonValue(int(block->from)) : QJsonValue(QJsonValue::Null));
    // An even rate is an infinite burstiness there, of which JSON has none.
    if (isRate && block->arrival.kind != ArrivalProcess::Kind::Constant) {
        object.insert(u"burstiness"_s, block->arrival.burstiness);
    }
}

/// The ticks of a stretch, from the first to behind the last.
std::pair<size_t, size_t> ticksOf(const LoadTimeline &timeline, const LoadWindow &window)
{
    const auto place = [&timeline](Nanoseconds at) {
        return std::min(size_t(at / LoadTimeline::tickLength), timeline.ticks().size());
    };
    return {place(window.from), place(window.to + LoadTimeline::tickLength - Nanoseconds(1))};
}

/// The most tokens of any second.
double mostTokens(const LoadReport &report, const std::pair<size_t, size_t> &among)
{
    constexpr size_t second = size_t(std::chrono::seconds(1) / LoadTimeline::tickLength);
    const std::vector<LoadTick> &ticks = report.timeline.ticks();
    qint64 most = 0;
    for (size_t from = among.first; from < among.second; from += second) {
        qint64 chunks = 0;
        for (size_t i = from; i < std::min(from + second, among.second); ++i) {
            chunks += ticks[i].chunks;
        }
        most = std::max(most, chunks);
    }
    return double(most) * report.summary.tokensPerChunk().value_or(1);
}

/// Single requests, by their place in the lists.
struct VllmLists
{
    QJsonArray inputs;
    QJsonArray outputs;
    QJsonArray ttfts;
    QJsonArray latencies;
    QJsonArray starts;
    QJsonArray queued;
    QJsonArray errors;
};

struct VllmTotals
{
    qint64 completed = 0;
    qint64 failed = 0;
    qint64 inputs = 0;
    qint64 outputs = 0;
    double duration = 0;
    TimeStatistics ttft;
    TimeStatistics tpot;
    TimeStatistics e2e;
    TimeStatistics gaps;
    double goodput = 0;
};

/// Of the whole run, as there, and not of its window.
VllmTotals totalsOf(const LoadStage &stage, VllmLists &lists)
{
    VllmTotals totals;
    qint64 good = 0;
    std::array<std::vector<double>, 3> times;
    std::optional<double> first;
    double last = 0;
    for (const LoadSample &sample : stage.samples) {
        if (sample.isCancelled() || !sample.began) {
            continue;
        }
        const Moment start = sample.sent ? sample.sent : sample.began;
        const std::optional<Nanoseconds> ttft = sample.timeToFirstToken();
        const double total = orZero(sample.total());
        lists.inputs.append(std::max(sample.promptTokens, 0));
        lists.outputs.append(sample.isAnswered() ? sample.countedTokens() : 0);
        // What failed has 0 there; an answer without a token has none.
        lists.ttfts.append(!sample.isAnswered() ? QJsonValue(0)
                : ttft                          ? QJsonValue(toSeconds(*ttft))
                                                : QJsonValue(QJsonValue::Null));
        lists.latencies.append(sample.isAnswered() ? total : 0);
        lists.starts.append(toSeconds(*start));
        lists.queued.append(orZero(sample.lag()));
        lists.errors.append(sample.error ? toWord(*sample.error) : QString());
        first = std::min(first.value_or(toSeconds(*start)), toSeconds(*start));
        last = std::max(last, sample.ended ? toSeconds(*sample.ended) : 0);
        if (!sample.isAnswered()) {
            ++totals.failed;
            continue;
        }
        ++totals.completed;
        totals.inputs += std::max(sample.promptTokens, 0);
        totals.outputs += sample.countedTokens();
        good += isGood(sample, stage.report.plan.objective) ? 1 : 0;
        if (ttft) {
            times[0].push_back(toSeconds(*ttft));
        }
        times[2].push_back(total);
        if (const auto each = sample.timePerOutputToken()) {
            times[1].push_back(toSeconds(*each));
        }
    }
    totals.duration = first ? last - *first : 0;
    totals.ttft = TimeStatistics::of(std::move(times[0]));
    totals.tpot = TimeStatistics::of(std::move(times[1]));
    totals.e2e = TimeStatistics::of(std::move(times[2]));
    LatencyHistogram gaps;
    for (const LatencyHistogram &slice : stage.report.timeline.gaps()) {
        gaps.add(slice);
    }
    totals.gaps = TimeStatistics::of(gaps);
    totals.goodput = totals.duration > 0 ? double(good) / totals.duration : 0;
    return totals;
}

/// Of a report without its requests: of its window.
VllmTotals totalsOf(const LoadSummary &summary)
{
    return {.completed = summary.answered,
        .failed = summary.failed(),
        .inputs = summary.promptTokens,
        .outputs = summary.outputTokens,
        .duration = toSeconds(summary.window.length()),
        .ttft = TimeStatistics::of(summary.time(LoadMetric::TimeToFirstToken)),
        .tpot = TimeStatistics::of(summary.time(LoadMetric::TimePerOutputToken)),
        .e2e = TimeStatistics::of(summary.time(LoadMetric::Total)),
        .gaps = TimeStatistics::of(summary.time(LoadMetric::InterTokenLatency)),
        .goodput = summary.goodput().value_or(0)};
}

QJsonObject vllmObject(const LoadStage &stage, const QString &name)
{
    const LoadReport &report = stage.report;
    VllmLists lists;
    const bool isDetailed = !stage.samples.empty();
    const VllmTotals totals = isDetailed ? totalsOf(stage, lists) : totalsOf(report.summary);
    const std::pair<size_t, size_t> among = isDetailed
        ? std::pair(size_t(0), report.timeline.ticks().size())
        : ticksOf(report.timeline, report.summary.window);
    const auto rate
        = [&totals](double count) { return totals.duration > 0 ? count / totals.duration : 0; };
    QJsonObject object{{u"date"_s, report.startedAt.toUTC().toString(u"yyyyMMdd-HHmmss"_s)},
        {u"endpoint_type"_s, report.subject.provider}, {u"backend"_s, report.subject.provider},
        // Metadata of one's own is allowed; import tells by it whose definitions these are.
        {u"lorikeet_version"_s, QStringLiteral(LORIKEET_VERSION)},
        {u"lorikeet_scope"_s, isDetailed ? u"whole-run"_s : u"window"_s},
        {u"model_id"_s, report.subject.model}, {u"num_prompts"_s, totals.completed + totals.failed},
        {u"duration"_s, totals.duration}, {u"completed"_s, totals.completed},
        {u"failed"_s, totals.failed}, {u"total_input_tokens"_s, totals.inputs},
        {u"total_output_tokens"_s, totals.outputs},
        {u"request_throughput"_s, rate(double(totals.completed))},
        {u"output_throughput"_s, rate(double(totals.outputs))},
        {u"total_token_throughput"_s, rate(double(totals.inputs + totals.outputs))},
        {u"max_output_tokens_per_s"_s, mostTokens(report, among)}};
    putLoad(object, report);
    if (!name.isEmpty()) {
        object.insert(u"label"_s, redacted(name));
    }
    const std::vector<qint64> running = report.timeline.running();
    const auto within = std::span(running).subspan(among.first, among.second - among.first);
    if (!within.empty()) {
        object.insert(u"max_concurrent_requests"_s, *std::ranges::max_element(within));
    }
    if (!report.plan.objective.isEmpty()) {
        object.insert(u"request_goodput"_s, totals.goodput);
    }
    const bool isChat = report.task() == LoadTask::Kind::Chat;
    if (isChat) { // what is answered whole has none, there as here
        putTimes(object, "ttft"_L1, totals.ttft);
        putTimes(object, "tpot"_L1, totals.tpot);
        putTimes(object, "itl"_L1, totals.gaps);
    }
    putTimes(object, "e2el"_L1, totals.e2e);
    if (isDetailed) {
        object.insert(u"input_lens"_s, lists.inputs);
        if (isChat) {
            object.insert(u"output_lens"_s, lists.outputs);
            object.insert(u"ttfts"_s, lists.ttfts);
        }
        object.insert(u"latencies"_s, lists.latencies);
        object.insert(u"start_times"_s, lists.starts);
        object.insert(u"queue_times"_s, lists.queued);
        object.insert(u"errors"_s, lists.errors);
    }
    return object;
}

} // namespace

QByteArray vllmJson(const LoadResult &result)
{
    QByteArray text;
    for (const LoadStage &stage : result.stages) {
        const QString name = result.isSweep()
            ? u"%1 at %2"_s.arg(result.name, QString::number(stage.load, 'g', 6))
            : result.name;
        text += QJsonDocument(vllmObject(stage, name)).toJson(QJsonDocument::Compact) + '\n';
    }
    return text;
}

} // namespace Lorikeet
