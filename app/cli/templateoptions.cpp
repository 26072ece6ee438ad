// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templateoptions.h"

#include "askoptions.h"
#include "base/invalidrequest.h"
#include "schemaoptions.h"
#include "store/store.h"
#include "store/tomljson.h"
#include "templates/templatefile.h"

#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Result<PromptTemplate> storedTemplate(const QString &text)
{
    const qsizetype at = text.lastIndexOf(u'@');
    bool hasVersion = false;
    const int version = at > 0 ? text.sliced(at + 1).toInt(&hasVersion) : 0;
    const QString name = hasVersion ? text.first(at) : text;
    if (!QFileInfo::exists(Store::defaultPath())) {
        return invalidRequest(
            u"There is no template “%1”: neither such a file nor a library of templates."_s.arg(
                name));
    }
    Store store(Store::defaultPath());
    (void)store.open(); // where it fails, the next call says why
    return store.templates()
        .load(name, hasVersion ? std::optional(version) : std::nullopt)
        .result()
        .map([](const StoredTemplate &stored) { return stored.prompt; });
}

Result<QJsonObject> valuesInFile(const QString &name)
{
    const Result<QByteArray> content = contentsOf(name);
    if (!content) {
        return Failure(content.error());
    }
    const QString what = name == "-"_L1 ? u"The input"_s : name;
    if (name.endsWith(".toml"_L1)) {
        return jsonFromToml(*content, what);
    }
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(*content, &problem);
    if (!document.isObject()) {
        return invalidRequest(u"%1 is no JSON object of values: %2."_s.arg(
            what, document.isNull() ? problem.errorString() : u"it is something else"_s));
    }
    return document.object();
}

} // namespace

QList<OptionHelp> valueOptions()
{
    return {
        {{u"var"_s}, u"NAME=VALUE"_s,
            u"Sets a variable of the template: to a text, or to a number or truth value where its "
            "default is one. May be given more than once."_s},
        {{u"vars"_s}, u"FILE|-"_s,
            u"Sets the variables that are in this JSON object or, in a file called .toml, TOML "
            "table; --var goes over it."_s},
    };
}

QList<OptionHelp> templateOptions()
{
    return QList<OptionHelp>{{{u"template"_s, u"T"_s}, u"FILE|NAME"_s,
               u"Asks what this prompt template says, with its parameters: a file, or NAME or "
               "NAME@VERSION of the library (see lori templates)."_s}}
    + valueOptions();
}

Result<PromptTemplate> templateNamed(const QString &fileOrName)
{
    const bool isFile = fileOrName == "-"_L1 || fileOrName.contains(u'/')
        || templateFileForm(fileOrName) != TemplateFileForm::Text || QFileInfo(fileOrName).isFile();
    if (!isFile) {
        return storedTemplate(fileOrName);
    }
    const Result<QByteArray> content = contentsOf(fileOrName);
    return content ? templateFromFile(*content, fileOrName)
                   : Result<PromptTemplate>(Failure(content.error()));
}

Result<QJsonObject> valuesFrom(const CommandLine &line, const PromptTemplate &prompt)
{
    Result<QJsonObject> values;
    for (const QString &file : line.values(u"vars"_s)) {
        const Result<QJsonObject> more = valuesInFile(file);
        if (!more) {
            return more;
        }
        for (auto it = more->begin(); it != more->end(); ++it) {
            values->insert(it.key(), it.value());
        }
    }
    for (const QString &text : line.values(u"var"_s)) {
        const qsizetype at = text.indexOf(u'=');
        if (at < 1) {
            return invalidRequest(u"--var takes NAME=VALUE, not “%1”."_s.arg(text));
        }
        const QString name = text.first(at).trimmed();
        const auto told = std::ranges::find(prompt.variables, name, &TemplateVariable::name);
        const Result<QJsonValue> value
            = valueFromText(told == prompt.variables.end() ? TemplateVariable{.name = name} : *told,
                text.sliced(at + 1));
        if (!value) {
            return Failure(value.error());
        }
        values->insert(name, *value);
    }
    return values;
}

Result<RenderedPrompt> askedFrom(const CommandLine &line)
{
    Result<RenderedPrompt> asked;
    if (!line.has(u"template"_s)) {
        if (line.has(u"var"_s) || line.has(u"vars"_s)) {
            return invalidRequest(u"--var and --vars need --template, whose variables they set."_s);
        }
        const Result<QString> prompt = promptFrom(line);
        if (!prompt) {
            return Failure(prompt.error());
        }
        asked->messages.append({.role = Role::User, .content = *prompt});
    } else if (!line.arguments().isEmpty()) {
        return invalidRequest(
            u"With --template there is no prompt besides; set its variables by --var."_s);
    } else {
        const Result<PromptTemplate> prompt = templateNamed(line.value(u"template"_s));
        const Result<QJsonObject> values
            = prompt ? valuesFrom(line, *prompt) : Failure(prompt.error());
        asked = values ? render(*prompt, *values) : Failure(values.error());
    }
    if (asked) {
        replaceSystem(asked->messages, line.value(u"system"_s));
    }
    return asked;
}

} // namespace Lorikeet
