// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/prompttemplate.h"

#include "base/invalidrequest.h"
#include "templates/templateparser.h"
#include "templates/templaterenderer.h"
#include "templates/templatevariables.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString nameOf(const PromptTemplate &prompt)
{
    return prompt.name.isEmpty() ? u"The template"_s : u"“%1”"_s.arg(prompt.name);
}

QString placeOf(const PromptTemplate &prompt, const TemplateMessage &message)
{
    return prompt.messages.size() == 1
        ? nameOf(prompt)
        : u"%1, %2 message"_s.arg(nameOf(prompt), toWord(message.role));
}

const TemplateVariable *described(const PromptTemplate &prompt, const QString &name)
{
    const auto found = std::ranges::find(prompt.variables, name, &TemplateVariable::name);
    return found == prompt.variables.end() ? nullptr : &*found;
}

QString listed(const QStringList &names)
{
    QStringList quoted;
    for (const QString &name : names) {
        quoted.append(u"“%1”"_s.arg(name));
    }
    const QString last = quoted.takeLast();
    return quoted.isEmpty() ? last : quoted.join(u", "_s) + u" and "_s + last;
}

/// Which values are missing, and which nobody asked for; empty where all is well.
QString valueProblem(
    const PromptTemplate &prompt, const QList<VariableField> &fields, const QJsonObject &values)
{
    QStringList missing;
    QStringList known;
    for (const VariableField &field : fields) {
        known.append(field.variable.name);
        if (field.isRequired && !values.contains(field.variable.name)) {
            missing.append(field.variable.name);
        }
    }
    QStringList surplus;
    for (const QString &name : values.keys()) {
        if (!known.contains(name)) {
            surplus.append(name);
        }
    }
    QStringList sentences;
    if (!missing.isEmpty()) {
        sentences.append(u"%1 needs a value for %2."_s.arg(nameOf(prompt), listed(missing)));
    }
    if (!surplus.isEmpty()) {
        sentences.append(u"%1 has no variable %2; it has %3."_s.arg(
            nameOf(prompt), listed(surplus), known.isEmpty() ? u"none"_s : listed(known)));
    }
    return sentences.join(u' ');
}

Result<QList<TemplateBlock>> parseAll(const PromptTemplate &prompt)
{
    QList<TemplateBlock> blocks;
    for (const TemplateMessage &message : prompt.messages) {
        Result<TemplateBlock> block = parseTemplate(message.text, placeOf(prompt, message));
        if (!block) {
            return Failure(block.error());
        }
        blocks.append(*std::move(block));
    }
    return blocks;
}

Result<QList<VariableField>> fieldsOfBlocks(
    const PromptTemplate &prompt, const QList<TemplateBlock> &blocks)
{
    QList<VariableField> fields;
    for (const TemplateBlock &block : blocks) {
        for (const UsedVariable &used : variablesOf(block)) {
            const auto known = std::ranges::find_if(fields,
                [&used](const VariableField &field) { return field.variable.name == used.name; });
            if (known != fields.end()) {
                known->isRequired = known->isRequired && !used.isOptional;
                continue;
            }
            const TemplateVariable *told = described(prompt, used.name);
            fields.append({.variable = told ? *told : TemplateVariable{.name = used.name},
                .isRequired = !used.isOptional && (!told || !told->fallback)});
        }
    }
    for (const TemplateVariable &variable : prompt.variables) {
        const bool isUsed = std::ranges::any_of(fields, [&variable](const VariableField &field) {
            return field.variable.name == variable.name;
        });
        if (!isUsed) {
            return invalidRequest(
                u"%1 describes a variable “%2”, which none of its messages uses."_s.arg(
                    nameOf(prompt), variable.name));
        }
    }
    return fields;
}

} // namespace

Result<QList<VariableField>> fieldsOf(const PromptTemplate &prompt)
{
    const Result<QList<TemplateBlock>> blocks = parseAll(prompt);
    return blocks ? fieldsOfBlocks(prompt, *blocks)
                  : Result<QList<VariableField>>(Failure(blocks.error()));
}

