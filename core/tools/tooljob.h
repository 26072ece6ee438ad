// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tools/toolaside.h"
#include "tools/toolcommand.h"

#include <QFutureWatcher>
#include <QProcess>
#include <QPromise>
#include <QTimer>

namespace Lorikeet {

/// One command for one call: asks whether it may run, runs it, and deletes itself. Deleted before,
/// it kills the command, and its future is cancelled.
class ToolJob final : public QObject
{
    Q_OBJECT

public:
    ToolJob(const ToolQuestion &question, const QStringList &command,
        const ToolCommandLimits &limits, QObject *parent);
    ~ToolJob() override;

    [[nodiscard]] QFuture<Result<ToolReply>> start(ToolApproval *approval);

private:
    void onApproved(bool isAllowed);
    void onCancelled();
    void onOutput();
    void onEnded(int exitCode, QProcess::ExitStatus status);
    void onError(QProcess::ProcessError error);
    /// With all it started.
    void kill();
    /// It is stopped, for this reason.
    void give(const QString &reason);
    void end(const Result<ToolReply> &reply);

    ToolQuestion m_question;
    QStringList m_command;
    ToolCommandLimits m_limits;
    QProcess m_process;
    QTimer m_late;
    QByteArray m_output;
    ToolAside m_aside;
    QString m_stopped; ///< why it was stopped
    qint64 m_id = 0; ///< of the process
    QFuture<bool> m_approval;
    QPromise<Result<ToolReply>> m_promise;
    QFutureWatcher<Result<ToolReply>> m_watch; ///< for who cancels it
    bool m_isOver = false;
};

} // namespace Lorikeet
