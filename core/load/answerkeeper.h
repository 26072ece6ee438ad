// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/secret.h"
#include "load/latencyhistogram.h"
#include "load/loadanswers.h"
#include "load/loadsample.h"

namespace Lorikeet {

/// Decides in one thread of a run which answers are kept, when they have ended: the first ones,
/// until three quarters of the bound are taken, and then those that failed or were slow. Slow is
/// what took longer to its first token or to its end than 99 of 100 of the answers of this thread
/// before it.
class AnswerKeeper final
{
public:
    /// Moments of samples count from `origin`. The key is taken out of what is kept.
    AnswerKeeper(std::shared_ptr<LoadAnswers> answers, TimePoint origin, const Secret &key);

    /// `chunks` are the reads of `outcome`.
    void add(const LoadSample &sample, const ChatOutcome &outcome, const ChunkLog &chunks);
    /// Hands over what was kept since, and looks anew at what is slow.
    void settle();

private:
    [[nodiscard]] bool isRemarkable(const LoadSample &sample) const;
    [[nodiscard]] QString clean(const QString &text) const;

    std::shared_ptr<LoadAnswers> m_answers;
    TimePoint m_origin;
    Secret m_key;
    QByteArray m_block; ///< not handed over yet
    LatencyHistogram m_firstTokens;
    LatencyHistogram m_totals;
    std::optional<Nanoseconds> m_slowFirstToken;
    std::optional<Nanoseconds> m_slowTotal;
};

} // namespace Lorikeet
