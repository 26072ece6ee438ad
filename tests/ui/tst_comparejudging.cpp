// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparefixture.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// Votes on answers, and what differs between them.
class TestCompareJudging final : public CompareFixture
{
    Q_OBJECT

private Q_SLOTS:
    void differencesAreMarkedAndCounted();
    void jsonIsComparedByItsValues();
    void wordsAroundJsonAreStillMarked();
    void blindVotingHidesWhoseAnswersTheyAre();
    void verdictsAreKeptAndRated();
    void ratingsByReason();
    void answersArePutInOrderByNumbers();
    void answersArePutInOrderByClicks();

private:
    /// With three lanes whose answers are there and whose names are hidden.
    [[nodiscard]] bool threeToOrder() const
    {
        compare().addLane();
        compare().judging()->setBlind(true);
        m_desktop->send(u"What is a lori?"_s);
        return Desktop::until([this] { return compare().judging()->isReady(); });
    }

    /// What is marked in a lane.
    [[nodiscard]] qsizetype marks(int place) const
    {
        const TimelineModel &timeline = *compare().lanes()->lanes()[place]->chat()->timeline();
        qsizetype count = 0;
        for (int row = 0; row < timeline.rowCount(); ++row) {
            count += timeline.marks(row).size();
        }
        return count;
    }
};

void TestCompareJudging::differencesAreMarkedAndCounted()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    QTRY_VERIFY(!lane(1).likeness().isEmpty());
    QVERIFY(lane(0).likeness().isEmpty());
    QCOMPARE(marks(1), 0);
    m_desktop->press(Qt::Key_D, Qt::ControlModifier);
    QVERIFY(compare().diff()->isShown());
    QVERIFY(answerOf(0) == answerOf(1) || marks(1) > 0);
    compare().diff()->setBase(1);
    QTRY_VERIFY(!lane(0).likeness().isEmpty());
    QVERIFY(lane(1).likeness().isEmpty());
    m_desktop->press(Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(marks(1), 0);
}

void TestCompareJudging::jsonIsComparedByItsValues()
{
    wantJson();
    m_desktop->send(u"Classify this ticket as JSON: charged twice."_s);
    QVERIFY(untilIdle());
    QTRY_VERIFY(lane(1).isComparedAsJson());
    QVERIFY(compare().diff()->isJsonPossible());
    QVERIFY(!lane(1).jsonDifferences().isEmpty());
    QVERIFY(lane(1).likenessDetail().contains(lane(1).jsonDifferences().constFirst().path));
    QVERIFY(!m_desktop->item(u"jsonDifferenceList"_s).isVisible());
    m_desktop->press(Qt::Key_D, Qt::ControlModifier);
    QVERIFY(m_desktop->item(u"jsonDifferenceList"_s).isVisible());
    QCOMPARE(marks(1), 0);
    const QString byValue = lane(1).likeness();
    m_desktop->click(u"jsonDiffChip"_s);
    QVERIFY(!lane(1).isComparedAsJson());
    QVERIFY(marks(1) > 0);
    QVERIFY(lane(1).likeness() != byValue);
    m_desktop->click(u"jsonDiffChip"_s);
    QVERIFY(lane(1).isComparedAsJson());
    QCOMPARE(marks(1), 0);
}

void TestCompareJudging::wordsAroundJsonAreStillMarked()
{
    m_desktop->send(u"Classify this ticket and answer as JSON: charged twice for March."_s);
    QVERIFY(untilIdle());
    QTRY_VERIFY(lane(1).isComparedAsJson());
    m_desktop->press(Qt::Key_D, Qt::ControlModifier);
    QVERIFY(marks(1) > 0);
    // Words alone are no JSON.
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    QTRY_VERIFY(!lane(1).likeness().isEmpty() && !lane(1).isComparedAsJson());
    QVERIFY(!compare().diff()->isJsonPossible());
}

