// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templateeditor.h"

#include "store/tomljson.h"
#include "templates/promptlibrary.h"
#include "templates/valuetext.h"

#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString parameterLine(const QString &name, const QJsonValue &value)
{
    if (value.isDouble() || value.isBool()) {
        return u"%1 = %2"_s.arg(name, valueToText(value));
    }
    return QString::fromUtf8(tomlFromJson({{name, value}})).trimmed();
}

} // namespace

TemplateEditor::TemplateEditor(PromptLibrary &library, QObject *parent)
    : ListModel(parent)
    , m_library(library)
    , m_turns(nullptr)
{
    connect(&m_turns, &TemplateTurns::edited, this, &TemplateEditor::edited);
    check();
}

int TemplateEditor::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant TemplateEditor::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const TemplateVariable &variable = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return variable.name;
    case DescriptionRole:
        return variable.description;
    case DefaultRole:
        return variable.fallback ? valueToText(*variable.fallback) : QString();
    default:
        return {};
    }
}

QHash<int, QByteArray> TemplateEditor::roleNames() const
{
    return {{NameRole, "name"}, {DescriptionRole, "description"}, {DefaultRole, "defaultText"}};
}

Result<ParameterSet> TemplateEditor::readParameters() const
{
    const Result<QJsonObject> object
        = jsonFromToml(m_parameters.toUtf8(), tr("The list of parameters"));
    if (!object) {
        return Failure(object.error());
    }
    ParameterSet parameters;
    for (auto it = object->begin(); it != object->end(); ++it) {
        parameters.insert(it.key(), it.value());
    }
    return parameters;
}

PromptTemplate TemplateEditor::prompt() const
{
    PromptTemplate prompt{.name = m_name.trimmed(),
        .description = m_description,
        .messages = m_turns.turns(),
        .parameters = readParameters().value_or(ParameterSet())};
    if (!m_system.trimmed().isEmpty()) {
        prompt.messages.prepend({.role = Lorikeet::Role::System, .text = m_system});
    }
    prompt.messages.append({.role = Lorikeet::Role::User, .text = m_question});
    for (const TemplateVariable &variable : m_rows) {
        if (!variable.description.isEmpty() || variable.fallback) {
            prompt.variables.append(variable);
        }
    }
    std::ranges::sort(prompt.variables, {}, &TemplateVariable::name);
    return prompt;
}

void TemplateEditor::show(const PromptTemplate &prompt)
{
    m_name = prompt.name;
    m_description = prompt.description;
    QList<TemplateMessage> turns = prompt.messages;
    m_question = turns.isEmpty() ? QString() : turns.takeLast().text;
    const bool hasSystem = !turns.isEmpty() && turns.constFirst().role == Lorikeet::Role::System;
    m_system = hasSystem ? turns.takeFirst().text : QString();
    QStringList parameters;
    for (const auto &[name, value] : prompt.parameters.asKeyValueRange()) {
        parameters.append(parameterLine(name, value));
    }
    m_parameters = parameters.join(u'\n');
    m_told.clear();
    for (const TemplateVariable &variable : prompt.variables) {
        m_told.insert(variable.name, variable);
    }
    m_turns.setTurns(turns);
    check();
    m_shown = this->prompt();
    Q_EMIT textChanged();
}

/// Which variables the texts have now, and whether they are templates at all.
void TemplateEditor::check()
{
    PromptTemplate bare = prompt();
    bare.variables.clear();
    const Result<QList<VariableField>> fields = fieldsOf(bare);
    const Result<ParameterSet> parameters = readParameters();
    if (fields) {
        QList<TemplateVariable> rows;
        for (const VariableField &field : *fields) {
            rows.append(m_told.value(field.variable.name, field.variable));
        }
        update(m_rows, rows, [](const TemplateVariable &variable) { return variable.name; });
        Q_EMIT rowsChanged();
    }
    m_problem = !fields                  ? fields.error().message
        : !parameters                    ? parameters.error().message
        : m_question.trimmed().isEmpty() ? tr("It has no prompt yet.")
        : std::ranges::any_of(m_turns.turns(),
              [](const TemplateMessage &turn) { return turn.text.trimmed().isEmpty(); })
        ? tr("One of its examples has no text yet.")
        : bare.name.isEmpty() ? tr("Give it a name.")
                              : QString();
}

void TemplateEditor::edited()
{
    check();
    Q_EMIT textChanged();
}

void TemplateEditor::setName(const QString &name)
{
    if (m_name != name) {
        m_name = name;
        edited();
    }
}

void TemplateEditor::setDescription(const QString &description)
{
    if (m_description != description) {
        m_description = description;
        edited();
    }
}

void TemplateEditor::setSystem(const QString &system)
{
    if (m_system != system) {
        m_system = system;
        edited();
    }
}

void TemplateEditor::setQuestion(const QString &question)
{
    if (m_question != question) {
        m_question = question;
        edited();
    }
}

