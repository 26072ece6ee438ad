// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/loadresult.h"

#include "base/durationtext.h"
#include "load/jsonmembers.h"
#include "load/loadcost.h"
#include "load/loadprofile.h"
#include "load/loadrun.h"
#include "load/prefixcache.h"
#include "load/tokencalibration.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// 2: a load may have several stages.
constexpr int sweepVersion = 2;

QJsonValue numberOrNull(const std::optional<double> &value)
{
    return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Null);
}

QJsonValue runsToJson(const SweepRuns &runs)
{
    return runs.of == 0 ? QJsonValue(QJsonValue::Null)
                        : QJsonObject{{u"agreed"_s, runs.agreed}, {u"of"_s, runs.of}};
}

QJsonObject sweepToJson(const LoadResult &result)
{
    const SweepFinding finding = result.finding();
    QJsonArray stages;
    for (const LoadStage &stage : result.stages) {
        QJsonObject object = toJson(stage.report);
        object.insert(u"load"_s, stage.load);
        stages.append(object);
    }
    return {{u"format"_s, u"lorikeet-sweep"_s}, {u"version"_s, sweepVersion},
        {u"sweep"_s, toJson(*result.sweep)}, {u"knee"_s, numberOrNull(finding.knee)},
        {u"holds"_s, numberOrNull(finding.holds)}, {u"holds_runs"_s, runsToJson(finding.heldRuns)},
        {u"breaks"_s, numberOrNull(finding.breaks)},
        {u"breaks_runs"_s, runsToJson(finding.brokenRuns)}, {u"breaks_by"_s, finding.brokenBy},
        {u"output_tokens_per_s"_s, numberOrNull(finding.mostTokens)},
        {u"items_per_s"_s, numberOrNull(finding.mostItems)},
        {u"requests_per_s"_s, numberOrNull(finding.mostRequests)},
        {u"sentence"_s, finding.sentence}, {u"stages"_s, stages}};
}

/// Reports of the first version did not say it.
SweepPlan sweepOf(const QList<LoadStage> &stages)
{
    SweepPlan sweep;
    const LoadCurve &curve = stages.constFirst().report.plan.curve;
    if (!curve.isEmpty()) {
        sweep.kind = curve.constFirst().kind;
        sweep.arrival = curve.constFirst().arrival;
    }
    sweep.from = std::ranges::min(stages, {}, &LoadStage::load).load;
    return sweep;
}

Result<LoadResult> sweepFrom(const QJsonObject &object)
{
    JsonMembers members(object, u"The sweep"_s);
    int written = 0;
    members.read(u"version"_s, written);
    if (written > sweepVersion) {
        return fail(ApiError::Kind::InvalidRequest,
            u"The sweep was written by a later version of Lorikeet, which reads it."_s);
    }
    LoadResult result;
    const QJsonArray stages = object.value(u"stages"_s).toArray();
    for (qsizetype i = 0; i < stages.size(); ++i) {
        QJsonObject stage = stages.at(i).toObject();
        const double load = stage.take(u"load"_s).toDouble();
        const Result<LoadReport> report
            = loadReportFrom(QJsonDocument(stage).toJson(QJsonDocument::Compact));
        if (!report) {
            return fail(report.error().kind,
                u"Stage %1 of the sweep: %2"_s.arg(QString::number(i + 1), report.error().message));
        }
        result.stages += {.load = load, .report = *report, .samples = {}};
    }
    if (result.stages.isEmpty()) {
        return fail(ApiError::Kind::InvalidRequest, u"The sweep has no stages."_s);
    }
    result.sweep = sweepOf(result.stages);
    members.readObject(u"sweep"_s, *result.sweep, &sweepPlanFrom);
    // What else there is follows from the stages.
    for (const QString &name : {u"format"_s, u"stages"_s, u"knee"_s, u"holds"_s, u"holds_runs"_s,
             u"breaks"_s, u"breaks_runs"_s, u"breaks_by"_s, u"output_tokens_per_s"_s,
             u"items_per_s"_s, u"requests_per_s"_s, u"sentence"_s}) {
        static_cast<void>(members.value(name));
    }
    return members.end(result);
}

