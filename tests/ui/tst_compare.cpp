// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desktop.h"
#include "translations.h"

#include <BreezeIcons>
#include <QFile>
#include <QQuickItem>
#include <QQuickStyle>
#include <QTemporaryDir>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// The compare page in the real window, over a real store and the simulator's sockets.
class TestCompare : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void onePromptGoesToEveryLane();
    void lanesKeepTheirOwnConversations();
    void baseAndAllAdaptersByOneCall();
    void lanesAreAddedMovedAndClosedByKeys();
    void aClosedLaneComesBackWithWhatItSaid();
    void oneLaneIsStoppedTheOthersGoOn();
    void aSecondEscapeStopsAll();
    void aLaneThatIsLeftOutIsNotAsked();
    void oneAfterTheOtherNeverTwoAtOnce();
    void theSameSeedGoesToEveryLane();
    void differencesAreMarkedAndCounted();
    void theComparisonIsThereAfterARestart();
    void lanesAreNoSessions();
    void aSetOfLanesIsUsedAgain();
    void aLaneOpensAsAChat();
    void aChatIsComparedFromHereOn();
    void aDeletedComparisonComesBack();
    void theFileHasEveryAnswer();
    void editingChangesThePromptInEveryLane();
    void blindVotingHidesWhoseAnswersTheyAre();
    void verdictsAreKeptAndRated();

private:
    [[nodiscard]] CompareController &compare() { return *m_desktop->workbench().compare(); }

    [[nodiscard]] const CompareLane &lane(int place) { return *compare().lanes()->lanes()[place]; }

    [[nodiscard]] QString answerOf(int place)
    {
        const QList<const ChatNode *> answers = lane(place).answers();
        return answers.isEmpty() ? QString() : answers.constLast()->message.content;
    }

    [[nodiscard]] bool untilIdle()
    {
        return Desktop::until([this] { return !compare().isRunning(); });
    }

    /// Every lane stalls amid its answer.
    void stallAll()
    {
        for (CompareLane *lane : compare().lanes()->lanes()) {
            ChatSetup setup = lane->chat()->setup();
            setup.model = u"fault/stall"_s;
            setup.adapter = {};
            lane->chat()->setSetup(setup);
        }
    }

    std::unique_ptr<Desktop> m_desktop;
};

void TestCompare::initTestCase()
{
    BreezeIcons::initIcons();
    installTranslations(*QCoreApplication::instance());
    QQuickStyle::setStyle(u"Fusion"_s);
}

void TestCompare::init()
{
    m_desktop = std::make_unique<Desktop>(u"fast"_s);
    QVERIFY(m_desktop->start(false));
    QTRY_VERIFY(m_desktop->workbench().setup()->picker()->count() > 0);
    m_desktop->toCompare();
    QTRY_COMPARE(compare().laneCount(), 2);
}

void TestCompare::cleanup() { m_desktop.reset(); }

void TestCompare::onePromptGoesToEveryLane()
{
    QVERIFY(compare().isBlank());
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    for (int place = 0; place < 2; ++place) {
        QCOMPARE(lane(place).answers().size(), 1);
        QVERIFY(!answerOf(place).isEmpty());
    }
    QVERIFY(lane(0).chat().setup().adapter != lane(1).chat().setup().adapter);
    QCOMPARE(compare().title(), u"What is a lori?"_s);
    // Ranked by time to the first token, by speed, by length, by time.
    QCOMPARE(compare().ranking().size(), 4);
    QCOMPARE(compare().ranking().constFirst().lanes.size(), 2);
}

void TestCompare::lanesKeepTheirOwnConversations()
{
    m_desktop->send(u"one"_s);
    QVERIFY(untilIdle());
    m_desktop->send(u"two"_s);
    QVERIFY(untilIdle());
    QCOMPARE(lane(0).answers().size(), 2);
    QCOMPARE(lane(1).answers().size(), 2);
    QVERIFY(lane(0).conversation() != lane(1).conversation());
}

