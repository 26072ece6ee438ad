// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/calldesk.h"

#include "chat/chatsession.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

CallDesk::CallDesk(QObject *parent)
    : QObject(parent)
{ }

QString CallDesk::name() const
{
    return m_open.isEmpty() ? QString() : m_open.constFirst().question.call.name;
}

QString CallDesk::arguments() const
{
    return m_open.isEmpty() ? QString() : indentedJson(m_open.constFirst().question.arguments);
}

QString CallDesk::command() const
{
    QStringList words = m_open.value(0).command;
    for (QString &word : words) {
        if (word.isEmpty() || std::ranges::any_of(word, [](QChar c) { return c.isSpace(); })) {
            word = u'"' + word + u'"';
        }
    }
    return words.join(u' ');
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
        connect(session, &ChatSession::runningChanged, this, &CallDesk::look);
    }
    look();
}

QString CallDesk::callInSight() const
{
    return m_open.isEmpty() ? QString()
                            : m_answer.toString() + m_open.constFirst().question.call.id;
}

void CallDesk::setDraft(const QString &text)
{
    if (!m_open.isEmpty() && draft() != text) {
        m_drafts.insert(callInSight(), text);
        Q_EMIT draftChanged();
    }
}

void CallDesk::look()
{
    const QString before = callInSight();
    m_answer = m_session ? m_session->conversation().leaf() : QUuid();
    m_open = m_session ? m_session->openCalls(m_answer) : QList<HeldCall>();
    m_left.clear();
    if (m_session && m_session->canTakeUpCalls(m_answer)) {
        QStringList names;
        for (const ToolCall &call : m_session->conversation().find(m_answer)->message.toolCalls) {
            names.append(call.name);
        }
        names.removeDuplicates();
        m_left = names.join(u", "_s);
    }
    Q_EMIT changed();
    if (callInSight() != before) {
        Q_EMIT draftChanged();
    }
}

void CallDesk::answer(const QString &text) { give(text, false); }

void CallDesk::refuse() { give(u"The user gave no answer to this call."_s, true); }

void CallDesk::run(bool always)
{
    if (m_session && !m_open.isEmpty()) {
        m_session->runCall(m_answer, m_open.constFirst().question.call.id, always);
    }
}

void CallDesk::stopCommand()
{
    if (m_session && !m_open.isEmpty()) {
        m_session->stopCall(m_answer, m_open.constFirst().question.call.id);
    }
}

void CallDesk::takeUp()
{
    if (m_session) {
        m_session->takeUpCalls(m_answer);
    }
}

void CallDesk::give(const QString &text, bool isError)
{
    if (m_session && !m_open.isEmpty()) {
        m_drafts.remove(callInSight());
        m_session->answerCall(m_answer, m_open.constFirst().question.call.id, text, isError);
    }
}

} // namespace Lorikeet
