// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/timeshares.h"
#include "model/tokenprice.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// What is worked out of an answer's figures: where its time went, and what it cost.
class TestTimeShares final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void withoutTimesOfTheServerThereIsNothingToShare()
    {
        QVERIFY(!shareTimes({}, 100ms));
        QVERIFY(!shareTimes({.queue = 5ms}, 100ms));
    }

    void theDifferenceIsNetworkAndQueue()
    {
        // llama.cpp: prompt and generation.
        const auto llama = shareTimes({.prompt = 20ms, .generation = 60ms}, 100ms);
        QVERIFY(llama);
        QCOMPARE(llama->server, Nanoseconds(80ms));
        QCOMPARE(llama->difference, std::optional<Nanoseconds>(20ms));
        // Ollama: its total, which counts the loading and more.
        const auto ollama
            = shareTimes({.load = 30ms, .prompt = 10ms, .generation = 40ms, .total = 95ms}, 100ms);
        QCOMPARE(ollama->server, Nanoseconds(80ms));
        // LoRAX: its total counts its queue.
        const auto lorax = shareTimes({.queue = 15ms, .total = 90ms}, 100ms);
        QCOMPARE(lorax->server, Nanoseconds(75ms));
        QCOMPARE(lorax->queue, std::optional<Nanoseconds>(15ms));
        QCOMPARE(lorax->difference, std::optional<Nanoseconds>(25ms));
    }

    void aServerThatClaimsMoreIsNotBelieved()
    {
        const auto shares = shareTimes({.generation = 200ms}, 100ms);
        QVERIFY(shares);
        QVERIFY(!shares->difference);
        QVERIFY(!shareTimes({.generation = 200ms}, std::nullopt)->difference);
        QVERIFY(!shareTimes({.queue = 20ms, .total = 10ms}, 100ms));
    }

    void costIsOfTokensReadAndWritten()
    {
        ChatMetrics metrics;
        metrics.promptTokens = 2000;
        metrics.outputTokens = 500;
        QCOMPARE(costOf({.prompt = 0.5, .output = 2, .currency = u"€"_s}, metrics),
            std::optional(0.002));
        QCOMPARE(
            costOf({.prompt = {}, .output = 2, .currency = {}}, metrics), std::optional(0.001));
    }

    void halfASumIsNone()
    {
        ChatMetrics metrics;
        metrics.outputTokens = 500;
        QVERIFY(!costOf({}, metrics));
        QVERIFY(!costOf({.prompt = 0.5, .output = 2, .currency = {}}, metrics));
        // What costs nothing need not be counted.
        QCOMPARE(costOf({.prompt = 0, .output = 2, .currency = {}}, metrics), std::optional(0.001));
    }
};

QTEST_GUILESS_MAIN(TestTimeShares)
#include "tst_timeshares.moc"
