// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The endpoints: how they are found, written, tried, and kept in files.

#include "scenes.h"

#include <QFile>
#include <QQuickItem>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

bool endpointTest(Desktop &desktop, const QString &url)
{
    desktop.toEndpoints();
    EndpointEditor &editor = *desktop.workbench().editor();
    editor.startNew();
    editor.setUrl(url);
    editor.test();
    return Desktop::until([&] { return editor.trial()->state() != EndpointTrial::Testing; });
}

bool firstRunWithKeys(Desktop &desktop)
{
    QProcessEnvironment environment;
    for (const QString &name : {u"OPENAI_API_KEY"_s, u"ANTHROPIC_API_KEY"_s, u"HF_TOKEN"_s,
             u"PREDIBASE_API_TOKEN"_s, u"AZURE_OPENAI_API_KEY"_s}) {
        environment.insert(name, u"a-key"_s);
    }
    environment.insert(
        u"AZURE_OPENAI_ENDPOINT"_s, u"https://contoso-swedencentral.openai.azure.com"_s);
    desktop.workbench().environment()->look(environment);
    return desktop.workbench().environment()->count() == 5;
}

bool importFile(Desktop &desktop, const QByteArray &content)
{
    desktop.toEndpoints();
    QTemporaryDir folder;
    QFile file(folder.filePath(u"team.json"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) < 0) {
        return false;
    }
    file.close();
    desktop.workbench().files()->read({QUrl::fromLocalFile(file.fileName())});
    return true;
}

bool importColliding(Desktop &desktop)
{
    const QByteArray team
        = R"({"endpoints": [{"name": "Production", "url": "https://llm.example.org/v1"},
            {"name": "A long name of a server in the cellar, on the left", "url": "http://cellar:8080"},
            {"name": "Staging", "url": "http://staging:8000/v1"}]})";
    EndpointListModel &endpoints = *desktop.workbench().endpoints();
    const bool imported = importFile(desktop, team)
        && Desktop::until([&] { return endpoints.stored().size() == 3; });
    desktop.workbench().files()->dismissMessage();
    QByteArray changed = team;
    changed.replace("staging:8000", "staging:9000").replace("cellar:8080", "cellar:8081");
    return imported && importFile(desktop, changed);
}

bool openConnection(Desktop &desktop)
{
    desktop.toEndpoints();
    EndpointEditor &editor = *desktop.workbench().editor();
    editor.startNew();
    editor.setUrl(u"https://llm.example.org/v1"_s);
    editor.network()->setProperty("retries", u"2"_s);
    editor.network()->cookie()->setText(u"env:LLM_COOKIE"_s);
    desktop.click(u"connectionButton"_s);
    return true;
}

} // namespace

QList<Scene> endpointScenes()
{
    const auto url = [](const QString &text) {
        return [text](Desktop &desktop) { return endpointTest(desktop, text); };
    };
    return {
        {u"endpoints"_s, true,
            [](Desktop &desktop) {
                desktop.toEndpoints();
                desktop.workbench().editor()->load(desktop.workbench().chat()->endpointId());
                return true;
            }},
        {u"endpoint-test"_s, true,
            [](Desktop &desktop) {
                const QModelIndex first = desktop.workbench().endpoints()->index(0);
                const QUrl demo(desktop.workbench()
                        .endpoints()
                        ->data(first, EndpointListModel::AddressRole)
                        .toString());
                return endpointTest(desktop, u"127.0.0.1:%1"_s.arg(demo.port()));
            }},
        {u"endpoint-test-failed"_s, true, url(u"http://127.0.0.1:9"_s)},
        {u"endpoint-test-failed-dark"_s, true,
            [](Desktop &desktop) {
                desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
                return endpointTest(desktop, u"http://no-such-host.invalid:8000"_s);
            }},
        {u"first-run-environment"_s, false, firstRunWithKeys},
        {u"first-run-environment-narrow"_s, false,
            [](Desktop &desktop) {
                desktop.window().resize(960, 600);
                return firstRunWithKeys(desktop);
            }},
        {u"endpoints-environment"_s, false,
            [](Desktop &desktop) {
                const bool offered = firstRunWithKeys(desktop);
                desktop.toEndpoints();
                return offered;
            }},
        {u"endpoints-import"_s, false, importColliding},
        {u"endpoints-import-dark"_s, false,
            [](Desktop &desktop) {
                desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
                return importColliding(desktop);
            }},
        {u"endpoints-import-failed"_s, false,
            [](Desktop &desktop) {
                return importFile(desktop, "{\"endpoints\": [\n{\"name\": \"Desk\"\n\"url\"]}");
            }},
        {u"connection"_s, true, [](Desktop &desktop) { return openConnection(desktop); }},
        {u"connection-dark-narrow"_s, true,
            [](Desktop &desktop) {
                desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
                desktop.window().resize(960, 600);
                return openConnection(desktop);
            }},
    };
}

} // namespace Lorikeet
