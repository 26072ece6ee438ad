// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bars.h"
#include "runs.h"
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
            : client == u"curl"_s                       ? runCurl(scenario)
                                                        : runApiClient(scenario);
        std::puts(QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
        return 0;
    }
    const bool isRepetitions = arguments.value(0).toInt() > 0;
    const QByteArray group = arguments.value(isRepetitions ? 1 : 0).toLatin1();
    const int missed = measureBars({u"epoll"_s, u"curl"_s, u"api"_s},
        isRepetitions ? arguments.value(0).toInt() : 7,
        group.isEmpty() ? nullptr : group.constData());
    return missed == 0 ? 0 : 1;
}
