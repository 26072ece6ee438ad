// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/heightindex.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Lorikeet;

class TestHeightIndex final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void agreesWithAPlainListOfHeights()
    {
        QRandomGenerator random(3);
        HeightIndex index;
        std::vector<qreal> plain;
        for (int round = 0; round < 3000; ++round) {
            const int size = int(plain.size());
            const int what = random.bounded(10);
            if (what == 0 || size == 0) {
                const int at = random.bounded(size + 1);
                const int count = 1 + random.bounded(5);
                index.insert(at, count);
                plain.insert(plain.begin() + at, std::size_t(count), 0.0);
            } else if (what == 1) {
                const int at = random.bounded(size);
                const int count = std::min(size - at, 1 + random.bounded(3));
                index.remove(at, count);
                plain.erase(plain.begin() + at, plain.begin() + at + count);
            } else {
                const int at = random.bounded(size);
                const qreal height = random.bounded(400);
                index.set(at, height, true);
                plain[std::size_t(at)] = height;
            }
            qreal top = 0;
            for (int row = 0; row < int(plain.size()); ++row) {
                QCOMPARE(index.top(row), top);
                if (plain[std::size_t(row)] > 0) {
                    QCOMPARE(index.rowAt(top), row);
                    QCOMPARE(index.rowAt(top + plain[std::size_t(row)] - 0.5), row);
                }
                top += plain[std::size_t(row)];
            }
            QCOMPARE(index.total(), top);
        }
    }

    void edges()
    {
        HeightIndex index;
        QCOMPARE(index.rowAt(0), -1);
        QCOMPARE(index.total(), 0);
        index.insert(0, 2);
        QVERIFY(!index.isExact(0));
        index.set(0, 10, true);
        index.set(1, 20, false);
        QCOMPARE(index.rowAt(1000), 1);
        QCOMPARE(index.rowAt(-5), 0);
        index.invalidate(0);
        QVERIFY(!index.isExact(0));
        QCOMPARE(index.height(0), 10);
    }
};

QTEST_GUILESS_MAIN(TestHeightIndex)
#include "tst_heightindex.moc"
