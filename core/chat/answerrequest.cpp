// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/answerrequest.h"

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

} // namespace

Result<CarriedSchema> answerRequest(const Conversation &conversation, const ChatNode &answer,
    const Endpoint &endpoint, const JsonSchema *schema)
{
    const ChatSetup &asked = answer.origin.setup;
    const ChatRequest plain{.model = asked.model,
        .adapter = asked.adapter,
        .messages = conversation.messagesTo(answer.parent, asked.systemPrompt),
        .parameters = asked.parameters,
        .extraBody = asked.extraBody};
    if (!schema || !asked.schema()) {
        return CarriedSchema{.request = plain};
    }
    const Target target{.endpoint = endpoint};
    const StructuredOptions &options = asked.schema()->options;
    Result<CarriedSchema> carried = carrySchema(target, plain, *schema, options.carrying);
    if (const ChatNode *before = attemptBefore(conversation, answer); carried && before) {
        carried->request = nextAttempt(target, carried->request, before->verdict->attempt, options,
            before->message.content, before->verdict->violations);
    }
    return carried;
}

Result<CarriedSchema> answerRequest(
    const Conversation &conversation, const ChatNode &answer, const Endpoint &endpoint)
{
    const StructuredSetup *setup = answer.origin.setup.schema();
    if (!setup) {
        return answerRequest(conversation, answer, endpoint, nullptr);
    }
    return JsonSchema::from(setup->schema.toUtf8(), {}).and_then([&](const JsonSchema &schema) {
        return answerRequest(conversation, answer, endpoint, &schema);
    });
}

} // namespace Lorikeet
