// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparefixture.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// A model that judges the answers of lanes.
class TestCompareJudge final : public CompareFixture
{
    Q_OBJECT

private Q_SLOTS:
    void eachPairIsJudgedInBothOrders();
    void whatWasSaidIsKeptWithTheComparison();
    void eachAnswerIsJudgedWhereWanted();
    void nothingIsJudgedNorShownWhileItIsHiddenWhoseTheAnswersAre();
    void itCanBeStopped();
    void whatWasJudgedIsKeptWhenTheProgramEnds();
    void whatFailsIsToldInASentence();
    void whatFailsLeavesWhatWasSaidBefore();
    void theJudgeThatWasChosenIsAsked();
    void whatItCostsIsTold();
    void modelsVerdictsAreRatedApart();
    void rubricsAreChosenWrittenAndKept();
    void theJudgeIsChosenAsLanesAre();
    void theJudgeIsFoundByTyping();
    void whatWasSaidFollowsTheLanes();

private:
    [[nodiscard]] ModelJudge &judge() const { return *compare().judge(); }

    [[nodiscard]] bool untilJudged() const
    {
        return Desktop::until([this] { return !judge().isRunning(); });
    }

    /// Answers are there, and the judge is in sight.
    [[nodiscard]] bool answered() const
    {
        judge().setShown(true);
        m_desktop->send(u"What is a lori?"_s);
        return untilIdle() && Desktop::until([this] { return judge().problem().isEmpty(); });
    }

    [[nodiscard]] bool judged() const
    {
        const bool isReady = answered();
        m_desktop->click(u"judgeButton"_s);
        return isReady && untilJudged() && judge().isJudged();
    }

    void setJudge(const QString &model) const
    {
        ChatSetup setup = judge().chat()->setup();
        setup.model = model;
        setup.adapter = {};
        judge().chat()->setSetup(setup);
    }

    [[nodiscard]] QString text(const QString &name) const
    {
        return m_desktop->item(name).property("text").toString();
    }
};

