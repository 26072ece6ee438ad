// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "managers.h"

#include "http/curlaccessmanager.h"

#include <QNetworkAccessManager>
#include <QTest>

using namespace Qt::StringLiterals;

namespace Lorikeet {

void addManagerRows()
{
    addOwnManagerRows();
    QTest::newRow("qt") << u"qt"_s;
}

void addOwnManagerRows()
{
    QTest::addColumn<QString>("manager");
    QTest::newRow("curl") << u"curl"_s;
#ifdef Q_OS_UNIX
    QTest::newRow("direct") << u"direct"_s;
#endif
}

std::unique_ptr<QNetworkAccessManager> makeManager(const QString &name)
{
    if (name == "qt"_L1) {
        return std::make_unique<QNetworkAccessManager>();
    }
    return makeOwnManager(name);
}

std::unique_ptr<CurlAccessManager> makeOwnManager(const QString &name)
{
    auto manager = std::make_unique<CurlAccessManager>(nullptr,
        name.endsWith("notifiers"_L1) ? CurlAccessManager::Watch::Notifiers
                                      : CurlAccessManager::Watch::Best);
    if (name.startsWith("direct"_L1)) {
        manager->sendDirectly();
    }
    return manager;
}

} // namespace Lorikeet
