// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tools/toolcall.h"

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

public:
    explicit CallDesk(QObject *parent);

    [[nodiscard]] int count() const { return int(m_open.size()); }

    [[nodiscard]] QString name() const;
    [[nodiscard]] QString arguments() const;

    /// Null: no chat is shown.
    void follow(ChatSession *session);

    /// What the model is told.
    Q_INVOKABLE void answer(const QString &text);
    /// Tells the model that it gets no answer to this call.
    Q_INVOKABLE void refuse();

Q_SIGNALS:
    void changed();

private:
    void look();
    void give(const QString &text, bool isError);

    QPointer<ChatSession> m_session;
    QUuid m_answer;
    QList<ToolQuestion> m_open;
};

} // namespace Lorikeet
