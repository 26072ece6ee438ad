// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "checkedsetup.h"
#include "tools/functionform.h"
#include "tools/toolcheck.h"

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// Whether the next answer may call functions, which, and what is told of them before it is asked;
/// and these functions while a person writes them, checked as they are typed.
class ToolsEditor final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(bool on READ isOn WRITE setOn NOTIFY changed FINAL)
    Q_PROPERTY(int limit READ limit WRITE setLimit NOTIFY changed FINAL)
    /// The functions' names, as a list to read.
    Q_PROPERTY(QString names READ names NOTIFY findingChanged FINAL)
    /// Calls are answered by what was written down, as far as that goes.
    Q_PROPERTY(bool mocked READ isMocked NOTIFY changed FINAL)
    /// Calls are answered by local commands, as far as there are some and each is allowed.
    Q_PROPERTY(bool commanded READ isCommanded NOTIFY changed FINAL)
    /// Why they cannot be sent; empty: they can, or are off.
    Q_PROPERTY(QString problem READ problem NOTIFY findingChanged FINAL)
    /// What the endpoint's dialect cannot say, told before anything is sent.
    Q_PROPERTY(QStringList notes READ notes NOTIFY findingChanged FINAL)

    // The texts that are being written.
    Q_PROPERTY(QString toolsText READ toolsText WRITE setToolsText NOTIFY textChanged FINAL)
    Q_PROPERTY(QString mockText READ mockText WRITE setMockText NOTIFY textChanged FINAL)
    Q_PROPERTY(
        QString commandsText READ commandsText WRITE setCommandsText NOTIFY textChanged FINAL)
    /// What was typed last is not checked yet.
    Q_PROPERTY(bool checking READ isChecking NOTIFY draftChecked FINAL)
    /// The functions written; empty: they cannot be read.
    Q_PROPERTY(QString draftNames READ draftNames NOTIFY draftChecked FINAL)
    Q_PROPERTY(QString toolsProblem READ toolsProblem NOTIFY draftChecked FINAL)
    /// Of the problem, counted from 1; 0: no one place.
    Q_PROPERTY(int toolsLine READ toolsLine NOTIFY draftChecked FINAL)
    /// Likewise, in the text; -1: no one place.
    Q_PROPERTY(int toolsPlace READ toolsPlace NOTIFY draftChecked FINAL)
    Q_PROPERTY(QString mockProblem READ mockProblem NOTIFY draftChecked FINAL)
    Q_PROPERTY(int mockLine READ mockLine NOTIFY draftChecked FINAL)
    /// The functions as a form, always in step with their text.
    Q_PROPERTY(Lorikeet::FunctionForm *functions READ functions CONSTANT FINAL)
    Q_PROPERTY(QString commandsProblem READ commandsProblem NOTIFY draftChecked FINAL)
    Q_PROPERTY(int commandsLine READ commandsLine NOTIFY draftChecked FINAL)

public:
    explicit ToolsEditor(QObject *parent);

    [[nodiscard]] bool isOn() const { return m_setup->isOn; }

    void setOn(bool on);

    [[nodiscard]] int limit() const { return m_setup->limit; }

    void setLimit(int limit);

    [[nodiscard]] QString names() const;

    [[nodiscard]] bool isMocked() const { return !m_setup->mock.trimmed().isEmpty(); }

    [[nodiscard]] bool isCommanded() const { return !m_setup->commands.trimmed().isEmpty(); }

    [[nodiscard]] QString problem() const { return m_setup.finding().problem(); }

    [[nodiscard]] QStringList notes() const { return m_setup.finding().notes; }

    [[nodiscard]] QString toolsText() const { return m_draft.tools; }

    void setToolsText(const QString &text);

    [[nodiscard]] QString mockText() const { return m_draft.mock; }

    void setMockText(const QString &text);

    [[nodiscard]] QString commandsText() const { return m_draft.commands; }

    void setCommandsText(const QString &text);

    [[nodiscard]] FunctionForm *functions() { return m_functions; }

    /// Of the first fault in that text; -1: there is none.
    [[nodiscard]] int toolsPlace() const { return int(m_draftFinding.tools.place); }

    [[nodiscard]] bool isChecking() const { return m_isChecking; }

    [[nodiscard]] QString draftNames() const;

    [[nodiscard]] QString toolsProblem() const { return m_draftFinding.tools.sentence; }

    [[nodiscard]] int toolsLine() const { return m_draftFinding.tools.line; }

    [[nodiscard]] QString mockProblem() const { return m_draftFinding.mock.sentence; }

    [[nodiscard]] int mockLine() const { return m_draftFinding.mock.line; }

    [[nodiscard]] QString commandsProblem() const { return m_draftFinding.commands.sentence; }

    [[nodiscard]] int commandsLine() const { return m_draftFinding.commands.line; }

    /// What a chat says, and whom it asks.
    void setSetup(const ChatSetup &setup, const Endpoint &endpoint);

    /// What a person made of it; nothing: there never were tools.
    [[nodiscard]] std::optional<ToolSetup> tools() const { return m_setup.part(); }

    /// Begins to write with what there is.
    Q_INVOKABLE void edit();
    /// Takes what was written.
    Q_INVOKABLE void useEdited();

Q_SIGNALS:
    void changed();
    void findingChanged();
    void textChanged();
    void draftChecked();
    /// By a person.
    void edited();

private:
    void apply(const ToolSetup &setup);
    void look();
    void write(QString &draft, const QString &text);
    void draftChanged();
    void lookAtDraft();

    CheckedSetup<ToolSetup, ToolFinding> m_setup;
    ToolSetup m_draft;
    ToolFinding m_draftFinding;
    FunctionForm *m_functions;
    QTimer m_soon;
    bool m_isChecking = false;
    quint64 m_draftAsked = 0;
};

} // namespace Lorikeet
