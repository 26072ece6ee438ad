// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of ChatSession that has to do with answers in the making.

#include "chat/answerrequest.h"
#include "chat/chatrun.h"
#include "chat/chatsession.h"
#include "chat/conversationsaver.h"
#include "chat/schemahold.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// ChatRequest::diverged, of a request for this answer.
bool hasDiverged(const Conversation &conversation, const ChatNode &answer)
{
    if (!answer.origin.setup.examples.turns.isEmpty()) {
        return true; // which were never said
    }
    const QList<QUuid> path = conversation.pathTo(answer.id);
    return std::any_of(path.begin(), path.end(), [&](QUuid id) {
        const ChatNode &node = *conversation.find(id);
        const ChatSetup &setup = node.origin.setup;
        const bool isEarlierAnswer = node.isAnswer() && id != answer.id;
        return conversation.siblings(id).size() > 1
            || (isEarlierAnswer
                && (node.state != ChatNode::State::Complete
                    || setup.endpoint != answer.origin.setup.endpoint
                    || setup.systemPrompt != answer.origin.setup.systemPrompt));
    });
}

} // namespace

void ChatSession::run(QUuid answer, const ChatNode &before)
{
    const bool continued = !before.message.content.isEmpty();
    auto *run = new ChatRun(
        m_service,
        [this, answer, continued](
            const Endpoint &endpoint) { return makeRequest(answer, continued, endpoint); },
        this);
    SchemaHold *hold = nullptr;
    if (const StructuredSetup *structured = before.origin.setup.schema()) {
        hold = new SchemaHold(*structured, run);
        connect(hold, &SchemaHold::violated, this,
            [this, answer](const SchemaViolation &violation) { onViolated(answer, violation); });
        connect(hold, &SchemaHold::checked, this, [this, answer](const AnswerChecks &checks) {
            settle(answer, *m_runs.value(answer).outcome, checks.each);
        });
    }
    m_runs.insert(answer, {run, before, std::nullopt, hold, std::nullopt, {}, {}});
    connect(run, &ChatRun::retrying, this, [this, answer](const Retry &retry) {
        m_runs[answer].retry = retry;
        Q_EMIT nodeChanged(answer);
    });
    connect(run, &ChatRun::events, this,
        [this, answer](const StreamEvents &events) { onEvents(answer, events); });
    connect(run, &ChatRun::finished, this,
        [this, answer](const ChatOutcome &outcome) { onFinished(answer, outcome); });
    // The database knows of the answer before the first of its text can be lost.
    m_saver->flush();
    Q_EMIT runningChanged();
    const auto resolve = [resolver = m_resolver, endpoint = before.origin.setup.endpoint] {
        return resolver(endpoint);
    };
    const auto held = [hold, resolve] { return hold ? hold->prepare(resolve) : resolve(); };
    const ToolSetup *tools = before.origin.setup.activeTools();
    run->start(tools ? prepareTools(run, answer, tools->tools, held) : held());
}

Result<ChatRequest> ChatSession::makeRequest(QUuid answer, bool continued, const Endpoint &endpoint)
{
    ChatNode node = *m_conversation.find(answer);
    node.origin.endpointName = endpoint.name;
    node.origin.provider = endpoint.provider;
    m_conversation.update(node);
    Q_EMIT nodeChanged(answer);

    SchemaHold *hold = m_runs.value(answer).hold;
    const QList<Tool> tools = m_runs.value(answer).tools;
    const Result<CarriedSchema> carried
        = answerRequest(m_conversation, node, endpoint, hold ? hold->schema() : nullptr, tools);
    if (!carried) {
        return Failure(carried.error());
    }
    ChatRequest request = carried->request;
    if (!hold && m_runs.contains(answer)) {
        m_runs[answer].notes = carried->notes;
    }
    if (hold) {
        hold->setCarried(carried->way, carried->notes);
        hold->watch(continued ? node.message.content : QString());
    }
    const ChatSetup &asked = node.origin.setup;
    if (setup().adapter.id == asked.adapter.id) {
        request.adapter.token = setup().adapter.token; // never kept with an answer
    }
    if (continued) {
        request.messages = m_conversation.messagesTo(answer, asked);
    }
    request.diverged = hasDiverged(m_conversation, node);
    if (continued) {
        const Provider *provider = findProvider(endpoint.provider);
        const std::optional<QJsonObject> body
            = provider ? provider->continuation(endpoint.server) : std::nullopt;
        if (!body) {
            return fail(ApiError::Kind::InvalidRequest,
                u"%1 is not known to go on with an answer that was cut off; ask it to continue in "
                "a prompt, or raise the limit and ask again."_s.arg(
                    endpoint.server.isEmpty() ? endpoint.name : endpoint.server));
        }
        for (auto it = body->begin(); it != body->end(); ++it) {
            request.extraBody.insert(it.key(), it.value());
        }
    }
    return request;
}

