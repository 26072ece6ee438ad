// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadcost.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

LoadSample sample(qint32 prompt, qint32 output, qint32 chunks = 0)
{
    LoadSample sample;
    sample.sent = Moment(1ms);
    sample.promptTokens = prompt;
    sample.outputTokens = output;
    sample.chunks = chunks;
    return sample;
}

TokenPrice usualPrice() { return {.prompt = 2, .output = 10, .currency = u"€"_s}; }

} // namespace

/// What the requests of a load test cost.
class TestLoadCost final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void countedTokensArePaid()
    {
        LoadCost cost(usualPrice());
        QCOMPARE(cost.spent(), 0.0);
        cost.add(sample(100'000, 10'000));
        cost.add(sample(300'000, 30'000));
        QCOMPARE(cost.spent(), 1.2);
        // Two more like these are under way.
        QCOMPARE(cost.spentWith(2), 2.4);
    }

    /// What was cut off, or cancelled, was read and begun.
    void whatNobodyCountedIsTakenForAverage()
    {
        LoadCost cost(usualPrice());
        cost.add(sample(-1, -1, 20'000));
        QCOMPARE(cost.spent(), std::nullopt);
        cost.add(sample(100'000, 10'000));
        QCOMPARE(cost.spent(), (2 * 100'000 * 2 + 30'000 * 10) / 1e6);
        LoadSample refused = sample(-1, -1);
        refused.httpStatus = 429;
        refused.error = ApiError::Kind::RateLimited;
        cost.add(refused);
        LoadSample neverSent;
        neverSent.error = ApiError::Kind::Cancelled;
        cost.add(neverSent);
        QCOMPARE(cost.spent(), (2 * 100'000 * 2 + 30'000 * 10) / 1e6);
    }

    void withoutAPriceNothingIsKnown()
    {
        LoadCost none;
        none.add(sample(10, 10));
        QCOMPARE(none.spent(), std::nullopt);
        // A price of answers alone needs no count of prompts.
        LoadCost answers(TokenPrice{.prompt = {}, .output = 10, .currency = {}});
        answers.add(sample(-1, -1, 100'000));
        QCOMPARE(answers.spent(), 1.0);
    }
};

QTEST_GUILESS_MAIN(TestLoadCost)
#include "tst_loadcost.moc"
