// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/logging.h"
#include "load/jsonmembers.h"
#include "load/loadreport.h"
#include "load/prefixcache.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <bit>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int version = 2;

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

void read(JsonMembers &members, const QString &name, Nanoseconds &time)
{
    qint64 count = time.count();
    members.read(name, count);
    time = Nanoseconds(count);
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

Result<LatencyHistogram> timesFrom(const QJsonObject &object, const QString &place)
{
    Result<LatencyHistogram> times = LatencyHistogram::fromJson(object);
    if (!times) {
        return fail(times.error().kind, u"%1: %2"_s.arg(place, times.error().message));
    }
    return times;
}

Result<LoadSummary> summaryFrom(const QJsonObject &object, const QString &place)
{
    JsonMembers members(object, place);
    LoadSummary summary;
    read(members, u"from_ns"_s, summary.window.from);
    read(members, u"to_ns"_s, summary.window.to);
    constexpr Nanoseconds most = std::chrono::days(100);
    if (summary.window.from < Nanoseconds(0) || summary.window.to < summary.window.from
        || summary.window.to > most) {
        members.refuse(u"to_ns"_s, u"and “from_ns” are no stretch of a run"_s);
    }
    read(members, u"busy_ns"_s, summary.busy);
    read(members, u"rested_ns"_s, summary.rested);
    read(members, u"stalled_ns"_s, summary.stalled);
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
        times.readObject(toWord(metric), summary.time(metric), &timesFrom);
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
    read(members, u"tick_ns"_s, tick);
    read(members, u"gap_ns"_s, gap);
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
        members.take(timesFrom(gaps.at(i).toObject(), members.placeOf(u"gaps"_s, i)), slice);
        timeline.addGaps(i * gap, gap, slice);
    }
    return members.end(timeline);
}

QJsonObject toJson(const LoadHealth &health)
{
    return {{u"loop_lag"_s, health.loopLag.toJson()},
        {u"processor_ns"_s, qint64(health.processorTime.count())},
        {u"busiest_ns"_s, qint64(health.busiest.count())},
        {u"elapsed_ns"_s, qint64(health.elapsed.count())}, {u"reads"_s, health.reads},
        {u"pieces"_s, health.pieces}};
}

Result<LoadHealth> healthFrom(const QJsonObject &object, const QString &place)
{
    JsonMembers members(object, place);
    LoadHealth health;
    members.readObject(u"loop_lag"_s, health.loopLag, &timesFrom);
    read(members, u"processor_ns"_s, health.processorTime);
    read(members, u"busiest_ns"_s, health.busiest);
    read(members, u"elapsed_ns"_s, health.elapsed);
    members.read(u"reads"_s, health.reads);
    members.read(u"pieces"_s, health.pieces);
    return members.end(health);
}

constexpr std::array subjectTexts{std::pair{"url"_L1, &LoadSubject::url},
    std::pair{"provider"_L1, &LoadSubject::provider}, std::pair{"server"_L1, &LoadSubject::server},
    std::pair{"version"_L1, &LoadSubject::serverVersion},
    std::pair{"model"_L1, &LoadSubject::model}};

Result<LoadSubject> subjectFrom(const QJsonObject &object, const QString &place)
{
    JsonMembers members(object, place);
    LoadSubject subject;
    for (const auto &[name, text] : subjectTexts) {
        members.read(name, subject.*text);
    }
    return members.end(subject);
}

QJsonObject toJson(const LoadSubject &subject)
{
    QJsonObject object;
    for (const auto &[name, text] : subjectTexts) {
        if (!(subject.*text).isEmpty()) {
            object.insert(name, subject.*text);
        }
    }
    return object;
}

Result<LoadChoice> choiceFrom(const QJsonObject &object, const QString &place)
{
    JsonMembers members(object, place);
    LoadChoice choice;
    members.read(u"name"_s, choice.name);
    members.readObject(u"summary"_s, choice.summary, &summaryFrom);
    static_cast<void>(members.value(u"figures"_s));
    return members.end(choice);
}

QJsonObject toJson(const SteadyState &steady, const LoadSummary &summary)
{
    QJsonObject object{{u"found"_s, steady.isFound},
        {u"from_ns"_s, qint64(steady.window.from.count())},
        {u"to_ns"_s, qint64(steady.window.to.count())}};
    if (!steady.isFound) {
        object.insert(u"problem"_s, steady.problem);
        return object;
    }
    if (!summary.isOfItems()) {
        object.insert(
            u"output_tokens_per_s"_s, steady.pieceRate * summary.tokensPerChunk().value_or(1));
    }
    object.insert(u"requests_per_s"_s, steady.answerRate);
    object.insert(u"concurrency"_s, steady.running);
    return object;
}

