// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadanswers.h"
#include "load/loaddelta.h"
#include "loadresults/keptprompts.h"
#include "loadresults/keptrun.h"
#include "loadresults/loadresult.h"

#include <QObject>
#include <QUuid>

#include <memory>
#include <optional>

namespace Lorikeet {

/// Writes a run into the history while it goes on, so that of a program that dies at most its last
/// second is lost. Used from one thread, that of the LoadRun; files are written by a thread of its
/// own, twice a second, and nothing here waits for the disk but close().
///
/// Where the disk fails the run goes on, failed() tells once, and the history has what was written
/// until then.
class LoadRecorder final : public QObject
{
    Q_OBJECT

public:
    /// Of LoadHistory::begin(). Without close() before it the run counts as one whose program died.
    ~LoadRecorder() override;

    [[nodiscard]] const QUuid &id() const;

    /// Why nothing more is written, where that is so.
    [[nodiscard]] std::optional<ApiError> problem() const;

    /// Before the first add() of each stage. `plan` is that of the stage, `load` a sweep's. The
    /// moments of what is added are counted from `startedAt` on. `answers` grows until endStage(),
    /// and is written as it grows; null: none are kept. Without `prompts` those of the stage will
    /// not be known.
    void beginStage(const LoadPlan &plan, const QDateTime &startedAt, double load = 0,
        std::shared_ptr<const LoadAnswers> answers = {},
        const std::optional<KeptPrompts> &prompts = {});
    /// What the run told: connect it to LoadRun::told().
    void add(const LoadDelta &delta);
    void endStage(const LoadReport &report);

    /// All that was added is written, and the run closed, before this returns. Once and last. A
    /// run without any stage that ended is removed.
    [[nodiscard]] Result<> close();

Q_SIGNALS:
    void failed(const QString &sentence);

private:
    friend class LoadHistory;
    struct Writer;

    LoadRecorder(const QString &path, KeptRun run);

    std::unique_ptr<Writer> m_writer;
};

} // namespace Lorikeet
