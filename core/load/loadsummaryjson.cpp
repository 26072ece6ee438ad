// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadsummaryjson.h"

#include "load/jsonmembers.h"
#include "load/quantilerange.h"

#include <QJsonArray>

#include <array>
#include <bit>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// A number of a struct with its name in JSON.
template<typename T>
struct Member
{
    QLatin1StringView name;
    qint64 T::*value;
};

constexpr std::array counts{
    Member<LoadSummary>{"planned"_L1, &LoadSummary::planned},
    Member<LoadSummary>{"began"_L1, &LoadSummary::began},
    Member<LoadSummary>{"answered"_L1, &LoadSummary::answered},
    Member<LoadSummary>{"cancelled"_L1, &LoadSummary::cancelled},
    Member<LoadSummary>{"completed"_L1, &LoadSummary::completed},
    Member<LoadSummary>{"good"_L1, &LoadSummary::good},
    Member<LoadSummary>{"output_tokens"_L1, &LoadSummary::outputTokens},
    Member<LoadSummary>{"output_chunks"_L1, &LoadSummary::outputChunks},
    Member<LoadSummary>{"estimated"_L1, &LoadSummary::estimated},
    Member<LoadSummary>{"prompt_tokens"_L1, &LoadSummary::promptTokens},
    Member<LoadSummary>{"completed_prompt_tokens"_L1, &LoadSummary::completedPromptTokens},
    Member<LoadSummary>{"cached_tokens"_L1, &LoadSummary::cachedTokens},
    Member<LoadSummary>{"first_turn_prompt_tokens"_L1, &LoadSummary::firstTurnPromptTokens},
    Member<LoadSummary>{"first_turn_cached_tokens"_L1, &LoadSummary::firstTurnCachedTokens},
    Member<LoadSummary>{"later_turns"_L1, &LoadSummary::laterTurns},
    Member<LoadSummary>{"reasoning_tokens"_L1, &LoadSummary::reasoningTokens},
    Member<LoadSummary>{"reused_connections"_L1, &LoadSummary::reusedConnections},
    Member<LoadSummary>{"cut_by_length"_L1, &LoadSummary::cutByLength},
};

/// Of what is no chat; of one they are not there.
constexpr std::array itemCounts{
    Member<LoadSummary>{"items"_L1, &LoadSummary::items},
    Member<LoadSummary>{"completed_items"_L1, &LoadSummary::completedItems},
};

constexpr std::array ticks{
    Member<LoadTick>{"planned"_L1, &LoadTick::planned},
    Member<LoadTick>{"began"_L1, &LoadTick::began},
    Member<LoadTick>{"answered"_L1, &LoadTick::answered},
    Member<LoadTick>{"failed"_L1, &LoadTick::failed},
    Member<LoadTick>{"cancelled"_L1, &LoadTick::cancelled},
    Member<LoadTick>{"chunks"_L1, &LoadTick::chunks},
};

QJsonValue orNull(const std::optional<double> &value)
{
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

QJsonValue orNull(const std::optional<Nanoseconds> &time)
{
    return time ? QJsonValue(qint64(time->count())) : QJsonValue(QJsonValue::Null);
}

QJsonObject timesOf(const LatencyHistogram &times)
{
    QJsonObject object{{u"count"_s, times.count()}, {u"mean_ns"_s, orNull(times.mean())}};
    static constexpr std::array shares{std::pair{0.5, "p50"_L1}, std::pair{0.9, "p90"_L1},
        std::pair{0.95, "p95"_L1}, std::pair{0.99, "p99"_L1}, std::pair{0.999, "p99.9"_L1}};
    for (const auto &[share, name] : shares) {
        const std::optional<Percentile> found = percentile(times, share);
        QJsonObject told;
        if (found) {
            told.insert(u"ns"_s, qint64(found->value.count()));
            // Without bounds there were too few samples for it.
            if (found->range) {
                told.insert(u"low_ns"_s, qint64(found->range->first.count()));
                told.insert(u"high_ns"_s, qint64(found->range->second.count()));
            }
        }
        object.insert(name, found ? QJsonValue(told) : QJsonValue(QJsonValue::Null));
    }
    return object;
}

} // namespace

QJsonObject figuresOf(const LoadSummary &summary)
{
    QJsonObject figures{{u"requests"_s, summary.planned}, {u"answered"_s, summary.answered},
        {u"failed"_s, summary.failed()}, {u"cancelled"_s, summary.cancelled},
        {u"requests_per_s"_s, orNull(summary.requestRate())},
        {u"planned_requests_per_s"_s, orNull(summary.plannedRate())},
        {u"output_tokens_per_s"_s, orNull(summary.tokenRate())},
        {u"prompt_tokens_per_s"_s, orNull(summary.promptTokenRate())},
        {u"output_tokens_per_s_per_user"_s, orNull(summary.tokenRatePerUser())},
        {u"items_per_s"_s, orNull(summary.itemRate())},
        {u"goodput_per_s"_s, orNull(summary.goodput())},
        {u"tokens_per_chunk"_s, orNull(summary.tokensPerChunk())},
        {u"concurrency"_s, orNull(summary.heldConcurrency())}};
    for (const LoadMetric metric : loadMetrics()) {
        figures.insert(toWord(metric), timesOf(summary.time(metric)));
    }
    return figures;
}

Result<LatencyHistogram> histogramFrom(const QJsonObject &object, const QString &place)
{
    Result<LatencyHistogram> times = LatencyHistogram::fromJson(object);
    if (!times) {
        return fail(times.error().kind, u"%1: %2"_s.arg(place, times.error().message));
    }
    return times;
}

