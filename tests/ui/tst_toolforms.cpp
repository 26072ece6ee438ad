// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "windowfixture.h"

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// The form of the tools' editor, in the real window.
class TestToolForms final : public WindowFixture
{
    Q_OBJECT

    const QString m_two = u"[\n"
                          "  {\n"
                          "    \"name\": \"get_weather\",\n"
                          "    \"x-ours\":  [1,   2],\n"
                          "    \"parameters\": {\n"
                          "      \"type\": \"object\",\n"
                          "      \"properties\": {\"city\": {\"type\": \"string\"}}\n"
                          "    }\n"
                          "  },\n"
                          "  {\"name\": \"now\"}\n"
                          "]\n"_s;

    [[nodiscard]] ToolsEditor &tools() { return *workbench().setup()->tools(); }

    [[nodiscard]] FunctionForm &form() { return *tools().functions(); }

    [[nodiscard]] QString text() { return tools().toolsText(); }

    void opened() override
    {
        m_desktop->click(u"toolsSwitch"_s);
        QTRY_VERIFY(m_desktop->item(u"editToolsButton"_s).isVisible());
        QMetaObject::invokeMethod(&m_desktop->item(u"editToolsButton"_s), "click");
        QTRY_VERIFY(m_desktop->item(u"toolsText"_s).isVisible());
        tools().setToolsText(m_two);
    }

    [[nodiscard]] bool isIn(const QString &name)
    {
        const QQuickItem *item = m_desktop->window().activeFocusItem();
        while (item && item->objectName() != name) {
            item = item->parentItem();
        }
        return item != nullptr;
    }

    void toForm()
    {
        m_desktop->item(u"toolsViews"_s)
            .childItems()
            .constFirst()
            ->forceActiveFocus(Qt::TabFocusReason);
        m_desktop->press(Qt::Key_Right);
        QTRY_VERIFY(m_desktop->item(u"functionForm"_s).isVisible());
        QTRY_COMPARE(form().count(), 2);
    }

    /// By Tab alone.
    [[nodiscard]] bool tabTo(const QString &name)
    {
        for (int i = 0; i < 60 && !isIn(name); ++i) {
            m_desktop->press(Qt::Key_Tab);
        }
        return isIn(name);
    }

    void retype(const QString &text)
    {
        m_desktop->press(Qt::Key_A, Qt::ControlModifier);
        m_desktop->type(text);
    }

    [[nodiscard]] QStringList names()
    {
        QStringList names;
        for (int row = 0; row < form().count(); ++row) {
            names.append(form().data(form().index(row), FunctionForm::NameRole).toString());
        }
        return names;
    }

    [[nodiscard]] bool untilChecked()
    {
        return Desktop::until([this] { return !tools().isChecking(); });
    }

private Q_SLOTS:

    /// From an empty text to a function that can be used, without the mouse.
    void aFunctionIsWrittenByKeysAlone()
    {
        tools().setToolsText({});
        m_desktop->item(u"toolsViews"_s)
            .childItems()
            .constFirst()
            ->forceActiveFocus(Qt::TabFocusReason);
        m_desktop->press(Qt::Key_Right);
        QTRY_VERIFY(m_desktop->item(u"addFirstFunctionButton"_s).isVisible());
        QVERIFY(tabTo(u"addFirstFunctionButton"_s));
        m_desktop->press(Qt::Key_Space);
        QTRY_VERIFY(isIn(u"functionName"_s));
        m_desktop->type(u"find_train"_s); // in the place of the name it was given
        QVERIFY2(text().contains(u"\"name\": \"find_train\""_s), qPrintable(text()));
        QVERIFY(tabTo(u"functionDescription"_s));
        m_desktop->type(u"The next train"_s);
        QVERIFY(tabTo(u"functionStrict"_s));
        m_desktop->press(Qt::Key_Space);
        QVERIFY(text().contains(u"\"strict\": true"_s));
        QVERIFY(tabTo(u"addIntoRow"_s));
        m_desktop->press(Qt::Key_Space);
        QTRY_VERIFY(isIn(u"propertyName"_s));
        m_desktop->type(u"to"_s);
        QVERIFY(tabTo(u"propertyRequired"_s));
        m_desktop->press(Qt::Key_Space);
        QCOMPARE(form().parameters()->rowCount(), 2);
        QVERIFY(untilChecked());
        QCOMPARE(tools().toolsProblem(), QString());
        QCOMPARE(tools().draftNames(), u"find_train"_s);
        tools().useEdited();
        const Result<QList<Tool>> made = toolsFrom(tools().tools()->tools.toUtf8());
        QVERIFY(made);
        QCOMPARE(made->constFirst().description, u"The next train"_s);
        QVERIFY(made->constFirst().isStrict);
        QVERIFY(compactJson(made->constFirst().parameters.source())
                .contains(u"\"required\":[\"to\"]"_s));
    }

