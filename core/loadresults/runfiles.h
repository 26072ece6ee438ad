// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "load/loadplan.h"
#include "loadresults/keptprompts.h"
#include "loadresults/keptrun.h"
#include "loadresults/loadhistory.h"

#include <QDateTime>
#include <QString>

namespace Lorikeet {

/// How a stage began.
struct StageHead
{
    LoadPlan plan;
    QDateTime startedAt;
    double load = 0;
};

/// The files of a run in its folder, and what is in them: run.json (KeptRun), words.json
/// (KeptWords), and for each stage stage-N.json (its plan, and in the end its report),
/// stage-N.csv (samples), stage-N.jsonl (timeline), stage-N.prompts.json (KeptPrompts) and, where
/// answers are kept, stage-N.answers.
///
/// run.json is written by the program that runs alone, words.json by whoever changes them.
class RunFiles final
{
public:
    [[nodiscard]] static QString lockOf(const QString &path) { return file(path, "run"); }

    [[nodiscard]] static QString samplesOf(const QString &path, int stage)
    {
        return file(path, "stage-" + QByteArray::number(stage) + ".csv");
    }

    [[nodiscard]] static QString timelineOf(const QString &path, int stage)
    {
        return file(path, "stage-" + QByteArray::number(stage) + ".jsonl");
    }

    [[nodiscard]] static QString answersOf(const QString &path, int stage)
    {
        return file(path, "stage-" + QByteArray::number(stage) + ".answers");
    }

    [[nodiscard]] static Result<> writePrompts(
        const QString &path, int stage, const KeptPrompts &prompts);
    /// Nothing where they were not written, or cannot be read.
    [[nodiscard]] static std::optional<KeptPrompts> readPrompts(const QString &path, int stage);

    [[nodiscard]] static Result<> writeRun(const QString &path, const KeptRun &run);
    /// With its words and its size on the disk; as it stands there, whether it still runs or not.
    [[nodiscard]] static Result<KeptRun> readRun(const QString &path);

    [[nodiscard]] static Result<> writeWords(const QString &path, const KeptWords &words);

    [[nodiscard]] static Result<> writeHead(const QString &path, int stage, const StageHead &head);
    [[nodiscard]] static Result<> writeReport(
        const QString &path, int stage, double load, const LoadReport &report);
    /// All stages, of those without a report one made of what was written. Fails where there is
    /// none, or one cannot be read.
    [[nodiscard]] static Result<LoadResult> readStages(const QString &path, const KeptRun &run);
    /// Those alone that have a report.
    [[nodiscard]] static Result<LoadResult> readReports(const QString &path, const KeptRun &run);

    /// The folder, with all that is in it.
    [[nodiscard]] static Result<> removeAll(const QString &path);

private:
    [[nodiscard]] static QString file(const QString &path, const QByteArray &name)
    {
        return path + u'/' + QString::fromLatin1(name);
    }
};

} // namespace Lorikeet
