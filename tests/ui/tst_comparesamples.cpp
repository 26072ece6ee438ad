// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparefixture.h"

#include <QSignalSpy>

#include <algorithm>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// How often the answers of lanes keep to their schema.
class TestCompareSamples final : public CompareFixture
{
    Q_OBJECT

    void hold() const
    {
        for (CompareLane *lane : compare().lanes()->lanes()) {
            ChatSetup setup = lane->chat()->setup();
            setup.structured = StructuredSetup{.isOn = true,
                .name = u"Area"_s,
                .schema = u"{\"type\":\"object\",\"properties\":{\"area\":{\"type\":\"string\"}},"
                          "\"required\":[\"area\"],\"additionalProperties\":false}"_s,
                .options = {.maxAttempts = 1, .carrying = {}}};
            lane->chat()->setSetup(setup);
        }
    }

    /// The second lane is told in words alone, which its server does not follow.
    void loosenSecond() const
    {
        ChatController &second = *compare().lanes()->lanes()[1]->chat();
        ChatSetup setup = second.setup();
        setup.structured->options.carrying.way = SchemaCarrying::Way::Words;
        second.setSetup(setup);
    }

    [[nodiscard]] qsizetype versions(int place) const
    {
        const ChatNode &answer = *lane(place).answers().constLast();
        return lane(place).chat().session()->conversation().siblings(answer.id).size();
    }

    [[nodiscard]] RankedFigure passRates() const
    {
        const QList<RankedFigure> ranking = compare().ranking();
        const auto found = std::ranges::find(ranking, u"pass rate"_s, &RankedFigure::label);
        return found == ranking.end() ? RankedFigure() : *found;
    }

private Q_SLOTS:

    void lanesAreRankedByWhatTheyKeepTo()
    {
        hold();
        loosenSecond();
        m_desktop->send(u"I was charged twice."_s);
        QVERIFY(untilIdle());
        QVERIFY(passRates().lanes.isEmpty()); // of one answer each there is nothing to tell
        compare().sampleAll(3, 2);
        QVERIFY(compare().isRunning());
        QVERIFY(untilIdle());
        QCOMPARE(versions(0), 4);
        QCOMPARE(versions(1), 4);
        const RankedFigure rates = passRates();
        QVERIFY(rates.ranked);
        QCOMPARE(rates.lanes.size(), 2);
        QCOMPARE(rates.lanes[0].place, 0);
        QCOMPARE(rates.lanes[0].value, u"4 of 4, 100.0 % (51.0–100.0)"_s);
        QCOMPARE(rates.lanes[1].value, u"0 of 4, 0.0 % (0.0–49.0)"_s);
    }

    void oneLaneAfterTheOther()
    {
        hold();
        compare().setOrder(CompareController::OneByOne);
        m_desktop->send(u"I was charged twice."_s);
        QVERIFY(untilIdle());
        compare().sampleAll(4, 1);
        QVERIFY(lane(0).chat().isRunning());
        QVERIFY(!lane(1).chat().isRunning());
        bool everBoth = false;
        QVERIFY(Desktop::until([&] {
            everBoth = everBoth || (lane(0).chat().isRunning() && lane(1).chat().isRunning());
            return !compare().isRunning();
        }));
        QVERIFY(!everBoth);
        QCOMPARE(versions(0), 5);
        QCOMPARE(versions(1), 5);
    }

    void stoppingEndsThoseThatWaitToo()
    {
        hold();
        compare().setOrder(CompareController::OneByOne);
        m_desktop->send(u"I was charged twice."_s);
        QVERIFY(untilIdle());
        compare().sampleAll(500, 1);
        compare().stop();
        QVERIFY(untilIdle());
        QVERIFY(versions(0) < 10);
        QCOMPARE(versions(1), 1);
    }

    void aClosedLaneIsNotAsked()
    {
        hold();
        compare().setOrder(CompareController::OneByOne);
        m_desktop->send(u"I was charged twice."_s);
        QVERIFY(untilIdle());
        compare().sampleAll(2, 1);
        compare().closeLane(1);
        QVERIFY(untilIdle());
        QCOMPARE(compare().laneCount(), 1);
        QCOMPARE(versions(0), 3);
    }

    /// Those behind it are asked nevertheless, and it comes to an end.
    void aLaneWhoseAnswerIsGoneIsPassedOver()
    {
        compare().addLane();
        hold();
        compare().setOrder(CompareController::OneByOne);
        m_desktop->send(u"I was charged twice."_s);
        QVERIFY(untilIdle());
        compare().sampleAll(2, 1);
        ChatSession &second = *compare().lanes()->lanes()[1]->chat()->session();
        second.deleteMessage(second.conversation().leaf());
        QVERIFY(untilIdle());
        QCOMPARE(versions(0), 3);
        QCOMPARE(versions(2), 3);
    }

    /// The answers that are shown are the ones they were.
    void whatIsShownIsNotJudgedAgain()
    {
        hold();
        ModelJudge &judge = *compare().judge();
        judge.setShown(true);
        judge.setAlways(true);
        m_desktop->send(u"I was charged twice."_s);
        QTRY_COMPARE(judge.turns().size(), 1);
        QVERIFY(!judge.isRunning());
        const JudgedTurn said = judge.turns().constFirst();
        compare().sampleAll(2, 1);
        QVERIFY(untilIdle());
        QCOMPARE(versions(0), 3);
        QVERIFY(!judge.isRunning());
        QCOMPARE(judge.turns(), QList{said});
        // Other ones are.
        compare().regenerate(0);
        QTRY_COMPARE(judge.turns().size(), 2);
    }

    void lanesWithoutASchemaAreSaidToHaveNone()
    {
        m_desktop->send(u"What is a lori?"_s);
        QVERIFY(untilIdle());
        QSignalSpy failed(&compare(), &CompareController::failed);
        compare().sampleAll(2, 1);
        QCOMPARE(failed.size(), 1);
        QVERIFY(!compare().isRunning());
    }
};

QTEST_MAIN(TestCompareSamples)

#include "tst_comparesamples.moc"
