// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadcalibration.h"
#include "translations.h"

#include <QFile>
#include <QLocale>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// A person finds out, in the window, what this computer can be trusted with.
class TestLoadCalibration final : public QObject
{
    Q_OBJECT

    static QString kept()
    {
        return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
            + u"/load-calibration.json"_s;
    }

private Q_SLOTS:

    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        installTranslations(*QCoreApplication::instance());
    }

    void init() { QFile::remove(kept()); }

    void cleanupTestCase() { QFile::remove(kept()); }

    void itIsFoundOutAndKept()
    {
        LoadCalibration calibration({2});
        QVERIFY(!calibration.isKnown());
        QVERIFY(calibration.sentence().startsWith(u"Nobody has found out yet"_s));
        QSignalSpy done(&calibration, &LoadCalibration::done);
        calibration.start();
        QVERIFY(calibration.isRunning());
        QCOMPARE(calibration.step(), u"2 streams at once …"_s);
        QCOMPARE(calibration.progress(), 0.0);
        QVERIFY(done.wait(120'000));
        QVERIFY(!calibration.isRunning());
        QCOMPARE(calibration.steps().size(), 1);
        QCOMPARE(calibration.progress(), 1.0);
        QVERIFY(calibration.isKnown());
        // On a busy machine it may be right or not, and says which.
        const bool isRight
            = calibration.steps().constFirst() == u"2 streams at once: measured right."_s;
        QVERIFY2(calibration.sentence().contains(
                     isRight ? u"at 2 streams"_s : u"not even the least load"_s),
            qPrintable(calibration.sentence()));
        // As reports and the next start of the program find it.
        const std::optional<ClientCalibration> stored = storedCalibration();
        QVERIFY(stored);
        QCOMPARE(stored->streams, isRight ? 2 : 0);
        QCOMPARE(LoadCalibration({2}).sentence(), calibration.sentence());
    }

    void whatWasFoundBeforeStaysWhereItIsStopped()
    {
        ClientCalibration before = calibrationOf({}, {});
        before.tokenRate = 12'345.6;
        before.streams = 256;
        QVERIFY(store(before));
        LoadCalibration calibration({2});
        const QString known = calibration.sentence();
        QVERIFY2(
            known.startsWith(u"This computer can be trusted up to %1 tokens/s at 256 streams"_s.arg(
                QLocale().toString(12'346))),
            qPrintable(known));
        calibration.start();
        QVERIFY(calibration.isRunning());
        calibration.stop();
        QVERIFY(!calibration.isRunning());
        QCOMPARE(calibration.step(), QString());
        QCOMPARE(calibration.sentence(), known);
        QCOMPARE(storedCalibration()->streams, 256);
        // And again.
        calibration.start();
        QVERIFY(calibration.isRunning());
    }
};

QTEST_MAIN(TestLoadCalibration)

#include "tst_loadcalibration.moc"
