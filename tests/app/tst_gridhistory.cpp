// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gridfixture.h"

#include <QDir>
#include <QThreadPool>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// Grids that were asked before: opened again, removed, and held to something else.
class TestGridHistory final : public GridFixture
{
    Q_OBJECT

    [[nodiscard]] GridHistory &history() { return *grid().history(); }

    [[nodiscard]] QStringList titles()
    {
        QStringList titles;
        for (int row = 0; row < history().count(); ++row) {
            titles.append(history().data(history().index(row), GridHistory::TitleRole).toString());
        }
        return titles;
    }

    [[nodiscard]] QStringList files()
    {
        return QDir(m_folder->filePath(u"grids"_s)).entryList(QDir::Files);
    }

    /// Two grids, the second of two rows.
    void askTwo()
    {
        setRows(1);
        QVERIFY(asked());
        grid().startNew();
        setRows(2);
        demand(GridAssertions::Contains, u"qqqqqq"_s);
        QTRY_COMPARE(cells().plan().assertions.size(), 1);
        QVERIFY(asked());
        history().refresh();
        QTRY_COMPARE(history().count(), 2);
    }

private Q_SLOTS:

    void earlierOnesAreOpenedAgain()
    {
        askTwo();
        // What begins alike is told apart by when it was asked, the last one first.
        QCOMPARE(titles(), QStringList({u"What is 0? · What is 1?"_s, u"What is 0?"_s}));
        grid().open(history().idAt(1));
        QCOMPARE(cells().prompts(), 1);
        QCOMPARE(cells().results().size(), 2);
        QCOMPARE(grid().assertions()->count(), 0);
        grid().open(history().idAt(0));
        QCOMPARE(cells().prompts(), 2);
        QCOMPARE(grid().assertions()->specs(), QStringList(u"contains=qqqqqq"_s));
    }

    void oneIsRemovedAndComesBack()
    {
        askTwo();
        const QUuid shown = history().idAt(0);
        history().remove(0);
        QCOMPARE(titles(), QStringList(u"What is 0?"_s));
        QVERIFY(!grid().isAsked()); // it was in sight
        history().undoRemove();
        QTRY_COMPARE(history().count(), 2);
        grid().open(shown);
        QCOMPARE(cells().results().size(), 4);
        const qsizetype before = files().size();
        history().remove(0);
        history().remove(0);
        QCOMPARE(history().count(), 0);
        history().forgetRemoved();
        QVERIFY(before >= 4);
        QCOMPARE(files(), QStringList());
    }

    void whatIsRemovedIsGoneAfterARestart()
    {
        askTwo();
        history().remove(0);
        open();
        QCOMPARE(cells().prompts(), 1);
        QTRY_COMPARE(files().filter(u".removed"_s).size(), 0);
        history().undoRemove();
        history().refresh();
        QTRY_COMPARE(history().count(), 1);
    }

    void answersAreCheckedAgain()
    {
        askTwo();
        const GridResults before = cells().results();
        QTRY_COMPARE(grid().figures().value(0).passed, u"0.0 %"_s);
        grid().editAssertions();
        grid().assertions()->setKind(0, GridAssertions::Regex);
        grid().assertions()->setValue(0, u"."_s);
        grid().checkAgain();
        QTRY_COMPARE(grid().figures().value(0).passed, u"100.0 %"_s);
        QCOMPARE(cells().results().keys(), before.keys());
        QCOMPARE(verdict(0, 1), u"passed"_s);
        QCOMPARE(state(0, 1), int(GridCells::Passed));
        QCOMPARE(grid().answers(0).constFirst().passed, QStringList(u"regex=."_s));
        // What is no assertion is told, and nothing changes.
        QSignalSpy failed(&grid(), &GridController::failed);
        grid().assertions()->setValue(0, u"[open"_s);
        grid().checkAgain();
        QCOMPARE(failed.count(), 1);
        QCOMPARE(state(0, 1), int(GridCells::Passed));
        // It is kept.
        open();
        QCOMPARE(grid().assertions()->specs(), QStringList(u"regex=."_s));
        QTRY_COMPARE(cells().prompts(), 2);
        QCOMPARE(state(0, 1), int(GridCells::Passed));
    }

    /// Its name says nothing of what is in it by now; what was checked then is not held to be true.
    void aSchemaMayHaveBecomeAnother()
    {
        SchemaShelf &shelf = *m_workbench->setup()->structured()->shelf();
        const KeptSchema kept{
            .id = QUuid::createUuid(), .name = u"Mine"_s, .text = u"{\"type\": \"object\"}"_s};
        const auto keep = [&](const QString &text) {
            shelf.keep({.id = kept.id, .name = kept.name, .text = text});
            return QTest::qWaitFor(
                [&] { return shelf.textOf(kept.name).value_or(QByteArray()) == text.toUtf8(); });
        };
        QVERIFY(keep(kept.text));
        for (CompareLane *lane : m_workbench->compare()->lanes()->lanes()) {
            ChatSetup setup = lane->chat()->setup();
            setup.parameters.insert(
                u"response_format"_s, QJsonObject{{u"type"_s, u"json_object"_s}});
            lane->chat()->setSetup(setup);
        }
        setRows(1);
        demand(GridAssertions::Schema, kept.name);
        QTRY_COMPARE(cells().plan().assertions.size(), 1);
        QVERIFY(asked());
        QCOMPARE(state(0, 1), int(GridCells::Passed));
        QVERIFY(keep(u"{\"type\": \"array\"}"_s));
        grid().checkAgain();
        QTRY_COMPARE(state(0, 1), int(GridCells::Failed));
        QTRY_COMPARE(grid().figures().value(0).passed, u"0.0 %"_s);
        open();
        QTRY_COMPARE(state(0, 1), int(GridCells::Failed));
        // It is there, though it was taken out of the library.
        SchemaShelf &after = *m_workbench->setup()->structured()->shelf();
        QTRY_VERIFY(after.textOf(kept.name));
        after.remove(kept.id.toString());
        QTRY_VERIFY(!after.textOf(kept.name));
        QSignalSpy failed(&grid(), &GridController::failed);
        grid().editAssertions();
        grid().checkAgain();
        QCOMPARE(failed.count(), 0);
        QTRY_COMPARE(state(0, 1), int(GridCells::Failed));
        grid().startNew();
        QCOMPARE(grid().problem(), QString());
    }