void ChatSession::onEvents(QUuid answer, const StreamEvents &events)
{
    Q_EMIT streamed(answer, events);
    Run &run = m_runs[answer];
    run.retry.reset();
    const bool isTool = run.hold && run.hold->way() == SchemaCarrying::Way::Tool;
    QString text;
    QString reasoning;
    for (const StreamEvent &event : events) {
        // Further choices are added as versions at the end.
        if (const auto *delta = std::get_if<TextDelta>(&event.payload);
            delta && delta->choice == 0 && !isTool) {
            text += delta->text;
        } else if (const auto *call = std::get_if<ToolCallDelta>(&event.payload);
            call && isTool && call->choice == 0 && call->index == 0) {
            text += call->arguments;
        } else if (const auto *thought = std::get_if<ReasoningDelta>(&event.payload);
            thought && thought->choice == 0) {
            reasoning += thought->text;
        }
    }
    if (text.isEmpty() && reasoning.isEmpty()) {
        return;
    }
    if (run.hold) {
        run.hold->watch(text);
    }
    m_conversation.append(answer, text, reasoning);
    m_saver->nodeChanged(answer);
    Q_EMIT textAppended(answer, text, reasoning);
}

void ChatSession::afterAnswer(QUuid answer, bool endedWell)
{
    if (endedWell) {
        sendNext(answer);
        return;
    }
    QList<WaitingPrompt> prompts = waiting();
    for (WaitingPrompt &prompt : prompts) {
        prompt.held = prompt.held || prompt.after == answer;
    }
    setWaiting(prompts);
}

/// Sends the first prompt that waits for this answer, behind which the others then wait.
void ChatSession::sendNext(QUuid answer)
{
    const auto waits = [answer](const WaitingPrompt &p) { return p.after == answer && !p.held; };
    QList<WaitingPrompt> prompts = waiting();
    const auto first = std::find_if(prompts.begin(), prompts.end(), waits);
    if (first == prompts.end()) {
        return;
    }
    const QString text = first->text;
    const std::optional<ChatSetup> setup = first->setup;
    prompts.erase(first);
    const QUuid next = sendBelow(answer, text, setup);
    for (WaitingPrompt &prompt : prompts) {
        if (waits(prompt)) {
            prompt.after = next;
        }
    }
    setWaiting(prompts);
}

void ChatSession::noteWarmUp(QUuid answer, Nanoseconds took)
{
    const ChatNode *found = m_conversation.find(answer);
    if (!found || !found->isAnswer()) {
        return;
    }
    ChatNode node = *found;
    node.origin.warmUp = took;
    m_conversation.update(node);
    m_saver->nodeChanged(answer);
    Q_EMIT nodeChanged(answer);
}

void ChatSession::stop(QUuid answer)
{
    if (const auto found = m_runs.constFind(answer); found != m_runs.constEnd()) {
        if (found->outcome) {
            found->hold->stopChecking();
        } else {
            found->run->stop();
        }
    }
    dropCalls(answer);
}

void ChatSession::stopAll()
{
    for (Sampling &sampling : m_samplings) {
        sampling.left = 0;
    }
    const QList<QUuid> running = m_runs.keys() + m_calls.keys();
    for (const QUuid &answer : running) {
        stop(answer);
    }
}

/// Ends a run here and now, without its outcome and without a signal.
void ChatSession::abandon(QUuid answer, ChatNode::State state)
{
    delete m_runs.take(answer).run;
    ChatNode node = *m_conversation.find(answer);
    node.state = state;
    m_conversation.update(node);
    m_saver->nodeChanged(answer);
}

void ChatSession::continueAnswer(QUuid answer)
{
    const ChatNode *found = m_conversation.find(answer);
    if (!found || !found->isAnswer() || isRunning(answer)) {
        return;
    }
    if (found->message.content.isEmpty()) {
        refuse(u"There is no text to go on with; ask again instead."_s);
        return;
    }
    if (!found->message.toolCalls.isEmpty()) {
        refuse(u"An answer that calls a tool cannot be continued; answer the call instead."_s);
        return;
    }
    const ChatNode before = *found;
    if (!mayAsk(before.origin.setup)) {
        return;
    }
    ChatNode node = before;
    node.state = ChatNode::State::Streaming;
    node.error.reset();
    if (node.verdict) {
        node.verdict
            = SchemaVerdict{.attempt = node.verdict->attempt, .attempts = node.verdict->attempts};
    }
    m_conversation.update(node);
    m_saver->nodeChanged(answer);
    Q_EMIT nodeChanged(answer);
    run(answer, before);
}

} // namespace Lorikeet
