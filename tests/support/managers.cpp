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
    QTest::addColumn<QString>("manager");
    QTest::newRow("qt") << u"qt"_s;
    QTest::newRow("curl") << u"curl"_s;
}

std::unique_ptr<QNetworkAccessManager> makeManager(const QString &name)
{
    if (name == "qt"_L1) {
        return std::make_unique<QNetworkAccessManager>();
    }
    return std::make_unique<CurlAccessManager>(nullptr,
        name == "notifiers"_L1 ? CurlAccessManager::Watch::Notifiers
                               : CurlAccessManager::Watch::Best);
}

} // namespace Lorikeet
