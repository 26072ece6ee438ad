// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparefixture.h"

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// A grid in the real window: pasted, demanded of, asked, opened and left by keys.
class TestGrid final : public CompareFixture
{
    Q_OBJECT

    [[nodiscard]] GridController &grid() { return *workbench().grid(); }

    void toGrid() { m_desktop->press(Qt::Key_4, Qt::ControlModifier); }

    void focus(const QString &name)
    {
        m_desktop->item(name).forceActiveFocus(Qt::TabFocusReason);
        QVERIFY(m_desktop->item(name).hasActiveFocus());
    }

private Q_SLOTS:

    void aGridIsAskedByKeysAlone()
    {
        toGrid();
        QTRY_VERIFY(m_desktop->item(u"gridSource"_s).hasActiveFocus());
        QVERIFY(!m_desktop->item(u"gridStartButton"_s).isEnabled());
        m_desktop->type(u"prompt"_s);
        m_desktop->press(Qt::Key_Return);
        m_desktop->type(u"What is a lori?"_s);
        m_desktop->press(Qt::Key_Return);
        m_desktop->type(u"And a parrot?"_s);
        QTRY_COMPARE(grid().cells()->prompts(), 2);
        focus(u"addAssertionButton"_s);
        m_desktop->press(Qt::Key_Space);
        focus(u"assertionValue"_s);
        m_desktop->type(u"qqqq"_s);
        QTRY_COMPARE(grid().cells()->plan().assertions.size(), 1);
        QTRY_VERIFY(m_desktop->item(u"gridStartButton"_s).isEnabled());
        focus(u"gridStartButton"_s);
        m_desktop->press(Qt::Key_Return);
        QTRY_VERIFY(grid().isAsked() && !grid().isRunning());
        QTRY_VERIFY(m_desktop->has(u"lanePassed"_s));
        QTRY_COMPARE(m_desktop->item(u"lanePassed"_s).property("text").toString(), u"0.0 %"_s);
        focus(u"gridTable"_s);
        m_desktop->press(Qt::Key_Down);
        m_desktop->press(Qt::Key_Return);
        QTRY_VERIFY(m_desktop->item(u"gridAnswers"_s).isVisible());
        QCOMPARE(m_desktop->item(u"gridAnswers"_s).property("count").toInt(), 2);
        QTRY_VERIFY(m_desktop->has(u"gridAnswerText"_s));
        QTRY_COMPARE(m_desktop->item(u"gridAnswerText"_s).property("text").toString(),
            grid().answers(1).constLast().text);
        QCOMPARE(
            m_desktop->item(u"gridRowPrompt"_s).property("text").toString(), u"And a parrot?"_s);
        m_desktop->press(Qt::Key_K);
        QTRY_COMPARE(m_desktop->item(u"gridAnswerText"_s).property("text").toString(),
            grid().answers(0).constLast().text);
        m_desktop->press(Qt::Key_Escape);
        QTRY_VERIFY(!m_desktop->item(u"gridAnswers"_s).isVisible());
    }

    void whatIsWrongIsSaidAndKeepsItFromBeingAsked()
    {
        toGrid();
        grid().setSource(u"prompt\n\"unclosed\n"_s);
        QTRY_VERIFY(m_desktop->item(u"gridProblem"_s).isVisible());
        QVERIFY(!m_desktop->item(u"gridStartButton"_s).isEnabled());
    }

    void itIsThereAfterARestart()
    {
        toGrid();
        grid().setSource(u"prompt\nWhat is a lori?\n"_s);
        QTRY_COMPARE(grid().cells()->prompts(), 1);
        grid().start();
        QTRY_VERIFY(grid().isAsked() && !grid().isRunning());
        QVERIFY(m_desktop->restart());
        toGrid();
        QTRY_VERIFY(m_desktop->item(u"gridTable"_s).isVisible());
        QCOMPARE(grid().cells()->results().size(), 2);
        m_desktop->click(u"gridNewButton"_s);
        QTRY_VERIFY(m_desktop->item(u"gridSource"_s).isVisible());
        QCOMPARE(m_desktop->item(u"gridSource"_s).property("text").toString(),
            u"prompt\nWhat is a lori?\n"_s);
    }

    void whatIsCancelledIsNotDemanded()
    {
        toGrid();
        grid().setSource(u"prompt\nWhat is a lori?\n"_s);
        grid().assertions()->add();
        grid().assertions()->setValue(0, u"a"_s);
        QTRY_COMPARE(grid().cells()->plan().assertions.size(), 1);
        grid().start();
        QTRY_VERIFY(grid().isAsked() && !grid().isRunning());
        const QStringList before = grid().assertions()->specs();
        m_desktop->click(u"gridCheckButton"_s);
        QTRY_VERIFY(m_desktop->item(u"assertionValue"_s).isVisible());
        grid().assertions()->setValue(0, u"b"_s);
        m_desktop->press(Qt::Key_Escape);
        QTRY_COMPARE(grid().assertions()->specs(), before);
    }

    void onlyWhatIsInSightExists()
    {
        toGrid();
        QString table = u"prompt\n"_s;
        for (int i = 0; i < 1000; ++i) {
            table += u"What is %1?\n"_s.arg(i);
        }
        while (compare().canAdd()) {
            compare().addLane();
        }
        grid().setSource(table);
        QTRY_COMPARE(grid().cells()->prompts(), 1000);
        QCOMPARE(grid().cells()->columnCount(), 7);
        m_desktop->window().grabWindow();
        const QQuickItem *content
            = m_desktop->item(u"gridTable"_s).property("contentItem").value<QQuickItem *>();
        QVERIFY(content && content->childItems().size() > 20);
        QVERIFY2(content->childItems().size() < 300,
            qPrintable(QString::number(content->childItems().size())));
    }
};

QTEST_MAIN(TestGrid)

#include "tst_grid.moc"
