// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of ChatSession that has to do with the ends of answers: what is kept of them, and
// whether they keep to their schema.

#include "chat/chatrun.h"
#include "chat/chatsession.h"
#include "chat/conversationsaver.h"
#include "chat/schemahold.h"

#include <algorithm>
#include <utility>

namespace Lorikeet {

namespace {

/// Of violations that are kept with an answer: nobody reads more.
constexpr qsizetype mostKept = 50;

/// What a check has found.
void note(SchemaVerdict &verdict, const Result<AnswerCheck> &check)
{
    verdict.violations.clear();
    if (!check) {
        verdict.state = SchemaVerdict::State::Unchecked;
        verdict.problem = check.error().message;
        return;
    }
    verdict.problem.clear();
    verdict.state = check->isValid() ? SchemaVerdict::State::Valid : SchemaVerdict::State::Invalid;
    verdict.around = check->json ? check->json->around : AnswerJson::Around::Nothing;
    verdict.violations = check->violations.first(std::min(mostKept, check->violations.size()));
    verdict.hasMore = check->hasMore || check->violations.size() > mostKept;
}

} // namespace

void ChatSession::onViolated(QUuid answer, const SchemaViolation &violation)
{
    ChatNode node = *m_conversation.find(answer);
    node.verdict->violations = {violation};
    m_conversation.update(node);
    m_saver->nodeChanged(answer);
    Q_EMIT nodeChanged(answer);
}

void ChatSession::onFinished(QUuid answer, const ChatOutcome &outcome)
{
    Run &run = m_runs[answer];
    ChatOutcome ended = outcome;
    if (run.hold) {
        ended.notes = run.hold->notes() + ended.notes;
        for (ChatChoice &choice : ended.choices) {
            choice.text = answerText(choice.text, choice.toolCalls, run.hold->way());
            if (run.hold->way() == SchemaCarrying::Way::Tool) {
                choice.toolCalls.clear(); // they are the answer
            }
        }
    }
    ended.notes = run.notes + ended.notes;
    const bool isCall = !run.tools.isEmpty() && !ended.choice().toolCalls.isEmpty();
    if (!run.hold || outcome.error || isCall) {
        settle(answer, ended, {});
        return;
    }
    QStringList texts;
    for (const ChatChoice &choice : std::as_const(ended.choices)) {
        texts.append(texts.isEmpty() ? run.before.message.content + choice.text : choice.text);
    }
    run.outcome = ended;
    run.hold->check(texts);
}

/// The answer is over, and what was to be checked of it is.
void ChatSession::settle(
    QUuid answer, const ChatOutcome &outcome, const QList<Result<AnswerCheck>> &checks)
{
    const Run ended = m_runs.take(answer);
    ended.run->deleteLater();
    const ChatChoice &choice = outcome.choice();
    const bool continued = !ended.before.message.content.isEmpty();
    const bool nothing = choice.text.isEmpty() && choice.reasoning.isEmpty();
    bool endedWell = !outcome.error;
    bool isAskedAgain = false;
    if (continued && nothing && outcome.error) {
        // The answer is as good as it was; only going on with it failed.
        m_conversation.update(ended.before);
    } else {
        ChatNode node = *m_conversation.find(answer);
        fill(node, ended.before, outcome);
        fitCalls(node);
        if (!checks.isEmpty()) {
            note(*node.verdict, checks.constFirst());
        }
        const SchemaVerdict *verdict = node.verdict ? &*node.verdict : nullptr;
        if (endedWell && verdict && verdict->state == SchemaVerdict::State::Invalid) {
            isAskedAgain = verdict->attempt < verdict->attempts;
            if (!isAskedAgain && verdict->attempts > 1) {
                endedWell = false;
                node.state = ChatNode::State::Failed;
                node.error = fail(ApiError::Kind::Protocol,
                    failureOf(verdict->attempts, verdict->violations, node.finish.kind))
                                 .value();
            }
        }
        m_conversation.update(node);
        addFurtherChoices(answer, outcome.choices.mid(1), checks.mid(1));
    }
    m_saver->nodeChanged(answer);
    Q_EMIT nodeChanged(answer);
    if (continued && nothing && outcome.error && outcome.error->kind != ApiError::Kind::Cancelled) {
        Q_EMIT refused(*outcome.error);
    }
    // Who listens may have deleted it.
    const ChatNode *settled = m_conversation.find(answer);
    const bool isHeld = endedWell && settled && isCalling(*settled);
    isAskedAgain = isAskedAgain && settled;
    if (isAskedAgain) {
        askAgain(*settled);
    } else if (isHeld) {
        holdCalls(answer);
    }
    onSampled(answer);
    Q_EMIT runningChanged();
    if (!isAskedAgain && !isHeld) {
        afterAnswer(answer, endedWell);
    }
    m_saver->flush();
}

void ChatSession::fill(ChatNode &node, const ChatNode &before, const ChatOutcome &outcome)
{
    const ChatChoice &choice = outcome.choice();
    node.message.content = before.message.content + choice.text;
    node.message.reasoning = before.message.reasoning + choice.reasoning;
    node.message.toolCalls = before.message.toolCalls + choice.toolCalls;
    node.message.thoughts = choice.thoughts;
    for (SignedThought &thought :
        node.message.thoughts) { // of what it goes on with nothing is kept
        thought.textBefore += before.message.content.size();
    }
    node.origin.servedModel = outcome.model;
    node.origin.servedAdapter = outcome.adapter;
    node.metrics = ChatMetrics::from(outcome);
    node.finish = choice.finish;
    node.seed = choice.seed;
    node.usage = outcome.usage;
    node.serverTiming = outcome.serverTiming;
    node.notes = outcome.notes;
    node.error.reset();
    if (!outcome.error) {
        node.state = ChatNode::State::Complete;
    } else if (outcome.error->kind == ApiError::Kind::Cancelled) {
        node.state = ChatNode::State::Stopped;
    } else {
        node.state = ChatNode::State::Failed;
        node.error = outcome.error;
    }
}

/// Where a request asked for several answers (`n`), the others become versions beside the first.
/// What is shown stays so.
void ChatSession::addFurtherChoices(
    QUuid answer, const QList<ChatChoice> &choices, const QList<Result<AnswerCheck>> &checks)
{
    const ChatNode first = *m_conversation.find(answer);
    for (qsizetype i = 0; i < choices.size(); ++i) {
        const ChatChoice &choice = choices[i];
        ChatNode node = first;
        node.id = QUuid::createUuid();
        node.message.content = choice.text;
        node.message.reasoning = choice.reasoning;
        node.message.toolCalls = choice.toolCalls;
        node.message.thoughts = choice.thoughts;
        node.finish = choice.finish;
        node.seed = choice.seed;
        if (node.verdict && i < checks.size()) {
            note(*node.verdict, checks[i]);
        }
        m_conversation.addBeside(answer, node);
        m_saver->nodeChanged(node.id);
        Q_EMIT nodeAdded(node.id);
    }
}

/// Asks the same once more, as a further version; prompts that wait for the answer wait for that.
void ChatSession::askAgain(const ChatNode &answer)
{
    const QUuid before = answer.id;
    waitFor(before, ask(answer.parent, answer.origin.setup, answer.verdict->attempt + 1));
}

} // namespace Lorikeet
