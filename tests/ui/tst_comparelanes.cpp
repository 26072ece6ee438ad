// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparefixture.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// Which lanes there are, and where they come from and go to.
class TestCompareLanes final : public CompareFixture
{
    Q_OBJECT

private Q_SLOTS:
    void baseAndAllAdaptersByOneCall();
    void whatALaneHasOfItsOwnIsOnIt();
    void lanesAreAddedMovedAndClosedByKeys();
    void aClosedLaneComesBackWithWhatItSaid();
    void lanesAreNoSessions();
    void aSetOfLanesIsUsedAgain();
    void aLaneOpensAsAChat();
    void aChatIsComparedFromHereOn();
    void functionsAreCalledInEachLane();
    void aLaneFindsWhoAnswersByTyping();
};

void TestCompareLanes::baseAndAllAdaptersByOneCall()
{
    m_desktop->click(u"compareAdaptersButton"_s);
    const qsizetype adapters = workbench().setup()->picker()->rows().size();
    QCOMPARE(compare().laneCount(), int(adapters) + 1);
    QVERIFY(lane(0).chat().setup().adapter.isBase());
    QSet<QString> names;
    for (const CompareLane *lane : compare().lanes()->lanes()) {
        names.insert(lane->name());
    }
    QCOMPARE(names.size(), adapters + 1);
}

void TestCompareLanes::whatALaneHasOfItsOwnIsOnIt()
{
    QVERIFY(lane(0).badges().isEmpty());
    ChatSetup setup = lane(0).chat().setup();
    setup.parameters.insert(u"temperature"_s, 0.2);
    setup.extraBody.insert(u"user"_s, u"me"_s);
    setup.systemPrompt = u"Be brief."_s;
    compare().lanes()->lanes().constFirst()->chat()->setSetup(setup);
    QCOMPARE(
        lane(0).badges(), QStringList({u"temperature 0.2"_s, u"extra body"_s, u"system prompt"_s}));
    QVERIFY(lane(1).badges().isEmpty());
    setup.extraBody = {};
    setup.extraBodyDraft = u"{\"user\":"_s;
    compare().lanes()->lanes().constFirst()->chat()->setSetup(setup);
    QVERIFY(!lane(0).badges().contains(u"extra body"_s));
}

void TestCompareLanes::lanesAreAddedMovedAndClosedByKeys()
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

void TestCompareLanes::aClosedLaneComesBackWithWhatItSaid()
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

void TestCompareLanes::lanesAreNoSessions()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    QTRY_COMPARE(compare().comparisons()->count(), 1);
    // Once a chat is listed, whatever else was kept is too.
    compare().openAsChat(0, {});
    QTRY_VERIFY(workbench().sessions()->count() > 0);
    QCOMPARE(workbench().sessions()->count(), 1);
}

void TestCompareLanes::aSetOfLanesIsUsedAgain()
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

void TestCompareLanes::aLaneOpensAsAChat()
{
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(untilIdle());
    const QString said = answerOf(1);
    compare().openAsChat(1, {});
    ChatController &chat = *workbench().chat();
    QCOMPARE(chat.textOf(chat.lastAnswer()), said);
    QCOMPARE(chat.setup().adapter, lane(1).chat().setup().adapter);
    QTRY_COMPARE(workbench().sessions()->count(), 1);
    QTRY_VERIFY(!m_desktop->item(u"lanes"_s).isVisible());
    // What is said there is not said in the lane.
    m_desktop->send(u"And now?"_s);
    QVERIFY(m_desktop->untilIdle());
    QCOMPARE(lane(1).answers().size(), 1);
}