QJsonObject toJson(const LoadSummary &summary)
{
    QJsonObject object{{u"from_ns"_s, qint64(summary.window.from.count())},
        {u"to_ns"_s, qint64(summary.window.to.count())}, {u"chunks"_s, summary.chunks},
        {u"busy_ns"_s, qint64(summary.busy.count())},
        {u"stalled_ns"_s, qint64(summary.stalled.count())}};
    for (const auto &[name, value] : counts) {
        object.insert(name, summary.*value);
    }
    for (const auto &[name, value] : itemCounts) {
        if (summary.*value > 0) {
            object.insert(name, summary.*value);
        }
    }
    if (summary.rested > Nanoseconds(0)) {
        object.insert(u"rested_ns"_s, qint64(summary.rested.count()));
    }
    QJsonObject failures;
    for (const auto &[kind, count] : summary.failures.asKeyValueRange()) {
        failures.insert(kind, count);
    }
    object.insert(u"failures"_s, failures);
    QJsonObject times;
    for (const LoadMetric metric : loadMetrics()) {
        times.insert(toWord(metric), summary.time(metric).toJson());
    }
    object.insert(u"times"_s, times);
    return object;
}

Result<LoadSummary> summaryFrom(const QJsonObject &object, const QString &place)
{
    JsonMembers members(object, place);
    LoadSummary summary;
    members.readNanoseconds(u"from_ns"_s, summary.window.from);
    members.readNanoseconds(u"to_ns"_s, summary.window.to);
    constexpr Nanoseconds most = std::chrono::days(100);
    if (summary.window.from < Nanoseconds(0) || summary.window.to < summary.window.from
        || summary.window.to > most) {
        members.refuse(u"to_ns"_s, u"and “from_ns” are no stretch of a run"_s);
    }
    members.readNanoseconds(u"busy_ns"_s, summary.busy);
    members.readNanoseconds(u"rested_ns"_s, summary.rested);
    members.readNanoseconds(u"stalled_ns"_s, summary.stalled);
    members.read(u"chunks"_s, summary.chunks);
    for (const auto &[name, value] : counts) {
        members.read(name, summary.*value);
    }
    for (const auto &[name, value] : itemCounts) {
        members.read(name, summary.*value);
    }
    // Earlier reports counted those of what was due alone.
    if (!object.contains("completed_prompt_tokens"_L1)) {
        summary.completedPromptTokens = summary.promptTokens;
    }
    QJsonObject failures;
    members.read(u"failures"_s, failures);
    JsonMembers kinds(failures, members.placeOf(u"failures"_s));
    for (const QString &kind : failures.keys()) {
        kinds.read(kind, summary.failures[kind]);
    }
    if (const Result<> read = kinds.end(); !read) {
        return Failure(read.error());
    }
    QJsonObject all;
    members.read(u"times"_s, all);
    JsonMembers times(all, members.placeOf(u"times"_s));
    for (const LoadMetric metric : loadMetrics()) {
        times.readObject(toWord(metric), summary.time(metric), &histogramFrom);
    }
    if (const Result<> read = times.end(); !read) {
        return Failure(read.error());
    }
    return members.end(summary);
}

QJsonObject toJson(const LoadTimeline &timeline)
{
    QJsonObject object{{u"tick_ns"_s, qint64(LoadTimeline::tickLength.count())},
        {u"gap_ns"_s, qint64(timeline.gapLength().count())}};
    for (const auto &[name, value] : ticks) {
        QJsonArray column;
        for (const LoadTick &tick : timeline.ticks()) {
            column.append(tick.*value);
        }
        object.insert(name, column);
    }
    QJsonArray gaps;
    for (const LatencyHistogram &slice : timeline.gaps()) {
        gaps.append(slice.toJson());
    }
    object.insert(u"gaps"_s, gaps);
    return object;
}

Result<LoadTimeline> timelineFrom(const QJsonObject &object, const QString &place)
{
    JsonMembers members(object, place);
    Nanoseconds tick = LoadTimeline::tickLength;
    Nanoseconds gap = std::chrono::seconds(1);
    members.readNanoseconds(u"tick_ns"_s, tick);
    members.readNanoseconds(u"gap_ns"_s, gap);
    // Seconds, doubled again and again.
    const qint64 seconds = gap / std::chrono::seconds(1);
    const bool isGap = gap == std::chrono::seconds(seconds) && seconds > 0 && seconds <= 1 << 23
        && std::has_single_bit(quint64(seconds));
    if (tick != LoadTimeline::tickLength || !isGap) {
        members.refuse(u"tick_ns"_s, u"and “gap_ns” are not those of this version"_s);
        return members.end(LoadTimeline());
    }
    LoadTimelinePart part;
    for (const auto &[name, value] : ticks) {
        const QJsonArray column = members.value(name).value_or(QJsonArray()).toArray();
        for (qsizetype i = 0; i < column.size(); ++i) {
            part.at(i * tick).*value = column.at(i).toInteger();
        }
    }
    LoadTimeline timeline;
    timeline.add(part);
    const QJsonArray gaps = members.value(u"gaps"_s).value_or(QJsonArray()).toArray();
    for (qsizetype i = 0; i < gaps.size(); ++i) {
        LatencyHistogram slice;
        members.take(histogramFrom(gaps.at(i).toObject(), members.placeOf(u"gaps"_s, i)), slice);
        timeline.addGaps(i * gap, gap, slice);
    }
    return members.end(timeline);
}

} // namespace Lorikeet
