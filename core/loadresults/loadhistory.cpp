// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/loadhistory.h"

#include "base/invalidrequest.h"
#include "loadresults/loadrecorder.h"
#include "loadresults/runfiles.h"
#include "loadresults/samplesfile.h"
#include "store/runlock.h"
#include "store/store.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Ends the names of folders of runs that were removed. Being renamed, a folder has the time of it.
constexpr QLatin1StringView removedEnding(".removed");

QString idText(QUuid id) { return id.toString(QUuid::WithoutBraces); }

Failure noSuchRun(const QString &word, const QString &folder)
{
    return invalidRequest(
        u"There is no run “%1” in the history in %2; “lori load list” tells their ids."_s.arg(
            word, folder));
}

} // namespace

LoadHistory::LoadHistory(const QString &folder)
    : m_folder(folder)
{ }

QString LoadHistory::defaultFolder()
{
    return QFileInfo(Store::defaultPath()).path() + "/load-runs"_L1;
}

QString LoadHistory::pathOf(QUuid id) const { return m_folder + u'/' + idText(id); }

Result<std::unique_ptr<LoadRecorder>> LoadHistory::begin(const QString &name,
    const LoadSubject &subject, const LoadProfile &profile, const QStringList &tags) const
{
    KeptRun run;
    run.id = QUuid::createUuid();
    run.name = name.isEmpty() ? nameOf(profile.plan, profile.sweep) : name;
    run.tags = tags;
    run.startedAt = QDateTime::currentDateTimeUtc();
    run.subject = subject;
    run.profile = profile;
    const QString path = pathOf(run.id);
    if (!QDir().mkpath(path)) {
        return fail(ApiError::Kind::Storage, u"The folder %1 cannot be made."_s.arg(path));
    }
    std::unique_ptr<LoadRecorder> recorder(new LoadRecorder(path, run));
    if (const std::optional<ApiError> problem = recorder->problem()) {
        static_cast<void>(RunFiles::removeAll(path));
        return Failure(*problem);
    }
    return recorder;
}

Result<QUuid> LoadHistory::add(const LoadResult &result) const
{
    if (result.stages.isEmpty()) {
        return invalidRequest(u"There is nothing in the report to keep."_s);
    }
    const LoadReport &first = result.stages.constFirst().report;
    LoadProfile profile{.plan = first.plan, .workload = {}, .sweep = result.sweep};
    if (const auto workload = loadWorkloadFrom(first.workload)) {
        profile.workload = *workload;
    }
    Result<std::unique_ptr<LoadRecorder>> recorder
        = begin(result.name, first.subject, profile, result.tags);
    if (!recorder) {
        return Failure(recorder.error());
    }
    const QUuid id = (*recorder)->id();
    for (const LoadStage &stage : result.stages) {
        (*recorder)->beginStage(
            stage.report.plan, stage.report.startedAt, stage.load, stage.answers);
        (*recorder)->add({.timeline = {}, .samples = stage.samples});
        (*recorder)->endStage(stage.report);
    }
    return (*recorder)->close().and_then([&]() -> Result<QUuid> {
        // It was then, not now.
        Result<KeptRun> run = RunFiles::readRun(pathOf(id));
        if (run && first.startedAt.isValid()) {
            run->startedAt = first.startedAt;
            if (const Result<> written = RunFiles::writeRun(pathOf(id), *run); !written) {
                return Failure(written.error());
            }
        }
        if (!result.note.isEmpty()) {
            const Result<> written = change(id,
                {.name = run ? run->name : result.name, .note = result.note, .tags = result.tags});
            if (!written) {
                return Failure(written.error());
            }
        }
        return id;
    });
}

