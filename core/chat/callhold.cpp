// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/callhold.h"

#include "tools/toolmock.h"

#include <QPromise>
#include <QtConcurrentRun>

#include <algorithm>
#include <functional>
#include <utility>

namespace Lorikeet {

CallHold::CallHold(const ToolSetup &setup, const QList<ToolCall> &calls,
    const QSet<QStringList> &allowed, const QList<HeldCall> &before, QObject *parent)
    : QObject(parent)
    , m_setup(setup)
    , m_asked(calls)
    , m_allowed(allowed)
    , m_before(before)
{ }

CallHold::~CallHold() { m_checking.cancel(); }

void CallHold::start()
{
    m_checking = QtConcurrent::run([setup = m_setup, calls = m_asked](QPromise<Checked> &promise) {
        promise.addResult(check(setup, calls, [&promise] { return promise.isCanceled(); }));
    });
    m_checking.then(this, [this](const Checked &checked) {
        if (!checked) {
            Q_EMIT failed(checked.error());
            return;
        }
        m_calls = *checked;
        for (HeldCall &call : m_calls) {
            const auto known = std::ranges::find(m_before, call.question.call,
                [](const HeldCall &held) { return held.question.call; });
            if (!call.reply && known != m_before.end()) {
                call.reply = known->reply;
            }
            if (!call.reply && m_allowed.contains(call.command)) {
                begin(call);
            }
        }
        tell();
    });
}

CallHold::Checked CallHold::check(
    const ToolSetup &setup, const QList<ToolCall> &calls, const std::function<bool()> &isStopped)
{
    const Result<QList<Tool>> tools = toolsFrom(setup.tools.toUtf8());
    if (!tools) {
        return Failure(tools.error());
    }
    std::shared_ptr<ToolMock> mock;
    if (!setup.mock.trimmed().isEmpty()) {
        const auto made = ToolMock::from(setup.mock.toUtf8(), *tools);
        if (!made) {
            return Failure(made.error());
        }
        mock = *made;
    }
    QHash<QString, QStringList> commands;
    if (!setup.commands.trimmed().isEmpty()) {
        const auto read = toolCommandsFrom(setup.commands.toUtf8(), *tools);
        if (!read) {
            return Failure(read.error());
        }
        commands = *read;
    }
    QList<HeldCall> held;
    for (const ToolCall &call : calls) {
        const Result<ToolQuestion> question = checkCall(call, *tools, isStopped);
        if (!question) {
            return Failure(question.error());
        }
        HeldCall one{.question = *question, .reply = {}, .command = {}, .problem = {}};
        if (!question->problem.isEmpty()) {
            one.reply = refusal(ToolReply::By::Check, question->problem);
        } else if (const auto reply = mock ? mock->answer(*question) : std::nullopt) {
            one.reply = reply->result().value(); // a mock has it ready
        } else {
            one.command = commands.value(call.name);
        }
        held.append(one);
    }
    return held;
}

HeldCall *CallHold::find(const QString &callId)
{
    const auto found = std::ranges::find_if(m_calls,
        [&callId](const HeldCall &call) { return !call.reply && call.question.call.id == callId; });
    return found == m_calls.end() ? nullptr : &*found;
}

void CallHold::answer(const QString &callId, const QString &content, bool isError)
{
    if (HeldCall *call = find(callId)) {
        m_jobs.remove(callId);
        call->isRunning = false;
        call->reply = ToolReply{.content = content, .record = {}};
        call->reply->record.isError = isError;
        tell();
    }
}

void CallHold::run(const QString &callId)
{
    HeldCall *call = find(callId);
    if (call && !call->isRunning && !call->command.isEmpty()) {
        begin(*call);
        tell();
    }
}

void CallHold::allow(const QStringList &command)
{
    m_allowed.insert(command);
    for (HeldCall &call : m_calls) {
        if (!call.reply && !call.isRunning && call.command == command) {
            begin(call);
        }
    }
    tell();
}

void CallHold::stop(const QString &callId)
{
    HeldCall *call = find(callId);
    if (call && call->isRunning) {
        m_jobs.remove(callId);
        call->isRunning = false;
        tell();
    }
}

void CallHold::begin(HeldCall &call)
{
    const QString id = call.question.call.id;
    call.isRunning = true;
    call.problem.clear();
    Job job{.number = ++m_lastJob,
        .commands = std::make_shared<ToolCommands>(
            QHash<QString, QStringList>{{call.question.call.name, call.command}}),
        .reply = {}};
    job.reply = *job.commands->answer(call.question);
    m_jobs.insert(id, job);
    job.reply.then(this, [this, id, number = job.number](const Result<ToolReply> &reply) {
        onRun(id, number, reply);
    });
}

void CallHold::onRun(const QString &callId, quint64 job, const Result<ToolReply> &reply)
{
    HeldCall *call = find(callId);
    if (!call || !call->isRunning || m_jobs.value(callId).number != job) {
        return;
    }
    // Its job stays: this may be called by it.
    call->isRunning = false;
    if (reply) {
        call->reply = *reply;
    } else {
        call->problem = reply.error().message;
    }
    tell();
}

void CallHold::tell()
{
    const bool isDone
        = std::ranges::all_of(m_calls, [](const HeldCall &call) { return call.reply.has_value(); });
    if (isDone) {
        if (!std::exchange(m_isDone, true)) {
            Q_EMIT answered();
        }
    } else {
        Q_EMIT waiting();
    }
}

} // namespace Lorikeet

#include "moc_callhold.cpp"