QJsonArray toJson(const QList<LimitVerdict> &verdicts)
{
    QJsonArray array;
    for (const LimitVerdict &verdict : verdicts) {
        array.append(QJsonObject{{u"limit"_s, verdict.word}, {u"kept"_s, verdict.isKept},
            {u"known"_s, verdict.isKnown}, {u"sentence"_s, verdict.sentence}});
    }
    return array;
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

QJsonObject toJson(const LoadReport &report)
{
    const LoadTrust trust = report.trust();
    QJsonArray choices;
    for (const LoadChoice &choice : report.choices) {
        choices.append(QJsonObject{{u"name"_s, choice.name},
            {u"figures"_s, figuresOf(choice.summary)}, {u"summary"_s, toJson(choice.summary)}});
    }
    QJsonObject object{{u"format"_s, u"lorikeet-load"_s}, {u"version"_s, version},
        {u"started_at"_s, report.startedAt.toString(Qt::ISODateWithMs)},
        {u"endpoint"_s, toJson(report.subject)}, {u"plan"_s, toJson(report.plan)},
        {u"threads"_s, report.plan.threads}, {u"workload"_s, redacted(report.workload)},
        {u"end"_s, report.end}, {u"figures"_s, figuresOf(report.summary)},
        {u"trust"_s,
            QJsonObject{{u"level"_s, toWord(trust.level)},
                {u"reasons"_s, QJsonArray::fromStringList(trust.reasons)}}},
        {u"objective"_s, toJson(report.verdicts())}, {u"summary"_s, toJson(report.summary)},
        {u"steady"_s, toJson(report.steady(), report.summary)}, {u"choices"_s, choices},
        {u"health"_s, toJson(report.health)}, {u"timeline"_s, toJson(report.timeline)}};
    if (report.start.planned > 0) {
        object.insert(u"start"_s,
            QJsonObject{
                {u"figures"_s, figuresOf(report.start)}, {u"summary"_s, toJson(report.start)}});
    }
    if (const QJsonObject cache = toJson(prefixCacheCheck(report)); !cache.isEmpty()) {
        object.insert(u"prefix_cache"_s, cache);
    }
    if (!report.precision.isEmpty()) {
        object.insert(u"precision"_s, toJson(report.precision));
    }
    if (report.calibration) {
        object.insert(u"calibration"_s, toJson(*report.calibration));
    }
    if (report.cost) {
        object.insert(u"cost"_s, *report.cost);
    }
    if (!report.server.isEmpty()) {
        QJsonObject server = toJson(report.server);
        server.insert(u"figures"_s, figuresOf(report.server, report.summary.window));
        object.insert(u"server"_s, server);
    }
    if (report.plan.shard.count > 1) {
        object.insert(u"shard"_s,
            QJsonObject{
                {u"index"_s, report.plan.shard.index + 1}, {u"count"_s, report.plan.shard.count}});
    }
    if (!report.place.isEmpty()) {
        object.insert(u"place"_s, report.place);
    }
    if (report.windowsApart > Nanoseconds(0)) {
        object.insert(u"windows_apart_ns"_s, qint64(report.windowsApart.count()));
    }
    if (!report.problem.isEmpty()) {
        object.insert(u"problem"_s, report.problem);
    }
    return object;
}

Result<LoadReport> loadReportFrom(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    JsonMembers members(document.object(), u"The report"_s);
    QString format;
    int written = 0;
    members.read(u"format"_s, format);
    members.read(u"version"_s, written);
    if (format != "lorikeet-load"_L1) {
        return fail(ApiError::Kind::InvalidRequest,
            u"This is no report of a load test: it has no “format” that says “lorikeet-load”."_s);
    }
    if (written > version) {
        return fail(ApiError::Kind::InvalidRequest,
            u"The report was written by a later version of Lorikeet, which reads it."_s);
    }
    LoadReport report;
    QString startedAt;
    members.read(u"started_at"_s, startedAt);
    report.startedAt = QDateTime::fromString(startedAt, Qt::ISODateWithMs);
    members.readObject(u"endpoint"_s, report.subject, &subjectFrom);
    members.readObject(u"plan"_s, report.plan,
        [](const QJsonObject &object, const QString &) { return loadPlanFrom(object); });
    members.read(u"threads"_s, report.plan.threads);
    members.readObject(u"shard"_s, report.plan.shard,
        [](const QJsonObject &object, const QString &place) -> Result<LoadShard> {
            JsonMembers inner(object, place);
            LoadShard shard{.index = 1};
            inner.read(u"index"_s, shard.index);
            inner.read(u"count"_s, shard.count);
            --shard.index;
            return inner.end(shard);
        });
    members.read(u"workload"_s, report.workload);
    members.read(u"end"_s, report.end);
    members.read(u"problem"_s, report.problem);
    members.read(u"place"_s, report.place);
    read(members, u"windows_apart_ns"_s, report.windowsApart);
    members.readObject(u"summary"_s, report.summary, &summaryFrom);
    members.readObject(u"start"_s, report.start,
        [](const QJsonObject &object, const QString &place) -> Result<LoadSummary> {
            JsonMembers inner(object, place);
            LoadSummary start;
            inner.readObject(u"summary"_s, start, &summaryFrom);
            static_cast<void>(inner.value(u"figures"_s));
            return inner.end(start);
        });
    members.readList(u"choices"_s, report.choices, &choiceFrom);
    members.readObject(u"health"_s, report.health, &healthFrom);
    members.readObject(u"timeline"_s, report.timeline, &timelineFrom);
    if (const auto cache = members.value(u"prefix_cache"_s)) {
        const QJsonValue explained = (*cache)[u"explained"];
        report.explainedCacheShare
            = explained.isDouble() ? std::optional(explained.toDouble()) : std::nullopt;
    }
    if (members.value(u"calibration"_s)) {
        members.readObject(u"calibration"_s, report.calibration.emplace(), &clientCalibrationFrom);
    }
    members.readValue(u"precision"_s, report.precision,
        [](const QJsonValue &value, const QString &) { return precisionFrom(value.toArray()); });
    if (members.value(u"cost"_s)) {
        members.read(u"cost"_s, report.cost.emplace());
    }
    members.readObject(u"server"_s, report.server, &serverSideFrom);
    // These follow from the rest.
    for (const QString &name : {u"figures"_s, u"trust"_s, u"objective"_s, u"steady"_s}) {
        static_cast<void>(members.value(name));
    }
    return members.end(report);
}

} // namespace Lorikeet
