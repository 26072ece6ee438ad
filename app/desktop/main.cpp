// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/logging.h"
#include "demosessions.h"
#include "http/apiclient.h"
#include "http/carrier.h"
#include "simulator/simulatorthread.h"
#include "singleinstance.h"
#include "terminationsignals.h"
#include "translations.h"
#include "triton/grpctransport.h"
#include "workbench.h"

#include <BreezeIcons>
#include <QApplication>
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QIcon>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QWindow>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

namespace {

/// What the command line says.
struct Usage
{
    Q_DECLARE_TR_FUNCTIONS(Usage)
};

struct Options
{
    QString profile;
    bool demo = false;
};

/// Ends the program itself where there is nothing to open: --help, --version, a mistake.
Options parseOptions()
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Usage::tr(
        "A workbench for deployed language models: chat with a server and its adapters, compare "
        "them side by side, load-test it."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption demo(u"demo"_s,
        Usage::tr("Start with sample sessions and the built-in endpoint; nothing of yours is read "
                  "or changed but how well this computer measures."));
    const QCommandLineOption profile(u"profile"_s,
        Usage::tr("Keep sessions, endpoints and settings apart under this name."),
        Usage::tr("NAME"));
    parser.addOptions({demo, profile});
    parser.process(*QCoreApplication::instance());
    return {.profile = parser.value(profile), .demo = parser.isSet(demo)};
}

/// Where this profile keeps its files. A profile's name cannot lead out of the folder of all.
QString profileFolder(const QString &profile)
{
    QString folder = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    if (!profile.isEmpty()) {
        folder += "/profiles/"_L1 + QString::fromLatin1(QUrl::toPercentEncoding(profile, {}, "."));
    }
    QDir().mkpath(folder);
    return folder;
}

/// The simulator speaks two dialects, and each is an endpoint.
QList<Endpoint> demoEndpoints(SimulatorThread &simulator)
{
    if (const Result<> started = simulator.start(); !started) {
        qCWarning(logUi).noquote() << started.error().message;
        return {};
    }
    return {simulatorEndpoint(simulator.url(), u"openai"_s),
        simulatorEndpoint(simulator.url(), u"lorax"_s)};
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QGuiApplication::setApplicationName(u"lorikeet"_s);
    QGuiApplication::setApplicationDisplayName(u"Lorikeet"_s);
    QGuiApplication::setApplicationVersion(QStringLiteral(LORIKEET_VERSION));
    QGuiApplication::setDesktopFileName(u"org.lorikeet.Lorikeet"_s);
    installTranslations(application);
    const Options options = parseOptions();
    QGuiApplication::setWindowIcon(QIcon(u":/icons/org.lorikeet.Lorikeet.svg"_s));
    BreezeIcons::initIcons();
    // The components are drawn by the module Lorikeet; what is not falls back on Fusion.
    if (qEnvironmentVariableIsEmpty("QT_QUICK_CONTROLS_STYLE")) {
        QQuickStyle::setStyle(u"Fusion"_s);
    }

    std::optional<QTemporaryDir> temporary;
    if (options.demo) {
        temporary.emplace();
    }
    const QString folder = temporary ? temporary->path() : profileFolder(options.profile);
    SingleInstance instance(folder);
    if (instance.raiseOther()) {
        return 0;
    }
    instance.hold();
    SimulatorThread simulator(
        {.timing = simulatorProfile(u"local-7b").value_or(SimulatorTiming())});
    Workbench workbench(
        folder, [](ApiClient &client) { client.setCarrier(Triton::grpcCarrier()); });
    const TerminationSignals signalsToQuit;
    QObject::connect(&signalsToQuit, &TerminationSignals::received, &application,
        &QCoreApplication::quit, Qt::QueuedConnection);

    QQmlApplicationEngine engine;
    engine.setInitialProperties({{u"workbench"_s, QVariant::fromValue(&workbench)}});
    engine.loadFromModule("Lorikeet", "Main");
    if (engine.rootObjects().isEmpty()) {
        return 1;
    }
    if (auto *window = qobject_cast<QWindow *>(engine.rootObjects().constFirst())) {
        QObject::connect(&instance, &SingleInstance::raiseWanted, window, [window] {
            window->show();
            window->raise();
            window->requestActivate();
        });
    }
    const QList<Endpoint> demos = demoEndpoints(simulator);
    workbench.start(demos);
    if (!options.demo) {
        workbench.lookAround();
    } else if (!demos.isEmpty()) {
        workbench.addSessions(demoSessions(demos.constFirst(), QDateTime::currentDateTimeUtc()));
    }
    return QGuiApplication::exec();
}
