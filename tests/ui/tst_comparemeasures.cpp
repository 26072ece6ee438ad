// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparefixture.h"
#include "timeline/metricsline.h"

#include <QSet>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// How fair the lanes' figures are, and how they rank.
class TestCompareMeasures final : public CompareFixture
{
    Q_OBJECT

private Q_SLOTS:
    void lanesAreRankedByTheirFigures();
    void lanesOfOneServerAtOnceAreSaidToBeSo();
    void aShortRequestWarmsEachLaneUp();
    void warmedUpOneAfterTheOther();
    void whatWarmsUpIsStopped();
    void aPromptBehindAWarmUpWaits();
    void aFailedWarmUpIsNoMatter();
    void theServersTimesStandBesideOurs();
    void anAnswerCostsWhatThePriceTableSays();
    void pricesAreTypedInTheWindow();

private:
    [[nodiscard]] RankedFigure figure(const QString &label) const
    {
        const QList<RankedFigure> ranking = compare().ranking();
        const auto found = std::ranges::find(ranking, label, &RankedFigure::label);
        return found == ranking.end() ? RankedFigure() : *found;
    }

    [[nodiscard]] std::optional<Nanoseconds> warmUpOf(int place) const
    {
        return lane(place).answers().constLast()->origin.warmUp;
    }
};

void TestCompareMeasures::lanesAreRankedByTheirFigures()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    for (const QString &label : {u"TTFT"_s, u"speed, tok/s"_s, u"out, tok"_s, u"total"_s}) {
        QCOMPARE(figure(label).lanes.size(), 2);
        QVERIFY(figure(label).ranked);
    }
    const auto ttft = [this](int place) {
        return *lane(place).answers().constLast()->metrics.timeToFirstToken;
    };
    const QList<RankedLane> lanes = figure(u"TTFT"_s).lanes;
    QVERIFY(ttft(lanes[0].place) <= ttft(lanes[1].place));
}

void TestCompareMeasures::lanesOfOneServerAtOnceAreSaidToBeSo()
{
    QVERIFY(!compare().fairness().isEmpty());
    compare().setOrder(CompareController::OneByOne);
    QVERIFY(compare().fairness().isEmpty());
    compare().setOrder(CompareController::Shuffled);
    QVERIFY(!compare().fairness().isEmpty());
    compare().lanes()->lanes()[1]->setReceives(false);
    QVERIFY(compare().fairness().isEmpty());
}

void TestCompareMeasures::aShortRequestWarmsEachLaneUp()
{
    m_desktop->click(u"lanesButton"_s);
    QVERIFY(!compare().warmsUp());
    compare().setWarmsUp(true);
    m_desktop->press(Qt::Key_Escape);
    const QString id = compare().comparisonId();
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(lane(0).isWarmingUp() && lane(1).isWarmingUp());
    QVERIFY(compare().isRunning());
    QVERIFY(lane(0).answers().isEmpty());
    QVERIFY(untilIdle());
    for (int place = 0; place < 2; ++place) {
        QVERIFY(!lane(place).isWarmingUp());
        QCOMPARE(lane(place).answers().size(), 1);
        QVERIFY(answerOf(place).size() > 10);
        QVERIFY(warmUpOf(place) && warmUpOf(place)->count() > 0);
    }
    const auto shown = MetricsLine::of(*lane(0).answers().constLast());
    QVERIFY(std::ranges::any_of(
        shown, [](const DocumentBuilder::Metric &metric) { return metric.label == u"warm-up"_s; }));
    // Kept with the comparison and with its answers.
    QVERIFY(m_desktop->restart());
    QVERIFY(!compare().warmsUp());
    compare().open(id);
    QTRY_COMPARE(compare().comparisonId(), id);
    QVERIFY(compare().warmsUp());
    QVERIFY(warmUpOf(1));
}

void TestCompareMeasures::warmedUpOneAfterTheOther()
{
    compare().setWarmsUp(true);
    compare().setOrder(CompareController::OneByOne);
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(lane(0).isWarmingUp() != lane(1).isWarmingUp());
    QVERIFY(untilIdle());
    QVERIFY(warmUpOf(0) && warmUpOf(1));
}

void TestCompareMeasures::whatWarmsUpIsStopped()
{
    stallAll();
    compare().setWarmsUp(true);
    m_desktop->send(u"Hello"_s);
    QVERIFY(lane(0).isWarmingUp());
    m_desktop->press(Qt::Key_Escape);
    QVERIFY(!compare().isRunning());
    QVERIFY(!lane(0).isWarmingUp() && !lane(1).isWarmingUp());
    QVERIFY(lane(0).answers().isEmpty());
    // One lane alone is left out, the other goes on.
    m_desktop->send(u"Hello"_s);
    compare().stopLane(0);
    QVERIFY(!lane(0).isWarmingUp() && lane(1).isWarmingUp());
    compare().stopLane(1);
    QVERIFY(untilIdle());
    QVERIFY(lane(1).answers().isEmpty());
}