    /// What is being checked is not gone on with by what was demanded before.
    void nothingIsAskedWhileItIsChecked()
    {
        setRows(3);
        m_simulator.reset();
        QVERIFY(asked());
        QVERIFY(grid().isResumable());
        demand(GridAssertions::MaxLatency, u"60"_s);
        grid().checkAgain();
        // Three rows may have been checked by now.
        if (!grid().isResumable()) {
            grid().goOn();
            QVERIFY(!grid().isRunning());
        }
        QTRY_VERIFY(grid().isResumable());
        QCOMPARE(cells().plan().assertions.size(), 1);
        grid().checkAgain();
        grid().startNew(); // nor does it come back
        QVERIFY(!grid().isAsked());
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QVERIFY(!grid().isAsked());
    }

    void aRowIsOpenedAsAComparison()
    {
        grid().setSource(u"prompt,system\nWhat is a lori?,Be brief.\n"_s);
        QTRY_COMPARE(cells().prompts(), 1);
        grid().setSamples(2);
        QTRY_COMPARE(cells().plan().samples, 2);
        QVERIFY(asked());
        const QList<GridAnswer> answers = grid().answers(0);
        grid().compareRow(0);
        const CompareController &compare = *m_workbench->compare();
        QCOMPARE(compare.laneCount(), 2);
        QCOMPARE(compare.title(), u"What is a lori?"_s);
        for (int place = 0; place < 2; ++place) {
            CompareLane *lane = m_workbench->compare()->lanes()->lanes()[place];
            QCOMPARE(lane->answers().size(), 1);
            const ChatNode &answer = *lane->answers().constFirst();
            QCOMPARE(answer.message.content, answers[place * 2].text);
            QVERIFY(answer.metrics.total.has_value());
            QCOMPARE(answer.state, ChatNode::State::Complete);
            QCOMPARE(lane->chat()->setup().systemPrompt, u"Be brief."_s);
            QCOMPARE(lane->chat()->session()->conversation().siblings(answer.id).size(), 2);
        }
        // It goes on like any other.
        m_workbench->compare()->send(u"And a parrot?"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!compare.isRunning(), 30'000);
        QCOMPARE(m_workbench->compare()->lanes()->lanes()[1]->answers().size(), 2);
    }

    /// They are told before, asked with, kept with the grid, and go along into the comparison.
    void examplesOfTheTemplate()
    {
        (void)m_workbench->prompts()->save({.name = u"Shots"_s,
            .messages = {{.text = u"{{ example }}"_s}, {.role = Role::Assistant, .text = u"4"_s},
                {.text = u"{{ sum }}"_s}}});
        QTRY_COMPARE(m_workbench->prompts()->names(), QStringList(u"Shots"_s));
        QCOMPARE(grid().examplesNote(), QString());
        grid().setTemplateName(u"Shots"_s);
        QCOMPARE(grid().examplesNote(), u"2 turns, from “Shots”, version 1"_s);
        grid().setSource(u"sum,example\n3 + 3,2 + 2\n"_s);
        QTRY_COMPARE(cells().prompts(), 1);
        QTRY_COMPARE(grid().promptText(0), u"User: 2 + 2\n\nAssistant: 4\n\nUser: 3 + 3"_s);
        QVERIFY(asked());
        open();
        QTRY_COMPARE(cells().prompts(), 1);
        grid().compareRow(0);
        CompareLane *lane = m_workbench->compare()->lanes()->lanes().constFirst();
        const PromptExamples wanted{.turns
            = {{.role = Role::User, .text = u"2 + 2"_s}, {.role = Role::Assistant, .text = u"4"_s}},
            .source = u"Shots"_s,
            .version = 1};
        QCOMPARE(lane->chat()->setup().examples, wanted);
        QCOMPARE(lane->chat()->session()->conversation().path().size(), 2); // what was asked
    }

    void aFolderWithoutGridsIsNoTrouble()
    {
        history().refresh();
        QCOMPARE(history().count(), 0);
        history().remove(0);
        history().undoRemove();
        QSignalSpy failed(&grid(), &GridController::failed);
        grid().open(QUuid::createUuid());
        QCOMPARE(failed.count(), 1);
    }

    /// Nobody is there to answer calls.
    void toolsAreLeftOut()
    {
        CompareLane *lane = m_workbench->compare()->lanes()->lanes().constFirst();
        ChatSetup setup = lane->chat()->setup();
        setup.tools = ToolSetup{.isOn = true, .tools = u"[{\"name\": \"get_weather\"}]"_s};
        lane->chat()->setSetup(setup);
        grid().setSource(u"prompt\nWhat is the weather in Ulm?\n"_s);
        QTRY_VERIFY2(grid().note().contains(u"without their tools"_s), qPrintable(grid().note()));
        QVERIFY(asked());
        const QList<GridAnswer> answers = grid().answers(0);
        QVERIFY(!answers[0].text.isEmpty());
    }
};

QTEST_MAIN(TestGridHistory)

#include "tst_gridhistory.moc"
