// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "runkeeper.h"

#include "exitcode.h"
#include "loadresults/loadpage.h"

#include <QSaveFile>

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

Result<> writeFile(const QString &name, const QByteArray &content)
{
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()
        || !file.commit()) {
        return fail(
            ApiError::Kind::Storage, u"%1 cannot be written: %2."_s.arg(name, file.errorString()));
    }
    return {};
}

Result<> checkWritable(const QString &name)
{
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly)) {
        return fail(
            ApiError::Kind::Storage, u"%1 cannot be written: %2."_s.arg(name, file.errorString()));
    }
    file.cancelWriting();
    return {};
}

Result<> writePages(const CommandLine &line, const LoadResult &result)
{
    Result<> written;
    if (line.has(u"html"_s)) {
        written = writeFile(line.value(u"html"_s), loadAsHtml(result));
    }
    if (written && line.has(u"markdown"_s)) {
        written = writeFile(line.value(u"markdown"_s), loadAsMarkdown(result));
    }
    return written;
}

RunKeeper::RunKeeper(const CommandLine &line)
    : m_line(line)
{
    m_result.name = line.value(u"name"_s);
}

QList<OptionHelp> RunKeeper::options()
{
    return {
        {{u"html"_s}, u"FILE"_s, u"Writes a page with charts there, which needs nothing else."_s},
        {{u"markdown"_s}, u"FILE"_s, u"Writes the same without charts, as Markdown."_s},
        {{u"name"_s}, u"TEXT"_s, u"What the run is called in the history."_s},
        {{u"no-history"_s}, {}, u"Does not keep the run in the history."_s},
        {{u"keep-answers"_s}, {},
            u"Keeps what was answered in the history, too, and when each piece came: the first "
            "answers, then those that failed or were slow, up to 64 MiB. “export RUN --to answers” "
            "writes them."_s},
    };
}

void RunKeeper::beginStage(const LoadSubject &subject, const LoadProfile &profile,
    const LoadPlan &plan, const QDateTime &startedAt, double load,
    std::shared_ptr<const LoadAnswers> answers, const KeptPrompts &prompts)
{
    if (!std::exchange(m_isBegun, true)) {
        m_result.sweep = profile.sweep;
        if (!m_line.has(u"no-history"_s)) {
            const LoadHistory history(LoadHistory::defaultFolder());
            static_cast<void>(history.purge());
            LoadProfile whole = profile;
            whole.plan.seed = plan.seed;
            Result<std::unique_ptr<LoadRecorder>> recorder
                = history.begin(m_result.name, subject, whole);
            if (recorder) {
                m_recorder = *std::move(recorder);
            } else {
                printNote(u"The run is not kept: %1"_s.arg(recorder.error().message));
            }
        }
    }
    if (m_recorder) {
        m_recorder->beginStage(plan, startedAt, load, std::move(answers), prompts);
    }
}

void RunKeeper::add(const LoadDelta &delta)
{
    if (m_recorder) {
        m_recorder->add(delta);
    }
}

void RunKeeper::endStage(const LoadReport &report, double load, const LoadSamples &samples)
{
    const bool isWanted = m_line.has(u"html"_s) || m_line.has(u"markdown"_s);
    m_result.stages
        += {.load = load, .report = report, .samples = isWanted ? samples : LoadSamples()};
    if (m_recorder) {
        m_recorder->endStage(report);
    }
}

Result<> RunKeeper::finish()
{
    if (m_recorder) {
        const QString id = m_recorder->id().toString(QUuid::WithoutBraces).first(8);
        if (const Result<> closed = m_recorder->close(); closed) {
            printNote(u"Kept as %1; “lori load show %1” shows it again."_s.arg(id));
        } else {
            printNote(closed.error().message);
        }
        m_recorder.reset();
    }
    return m_result.stages.isEmpty() ? Result<>() : writePages(m_line, m_result);
}

} // namespace Lorikeet
