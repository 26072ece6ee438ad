// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench.h"

#include <BreezeIcons>
#include <QDir>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QStandardPaths>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QGuiApplication application(argc, argv);
    QGuiApplication::setApplicationName(u"lorikeet"_s);
    QGuiApplication::setApplicationDisplayName(u"Lorikeet"_s);
    QGuiApplication::setApplicationVersion(QStringLiteral(LORIKEET_VERSION));
    QGuiApplication::setDesktopFileName(u"org.lorikeet.Lorikeet"_s);
    BreezeIcons::initIcons();
    // The components are drawn by the module Lorikeet; what is not falls back on Fusion.
    if (qEnvironmentVariableIsEmpty("QT_QUICK_CONTROLS_STYLE")) {
        QQuickStyle::setStyle(u"Fusion"_s);
    }

    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    QDir().mkpath(folder);
    Workbench workbench(folder);

    QQmlApplicationEngine engine;
    engine.setInitialProperties({{u"workbench"_s, QVariant::fromValue(&workbench)}});
    engine.loadFromModule("Lorikeet", "Main");
    if (engine.rootObjects().isEmpty()) {
        return 1;
    }
    return QGuiApplication::exec();
}
