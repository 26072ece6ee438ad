// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/runfiles.h"

#include "base/logging.h"
#include "load/jsonmembers.h"
#include "load/loadrun.h"
#include "loadresults/samplesfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Result<> writeJson(const QString &name, const QJsonObject &object)
{
    QSaveFile file(name);
    const QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
        return fail(ApiError::Kind::Storage,
            u"The history of the load test cannot be written: %1: %2."_s.arg(
                name, file.errorString()));
    }
    return {};
}

Failure unreadable(const QString &name, const QString &why)
{
    return fail(ApiError::Kind::Storage, u"%1 cannot be read: %2."_s.arg(name, why));
}

Result<QByteArray> contentOf(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return unreadable(name, file.errorString());
    }
    return file.readAll();
}

QString stageFile(const QString &path, int stage)
{
    return u"%1/stage-%2.json"_s.arg(path, QString::number(stage));
}

QString promptsFile(const QString &path, int stage)
{
    return u"%1/stage-%2.prompts.json"_s.arg(path, QString::number(stage));
}

Result<StageHead> headFrom(const QJsonObject &object, const QString &place)
{
    StageHead head;
    const Result<LoadPlan> plan = loadPlanFrom(object.value(u"plan"_s).toObject());
    if (!plan) {
        return fail(plan.error().kind, u"%1: %2"_s.arg(place, plan.error().message));
    }
    head.plan = *plan;
    head.plan.threads = object.value(u"threads"_s).toInt(1);
    const QJsonObject shard = object.value(u"shard"_s).toObject();
    head.plan.shard = {
        .index = shard.value(u"index"_s).toInt(1) - 1, .count = shard.value(u"count"_s).toInt(1)};
    head.startedAt
        = QDateTime::fromString(object.value(u"started_at"_s).toString(), Qt::ISODateWithMs);
    head.load = object.value(u"load"_s).toDouble();
    return head;
}

template<typename T>
Result<T> readBy(Result<T> (*from)(QIODevice &, const QString &), const QString &name)
{
    QFile file(name);
    if (!file.exists()) {
        return T();
    }
    return file.open(QIODevice::ReadOnly) ? from(file, name)
                                          : Result<T>(unreadable(name, file.errorString()));
}

/// What can be told of a stage whose program died.
Result<LoadStage> rescued(
    const QString &path, int number, const KeptRun &run, const StageHead &head)
{
    Result<LoadSamples> samples = readBy(&samplesFrom, RunFiles::samplesOf(path, number));
    if (!samples) {
        return Failure(samples.error());
    }
    const Result<LoadTimeline> timeline = readBy(&timelineFrom, RunFiles::timelineOf(path, number));
    if (!timeline) {
        return Failure(timeline.error());
    }
    LoadStage stage{.load = head.load,
        .report = reportOf({.startedAt = head.startedAt,
            .subject = run.subject,
            .plan = head.plan,
            .workload = run.profile.workload,
            .samples = *samples,
            .timeline = *timeline}),
        .samples = {}};
    const LoadTick sum = timeline->sum();
    const qint64 open = sum.began - sum.answered - sum.failed - sum.cancelled;
    stage.report.end = u"killed"_s;
    stage.report.problem
        = u"The program died during the run: this is what it had written until then; %1 requests were under way."_s
              .arg(std::max(qint64(0), open));
    return stage;
}

Result<LoadResult> stagesIn(const QString &path, const KeptRun &run, bool rescues)
{
    LoadResult result;
    result.name = run.name;
    result.note = run.note;
    result.tags = run.tags;
    result.sweep = run.profile.sweep;
    for (int number = 1; QFile::exists(stageFile(path, number)); ++number) {
        const QString name = stageFile(path, number);
        const Result<QByteArray> text = contentOf(name);
        if (!text) {
            return Failure(text.error());
        }
        const QJsonObject object = QJsonDocument::fromJson(*text).object();
        const QJsonObject report = object.value(u"report"_s).toObject();
        if (!report.isEmpty()) {
            const Result<LoadReport> read
                = loadReportFrom(QJsonDocument(report).toJson(QJsonDocument::Compact));
            if (!read) {
                return fail(read.error().kind, u"%1: %2"_s.arg(name, read.error().message));
            }
            result.stages
                += {.load = object.value(u"load"_s).toDouble(), .report = *read, .samples = {}};
        } else if (rescues) {
            const Result<LoadStage> stage
                = headFrom(object, name).and_then([&](const StageHead &head) {
                      return rescued(path, number, run, head);
                  });
            if (!stage) {
                return Failure(stage.error());
            }
            result.stages += *stage;
        }
    }
    return result;
}

} // namespace

