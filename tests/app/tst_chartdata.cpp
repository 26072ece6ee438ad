// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "charts/chartdata.h"

#include "charts/chartexport.h"
#include "charts/chartlook.h"
#include "charts/charttext.h"
#include "translations.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// What a chart tells those who look at it, read it or take it along.
class TestChartData : public QObject
{
    Q_OBJECT

    static ChartSeries series(const QString &name, int look, const QList<QPointF> &points)
    {
        return {.name = name, .look = look, .points = points};
    }

private Q_SLOTS:

    void initTestCase() { installTranslations(*QCoreApplication::instance()); }

    void valuesAreWrittenAsTheirUnitWants()
    {
        QCOMPARE(chartText(0.182, ChartUnit::Duration), u"182 ms"_s);
        QCOMPARE(chartText(65, ChartUnit::Time), u"1:05"_s);
        QCOMPARE(chartText(3725, ChartUnit::Time), u"1:02:05"_s);
        QCOMPARE(chartText(0.5, ChartUnit::Share), u"50.0 %"_s);
        QCOMPARE(chartText(1204.4, ChartUnit::Number), QLocale().toString(1204));
        QCOMPARE(chartText(std::numeric_limits<double>::quiet_NaN(), ChartUnit::Number), u"–"_s);
        QCOMPARE(chartTickText(25'000, ChartUnit::Number, 5000), u"25k"_s);
        QCOMPARE(chartTickText(4, ChartUnit::Count, 2), u"4"_s);
    }

    void theCrosshairReadsEachVisibleLine()
    {
        ChartData data(nullptr);
        data.setAxes({.unit = ChartUnit::Time}, {.unit = ChartUnit::Duration});
        data.setSeries(
            {series(u"p50"_s, 0, {{0, 0.1}, {1, 0.2}}), series(u"p95"_s, 1, {{0, 0.3}, {1, 0.4}})});
        QList<ChartReading> readings = data.readingsAt(0.9);
        QCOMPARE(readings.size(), 2);
        QCOMPARE(readings[0].text, u"200 ms"_s);
        QCOMPARE(readings[1].letter, u"B"_s);
        data.toggle(0);
        readings = data.readingsAt(0.9);
        QCOMPARE(readings.size(), 1);
        QCOMPARE(readings[0].name, u"p95"_s);
        // The last one in sight stays.
        data.toggle(1);
        QVERIFY(data.legend()[1].shown);
    }

    void whatWasHiddenStaysHidden()
    {
        ChartData data(nullptr);
        data.setSeries({series(u"a"_s, 0, {{0, 1}}), series(u"b"_s, 1, {{0, 2}})});
        data.toggle(1);
        data.setSeries({series(u"a"_s, 0, {{0, 1}, {1, 5}}), series(u"b"_s, 1, {{0, 2}})});
        QVERIFY(data.legend()[0].shown);
        QVERIFY(!data.legend()[1].shown);
    }

    void theRangeLeavesRoomAndNamesNoZeroOfALogarithm()
    {
        ChartData data(nullptr);
        data.setAxes({}, {.unit = ChartUnit::Number, .startsAtZero = true});
        data.setSeries({series(u"a"_s, 0, {{0, 10}, {1, 20}})});
        QCOMPARE(data.rangeY({0, 1}).from, 0.0);
        QVERIFY(data.rangeY({0, 1}).to > 20);
        data.setLogY(true);
        QVERIFY(data.rangeY({0, 1}).from > 0);
        data.setSeries({series(u"a"_s, 0, {{0, 0}})});
        QVERIFY(data.rangeY({0, 1}).from > 0);
    }

    void itIsSummedUpInWords()
    {
        ChartData data(nullptr);
        data.setAxes({}, {.unit = ChartUnit::Number});
        QCOMPARE(data.summary(), u"Nothing yet."_s);
        data.setSeries({series(u"tokens"_s, 0, {{0, 10}, {1, 40}, {2, 30}})});
        QCOMPARE(data.summary(), u"tokens: from 10 to 40, last 30."_s);
    }

    void itIsWrittenInEveryForm()
    {
        const QTemporaryDir folder;
        ChartData data(nullptr);
        data.setTitle(u"Tokens"_s, u"a second"_s);
        data.setAxes({.unit = ChartUnit::Time}, {.unit = ChartUnit::Number});
        data.setSeries({series(u"a, b"_s, 0, {{0, 10}, {1, 40.5}})});
        const ChartLook look;
        for (const auto &[name, head] : {std::pair{u"c.png"_s, QByteArray("\x89PNG")},
                 {u"c.svg"_s, QByteArray("<?xml")}, {u"c.pdf"_s, QByteArray("%PDF")},
                 {u"c.csv"_s, QByteArray("x_s,series,y\n0,\"a, b\",10\n1,\"a, b\",40.5\n")}}) {
            const QString path = folder.filePath(name);
            QVERIFY(exportChart(path, data, look, {0, 1}, {400, 200}));
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(file.readAll().startsWith(head), qPrintable(name));
        }
        const Result<> refused = exportChart(u"/nowhere/c.png"_s, data, look, {0, 1}, {400, 200});
        QVERIFY(!refused);
        QVERIFY(refused.error().message.contains("/nowhere/c.png"_L1));
    }
};

QTEST_MAIN(TestChartData)

#include "tst_chartdata.moc"