Result<KeptRun> LoadHistory::read(const QString &path) const
{
    Result<KeptRun> run = RunFiles::readRun(path);
    const QString lock = RunFiles::lockOf(path);
    if (!run || run->state != KeptRun::State::Running
        || !RunLock::heldByOthers(lock, QString()).isEmpty()) {
        return run;
    }
    // It may have ended by itself since it was read.
    run = RunFiles::readRun(path);
    if (!run || run->state != KeptRun::State::Running) {
        return run;
    }
    const Result<LoadResult> result = RunFiles::readStages(path, *run);
    if (!result) {
        run->state = KeptRun::State::Damaged;
        run->problem = result.error().message;
        return run;
    }
    run->state = KeptRun::State::Killed;
    run->end = u"killed"_s;
    run->problem = result->stages.isEmpty() ? u"The program died before anything was asked."_s
                                            : result->stages.constLast().report.problem;
    run->figures = keptFiguresOf(*result);
    for (qsizetype i = 0; i < result->stages.size(); ++i) {
        const LoadStage &stage = result->stages[i];
        const Result<> written = RunFiles::writeReport(path, int(i) + 1, stage.load, stage.report);
        if (!written) {
            return run;
        }
    }
    if (RunFiles::writeRun(path, *run)) {
        const QDir folder(path);
        const QStringList locks = folder.entryList({u"run.run-*"_s}, QDir::Files | QDir::Hidden);
        for (const QString &name : locks) {
            QFile::remove(folder.filePath(name));
        }
    }
    return run;
}

Result<QList<KeptRun>> LoadHistory::list() const
{
    QList<KeptRun> runs;
    const QFileInfoList folders = QDir(m_folder).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QFileInfo &folder : folders) {
        const QUuid id = QUuid::fromString(folder.fileName());
        // One that was removed begins with an id too.
        if (id.isNull() || idText(id) != folder.fileName()) {
            continue;
        }
        if (const Result<KeptRun> run = read(folder.filePath())) {
            runs.append(*run);
        } else if (folder.lastModified().secsTo(QDateTime::currentDateTime()) > 60) {
            // Else it is about to begin.
            runs.append({.id = id,
                .name = folder.fileName(),
                .startedAt = folder.lastModified().toUTC(),
                .state = KeptRun::State::Damaged,
                .problem = run.error().message});
        }
    }
    std::ranges::stable_sort(runs, std::ranges::greater(), &KeptRun::startedAt);
    return runs;
}

Result<KeptRun> LoadHistory::find(QUuid id) const
{
    return QFileInfo::exists(pathOf(id)) ? read(pathOf(id))
                                         : Result<KeptRun>(noSuchRun(idText(id), m_folder));
}

Result<KeptRun> LoadHistory::find(const QString &word) const
{
    const Result<QList<KeptRun>> runs = list();
    if (!runs) {
        return Failure(runs.error());
    }
    if (word == "last"_L1) {
        return runs->isEmpty() ? Result<KeptRun>(noSuchRun(word, m_folder)) : runs->constFirst();
    }
    QList<KeptRun> found;
    std::ranges::copy_if(*runs, std::back_inserter(found),
        [&word](const KeptRun &run) { return idText(run.id).startsWith(word); });
    if (word.isEmpty() || found.isEmpty()) {
        return noSuchRun(word, m_folder);
    }
    if (found.size() > 1) {
        return invalidRequest(
            u"More than one run begins with “%1”; give more of its id."_s.arg(word));
    }
    return found.constFirst();
}

Result<LoadResult> LoadHistory::load(QUuid id) const
{
    return find(id).and_then(
        [&](const KeptRun &run) { return RunFiles::readReports(pathOf(id), run); });
}

Result<LoadResult> LoadHistory::loadWithSamples(QUuid id) const
{
    Result<LoadResult> result = load(id);
    for (qsizetype i = 0; result && i < result->stages.size(); ++i) {
        Result<LoadSamples> read = samples(id, i);
        if (!read) {
            return Failure(read.error());
        }
        result->stages[i].samples = *std::move(read);
    }
    return result;
}

Result<LoadResult> LoadHistory::loadWhole(QUuid id) const
{
    Result<LoadResult> result = loadWithSamples(id);
    for (qsizetype i = 0; result && i < result->stages.size(); ++i) {
        // No figure depends on them.
        result->stages[i].answers = answers(id, i).value_or(std::shared_ptr<const LoadAnswers>());
    }
    return result;
}