void TestCompareJudge::eachPairIsJudgedInBothOrders()
{
    compare().addLane();
    QVERIFY(!m_desktop->item(u"judgeStrip"_s).isVisible());
    m_desktop->click(u"judgeChip"_s);
    QVERIFY(m_desktop->item(u"judgeStrip"_s).isVisible());
    QVERIFY(!m_desktop->item(u"judgeButton"_s).isEnabled());
    QVERIFY(text(u"judgeStatus"_s).contains(u"once all lanes have answered"_s));
    QVERIFY(answered());
    QCOMPARE(judge().pairCount(), 3);
    QCOMPARE(text(u"judgeStatus"_s), u"3 pairs of answers, each asked in both orders"_s);
    m_desktop->press(Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(untilJudged());
    QVERIFY2(judge().error().isEmpty(), qPrintable(judge().error()));
    QCOMPARE(judge().result().lanes.size(), 3);
    QCOMPARE(judge().result().pairs.size(), 3);
    for (const JudgedPairRow &pair : judge().result().pairs) {
        QVERIFY(pair.problem.isEmpty());
        QVERIFY(pair.forward.startsWith(pair.firstLetter + u", then "_s + pair.secondLetter));
        QVERIFY(pair.backward.startsWith(pair.secondLetter + u", then "_s + pair.firstLetter));
        QVERIFY(!pair.forwardReason.isEmpty());
        QVERIFY(!pair.backwardReason.isEmpty());
    }
    QVERIFY(judge().result().summary.contains(u"3 of 3 pairs judged in both orders"_s));
    QVERIFY(!judge().result().bias.isEmpty());
    QVERIFY(text(u"judgeCost"_s).contains(u"tokens read"_s));
    m_desktop->click(u"judgedPairsButton"_s);
    QTRY_VERIFY(m_desktop->item(u"judgedPairs"_s).isVisible());
    QCOMPARE(m_desktop->item(u"judgedPairs"_s).property("count").toInt(), 3);
    m_desktop->press(Qt::Key_Escape);
}

void TestCompareJudge::whatWasSaidIsKeptWithTheComparison()
{
    QVERIFY(judged());
    const QList<JudgedPairRow> pairs = judge().result().pairs;
    const QList<JudgedLane> lanes = judge().result().lanes;
    const QString comparison = compare().comparisonId();
    const QTemporaryDir folder;
    for (const QString &name : {u"/a.md"_s, u"/a.html"_s}) {
        QFile file(folder.path() + name);
        compare().exportTo(QUrl::fromLocalFile(file.fileName()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        QVERIFY(text.contains(u"Judged by "_s));
        QVERIFY(text.contains(pairs.constFirst().forwardReason));
        QVERIFY(text.contains(judge().rubrics()->name()));
    }
    compare().newComparison();
    QVERIFY(!judge().isJudged());
    QTRY_VERIFY(compare().comparisons()->rowCount() > 0);
    QVERIFY(m_desktop->restart());
    m_desktop->toCompare();
    QTRY_VERIFY(compare().comparisons()->rowCount() > 0);
    compare().open(comparison);
    QTRY_VERIFY(judge().isJudged());
    QCOMPARE(judge().result().pairs, pairs);
    QCOMPARE(judge().result().lanes, lanes);
    QVERIFY(judge().isShown());
    // Opened again, nothing is judged by itself.
    judge().setAlways(true);
    QVERIFY(!judge().isRunning());
}

void TestCompareJudge::eachAnswerIsJudgedWhereWanted()
{
    judge().setShown(true);
    m_desktop->click(u"judgeAlwaysSwitch"_s);
    QVERIFY(judge().isAlways());
    m_desktop->send(u"What is a lori?"_s);
    QTRY_VERIFY(judge().isJudged());
    QVERIFY(untilJudged());
    const QString first = judge().turns().constLast().answers.constFirst().toString();
    m_desktop->send(u"And what does it eat?"_s);
    QTRY_COMPARE(judge().turns().size(), 2);
    QVERIFY(judge().turns().constLast().answers.constFirst().toString() != first);
    // Of one lane that is asked again, too.
    QVERIFY(untilJudged() && untilIdle());
    compare().regenerate(1);
    QTRY_COMPARE(judge().turns().size(), 3);
    QVERIFY(untilJudged());
}

void TestCompareJudge::nothingIsJudgedNorShownWhileItIsHiddenWhoseTheAnswersAre()
{
    QVERIFY(judged());
    judge().setAlways(true);
    compare().judging()->setBlind(true);
    QVERIFY(!judge().isJudged());
    QVERIFY(judge().result().lanes.isEmpty());
    m_desktop->send(u"And what does it eat?"_s);
    QTRY_VERIFY(compare().judging()->isReady());
    QVERIFY(!m_desktop->item(u"judgeButton"_s).isEnabled());
    judge().run();
    QVERIFY(!judge().isRunning());
    QVERIFY(text(u"judgeStatus"_s).contains(u"hidden whose the answers are"_s));
    compare().judging()->prefer(0);
    // The verdict is given, so that it may be judged.
    QTRY_COMPARE(judge().turns().size(), 2);
    QVERIFY(untilJudged());
    QVERIFY(judge().isJudged());
}

void TestCompareJudge::itCanBeStopped()
{
    QVERIFY(answered());
    setJudge(u"fault/stall"_s);
    m_desktop->click(u"judgeButton"_s);
    QVERIFY(judge().isRunning());
    QCOMPARE(text(u"judgeStatus"_s), u"0 of 1 pair judged"_s);
    m_desktop->click(u"judgeButton"_s);
    QVERIFY(untilJudged());
    QCOMPARE(text(u"judgeError"_s), u"Stopped before all pairs were judged."_s);
    QVERIFY(!judge().isJudged());
    // Another comparison ends it as well.
    m_desktop->click(u"judgeButton"_s);
    QVERIFY(judge().isRunning());
    compare().newComparison();
    QVERIFY(!judge().isRunning());
    QVERIFY(judge().error().isEmpty());
}

void TestCompareJudge::whatWasJudgedIsKeptWhenTheProgramEnds()
{
    while (compare().canAdd()) {
        compare().addLane();
    }
    QVERIFY(answered());
    const QString comparison = compare().comparisonId();
    judge().run();
    QVERIFY(Desktop::until([this] { return judge().progress() > 0; }));
    QVERIFY(m_desktop->restart());
    m_desktop->toCompare();
    QTRY_VERIFY(compare().comparisons()->rowCount() > 0);
    compare().open(comparison);
    QTRY_VERIFY(judge().isJudged());
    QCOMPARE(judge().turns().size(), 1);
    // Those that were judged in both orders when it ended; alike answers of one name are one.
    const QList<JudgedPairRow> pairs = judge().result().pairs;
    const auto judged = std::ranges::count_if(pairs, [](const JudgedPairRow &pair) {
        return !pair.forwardReason.isEmpty() && !pair.backwardReason.isEmpty();
    });
    QVERIFY(compare().judging()->modelCount() > 0);
    QVERIFY(compare().judging()->modelCount() <= int(judged));
}

void TestCompareJudge::whatFailsIsToldInASentence()
{
    QVERIFY(answered());
    setJudge(u"fault/429"_s);
    m_desktop->click(u"judgeButton"_s);
    QVERIFY(untilJudged());
    QVERIFY(m_desktop->item(u"judgeError"_s).isVisible());
    QVERIFY2(judge().error().contains(u"429"_s), qPrintable(judge().error()));
    QVERIFY(judge().result().lanes.isEmpty());
    setJudge({});
    m_desktop->click(u"judgeButton"_s);
    QVERIFY(untilJudged());
    QVERIFY(judge().error().isEmpty());
    QCOMPARE(judge().result().lanes.size(), 2);
    QCOMPARE(judge().turns().size(), 1); // in place of the one that failed
}

void TestCompareJudge::whatFailsLeavesWhatWasSaidBefore()
{
    QVERIFY(judged());
    const JudgedTurn before = judge().turns().constFirst();
    setJudge(u"fault/429"_s);
    m_desktop->click(u"judgeButton"_s);
    QVERIFY(untilJudged());
    QVERIFY(!judge().error().isEmpty());
    QCOMPARE(judge().turns().size(), 2);
    QCOMPARE(judge().turns().constFirst(), before);
    // Judged again, it is.
    setJudge({});
    m_desktop->click(u"judgeButton"_s);
    QVERIFY(untilJudged());
    QCOMPARE(judge().turns().size(), 1);
}

/// And not one that is chosen while the key is looked up.
void TestCompareJudge::theJudgeThatWasChosenIsAsked()
{
    QVERIFY(answered());
    judge().run();
    setJudge(u"fault/429"_s);
    QVERIFY(untilJudged());
    QVERIFY2(judge().error().isEmpty(), qPrintable(judge().error()));
    QVERIFY(judge().isJudged());
}

void TestCompareJudge::whatItCostsIsTold()
{
    QVERIFY(answered());
    PriceTable &prices = *compare().prices();
    const auto [endpoint, model] = judge().priceKey();
    const QString name = judge().chat()->endpointName();
    bool isPriced = false;
    for (int row = 0; row < prices.rowCount(); ++row) {
        const QModelIndex at = prices.index(row);
        if (prices.data(at, PriceTable::EndpointRole) == name
            && prices.data(at, PriceTable::ModelRole) == model) {
            isPriced = prices.setPrompt(row, u"100"_s) && prices.setOutput(row, u"200"_s);
            prices.setCurrency(row, u"€"_s);
        }
    }
    QVERIFY(isPriced);
    m_desktop->click(u"judgeButton"_s);
    QVERIFY(untilJudged());
    QVERIFY2(judge().result().cost.endsWith(u" €"_s), qPrintable(judge().result().cost));
    QVERIFY(judge().turns().constLast().pairs.constFirst().judgement.cost);
}

void TestCompareJudge::modelsVerdictsAreRatedApart()
{
    CompareJudging &judging = *compare().judging();
    QVERIFY(judged());
    QCOMPARE(judging.count(), 0);
    QCOMPARE(judging.modelCount(), 1);
    // Judged again, the same answers have one verdict still.
    m_desktop->click(u"judgeButton"_s);
    QVERIFY(untilJudged());
    QCOMPARE(judging.modelCount(), 1);
    judging.setBlind(true);
    m_desktop->send(u"What does it eat?"_s);
    QTRY_VERIFY(judging.isReady());
    judging.prefer(0);
    QCOMPARE(judging.count(), 1);
    m_desktop->click(u"ratingsButton"_s);
    QVERIFY(!judging.isByModels());
    QCOMPARE(judging.ratings().size(), 2);
    m_desktop->click(u"modelsChip"_s);
    QVERIFY(judging.isByModels());
    QVERIFY(judging.ratingsNote().startsWith(u"What models said"_s));
    const QTemporaryDir folder;
    QFile table(folder.filePath(u"votes.csv"_s));
    judging.exportTo(QUrl::fromLocalFile(table.fileName()));
    QVERIFY(table.open(QIODevice::ReadOnly));
    const QString csv = QString::fromUtf8(table.readAll());
    QCOMPARE(csv.count(u"\r\n"_s), 3); // two answers, and no person's verdict
    QVERIFY(csv.contains(judge().judgeName()));
    m_desktop->click(u"peopleChip"_s);
    QVERIFY(!judging.isByModels());
    QVERIFY(m_desktop->restart());
    QTRY_COMPARE(compare().judging()->count(), 1);
    QCOMPARE(compare().judging()->modelCount(), 1);
}

void TestCompareJudge::rubricsAreChosenWrittenAndKept()
{
    judge().setShown(true);
    m_desktop->click(u"judgeSetupButton"_s);
    QTRY_VERIFY(m_desktop->item(u"rubricBox"_s).isVisible());
    RubricEditor &rubrics = *judge().rubrics();
    const qsizetype samples = rubrics.names().size();
    QVERIFY(!rubrics.isOwn());
    rubrics.setCurrent(1);
    const int criteria = rubrics.rowCount();
    // What is changed of a sample is one's own.
    rubrics.setWeight(0, 9);
    QVERIFY(rubrics.isOwn());
    QCOMPARE(rubrics.names().size(), samples + 1);
    QCOMPARE(rubrics.rowCount(), criteria);
    m_desktop->item(u"rubricName"_s).forceActiveFocus();
    m_desktop->press(Qt::Key_A, Qt::ControlModifier);
    m_desktop->type(u"Tickets"_s);
    QCOMPARE(rubrics.names().constLast(), u"Tickets"_s);
    m_desktop->click(u"newRubricButton"_s);
    QCOMPARE(rubrics.rowCount(), 1);
    QVERIFY(!rubrics.problem().isEmpty());
    m_desktop->item(u"criterionField"_s).forceActiveFocus();
    m_desktop->type(u"It is kind."_s);
    QVERIFY(rubrics.problem().isEmpty());
    m_desktop->press(Qt::Key_Escape);
    QVERIFY(m_desktop->restart());
    RubricEditor &kept = *judge().rubrics();
    QCOMPARE(kept.names().size(), samples + 2);
    QCOMPARE(kept.rubric().criteria, (QList<RubricCriterion>{{u"It is kind."_s, 1}}));
    kept.removeRubric();
    QCOMPARE(kept.name(), u"Tickets"_s);
    QCOMPARE(kept.rubric().criteria.constFirst().weight, 9);
}

void TestCompareJudge::theJudgeIsChosenAsLanesAre()
{
    judge().setShown(true);
    m_desktop->click(u"judgeSetupButton"_s);
    QTRY_VERIFY(m_desktop->item(u"judgeExactSwitch"_s).isVisible());
    AdapterPicker &picker = *workbench().judgeSetup()->picker();
    QTRY_VERIFY(picker.rowCount() > 0);
    const QString adapter = picker.rows().constLast().id;
    picker.choose(adapter);
    QVERIFY(judge().judgeName().startsWith(adapter));
    m_desktop->click(u"judgeExactSwitch"_s);
    QVERIFY(!judge().isExact());
    // It is neither a lane nor a session.
    QCOMPARE(compare().laneCount(), 2);
    QVERIFY(m_desktop->restart());
    QTRY_VERIFY(judge().judgeName().startsWith(adapter));
    QVERIFY(!judge().isExact());
    QCOMPARE(workbench().sessions()->count(), 0);
    m_desktop->toCompare();
    QVERIFY(judged());
    // Without probabilities the letter counts.
    const Judgement judgement = judge().turns().constLast().pairs.constFirst().judgement;
    QVERIFY(judgement.forward && !judgement.forward->mass);
    judge().setExact(true);
    m_desktop->click(u"judgeButton"_s);
    QVERIFY(untilJudged());
    const Judgement weighed = judge().turns().constLast().pairs.constFirst().judgement;
    QVERIFY(weighed.forward && weighed.forward->mass);
}

void TestCompareJudge::theJudgeIsFoundByTyping()
{
    const ChatSetup lanes = lane(0).chat().setup();
    const Endpoint other = workbench().endpoints()->all().last();
    judge().setShown(true);
    m_desktop->click(u"judgeSetupButton"_s);
    QTRY_VERIFY(m_desktop->item(u"searchChoicesButton"_s).isVisible());
    // The key that the button names is the dialog's here, and not the lane's behind it.
    QVERIFY(text(u"searchChoicesButton"_s).endsWith(u"Ctrl+L"_s));
    m_desktop->press(Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(m_desktop->item(u"choiceSearch"_s).hasActiveFocus());
    m_desktop->type(other.name);
    m_desktop->press(Qt::Key_Return);
    QTRY_COMPARE(judge().chat()->setup().endpoint, other.id);
    QCOMPARE(lane(0).chat().setup(), lanes);
    m_desktop->click(u"searchChoicesButton"_s);
    QTRY_VERIFY(m_desktop->item(u"choiceSearch"_s).hasActiveFocus());
}

void TestCompareJudge::whatWasSaidFollowsTheLanes()
{
    QVERIFY(judged());
    const JudgedPairRow before = judge().result().pairs.constFirst();
    compare().moveLane(0, 1);
    const JudgedPairRow after = judge().result().pairs.constFirst();
    QCOMPARE(after.firstLetter, u"A"_s);
    QCOMPARE(after.forwardReason, before.backwardReason);
    QCOMPARE(after.backwardReason, before.forwardReason);
    QCOMPARE(after.agrees, before.agrees);
    // Of an answer that is not in sight any more nothing is shown.
    compare().regenerate(0);
    QVERIFY(untilIdle());
    QVERIFY(!judge().isJudged());
}

QTEST_MAIN(TestCompareJudge)

#include "tst_comparejudge.moc"
