// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/durationtext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// Times as people read them.
class TestDurationText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void itHasTheDigitsThatCount_data()
    {
        QTest::addColumn<Nanoseconds>("time");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << Nanoseconds(0) << u"0 s"_s;
        QTest::newRow("less than a millisecond") << Nanoseconds(420us) << u"0.4 ms"_s;
        QTest::newRow("milliseconds") << Nanoseconds(182ms) << u"182 ms"_s;
        QTest::newRow("almost a second") << Nanoseconds(999'600us) << u"1.0 s"_s;
        QTest::newRow("seconds") << Nanoseconds(3140ms) << u"3.1 s"_s;
        QTest::newRow("minutes") << Nanoseconds(125s) << u"2 min 5 s"_s;
    }

    void itHasTheDigitsThatCount()
    {
        QFETCH(const Nanoseconds, time);
        QTEST(durationText(time), "text");
    }
};

QTEST_APPLESS_MAIN(TestDurationText)
#include "tst_durationtext.moc"
