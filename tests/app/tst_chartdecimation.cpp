// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "charts/chartdecimation.h"

#include "charts/chartdata.h"
#include "charts/chartlook.h"
#include "charts/chartplot.h"

#include <QImage>
#include <QTest>

#include <cmath>
#include <random>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// However much there is to show, no more is painted than there is room for, and no peak is lost.
class TestChartDecimation : public QObject
{
    Q_OBJECT

    static ChartPixels pixels(ChartRange x, ChartRange y, bool isLogY = false)
    {
        return {.x = x, .y = y, .isLogY = isLogY, .width = 800, .height = 200};
    }

private Q_SLOTS:

    void anHourAtTenHertzKeepsItsPeak()
    {
        QList<QPointF> points;
        for (int i = 0; i < 36'000; ++i) {
            points.append({i * 0.1, i == 17'011 ? 99.0 : std::sin(i)});
        }
        const QList<QPointF> shown = decimatedLine(points, pixels({0, 3600}, {-1, 100}));
        QVERIFY2(shown.size() <= 802 * 4, qPrintable(QString::number(shown.size())));
        QVERIFY(shown.contains(points[17'011]));
        QCOMPARE(shown.constFirst(), points.constFirst());
        QCOMPARE(shown.constLast(), points.constLast());
        QVERIFY(std::ranges::is_sorted(shown, {}, [](const QPointF &point) { return point.x(); }));
    }

    void whatFitsIsShownAsItIs()
    {
        QList<QPointF> points;
        for (int i = 0; i < 100; ++i) {
            points.append({double(i), double(i % 7)});
        }
        QCOMPARE(decimatedLine(points, pixels({0, 99}, {0, 7})), points);
        // Of a stretch also the neighbours, so that the line reaches its edges.
        QCOMPARE(decimatedLine(points, pixels({10, 20}, {0, 7})), points.mid(9, 13));
    }

    void gapsStayGaps()
    {
        QList<QPointF> points;
        for (int i = 0; i < 20'000; ++i) {
            points.append({double(i), i >= 5000 && i < 15'000 ? std::nan("") : 1.0});
        }
        const QList<QPointF> shown = decimatedLine(points, pixels({0, 20'000}, {0, 2}));
        QVERIFY(
            std::ranges::any_of(shown, [](const QPointF &point) { return std::isnan(point.y()); }));
        QVERIFY(std::ranges::none_of(shown, [](const QPointF &point) {
            return point.x() > 5000 && point.x() < 15'000 && !std::isnan(point.y());
        }));
    }

    void aMillionDotsAreNoMoreThanPixels()
    {
        std::mt19937 random(7);
        std::lognormal_distribution<> latency(-2, 0.5);
        QList<QPointF> points;
        for (int i = 0; i < 1'000'000; ++i) {
            points.append({i * 0.001, latency(random)});
        }
        const QList<QPointF> shown = decimatedPoints(points, pixels({0, 1000}, {0.001, 10}, true));
        QVERIFY(shown.size() > 1000);
        QVERIFY2(shown.size() <= 400 * 100, qPrintable(QString::number(shown.size())));
    }

    void theNearestPointIsFound()
    {
        const QList<QPointF> points{{0, 1}, {1, 2}, {4, 3}};
        QCOMPARE(nearestOf(points, -5), 0);
        QCOMPARE(nearestOf(points, 0.6), 1);
        QCOMPARE(nearestOf(points, 2.4), 1);
        QCOMPARE(nearestOf(points, 2.6), 2);
        QCOMPARE(nearestOf(points, 99), 2);
        QCOMPARE(nearestOf({}, 1), -1);
    }

    void aPictureIsMadeOfFewPoints()
    {
        ChartData data(nullptr);
        data.setAxes({.unit = ChartUnit::Time}, {.unit = ChartUnit::Duration, .isLog = true});
        ChartSeries line{.name = u"p95"_s, .points = {}};
        for (int i = 0; i < 36'000; ++i) {
            line.points.append({i * 0.1, 0.1 + 0.05 * std::sin(i)});
        }
        ChartSeries dots{
            .name = u"requests"_s, .kind = ChartSeries::Kind::Points, .look = 1, .points = {}};
        for (int i = 0; i < 1'000'000; ++i) {
            dots.points.append({i * 0.0036, 0.01 * (1 + i % 997)});
        }
        // The line last, which is painted over the dots.
        data.setSeries({dots, line});
        ChartLook look;
        look.series = {Qt::red, Qt::blue};
        QImage image(800, 240, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        ChartPlot plot;
        const ChartPlot::Painted painted
            = plot.paint(image, image.size(), data, look, data.wholeX());
        QVERIFY2(painted.points < 100'000, qPrintable(QString::number(painted.points)));
        QVERIFY(painted.area.width() > 600);
        // Something of each is in sight.
        bool hasRed = false;
        bool hasBlue = false;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor colour = image.pixelColor(x, y);
                hasRed = hasRed || (colour.red() > 200 && colour.blue() < 120);
                hasBlue = hasBlue || (colour.blue() > 200 && colour.red() < 160);
            }
        }
        QVERIFY(hasRed);
        QVERIFY(hasBlue);
    }
};

QTEST_MAIN(TestChartDecimation)

#include "tst_chartdecimation.moc"
