// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timelinefeed.h"

#include "chat/chatsession.h"
#include "tools/callstext.h"

#include <algorithm>

namespace Lorikeet {

TimelineFeed::TimelineFeed(TimelineModel &model, QObject *parent)
    : QObject(parent)
    , m_model(model)
{ }

void TimelineFeed::follow(ChatSession *session)
{
    if (m_session) {
        m_session->disconnect(this);
    }
    m_session = session;
    m_model.setPath({});
    if (!session) {
        return;
    }
    connect(session, &ChatSession::pathChanged, this, &TimelineFeed::showPath);
    connect(session, &ChatSession::nodeChanged, this, &TimelineFeed::showNode);
    connect(session, &ChatSession::textAppended, &m_model, &TimelineModel::appendText);
    showPath();
}

TimelineEntry TimelineFeed::entry(QUuid id) const
{
    const Conversation &conversation = m_session->conversation();
    const QList<QUuid> versions = conversation.siblings(id);
    ChatNode node = *conversation.find(id);
    QList<TimelineAside> asides;
    if (!node.message.toolCalls.isEmpty()) {
        // What its calls were answered stands with them.
        QList<Message> results;
        QList<ToolRecord> records;
        const ChatNode *below = conversation.find(node.chosen);
        while (below && below->message.role == Role::Tool) {
            results.append(below->message);
            records.append(below->toolRecord.value_or(ToolRecord()));
            below = conversation.find(below->chosen);
        }
        const CallsText text = withCalls(node.message, results);
        node.message.content = text.markdown;
        for (qsizetype i = 0; i < records.size(); ++i) {
            if (records[i].by == ToolRecord::By::Command && text.places[i] >= 0) {
                asides.append({.at = text.places[i], .record = records[i]});
            }
        }
        std::ranges::sort(asides, {}, &TimelineAside::at);
    }
    return {
        .node = node,
        .version = int(versions.indexOf(id)) + 1,
        .versions = int(versions.size()),
        .retry = m_session->retry(id),
        .passRate = versions.size() > 1 ? passRateOf(conversation, id) : PassRate(),
        .samplesLeft = m_session->samplesLeft(id),
        .asides = asides,
    };
}

void TimelineFeed::showPath()
{
    QList<TimelineEntry> entries;
    for (const QUuid id : m_session->conversation().path()) {
        if (m_session->conversation().find(id)->message.role != Role::Tool) {
            entries.append(entry(id));
        }
    }
    m_model.setPath(entries);
}

void TimelineFeed::showNode(QUuid id)
{
    if (m_session->conversation().isOnPath(id)) {
        m_model.updateEntry(entry(id));
    }
}

} // namespace Lorikeet
