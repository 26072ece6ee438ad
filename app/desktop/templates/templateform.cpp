// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templateform.h"

#include "base/invalidrequest.h"
#include "chatcontroller.h"
#include "templates/promptlibrary.h"
#include "templates/valuetext.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString initialText(const TemplateVariable &variable)
{
    const QJsonValue fallback = variable.fallback.value_or(QJsonValue(QString()));
    return fallback.isString() ? fallback.toString() : valueToText(fallback);
}

/// The value of a variable for which something was typed.
Result<QJsonValue> typedValue(const TemplateVariable &variable, const QString &text)
{
    const QJsonValue fallback = variable.fallback.value_or(QJsonValue());
    if (!fallback.isArray() && !fallback.isObject()) {
        return valueFromText(variable, text);
    }
    const QJsonValue value = valueFromJsonText(text);
    if (value.type() != fallback.type()) {
        return invalidRequest(
            (fallback.isArray() ? TemplateForm::tr("“%1” is a list, written as JSON, not “%2”.")
                                : TemplateForm::tr("“%1” is a map, written as JSON, not “%2”."))
                .arg(variable.name, text));
    }
    return value;
}

} // namespace

TemplateForm::TemplateForm(const PromptLibrary &library, QObject *parent)
    : ListModel(parent)
    , m_library(library)
{ }

int TemplateForm::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant TemplateForm::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return row.field.variable.name;
    case DescriptionRole:
        return row.field.variable.description;
    case ValueRole:
        return row.text;
    case RequiredRole:
        return row.field.isRequired;
    default:
        return {};
    }
}

QHash<int, QByteArray> TemplateForm::roleNames() const
{
    return {{NameRole, "name"}, {DescriptionRole, "description"}, {ValueRole, "valueText"},
        {RequiredRole, "needed"}};
}

QString TemplateForm::brings() const
{
    QStringList parts;
    if (!m_prompt.messages.isEmpty()
        && m_prompt.messages.constFirst().role == Lorikeet::Role::System) {
        parts.append(tr("the system prompt"));
    }
    if (!m_examples.isEmpty()) {
        parts.append(tr("%n turns as examples", nullptr, int(m_examples.size())));
    }
    for (const auto &[name, value] : m_prompt.parameters.asKeyValueRange()) {
        parts.append(u"%1 = %2"_s.arg(name, valueToText(value)));
    }
    return parts.isEmpty() ? QString() : tr("It sets %1.").arg(parts.join(u", "_s));
}

void TemplateForm::begin(const QString &name, PromptTarget *target)
{
    const std::optional<StoredTemplate> stored = m_library.find(name);
    if (stored && target) {
        begin(*stored, *target);
    }
}

void TemplateForm::begin(const StoredTemplate &stored, PromptTarget &target)
{
    const Result<QList<VariableField>> fields = fieldsOf(stored.prompt);
    if (!fields) {
        Q_EMIT failed(fields.error().message);
        return;
    }
    beginResetModel();
    m_prompt = stored.prompt;
    m_version = stored.version;
    m_target = &target;
    m_rows.clear();
    for (const VariableField &field : *fields) {
        const QString initial = initialText(field.variable);
        m_rows.append({.field = field, .initial = initial, .text = initial});
    }
    endResetModel();
    check();
    Q_EMIT begun();
    if (m_rows.isEmpty()) {
        apply();
    } else {
        Q_EMIT wanted();
    }
}

void TemplateForm::setValue(int row, const QString &text)
{
    if (row >= 0 && row < m_rows.size() && m_rows[row].text != text) {
        m_rows[row].text = text;
        Q_EMIT dataChanged(index(row), index(row), {ValueRole});
        check();
    }
}

Result<QJsonObject> TemplateForm::values() const
{
    QJsonObject values;
    for (const Row &row : m_rows) {
        // What was not touched is what the template has by itself, or is missing.
        if (row.text == row.initial) {
            continue;
        }
        const Result<QJsonValue> value = typedValue(row.field.variable, row.text);
        if (!value) {
            return Failure(value.error());
        }
        values.insert(row.field.variable.name, *value);
    }
    return values;
}

Result<RenderedPrompt> TemplateForm::rendered() const
{
    const Result<QJsonObject> values = this->values();
    return values ? render(m_prompt, *values) : Result<RenderedPrompt>(Failure(values.error()));
}

void TemplateForm::check()
{
    const Result<RenderedPrompt> made = rendered();
    m_problem = made ? QString() : made.error().message;
    m_preview = made ? made->messages.constLast().content : m_prompt.messages.constLast().text;
    m_examples = ShownTurn::of(examplesIn(made ? made->messages : rawMessages(m_prompt)));
    Q_EMIT valuesChanged();
}

void TemplateForm::apply()
{
    const Result<RenderedPrompt> made = rendered();
    if (!made) {
        Q_EMIT failed(made.error().message);
        return;
    }
    if (!m_target) {
        return;
    }
    forget();
    m_appliedTo = m_target;
    m_draftBefore = m_target->draft();
    const bool hadExamples = std::ranges::any_of(m_target->recipients(),
        [](const ChatController *chat) { return !chat->setup().examples.turns.isEmpty(); });
    setUp(*made);
    Q_EMIT filled(m_target, made->messages.constLast().content);
    const QString sets = brings();
    m_applied = tr("From “%1”, version %2.").arg(m_prompt.name).arg(m_version)
        + (sets.isEmpty() ? QString() : u' ' + sets)
        + (hadExamples && m_examples.isEmpty()
                ? u' ' + tr("The examples that were there are taken out.")
                : QString());
    // Once it was sent it cannot be taken back, and another conversation has another prompt.
    connect(m_target, &PromptTarget::asked, this, &TemplateForm::dismiss);
    connect(m_target, &PromptTarget::sessionChanged, this, &TemplateForm::dismiss);
    Q_EMIT appliedChanged();
}

/// System prompt, examples and parameters of all that are asked.
void TemplateForm::setUp(const RenderedPrompt &rendered)
{
    const Message &first = rendered.messages.constFirst();
    const QList<ExampleTurn> examples = examplesIn(rendered.messages);
    for (ChatController *chat : m_target->recipients()) {
        ChatSetup setup = chat->setup();
        m_before.append({chat, setup.systemPrompt, setup.examples, setup.parameters});
        if (first.role == Lorikeet::Role::System) {
            setup.systemPrompt = first.content;
        }
        // Those of another template would say something else; nobody writes any by hand.
        setup.examples = examples.isEmpty()
            ? PromptExamples()
            : PromptExamples{.turns = examples, .source = m_prompt.name, .version = m_version};
        for (const auto &[name, value] : rendered.parameters.asKeyValueRange()) {
            setup.parameters.insert(name, value);
        }
        chat->setSetup(setup);
    }
}

void TemplateForm::undo()
{
    for (const Before &before : std::as_const(m_before)) {
        if (before.chat) {
            ChatSetup setup = before.chat->setup();
            setup.systemPrompt = before.systemPrompt;
            setup.examples = before.examples;
            setup.parameters = before.parameters;
            before.chat->setSetup(setup);
        }
    }
    if (m_appliedTo) {
        Q_EMIT filled(m_appliedTo, m_draftBefore);
    }
    dismiss();
}

void TemplateForm::dismiss()
{
    forget();
    Q_EMIT appliedChanged();
}

void TemplateForm::forget()
{
    if (m_appliedTo) {
        m_appliedTo->disconnect(this);
    }
    m_appliedTo.clear();
    m_applied.clear();
    m_before.clear();
    m_draftBefore.clear();
}

} // namespace Lorikeet
