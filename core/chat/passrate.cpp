// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/passrate.h"

#include "model/parameters.h"

#include <algorithm>

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
    if (!setup.activeTools()) {
        setup.tools.reset();
    }
    setup.examples.source.clear();
    setup.examples.version.reset();
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

ChatSetup withSeedOfItsOwn(const ChatSetup &setup, const Conversation &conversation, QUuid answer)
{
    ChatSetup own = setup;
    for (const QString &name : seedNames()) {
        std::optional<quint64> greatest = seedIn(setup.parameters.value(name));
        if (!greatest) {
            continue;
        }
        for (const QUuid &version : conversation.siblings(answer)) {
            greatest = std::max(
                greatest, seedIn(conversation.find(version)->origin.setup.parameters.value(name)));
        }
        own.parameters[name] = seedValue(*greatest + 1);
    }
    return own;
}

} // namespace Lorikeet
