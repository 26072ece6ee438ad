// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of ChatSession that has to do with what answers call: who answers it, and how the chat
// goes on.

#include "chat/callhold.h"
#include "chat/chatrun.h"
#include "chat/chatsession.h"
#include "chat/conversationsaver.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Of the answers that lead down to this one since the last prompt: how many call, and how much.
struct CallsSoFar
{
    int answers = 0;
    int calls = 0;
};

CallsSoFar callsTo(const Conversation &conversation, QUuid answer)
{
    CallsSoFar so;
    const QList<QUuid> path = conversation.pathTo(answer);
    for (const QUuid &id : path) {
        const Message &message = conversation.find(id)->message;
        if (message.role == Role::User) {
            so = {};
        } else if (!message.toolCalls.isEmpty()) {
            ++so.answers;
            so.calls += int(message.toolCalls.size());
        }
    }
    return so;
}

} // namespace

QFuture<Result<Target>> ChatSession::prepareTools(
    ChatRun *run, QUuid answer, const QString &tools, std::function<QFuture<Result<Target>>()> next)
{
    return QtConcurrent::run([text = tools.toUtf8()] { return toolsFrom(text); })
        .then(run,
            [this, run, answer, next = std::move(next)](
                const Result<QList<Tool>> &read) -> QFuture<Result<Target>> {
                if (!read) {
                    return QtFuture::makeReadyValueFuture(Result<Target>(Failure(read.error())));
                }
                const auto found = m_runs.find(answer);
                if (found == m_runs.end() || found->run != run) {
                    return QtFuture::makeReadyValueFuture(Result<Target>(
                        fail(ApiError::Kind::Cancelled, u"The answer is over already."_s)));
                }
                found->tools = *read;
                return next();
            })
        .unwrap();
}

bool ChatSession::isCalling(const ChatNode &node)
{
    return node.isAnswer() && node.origin.setup.activeTools() && !node.message.toolCalls.isEmpty();
}

void ChatSession::fitCalls(ChatNode &node) const
{
    if (isCalling(node)) {
        const int before = callsTo(m_conversation, node.parent).calls;
        node.message.toolCalls = withIds(node.message.toolCalls, before);
        node.verdict.reset(); // it is no answer yet, which a schema would hold
    }
}

void ChatSession::holdCalls(QUuid answer)
{
    const ChatNode node = *m_conversation.find(answer);
    const ToolSetup setup = *node.origin.setup.activeTools();
    if (callsTo(m_conversation, answer).answers > setup.limit) {
        failCalls(answer,
            fail(ApiError::Kind::Protocol,
                u"The model goes on calling tools after %1 of its answers were given results; "
                "send another prompt, or raise the limit and ask again."_s.arg(setup.limit))
                .value());
        return;
    }
    auto *hold = new CallHold(setup, node.message.toolCalls, m_allowed, m_left.take(answer), this);
    m_calls.insert(answer, hold);
    connect(hold, &CallHold::waiting, this, [this, answer] { Q_EMIT callsChanged(answer); });
    connect(hold, &CallHold::answered, this, [this, answer] { goOnFrom(answer); });
    connect(hold, &CallHold::failed, this,
        [this, answer](const ApiError &error) { failCalls(answer, error); });
    hold->start();
}

QList<HeldCall> ChatSession::openCalls(QUuid answer) const
{
    QList<HeldCall> open;
    if (const CallHold *hold = m_calls.value(answer)) {
        for (const HeldCall &call : hold->calls()) {
            if (!call.reply) {
                open.append(call);
            }
        }
    }
    return open;
}

void ChatSession::answerCall(
    QUuid answer, const QString &callId, const QString &content, bool isError)
{
    if (CallHold *hold = m_calls.value(answer)) {
        hold->answer(callId, content, isError);
    }
}

void ChatSession::runCall(QUuid answer, const QString &callId, bool always)
{
    CallHold *hold = m_calls.value(answer);
    if (!hold) {
        return;
    }
    const QList<HeldCall> calls = hold->calls();
    const auto call = std::ranges::find_if(
        calls, [&callId](const HeldCall &held) { return held.question.call.id == callId; });
    if (always && call != calls.end() && !call->command.isEmpty()) {
        m_allowed.insert(call->command);
        hold->allow(call->command);
    } else {
        hold->run(callId);
    }
}

void ChatSession::stopCall(QUuid answer, const QString &callId)
{
    if (CallHold *hold = m_calls.value(answer)) {
        hold->stop(callId);
    }
}

bool ChatSession::canTakeUpCalls(QUuid answer) const
{
    const ChatNode *node = m_conversation.find(answer);
    return node && answer == m_conversation.leaf() && isCalling(*node)
        && node->state == ChatNode::State::Complete && !isRunning(answer);
}

void ChatSession::takeUpCalls(QUuid answer)
{
    if (canTakeUpCalls(answer)) {
        holdCalls(answer);
        Q_EMIT runningChanged();
    }
}

void ChatSession::goOnFrom(QUuid answer)
{
    CallHold *hold = m_calls.take(answer);
    hold->deleteLater();
    const ChatSetup setup = m_conversation.find(answer)->origin.setup;
    QUuid last = answer;
    for (const HeldCall &call : hold->calls()) {
        ChatNode node;
        node.id = QUuid::createUuid();
        node.parent = last;
        node.message.role = Role::Tool;
        node.message.content = call.reply->content;
        node.message.toolCallId = call.question.call.id;
        node.toolRecord = call.reply->record;
        node.created = QDateTime::currentDateTimeUtc();
        last = m_conversation.add(node);
        added(last);
    }
    Q_EMIT callsChanged(answer);
    waitFor(answer, ask(last, setup));
}

void ChatSession::failCalls(QUuid answer, const ApiError &error)
{
    if (CallHold *hold = m_calls.take(answer)) {
        hold->deleteLater();
    }
    ChatNode node = *m_conversation.find(answer);
    node.state = ChatNode::State::Failed;
    node.error = error;
    m_conversation.update(node);
    m_saver->nodeChanged(answer);
    Q_EMIT nodeChanged(answer);
    Q_EMIT callsChanged(answer);
    Q_EMIT runningChanged();
    afterAnswer(answer, false);
    m_saver->flush();
}

void ChatSession::dropCalls(QUuid answer)
{
    if (CallHold *hold = m_calls.take(answer)) {
        m_left.insert(answer, hold->calls());
        hold->disconnect(this); // a command may end yet, before it is killed
        hold->deleteLater();
        Q_EMIT callsChanged(answer);
        Q_EMIT runningChanged();
        afterAnswer(answer, false);
    }
}

void ChatSession::waitFor(QUuid before, QUuid next)
{
    QList<WaitingPrompt> prompts = waiting();
    for (WaitingPrompt &prompt : prompts) {
        if (prompt.after == before) {
            prompt.after = next;
        }
    }
    setWaiting(prompts);
}

} // namespace Lorikeet
