// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "windowfixture.h"

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// Functions that the model calls, in the real window.
class TestTools final : public WindowFixture
{
    Q_OBJECT

    [[nodiscard]] ToolsEditor &tools() { return *workbench().setup()->tools(); }

    [[nodiscard]] CallDesk &calls() { return *chat().calls(); }

    [[nodiscard]] QString lastText() const { return leaf().message.content; }

    /// The blocks of code that the timeline shows.
    [[nodiscard]] QStringList code()
    {
        QStringList texts;
        for (int row : rowsOf(RowKind::Code)) {
            texts.append(chat().timeline()->rowText(row));
        }
        return texts;
    }

    [[nodiscard]] bool untilCalled()
    {
        return Desktop::until([this] { return calls().count() > 0; });
    }

private Q_SLOTS:

    void answeredByHand()
    {
        QVERIFY(!m_desktop->item(u"callPanel"_s).isVisible());
        m_desktop->click(u"toolsSwitch"_s);
        QVERIFY(Desktop::until([this] { return tools().names() == u"get_weather"_s; }));
        m_desktop->send(u"What is the weather in Ulm?"_s);
        QVERIFY(untilCalled());
        QTRY_VERIFY(m_desktop->item(u"callPanel"_s).isVisible());
        QCOMPARE(calls().name(), u"get_weather"_s);
        QVERIFY(calls().arguments().contains(u"\"city\""_s));
        m_desktop->click(u"callAnswer"_s);
        m_desktop->type(u"grey"_s);
        m_desktop->press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_desktop->untilIdle());
        QVERIFY(!m_desktop->item(u"callPanel"_s).isVisible());
        QVERIFY2(lastText().contains(u"grey"_s), qPrintable(lastText()));
        // The call and its answer stay to be seen.
        QTRY_VERIFY(!chat().timeline()->isBusy());
        QVERIFY(code().contains(u"grey"_s));
        QVERIFY(code().constFirst().contains(u"\"city\""_s));
    }

    /// Neither the next call nor that of another chat is answered with it.
    void whatIsTypedStaysWithItsCall()
    {
        tools().setOn(true);
        m_desktop->send(u"What is the weather in Ulm?"_s);
        QVERIFY(untilCalled());
        QTRY_VERIFY(m_desktop->item(u"callPanel"_s).isVisible());
        m_desktop->click(u"callAnswer"_s);
        m_desktop->type(u"gre"_s);
        QCOMPARE(calls().draft(), u"gre"_s);
        const auto written
            = [this] { return m_desktop->item(u"callAnswer"_s).property("text").toString(); };
        chat().newChat();
        QCOMPARE(calls().count(), 0);
        tools().setOn(true);
        m_desktop->send(u"And in Bonn, what is the weather?"_s);
        QVERIFY(untilCalled());
        QCOMPARE(written(), QString());
        m_desktop->click(u"callAnswer"_s);
        m_desktop->type(u"blue"_s);
        QVERIFY(m_desktop->openSession(u"What is the weather in Ulm?"_s));
        QVERIFY(untilCalled());
        QTRY_COMPARE(written(), u"gre"_s);
        m_desktop->click(u"callAnswer"_s);
        m_desktop->press(Qt::Key_End);
        m_desktop->type(u"y"_s);
        m_desktop->press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(Desktop::until([this] { return !chat().isRunning(); }));
        QVERIFY2(lastText().contains(u"grey"_s), qPrintable(lastText()));
        QCOMPARE(written(), QString());
    }

    void noAnswer()
    {
        tools().setOn(true);
        m_desktop->send(u"What is the weather in Ulm?"_s);
        QVERIFY(untilCalled());
        QTRY_VERIFY(m_desktop->item(u"refuseCallButton"_s).isVisible());
        m_desktop->click(u"refuseCallButton"_s);
        QVERIFY(m_desktop->untilIdle());
        QVERIFY2(lastText().contains(u"gave no answer"_s), qPrintable(lastText()));
    }

    void answeredByACommand()
    {
        tools().setOn(true);
        tools().edit();
        tools().setCommandsText(u"{\"get_weather\": \"echo green skies\"}"_s);
        tools().useEdited();
        m_desktop->send(u"What is the weather in Ulm?"_s);
        QVERIFY(untilCalled());
        QCOMPARE(calls().command(), u"echo green skies"_s);
        QTRY_VERIFY(m_desktop->item(u"runCommandButton"_s).isVisible());
        m_desktop->click(u"runCommandButton"_s);
        QVERIFY(m_desktop->untilIdle());
        QVERIFY2(lastText().contains(u"green skies"_s), qPrintable(lastText()));
        QVERIFY(!m_desktop->item(u"callPanel"_s).isVisible());
    }

    /// What it says on stderr is folded away below its answer, and opened by the keyboard.
    void whatACommandSaysAside()
    {
        tools().setOn(true);
        tools().edit();
        tools().setCommandsText(
            u"{\"get_weather\": [\"sh\", \"-c\", \"echo green; echo aside >&2\"]}"_s);
        tools().useEdited();
        m_desktop->send(u"What is the weather in Ulm?"_s);
        QVERIFY(untilCalled());
        QTRY_VERIFY(m_desktop->item(u"runCommandButton"_s).isVisible());
        m_desktop->click(u"runCommandButton"_s);
        QVERIFY(m_desktop->untilIdle());
        QTRY_VERIFY(!chat().timeline()->isBusy());
        QTRY_COMPARE(rowsOf(RowKind::Aside).size(), 1);
        const int row = rowsOf(RowKind::Aside).constFirst();
        QCOMPARE(chat().timeline()->rowText(row - 1), u"green"_s);
        QCOMPARE(chat().timeline()->rowText(row), QString());
        QTRY_VERIFY(m_desktop->item(u"asideRow"_s).isVisible());
        QQuickItem &head = m_desktop->item(u"foldedHead"_s);
        const qreal folded = m_desktop->item(u"asideRow"_s).height();
        head.forceActiveFocus(Qt::TabFocusReason);
        m_desktop->press(Qt::Key_Right);
        QTRY_COMPARE(chat().timeline()->rowText(row), u"aside"_s);
        QTRY_VERIFY(m_desktop->item(u"asideRow"_s).height() > folded);
        m_desktop->press(Qt::Key_Left);
        QTRY_COMPARE(chat().timeline()->rowText(row), QString());
        // The model was told of the answer alone.
        QVERIFY(!lastText().contains(u"aside"_s));
    }

    void stopped()
    {
        tools().setOn(true);
        m_desktop->send(u"What is the weather in Ulm?"_s);
        QVERIFY(untilCalled());
        chat().stop();
        QCOMPARE(calls().count(), 0);
        // What was left is taken up again.
        QCOMPARE(calls().left(), u"get_weather"_s);
        QTRY_VERIFY(m_desktop->item(u"takeUpCallsButton"_s).isVisible());
        m_desktop->click(u"takeUpCallsButton"_s);
        QVERIFY(untilCalled());
        calls().answer(u"grey"_s);
        QVERIFY(m_desktop->untilIdle());
        QTRY_VERIFY(!m_desktop->item(u"callPanel"_s).isVisible());
    }

    void answeredByTheMock()
    {
        tools().setOn(true);
        tools().edit();
        tools().setMockText(u"{\"get_weather\": {\"sky\": \"blue\"}}"_s);
        tools().useEdited();
        m_desktop->send(u"What is the weather in Ulm?"_s);
        QVERIFY(m_desktop->untilIdle());
        QVERIFY2(lastText().contains(u"\"sky\""_s), qPrintable(lastText()));
        // The results of tools are no prompts to take up again.
        QCOMPARE(chat().historyStep(-1, {}), u"What is the weather in Ulm?"_s);
    }

    void writtenInTheEditor()
    {
        m_desktop->click(u"toolsSwitch"_s);
        QTRY_VERIFY(m_desktop->item(u"editToolsButton"_s).isVisible());
        QMetaObject::invokeMethod(&m_desktop->item(u"editToolsButton"_s), "click");
        QTRY_VERIFY(m_desktop->item(u"toolsText"_s).isVisible());
        QVERIFY(Desktop::until([this] { return !tools().isChecking(); }));
        const QString fine = tools().toolsText();
        tools().setToolsText(QString(fine).replace(u"\"string\""_s, u"\"strin\""_s));
        QVERIFY(Desktop::until([this] { return tools().toolsLine() == 8; }));
        QVERIFY(tools().toolsProblem().contains(u"get_weather"_s));
        tools().setToolsText(fine);
        tools().setMockText(u"{\"other\": 1}"_s);
        QVERIFY(Desktop::until([this] { return tools().mockProblem().contains(u"“other”"_s); }));
        tools().setMockText({});
        tools().setCommandsText(u"{\n\"get_weather\": []}"_s);
        QVERIFY(Desktop::until([this] { return tools().commandsLine() == 2; }));
        tools().setCommandsText({});
        QVERIFY(Desktop::until([this] {
            return !tools().isChecking() && tools().draftNames() == u"get_weather"_s
                && tools().mockProblem().isEmpty() && tools().commandsProblem().isEmpty();
        }));
    }
};

QTEST_MAIN(TestTools)

#include "tst_tools.moc"
