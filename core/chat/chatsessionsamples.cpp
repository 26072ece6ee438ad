// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of ChatSession that asks the same several times, to count how often it comes out right.

#include "chat/chatsession.h"
#include "chat/passrate.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int mostSamples = 1000;
constexpr int mostAtOnce = 16;
constexpr int mostFailures = 3;

} // namespace

void ChatSession::sample(QUuid answer, int count, int atOnce)
{
    const ChatNode *node = m_conversation.find(answer);
    if (!node || !node->isAnswer() || count < 1) {
        return;
    }
    ChatSetup setup = node->origin.setup;
    const QUuid prompt = node->parent;
    if (!setup.schema()) {
        refuse(u"This answer is held to no schema, so there is nothing to count; choose one, and "
               "ask again first."_s);
        return;
    }
    if (setup.activeTools()) {
        refuse(u"An answer that may call tools is not asked for several times; switch the tools "
               "off, and ask again first."_s);
        return;
    }
    if (m_samplings.contains(prompt)) {
        refuse(u"This is being asked several times already; stop it first, or wait."_s);
        return;
    }
    if (!mayAsk(setup)) {
        return;
    }
    setup.structured->options.maxAttempts = 1;
    m_samplings.insert(prompt,
        {.setup = setup,
            .left = std::min(count, mostSamples),
            .atOnce = std::clamp(atOnce, 1, mostAtOnce),
            .running = {}});
    sampleOn(prompt);
}

int ChatSession::samplesLeft(QUuid answer) const
{
    const ChatNode *node = m_conversation.find(answer);
    const auto found = node ? m_samplings.constFind(node->parent) : m_samplings.constEnd();
    return found == m_samplings.constEnd() ? 0 : found->left + int(found->running.size());
}

void ChatSession::sampleOn(QUuid prompt)
{
    while (m_samplings.contains(prompt)) {
        Sampling &sampling = m_samplings[prompt];
        if (sampling.left == 0 || sampling.running.size() >= sampling.atOnce) {
            break;
        }
        const QList<QUuid> versions = m_conversation.children(prompt);
        if (versions.isEmpty()) {
            sampling.left = 0;
            break;
        }
        ChatNode fresh;
        fresh.id = QUuid::createUuid();
        fresh.message.role = Role::Assistant;
        fresh.created = QDateTime::currentDateTimeUtc();
        fresh.state = ChatNode::State::Streaming;
        fresh.origin.setup
            = withSeedOfItsOwn(sampling.setup, m_conversation, versions.constFirst());
        fresh.verdict = SchemaVerdict{.attempt = 1, .attempts = 1};
        --sampling.left;
        sampling.running.insert(fresh.id);
        m_conversation.addBeside(versions.constFirst(), fresh);
        added(fresh.id);
        run(fresh.id, fresh);
    }
    const auto found = m_samplings.constFind(prompt);
    if (found != m_samplings.constEnd() && found->left == 0 && found->running.isEmpty()) {
        m_samplings.erase(found);
    }
    tellVersions(prompt);
}

void ChatSession::onSampled(QUuid answer)
{
    const ChatNode *node = m_conversation.find(answer);
    const auto found = node ? m_samplings.find(node->parent) : m_samplings.end();
    if (found == m_samplings.end() || !found->running.remove(answer)) {
        return;
    }
    const QUuid prompt = node->parent;
    found->failures = node->state == ChatNode::State::Failed ? found->failures + 1 : 0;
    if (found->failures >= mostFailures && found->left > 0) {
        const int left = std::exchange(found->left, 0);
        ApiError error = node->error.value_or(ApiError());
        error.message = u"%1 requests in a row failed, so %2 more are not asked. %3"_s.arg(
            QString::number(mostFailures), QString::number(left), error.message);
        Q_EMIT refused(error);
    }
    sampleOn(prompt);
}

void ChatSession::dropSamples(const QList<QUuid> &gone)
{
    const QList<QUuid> prompts = m_samplings.keys();
    for (const QUuid &prompt : prompts) {
        if (gone.contains(prompt)) {
            m_samplings.remove(prompt);
            continue;
        }
        for (const QUuid &answer : gone) {
            m_samplings[prompt].running.remove(answer);
        }
        sampleOn(prompt);
    }
}

void ChatSession::tellVersions(QUuid prompt)
{
    const ChatNode *node = m_conversation.find(prompt);
    if (node && !node->chosen.isNull()) {
        Q_EMIT nodeChanged(node->chosen);
    }
}

} // namespace Lorikeet
