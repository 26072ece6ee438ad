// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of CompareController that has to do with votes.

#include "comparecontroller.h"

#include <QRandomGenerator>

#include <algorithm>

namespace Lorikeet {

void CompareController::shuffle()
{
    QList<CompareLane *> lanes = m_lanes.lanes();
    CompareLane *base = lane(m_diff.base());
    std::shuffle(lanes.begin(), lanes.end(), *QRandomGenerator::global());
    setLanes(lanes);
    m_diff.setBase(base ? int(lanes.indexOf(base)) : 0);
}

void CompareController::onHiddenChanged()
{
    for (CompareLane *lane : m_lanes.lanes()) {
        lane->setAnonymous(m_judging.isHidden());
    }
    if (m_judging.isHidden() && !isRunning()) {
        shuffle();
    }
    m_judge.setHidden(m_judging.isHidden());
    offerAnswers();
}

void CompareController::offerAnswers()
{
    const Verdict answers = judged();
    m_judging.setAnswers(answers);
    QList<QUuid> nodes;
    for (const CompareLane *lane : m_lanes.lanes()) {
        const QList<const ChatNode *> said = lane->answers();
        nodes.append(said.isEmpty() ? QUuid() : said.constLast()->id);
    }
    // Between two lanes that are asked one after the other, all may seem to be there.
    m_judge.setAnswers(isRunning() ? Verdict() : answers, nodes);
}

Verdict CompareController::judged() const
{
    Verdict verdict{.comparison = m_record.id};
    QStringList prompts;
    QStringList systemPrompts;
    std::optional<QList<ExampleTurn>> examples;
    bool isSame = true;
    for (const CompareLane *lane : m_lanes.lanes()) {
        const QList<const ChatNode *> answers = lane->answers();
        if (lane->chat().isRunning() || answers.isEmpty()
            || answers.constLast()->message.content.isEmpty()) {
            return {};
        }
        const ChatNode &answer = *answers.constLast();
        const Conversation &conversation = lane->chat().session()->conversation();
        const ChatNode *prompt = conversation.find(answer.parent);
        while (prompt && prompt->message.role != Role::User) { // it called tools before
            prompt = conversation.find(prompt->parent);
        }
        prompts.append(prompt ? prompt->message.content : QString());
        systemPrompts.append(answer.origin.setup.systemPrompt);
        const QList<ExampleTurn> &own = answer.origin.setup.examples.turns;
        isSame = isSame && examples.value_or(own) == own;
        examples = own;
        const QString adapter = answer.origin.adapterLabel();
        const QString &model = answer.origin.servedModel.isEmpty() ? answer.origin.setup.model
                                                                   : answer.origin.servedModel;
        verdict.answers.append({.name = !adapter.isEmpty() ? adapter
                : model.isEmpty()                          ? answer.origin.endpointName
                                                           : model,
            .endpointName = answer.origin.endpointName,
            .model = model,
            .adapter = adapter,
            .text = answer.message.content});
    }
    // Answers to different prompts are not held against each other.
    if (prompts.removeDuplicates(); prompts.size() != 1) {
        return {};
    }
    verdict.prompt = prompts.constFirst();
    systemPrompts.removeDuplicates();
    verdict.systemPrompt = systemPrompts.size() == 1 ? systemPrompts.constFirst() : QString();
    verdict.examples = isSame ? examples.value_or(QList<ExampleTurn>()) : QList<ExampleTurn>();
    return verdict;
}

} // namespace Lorikeet