Result<std::shared_ptr<const LoadAnswers>> LoadHistory::answers(QUuid id, qsizetype stage) const
{
    QFile file(RunFiles::answersOf(pathOf(id), int(stage) + 1));
    if (!file.exists()) {
        return std::shared_ptr<const LoadAnswers>();
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ApiError::Kind::Storage,
            u"%1 cannot be read: %2."_s.arg(file.fileName(), file.errorString()));
    }
    return LoadAnswers::from(file, file.fileName());
}

std::shared_ptr<const LoadSource> LoadHistory::source(
    const KeptRun &run, const LoadStage &stage, qsizetype number) const
{
    const auto prompts = RunFiles::readPrompts(pathOf(run.id), int(number) + 1);
    return prompts
        ? sourceOf(run.profile.workload, stage.report.plan.seed, *prompts, stage.report.startedAt)
        : nullptr;
}

Result<LoadSamples> LoadHistory::samples(QUuid id, qsizetype stage) const
{
    QFile file(RunFiles::samplesOf(pathOf(id), int(stage) + 1));
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ApiError::Kind::Storage,
            u"%1 cannot be read: %2."_s.arg(file.fileName(), file.errorString()));
    }
    return samplesFrom(file, file.fileName());
}

Result<> LoadHistory::change(QUuid id, const KeptWords &words) const
{
    return QFileInfo::exists(pathOf(id)) ? RunFiles::writeWords(pathOf(id), words)
                                         : Result<>(noSuchRun(idText(id), m_folder));
}

Result<> LoadHistory::remove(QUuid id) const
{
    const Result<KeptRun> run = find(id);
    if (run && run->state == KeptRun::State::Running) {
        return invalidRequest(u"“%1” still runs; stop it first."_s.arg(run->name));
    }
    const QString path = pathOf(id);
    // A folder that is damaged can go too. Its files tell when it went.
    if (!QDir().rename(path, path + removedEnding)) {
        return QFileInfo::exists(path)
            ? Result<>(fail(ApiError::Kind::Storage, u"%1 cannot be removed."_s.arg(path)))
            : Result<>(noSuchRun(idText(id), m_folder));
    }
    QFile stamp(path + removedEnding + "/removed"_L1);
    static_cast<void>(stamp.open(QIODevice::WriteOnly));
    return {};
}

Result<> LoadHistory::restore(QUuid id) const
{
    const QString path = pathOf(id);
    if (!QDir().rename(path + removedEnding, path)) {
        return fail(ApiError::Kind::Storage,
            u"%1 cannot be brought back: it is there no more."_s.arg(path));
    }
    QFile::remove(path + "/removed"_L1);
    return {};
}

Result<int> LoadHistory::purge() const
{
    constexpr qint64 hour = 3600; // s
    int purged = 0;
    const QFileInfoList folders = QDir(m_folder).entryInfoList({u'*' + removedEnding}, QDir::Dirs);
    for (const QFileInfo &folder : folders) {
        const QFileInfo stamp(folder.filePath() + "/removed"_L1);
        const QDateTime since = (stamp.exists() ? stamp : folder).lastModified();
        if (since.secsTo(QDateTime::currentDateTime()) < hour) {
            continue;
        }
        if (const Result<> removed = RunFiles::removeAll(folder.filePath()); !removed) {
            return Failure(removed.error());
        }
        ++purged;
    }
    return purged;
}

QString LoadHistory::retentionText(const QList<KeptRun> &runs, const QString &folder)
{
    if (runs.isEmpty()) {
        return u"No load test is kept yet; they will be in %1."_s.arg(
            QDir::toNativeSeparators(folder));
    }
    qint64 bytes = 0;
    for (const KeptRun &run : runs) {
        bytes += run.bytes;
    }
    return u"%1 %2 %3 in %4; nothing goes unless you remove it."_s.arg(QString::number(runs.size()),
        runs.size() == 1 ? u"run takes"_s : u"runs take"_s,
        QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat),
        QDir::toNativeSeparators(folder));
}

} // namespace Lorikeet
