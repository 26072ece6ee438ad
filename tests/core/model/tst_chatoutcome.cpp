// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/chatmetrics.h"
#include "model/chatoutcome.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

class TestChatOutcome final : public QObject
{
    Q_OBJECT

    const TimePoint t0{1h};

private Q_SLOTS:

    /// Where it stood is known, so that it can go back there.
    void thoughtsAreKeptWhereTheyStood()
    {
        ChatAccumulator accumulator;
        const TimePoint at;
        accumulator.add({{at, ReasoningDelta{.text = u"Hm."_s}},
            {at, ThoughtSigned{.text = u"Hm."_s, .signature = u"a"_s, .hidden = {}}},
            {at, TextDelta{.text = u"One moment."_s}},
            {at, ToolCallDelta{.index = 0, .id = u"1"_s, .name = u"f"_s}},
            {at, ThoughtSigned{.text = {}, .signature = {}, .hidden = u"b"_s}},
            {at, ToolCallDelta{.index = 1, .id = u"2"_s, .name = u"g"_s}}});
        const ChatChoice &choice = accumulator.outcome().choice();
        QCOMPARE(choice.reasoning, u"Hm."_s);
        QCOMPARE(choice.thoughts,
            (QList<SignedThought>{{.text = u"Hm."_s, .signature = u"a"_s, .hidden = {}},
                {.text = {},
                    .signature = {},
                    .hidden = u"b"_s,
                    .textBefore = 11,
                    .callsBefore = 1}}));
        // They are no tokens: their text came before.
        QCOMPARE(accumulator.outcome().timing.chunks, 4);
    }

    void deltasAreRoutedByChoiceAndIndex()
    {
        ChatAccumulator accumulator(t0);
        accumulator.add({
            {t0, TextDelta{.choice = 1, .text = u"B"_s}},
            {t0, TextDelta{.choice = 0, .text = u"A"_s}},
            {t0, ToolCallDelta{.index = 1, .id = u"c2"_s, .name = u"g"_s}},
            {t0,
                ToolCallDelta{.index = 0, .id = u"c1"_s, .name = u"f"_s, .arguments = u"{\"a\""_s}},
            {t0, ToolCallDelta{.index = 0, .arguments = u":1}"_s}},
            {t0, Finished{.choice = 1, .reason = {FinishReason::Kind::Length, u"length"_s}}},
        });
        const ChatOutcome &outcome = accumulator.outcome();
        QCOMPARE(outcome.choices.size(), 2);
        QCOMPARE(outcome.choices.at(0).text, u"A"_s);
        QCOMPARE(outcome.choices.at(1).text, u"B"_s);
        QCOMPARE(outcome.choices.at(0).toolCalls.at(0).arguments, u"{\"a\":1}"_s);
        QCOMPARE(outcome.choices.at(0).toolCalls.at(1).id, u"c2"_s);
        QCOMPARE(outcome.choices.at(1).finish.kind, FinishReason::Kind::Length);
        QCOMPARE(outcome.choices.at(0).finish.kind, FinishReason::Kind::Unknown);
    }

    void aHostileIndexDoesNotAllocate()
    {
        ChatAccumulator accumulator(t0);
        accumulator.add({{t0, TextDelta{.choice = 2'000'000'000, .text = u"x"_s}},
            {t0, ToolCallDelta{.index = -5, .name = u"f"_s}}});
        QCOMPARE_LE(accumulator.outcome().choices.size(), 128);
    }

    void laterUsageReplacesEarlierUsage()
    {
        ChatAccumulator accumulator(t0);
        accumulator.add({{t0, UsageReport{.usage = {.promptTokens = 5, .completionTokens = 1}}},
            {t0, UsageReport{.usage = {.completionTokens = 2}}}});
        QCOMPARE(accumulator.outcome().usage.promptTokens, 5);
        QCOMPARE(accumulator.outcome().usage.completionTokens, 2);
    }

    void theServersSeedAndAdapterAreKept()
    {
        ChatAccumulator accumulator(t0);
        accumulator.add({{t0, Started{.model = u"base"_s, .adapter = u"org/legal"_s}},
            {t0, Finished{.seed = 18446744073709551615ULL}}});
        QCOMPARE(accumulator.outcome().adapter, u"org/legal"_s);
        QCOMPARE(accumulator.outcome().choice().seed, 18446744073709551615ULL);
    }

    void metricsFollowTheirDefinitions()
    {
        ChatAccumulator accumulator(t0);
        accumulator.outcome().timing.sent = 10ms;
        accumulator.add({{t0 + 20ms, Started{}}, {t0 + 30ms, TextDelta{.text = QString()}}});
        accumulator.add({{t0 + 110ms, ReasoningDelta{.text = u"hm"_s}}});
        accumulator.add(
            {{t0 + 210ms, TextDelta{.text = u"a"_s}}, {t0 + 210ms, TextDelta{.text = u"b"_s}}});
        accumulator.add({{t0 + 310ms, TextDelta{.text = u"c"_s}}});
        accumulator.outcome().timing.end = 330ms;
        ChatMetrics metrics = ChatMetrics::from(accumulator.outcome());
        QCOMPARE(metrics.timeToFirstToken, 100ms);
        QCOMPARE(metrics.timeToFirstVisible, 200ms);
        QCOMPARE(metrics.total, 320ms);
        QCOMPARE(metrics.outputTokens, 4);
        QVERIFY(metrics.outputTokensEstimated);
        QCOMPARE(metrics.tokensPerSecond, 15.0);
        QCOMPARE(metrics.interTokenP50, 100ms);
        QCOMPARE(metrics.interTokenP95, 100ms);

        accumulator.add({{t0 + 310ms, UsageReport{.usage = {.completionTokens = 21}}}});
        metrics = ChatMetrics::from(accumulator.outcome());
        QVERIFY(!metrics.outputTokensEstimated);
        QCOMPARE(metrics.tokensPerSecond, 100.0);
        QCOMPARE(metrics.timePerOutputToken, 10ms);
    }

    void oneTokenHasNoSpeed()
    {
        ChatAccumulator accumulator(t0);
        accumulator.add({{t0 + 5ms, TextDelta{.text = u"a"_s}}});
        const ChatMetrics metrics = ChatMetrics::from(accumulator.outcome());
        QVERIFY(!metrics.tokensPerSecond);
        QVERIFY(!metrics.interTokenP50);
        QCOMPARE(metrics.timeToFirstToken, 5ms);
    }

    void everyMetricHasADefinition()
    {
        for (const char16_t *name : {u"ttft", u"first_visible", u"speed", u"output_tokens",
                 u"total", u"itl", u"tpot", u"finish"}) {
            QVERIFY2(metricDefinition(QStringView(name)).endsWith(u'.'),
                qPrintable(QString(QStringView(name))));
        }
    }
};

QTEST_GUILESS_MAIN(TestChatOutcome)
#include "tst_chatoutcome.moc"
