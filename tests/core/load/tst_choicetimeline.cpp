// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/choicetimeline.h"

#include <QTest>

#include <cmath>

using namespace std::chrono_literals;
using namespace Lorikeet;

/// What each adapter of a mix came to over time.
class TestChoiceTimeline final : public QObject
{
    Q_OBJECT

    /// Its first token came after `ttft`, and its end in that second, all in one.
    static LoadSample answer(
        int choice, std::chrono::seconds ended, Milliseconds ttft = 100ms, int tokens = 10)
    {
        LoadSample sample;
        sample.choice = qint16(choice);
        sample.ended = Moment(ended + 500ms);
        sample.sent = Moment(*sample.ended - 2s);
        sample.planned = sample.sent;
        sample.firstToken = Moment(*sample.sent + ttft);
        sample.outputTokens = tokens;
        return sample;
    }

    static bool isNear(const std::optional<Nanoseconds> &time, Nanoseconds expected)
    {
        return time && std::chrono::abs(*time - expected) <= expected / 100;
    }

private Q_SLOTS:

    void eachHasItsOwnTimes()
    {
        ChoiceTimeline timeline(LoadTask::Kind::Chat, {0, 1});
        LoadSample failed = answer(1, 1s, 5s);
        failed.error = ApiError::Kind::FirstTokenTimeout;
        timeline.add(
            {answer(0, 0s, 100ms), answer(1, 0s, 400ms), answer(1, 2s, 200ms, 30), failed});
        timeline.add(
            {answer(1, 2s, 300ms, 5), answer(1, 2s, 900ms, 5), answer(-1, 1s), answer(2, 1s)});
        const auto slices = timeline.slicesOf(1, 3s);
        QCOMPARE(slices.size(), 3U);
        QCOMPARE(slices[0].middle, 500ms);
        QVERIFY(isNear(slices[0].median, 400ms));
        QCOMPARE(slices[0].tokens, 10.0);
        QVERIFY(!slices[1].median);
        QCOMPARE(slices[1].tokens, 0.0);
        QVERIFY(isNear(slices[2].median, 300ms));
        QCOMPARE(slices[2].tokens, 40.0);
        QVERIFY(isNear(timeline.slicesOf(0, 3s)[0].median, 100ms));
        QCOMPARE(timeline.places(), (std::vector{0, 1}));
        QVERIFY(timeline.slicesOf(2, 3s).empty());
        QVERIFY(timeline.slicesOf(0, 0s).empty());
        QVERIFY(ChoiceTimeline().slicesOf(0, 3s).empty());
    }

    /// What is answered whole has no first token.
    void ofEmbeddingsTheWholeTimeCounts()
    {
        ChoiceTimeline timeline(LoadTask::Kind::Embeddings, {0});
        LoadSample sample = answer(0, 0s);
        sample.firstToken = {};
        timeline.add({sample});
        QVERIFY(isNear(timeline.slicesOf(0, 1s)[0].median, 2s));
    }

    void thoseThatAreAskedMostAreShown()
    {
        QCOMPARE(ChoiceTimeline::greatest({}), std::vector<int>());
        QCOMPARE(ChoiceTimeline::greatest({0.2, 0.8}), (std::vector{0, 1}));
        QCOMPARE(
            ChoiceTimeline::greatest({1, 3, 1, 2, 5, 1, 1, 9, 1}), (std::vector{0, 1, 2, 3, 4, 7}));
    }

    /// A last slice that has hardly begun would have a wrong rate.
    void theLastSliceIsOfWhatThereIs_data()
    {
        QTest::addColumn<Nanoseconds>("end");
        QTest::addColumn<std::size_t>("count");
        QTest::addColumn<double>("last");
        QTest::newRow("whole") << Nanoseconds(100s) << std::size_t(25) << 10.0;
        QTest::newRow("half of it") << Nanoseconds(102s) << std::size_t(26) << 0.0;
        QTest::newRow("less") << Nanoseconds(101s) << std::size_t(25) << 10.0;
        QTest::newRow("half of one with answers") << Nanoseconds(98s) << std::size_t(25) << 20.0;
    }

    void theLastSliceIsOfWhatThereIs()
    {
        QFETCH(const Nanoseconds, end);
        ChoiceTimeline timeline(LoadTask::Kind::Chat, {0});
        for (int second = 0; second < 100; ++second) {
            timeline.add({answer(0, std::chrono::seconds(second))});
        }
        const auto slices = timeline.slicesOf(0, end);
        QTEST(slices.size(), "count");
        QCOMPARE(slices.front().middle, 2s);
        QCOMPARE(slices.front().tokens, 10.0);
        QTEST(slices.back().tokens, "last");
    }

    /// Whatever its length, there are few slices, the same of all, and no token is lost; also where
    /// nothing ends any more.
    void aLongRunHasFewSlices()
    {
        ChoiceTimeline timeline(LoadTask::Kind::Chat, {0, 1});
        double all = 0;
        for (int second = 0; second < 3968; second += 4) {
            timeline.add({answer(0, std::chrono::seconds(second), 100ms, second)});
            all += second;
        }
        timeline.add({answer(1, 1s)});
        for (const Nanoseconds end : {Nanoseconds(3968s), Nanoseconds(50'000s)}) {
            const auto slices = timeline.slicesOf(0, end);
            QVERIFY(slices.size() > 10 && slices.size() <= 38);
            const Nanoseconds length = 2 * slices[0].middle;
            double sum = 0;
            for (std::size_t i = 0; i < slices.size(); ++i) {
                QCOMPARE(slices[i].middle, length * int(i) + length / 2);
                sum += slices[i].tokens * toSeconds(std::min(length, end - length * int(i)));
            }
            QVERIFY2(std::abs(sum - all) < 1e-6 * all, qPrintable(QString::number(sum)));
            QCOMPARE(timeline.slicesOf(1, end).size(), slices.size());
            QVERIFY(isNear(slices[0].median, 100ms));
        }
    }
};

QTEST_APPLESS_MAIN(TestChoiceTimeline)
#include "tst_choicetimeline.moc"
