// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of CompareController that is about prompts as they are written, wait, and were said.

#include "comparecontroller.h"
#include "ids.h"

#include <algorithm>

namespace Lorikeet {

CompareLane *CompareController::laneOf(const QString &nodeId) const
{
    const QUuid id = QUuid::fromString(nodeId);
    const auto at = std::ranges::find_if(m_lanes.lanes(), [id](const CompareLane *lane) {
        return lane->chat().session()->conversation().find(id) != nullptr;
    });
    return at == m_lanes.lanes().end() ? nullptr : *at;
}

bool CompareController::isRunning() const
{
    return !m_turns.isEmpty() || !m_samples.left.isEmpty()
        || std::ranges::any_of(
            m_lanes.lanes(), [](const CompareLane *lane) { return lane->chat().isRunning(); });
}

QList<WaitingEntry> CompareController::waiting() const
{
    QList<WaitingEntry> entries;
    for (const Turn &turn : m_turns) {
        if (!turn.begun) {
            entries.append({toText(turn.id), turn.text});
        }
    }
    // What waits in several lanes is one prompt to the person.
    for (const CompareLane *lane : m_lanes.lanes()) {
        for (const WaitingEntry &entry : lane->chat().waiting()) {
            if (std::ranges::none_of(
                    entries, [&](const WaitingEntry &other) { return other.text == entry.text; })) {
                entries.append(entry);
            }
        }
    }
    return entries;
}

QString CompareController::tokenMeter() const
{
    const auto fullest = std::ranges::max_element(
        m_lanes.lanes(), {}, [](const CompareLane *lane) { return lane->chat().contextShare(); });
    return fullest == m_lanes.lanes().end() ? QString() : (*fullest)->chat()->tokenMeter();
}

double CompareController::contextShare() const
{
    double share = 0;
    for (const CompareLane *lane : m_lanes.lanes()) {
        share = std::max(share, lane->chat().contextShare());
    }
    return share;
}

QString CompareController::systemPrompt() const
{
    return focused() ? focused()->chat()->systemPrompt() : QString();
}

void CompareController::setSystemPrompt(const QString &text)
{
    if (focused()) {
        focused()->chat()->setSystemPrompt(text);
    }
}

PromptExamples CompareController::promptExamples() const
{
    return focused() ? focused()->chat()->promptExamples() : PromptExamples();
}

void CompareController::setPromptExamples(const PromptExamples &examples)
{
    if (focused()) {
        focused()->chat()->setPromptExamples(examples);
    }
}

QList<ChatController *> CompareController::recipients()
{
    QList<ChatController *> chats;
    for (CompareLane *lane : m_lanes.lanes()) {
        if (lane->receives()) {
            chats.append(lane->chat());
        }
    }
    return chats;
}

void CompareController::setDraft(const QString &text)
{
    if (m_record.draft != text) {
        m_record.draft = text;
        saveSoon();
    }
}

/// A mention is for one lane's model or adapter; lanes have theirs.
void CompareController::setTurn(const TurnChoice &choice) { Q_UNUSED(choice) }

/// In every lane that was asked the same at the same place.
void CompareController::editPrompt(const QString &nodeId, const QString &text)
{
    const CompareLane *of = laneOf(nodeId);
    if (!of) {
        return;
    }
    const Conversation &said = of->chat().session()->conversation();
    const QUuid id = QUuid::fromString(nodeId);
    const qsizetype at = said.path().indexOf(id);
    const QString before = said.find(id)->message.content;
    for (CompareLane *lane : m_lanes.lanes()) {
        const Conversation &other = lane->chat()->session()->conversation();
        const QUuid there = lane == of ? id : other.path().value(at);
        const ChatNode *node = other.find(there);
        if (node && node->message.content == before && (lane == of || lane->receives())) {
            lane->chat()->editPrompt(toText(there), text);
        }
    }
    Q_EMIT asked();
}

void CompareController::sendWaiting()
{
    for (CompareLane *lane : m_lanes.lanes()) {
        lane->chat()->sendWaiting();
    }
}

void CompareController::editWaiting(const QString &id, const QString &text)
{
    QString before;
    for (const WaitingEntry &entry : waiting()) {
        before = entry.id == id ? entry.text : before;
    }
    for (Turn &turn : m_turns) {
        if (toText(turn.id) == id) {
            turn.text = text;
        }
    }
    for (CompareLane *lane : m_lanes.lanes()) {
        for (const WaitingEntry &entry : lane->chat()->waiting()) {
            if (entry.text == before) {
                lane->chat()->editWaiting(entry.id, text);
            }
        }
    }
    Q_EMIT waitingChanged();
}

void CompareController::removeWaiting(const QString &id)
{
    if (m_warmUp.isRunning() && toText(m_turns.constFirst().id) == id) {
        m_warmUp.stop();
        m_turns.removeFirst();
        askNext();
        Q_EMIT runningChanged();
    }
    m_turns.removeIf([&](const Turn &turn) { return toText(turn.id) == id && !turn.begun; });
    editWaiting(id, {});
}

QString CompareController::lastPrompt() const
{
    return focused() ? focused()->chat()->lastPrompt() : QString();
}

QString CompareController::historyStep(int step, const QString &current)
{
    return focused() ? focused()->chat()->historyStep(step, current) : current;
}

QString CompareController::textOf(const QString &nodeId) const
{
    CompareLane *of = laneOf(nodeId);
    return of ? of->chat()->textOf(nodeId) : QString();
}

} // namespace Lorikeet
