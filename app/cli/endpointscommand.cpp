// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "endpointscommand.h"

#include "base/invalidrequest.h"
#include "base/logging.h"
#include "descriptiontext.h"
#include "standardoutput.h"
#include "store/endpointfile.h"
#include "store/environmentendpoints.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Result<QList<Endpoint>> fromFile(const QString &name)
{
    QFile file(name);
    const bool isOpen
        = name == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen) {
        return invalidRequest(u"%1 cannot be read: %2."_s.arg(name, file.errorString()));
    }
    return endpointsFromFile(file.readAll(), name == "-"_L1 ? u"The input"_s : name);
}

QList<Endpoint> fromEnvironment()
{
    QList<Endpoint> endpoints;
    for (const EnvironmentEndpoint &found :
        endpointsFromEnvironment(QProcessEnvironment::systemEnvironment())) {
        endpoints.append(found.endpoint);
        printNote(u"%1: from %2. %3"_s
                .arg(found.endpoint.name, found.variables.join(u", "_s), found.missing)
                .trimmed());
    }
    return endpoints;
}

QString keyWords(const KeyReference &key)
{
    switch (key.kind) {
    case KeyReference::Kind::Environment:
        return u"key in %1"_s.arg(key.name);
    case KeyReference::Kind::Keychain:
        return u"key in the keychain"_s;
    case KeyReference::Kind::Session:
    case KeyReference::Kind::None:
        break;
    }
    return {};
}

QString counted(qsizetype count, const QString &one)
{
    return count == 1 ? u"1 "_s + one : u"%1 %2s"_s.arg(count).arg(one);
}

/// "vLLM 0.11.2, 2 models, 1 adapter on 2026-01-02".
QString findingText(const EndpointFinding &finding)
{
    const EndpointDescription &description = finding.description;
    QStringList parts{serverText(description), counted(description.models.size(), u"model"_s)};
    if (!description.adapters.isEmpty()) {
        parts.append(counted(description.adapters.size(), u"adapter"_s));
    }
    parts.removeAll(QString());
    return u"%1 on %2"_s.arg(
        parts.join(u", "_s), finding.at.toLocalTime().date().toString(Qt::ISODate));
}

} // namespace

CommandHelp EndpointsCommand::help()
{
    return {
        .name = u"endpoints"_s,
        .summary = u"list, export and import the stored endpoints"_s,
        .description
        = {u"Prints the endpoints that Lorikeet keeps, which --endpoint of the other "
           "commands takes by name, and what each showed when it last answered a test or "
           "lori probe."_s,
            u"A file of endpoints can be shared. It is JSON, {\"endpoints\": [{\"name\": "
            "\"Production\", \"url\": \"https://${HOST}/v1\", \"key\": \"env:PROD_KEY\"}]}, or "
            "the same in TOML. It never holds a secret, only where one is."_s},
        .options = {{{u"json"_s}, {}, u"Prints a file of endpoints instead of a list."_s},
            {{u"toml"_s}, {}, u"The same in TOML."_s},
            {{u"import"_s}, u"FILE|-"_s,
                u"Adds the endpoints of a file, or changes those that it brought before."_s},
            {{u"environment"_s}, {},
                u"Prints those that the environment's variables describe (OPENAI_API_KEY, "
                "AZURE_OPENAI_ENDPOINT, OLLAMA_HOST and so on) instead of those stored. Their keys "
                "stay where they are."_s},
            {{u"add"_s}, {}, u"With --environment: stores them."_s}},
        .examples
        = {{u"Hand one's endpoints to a colleague:"_s, u"lori endpoints --json >endpoints.json"_s},
            {u"Take them:"_s, u"lori endpoints --import endpoints.json"_s},
            {u"Use what other programs use:"_s, u"lori endpoints --environment --add"_s}},
    };
}

Result<std::unique_ptr<Command>> EndpointsCommand::make(const CommandLine &line)
{
    if (!line.arguments().isEmpty()) {
        return invalidRequest(u"“%1” is too much: endpoints takes options only."_s.arg(
            line.arguments().constFirst()));
    }
    if (line.has(u"add"_s) && !line.has(u"environment"_s)) {
        return invalidRequest(u"--add needs --environment; a file is added by --import."_s);
    }
    QList<Endpoint> toAdd;
    if (line.has(u"import"_s)) {
        const Result<QList<Endpoint>> read = fromFile(line.value(u"import"_s));
        if (!read) {
            return Failure(read.error());
        }
        toAdd = *read;
    }
    return std::unique_ptr<Command>(new EndpointsCommand(line, toAdd));
}

EndpointsCommand::EndpointsCommand(const CommandLine &line, const QList<Endpoint> &toAdd)
    : m_line(line)
    , m_toAdd(toAdd)
{ }

void EndpointsCommand::start()
{
    if (m_line.has(u"environment"_s)) {
        const QList<Endpoint> found = fromEnvironment();
        if (!m_line.has(u"add"_s)) {
            print(found);
            return;
        }
        m_toAdd += found;
    }
    if (m_toAdd.isEmpty() && !QFileInfo::exists(Store::defaultPath())) {
        print({});
        return;
    }
    QDir().mkpath(QFileInfo(Store::defaultPath()).path());
    m_store = std::make_unique<Store>(Store::defaultPath());
    (void)m_store->open(); // where it fails, the next call says why
    add(0);
}

void EndpointsCommand::interrupt() { endInterrupted(); }

void EndpointsCommand::add(qsizetype from)
{
    if (from == m_toAdd.size()) {
        show();
        return;
    }
    m_store->endpoints().save(m_toAdd[from]).then(this, [this, from](const Result<> &saved) {
        if (saved) {
            add(from + 1);
        } else {
            endWith(saved.error());
        }
    });
}

void EndpointsCommand::show()
{
    m_store->endpoints()
        .findings()
        .then(this,
            [this](const Result<QHash<QUuid, EndpointFinding>> &findings) {
                m_findings = findings.value_or(QHash<QUuid, EndpointFinding>());
                return m_store->endpoints().list();
            })
        .unwrap()
        .then(this, [this](const Result<QList<Endpoint>> &all) {
            if (all) {
                print(*all);
            } else {
                endWith(all.error());
            }
        });
}

void EndpointsCommand::print(const QList<Endpoint> &endpoints)
{
    if (isOver()) {
        return;
    }
    if (m_line.has(u"json"_s) || m_line.has(u"toml"_s)) {
        const EndpointFileForm form
            = m_line.has(u"toml"_s) ? EndpointFileForm::Toml : EndpointFileForm::Json;
        end(StandardOutput::write(endpointsToFile(endpoints, form)).value_or(ExitCode::Done));
        return;
    }
    qsizetype width = 0;
    for (const Endpoint &endpoint : endpoints) {
        width = std::max(width, endpoint.name.size());
    }
    QString text;
    for (const Endpoint &endpoint : endpoints) {
        const auto finding = m_findings.constFind(endpoint.id);
        QStringList details{redacted(endpoint.url), endpoint.provider,
            finding == m_findings.constEnd() ? endpoint.server : findingText(*finding),
            keyWords(endpoint.key)};
        details.removeAll(QString());
        text += endpoint.name.leftJustified(width) + u"  "_s + details.join(u" · "_s) + u'\n';
    }
    if (text.isEmpty()) {
        printNote(u"There are none."_s);
    }
    end(StandardOutput::write(text.toUtf8()).value_or(ExitCode::Done));
}

} // namespace Lorikeet
