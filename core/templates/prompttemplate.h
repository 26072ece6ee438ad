// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/message.h"
#include "model/parameters.h"
#include "model/promptexamples.h"

#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Lorikeet {

/// What a template says of one of its variables.
struct TemplateVariable
{
    QString name;
    QString description; ///< for a person who fills it in
    std::optional<QJsonValue> fallback; ///< what it is where it is not set

    friend bool operator==(const TemplateVariable &, const TemplateVariable &) = default;
};

/// A message of a template; its text is in the subset of Jinja that core/templates/README.md tells.
struct TemplateMessage
{
    Role role = Role::User;
    QString text;

    friend bool operator==(const TemplateMessage &, const TemplateMessage &) = default;
};

/// A prompt to be used again, with places to fill in. A value.
struct PromptTemplate
{
    QString name;
    QString description;
    QList<TemplateMessage> messages;
    QList<TemplateVariable> variables; ///< those of which there is something to say
    ParameterSet parameters; ///< sent with it, by the server's own names

    friend bool operator==(const PromptTemplate &, const PromptTemplate &) = default;
};

/// A variable as one who fills in the template needs to know it.
struct VariableField
{
    TemplateVariable variable;
    bool isRequired = true; ///< it has no value by itself, and the template needs one

    friend bool operator==(const VariableField &, const VariableField &) = default;
};

/// What a template becomes.
struct RenderedPrompt
{
    QList<Message> messages; ///< none is blank; the last is the user's
    ParameterSet parameters;

    friend bool operator==(const RenderedPrompt &, const RenderedPrompt &) = default;
};

/// All variables of a template, in the order of their first use. Fails where a text is no template,
/// uses what of Jinja is not supported, or a variable is described that nowhere is used; the
/// sentence names that and the line.
[[nodiscard]] Result<QList<VariableField>> fieldsOf(const PromptTemplate &prompt);

/// What a person typed, or a table holds, as the value of a variable: of a number or truth value
/// where what it falls back to is one, else the text. Fails where that cannot be.
[[nodiscard]] Result<QJsonValue> valueFromText(
    const TemplateVariable &variable, const QString &text);

/// Of a row of a table what a template with these fields takes, each as valueFromText() has it.
[[nodiscard]] Result<QJsonObject> valuesFromRow(
    const QList<VariableField> &fields, const QJsonObject &row);

/// Fills it in. Fails, before anything is made, where variables are missing, or there are values
/// for some that it does not have; the sentence names all of them.
[[nodiscard]] Result<RenderedPrompt> render(
    const PromptTemplate &prompt, const QJsonObject &values);

/// Its messages as they are written, with the places that are to be filled in.
[[nodiscard]] QList<Message> rawMessages(const PromptTemplate &prompt);

/// The turns of a conversation before the question, behind the system message: examples of what is
/// wanted.
[[nodiscard]] QList<ExampleTurn> examplesIn(const QList<Message> &messages);

/// The system message in place of those that are there; an empty one changes nothing.
void replaceSystem(QList<Message> &messages, const QString &system);

/// What one who is asked has of his own goes before what a template says: `own` has a system
/// message and examples, in place of those that are there, or nothing in place of them.
void replaceSetting(QList<Message> &messages, const QList<Message> &own);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::PromptTemplate)