void TemplateEditor::setParameters(const QString &parameters)
{
    if (m_parameters != parameters) {
        m_parameters = parameters;
        edited();
    }
}

void TemplateEditor::setVariableDescription(int row, const QString &description)
{
    if (row >= 0 && row < count() && m_rows[row].description != description) {
        m_rows[row].description = description;
        m_told.insert(m_rows[row].name, m_rows[row]);
        Q_EMIT dataChanged(index(row), index(row), {DescriptionRole});
        edited();
    }
}

void TemplateEditor::setVariableDefault(int row, const QString &text)
{
    if (row < 0 || row >= count()) {
        return;
    }
    m_rows[row].fallback = text.isEmpty() ? std::nullopt : std::optional(valueFromJsonText(text));
    m_told.insert(m_rows[row].name, m_rows[row]);
    edited();
}

QString TemplateEditor::note() const
{
    const QString name = m_name.trimmed();
    return name != m_kept.name && m_library.find(name)
        ? tr("There is a “%1” already; this will be its newest version.").arg(name)
        : QString();
}

bool TemplateEditor::isDirty() const
{
    return readParameters() ? prompt() != m_kept && !isBlank() : true;
}

bool TemplateEditor::isEdited() const { return isDirty() && prompt() != m_shown; }

bool TemplateEditor::isBlank() const
{
    return m_name.isEmpty() && m_question.isEmpty() && m_system.isEmpty() && m_description.isEmpty()
        && m_turns.count() == 0;
}

QStringList TemplateEditor::versions() const
{
    QStringList texts;
    for (const StoredTemplate &stored : m_versions) {
        texts.append(tr("Version %1, %2")
                .arg(stored.version)
                .arg(QLocale().toString(stored.created.toLocalTime(), QLocale::ShortFormat)));
    }
    return texts;
}

bool TemplateEditor::holdBack(const Waiting &wanted)
{
    if (!isEdited()) {
        return false;
    }
    m_waiting = wanted;
    Q_EMIT waitingChanged();
    return true;
}

void TemplateEditor::startWith(const PromptTemplate &prompt)
{
    if (!holdBack({.name = {}, .fresh = prompt})) {
        begin(prompt);
    }
}

void TemplateEditor::clear() { begin({}); }

void TemplateEditor::begin(const PromptTemplate &prompt)
{
    m_kept = {};
    m_versions.clear();
    m_version = -1;
    m_waiting.reset();
    ++m_reading;
    show(prompt);
    Q_EMIT versionsChanged();
    Q_EMIT waitingChanged();
}

void TemplateEditor::load(const QString &name)
{
    const bool isThis = !name.isEmpty() && name == m_kept.name;
    if (isThis ? isEdited() : holdBack({.name = name, .fresh = {}})) {
        return;
    }
    const int reading = ++m_reading;
    m_library.versions(name).then(
        this, [this, reading](const Result<QList<StoredTemplate>> &versions) {
            if (reading != m_reading) {
                return;
            }
            if (!versions) {
                Q_EMIT failed(versions.error().message);
                return;
            }
            begin(versions->constFirst().prompt);
            m_kept = m_shown;
            m_versions = *versions;
            m_version = 0;
            Q_EMIT versionsChanged();
            Q_EMIT textChanged();
        });
}

void TemplateEditor::showVersion(int index)
{
    if (index < 0 || index >= m_versions.size()) {
        return;
    }
    m_version = index;
    show(m_versions[index].prompt);
    Q_EMIT versionsChanged();
}

void TemplateEditor::save()
{
    if (!m_problem.isEmpty()) {
        return;
    }
    const PromptTemplate saved = prompt();
    m_library.save(saved).then(this, [this, saved](const Result<int> &version) {
        if (!version) {
            Q_EMIT failed(version.error().message);
            return;
        }
        noteSaved(saved);
    });
}

void TemplateEditor::noteSaved(const PromptTemplate &prompt)
{
    m_kept = prompt;
    m_shown = prompt;
    readVersions();
    Q_EMIT textChanged();
    showWaiting();
}

void TemplateEditor::readVersions()
{
    const QString name = m_kept.name;
    m_library.versions(name).then(
        this, [this, name](const Result<QList<StoredTemplate>> &versions) {
            if (versions && name == m_kept.name) {
                m_versions = *versions;
                m_version = 0;
                Q_EMIT versionsChanged();
            }
        });
}

void TemplateEditor::discard()
{
    show(m_shown);
    showWaiting();
}

void TemplateEditor::showWaiting()
{
    if (const std::optional<Waiting> waiting = std::exchange(m_waiting, {})) {
        Q_EMIT waitingChanged();
        if (waiting->name.isEmpty()) {
            begin(waiting->fresh);
        } else {
            load(waiting->name);
        }
    }
}

} // namespace Lorikeet
