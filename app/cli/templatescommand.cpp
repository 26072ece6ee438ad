// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templatescommand.h"

#include "base/invalidrequest.h"
#include "schemaoptions.h"
#include "standardoutput.h"
#include "store/store.h"
#include "templateoptions.h"
#include "templates/templatefile.h"
#include "templates/templatevalues.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// "classify@3: text, company = Acme".
QString fieldsText(const PromptTemplate &prompt)
{
    const Result<QList<VariableField>> fields = fieldsOf(prompt);
    if (!fields) {
        return fields.error().message;
    }
    QStringList texts;
    for (const VariableField &field : *fields) {
        const TemplateVariable &variable = field.variable;
        texts.append(variable.fallback
                ? u"%1 = %2"_s.arg(variable.name, printed(*variable.fallback).simplified())
                : variable.name + (field.isRequired ? QString() : u" (optional)"_s));
    }
    return texts.isEmpty() ? u"no variables"_s : texts.join(u", "_s);
}

QByteArray listText(const QList<StoredTemplate> &all)
{
    qsizetype width = 0;
    for (const StoredTemplate &stored : all) {
        width = std::max(width, stored.prompt.name.size());
    }
    QString text;
    for (const StoredTemplate &stored : all) {
        QStringList details{u"version %1"_s.arg(stored.version), fieldsText(stored.prompt),
            stored.prompt.description.simplified()};
        details.removeAll(QString());
        text += stored.prompt.name.leftJustified(width) + u"  "_s + details.join(u" · "_s) + u'\n';
    }
    return text.toUtf8();
}

QByteArray listJson(const QList<StoredTemplate> &all)
{
    QJsonArray array;
    for (const StoredTemplate &stored : all) {
        QJsonObject object = templateToJson(stored.prompt);
        object.insert(u"version"_s, stored.version);
        object.insert(u"created"_s, stored.created.toString(Qt::ISODateWithMs));
        array.append(object);
    }
    return QJsonDocument(QJsonObject{{u"templates"_s, array}}).toJson(QJsonDocument::Compact)
        + '\n';
}

Result<> importFile(Store &store, const QString &name)
{
    const Result<QByteArray> content = contentsOf(name);
    const Result<PromptTemplate> prompt
        = content ? templateFromFile(*content, name) : Failure(content.error());
    const Result<int> version
        = prompt ? store.templates().save(*prompt).result() : Failure(prompt.error());
    if (!version) {
        return Failure(version.error());
    }
    printNote(u"%1 is version %2 of “%3”."_s.arg(name, QString::number(*version), prompt->name));
    return {};
}

Result<> exportFile(const QString &wanted, const QString &file)
{
    const Result<PromptTemplate> prompt = templateNamed(wanted);
    if (!prompt) {
        return Failure(prompt.error());
    }
    QSaveFile out(file);
    const QByteArray content = templateToFile(*prompt, templateFileForm(file));
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size() || !out.commit()) {
        return invalidRequest(u"%1 cannot be written: %2."_s.arg(file, out.errorString()));
    }
    return {};
}

Result<> changeLibrary(Store &store, const CommandLine &line)
{
    for (const QString &file : line.values(u"import"_s)) {
        if (const Result<> done = importFile(store, file); !done) {
            return done;
        }
    }
    if (line.has(u"remove"_s)) {
        const QString name = line.value(u"remove"_s);
        if (const auto found = store.templates().load(name).result(); !found) {
            return Failure(found.error());
        }
        return store.templates().remove(name).result();
    }
    return {};
}

} // namespace

CommandHelp TemplatesCommand::help()
{
    return {
        .name = u"templates"_s,
        .arguments = u"[NAME]"_s,
        .summary = u"list, import and export prompt templates"_s,
        .description
        = {u"Prints the prompt templates that Lorikeet keeps, with their variables, or all "
           u"versions "
           "of one. --template of other commands takes them by name, as NAME or NAME@VERSION."_s,
            u"Importing a template of a name that is there adds a version; the older ones stay. "
            "'lori render --help' tells what is in a file."_s},
        .options = {{{u"import"_s}, u"FILE"_s,
                        u"Adds the template in a file (.toml, .md or text). May be given more than "
                        "once."_s},
            {{u"export"_s}, u"FILE"_s,
                u"Writes the template NAME to a file, as TOML if it is called .toml, else as "
                "Markdown."_s},
            {{u"remove"_s}, u"NAME"_s, u"Removes a template with all its versions."_s},
            {{u"json"_s}, {}, u"Prints JSON."_s}},
        .examples
        = {{u"Keep a template, and use it:"_s, u"lori templates --import classify.toml"_s},
            {u"See what has changed:"_s, u"lori templates classify --json | jq .templates"_s},
            {u"Hand it on:"_s, u"lori templates classify@2 --export classify.md"_s}},
    };
}

Result<std::unique_ptr<Command>> TemplatesCommand::make(const CommandLine &line)
{
    const QStringList &names = line.arguments();
    if (names.size() > 1) {
        return invalidRequest(u"There is more than one name: give one."_s);
    }
    if (line.has(u"export"_s)) {
        if (names.isEmpty()) {
            return invalidRequest(u"--export needs the name of the template to be written."_s);
        }
        const Result<> done = exportFile(names.constFirst(), line.value(u"export"_s));
        return done
            ? Result<std::unique_ptr<Command>>(std::unique_ptr<Command>(new TemplatesCommand({})))
            : Failure(done.error());
    }
    QDir().mkpath(QFileInfo(Store::defaultPath()).path());
    Store store(Store::defaultPath());
    (void)store.open(); // where it fails, the next call says why
    if (const Result<> done = changeLibrary(store, line); !done) {
        return Failure(done.error());
    }
    const Result<QList<StoredTemplate>> all = names.isEmpty()
        ? store.templates().list().result()
        : store.templates().versions(names.constFirst()).result();
    if (!all) {
        return Failure(all.error());
    }
    return std::unique_ptr<Command>(
        new TemplatesCommand(line.has(u"json"_s) ? listJson(*all) : listText(*all)));
}

TemplatesCommand::TemplatesCommand(const QByteArray &output)
    : m_output(output)
{ }

void TemplatesCommand::start() { end(StandardOutput::write(m_output).value_or(ExitCode::Done)); }

void TemplatesCommand::interrupt() { endInterrupted(); }

} // namespace Lorikeet
