// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "grid/gridrow.h"

#include "store/storejson.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// What a line of the output says of an answer.
void fill(ChatNode &node, const QJsonObject &line)
{
    node.message.content = line[u"text"_s].toString();
    node.message.reasoning = line[u"reasoning"_s].toString();
    node.state = line.contains("error"_L1) ? ChatNode::State::Failed : ChatNode::State::Complete;
    // These are called alike in both.
    QJsonObject known;
    for (const QString &name : {u"metrics"_s, u"error"_s, u"usage"_s, u"notes"_s}) {
        if (line.contains(name)) {
            known.insert(name, line[name]);
        }
    }
    const AnswerOrigin origin = node.origin;
    detailsFromStoredJson(QString::fromUtf8(QJsonDocument(known).toJson()), node);
    node.origin = origin;
}

} // namespace

QList<Conversation> conversationsOf(
    const GridRecord &record, const GridPlan &plan, const GridResults &results, qsizetype row)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QList<Conversation> conversations;
    for (qsizetype lane = 0; lane < record.lanes.size(); ++lane) {
        // What the lane says of itself goes before what the table and the template say.
        ChatSetup setup = record.lanes[lane].setup;
        ParameterSet parameters = plan.rows.at(row).parameters;
        parameters.insert(setup.parameters);
        setup.parameters = parameters;
        const QList<Message> &messages = plan.rows.at(row).messages;
        if (setup.systemPrompt.isEmpty() && messages.constFirst().role == Role::System) {
            setup.systemPrompt = messages.constFirst().content;
        }
        const QList<ExampleTurn> examples = examplesIn(messages);
        if (setup.examples.turns.isEmpty() && !examples.isEmpty()) {
            setup.examples = {.turns = examples,
                .source = record.prompt ? record.prompt->name : QString(),
                .version = record.promptVersion};
        }
        Conversation conversation = Conversation::create(setup, now);
        const QUuid last = conversation.addUser({}, messages.constLast().content, now);
        QUuid first;
        for (int sample = 0; sample < plan.samples; ++sample) {
            const auto line
                = results.constFind(plan.index({.row = row, .lane = lane, .sample = sample}));
            if (line == results.constEnd()) {
                continue;
            }
            AnswerOrigin origin{.setup = conversation.head().setup};
            origin.servedModel = (*line)[u"model"_s].toString();
            const QUuid answer = conversation.addAnswer(last, origin, now);
            ChatNode node = *conversation.find(answer);
            fill(node, *line);
            conversation.update(node);
            first = first.isNull() ? answer : first;
        }
        if (!first.isNull()) {
            conversation.select(first);
        }
        conversations.append(conversation);
    }
    return conversations;
}

std::optional<ApiError> errorIn(const QJsonObject &line)
{
    ChatNode node;
    if (line.contains("error"_L1)) {
        fill(node, line);
    }
    return node.error;
}

} // namespace Lorikeet
