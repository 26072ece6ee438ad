// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Shows the real window in named scenes and keeps a picture of each:
//   lorikeet-shots OUTDIR [SCENE…]

#include "desktop.h"
#include "translations.h"

#include <BreezeIcons>
#include <QDir>
#include <QGuiApplication>
#include <QQuickItem>
#include <QQuickStyle>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

namespace {

/// A scene brings the window into a state; what it returns false for is reported as failed.
struct Scene
{
    QString name;
    bool samples = true;
    std::function<bool(Desktop &)> play;
    QString timing = u"fast"_s;
};

bool open(Desktop &desktop, const QString &session) { return desktop.openSession(session); }

bool openDark(Desktop &desktop, const QString &session)
{
    desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
    return open(desktop, session);
}

bool setParameter(Desktop &desktop, const QString &name, const QString &value)
{
    ParameterModel &parameters = *desktop.workbench().parameters();
    for (int row = 0; row < parameters.count(); ++row) {
        if (parameters.data(parameters.index(row), ParameterModel::NameRole) == name) {
            parameters.setText(row, value);
            return true;
        }
    }
    return false;
}

bool params(Desktop &desktop)
{
    desktop.workbench().picker()->choose(u"support-v4"_s);
    desktop.workbench().chat()->setSystemPrompt(u"Answer briefly, as JSON where asked."_s);
    return setParameter(desktop, u"temperature"_s, u"0.2"_s)
        && setParameter(desktop, u"top_p"_s, u"0.9"_s)
        && setParameter(desktop, u"max_tokens"_s, u"-5"_s);
}

bool streaming(Desktop &desktop)
{
    desktop.send(u"Write a long guide to adapters, with code."_s);
    const bool begun = Desktop::until([&] {
        const QString answer = desktop.workbench().chat()->lastAnswer();
        return desktop.workbench().chat()->textOf(answer).size() > 400;
    });
    desktop.send(u"And now in German, please."_s);
    return begun;
}

bool failing(Desktop &desktop)
{
    desktop.workbench().picker()->setModel(u"fault/429;12"_s);
    desktop.send(u"Hello"_s);
    return desktop.untilIdle();
}

/// The demo endpoint, asked again where it is busy.
bool retrying(Desktop &desktop)
{
    EndpointListModel &endpoints = *desktop.workbench().endpoints();
    Endpoint patient = *endpoints.find(endpoints.preferred());
    patient.retry.retries = 3;
    endpoints.setDemos({patient});
    desktop.workbench().picker()->setModel(u"fault/429;12"_s);
    desktop.send(u"Hello"_s);
    const TimelineModel *timeline = desktop.workbench().chat()->timeline();
    return Desktop::until([timeline] {
        return timeline->messageCount() == 2 && timeline->message(1).entry.retry.has_value();
    });
}

bool endpointTest(Desktop &desktop, const QString &url)
{
    desktop.press(Qt::Key_2, Qt::ControlModifier);
    EndpointEditor &editor = *desktop.workbench().editor();
    editor.startNew();
    editor.setUrl(url);
    editor.test();
    return Desktop::until([&] { return editor.trial()->state() != EndpointTrial::Testing; });
}

bool openMenu(Desktop &desktop, const QString &button)
{
    const bool opened = open(desktop, u"Support triage"_s);
    QTest::qWait(500);
    desktop.click(button);
    return opened;
}

bool cutOff(Desktop &desktop)
{
    const bool set = setParameter(desktop, u"max_tokens"_s, u"24"_s);
    desktop.send(u"Write a long guide to adapters."_s);
    const bool idle = desktop.untilIdle();
    desktop.type(u"And then?"_s);
    return set && idle;
}

bool longText(Desktop &desktop)
{
    desktop.item(u"composerText"_s)
        .setProperty("text", u"A prompt of many words that goes on and on. "_s.repeated(60));
    return true;
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
    desktop.press(Qt::Key_2, Qt::ControlModifier);
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

bool chooseAdapter(Desktop &desktop)
{
    desktop.workbench().picker()->choose(u"support-v4"_s);
    desktop.press(Qt::Key_L, Qt::ControlModifier);
    return true;
}

/// The demo endpoint that speaks LoRAX.
bool useLorax(Desktop &desktop)
{
    const EndpointListModel &endpoints = *desktop.workbench().endpoints();
    desktop.workbench().chat()->chooseEndpoint(
        endpoints.data(endpoints.index(1), EndpointListModel::IdRole).toString());
    AdapterPicker &picker = *desktop.workbench().picker();
    picker.chooseFrom(u"acme/legal-v2"_s, u"s3"_s);
    picker.chooseFrom(u"support-v4"_s, u"hub"_s);
    picker.choose({});
    return Desktop::until([&] { return picker.style() == AdapterPicker::FreeText; });
}

bool mergeAdapters(Desktop &desktop, const QString &density)
{
    const bool lorax = useLorax(desktop);
    MergeEditor &merge = *desktop.workbench().merge();
    desktop.click(u"mergeButton"_s);
    merge.setId(0, u"support-v4"_s);
    merge.setId(1, u"acme/legal-v2"_s);
    merge.setWeight(1, u"0.5"_s);
    merge.setStrategy(1);
    merge.setDensity(density);
    return lorax;
}

bool tryAdapter(Desktop &desktop, const QString &id)
{
    const bool lorax = useLorax(desktop);
    desktop.workbench().picker()->chooseFrom(id, u"hub"_s);
    desktop.workbench().adapterTools()->tryOut();
    return lorax && Desktop::until([&] { return !desktop.workbench().adapterTools()->isBusy(); });
}

bool openConnection(Desktop &desktop)
{
    desktop.press(Qt::Key_2, Qt::ControlModifier);
    EndpointEditor &editor = *desktop.workbench().editor();
    editor.startNew();
    editor.setUrl(u"https://llm.example.org/v1"_s);
    editor.network()->setProperty("retries", u"2"_s);
    editor.network()->cookie()->setText(u"env:LLM_COOKIE"_s);
    desktop.click(u"connectionButton"_s);
    return true;
}

QList<Scene> scenes()
{
    const auto session = [](const QString &title) {
        return [title](Desktop &desktop) { return open(desktop, title); };
    };
    const auto dark = [](const QString &title) {
        return [title](Desktop &desktop) { return openDark(desktop, title); };
    };
    const auto url = [](const QString &text) {
        return [text](Desktop &desktop) { return endpointTest(desktop, text); };
    };
    return {
        {u"first-run"_s, false, [](Desktop &) { return true; }},
        {u"empty"_s, true, [](Desktop &) { return true; }},
        {u"empty-dark"_s, true,
            [](Desktop &desktop) {
                desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
                return true;
            }},
        {u"chat"_s, true, session(u"Support triage"_s)},
        {u"chat-dark"_s, true, dark(u"Support triage"_s)},
        {u"code"_s, true, session(u"Merging sorted lists"_s)},
        {u"code-dark"_s, true, dark(u"Merging sorted lists"_s)},
        {u"table"_s, true, session(u"LoRA, QLoRA, full fine-tuning"_s)},
        {u"reasoning"_s, true, session(u"Does the pallet fit?"_s)},
        {u"error"_s, true, session(u"Too many requests"_s)},
        {u"error-live"_s, false, failing},
        {u"retrying"_s, false, retrying},
        {u"streaming"_s, false, streaming, u"local-7b"_s},
        {u"params"_s, true, params},
        {u"params-dark"_s, true,
            [](Desktop &desktop) {
                desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
                return params(desktop);
            }},
        {u"endpoints"_s, true,
            [](Desktop &desktop) {
                desktop.press(Qt::Key_2, Qt::ControlModifier);
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
                desktop.press(Qt::Key_2, Qt::ControlModifier);
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
        {u"choices"_s, true, chooseAdapter},
        {u"choices-dark"_s, true,
            [](Desktop &desktop) {
                desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
                return chooseAdapter(desktop);
            }},
        {u"choices-typed"_s, false,
            [](Desktop &desktop) {
                const bool lorax = useLorax(desktop);
                desktop.press(Qt::Key_L, Qt::ControlModifier);
                QTest::qWait(300);
                desktop.type(u"acme/contracts-v7"_s);
                return lorax;
            }},
        {u"choices-narrow"_s, false,
            [](Desktop &desktop) {
                desktop.window().resize(960, 600);
                desktop.press(Qt::Key_L, Qt::ControlModifier);
                return true;
            }},
        {u"merge"_s, false, [](Desktop &desktop) { return mergeAdapters(desktop, u"0.6"_s); }},
        {u"merge-problem-dark"_s, false,
            [](Desktop &desktop) {
                desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
                return mergeAdapters(desktop, u"1.5"_s);
            }},
        {u"adapter-loads"_s, false,
            [](Desktop &desktop) { return tryAdapter(desktop, u"support-v4"_s); }},
        {u"adapter-fails"_s, false,
            [](Desktop &desktop) {
                return tryAdapter(desktop, u"no/such-adapter-of-a-very-long-name"_s);
            }},
        {u"mention"_s, true,
            [](Desktop &desktop) {
                desktop.type(u"Draft an answer, please. @s"_s);
                return true;
            }},
        {u"mention-chosen-dark"_s, true,
            [](Desktop &desktop) {
                desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
                desktop.type(u"Draft an answer, please. @sv4"_s);
                QTest::qWait(300);
                desktop.press(Qt::Key_Tab);
                return !desktop.workbench().chat()->turnLabel().isEmpty();
            }},
        {u"connection"_s, true, [](Desktop &desktop) { return openConnection(desktop); }},
        {u"connection-dark-narrow"_s, true,
            [](Desktop &desktop) {
                desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
                desktop.window().resize(960, 600);
                return openConnection(desktop);
            }},
        {u"settings"_s, true,
            [](Desktop &desktop) {
                desktop.press(Qt::Key_Comma, Qt::ControlModifier);
                return true;
            }},
        {u"search"_s, true,
            [](Desktop &desktop) {
                desktop.workbench().sessions()->setQuery(u"charge"_s);
                return Desktop::until(
                    [&] { return desktop.workbench().sessions()->isSearching(); });
            }},
        {u"actions"_s, true,
            [](Desktop &desktop) {
                desktop.press(Qt::Key_K, Qt::ControlModifier);
                QTest::qWait(300);
                desktop.type(u"chat"_s);
                return true;
            }},
        {u"undo"_s, true,
            [](Desktop &desktop) {
                SessionListModel &sessions = *desktop.workbench().sessions();
                sessions.remove(
                    sessions.data(sessions.index(1), SessionListModel::IdRole).toString());
                return Desktop::until([&] { return !sessions.removedTitle().isEmpty(); });
            }},
        {u"narrow"_s, true,
            [](Desktop &desktop) {
                desktop.window().resize(960, 600);
                return open(desktop, u"Support triage"_s);
            }},
        {u"narrow-sheet"_s, true,
            [](Desktop &desktop) {
                desktop.window().resize(960, 600);
                const bool opened = open(desktop, u"Support triage"_s);
                QTest::qWait(500);
                desktop.press(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
                return opened;
            }},
        {u"zoom"_s, true,
            [](Desktop &desktop) {
                for (int step = 0; step < 4; ++step) {
                    desktop.press(Qt::Key_Equal, Qt::ControlModifier);
                }
                return open(desktop, u"Support triage"_s);
            }},
        {u"message-menu"_s, true,
            [](Desktop &desktop) { return openMenu(desktop, u"moreButton"_s); }},
        {u"variants"_s, true,
            [](Desktop &desktop) { return openMenu(desktop, u"variantsButton"_s); }},
        {u"cut-off"_s, false, cutOff},
        {u"long-text"_s, true, longText},
    };
}

bool shoot(const Scene &scene, const QDir &folder)
{
    Desktop desktop(scene.timing);
    if (!desktop.start(scene.samples)) {
        std::fprintf(stderr, "%s: the window did not come up\n", qPrintable(scene.name));
        return false;
    }
    desktop.window().resize(1440, 900);
    QTest::qWait(200);
    const bool played = scene.play(desktop);
    // Let animations end and the timeline measure its rows.
    QTest::qWait(700);
    const QString file = folder.filePath(scene.name + ".png"_L1);
    const bool kept = desktop.window().grabWindow().save(file);
    std::printf("%s %s\n", played && kept ? "done  " : "FAILED", qPrintable(file));
    std::fflush(stdout);
    return played && kept;
}

} // namespace

int main(int argc, char *argv[])
{
    QGuiApplication application(argc, argv);
    QGuiApplication::setApplicationName(u"lorikeet"_s);
    QGuiApplication::setApplicationVersion(QStringLiteral(LORIKEET_VERSION));
    BreezeIcons::initIcons();
    installTranslations(application);
    QQuickStyle::setStyle(u"Fusion"_s);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2 || arguments[1].startsWith(u'-')) {
        std::fputs("usage: lorikeet-shots OUTDIR [SCENE…]\n", stderr);
        return 2;
    }
    const QDir folder(arguments[1]);
    folder.mkpath(u"."_s);
    const QStringList wanted = arguments.sliced(2);
    int failed = 0;
    for (const Scene &scene : scenes()) {
        if ((wanted.isEmpty() || wanted.contains(scene.name)) && !shoot(scene, folder)) {
            ++failed;
        }
    }
    return failed == 0 ? 0 : 1;
}
