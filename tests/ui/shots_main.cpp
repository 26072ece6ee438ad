// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Shows the real window in named scenes and keeps a picture of each:
//   lorikeet-shots OUTDIR [SCENE…]
// A scene's name ends in @dark, @narrow or both for that variant of it; SCENE may be a pattern.

#include "scenes.h"
#include "translations.h"

#include <BreezeIcons>
#include <QApplication>
#include <QDir>
#include <QQuickStyle>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <cstdio>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

namespace {

struct Look
{
    bool dark = false;
    bool narrow = false;
};

bool shoot(const Scene &scene, Look look, const QString &file)
{
    Desktop desktop(scene.timing, scene.server);
    if (!desktop.start(scene.samples)) {
        std::fprintf(stderr, "%s: the window did not come up\n", qPrintable(scene.name));
        return false;
    }
    desktop.window().resize(look.narrow ? QSize(960, 600) : QSize(1440, 900));
    if (look.dark) {
        desktop.workbench().preferences()->setScheme(Qt::ColorScheme::Dark);
    }
    QTest::qWait(200);
    const bool played = scene.play(desktop);
    // Let animations end and the timeline measure its rows.
    QTest::qWait(700);
    const bool kept = desktop.window().grabWindow().save(file);
    std::printf("%s %s\n", played && kept ? "done  " : "FAILED", qPrintable(file));
    std::fflush(stdout);
    return played && kept;
}

/// False: one of the scenes failed, or there is none of that name.
bool shootAll(const QList<Scene> &scenes, const QString &wanted, const QDir &folder)
{
    const QStringList parts = wanted.split(u'@');
    const Look look{.dark = parts.contains("dark"_L1), .narrow = parts.contains("narrow"_L1)};
    const auto pattern = QRegularExpression::fromWildcard(parts.constFirst());
    QString variant = wanted.sliced(parts.constFirst().size());
    variant.replace(u'@', u'-');
    bool any = false;
    bool all = true;
    for (const Scene &scene : scenes) {
        if (pattern.match(scene.name).hasMatch()) {
            any = true;
            all = shoot(scene, look, folder.filePath(scene.name + variant + ".png"_L1)) && all;
        }
    }
    if (!any) {
        std::fprintf(stderr, "There is no scene %s.\n", qPrintable(wanted));
    }
    return any && all;
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QGuiApplication::setApplicationName(u"lorikeet"_s);
    QGuiApplication::setApplicationVersion(QStringLiteral(LORIKEET_VERSION));
    BreezeIcons::initIcons();
    installTranslations(application);
    QQuickStyle::setStyle(u"Fusion"_s);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2 || arguments[1].startsWith(u'-')) {
        std::fputs("usage: lorikeet-shots OUTDIR [SCENE[@dark][@narrow]…]\n", stderr);
        return 2;
    }
    const QDir folder(arguments[1]);
    folder.mkpath(u"."_s);
    const QList<Scene> scenes = chatScenes() + compareScenes() + endpointScenes() + gridScenes()
        + judgingScenes() + loadScenes() + structuredScenes() + templateScenes() + toolScenes()
        + walkScenes();
    const QStringList wanted = arguments.size() > 2 ? arguments.sliced(2) : QStringList(u"*"_s);
    const auto failed = std::ranges::count_if(
        wanted, [&](const QString &name) { return !shootAll(scenes, name, folder); });
    return failed == 0 ? 0 : 1;
}
