// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templatefile.h"

#include "base/invalidrequest.h"
#include "store/tomljson.h"

#include <QFileInfo>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

const QByteArray fence = "+++"_ba;

/// What is in front of a Markdown file, and where the rest begins; nothing without a fence.
struct Parts
{
    QByteArray head;
    QByteArray body;
};

Result<Parts> split(const QByteArray &content, const QString &file)
{
    const auto lineAt = [&content](qsizetype from) {
        const qsizetype end = content.indexOf('\n', from);
        return content.sliced(from, (end < 0 ? content.size() : end) - from).trimmed();
    };
    if (lineAt(0) == "---") {
        return invalidRequest(
            u"%1 begins with a line of ---: its front matter must be TOML, between lines of +++."_s
                .arg(file));
    }
    if (lineAt(0) != fence) {
        return Parts{.body = content};
    }
    const qsizetype begin = content.indexOf('\n') + 1;
    for (qsizetype at = begin; at > 0 && at < content.size(); at = content.indexOf('\n', at) + 1) {
        if (lineAt(at) == fence) {
            const qsizetype end = content.indexOf('\n', at);
            return Parts{.head = content.sliced(begin, at - begin),
                .body = end < 0 ? QByteArray() : content.sliced(end + 1)};
        }
    }
    return invalidRequest(u"%1 begins with a line of +++, and has no second one."_s.arg(file));
}

Result<QString> textOf(const QJsonObject &object, const QString &member, const QString &place)
{
    const QJsonValue value = object.value(member);
    if (!value.isUndefined() && !value.isString()) {
        return invalidRequest(u"%1: “%2” is not a text."_s.arg(place, member));
    }
    return value.toString();
}

Result<QList<TemplateMessage>> messagesOf(const QJsonObject &object, const QString &place)
{
    QList<TemplateMessage> messages;
    const QJsonArray list = object.value(u"messages"_s).toArray();
    for (const QJsonValue &item : list) {
        const std::optional<Role> role = roleFromString(item[u"role"_s].toString());
        if (!role || *role == Role::Tool || !item[u"content"_s].isString()) {
            return invalidRequest(
                u"%1: a message has a “role” (system, user or assistant) and a “content”."_s.arg(
                    place));
        }
        messages.append({.role = *role, .text = item[u"content"_s].toString()});
    }
    const Result<QString> system = textOf(object, u"system"_s, place);
    const Result<QString> prompt = textOf(object, u"prompt"_s, place);
    if (!system || !prompt) {
        return Failure(system ? prompt.error() : system.error());
    }
    if (!system->isEmpty()) {
        messages.prepend({.role = Role::System, .text = *system});
    }
    if (!prompt->isEmpty()) {
        messages.append({.role = Role::User, .text = *prompt});
    }
    if (messages.isEmpty() || messages.constLast().role != Role::User) {
        return invalidRequest(
            u"%1 has no question: neither a “prompt” nor a last message of the user."_s.arg(place));
    }
    return messages;
}

Result<QList<TemplateVariable>> variablesFrom(const QJsonObject &object, const QString &place)
{
    QList<TemplateVariable> variables;
    const QJsonObject told = object.value(u"variables"_s).toObject();
    for (auto it = told.begin(); it != told.end(); ++it) {
        const QJsonObject variable = it.value().toObject();
        for (const QString &member : variable.keys()) {
            if (member != "description"_L1 && member != "default"_L1) {
                return invalidRequest(
                    u"%1: a variable has a “description” and a “default”; “%2” has “%3”."_s.arg(
                        place, it.key(), member));
            }
        }
        TemplateVariable made{
            .name = it.key(), .description = variable.value(u"description"_s).toString()};
        if (const QJsonValue fallback = variable.value(u"default"_s); !fallback.isUndefined()) {
            made.fallback = fallback;
        }
        variables.append(made);
    }
    return variables;
}

} // namespace

TemplateFileForm templateFileForm(const QString &fileName)
{
    const QString suffix = QFileInfo(fileName).suffix().toLower();
    if (suffix == "toml"_L1) {
        return TemplateFileForm::Toml;
    }
    return suffix == "md"_L1 || suffix == "markdown"_L1 ? TemplateFileForm::Markdown
                                                        : TemplateFileForm::Text;
}

