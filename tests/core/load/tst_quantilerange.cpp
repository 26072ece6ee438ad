// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/random.h"
#include "load/quantilerange.h"

#include <QTest>

#include <algorithm>
#include <vector>

using namespace Lorikeet;

/// How well a percentile is known.
class TestQuantileRange final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    /// Worked out with exact binomials.
    void ranks_data()
    {
        QTest::addColumn<qint64>("count");
        QTest::addColumn<double>("share");
        QTest::addColumn<qint64>("low");
        QTest::addColumn<qint64>("high");
        QTest::newRow("median of 5") << qint64(5) << 0.5 << qint64(0) << qint64(0);
        QTest::newRow("median of 6") << qint64(6) << 0.5 << qint64(1) << qint64(6);
        QTest::newRow("median of 20") << qint64(20) << 0.5 << qint64(6) << qint64(15);
        QTest::newRow("median of 100") << qint64(100) << 0.5 << qint64(40) << qint64(61);
        QTest::newRow("p95 of 72") << qint64(72) << 0.95 << qint64(64) << qint64(72);
        QTest::newRow("p95 of 71") << qint64(71) << 0.95 << qint64(0) << qint64(0);
        QTest::newRow("p95 of 1000") << qint64(1000) << 0.95 << qint64(936) << qint64(964);
        QTest::newRow("p99 of 367") << qint64(367) << 0.99 << qint64(0) << qint64(0);
        QTest::newRow("p99 of 368") << qint64(368) << 0.99 << qint64(360) << qint64(368);
        QTest::newRow("p99 of 1000") << qint64(1000) << 0.99 << qint64(983) << qint64(997);
        QTest::newRow("none") << qint64(0) << 0.5 << qint64(0) << qint64(0);
    }

    void ranks()
    {
        QFETCH(const qint64, count);
        QFETCH(const double, share);
        QFETCH(const qint64, low);
        QFETCH(const qint64, high);
        const auto range = quantileRange(count, share);
        QCOMPARE(range.has_value(), low > 0);
        if (range) {
            QCOMPARE(*range, (RankRange{low, high}));
        }
        QCOMPARE(range.has_value(), count >= samplesForQuantile(share));
    }

    /// Also where so many are just enough.
    void asManyAsAreNeeded()
    {
        for (const double confidence : {0.5, 0.75, 0.9, 0.95, 0.99}) {
            for (const double share : {0.5, 0.25, 0.9, 0.99}) {
                const qint64 needed = samplesForQuantile(share, confidence);
                QVERIFY(quantileRange(needed, share, confidence));
                QVERIFY2(needed == 1 || !quantileRange(needed - 1, share, confidence),
                    qPrintable(QString::number(needed)));
            }
        }
        QCOMPARE(samplesForQuantile(0.5, 0.5), 2);
    }

    /// Of many runs the true quantile is within it as often as is promised.
    void holdsWhatItPromises()
    {
        Random random(1);
        int held = 0;
        constexpr int runs = 2000;
        const RankRange range = *quantileRange(500, 0.9);
        for (int run = 0; run < runs; ++run) {
            std::vector<double> samples(500);
            std::ranges::generate(samples, [&random] { return random.uniform(); });
            std::ranges::sort(samples);
            held += samples[size_t(range.low - 1)] <= 0.9 && samples[size_t(range.high - 1)] >= 0.9;
        }
        QVERIFY2(held >= int(0.95 * runs), qPrintable(QString::number(held)));
        QVERIFY2(held <= int(0.985 * runs), qPrintable(QString::number(held)));
    }

    void ofAMillion()
    {
        const auto range = quantileRange(1'000'000, 0.99);
        QVERIFY(range);
        QVERIFY(range->low > 989'700 && range->low < 989'900);
        QVERIFY(range->high > 990'100 && range->high < 990'300);
    }
};

QTEST_GUILESS_MAIN(TestQuantileRange)
#include "tst_quantilerange.moc"