void TestCompare::baseAndAllAdaptersByOneCall()
{
    m_desktop->click(u"compareAdaptersButton"_s);
    const qsizetype adapters = m_desktop->workbench().setup()->picker()->rows().size();
    QCOMPARE(compare().laneCount(), int(adapters) + 1);
    QVERIFY(lane(0).chat().setup().adapter.isBase());
    QSet<QString> names;
    for (const CompareLane *lane : compare().lanes()->lanes()) {
        names.insert(lane->name());
    }
    QCOMPARE(names.size(), adapters + 1);
}

void TestCompare::lanesAreAddedMovedAndClosedByKeys()
{
    m_desktop->press(Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(compare().laneCount(), 3);
    QCOMPARE(compare().focusedPlace(), 2);
    const CompareLane *moved = &lane(2);
    m_desktop->press(Qt::Key_Left, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(&lane(1), moved);
    QCOMPARE(moved->letter(), u"B"_s);
    QCOMPARE(compare().focusedPlace(), 1);
    m_desktop->press(Qt::Key_1, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(compare().focusedPlace(), 0);
    m_desktop->press(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(compare().laneCount(), 2);
    QCOMPARE(&lane(0), moved);
    m_desktop->press(Qt::Key_W, Qt::ControlModifier);
    m_desktop->press(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(compare().laneCount(), 1);
    for (int i = 0; i < 8; ++i) {
        m_desktop->press(Qt::Key_T, Qt::ControlModifier);
    }
    QCOMPARE(compare().laneCount(), 6);
}

void TestCompare::aClosedLaneComesBackWithWhatItSaid()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    const QUuid closed = lane(0).conversation();
    const QString said = answerOf(0);
    compare().closeLane(0);
    QVERIFY(m_desktop->item(u"laneUndoBar"_s).isVisible());
    compare().undoClose();
    QTRY_COMPARE(compare().laneCount(), 2);
    QCOMPARE(lane(0).conversation(), closed);
    QCOMPARE(answerOf(0), said);
}

void TestCompare::oneLaneIsStoppedTheOthersGoOn()
{
    stallAll();
    m_desktop->send(u"Hello"_s);
    QTRY_VERIFY(!answerOf(0).isEmpty() && !answerOf(1).isEmpty());
    compare().stopLane(0);
    QTRY_VERIFY(!lane(0).chat().isRunning());
    QVERIFY(lane(1).chat().isRunning());
    QVERIFY(!answerOf(0).isEmpty());
    compare().stop();
    QVERIFY(untilIdle());
    QCOMPARE(lane(1).answers().constLast()->state, ChatNode::State::Stopped);
}

void TestCompare::aSecondEscapeStopsAll()
{
    stallAll();
    m_desktop->send(u"Hello"_s);
    QTRY_VERIFY(!answerOf(0).isEmpty() && !answerOf(1).isEmpty());
    m_desktop->press(Qt::Key_Escape);
    QTRY_VERIFY(!lane(compare().focusedPlace()).chat().isRunning());
    QVERIFY(compare().isRunning());
    m_desktop->press(Qt::Key_Escape);
    QVERIFY(untilIdle());
}

void TestCompare::aLaneThatIsLeftOutIsNotAsked()
{
    compare().lanes()->lanes()[1]->setReceives(false);
    QCOMPARE(compare().receiving(), 1);
    m_desktop->send(u"Hello"_s);
    QVERIFY(untilIdle());
    QCOMPARE(lane(0).answers().size(), 1);
    QVERIFY(lane(1).answers().isEmpty());
    compare().lanes()->lanes()[0]->setReceives(false);
    QVERIFY(!compare().send(u"To nobody"_s));
    QVERIFY(!m_desktop->workbench().notice().isEmpty());
}

void TestCompare::oneAfterTheOtherNeverTwoAtOnce()
{
    compare().setOrder(CompareController::OneByOne);
    compare().addLane();
    const auto most = std::make_shared<int>(0);
    for (const CompareLane *each : compare().lanes()->lanes()) {
        connect(&each->chat(), &ChatController::runningChanged, this, [this, most] {
            int running = 0;
            for (const CompareLane *lane : compare().lanes()->lanes()) {
                running += lane->chat().isRunning() ? 1 : 0;
            }
            *most = std::max(*most, running);
        });
    }
    m_desktop->send(u"What is a lori?"_s);
    m_desktop->send(u"And what does it eat?"_s);
    QVERIFY(!compare().waiting().isEmpty());
    QVERIFY(untilIdle());
    for (const CompareLane *lane : compare().lanes()->lanes()) {
        QCOMPARE(lane->answers().size(), 2);
    }
    QCOMPARE(*most, 1);
    for (const CompareLane *lane : compare().lanes()->lanes()) {
        lane->chat().disconnect(this);
    }
}

void TestCompare::theSameSeedGoesToEveryLane()
{
    compare().setAlignsSeeds(true);
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    const QJsonValue seed = lane(0).answers().constLast()->origin.setup.parameters.value(u"seed"_s);
    QVERIFY(seed.isDouble());
    QCOMPARE(lane(1).answers().constLast()->origin.setup.parameters.value(u"seed"_s), seed);
    // For that turn alone.
    QVERIFY(lane(0).chat().setup().parameters.isEmpty());
}

void TestCompare::differencesAreMarkedAndCounted()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    QTRY_VERIFY(!lane(1).likeness().isEmpty());
    QVERIFY(lane(0).likeness().isEmpty());
    const TimelineModel &timeline = *compare().lanes()->lanes()[1]->chat()->timeline();
    const auto marks = [&] {
        qsizetype count = 0;
        for (int row = 0; row < timeline.rowCount(); ++row) {
            count += timeline.marks(row).size();
        }
        return count;
    };
    QCOMPARE(marks(), 0);
    m_desktop->press(Qt::Key_D, Qt::ControlModifier);
    QVERIFY(compare().diff()->isShown());
    QVERIFY(answerOf(0) == answerOf(1) || marks() > 0);
    compare().diff()->setBase(1);
    QTRY_VERIFY(!lane(0).likeness().isEmpty());
    QVERIFY(lane(1).likeness().isEmpty());
    m_desktop->press(Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(marks(), 0);
}

void TestCompare::theComparisonIsThereAfterARestart()
{
    compare().addLane();
    compare().diff()->setBase(1);
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    const QString id = compare().comparisonId();
    const QStringList said{answerOf(0), answerOf(1), answerOf(2)};
    const QStringList names{lane(0).name(), lane(1).name(), lane(2).name()};
    QVERIFY(m_desktop->restart());
    QTRY_COMPARE(compare().comparisons()->count(), 1);
    QVERIFY(compare().comparisonId() != id);
    compare().open(id);
    QTRY_COMPARE(compare().comparisonId(), id);
    QCOMPARE(compare().laneCount(), 3);
    QCOMPARE(compare().diff()->base(), 1);
    QCOMPARE(QStringList({answerOf(0), answerOf(1), answerOf(2)}), said);
    QCOMPARE(QStringList({lane(0).name(), lane(1).name(), lane(2).name()}), names);
    // And goes on.
    QVERIFY(compare().send(u"And now?"_s));
    QVERIFY(untilIdle());
    QCOMPARE(lane(2).answers().size(), 2);
}

void TestCompare::lanesAreNoSessions()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    QTRY_COMPARE(compare().comparisons()->count(), 1);
    m_desktop->workbench().sessions()->refresh();
    QTest::qWait(100);
    QCOMPARE(m_desktop->workbench().sessions()->count(), 0);
}

void TestCompare::aSetOfLanesIsUsedAgain()
{
    compare().compareAdapters();
    const int count = compare().laneCount();
    compare().saveSet(u"All of them"_s);
    QTRY_COMPARE(compare().sets()->count(), 1);
    compare().closeLane(0);
    const LaneSets &sets = *compare().sets();
    compare().useSet(sets.data(sets.index(0), LaneSets::IdRole).toString());
    QCOMPARE(compare().laneCount(), count);
    QVERIFY(m_desktop->restart());
    QTRY_COMPARE(compare().sets()->count(), 1);
}

void TestCompare::aLaneOpensAsAChat()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    const QString said = answerOf(1);
    compare().openAsChat(1, {});
    ChatController &chat = *m_desktop->workbench().chat();
    QCOMPARE(chat.textOf(chat.lastAnswer()), said);
    QCOMPARE(chat.setup().adapter, lane(1).chat().setup().adapter);
    QTRY_COMPARE(m_desktop->workbench().sessions()->count(), 1);
    QTRY_VERIFY(!m_desktop->item(u"lanes"_s).isVisible());
    // What is said there is not said in the lane.
    m_desktop->send(u"And now?"_s);
    QVERIFY(m_desktop->untilIdle());
    QCOMPARE(lane(1).answers().size(), 1);
}

void TestCompare::aChatIsComparedFromHereOn()
{
    m_desktop->press(Qt::Key_1, Qt::ControlModifier);
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(m_desktop->untilIdle());
    const ChatController &chat = *m_desktop->workbench().chat();
    m_desktop->press(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(compare().laneCount() > 2);
    for (const CompareLane *lane : compare().lanes()->lanes()) {
        QCOMPARE(lane->answers().size(), 1);
        QVERIFY(lane->conversation() != chat.session()->conversation().id());
    }
    m_desktop->send(u"And what does it eat?"_s);
    QVERIFY(untilIdle());
    QCOMPARE(lane(1).answers().size(), 2);
    QCOMPARE(chat.session()->conversation().path().size(), 2);
}

void TestCompare::aDeletedComparisonComesBack()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    ComparisonList &list = *compare().comparisons();
    QTRY_COMPARE(list.count(), 1);
    const QString id = compare().comparisonId();
    list.remove(id);
    QTRY_COMPARE(list.count(), 0);
    QVERIFY(compare().isBlank());
    QVERIFY(m_desktop->item(u"comparisonUndoBar"_s).isVisible());
    list.undoRemove();
    QTRY_COMPARE(list.count(), 1);
    compare().open(id);
    QTRY_COMPARE(lane(1).answers().size(), 1);
}

void TestCompare::theFileHasEveryAnswer()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    const QTemporaryDir folder;
    for (const QString &name : {u"compared.md"_s, u"compared.html"_s}) {
        QFile file(folder.filePath(name));
        compare().exportTo(QUrl::fromLocalFile(file.fileName()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        QVERIFY(text.contains(u"What is a lori?"_s));
        QVERIFY(text.contains(lane(1).name()));
        QVERIFY(text.contains(u"TTFT"_s));
    }
    compare().exportTo(QUrl::fromLocalFile(folder.filePath(u"no/such/folder/a.md"_s)));
    QVERIFY(m_desktop->workbench().notice().contains(u"no/such/folder"_s));
}

void TestCompare::editingChangesThePromptInEveryLane()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    m_desktop->press(Qt::Key_Up);
    m_desktop->type(u" Briefly."_s);
    m_desktop->press(Qt::Key_Return);
    QVERIFY(untilIdle());
    for (int place = 0; place < 2; ++place) {
        const ChatController &chat = lane(place).chat();
        QCOMPARE(chat.textOf(chat.lastPrompt()), u"What is a lori? Briefly."_s);
    }
}

void TestCompare::blindVotingHidesWhoseAnswersTheyAre()
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
    QTRY_VERIFY(judging.isReady());
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

void TestCompare::verdictsAreKeptAndRated()
{
    CompareJudging &judging = *compare().judging();
    judging.setBlind(true);
    m_desktop->send(u"What is a lori?"_s);
    QTRY_VERIFY(judging.isReady());
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

QTEST_MAIN(TestCompare)

#include "tst_compare.moc"