Result<QJsonValue> valueFromText(const TemplateVariable &variable, const QString &text)
{
    const QJsonValue fallback = variable.fallback.value_or(QJsonValue());
    if (fallback.isBool()) {
        const QString word = text.trimmed().toLower();
        if (word != "true"_L1 && word != "false"_L1) {
            return invalidRequest(u"“%1” is true or false, not “%2”."_s.arg(variable.name, text));
        }
        return word == "true"_L1;
    }
    if (fallback.isDouble()) {
        bool isNumber = false;
        const qint64 whole = text.trimmed().toLongLong(&isNumber);
        if (isNumber) {
            return whole;
        }
        const double number = text.trimmed().toDouble(&isNumber);
        if (!isNumber) {
            return invalidRequest(u"“%1” is a number, not “%2”."_s.arg(variable.name, text));
        }
        return number;
    }
    return text;
}

Result<QJsonObject> valuesFromRow(const QList<VariableField> &fields, const QJsonObject &row)
{
    QJsonObject values;
    for (const VariableField &field : fields) {
        const auto found = row.constFind(field.variable.name);
        if (found == row.constEnd()) {
            continue;
        }
        const Result<QJsonValue> value = found.value().isString()
            ? valueFromText(field.variable, found.value().toString())
            : Result<QJsonValue>(found.value());
        if (!value) {
            return Failure(value.error());
        }
        values.insert(field.variable.name, *value);
    }
    return values;
}

Result<RenderedPrompt> render(const PromptTemplate &prompt, const QJsonObject &values)
{
    const Result<QList<TemplateBlock>> blocks = parseAll(prompt);
    if (!blocks) {
        return Failure(blocks.error());
    }
    const Result<QList<VariableField>> fields = fieldsOfBlocks(prompt, *blocks);
    if (!fields) {
        return Failure(fields.error());
    }
    if (const QString problem = valueProblem(prompt, *fields, values); !problem.isEmpty()) {
        return invalidRequest(problem);
    }
    QJsonObject all = values;
    for (const TemplateVariable &variable : prompt.variables) {
        if (variable.fallback && !all.contains(variable.name)) {
            all.insert(variable.name, *variable.fallback);
        }
    }
    RenderedPrompt rendered{.parameters = prompt.parameters};
    for (qsizetype i = 0; i < prompt.messages.size(); ++i) {
        const TemplateMessage &message = prompt.messages.at(i);
        const Result<QString> text = renderTemplate(blocks->at(i), all, placeOf(prompt, message));
        if (!text) {
            return Failure(text.error());
        }
        if (!text->trimmed().isEmpty()) {
            rendered.messages.append({.role = message.role, .content = *text});
        }
    }
    if (rendered.messages.isEmpty() || rendered.messages.constLast().role != Role::User) {
        return invalidRequest(
            u"%1 gives no question with these values: what the user says last is empty."_s.arg(
                nameOf(prompt)));
    }
    return rendered;
}

QList<Message> rawMessages(const PromptTemplate &prompt)
{
    QList<Message> messages;
    for (const TemplateMessage &message : prompt.messages) {
        messages.append({.role = message.role, .content = message.text});
    }
    return messages;
}

QList<ExampleTurn> examplesIn(const QList<Message> &messages)
{
    QList<ExampleTurn> turns;
    for (qsizetype i = 0; i + 1 < messages.size(); ++i) {
        if (i > 0 || messages[i].role != Role::System) {
            turns.append({.role = messages[i].role, .text = messages[i].content});
        }
    }
    return turns;
}

void replaceSystem(QList<Message> &messages, const QString &system)
{
    if (!system.isEmpty()) {
        if (!messages.isEmpty() && messages.constFirst().role == Role::System) {
            messages.removeFirst();
        }
        messages.prepend({.role = Role::System, .content = system});
    }
}

void replaceSetting(QList<Message> &messages, const QList<Message> &own)
{
    QList<Message> examples = own;
    QString system;
    if (!examples.isEmpty() && examples.constFirst().role == Role::System) {
        system = examples.takeFirst().content;
    }
    if (examples.isEmpty() || messages.isEmpty()) {
        replaceSystem(messages, system);
        return;
    }
    if (system.isEmpty() && messages.constFirst().role == Role::System) {
        system = messages.constFirst().content;
    }
    const Message question = messages.takeLast();
    messages = examples;
    messages.append(question);
    if (!system.isEmpty()) {
        messages.prepend({.role = Role::System, .content = system});
    }
}

} // namespace Lorikeet
