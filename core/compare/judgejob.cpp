// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/judgejob.h"

#include "compare/judgeworker.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

JudgeWorker::JudgeWorker(Target target, JudgeOptions options, QList<JudgePair> pairs)
    : m_target(std::move(target))
    , m_options(std::move(options))
    , m_pairs(std::move(pairs))
{ }

void JudgeWorker::start(ApiClient &client)
{
    if (m_isStopped) {
        Q_EMIT finished(
            ApiError{.kind = ApiError::Kind::Cancelled, .message = u"The judge was not asked."_s});
        return;
    }
    m_run = new JudgeRun(client, m_target, m_options, m_pairs, this);
    connect(m_run, &JudgeRun::judged, this, &JudgeWorker::judged);
    connect(m_run, &JudgeRun::finished, this, &JudgeWorker::finished);
    m_run->start();
}

void JudgeWorker::stop()
{
    m_isStopped = true;
    if (m_run) {
        m_run->stop();
    }
}

JudgeJob::JudgeJob(InClient inClient, const Target &target, const JudgeOptions &options,
    const QList<JudgePair> &pairs, QObject *parent)
    : QObject(parent)
    , m_inClient(std::move(inClient))
    , m_worker(new JudgeWorker(target, options, pairs))
{
    connect(m_worker, &JudgeWorker::judged, this, &JudgeJob::judged);
    connect(m_worker, &JudgeWorker::finished, this, &JudgeJob::finished);
}

JudgeJob::~JudgeJob() { deleteInClient(m_inClient, m_worker); }

void JudgeJob::start() { startInClient(m_inClient, m_worker); }

void JudgeJob::stop()
{
    m_inClient([worker = m_worker](ApiClient &) { worker->stop(); });
}

} // namespace Lorikeet
