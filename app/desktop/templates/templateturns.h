// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "templates/prompttemplate.h"

#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// The turns of a template before its prompt, being written: examples of what is wanted.
class TemplateTurns final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    /// Who may say one.
    Q_PROPERTY(QStringList speakers READ speakers CONSTANT FINAL)

public:
    enum Role {
        SpeakerRole = Qt::UserRole + 1, ///< index in speakers()
        TextRole,
    };

    explicit TemplateTurns(QObject *parent);

    [[nodiscard]] int count() const { return int(m_turns.size()); }

    [[nodiscard]] static QStringList speakers();

    [[nodiscard]] const QList<TemplateMessage> &turns() const { return m_turns; }

    void setTurns(const QList<TemplateMessage> &turns);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// What a user says, and an assistant to that, behind all others.
    Q_INVOKABLE void addPair();
    Q_INVOKABLE void setSpeaker(int row, int speaker);
    Q_INVOKABLE void setText(int row, const QString &text);
    Q_INVOKABLE void move(int row, int by);
    Q_INVOKABLE void remove(int row);

Q_SIGNALS:
    void changed();
    /// By a person.
    void edited();
    /// This row is what a person goes on with; -1: the last one was taken out.
    void wanted(int row);

private:
    void tell();

    QList<TemplateMessage> m_turns;
};

} // namespace Lorikeet
