// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/tooljob.h"

#include <QFileInfo>
#include <QProcessEnvironment>
#include <QStandardPaths>

#include <utility>

#ifdef Q_OS_UNIX
#include <csignal>
#endif

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QProcessEnvironment environmentFor(const QString &tool)
{
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment given;
    for (const QString &name : toolCommandVariables()) {
        if (own.contains(name)) {
            given.insert(name, own.value(name));
        }
    }
    given.insert(u"LORIKEET_TOOL"_s, tool);
    return given;
}

} // namespace

ToolJob::ToolJob(const ToolQuestion &question, const QStringList &command,
    const ToolCommandLimits &limits, QObject *parent)
    : QObject(parent)
    , m_question(question)
    , m_command(command)
    , m_limits(limits)
{
    m_late.setSingleShot(true);
    connect(&m_late, &QTimer::timeout, this, [this] {
        give(u"The tool gave no answer within %1 s and was stopped."_s.arg(
            toSeconds(m_limits.time)));
    });
    connect(&m_watch, &QFutureWatcherBase::canceled, this, &ToolJob::onCancelled);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &ToolJob::onOutput);
    connect(&m_process, &QProcess::readyReadStandardError, this,
        [this] { m_aside.append(m_process.readAllStandardError()); });
    connect(&m_process, &QProcess::finished, this, &ToolJob::onEnded);
    connect(&m_process, &QProcess::errorOccurred, this, &ToolJob::onError);
}

ToolJob::~ToolJob()
{
    m_isOver = true;
    m_process.disconnect(this);
    m_approval.cancel();
    kill();
    m_process.waitForFinished();
}

QFuture<Result<ToolReply>> ToolJob::start(ToolApproval *approval)
{
    m_promise.start();
    m_watch.setFuture(m_promise.future());
    if (approval) {
        m_approval = approval->approve(m_question, m_command);
        m_approval.then(this, [this](bool isAllowed) { onApproved(isAllowed); });
    } else {
        onApproved(true);
    }
    return m_promise.future();
}

void ToolJob::onApproved(bool isAllowed)
{
    if (m_isOver) {
        return;
    }
    if (!isAllowed) {
        end(refusal(ToolReply::By::Command, u"The user did not allow this call."_s));
        return;
    }
    // Looked up here, since a process that could not be started may look like one that failed.
    const QString &name = m_command.constFirst();
    const QString program = QStandardPaths::findExecutable(
        name.contains(u'/') ? QFileInfo(name).absoluteFilePath() : name);
    if (program.isEmpty()) {
        end(fail(ApiError::Kind::Internal,
            u"The command “%1” of the tool %2 could not be started: there is no such program."_s
                .arg(name, m_question.call.name)));
        return;
    }
    m_process.setProgram(program);
    m_process.setArguments(m_command.sliced(1));
    m_process.setProcessEnvironment(environmentFor(m_question.call.name));
#ifdef Q_OS_UNIX
    // A session of its own, so that it can be ended with all it started, and Ctrl+C here is no
    // concern of it; no socket and no file of ours.
    m_process.setUnixProcessParameters(QProcess::UnixProcessFlag::CreateNewSession
        | QProcess::UnixProcessFlag::CloseFileDescriptors
        | QProcess::UnixProcessFlag::ResetSignalHandlers);
#endif
    m_process.start();
    m_id = m_process.processId();
    m_process.write(compactJson(m_question.arguments).toUtf8() + '\n');
    m_process.closeWriteChannel();
    m_late.start(m_limits.time);
}

void ToolJob::onCancelled()
{
    kill();
    end(ToolReply()); // which nobody waits for any more
}

void ToolJob::onOutput()
{
    m_output += m_process.readAllStandardOutput();
    if (m_output.size() > m_limits.output) {
        give(u"The tool wrote more than %1 bytes and was stopped."_s.arg(m_limits.output));
    }
}

void ToolJob::onEnded(int exitCode, QProcess::ExitStatus status)
{
    if (m_isOver) {
        return;
    }
    onOutput();
    ToolReply reply;
    ToolRecord &record = reply.record;
    record.by = ToolReply::By::Command;
    record.aside = m_aside.text();
    record.isAsideCut = m_aside.isCut();
    if (m_output.endsWith('\n')) {
        m_output.chop(1);
    }
    if (!m_stopped.isEmpty()) {
        reply.content = m_stopped;
    } else if (status == QProcess::CrashExit) {
        reply.content = u"The tool was ended by a signal."_s;
    } else {
        record.exitCode = exitCode;
        reply.content = QString::fromUtf8(m_output);
        if (exitCode != 0) {
            const QString written = reply.content.isEmpty() ? QString() : u'\n' + reply.content;
            reply.content = u"The tool failed with exit code %1.%2"_s.arg(exitCode).arg(written);
        }
    }
    record.isError = record.exitCode.value_or(1) != 0;
    end(reply);
}

void ToolJob::onError(QProcess::ProcessError error)
{
    if (error == QProcess::FailedToStart && !m_isOver) {
        end(fail(ApiError::Kind::Internal,
            u"The command “%1” of the tool %2 could not be started: %3."_s.arg(
                m_command.constFirst(), m_question.call.name, m_process.errorString())));
    }
}

void ToolJob::give(const QString &reason)
{
    if (m_stopped.isEmpty()) {
        m_stopped = reason;
        kill();
    }
}

void ToolJob::kill()
{
    if (m_process.state() == QProcess::NotRunning) {
        return;
    }
#ifdef Q_OS_UNIX
    if (m_id > 0) {
        ::kill(-pid_t(m_id), SIGKILL);
    }
#endif
    m_process.kill();
}

void ToolJob::end(const Result<ToolReply> &reply)
{
    if (std::exchange(m_isOver, true)) {
        return;
    }
    m_late.stop();
    m_promise.addResult(reply);
    m_promise.finish();
    deleteLater();
}

} // namespace Lorikeet

#include "moc_tooljob.cpp"
