// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bars.h"
#include "loadbars.h"
#include "loadclientrun.h"
#include "runs.h"
#include "soak.h"
#include "stubserver.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Lorikeet::Bench;

int main(int argc, char *argv[])
{
    if (argc > 1 && qstrcmp(argv[1], "serve") == 0) {
        return runStubServer();
    }
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    if (arguments.value(0) == u"run"_s) {
        const Scenario scenario = Scenario::fromArguments(arguments.mid(2));
        const QString client = arguments.value(1);
        const QJsonObject result = client == u"epoll"_s ? runEpoll(scenario)
            : client == u"lazy"_s                       ? runLazy(scenario)
            : client == u"api"_s                        ? runApiClient(scenario)
                                                        : runLoad(scenario);
        std::puts(QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
        return 0;
    }
    if (arguments.value(0) == u"soak"_s) {
        return soak({.simulator = arguments.value(1),
            .minutes = arguments.value(2, u"20"_s).toInt(),
            .streams = arguments.value(3, u"200"_s).toInt()});
    }
    const bool isRepetitions = arguments.value(0).toInt() > 0;
    const int repetitions = isRepetitions ? arguments.value(0).toInt() : 7;
    const QByteArray group = arguments.value(isRepetitions ? 1 : 0).toLatin1();
    const char *only = group.isEmpty() ? nullptr : group.constData();
    int missed = measureBars({u"epoll"_s, u"api"_s, u"load"_s}, repetitions, only);
    missed += measureLoadBars(repetitions, only);
    if (!only) {
        std::printf("Bar 7 is of the window: bench_timeline. "
                    "No bar against aiohttp+uvloop was judged: there is no such client here.\n");
    }
    return missed == 0 ? 0 : 1;
}
