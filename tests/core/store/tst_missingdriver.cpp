// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/store.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// An installation without Qt's SQLite driver. A program of its own, since the drivers of a process
/// are looked for once.
class TestMissingDriver final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QCoreApplication::setLibraryPaths({}); }

    void itIsSaidWithWhatToInstall()
    {
        const QTemporaryDir folder;
        Store store(folder.filePath(u"lorikeet.db"_s));
        const Result<StoreReport> report = store.open().result();
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ApiError::Kind::Storage);
        QVERIFY2(report.error().message.contains(u"SQLite driver is not installed"_s)
                && report.error().message.contains(u"libqt6sql6-sqlite"_s),
            qPrintable(report.error().message));
        // It stays the reason for all that is asked later.
        QCOMPARE(store.conversations().list().result().error(), report.error());
        QCOMPARE(store.endpoints().list().result().error(), report.error());
    }
};

QTEST_GUILESS_MAIN(TestMissingDriver)
#include "tst_missingdriver.moc"
