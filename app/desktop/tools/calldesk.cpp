// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/calldesk.h"

#include "chat/chatsession.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

CallDesk::CallDesk(QObject *parent)
    : QObject(parent)
{ }

QString CallDesk::name() const
{
    return m_open.isEmpty() ? QString() : m_open.constFirst().call.name;
}

QString CallDesk::arguments() const
{
    return m_open.isEmpty() ? QString() : indentedJson(m_open.constFirst().arguments);
}

void CallDesk::follow(ChatSession *session)
{
    if (m_session) {
        m_session->disconnect(this);
    }
    m_session = session;
    if (session) {
        connect(session, &ChatSession::callsChanged, this, &CallDesk::look);
        connect(session, &ChatSession::pathChanged, this, &CallDesk::look);
    }
    look();
}

void CallDesk::look()
{
    m_answer = m_session ? m_session->conversation().leaf() : QUuid();
    m_open = m_session ? m_session->openCalls(m_answer) : QList<ToolQuestion>();
    Q_EMIT changed();
}

void CallDesk::answer(const QString &text) { give(text, false); }

void CallDesk::refuse() { give(u"The user gave no answer to this call."_s, true); }

void CallDesk::give(const QString &text, bool isError)
{
    if (m_session && !m_open.isEmpty()) {
        m_session->answerCall(m_answer, m_open.constFirst().call.id, text, isError);
    }
}

} // namespace Lorikeet
