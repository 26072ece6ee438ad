// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "singleinstance.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <optional>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// A program started twice.
class TestSingleInstance final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void theFirstIsAskedToComeToTheFront()
    {
        const QTemporaryDir folder;
        SingleInstance first(folder.path());
        QVERIFY(!first.raiseOther());
        first.hold();
        QSignalSpy raised(&first, &SingleInstance::raiseWanted);
        for (int times = 1; times <= 2; ++times) {
            const SingleInstance second(folder.path());
            QVERIFY(second.raiseOther());
            QTRY_COMPARE(raised.count(), times);
        }
    }

    void aFolderIsTheSameByAnyOfItsNames()
    {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir(u"a"_s));
        QVERIFY(QFile::link(folder.filePath(u"a"_s), folder.filePath(u"b"_s)));
        SingleInstance first(folder.filePath(u"a"_s));
        first.hold();
        QVERIFY(SingleInstance(folder.filePath(u"b"_s)).raiseOther());
        QVERIFY(SingleInstance(folder.filePath(u"a/../a/"_s)).raiseOther());
    }

    void otherFoldersAreFree()
    {
        const QTemporaryDir one;
        const QTemporaryDir two;
        SingleInstance first(one.path());
        first.hold();
        QSignalSpy raised(&first, &SingleInstance::raiseWanted);
        SingleInstance second(two.path());
        QVERIFY(!second.raiseOther());
        second.hold();
        QVERIFY(SingleInstance(two.path()).raiseOther());
        QVERIFY(SingleInstance(one.path()).raiseOther());
        QTRY_COMPARE(raised.count(), 1);
    }

    void theNextHoldsItWhenTheFirstHasEnded()
    {
        const QTemporaryDir folder;
        std::optional<SingleInstance> first(std::in_place, folder.path());
        first->hold();
        first.reset();
        SingleInstance second(folder.path());
        QVERIFY(!second.raiseOther());
        second.hold();
        QVERIFY(SingleInstance(folder.path()).raiseOther());
    }

    void whatAKilledProgramLeftBehindIsTakenOver()
    {
        const QTemporaryDir folder;
        const pid_t killed = ::fork();
        if (killed == 0) {
            SingleInstance instance(folder.path());
            instance.hold();
            ::_exit(0); // nothing is cleaned up, as when it is killed
        }
        QVERIFY(killed > 0);
        QCOMPARE(::waitpid(killed, nullptr, 0), killed);
        SingleInstance next(folder.path());
        QVERIFY(!next.raiseOther());
        next.hold();
        QVERIFY(SingleInstance(folder.path()).raiseOther());
    }
};

QTEST_GUILESS_MAIN(TestSingleInstance)
#include "tst_singleinstance.moc"
