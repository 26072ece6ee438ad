// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "templates/shownturn.h"
#include "turnchoice.h"

#include <QList>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class ChatController;

/// A prompt that waits for the answer before it.
struct WaitingEntry
{
    Q_GADGET
    QML_VALUE_TYPE(waitingEntry)
    Q_PROPERTY(QString id MEMBER id FINAL)
    Q_PROPERTY(QString text MEMBER text FINAL)

public:
    QString id;
    QString text;

    friend bool operator==(const WaitingEntry &, const WaitingEntry &) = default;
};

/// What a composer writes for: a chat, or all lanes of a comparison.
class PromptTarget : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("A chat or a comparison")
    Q_PROPERTY(bool running READ isRunning NOTIFY runningChanged FINAL)
    Q_PROPERTY(QString draft READ draft NOTIFY draftChanged FINAL)
    Q_PROPERTY(QList<Lorikeet::WaitingEntry> waiting READ waiting NOTIFY waitingChanged FINAL)
    /// The model or adapter that the next prompt alone is asked with; empty: as it is set up.
    Q_PROPERTY(QString turnLabel READ turnLabel NOTIFY turnChanged FINAL)
    /// "1,204 / 8,192 tokens": of the model's context, how much this path and the draft take; with
    /// ≈ where the draft is guessed. Empty: not known.
    Q_PROPERTY(QString tokenMeter READ tokenMeter NOTIFY meterChanged FINAL)
    /// The same as a share of the whole; 0: not known.
    Q_PROPERTY(double contextShare READ contextShare NOTIFY meterChanged FINAL)
    Q_PROPERTY(
        QString systemPrompt READ systemPrompt WRITE setSystemPrompt NOTIFY setupChanged FINAL)
    /// Turns that are sent before the conversation.
    Q_PROPERTY(QList<Lorikeet::ShownTurn> examples READ examples NOTIFY setupChanged FINAL)
    /// How many they are, and of which template; empty: there are none.
    Q_PROPERTY(QString examplesNote READ examplesNote NOTIFY setupChanged FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] virtual bool isRunning() const = 0;
    [[nodiscard]] virtual QString draft() const = 0;
    [[nodiscard]] virtual QList<WaitingEntry> waiting() const = 0;
    [[nodiscard]] virtual QString turnLabel() const = 0;
    [[nodiscard]] virtual QString tokenMeter() const = 0;
    [[nodiscard]] virtual double contextShare() const = 0;
    [[nodiscard]] virtual QString systemPrompt() const = 0;
    virtual void setSystemPrompt(const QString &text) = 0;
    [[nodiscard]] virtual PromptExamples promptExamples() const = 0;
    virtual void setPromptExamples(const PromptExamples &examples) = 0;

    [[nodiscard]] QList<ShownTurn> examples() const
    {
        return ShownTurn::of(promptExamples().turns);
    }

    [[nodiscard]] QString examplesNote() const { return ShownTurn::note(promptExamples()); }

    /// The chats that the next prompt goes to.
    [[nodiscard]] virtual QList<ChatController *> recipients() = 0;

    /// False: it was refused, and the text is still the person's.
    Q_INVOKABLE virtual bool send(const QString &text) = 0;
    /// Puts a prompt below the last message without asking for an answer; false: it was refused.
    Q_INVOKABLE virtual bool addPrompt(const QString &text) = 0;
    Q_INVOKABLE virtual void stop() = 0;

    Q_INVOKABLE void clearExamples() { setPromptExamples({}); }

    /// Esc: a little less than stop(), where there is something less.
    Q_INVOKABLE virtual void interrupt() { stop(); }

    Q_INVOKABLE virtual void setDraft(const QString &text) = 0;
    /// For the next prompt alone.
    Q_INVOKABLE virtual void setTurn(const Lorikeet::TurnChoice &choice) = 0;
    Q_INVOKABLE virtual void clearTurn() = 0;
    Q_INVOKABLE virtual void editPrompt(const QString &nodeId, const QString &text) = 0;
    Q_INVOKABLE virtual void sendWaiting() = 0;
    Q_INVOKABLE virtual void editWaiting(const QString &id, const QString &text) = 0;
    Q_INVOKABLE virtual void removeWaiting(const QString &id) = 0;
    /// The id of the last prompt shown, empty where there is none; for Up in an empty composer.
    Q_INVOKABLE [[nodiscard]] virtual QString lastPrompt() const = 0;
    /// The prompt before (-1) or after `current` in this conversation; `current` itself at the
    /// ends.
    Q_INVOKABLE virtual QString historyStep(int step, const QString &current) = 0;
    /// What a message says, as its author wrote it.
    Q_INVOKABLE [[nodiscard]] virtual QString textOf(const QString &nodeId) const = 0;

Q_SIGNALS:
    /// Another conversation, with another draft.
    void sessionChanged();
    void runningChanged();
    void draftChanged();
    void waitingChanged();
    void turnChanged();
    void meterChanged();
    void setupChanged();
    /// A person sent something, so that an answer is on its way.
    void asked();
    /// This prompt is to be edited.
    void editWanted(const QString &nodeId);
    void failed(const QString &sentence);
};

} // namespace Lorikeet
