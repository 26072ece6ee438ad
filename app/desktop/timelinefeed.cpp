// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timelinefeed.h"

#include "chat/chatsession.h"

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
    const QList<QUuid> versions = m_session->conversation().siblings(id);
    return {
        .node = *m_session->conversation().find(id),
        .version = int(versions.indexOf(id)) + 1,
        .versions = int(versions.size()),
        .retry = m_session->retry(id),
    };
}

void TimelineFeed::showPath()
{
    QList<TimelineEntry> entries;
    for (const QUuid id : m_session->conversation().path()) {
        entries.append(entry(id));
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
