// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/tokenrate.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace Lorikeet;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// How fast an answer comes just now, by when its bytes arrived and not by when they were looked
/// at.
class TestTokenRate : public QObject
{
    Q_OBJECT

    static constexpr TimePoint begin{1000s};

    static StreamEvents pieces(Nanoseconds at, int count = 1)
    {
        return StreamEvents(
            count, StreamEvent{.at = begin + at, .payload = TextDelta{.text = u"x"_s}});
    }

    /// So many a second, even, from the first moment to the last.
    static TokenRate even(int perSecond, Nanoseconds length)
    {
        TokenRate rate;
        for (Nanoseconds at(0); at < length; at += Nanoseconds(1s) / perSecond) {
            rate.add(pieces(at));
        }
        return rate;
    }

private Q_SLOTS:

    void nothingCameYet()
    {
        TokenRate rate;
        QCOMPARE(rate.rate(begin), 0.0);
        QVERIFY(rate.recent(begin).isEmpty());
        rate.add({StreamEvent{.at = begin, .payload = Started{}},
            StreamEvent{.at = begin, .payload = TextDelta{}}});
        QCOMPARE(rate.count(), 0); // nothing of this was generated
    }

    void anEvenStreamHasItsRate()
    {
        const TokenRate rate = even(40, 30s);
        QCOMPARE(rate.count(), 1200);
        const double now = rate.rate(begin + 30s);
        QVERIFY2(std::abs(now - 40) < 1, qPrintable(QString::number(now)));
        const QList<double> recent = rate.recent(begin + 30s - 1ns);
        QCOMPARE(recent.size(), TokenRate::slotCount);
        QCOMPARE(recent, QList<double>(TokenRate::slotCount, 40));
    }

    void aYoungStreamIsNotTakenForASlowOne()
    {
        const TokenRate rate = even(40, 1s);
        const double now = rate.rate(begin + 1s);
        QVERIFY2(std::abs(now - 40) < 1, qPrintable(QString::number(now)));
        QCOMPARE(rate.recent(begin + 1s - 1ns).size(), 4);
    }

    void whatStallsFallsToNothing()
    {
        const TokenRate rate = even(40, 5s);
        const double slower = rate.rate(begin + 6s);
        QVERIFY2(slower > 10 && slower < 30, qPrintable(QString::number(slower)));
        QCOMPARE(rate.rate(begin + 8s), 0.0);
        QCOMPARE(rate.recent(begin + 60s), QList<double>(TokenRate::slotCount, 0));
    }

    void afterALongPauseNothingOldIsCounted()
    {
        TokenRate rate = even(40, 5s);
        rate.add(pieces(100s, 10));
        QCOMPARE(rate.count(), 210);
        const QList<double> recent = rate.recent(begin + 100s);
        QCOMPARE(
            std::accumulate(recent.begin(), recent.end(), 0.0), 40.0); // ten in a quarter second
    }
};

QTEST_APPLESS_MAIN(TestTokenRate)

#include "tst_tokenrate.moc"