QString blockName(const LoadBlock &block)
{
    const QString range = block.from == block.to
        ? loadText(block.from)
        : u"%1 to %2"_s.arg(loadText(block.from), loadText(block.to));
    switch (block.kind) {
    case LoadBlock::Kind::Users:
        return range + (block.from == 1 && block.to == 1 ? u" user"_s : u" users"_s);
    case LoadBlock::Kind::Rate:
        return range + u" requests/s"_s;
    case LoadBlock::Kind::Pause:
        return u"pause"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

LoadReport reportOf(const ToldRun &told)
{
    LoadReport report;
    report.startedAt = told.startedAt;
    report.subject = told.subject;
    report.plan = told.plan;
    report.workload = toJson(told.workload);
    const LoadWindow window = told.window.value_or(windowOf(told.plan, told.timeline));
    report.summary = summarise(told.samples, told.timeline, window, told.plan.objective);
    for (const QString &label : told.workload.mix.labels()) {
        const auto choice = qint16(report.choices.size());
        report.choices
            += {label, summariseChoice(told.samples, choice, window, told.plan.objective)};
    }
    report.timeline = told.timeline;
    report.start = summarise(told.samples, told.timeline,
        startBurstOf(told.timeline, report.steady()), told.plan.objective);
    if (told.calibration) {
        report.explainedCacheShare = explainedCacheShare(told.workload, *told.calibration);
    }
    LoadCost cost(told.plan.price);
    for (const LoadSample &sample : told.samples) {
        cost.add(sample);
    }
    report.cost = cost.spent();
    return report;
}

LoadReport measuredAnew(
    const LoadReport &report, const LoadSamples &samples, const LoadWindow &window)
{
    LoadReport anew = report;
    const ServiceObjective &objective = report.plan.objective;
    anew.summary = summarise(samples, report.timeline, window, objective);
    for (qsizetype i = 0; i < anew.choices.size(); ++i) {
        anew.choices[i].summary = summariseChoice(samples, qint16(i), window, objective);
    }
    return anew;
}

QList<SweepPoint> LoadResult::points() const
{
    QList<SweepPoint> points;
    for (qsizetype i = 0; i < stages.size(); ++i) {
        const LoadReport &report = stages[i].report;
        if (report.end != toWord(LoadEnd::Finished)) {
            continue;
        }
        const QStringList broken = brokenOf(report.verdicts());
        points += {.load = stages[i].load,
            .summary = report.summary,
            .health = report.health,
            .keepsObjective = broken.isEmpty(),
            .broken = broken,
            .stage = int(i)};
    }
    return points;
}

SweepFinding LoadResult::finding() const
{
    return sweep ? findingOf(*sweep, points()) : SweepFinding();
}

LoadSpent LoadResult::spent() const
{
    LoadSpent spent;
    for (const LoadStage &stage : stages) {
        spent.requests += stage.report.timeline.sum().began;
        spent.cost += stage.report.cost.value_or(0);
    }
    return spent;
}

std::optional<bool> LoadResult::keepsObjective() const
{
    if (stages.isEmpty() || stages.constFirst().report.plan.objective.isEmpty()
        || (sweep && points().isEmpty())) {
        return std::nullopt;
    }
    return sweep
        ? finding().holds.has_value()
        : std::ranges::all_of(stages.constFirst().report.verdicts(), &LimitVerdict::isKept);
}

QJsonObject toJson(const LoadResult &result)
{
    if (result.sweep) {
        return sweepToJson(result);
    }
    return result.stages.isEmpty() ? QJsonObject() : toJson(result.stages.constFirst().report);
}

Result<LoadResult> loadResultFrom(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError) {
        return fail(ApiError::Kind::InvalidRequest,
            u"The report is no JSON: %1 at byte %2."_s.arg(
                error.errorString(), QString::number(error.offset)));
    }
    const QJsonObject object = document.object();
    if (object.value(u"format"_s) == "lorikeet-sweep"_L1) {
        return sweepFrom(object);
    }
    return loadReportFrom(json).map([](const LoadReport &report) {
        LoadResult result;
        result.stages += {.load = 0, .report = report, .samples = {}};
        return result;
    });
}

QString nameOf(const LoadPlan &plan, const std::optional<SweepPlan> &sweep)
{
    if (sweep) {
        return sweep->kind == LoadBlock::Kind::Users ? u"Sweep of users"_s : u"Sweep of rates"_s;
    }
    if (plan.curve.isEmpty()) {
        return u"Trace"_s;
    }
    const QString length = plan.stops.requests ? u"%1 requests"_s.arg(*plan.stops.requests)
                                               : durationText(durationOf(plan.curve));
    if (hasRecorded(plan.curve)) {
        // What it asks at most is not known from its blocks.
        return plan.curve.size() > 1 ? u"Trace among others, %1"_s.arg(length)
                                     : u"Trace, %1"_s.arg(length);
    }
    // The block that asks for the most is what a test is called by.
    const auto most = std::ranges::max_element(plan.curve, {}, [](const LoadBlock &block) {
        return block.kind == LoadBlock::Kind::Pause ? -1.0 : std::max(block.from, block.to);
    });
    const QString more = plan.curve.size() > 1 ? u" at most"_s : QString();
    return u"%1%2, %3"_s.arg(blockName(*most), more, length);
}

QList<double> sharesOf(const LoadReport &report)
{
    if (const auto workload = loadWorkloadFrom(report.workload);
        workload && workload->mix.choices.size() == report.choices.size()) {
        return workload->mix.shares();
    }
    QList<double> asked;
    for (const LoadChoice &choice : report.choices) {
        asked.append(double(choice.summary.planned));
    }
    return asked;
}

} // namespace Lorikeet
