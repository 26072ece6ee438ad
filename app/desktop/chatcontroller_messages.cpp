// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The half of ChatController that sends prompts and acts on messages.

#include "answerdetails.h"
#include "chatcontroller.h"
#include "endpointlistmodel.h"
#include "ids.h"
#include "sessionlistmodel.h"
#include "timeline/copyformats.h"
#include "timeline/timelinerow.h"
#include "timeline/timelineselection.h"

#include <QClipboard>
#include <QGuiApplication>

namespace Lorikeet {

bool ChatController::send(const QString &text)
{
    if (!m_session || text.trimmed().isEmpty()) {
        return false;
    }
    const TurnChoice turn = m_turn;
    const bool sent = m_session->send(text, takeTurn());
    if (!sent) {
        setTurn(turn);
    } else {
        Q_EMIT asked();
    }
    return sent;
}

bool ChatController::sendAs(const QString &text, const ChatSetup &setup)
{
    const bool sent = m_session && m_session->send(text, setup);
    if (sent) {
        Q_EMIT asked();
    }
    return sent;
}

void ChatController::setTurn(const TurnChoice &choice)
{
    if (m_turn != choice) {
        m_turn = choice;
        Q_EMIT turnChanged();
    }
}

void ChatController::clearTurn() { setTurn({}); }

std::optional<ChatSetup> ChatController::takeTurn()
{
    if (m_turn.label.isEmpty()) {
        return std::nullopt;
    }
    const ChatSetup setup = m_turn.appliedTo(this->setup());
    clearTurn();
    return setup;
}

bool ChatController::addPrompt(const QString &text)
{
    const bool added = m_session && m_session->addPrompt(text);
    if (added) {
        Q_EMIT asked();
    }
    return added;
}

void ChatController::stop()
{
    if (m_session) {
        m_session->stopAll();
    }
}

void ChatController::regenerate(const QString &nodeId)
{
    if (m_session) {
        m_session->regenerate(QUuid::fromString(nodeId));
        Q_EMIT asked();
    }
}

QList<AnswerVariant> ChatController::variants(const QString &nodeId) const
{
    const ChatNode *node
        = m_session ? m_session->conversation().find(QUuid::fromString(nodeId)) : nullptr;
    const std::optional<Endpoint> endpoint = m_endpoints.find(setup().endpoint);
    if (!node || !node->isAnswer() || !endpoint) {
        return {};
    }
    EndpointDescription description
        = m_endpoints.finding(endpoint->id).description.value_or(EndpointDescription());
    if (description.server.isEmpty()) {
        description.server = endpoint->server;
    }
    return answerVariants(*node, setup(), endpoint->provider, description);
}

void ChatController::regenerateAs(const QString &nodeId, const AnswerVariant &variant)
{
    if (m_session) {
        m_session->regenerate(QUuid::fromString(nodeId), variant.setup);
        Q_EMIT asked();
    }
}

bool ChatController::canSample(const QString &nodeId) const
{
    const ChatNode *node
        = m_session ? m_session->conversation().find(QUuid::fromString(nodeId)) : nullptr;
    return node && node->isAnswer() && node->origin.setup.schema()
        && !node->origin.setup.activeTools();
}

void ChatController::sample(const QString &nodeId, int count, int atOnce)
{
    if (m_session) {
        m_session->sample(QUuid::fromString(nodeId), count, atOnce);
    }
}

void ChatController::raiseLimit(const ChatNode &answer)
{
    if (const std::optional<RaisedLimit> limit = raisedLimit(answer)) {
        ChatSetup raised = answer.origin.setup;
        raised.parameters.insert(limit->parameter, limit->tokens);
        m_session->regenerate(answer.id, raised);
        Q_EMIT asked();
    }
}

void ChatController::editPrompt(const QString &nodeId, const QString &text)
{
    if (m_session && !text.trimmed().isEmpty()) {
        m_session->editPrompt(QUuid::fromString(nodeId), text, takeTurn());
        Q_EMIT asked();
    }
}

void ChatController::continueAnswer(const QString &nodeId)
{
    if (m_session) {
        m_session->continueAnswer(QUuid::fromString(nodeId));
    }
}

void ChatController::selectVersion(const QString &nodeId)
{
    if (m_session) {
        m_session->selectVersion(QUuid::fromString(nodeId));
    }
}

void ChatController::deleteMessage(const QString &nodeId)
{
    if (m_session) {
        m_session->deleteMessage(QUuid::fromString(nodeId));
        Q_EMIT messageDeleted();
    }
}

void ChatController::undoDelete()
{
    if (m_session) {
        m_session->undoDelete();
    }
}

void ChatController::fork(const QString &nodeId)
{
    if (m_session) {
        show(m_session->fork(QUuid::fromString(nodeId)), true);
        m_sessions.refresh();
    }
}

void ChatController::act(int action, const QString &nodeId)
{
    const QUuid id = QUuid::fromString(nodeId);
    const ChatNode *node = m_session ? m_session->conversation().find(id) : nullptr;
    if (!node) {
        return;
    }
    switch (TimelineRow::Action(action)) {
    case TimelineRow::Action::Regenerate:
    case TimelineRow::Action::Retry:
        regenerate(nodeId);
        break;
    case TimelineRow::Action::RetryWithRemedy:
        retryWithRemedy(*node);
        break;
    case TimelineRow::Action::Edit:
        Q_EMIT editWanted(nodeId);
        break;
    case TimelineRow::Action::EditAndRetry:
        Q_EMIT editWanted(toText(node->parent));
        break;
    case TimelineRow::Action::Fork:
        fork(nodeId);
        break;
    case TimelineRow::Action::Continue:
        continueAnswer(nodeId);
        break;
    case TimelineRow::Action::RaiseLimit:
        raiseLimit(ChatNode(*node));
        break;
    case TimelineRow::Action::AcceptAround:
        m_session->acceptAround(id);
        break;
    case TimelineRow::Action::ShowRequest: {
        const std::optional<Endpoint> endpoint = m_endpoints.find(node->origin.setup.endpoint);
        Q_EMIT requestShown(endpoint
                ? requestText(m_session->conversation(), *node, *endpoint)
                : tr("The endpoint “%1” was removed.").arg(node->origin.endpointName));
        break;
    }
    case TimelineRow::Action::CopyDetails:
        copyText(errorDetails(*node));
        break;
    case TimelineRow::Action::PreviousVersion:
        stepVersion(id, -1);
        break;
    case TimelineRow::Action::NextVersion:
        stepVersion(id, 1);
        break;
    case TimelineRow::Action::Delete:
        deleteMessage(nodeId);
        break;
    }
}

/// Asks again as the answer was asked, but for the parameter that was refused; and so from now on
/// in this chat, where it asks the same model.
void ChatController::retryWithRemedy(const ChatNode &answer)
{
    const std::optional<Remedy> remedy = remedyFor(answer);
    if (!remedy) {
        return;
    }
    const QUuid id = answer.id;
    ChatSetup setup = answer.origin.setup;
    setup.parameters = remedy->appliedTo(setup.parameters);
    ChatSetup next = m_session->setup();
    if (next.endpoint == setup.endpoint && next.model == setup.model) {
        next.parameters = remedy->appliedTo(next.parameters);
        m_session->setSetup(next);
    }
    m_session->regenerate(id, setup);
    Q_EMIT asked();
}

void ChatController::stepVersion(QUuid id, int step)
{
    const QList<QUuid> versions = m_session->conversation().siblings(id);
    const qsizetype at = versions.indexOf(id) + step;
    if (at >= 0 && at < versions.size()) {
        m_session->selectVersion(versions[at]);
    }
}

void ChatController::sendWaiting()
{
    if (m_session) {
        m_session->sendWaiting();
    }
}

void ChatController::editWaiting(const QString &id, const QString &text)
{
    if (m_session) {
        m_session->editWaiting(QUuid::fromString(id), text);
    }
}

void ChatController::removeWaiting(const QString &id)
{
    if (m_session) {
        m_session->removeWaiting(QUuid::fromString(id));
    }
}

QString ChatController::lastOf(Role role) const
{
    if (!m_session) {
        return {};
    }
    const Conversation &conversation = m_session->conversation();
    const QList<QUuid> path = conversation.path();
    const auto at = std::find_if(path.crbegin(), path.crend(),
        [&](QUuid id) { return conversation.find(id)->message.role == role; });
    return at == path.crend() ? QString() : toText(*at);
}

QString ChatController::lastPrompt() const { return lastOf(Role::User); }

QString ChatController::lastAnswer() const { return lastOf(Role::Assistant); }

QString ChatController::textOf(const QString &nodeId) const
{
    const ChatNode *node
        = m_session ? m_session->conversation().find(QUuid::fromString(nodeId)) : nullptr;
    return node ? node->message.content : QString();
}

QString ChatController::historyStep(int step, const QString &current)
{
    return m_session ? m_history.step(m_session->conversation(), step, current).value_or(current)
                     : current;
}

void ChatController::copy(const QString &nodeId) const
{
    const int index = m_timeline.messageIndex(QUuid::fromString(nodeId));
    const QString text = textOf(nodeId);
    if (index >= 0 && !text.isEmpty()) {
        copyMarkdown(text, m_timeline.message(index).blocks);
    } else {
        copyText(text);
    }
}

void ChatController::copyPlain(const QString &nodeId) const
{
    const int index = m_timeline.messageIndex(QUuid::fromString(nodeId));
    if (index < 0 || m_timeline.message(index).blocks.isEmpty()) {
        copyText(textOf(nodeId));
        return;
    }
    const TimelineMessage &message = m_timeline.message(index);
    int first = message.firstRow;
    const int last = message.firstRow + message.rowCount - 1;
    while (first < last && !m_timeline.block(first)) {
        ++first;
    }
    TimelineSelection whole;
    whole.select({first, 0}, {last, m_timeline.rowText(last).size()});
    copyText(whole.plain(m_timeline));
}

void ChatController::copyLastCode() const
{
    for (int row = m_timeline.rowCount() - 1; row >= 0; --row) {
        const RowKind kind = m_timeline.row(row).kind;
        if (kind == RowKind::Code || kind == RowKind::Tree) {
            copyText(m_timeline.rowText(row));
            return;
        }
    }
}

void ChatController::copyText(const QString &text) const
{
    if (!text.isEmpty()) {
        QGuiApplication::clipboard()->setText(text);
    }
}

} // namespace Lorikeet
