// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "compare/judgerun.h"
#include "http/inclient.h"

#include <QObject>

namespace Lorikeet {

class JudgeWorker;

/// A JudgeRun in another thread, that of an ApiClient. Destroying it stops it without a word.
class JudgeJob final : public QObject
{
    Q_OBJECT

public:
    /// `inClient` serves as long as this lives.
    JudgeJob(InClient inClient, const Target &target, const JudgeOptions &options,
        const QList<JudgePair> &pairs, QObject *parent = nullptr);
    ~JudgeJob() override;

    /// Once.
    void start();
    /// Ends soon with finished().
    void stop();

Q_SIGNALS:
    /// As JudgeRun::judged().
    void judged(qsizetype pair, const Lorikeet::Judgement &judgement);
    /// Once and last; with an error where not all were judged, Kind::Cancelled after stop().
    void finished(const std::optional<Lorikeet::ApiError> &error);

private:
    InClient m_inClient;
    JudgeWorker *m_worker; ///< lives in the client's thread once it was started
};

} // namespace Lorikeet