void TestCompareJudging::blindVotingHidesWhoseAnswersTheyAre()
{
    CompareJudging &judging = *compare().judging();
    const QSet<QUuid> before{lane(0).conversation(), lane(1).conversation()};
    m_desktop->press(Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(judging.isHidden());
    QVERIFY(!judging.isReady());
    QCOMPARE(lane(0).name(), lane(1).name());
    QVERIFY(lane(0).facts().isEmpty());
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(!judging.isReady() || !compare().isRunning());
    QVERIFY(Desktop::until([&judging] { return judging.isReady(); }));
    QQuickItem &bar = m_desktop->item(u"verdictBar"_s);
    QVERIFY(bar.isVisible());
    bar.forceActiveFocus();
    m_desktop->press(Qt::Key_2);
    QVERIFY(!judging.isHidden());
    QVERIFY(judging.outcome().contains(lane(1).name()) || lane(1).chat().setup().adapter.isBase());
    QVERIFY(lane(0).name() != lane(1).name());
    QCOMPARE((QSet<QUuid>{lane(0).conversation(), lane(1).conversation()}), before);
    // The next answers are hidden again.
    m_desktop->send(u"And what does it eat?"_s);
    QVERIFY(judging.isHidden());
}

void TestCompareJudging::verdictsAreKeptAndRated()
{
    CompareJudging &judging = *compare().judging();
    judging.setBlind(true);
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(Desktop::until([&judging] { return judging.isReady(); }));
    judging.toggleReason(u"format"_s);
    judging.prefer(0);
    QCOMPARE(judging.count(), 1);
    judging.prefer(0); // is over
    QCOMPARE(judging.count(), 1);
    QCOMPARE(judging.ratings().size(), 2);
    const QTemporaryDir folder;
    QFile preferences(folder.filePath(u"votes.jsonl"_s));
    judging.exportTo(QUrl::fromLocalFile(preferences.fileName()));
    QVERIFY(preferences.open(QIODevice::ReadOnly));
    QVERIFY(preferences.readAll().contains("\"tags\":[\"format\"]"));
    QFile table(folder.filePath(u"votes.csv"_s));
    judging.exportTo(QUrl::fromLocalFile(table.fileName()));
    QVERIFY(table.open(QIODevice::ReadOnly));
    QCOMPARE(table.readAll().count("\r\n"), 3);
    QVERIFY(m_desktop->restart());
    QTRY_COMPARE(compare().judging()->count(), 1);
    QVERIFY(!compare().judging()->isBlind());
}

void TestCompareJudging::ratingsByReason()
{
    CompareJudging &judging = *compare().judging();
    judging.setBlind(true);
    for (const QString &reason : {u"format"_s, u"wrong"_s, QString()}) {
        m_desktop->send(u"What is a lori?"_s);
        QVERIFY(Desktop::until([&] { return judging.isReady(); }));
        if (!reason.isEmpty()) {
            judging.toggleReason(reason);
        }
        judging.prefer(0);
    }
    QCOMPARE(judging.tags(), QStringList({u"format"_s, u"wrong"_s}));
    const auto games = [&judging] {
        return std::ranges::count_if(judging.ratings(),
            [](const RatingRow &row) { return row.games.startsWith(u"1 won, 0 tied, 0 lost"_s); });
    };
    m_desktop->click(u"ratingsButton"_s);
    QTRY_VERIFY(m_desktop->has(u"tagChip-format"_s));
    m_desktop->click(u"tagChip-format"_s);
    QCOMPARE(judging.tag(), u"format"_s);
    QCOMPARE(games(), 1);
    m_desktop->click(u"allTagsChip"_s);
    QVERIFY(judging.tag().isEmpty());
}

void TestCompareJudging::answersArePutInOrderByNumbers()
{
    QVERIFY(threeToOrder());
    CompareJudging &judging = *compare().judging();
    m_desktop->item(u"verdictBar"_s).forceActiveFocus();
    m_desktop->press(Qt::Key_R);
    QVERIFY(judging.ranks());
    m_desktop->press(Qt::Key_Return); // nobody has a place yet
    QVERIFY(judging.isHidden());
    m_desktop->press(Qt::Key_3);
    m_desktop->press(Qt::Key_2);
    m_desktop->press(Qt::Key_Backspace);
    QCOMPARE(judging.places(), QList({3, 0, 0}));
    m_desktop->press(Qt::Key_1);
    m_desktop->press(Qt::Key_1);
    QCOMPARE(judging.places(), QList({3, 1, 1}));
    m_desktop->press(Qt::Key_Left); // back to B, and a second thought
    QCOMPARE(judging.rankedNext(), 1);
    m_desktop->press(Qt::Key_2);
    QVERIFY(judging.isOrdered());
    m_desktop->press(Qt::Key_Return);
    QVERIFY(!judging.isHidden());
    QCOMPARE(judging.count(), 1);
    QVERIFY2(
        judging.outcome().startsWith(u"From best to worst: C "_s), qPrintable(judging.outcome()));
    QVERIFY(judging.outcome().contains(u", then A "_s));
    // What was said of three answers is three games: each won or lost two.
    int won = 0;
    for (const RatingRow &row : judging.ratings()) {
        won += row.games.section(u' ', 0, 0).toInt();
    }
    QCOMPARE(won, 3);
    QVERIFY(m_desktop->restart());
    QTRY_COMPARE(compare().judging()->count(), 1);
    QCOMPARE(compare().judging()->ratings().size(), 3);
}

void TestCompareJudging::answersArePutInOrderByClicks()
{
    QVERIFY(threeToOrder());
    CompareJudging &judging = *compare().judging();
    m_desktop->click(u"orderButton"_s);
    m_desktop->click(u"placeChip-A2"_s);
    m_desktop->click(u"placeChip-B3"_s);
    QVERIFY(!m_desktop->item(u"keepOrderButton"_s).isEnabled());
    m_desktop->click(u"placeChip-C3"_s);
    m_desktop->click(u"placeChip-A2"_s); // again: takes it away
    QCOMPARE(judging.places(), QList({0, 3, 3}));
    m_desktop->click(u"placeChip-A2"_s);
    m_desktop->click(u"keepOrderButton"_s);
    // Places have no gaps: 2, 3, 3 is 1, 2, 2.
    const QTemporaryDir folder;
    QFile table(folder.filePath(u"votes.csv"_s));
    judging.exportTo(QUrl::fromLocalFile(table.fileName()));
    QVERIFY(table.open(QIODevice::ReadOnly));
    const QStringList lines = QString::fromUtf8(table.readAll()).split(u"\r\n"_s);
    QCOMPARE(lines.size(), 5);
    QVERIFY(lines[1].contains(u"ranking,A,"_s) && lines[1].contains(u",yes,1,"_s));
    QVERIFY(lines[2].contains(u"ranking,B,"_s) && lines[2].contains(u",no,2,"_s));
    QVERIFY(lines[3].contains(u"ranking,C,"_s) && lines[3].contains(u",no,2,"_s));
    QVERIFY(judging.outcome().contains(u", then B "_s) && judging.outcome().contains(u" and C "_s));
}

QTEST_MAIN(TestCompareJudging)

#include "tst_comparejudging.moc"
