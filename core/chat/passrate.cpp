// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/passrate.h"

namespace Lorikeet {

namespace {

/// What decides how an answer comes out, but for chance.
ChatSetup decisive(ChatSetup setup)
{
    for (const QString &name : seedNames()) {
        setup.parameters.remove(name);
    }
    setup.adapter.token = {};
    setup.extraBodyDraft.clear();
    if (setup.structured) {
        const StructuredOptions usual;
        setup.structured->name.clear();
        setup.structured->options.maxAttempts = usual.maxAttempts;
        setup.structured->options.again = usual.again;
        setup.structured->options.heat = usual.heat;
    }
    return setup;
}

} // namespace

PassRate passRateOf(const Conversation &conversation, QUuid answer)
{
    PassRate rate;
    const ChatNode *shown = conversation.find(answer);
    if (!shown || !shown->verdict) {
        return rate;
    }
    const ChatSetup asked = decisive(shown->origin.setup);
    for (const QUuid &id : conversation.siblings(answer)) {
        const ChatNode &node = *conversation.find(id);
        if (!node.verdict || node.verdict->attempt > 1 || !(decisive(node.origin.setup) == asked)) {
            continue;
        }
        if (node.verdict->state != SchemaVerdict::State::Unchecked) {
            ++rate.checked;
            rate.passed += node.verdict->state == SchemaVerdict::State::Valid ? 1 : 0;
        } else if (node.state == ChatNode::State::Failed) {
            ++rate.failed;
        }
    }
    return rate;
}

ChatSetup withSeedAfter(const ChatSetup &setup, qint64 count)
{
    ChatSetup next = setup;
    next.parameters = withSeedAfter(setup.parameters, count);
    return next;
}

} // namespace Lorikeet