Result<PromptTemplate> templateFromJson(const QJsonObject &object, const QString &place)
{
    static const QStringList known{u"description"_s, u"messages"_s, u"name"_s, u"parameters"_s,
        u"prompt"_s, u"system"_s, u"variables"_s};
    for (const QString &member : object.keys()) {
        if (!known.contains(member)) {
            return invalidRequest(u"%1: “%2” is not known here; there are %3."_s.arg(
                place, member, known.join(u", "_s)));
        }
    }
    const Result<QString> name = textOf(object, u"name"_s, place);
    const Result<QString> description = textOf(object, u"description"_s, place);
    const Result<QList<TemplateMessage>> messages = messagesOf(object, place);
    const Result<QList<TemplateVariable>> variables = variablesFrom(object, place);
    for (const std::optional<ApiError> &error : {name ? std::nullopt : std::optional(name.error()),
             description ? std::nullopt : std::optional(description.error()),
             messages ? std::nullopt : std::optional(messages.error()),
             variables ? std::nullopt : std::optional(variables.error())}) {
        if (error) {
            return Failure(*error);
        }
    }
    PromptTemplate prompt{.name = name->trimmed(),
        .description = *description,
        .messages = *messages,
        .variables = *variables};
    const QJsonObject parameters = object.value(u"parameters"_s).toObject();
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        prompt.parameters.insert(it.key(), it.value());
    }
    return prompt;
}

Result<PromptTemplate> templateFromFile(const QByteArray &content, const QString &fileName)
{
    Result<QJsonObject> object;
    if (templateFileForm(fileName) == TemplateFileForm::Toml) {
        object = jsonFromToml(content, fileName);
    } else {
        const Result<Parts> parts = split(content, fileName);
        if (!parts) {
            return Failure(parts.error());
        }
        object = jsonFromToml(parts->head, u"The front matter of "_s + fileName);
        if (object && object->contains("prompt"_L1)) {
            return invalidRequest(
                u"%1: the prompt stands below the front matter, not in it."_s.arg(fileName));
        }
        if (object) {
            object->insert(u"prompt"_s, QString::fromUtf8(parts->body));
        }
    }
    Result<PromptTemplate> prompt
        = object ? templateFromJson(*object, fileName) : Failure(object.error());
    if (!prompt) {
        return prompt;
    }
    if (prompt->name.isEmpty()) {
        prompt->name = QFileInfo(fileName).completeBaseName();
    }
    if (const Result<QList<VariableField>> fields = fieldsOf(*prompt); !fields) {
        return Failure(fields.error());
    }
    return prompt;
}

QJsonObject templateToJson(const PromptTemplate &prompt)
{
    QJsonObject object{{u"name"_s, prompt.name}};
    if (!prompt.description.isEmpty()) {
        object.insert(u"description"_s, prompt.description);
    }
    QList<TemplateMessage> messages = prompt.messages;
    if (!messages.isEmpty() && messages.constLast().role == Role::User) {
        object.insert(u"prompt"_s, messages.takeLast().text);
    }
    if (!messages.isEmpty() && messages.constFirst().role == Role::System) {
        object.insert(u"system"_s, messages.takeFirst().text);
    }
    QJsonArray others;
    for (const TemplateMessage &message : messages) {
        others.append(QJsonObject{{u"role"_s, toWord(message.role)}, {u"content"_s, message.text}});
    }
    if (!others.isEmpty()) {
        object.insert(u"messages"_s, others);
    }
    QJsonObject variables;
    for (const TemplateVariable &variable : prompt.variables) {
        QJsonObject made;
        if (!variable.description.isEmpty()) {
            made.insert(u"description"_s, variable.description);
        }
        if (variable.fallback) {
            made.insert(u"default"_s, *variable.fallback);
        }
        variables.insert(variable.name, made);
    }
    if (!variables.isEmpty()) {
        object.insert(u"variables"_s, variables);
    }
    QJsonObject parameters;
    for (const auto &[name, value] : prompt.parameters.asKeyValueRange()) {
        parameters.insert(name, value);
    }
    if (!parameters.isEmpty()) {
        object.insert(u"parameters"_s, parameters);
    }
    return object;
}

QByteArray templateToFile(const PromptTemplate &prompt, TemplateFileForm form)
{
    QJsonObject object = templateToJson(prompt);
    if (form == TemplateFileForm::Toml) {
        return tomlFromJson(object);
    }
    const QByteArray body = object.take(u"prompt"_s).toString().toUtf8();
    return fence + '\n' + tomlFromJson(object) + fence + '\n' + body
        + (body.endsWith('\n') ? "" : "\n");
}

} // namespace Lorikeet
