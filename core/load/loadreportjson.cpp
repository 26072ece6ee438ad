// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/logging.h"
#include "load/jsonmembers.h"
#include "load/loadreport.h"
#include "load/loadsummaryjson.h"
#include "load/prefixcache.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int version = 2;

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
    members.readObject(u"loop_lag"_s, health.loopLag, &histogramFrom);
    members.readNanoseconds(u"processor_ns"_s, health.processorTime);
    members.readNanoseconds(u"busiest_ns"_s, health.busiest);
    members.readNanoseconds(u"elapsed_ns"_s, health.elapsed);
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
    members.readNanoseconds(u"windows_apart_ns"_s, report.windowsApart);
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
