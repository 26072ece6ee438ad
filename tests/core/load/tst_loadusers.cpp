// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadusers.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace Lorikeet;

/// Who may ask, and who rests since nothing it asks is answered.
class TestLoadUsers final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void whoIsAskingIsNotIdle()
    {
        LoadUsers users;
        QVERIFY(users.isIdle(3));
        users.begin(3);
        QVERIFY(!users.isIdle(3));
        QVERIFY(users.isIdle(2));
        QVERIFY(users.end(3, false, 1s));
        QVERIFY(users.isIdle(3));
        users.begin(3);
        users.free(3);
        QVERIFY(users.isIdle(3));
        QVERIFY(!users.nextRested());
    }

    /// From the second failure on, up to a second; one answer, and all is well.
    void restsGetLongerUntilSomethingIsAnswered()
    {
        LoadUsers users;
        Nanoseconds time = 5s;
        users.begin(0);
        QVERIFY(users.end(0, true, time));
        for (const Nanoseconds rest :
            {10ms, 20ms, 40ms, 80ms, 160ms, 320ms, 640ms, 1000ms, 1000ms}) {
            users.begin(0);
            QVERIFY(!users.end(0, true, time));
            QVERIFY(!users.isIdle(0));
            QCOMPARE(users.nextRested(), time + rest);
            QVERIFY(!users.takeRested(time + rest - 1ns));
            time += rest;
            const std::optional<LoadUsers::Rested> rested = users.takeRested(time);
            QVERIFY(rested);
            QCOMPARE(rested->due, time);
            QCOMPARE(rested->place, std::size_t(0));
            QVERIFY(users.isIdle(0));
        }
        users.begin(0);
        QVERIFY(users.end(0, false, time));
        users.begin(0);
        QVERIFY(users.end(0, true, time));
        QVERIFY(!users.takeRested(time + 1h));
    }

    /// Also of a conversation that goes on.
    void oneAnswerEndsTheRests()
    {
        LoadUsers users;
        users.begin(0);
        QVERIFY(users.end(0, true, 1s));
        users.begin(0);
        users.answered(0);
        QVERIFY(users.end(0, true, 1s));
        users.begin(0);
        QVERIFY(!users.end(0, true, 1s));
    }

    void whoRestedFirstIsFirst()
    {
        LoadUsers users;
        for (const std::size_t place : {0U, 1U}) {
            users.begin(place);
            QVERIFY(users.end(place, true, 0ns));
            users.begin(place);
        }
        QVERIFY(!users.end(1, true, 1ms));
        QVERIFY(!users.end(0, true, 2ms));
        QCOMPARE(users.takeRested(1s)->place, std::size_t(1));
        QCOMPARE(users.takeRested(1s)->place, std::size_t(0));
        QVERIFY(!users.takeRested(1s));
    }
};

QTEST_GUILESS_MAIN(TestLoadUsers)
#include "tst_loadusers.moc"
