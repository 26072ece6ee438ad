// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/deadline.h"

#include <QTest>
#include <QThread>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

class TestDeadline final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void theyComeInTheOrderOfTheirMoments()
    {
        QStringList passed;
        Deadline late([&] { passed.append(u"late"_s); });
        Deadline early([&] { passed.append(u"early"_s); });
        Deadline cleared([&] { passed.append(u"cleared"_s); });
        Deadline moved([&] { passed.append(u"moved"_s); });
        const TimePoint now = Clock::now();
        late.set(now + 30ms);
        early.set(now + 10ms);
        cleared.set(now + 5ms);
        moved.set(now + 1ms);
        moved.set(now + 20ms);
        cleared.clear();
        QVERIFY(!cleared.isSet());
        QTRY_VERIFY_WITH_TIMEOUT(!late.isSet(), 30'000);
        QCOMPARE(passed, (QStringList{u"early"_s, u"moved"_s, u"late"_s}));
    }

    void noneComesBeforeItsMoment()
    {
        const TimePoint moment = Clock::now() + 7300us;
        std::optional<TimePoint> came;
        Deadline deadline([&] { came = Clock::now(); });
        deadline.set(moment);
        QTRY_VERIFY_WITH_TIMEOUT(came, 30'000);
        QVERIFY(*came >= moment);
    }

    void oneThatHasPassedWaitsForTheEventLoop()
    {
        int times = 0;
        Deadline deadline([&] { ++times; });
        deadline.set(Clock::now() - 1h);
        QCOMPARE(times, 0);
        QTRY_COMPARE_WITH_TIMEOUT(times, 1, 30'000);
        QVERIFY(!deadline.isSet());
    }

    /// Else one that sets itself again and again would let nothing else happen.
    void oneThatSetsItselfLetsOthersLive()
    {
        int times = 0;
        bool posted = false;
        std::unique_ptr<Deadline> deadline;
        deadline = std::make_unique<Deadline>([&] {
            ++times;
            deadline->set(Clock::now() - 1s);
        });
        deadline->set(Clock::now());
        QMetaObject::invokeMethod(this, [&] { posted = true; }, Qt::QueuedConnection);
        QTRY_VERIFY_WITH_TIMEOUT(posted && times >= 3, 30'000);
    }

    void itMayDestroyItselfAndOthers()
    {
        std::vector<std::unique_ptr<Deadline>> deadlines;
        int times = 0;
        for (int i = 0; i < 10; ++i) {
            deadlines.push_back(std::make_unique<Deadline>([&] {
                ++times;
                deadlines.clear();
            }));
            deadlines.back()->set(Clock::now());
        }
        QTRY_COMPARE_WITH_TIMEOUT(times, 1, 30'000);
        bool isLast = false;
        Deadline last([&] { isLast = true; });
        last.set(Clock::now() + 1ms);
        QTRY_VERIFY_WITH_TIMEOUT(isLast, 30'000);
        QCOMPARE(times, 1);
    }

    void eachThreadHasItsOwn()
    {
        QThread thread;
        QObject inThread;
        inThread.moveToThread(&thread);
        thread.start();
        QThread *calledIn = nullptr;
        bool isOver = false;
        QMetaObject::invokeMethod(&inThread, [&] {
            auto *deadline = new std::unique_ptr<Deadline>;
            *deadline = std::make_unique<Deadline>([&, deadline] {
                calledIn = QThread::currentThread();
                QMetaObject::invokeMethod(this, [&] { isOver = true; });
                delete deadline;
            });
            (*deadline)->set(Clock::now() + 1ms);
        });
        QTRY_VERIFY_WITH_TIMEOUT(isOver, 30'000);
        QCOMPARE(calledIn, &thread);
        thread.quit();
        QVERIFY(thread.wait(30'000));
    }
};

QTEST_GUILESS_MAIN(TestDeadline)
#include "tst_deadline.moc"
