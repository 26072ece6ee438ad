// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "batch/batchrun.h"
#include "compare/judgement.h"

namespace Lorikeet {

struct JudgeOptions
{
    ChatRequest defaults; ///< model, adapter and parameters of the judge; its messages are not used
    JudgeTask task;
    TokenPrice price; ///< of the judge's model; empty: no cost is told
    BatchOptions batch;
};

/// Lets a model judge pairs of answers, each in both orders. Lives in the thread of its client.
class JudgeRun final : public QObject
{
    Q_OBJECT

public:
    JudgeRun(ApiClient &client, const Target &target, const JudgeOptions &options,
        const QList<JudgePair> &pairs, QObject *parent = nullptr);

    /// Begins. Signals come from the event loop.
    void start() { m_run.start(); }

    /// Ends soon with finished(); pairs that were not judged in both orders stay without a score.
    void stop() { m_run.stop(); }

    /// By pair.
    [[nodiscard]] const QList<Judgement> &judgements() const { return m_judgements; }

Q_SIGNALS:
    /// Both orders of a pair were asked, or one when the run ended before the other was.
    void judged(qsizetype pair, const Lorikeet::Judgement &judgement);
    void retrying(qsizetype pair, const Lorikeet::Retry &retry);
    /// Once and last. With `error` the run ended before all were judged.
    void finished(const std::optional<Lorikeet::ApiError> &error);

private:
    [[nodiscard]] std::optional<BatchItem> next();
    void take(const BatchResult &result);

    const JudgeOptions m_options;
    const QList<JudgePair> m_pairs;
    QList<Judgement> m_judgements;
    QList<int> m_asked; ///< by pair: how many orders have ended
    qint64 m_next = 0; ///< twice the pair, and one more for the swapped order
    BatchRun m_run;
};

} // namespace Lorikeet