Result<> RunFiles::writeRun(const QString &path, const KeptRun &run)
{
    return writeJson(file(path, "run.json"), toJson(run));
}

Result<KeptRun> RunFiles::readRun(const QString &path)
{
    const QString name = file(path, "run.json");
    Result<KeptRun> run = contentOf(name).and_then(
        [&name](const QByteArray &text) { return keptRunFrom(text, name); });
    if (!run) {
        return run;
    }
    QFile words(file(path, "words.json"));
    if (words.open(QIODevice::ReadOnly)) {
        const QJsonObject object = QJsonDocument::fromJson(words.readAll()).object();
        run->name = object.value(u"name"_s).toString(run->name);
        run->note = object.value(u"note"_s).toString();
        run->tags.clear();
        const QJsonArray tags = object.value(u"tags"_s).toArray();
        for (const QJsonValue &tag : tags) {
            run->tags.append(tag.toString());
        }
    }
    const QFileInfoList files = QDir(path).entryInfoList(QDir::Files | QDir::Hidden);
    for (const QFileInfo &info : files) {
        run->bytes += info.size();
    }
    return run;
}

Result<> RunFiles::writeWords(const QString &path, const KeptWords &words)
{
    return writeJson(file(path, "words.json"),
        {{u"name"_s, words.name}, {u"note"_s, words.note},
            {u"tags"_s, QJsonArray::fromStringList(words.tags)}});
}

Result<> RunFiles::writePrompts(const QString &path, int stage, const KeptPrompts &prompts)
{
    return writeJson(promptsFile(path, stage), toJson(prompts));
}

std::optional<KeptPrompts> RunFiles::readPrompts(const QString &path, int stage)
{
    const QString name = promptsFile(path, stage);
    const Result<KeptPrompts> prompts = contentOf(name).and_then([](const QByteArray &text) {
        return keptPromptsFrom(QJsonDocument::fromJson(text).object());
    });
    return prompts ? std::optional(*prompts) : std::nullopt;
}

Result<> RunFiles::writeHead(const QString &path, int stage, const StageHead &head)
{
    const LoadShard &shard = head.plan.shard;
    return writeJson(stageFile(path, stage),
        {{u"plan"_s, toJson(head.plan)}, {u"threads"_s, head.plan.threads},
            {u"shard"_s, QJsonObject{{u"index"_s, shard.index + 1}, {u"count"_s, shard.count}}},
            {u"started_at"_s, head.startedAt.toString(Qt::ISODateWithMs)}, {u"load"_s, head.load}});
}

Result<> RunFiles::writeReport(
    const QString &path, int stage, double load, const LoadReport &report)
{
    LoadReport clean = report;
    clean.workload = redacted(report.workload);
    return writeJson(stageFile(path, stage), {{u"load"_s, load}, {u"report"_s, toJson(clean)}});
}

Result<LoadResult> RunFiles::readStages(const QString &path, const KeptRun &run)
{
    return stagesIn(path, run, true);
}

Result<LoadResult> RunFiles::readReports(const QString &path, const KeptRun &run)
{
    return stagesIn(path, run, false);
}

Result<> RunFiles::removeAll(const QString &path)
{
    if (!QDir(path).removeRecursively()) {
        return fail(ApiError::Kind::Storage, u"%1 cannot be removed."_s.arg(path));
    }
    return {};
}

} // namespace Lorikeet