    void functionsAreAddedDoubledMovedAndTakenOutByKeys()
    {
        toForm();
        QVERIFY(tabTo(u"functionList"_s));
        m_desktop->press(Qt::Key_Down);
        QCOMPARE(form().current(), 1);
        QCOMPARE(m_desktop->item(u"functionName"_s).property("text"), u"now"_s);
        QTRY_VERIFY(m_desktop->item(u"addParametersButton"_s).isVisible());
        m_desktop->press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(names(), (QStringList{u"now"_s, u"get_weather"_s}));
        QCOMPARE(form().current(), 0);
        m_desktop->press(Qt::Key_Z, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(text(), m_two);
        m_desktop->press(Qt::Key_Up);
        m_desktop->press(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(names(), (QStringList{u"get_weather"_s, u"get_weather_2"_s, u"now"_s}));
        QTRY_VERIFY(isIn(u"functionName"_s));
        m_desktop->type(u"get_rain"_s);
        QCOMPARE(names().at(1), u"get_rain"_s);
        // What is not spoken of is as it was, twice.
        QCOMPARE(text().count(u"\"x-ours\":  [1,   2]"_s), 2);
        m_desktop->press(Qt::Key_Tab, Qt::ShiftModifier);
        QVERIFY(tabTo(u"functionList"_s));
        m_desktop->press(Qt::Key_Delete, Qt::AltModifier);
        QCOMPARE(text(), m_two);
        m_desktop->press(Qt::Key_Insert, Qt::AltModifier);
        QTRY_VERIFY(isIn(u"functionName"_s));
        QCOMPARE(form().count(), 3);
    }

    void theTextLeadsTheFormAndTheOtherWayRound()
    {
        toForm();
        tools().setToolsText(QString(m_two).replace(u"\"city\""_s, u"\"town\""_s));
        SchemaForm &arguments = *form().parameters();
        QCOMPARE(arguments.data(arguments.index(1), SchemaForm::NameRole), u"town"_s);
        QVERIFY(tabTo(u"propertyName"_s));
        retype(u"place"_s);
        QCOMPARE(text(), QString(m_two).replace(u"\"city\""_s, u"\"place\""_s));
        m_desktop->item(u"toolsViews"_s).childItems().at(1)->forceActiveFocus(Qt::TabFocusReason);
        m_desktop->press(Qt::Key_Left);
        QTRY_VERIFY(m_desktop->item(u"toolsText"_s).isVisible());
        QCOMPARE(m_desktop->item(u"toolsText"_s).property("text").toString(), text());
        // What the form wrote is undone there, from where it was written.
        toForm();
        m_desktop->press(Qt::Key_Z, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(text().contains(u"\"town\""_s));
    }

    void whatIsWrongStandsWhereItIs()
    {
        tools().setToolsText(QString(m_two)
                .replace(u"    \"x-ours\":  [1,   2],\n"_s, QString())
                .replace(u"\"now\""_s, u"\"right now\""_s));
        toForm();
        QVERIFY(untilChecked());
        QVERIFY(!m_desktop->item(u"functionProblem"_s).isVisible());
        QVERIFY(tabTo(u"functionList"_s));
        m_desktop->press(Qt::Key_Down);
        QTRY_VERIFY(m_desktop->item(u"functionProblem"_s).isVisible());
        QVERIFY(m_desktop->item(u"functionProblem"_s)
                .property("text")
                .toString()
                .contains(u"“right now”"_s));
        // And the other way, from what is said to its place in the text.
        QTRY_VERIFY(m_desktop->item(u"showToolsFaultButton"_s).isVisible());
        QVERIFY(tabTo(u"showToolsFaultButton"_s));
        m_desktop->press(Qt::Key_Space);
        QTRY_VERIFY(isIn(u"toolsText"_s) || m_desktop->item(u"toolsText"_s).isVisible());
        m_desktop->press(Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
        toForm();
        QVERIFY(tabTo(u"functionName"_s));
        retype(u"now"_s);
        QVERIFY(untilChecked());
        QTRY_VERIFY(!m_desktop->item(u"functionProblem"_s).isVisible());
        QCOMPARE(tools().toolsProblem(), QString());
    }

    void whatIsNoJsonIsSaid()
    {
        toForm();
        tools().setToolsText(u"[{\"name\": "_s);
        QVERIFY(m_desktop->item(u"functionFormProblem"_s)
                .property("text")
                .toString()
                .contains(u"JSON"_s));
        tools().setToolsText(m_two);
        QCOMPARE(m_desktop->item(u"functionFormProblem"_s).property("text").toString(), QString());
    }
};

QTEST_MAIN(TestToolForms)

#include "tst_toolforms.moc"
