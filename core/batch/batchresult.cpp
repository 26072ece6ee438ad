// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "batch/batchresult.h"

#include "model/outcomejson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

void addChoice(QJsonObject &object, const ChatChoice &choice)
{
    object.insert(u"text"_s, choice.text);
    if (!choice.reasoning.isEmpty()) {
        object.insert(u"reasoning"_s, choice.reasoning);
    }
    QJsonArray calls;
    for (const ToolCall &call : choice.toolCalls) {
        calls.append(QJsonObject{
            {u"id"_s, call.id}, {u"name"_s, call.name}, {u"arguments"_s, call.arguments}});
    }
    if (!calls.isEmpty()) {
        object.insert(u"tool_calls"_s, calls);
    }
    object.insert(u"finish"_s, toWord(choice.finish.kind));
}

} // namespace

QJsonObject toJson(const BatchResult &result)
{
    QJsonObject object;
    if (result.attempts > 0) {
        object = measuresToJson(result.outcome);
    } else if (result.outcome.error) {
        object.insert(u"error"_s, toJson(*result.outcome.error));
    }
    object.insert(u"index"_s, result.index);
    if (!result.id.isEmpty()) {
        object.insert(u"id"_s, result.id);
    }
    if (!result.key.isEmpty()) {
        object.insert(u"key"_s, QString::fromLatin1(result.key));
    }
    object.insert(u"attempts"_s, result.attempts);
    if (result.attempts > 0 && !result.outcome.choices.isEmpty()) {
        addChoice(object, result.outcome.choice());
    }
    QJsonArray further;
    for (const ChatChoice &choice : result.outcome.choices.mid(1)) {
        QJsonObject other;
        addChoice(other, choice);
        further.append(other);
    }
    if (!further.isEmpty()) {
        object.insert(u"choices"_s, further);
    }
    return object;
}

} // namespace Lorikeet
