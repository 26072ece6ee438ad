// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "compare/judgerun.h"

#include <QObject>

namespace Lorikeet {

/// The half of a JudgeJob that lives in the client's thread.
class JudgeWorker final : public QObject
{
    Q_OBJECT

public:
    JudgeWorker(Target target, JudgeOptions options, QList<JudgePair> pairs);

    void start(ApiClient &client);
    void stop();

Q_SIGNALS:
    void judged(qsizetype pair, const Lorikeet::Judgement &judgement);
    void finished(const std::optional<Lorikeet::ApiError> &error);

private:
    Target m_target;
    JudgeOptions m_options;
    QList<JudgePair> m_pairs;
    JudgeRun *m_run = nullptr;
    bool m_isStopped = false;
};

} // namespace Lorikeet
