// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadmanners.h"
#include "model/endpoint.h"
#include "store/pricelist.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

LoadCurve users(double count)
{
    return {{.kind = LoadBlock::Kind::Users,
        .duration = 60s,
        .from = count,
        .to = count,
        .arrival = {}}};
}

LoadCurve rate(double rate)
{
    return {
        {.kind = LoadBlock::Kind::Rate, .duration = 60s, .from = rate, .to = rate, .arrival = {}}};
}

TokenPrice usualPrice() { return {.prompt = 1, .output = 4, .currency = u"€"_s}; }

/// A request has 500 tokens in and 125 out: 0.001 €.
WorkloadPreview preview()
{
    WorkloadPreview preview;
    preview.inputTokens = 500;
    preview.outputTokens = 125;
    return preview;
}

Endpoint endpointAt(const QString &url)
{
    Endpoint endpoint;
    endpoint.url = QUrl(url);
    return endpoint;
}

} // namespace

/// What a run comes to, and how much of it may be asked of whom.
class TestLoadManners final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void ratesAreEstimated()
    {
        const LoadEstimate estimate
            = estimateOf({.curve = rate(20), .price = usualPrice()}, preview());
        QCOMPARE(estimate.requests, 1200.0);
        QVERIFY(qAbs(*estimate.cost() - 1.2) < 1e-9);
        QCOMPARE(toText(estimate),
            u"About 1200 requests with 600000 tokens in and at most 150000 out: about 1.20 €."_s);
    }

    /// Users ask as often as they are answered; what bounds them is known.
    void usersAreEstimatedWhereSomethingBoundsThem()
    {
        LoadPlan plan{.curve = users(8), .price = usualPrice()};
        LoadEstimate estimate = estimateOf(plan, preview());
        QCOMPARE(estimate.requests, std::nullopt);
        QCOMPARE(estimate.cost(), std::nullopt);
        QCOMPARE(toText(estimate),
            u"As many requests as are answered, each with about 500 tokens in and at most 125 out: about 0.001 € a request."_s);
        plan.stops.requests = 300;
        estimate = estimateOf(plan, preview());
        QCOMPARE(estimate.requests, 300.0);
        WorkloadPreview file = preview();
        file.conversations = 40;
        file.turns = 2.5;
        file.outputTokens.reset();
        estimate = estimateOf(plan, file);
        QCOMPARE(estimate.requests, 100.0);
        QCOMPARE(estimate.costEach, std::nullopt); // answers have no limit
        QCOMPARE(toText(estimate),
            u"About 100 requests with 50000 tokens in, and answers without a limit."_s);
    }

    /// 1, 2, 4, 8 and, whatever is found, no more than two refinements and four repeats below 8.
    void aSweepIsEstimatedByTheMostItComesTo()
    {
        SweepPlan sweep{.kind = LoadBlock::Kind::Rate,
            .arrival = {},
            .from = 1,
            .most = 8,
            .stage = 10s,
            .refinements = 2,
            .repeats = 3};
        SweepExtent most = mostOf(sweep);
        QCOMPARE(most.stages, 4 + 2 + 4);
        QCOMPARE(most.duration, 100s);
        QCOMPARE(most.requests, (1 + 2 + 4 + 7 * 8) * 10.0);
        const LoadPlan plan{.price = usualPrice()};
        QCOMPARE(toText(estimateOf(plan, sweep, preview())),
            u"At most about 630 requests with 315000 tokens in and at most 78750 out: about 0.63 €."_s);
        // Users ask as often as they are answered.
        sweep.kind = LoadBlock::Kind::Users;
        QCOMPARE(mostOf(sweep).requests, std::nullopt);
        QCOMPARE(mostOf(sweep, 2s).requests, 63 * 10 / 2.0);
        // Stages that are too short for an answer get longer.
        most = mostOf(sweep, 25s);
        QCOMPARE(most.duration, 10 * (2s + 4 * 25s));
        // A file ends each of its stages.
        WorkloadPreview file = preview();
        file.conversations = 3;
        QCOMPARE(estimateOf(plan, sweep, file, 2s).requests, 30.0);
    }

    /// What is really tried is never more, whatever the server holds.
    void noSweepComesToMoreThanThat_data()
    {
        QTest::addColumn<double>("holds");
        for (const double holds : {0.0, 1.0, 5.0, 13.0, 31.0, 40.0, 63.0, 100.0}) {
            QTest::addRow("%g", holds) << holds;
        }
    }

    void noSweepComesToMoreThanThat()
    {
        QFETCH(const double, holds);
        const SweepPlan sweep{.kind = LoadBlock::Kind::Rate,
            .arrival = {},
            .from = 1,
            .most = 64,
            .refinements = 3,
            .repeats = 3};
        QList<SweepPoint> tried;
        double requests = 0;
        while (const std::optional<double> load = nextLoad(sweep, tried)) {
            requests += *load * 10;
            SweepPoint point{.load = *load,
                .summary = {.window = {.from = 0s, .to = 10s}},
                .health = {},
                .keepsObjective = *load <= holds};
            point.summary.planned = qRound64(*load * 10);
            point.summary.completed = point.summary.planned;
            tried += point;
            QVERIFY(tried.size() < 100);
        }
        const SweepExtent most = mostOf(sweep);
        QVERIFY2(tried.size() <= most.stages, qPrintable(QString::number(tried.size())));
        QVERIFY2(requests <= *most.requests, qPrintable(QString::number(requests)));
    }

    void elsewhereLessIsAllowed_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("isElsewhere");
        QTest::newRow("here") << u"http://localhost:8000/v1"_s << false;
        QTest::newRow("this network") << u"http://192.168.1.4:8000/v1"_s << false;
        QTest::newRow("elsewhere") << u"https://api.example.com/v1"_s << true;
        QTest::newRow("elsewhere, by address") << u"http://203.0.113.5:8000"_s << true;
    }

    void elsewhereLessIsAllowed()
    {
        QFETCH(const QString, url);
        QFETCH(const bool, isElsewhere);
        const Endpoint endpoint = endpointAt(url);
        QCOMPARE(Lorikeet::isElsewhere(endpoint), isElsewhere);
        const LoadCeiling ceiling = ceilingAt(endpoint, {});
        QCOMPARE(ceiling.concurrency, isElsewhere ? 256 : 10'000);
        QCOMPARE(ceiling.requests, isElsewhere ? 10'000 : 1'000'000);
        QCOMPARE(ceiling.cost, isElsewhere ? std::optional(10.0) : std::nullopt);
        // What is lower stays; what a person raised for such servers holds.
        QCOMPARE(ceilingAt(endpoint, {.requests = 50}).requests, 50);
        const LoadCeiling raised{
            .concurrency = 900, .requests = 90'000, .cost = 99.0, .holdsElsewhere = true};
        QCOMPARE(ceilingAt(endpoint, raised), raised);
    }

    void aSocketIsHere()
    {
        Endpoint endpoint = endpointAt(u"http://api.example.com"_s);
        endpoint.unixSocket = u"/run/llama.sock"_s;
        QVERIFY(!isElsewhere(endpoint));
    }

    void tooMuchIsNotBegun_data()
    {
        using Part = CeilingBreach::Part;
        QTest::addColumn<LoadPlan>("plan");
        QTest::addColumn<std::optional<Part>>("part");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("within") << LoadPlan{.curve = rate(100),
            .ceiling = {.requests = 6000, .cost = 6.5},
            .price = usualPrice()}
                                << std::optional<Part>() << QString();
        QTest::newRow("users")
            << LoadPlan{.curve = users(300), .ceiling = {.concurrency = 256}}
            << std::optional(Part::Concurrency)
            << u"The load asks for 300 users at once, which is over the ceiling of 256 requests at once."_s;
        QTest::newRow("requests")
            << LoadPlan{.curve = rate(200), .ceiling = {.requests = 10'000}}
            << std::optional(Part::Requests)
            << u"The run would send about 12000 requests, which is over the ceiling of 10000."_s;
        QTest::newRow("cost")
            << LoadPlan{.curve = rate(200), .ceiling = {.cost = 10.0}, .price = usualPrice()}
            << std::optional(Part::Cost)
            << u"The run would cost about 12.00 €, which is over the ceiling of 10.00 €."_s;
        QTest::newRow("no price") << LoadPlan{.curve = rate(200), .ceiling = {.cost = 0.01}}
                                  << std::optional<Part>() << QString();
    }

    void tooMuchIsNotBegun()
    {
        QFETCH(const LoadPlan, plan);
        QFETCH(const std::optional<CeilingBreach::Part>, part);
        const std::optional<CeilingBreach> breach = breachOf(plan, estimateOf(plan, preview()));
        QCOMPARE(breach.has_value(), part.has_value());
        if (breach) {
            QCOMPARE(breach->part, *part);
            QTEST(breach->sentence, "sentence");
        }
    }

    void whatIsSpentUpIsNotGoneOnWith()
    {
        LoadPlan plan{.ceiling = {.requests = 100, .cost = 2.0}, .price = usualPrice()};
        QVERIFY(!spentUp(plan));
        plan.spent = {.requests = 99, .cost = 1.99};
        QVERIFY(!spentUp(plan));
        plan.spent.requests = 100;
        QCOMPARE(spentUp(plan)->message,
            u"The ceiling of 100 requests is reached; raise it to send more."_s);
        plan.spent = {.requests = 50, .cost = 2.0};
        QCOMPARE(spentUp(plan)->message,
            u"The ceiling of the cost (2.00 €) is reached; raise it to send more."_s);
        plan.ceiling.cost.reset();
        QVERIFY(!spentUp(plan));
    }

    void smallAmountsKeepTheirDigits()
    {
        QCOMPARE(costText(1234.5, u"USD"_s), u"1234.50 USD"_s);
        QCOMPARE(costText(0.00042, {}), u"0.00042"_s);
    }

    /// The window's table of prices, as it is kept.
    void pricesAreFoundByEndpointAndModel()
    {
        const QUuid one = QUuid::createUuid();
        const QUuid other = QUuid::createUuid();
        const QList<ModelPrice> prices{
            {one, u"big"_s, {.prompt = 3, .output = 9, .currency = u"€"_s}},
            {one, {}, {.prompt = 1, .output = {}, .currency = u"€"_s}}};
        QCOMPARE(pricesFrom(toJson(prices)), prices);
        QCOMPARE(priceOf(prices, one, u"big"_s).prompt, 3.0);
        QCOMPARE(priceOf(prices, one, u"small"_s).prompt, 1.0);
        QVERIFY(priceOf(prices, other, u"big"_s).isEmpty());
        QVERIFY(pricesFrom("[{\"endpoint\":\"no id\"},3]").isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLoadManners)
#include "tst_loadmanners.moc"
