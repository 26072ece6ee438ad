// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/toolseditor.h"

#include <QtConcurrentRun>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int typingPause = 200; ///< ms
constexpr int mostRounds = 50;

/// Something to begin with.
const QString sample = uR"([
  {
    "name": "get_weather",
    "description": "The weather of a city.",
    "parameters": {
      "type": "object",
      "properties": {
        "city": { "type": "string" }
      },
      "required": ["city"]
    }
  }
]
)"_s;

} // namespace

ToolsEditor::ToolsEditor(QObject *parent)
    : QObject(parent)
    , m_functions(new FunctionForm(this))
{
    connect(m_functions, &FunctionForm::edited, this, &ToolsEditor::setToolsText);
    m_soon.setSingleShot(true);
    m_soon.setInterval(typingPause);
    connect(&m_soon, &QTimer::timeout, this, &ToolsEditor::lookAtDraft);
}

QString ToolsEditor::names() const { return m_setup.finding().names.join(u", "_s); }

QString ToolsEditor::draftNames() const { return m_draftFinding.names.join(u", "_s); }

void ToolsEditor::setSetup(const ChatSetup &setup, const Endpoint &endpoint)
{
    const bool isNew = m_setup.set(setup.tools, setup, endpoint);
    Q_EMIT changed();
    if (isNew) {
        look();
    }
}

void ToolsEditor::apply(const ToolSetup &setup)
{
    if (m_setup.apply(setup)) {
        Q_EMIT changed();
        look();
        Q_EMIT edited();
    }
}

void ToolsEditor::setOn(bool on)
{
    ToolSetup setup = *m_setup;
    setup.isOn = on;
    if (on && setup.tools.isEmpty()) {
        setup.tools = sample;
    }
    apply(setup);
}

void ToolsEditor::setLimit(int limit)
{
    ToolSetup setup = *m_setup;
    setup.limit = std::clamp(limit, 1, mostRounds);
    apply(setup);
}

void ToolsEditor::look()
{
    m_setup.check(
        this,
        [this] {
            return QtConcurrent::run(
                &checkTools, *m_setup, m_setup.endpoint(), m_setup.parameters());
        },
        [this] { Q_EMIT findingChanged(); });
}

void ToolsEditor::edit()
{
    m_draft = *m_setup;
    if (m_draft.tools.isEmpty()) {
        m_draft.tools = sample;
    }
    m_functions->start(m_draft.tools);
    Q_EMIT textChanged();
    draftChanged();
}

void ToolsEditor::useEdited()
{
    ToolSetup setup = *m_setup;
    setup.isOn = true;
    setup.tools = m_draft.tools;
    setup.mock = m_draft.mock;
    setup.commands = m_draft.commands;
    apply(setup);
}

void ToolsEditor::setToolsText(const QString &text)
{
    m_functions->setText(text);
    write(m_draft.tools, text);
}

void ToolsEditor::setMockText(const QString &text) { write(m_draft.mock, text); }

void ToolsEditor::setCommandsText(const QString &text) { write(m_draft.commands, text); }

void ToolsEditor::write(QString &draft, const QString &text)
{
    if (draft != text) {
        draft = text;
        Q_EMIT textChanged();
        draftChanged();
    }
}

void ToolsEditor::draftChanged()
{
    m_isChecking = true;
    m_soon.start();
    Q_EMIT draftChecked();
}

void ToolsEditor::lookAtDraft()
{
    const quint64 asked = ++m_draftAsked;
    QtConcurrent::run(&checkTools, m_draft, Endpoint(), ParameterSet())
        .then(this, [this, asked](const ToolFinding &finding) {
            if (asked == m_draftAsked && !m_soon.isActive()) {
                m_draftFinding = finding;
                m_isChecking = false;
                m_functions->setFaults(finding.toolFaults);
                Q_EMIT draftChecked();
            }
        });
}

} // namespace Lorikeet
