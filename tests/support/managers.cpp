// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "managers.h"

#include <QNetworkAccessManager>
#include <QTest>

using namespace Qt::StringLiterals;

namespace Lorikeet {

void addManagerRows()
{
    QTest::addColumn<QString>("manager");
    QTest::newRow("qt") << u"qt"_s;
}

std::unique_ptr<QNetworkAccessManager> makeManager(const QString &)
{
    return std::make_unique<QNetworkAccessManager>();
}

} // namespace Lorikeet
