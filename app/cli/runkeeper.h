// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "commandhelp.h"
#include "commandline.h"
#include "loadresults/loadhistory.h"
#include "loadresults/loadrecorder.h"

#include <memory>

namespace Lorikeet {

/// What becomes of a run of `lori load`: the history and the pages that were asked for. A history
/// that cannot be written costs a note, not the run.
class RunKeeper final
{
public:
    explicit RunKeeper(const CommandLine &line);

    /// --no-history, --keep-answers, --name, --html, --markdown.
    [[nodiscard]] static QList<OptionHelp> options();

    /// Before each stage; the first begins the run.
    void beginStage(const LoadSubject &subject, const LoadProfile &profile, const LoadPlan &plan,
        const QDateTime &startedAt, double load, std::shared_ptr<const LoadAnswers> answers,
        const KeptPrompts &prompts);
    void add(const LoadDelta &delta);
    void endStage(const LoadReport &report, double load, const LoadSamples &samples);

    /// Closes the run in the history and writes the pages.
    [[nodiscard]] Result<> finish();

private:
    CommandLine m_line;
    LoadResult m_result;
    std::unique_ptr<LoadRecorder> m_recorder;
    bool m_isBegun = false;
};

/// The pages of a result that were asked for with --html and --markdown.
[[nodiscard]] Result<> writePages(const CommandLine &line, const LoadResult &result);

/// Whether writeFile() will do, before there is anything to write. Changes nothing.
[[nodiscard]] Result<> checkWritable(const QString &name);

/// Writes a file, whole or not at all.
[[nodiscard]] Result<> writeFile(const QString &name, const QByteArray &content);

} // namespace Lorikeet
