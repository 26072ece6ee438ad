// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/heldcall.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QUuid>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class ChatSession;

/// The call of the answer in sight that waits for the person, one after the other.
class CallDesk final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    /// How many wait; 0: none.
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    /// The function that is called.
    Q_PROPERTY(QString name READ name NOTIFY changed FINAL)
    /// As JSON, on lines of its own.
    Q_PROPERTY(QString arguments READ arguments NOTIFY changed FINAL)
    /// The local command that could answer it, its words as they are; empty: there is none.
    Q_PROPERTY(QString command READ command NOTIFY changed FINAL)
    /// What is being written as its answer. It stays with the call while another is in sight.
    Q_PROPERTY(QString draft READ draft WRITE setDraft NOTIFY draftChanged FINAL)
    Q_PROPERTY(bool running READ isRunning NOTIFY changed FINAL)
    /// Why the command did not run.
    Q_PROPERTY(QString problem READ problem NOTIFY changed FINAL)
    /// What the answer in sight calls and nobody is asked to answer, since it was stopped or the
    /// program closed; empty: nothing.
    Q_PROPERTY(QString left READ left NOTIFY changed FINAL)

public:
    explicit CallDesk(QObject *parent);

    [[nodiscard]] int count() const { return int(m_open.size()); }

    [[nodiscard]] QString name() const;
    [[nodiscard]] QString arguments() const;
    [[nodiscard]] QString command() const;

    [[nodiscard]] QString draft() const { return m_drafts.value(callInSight()); }

    void setDraft(const QString &text);

    [[nodiscard]] bool isRunning() const
    {
        return !m_open.isEmpty() && m_open.constFirst().isRunning;
    }

    [[nodiscard]] QString problem() const { return m_open.value(0).problem; }

    [[nodiscard]] QString left() const { return m_left; }

    /// Null: no chat is shown.
    void follow(ChatSession *session);

    /// What the model is told.
    Q_INVOKABLE void answer(const QString &text);
    /// Tells the model that it gets no answer to this call.
    Q_INVOKABLE void refuse();
    /// Lets the command run; `always`: and that command each time, until the chat is closed.
    Q_INVOKABLE void run(bool always);
    /// Kills it; the call waits again.
    Q_INVOKABLE void stopCommand();
    /// Goes on with what was left.
    Q_INVOKABLE void takeUp();

Q_SIGNALS:
    void changed();
    void draftChanged();

private:
    /// The answer and the id of its call; empty: none waits.
    [[nodiscard]] QString callInSight() const;
    void look();
    void give(const QString &text, bool isError);

    QPointer<ChatSession> m_session;
    QUuid m_answer;
    QList<HeldCall> m_open;
    QString m_left;
    QHash<QString, QString> m_drafts; ///< by callInSight()
};

} // namespace Lorikeet