void TestCompareLanes::aChatIsComparedFromHereOn()
{
    m_desktop->press(Qt::Key_1, Qt::ControlModifier);
    m_desktop->send(u"What is a lori?"_s);
    QVERIFY(m_desktop->untilIdle());
    const ChatController &chat = *workbench().chat();
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

void TestCompareLanes::functionsAreCalledInEachLane()
{
    for (CompareLane *lane : compare().lanes()->lanes()) {
        ChatSetup setup = lane->chat()->setup();
        setup.tools = ToolSetup{.isOn = true,
            .tools = u"[{\"name\": \"get_weather\"}]"_s,
            .mock = lane->place() == 0 ? u"{\"get_weather\": {\"sky\": \"blue\"}}"_s : QString()};
        lane->chat()->setSetup(setup);
    }
    QVERIFY(lane(0).badges().contains(u"tools"_s));
    m_desktop->send(u"What is the weather in Ulm?"_s);
    // One is answered by its mock, the other waits for the person.
    const QList<CompareLane *> lanes = compare().lanes()->lanes();
    QVERIFY(Desktop::until([&lanes] { return lanes[1]->chat()->calls()->count() == 1; }));
    QVERIFY(Desktop::until([&lanes] { return !lanes[0]->chat()->isRunning(); }));
    QVERIFY2(answerOf(0).contains(u"blue"_s), qPrintable(answerOf(0)));
    QTRY_VERIFY(m_desktop->item(u"callPanel"_s).isVisible());
    m_desktop->click(u"callAnswer"_s);
    m_desktop->type(u"grey"_s);
    m_desktop->press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(untilIdle());
    QVERIFY2(answerOf(1).contains(u"grey"_s), qPrintable(answerOf(1)));
    // One prompt, and one answer of each to compare and to judge.
    QCOMPARE(lane(0).answers().size(), 1);
    QCOMPARE(lane(1).answers().size(), 1);
    compare().diff()->setShown(true);
    QVERIFY(Desktop::until([this] { return !lane(1).likeness().isEmpty(); }));
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"compared.md"_s));
    compare().exportTo(QUrl::fromLocalFile(file.fileName()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    QVERIFY(text.contains(u"## Prompt 1"_s));
    QVERIFY2(!text.contains(u"## Prompt 2"_s), qPrintable(text));
}

void TestCompareLanes::aLaneFindsWhoAnswersByTyping()
{
    const QList<Endpoint> endpoints = workbench().endpoints()->all();
    const Endpoint &demo = endpoints.first();
    const Endpoint &lorax = endpoints.last();
    const ChatSetup before = lane(1).chat().setup();
    QCOMPARE(lane(0).chat().setup().endpoint, demo.id);
    m_desktop->press(Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(m_desktop->item(u"choiceSearch"_s).hasActiveFocus());
    m_desktop->type(lorax.name);
    m_desktop->press(Qt::Key_Return);
    QTRY_COMPARE(lane(0).chat().setup().endpoint, lorax.id);
    QCOMPARE(lane(1).chat().setup(), before);
    QTRY_VERIFY(m_desktop->item(u"composerText"_s).hasActiveFocus());
    // Another's adapter, from the lane's own menu and from the middle of an empty lane.
    m_desktop->click(u"laneMenuButton"_s);
    QTRY_VERIFY(m_desktop->item(u"chooseForLaneItem"_s).isVisible());
    m_desktop->click(u"chooseForLaneItem"_s);
    QTRY_VERIFY(m_desktop->item(u"choiceSearch"_s).hasActiveFocus());
    QCOMPARE(compare().focusedPlace(), 1);
    m_desktop->press(Qt::Key_Escape);
    QTRY_VERIFY(!m_desktop->item(u"choiceSearch"_s).isVisible());
    compare().setFocusedPlace(0);
    m_desktop->press(Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(m_desktop->item(u"choiceSearch"_s).hasActiveFocus());
    m_desktop->type(u"support-v4"_s);
    m_desktop->press(Qt::Key_Down); // below the one of that name which this server would load
    m_desktop->press(Qt::Key_Return);
    QTRY_COMPARE(lane(0).chat().setup().endpoint, demo.id);
    QCOMPARE(lane(0).chat().setup().adapter.id, u"support-v4"_s);
    QCOMPARE(lane(1).chat().setup(), before);
    m_desktop->click(u"chooseForLaneButton"_s);
    QTRY_VERIFY(m_desktop->item(u"choiceSearch"_s).hasActiveFocus());
    QCOMPARE(compare().focusedPlace(), 1);
}

QTEST_MAIN(TestCompareLanes)

#include "tst_comparelanes.moc"
