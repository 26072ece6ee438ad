// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/answerrequest.h"

#include "providers/wireparts.h"
#include "tools/toolcarrier.h"

namespace Lorikeet {

namespace {

/// The attempt whose faults the request for `answer` is about; null for a first one.
const ChatNode *attemptBefore(const Conversation &conversation, const ChatNode &answer)
{
    const int attempt = answer.verdict ? answer.verdict->attempt : 1;
    const QList<QUuid> versions = conversation.siblings(answer.id);
    for (qsizetype i = versions.indexOf(answer.id) - 1; attempt > 1 && i >= 0; --i) {
        const ChatNode *before = conversation.find(versions[i]);
        if (before->verdict && before->verdict->attempt == attempt - 1) {
            return before;
        }
    }
    return nullptr;
}

/// The messages with calls that every dialect takes: some have objects for arguments and nothing
/// else. What stood there instead is in what the model was told of it.
QList<Message> sendable(QList<Message> messages)
{
    for (Message &message : messages) {
        for (ToolCall &call : message.toolCalls) {
            if (!argumentsObject(call)) {
                call.arguments = QStringLiteral("{}");
            }
        }
    }
    return messages;
}

/// `carried` with the tools in it.
Result<CarriedSchema> withTools(
    const Target &target, const CarriedSchema &carried, const QList<Tool> &tools)
{
    return carryTools(target, carried.request, tools).transform([&](const CarriedTools &given) {
        return CarriedSchema{
            .request = given.request, .way = carried.way, .notes = carried.notes + given.notes};
    });
}

} // namespace

Result<CarriedSchema> answerRequest(const Conversation &conversation, const ChatNode &answer,
    const Endpoint &endpoint, const JsonSchema *schema, const QList<Tool> &tools)
{
    const Target target{.endpoint = endpoint};
    const ChatSetup &asked = answer.origin.setup;
    const ChatRequest plain{.model = asked.model,
        .adapter = asked.adapter,
        .messages = sendable(conversation.messagesTo(answer.parent, asked)),
        .parameters = asked.parameters,
        .extraBody = asked.extraBody};
    if (!schema || !asked.schema()) {
        const CarriedSchema free{.request = plain};
        return tools.isEmpty() ? Result<CarriedSchema>(free) : withTools(target, free, tools);
    }
    StructuredOptions options = asked.schema()->options;
    if (!tools.isEmpty() && !carriesSchemaBesideTools(target)) {
        options.carrying.way = SchemaCarrying::Way::Words;
    }
    Result<CarriedSchema> carried = carrySchema(target, plain, *schema, options.carrying);
    if (const ChatNode *before = attemptBefore(conversation, answer); carried && before) {
        carried->request = nextAttempt(target, carried->request, before->verdict->attempt, options,
            before->message.content, before->verdict->violations);
    }
    return carried && !tools.isEmpty() ? withTools(target, *carried, tools) : carried;
}

Result<CarriedSchema> answerRequest(
    const Conversation &conversation, const ChatNode &answer, const Endpoint &endpoint)
{
    const StructuredSetup *setup = answer.origin.setup.schema();
    const ToolSetup *given = answer.origin.setup.activeTools();
    const Result<QList<Tool>> tools
        = given ? toolsFrom(given->tools.toUtf8()) : Result<QList<Tool>>(QList<Tool>());
    if (!tools) {
        return Failure(tools.error());
    }
    if (!setup) {
        return answerRequest(conversation, answer, endpoint, nullptr, *tools);
    }
    return JsonSchema::from(setup->schema.toUtf8(), {}).and_then([&](const JsonSchema &schema) {
        return answerRequest(conversation, answer, endpoint, &schema, *tools);
    });
}

} // namespace Lorikeet
