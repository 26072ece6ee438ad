// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/callhold.h"

#include "tools/toolmock.h"

#include <QPromise>
#include <QtConcurrentRun>

#include <algorithm>
#include <functional>

namespace Lorikeet {

CallHold::CallHold(const ToolSetup &setup, const QList<ToolCall> &calls, QObject *parent)
    : QObject(parent)
    , m_setup(setup)
    , m_asked(calls)
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
    QList<HeldCall> held;
    for (const ToolCall &call : calls) {
        const Result<ToolQuestion> question = checkCall(call, *tools, isStopped);
        if (!question) {
            return Failure(question.error());
        }
        HeldCall one{.question = *question, .reply = {}};
        if (!question->problem.isEmpty()) {
            one.reply = ToolReply{.by = ToolReply::By::Check,
                .content = question->problem,
                .isError = true,
                .exitCode = {},
                .aside = {}};
        } else if (const auto reply = mock ? mock->answer(*question) : std::nullopt) {
            one.reply = reply->result().value(); // a mock has it ready
        }
        held.append(one);
    }
    return held;
}

void CallHold::answer(const QString &callId, const QString &content, bool isError)
{
    const auto found = std::ranges::find_if(m_calls,
        [&callId](const HeldCall &call) { return !call.reply && call.question.call.id == callId; });
    if (found != m_calls.end()) {
        found->reply = ToolReply{.by = ToolReply::By::Hand,
            .content = content,
            .isError = isError,
            .exitCode = {},
            .aside = {}};
        tell();
    }
}

void CallHold::tell()
{
    const bool isDone
        = std::ranges::all_of(m_calls, [](const HeldCall &call) { return call.reply.has_value(); });
    if (isDone) {
        Q_EMIT answered();
    } else {
        Q_EMIT waiting();
    }
}

} // namespace Lorikeet

#include "moc_callhold.cpp"
