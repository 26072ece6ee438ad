// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "windowfixture.h"

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// The form of the schema's editor, in the real window.
class TestSchemaForms final : public WindowFixture
{
    Q_OBJECT

    [[nodiscard]] StructuredEditor &structured() { return *workbench().setup()->structured(); }

    [[nodiscard]] SchemaEditor &editor() { return *structured().editor(); }

    void opened() override
    {
        m_desktop->click(u"structuredSwitch"_s);
        m_desktop->click(u"editSchemaButton"_s);
        QTRY_VERIFY(m_desktop->item(u"schemaText"_s).isVisible());
        editor().setText(u"{\n  \"type\": \"object\",\n  \"properties\": {\n"
                         "    \"area\": {\"type\": \"string\", \"minLength\": 1},\n"
                         "    \"age\": {\"type\": \"integer\"}\n  }\n}\n"_s);
    }

    [[nodiscard]] QQuickItem *focused() { return m_desktop->window().activeFocusItem(); }

    [[nodiscard]] bool isIn(const QString &name)
    {
        return focused() && focused()->objectName() == name;
    }

    void toForm()
    {
        m_desktop->item(u"schemaViews"_s)
            .childItems()
            .constFirst()
            ->forceActiveFocus(Qt::TabFocusReason);
        m_desktop->press(Qt::Key_Right);
        QTRY_VERIFY(m_desktop->item(u"schemaForm"_s).isVisible());
        QTRY_COMPARE(editor().form()->rowCount(), 3);
    }

    /// By Tab alone.
    [[nodiscard]] bool tabTo(const QString &name)
    {
        for (int i = 0; i < 40 && !isIn(name); ++i) {
            m_desktop->press(Qt::Key_Tab);
        }
        return isIn(name);
    }

    void retype(const QString &text)
    {
        m_desktop->press(Qt::Key_A, Qt::ControlModifier);
        m_desktop->type(text);
    }

private Q_SLOTS:

    void aPropertyIsWrittenByKeysAlone()
    {
        toForm();
        QVERIFY(tabTo(u"propertyName"_s));
        retype(u"topic"_s);
        QVERIFY(editor().text().contains(u"\"topic\": {\"type\": \"string\", \"minLength\": 1}"_s));
        QVERIFY(tabTo(u"propertyNull"_s));
        m_desktop->press(Qt::Key_Space);
        QVERIFY(editor().text().contains(u"\"topic\": {\"type\": [\"string\", \"null\"]"_s));
        QVERIFY(tabTo(u"propertyRequired"_s));
        m_desktop->press(Qt::Key_Space);
        QVERIFY(editor().text().contains(u"\"required\": [\"topic\"]"_s));
        QVERIFY(tabTo(u"propertyDescription"_s));
        m_desktop->type(u"What it is about"_s);
        QVERIFY(editor().text().contains(u"\"description\": \"What it is about\""_s));
        QVERIFY(tabTo(u"propertyValues"_s));
        m_desktop->type(u"a, b"_s);
        QVERIFY(editor().text().contains(u"\"enum\": [\"a\", \"b\"]"_s));
        QTRY_VERIFY(!editor().isChecking());
        QCOMPARE(editor().problem(), QString());
    }

    void rowsAreAddedMovedAndTakenOutByKeys()
    {
        toForm();
        const QString before = editor().text();
        QVERIFY(tabTo(u"propertyName"_s));
        m_desktop->press(Qt::Key_Insert, Qt::AltModifier);
        QCOMPARE(editor().form()->rowCount(), 4);
        QTRY_VERIFY(isIn(u"propertyName"_s));
        m_desktop->type(u"new"_s); // in the place of the name it was given
        QVERIFY(editor().text().contains(u"\"new\": {\"type\": \"string\"}"_s));
        m_desktop->press(Qt::Key_Up, Qt::AltModifier);
        QVERIFY(editor().text().indexOf(u"\"new\""_s) < editor().text().indexOf(u"\"area\""_s));
        m_desktop->type(u"er"_s); // the focus went with it
        QVERIFY2(editor().text().contains(u"\"newer\""_s), qPrintable(editor().text()));
        m_desktop->press(Qt::Key_Delete, Qt::AltModifier);
        QCOMPARE(editor().text(), before);
        m_desktop->press(Qt::Key_Z, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY2(editor().text().contains(u"\"newer\""_s), qPrintable(editor().text()));
    }

    void theTextLeadsTheFormAndTheOtherWayRound()
    {
        toForm();
        editor().setText(editor().text().replace(u"\"age\""_s, u"\"years\""_s));
        QCOMPARE(
            editor().form()->data(editor().form()->index(2), SchemaForm::NameRole), u"years"_s);
        editor().form()->setRequired(2, true);
        m_desktop->item(u"schemaViews"_s).childItems().at(1)->forceActiveFocus(Qt::TabFocusReason);
        m_desktop->press(Qt::Key_Left);
        QTRY_VERIFY(m_desktop->item(u"schemaText"_s).isVisible());
        QCOMPARE(m_desktop->item(u"schemaText"_s).property("text").toString(), editor().text());
        QVERIFY(editor().text().contains(u"\"required\": [\"years\"]"_s));
    }

    void aRefusedNameIsToldAndGivenUp()
    {
        toForm();
        QVERIFY(tabTo(u"propertyName"_s));
        const QString before = editor().text();
        retype(u"age"_s);
        QVERIFY(m_desktop->item(u"propertyProblem"_s).isVisible());
        // Letter by letter it was something else on the way.
        QVERIFY(editor().text().contains(u"\"ag\": {\"type\": \"string\""_s));
        QVERIFY(tabTo(u"propertyType"_s));
        QCOMPARE(
            editor().form()->data(editor().form()->index(1), SchemaForm::ProblemRole), QString());
        m_desktop->press(Qt::Key_Z, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(editor().text(), before);
    }

    void aClickBesideItLosesNothing()
    {
        const QString written = editor().text();
        QTest::mouseClick(&m_desktop->window(), Qt::LeftButton, {}, {3, 3});
        QVERIFY(m_desktop->item(u"schemaText"_s).isVisible());
        QCOMPARE(editor().text(), written);
        m_desktop->press(Qt::Key_Escape);
        QTRY_VERIFY(!m_desktop->item(u"schemaText"_s).isVisible());
    }

    void whatIsNoJsonIsSaid()
    {
        toForm();
        editor().setText(u"{\"type\": "_s);
        QVERIFY(m_desktop->item(u"schemaFormProblem"_s)
                .property("text")
                .toString()
                .contains(u"JSON"_s));
        editor().setText(u"{}"_s);
        QCOMPARE(m_desktop->item(u"schemaFormProblem"_s).property("text").toString(), QString());
    }
};

QTEST_MAIN(TestSchemaForms)

#include "tst_schemaforms.moc"