void TestCompareMeasures::aPromptBehindAWarmUpWaits()
{
    stallAll();
    compare().setWarmsUp(true);
    m_desktop->send(u"one"_s);
    m_desktop->send(u"two"_s);
    QCOMPARE(compare().waiting().size(), 2);
    compare().removeWaiting(compare().waiting().constFirst().id);
    QCOMPARE(compare().waiting().size(), 1);
    QCOMPARE(compare().waiting().constFirst().text, u"two"_s);
    QVERIFY(lane(0).isWarmingUp());
    compare().stop();
    QVERIFY(!compare().isRunning());
    setModels({});
    m_desktop->send(u"three"_s);
    m_desktop->send(u"four"_s);
    QVERIFY(untilIdle());
    for (int place = 0; place < 2; ++place) {
        QCOMPARE(lane(place).answers().size(), 2);
        QVERIFY(warmUpOf(place));
    }
}

void TestCompareMeasures::aFailedWarmUpIsNoMatter()
{
    setModels(u"fault/500"_s);
    compare().setWarmsUp(true);
    m_desktop->send(u"Hello"_s);
    QVERIFY(untilIdle());
    QCOMPARE(lane(0).answers().size(), 1);
    QCOMPARE(lane(0).answers().constLast()->state, ChatNode::State::Failed);
    QVERIFY(!warmUpOf(0));
}

void TestCompareMeasures::theServersTimesStandBesideOurs()
{
    m_desktop = std::make_unique<Desktop>(u"fast"_s, u"llama.cpp"_s);
    QVERIFY(m_desktop->start(false));
    m_desktop->toCompare();
    QTRY_COMPARE(compare().laneCount(), 2);
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    for (int place = 0; place < 2; ++place) {
        const ChatNode &answer = *lane(place).answers().constLast();
        QVERIFY(!answer.serverTiming.isEmpty());
    }
    QCOMPARE(figure(u"server"_s).lanes.size(), 2);
}

void TestCompareMeasures::anAnswerCostsWhatThePriceTableSays()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    QVERIFY(figure(u"cost: no price"_s).cost);
    QVERIFY(!figure(u"cost: no price"_s).ranked);
    QVERIFY(figure(u"cost: no price"_s).lanes.isEmpty());
    PriceTable &prices = *compare().prices();
    const int row = prices.rowCount() - 1;
    QVERIFY(prices.data(prices.index(row), PriceTable::ModelRole).toString().isEmpty());
    QVERIFY(!prices.setOutput(row, u"much"_s));
    QVERIFY(!prices.setOutput(row, u"-1"_s));
    QVERIFY(prices.setOutput(row, u"1000000"_s));
    prices.setCurrency(row, u"€"_s);
    const RankedFigure cost = figure(u"cost"_s);
    QVERIFY(cost.ranked);
    const ChatMetrics &cheapest
        = lane(cost.lanes.constFirst().place).answers().constLast()->metrics;
    QVERIFY(cost.lanes.constFirst().value.endsWith(
        QLocale().toString(double(*cheapest.outputTokens), 'f', 2) + u" €"_s));
    // Of other endpoints nothing is known.
    QCOMPARE(prices.price(QUuid::createUuid(), {}), TokenPrice());
}

void TestCompareMeasures::pricesAreTypedInTheWindow()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    m_desktop->click(u"costChip"_s);
    QTRY_VERIFY(m_desktop->has(u"outputPriceField"_s));
    m_desktop->click(u"outputPriceField"_s);
    m_desktop->type(u"0.5"_s);
    m_desktop->press(Qt::Key_Tab);
    m_desktop->type(u"$"_s);
    m_desktop->press(Qt::Key_Escape);
    QTRY_VERIFY(figure(u"cost"_s).lanes.constFirst().value.endsWith(u"$"_s));
    QVERIFY(m_desktop->restart());
    PriceTable &prices = *compare().prices();
    QTRY_VERIFY(prices.rowCount() > 0);
    const int row = prices.rowCount() - 1;
    QCOMPARE(prices.data(prices.index(row), PriceTable::OutputRole).toString(), u"0.5"_s);
}

QTEST_MAIN(TestCompareMeasures)

#include "tst_comparemeasures.moc"
