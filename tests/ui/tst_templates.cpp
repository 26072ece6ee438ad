// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparefixture.h"

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// The prompt library in the real window, by keys alone.
class TestTemplates final : public CompareFixture
{
    Q_OBJECT

    [[nodiscard]] PromptLibrary &library() { return *workbench().prompts(); }

    void keep()
    {
        (void)library().save({.name = u"Sort tickets"_s,
            .messages = {{.role = Role::System, .text = u"You sort for {{ company }}."_s},
                {.text = u"Where does this go: {{ text }}"_s}},
            .variables = {{.name = u"company"_s, .fallback = u"Acme"_s},
                {.name = u"text"_s, .description = u"What they wrote"_s}},
            .parameters = {{u"temperature"_s, 0.2}}});
        (void)library().save({.name = u"Hello"_s, .messages = {{.text = u"Hello there."_s}}});
        QTRY_COMPARE(library().templates().size(), 2);
    }

    void toChat()
    {
        m_desktop->press(Qt::Key_1, Qt::ControlModifier);
        m_desktop->item(u"composerText"_s).forceActiveFocus();
    }

private Q_SLOTS:

    void aSlashFindsAFormFillsAndEnterSends()
    {
        keep();
        toChat();
        m_desktop->type(u"/srt"_s);
        QTRY_VERIFY(m_desktop->item(u"templateList"_s).isVisible());
        QCOMPARE(library().found()->count(), 1);
        m_desktop->press(Qt::Key_Return);
        QTRY_VERIFY(m_desktop->item(u"templateField-text"_s).isVisible());
        QCOMPARE(composerText(), QString());
        // What has to be filled in has the focus.
        QTRY_VERIFY(m_desktop->item(u"templateField-text"_s).hasActiveFocus());
        // It is not taken as long as something is missing.
        m_desktop->press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_desktop->item(u"templateField-text"_s).isVisible());
        m_desktop->type(u"Charged twice"_s);
        m_desktop->press(Qt::Key_Backtab, Qt::ShiftModifier);
        QTRY_COMPARE(m_desktop->window().activeFocusItem()->property("text").toString(), u"Acme"_s);
        QCOMPARE(m_desktop->item(u"templatePreview"_s).property("text").toString(),
            u"Where does this go: Charged twice"_s);
        m_desktop->press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(composerText(), u"Where does this go: Charged twice"_s);
        QCOMPARE(chat().systemPrompt(), u"You sort for Acme."_s);
        QTRY_VERIFY(m_desktop->item(u"templateBar"_s).isVisible());
        QTRY_VERIFY(m_desktop->item(u"composerText"_s).hasActiveFocus());
        m_desktop->press(Qt::Key_Return);
        QVERIFY(m_desktop->untilIdle());
        QCOMPARE(chat().textOf(chat().lastPrompt()), u"Where does this go: Charged twice"_s);
        const Conversation &said = chat().session()->conversation();
        QCOMPARE(said.find(said.leaf())->origin.setup.parameters.value(u"temperature"_s),
            QJsonValue(0.2));
        QVERIFY(!m_desktop->item(u"templateBar"_s).isVisible());
    }

    void undoBringsTheDraftBack()
    {
        keep();
        toChat();
        m_desktop->type(u"My words"_s);
        m_desktop->press(Qt::Key_Home);
        m_desktop->type(u"/hello"_s);
        QTRY_VERIFY(m_desktop->item(u"templateList"_s).isVisible());
        m_desktop->press(Qt::Key_Tab);
        QTRY_COMPARE(composerText(), u"Hello there."_s);
        library().form()->undo();
        QCOMPARE(composerText(), u"My words"_s);
    }

    void escClosesOnlyTheList()
    {
        keep();
        toChat();
        m_desktop->type(u"/h"_s);
        QTRY_VERIFY(m_desktop->item(u"templateList"_s).isVisible());
        m_desktop->press(Qt::Key_Escape);
        QTRY_VERIFY(!m_desktop->item(u"templateList"_s).isVisible());
        QCOMPARE(composerText(), u"/h"_s);
        m_desktop->type(u"ow are you?"_s);
        m_desktop->press(Qt::Key_Return);
        QVERIFY(m_desktop->untilIdle());
        QCOMPARE(chat().textOf(chat().lastPrompt()), u"/how are you?"_s);
    }

    void allLanesThatReceiveAreSetUp()
    {
        keep();
        compare().lanes()->lanes()[1]->setReceives(false);
        m_desktop->item(u"composerText"_s).forceActiveFocus();
        m_desktop->type(u"/sort"_s);
        m_desktop->press(Qt::Key_Return);
        QTRY_VERIFY(m_desktop->item(u"templateField-text"_s).isVisible());
        library().form()->setValue(1, u"Charged twice"_s);
        m_desktop->press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(composerText(), u"Where does this go: Charged twice"_s);
        QCOMPARE(lane(0).chat().systemPrompt(), u"You sort for Acme."_s);
        QCOMPARE(lane(1).chat().systemPrompt(), QString());
        QCOMPARE(chat().systemPrompt(), QString());
    }

    /// They are seen in the form, go out before the prompt, stand in the parameters with where they
    /// are from, and are taken out there.
    void examplesGoOutAndAreTakenOut()
    {
        (void)library().save({.name = u"Shots"_s,
            .messages = {{.text = u"2 + 2"_s}, {.role = Role::Assistant, .text = u"four"_s},
                {.text = u"{{ sum }}"_s}}});
        QTRY_COMPARE(library().templates().size(), 1);
        toChat();
        m_desktop->type(u"/shots"_s);
        m_desktop->press(Qt::Key_Return);
        QTRY_VERIFY(m_desktop->item(u"templateExamples"_s).isVisible());
        QTRY_VERIFY(m_desktop->item(u"templateField-sum"_s).hasActiveFocus());
        m_desktop->type(u"3 + 3"_s);
        m_desktop->press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(composerText(), u"3 + 3"_s);
        QTRY_VERIFY(m_desktop->item(u"examplesSection"_s).isVisible());
        QCOMPARE(m_desktop->item(u"examplesNote"_s).property("text").toString(),
            u"2 turns, from “Shots”, version 1"_s);
        QTRY_VERIFY(m_desktop->item(u"composerText"_s).hasActiveFocus());
        m_desktop->press(Qt::Key_Return);
        QVERIFY(m_desktop->untilIdle());
        // What went out is what is said to have gone out.
        const Conversation &said = chat().session()->conversation();
        QCOMPARE(said.find(said.leaf())->origin.setup.examples.turns.size(), 2);
        QCOMPARE(said.path().size(), 2);
        QQuickItem &show = m_desktop->item(u"showExamplesButton"_s);
        show.forceActiveFocus(Qt::TabFocusReason);
        m_desktop->press(Qt::Key_Space);
        QTRY_VERIFY(m_desktop->item(u"exampleTurns"_s).isVisible());
        m_desktop->item(u"clearExamplesButton"_s).forceActiveFocus(Qt::TabFocusReason);
        m_desktop->press(Qt::Key_Space);
        QTRY_VERIFY(!m_desktop->item(u"examplesSection"_s).isVisible());
        QVERIFY(chat().setup().examples.turns.isEmpty());
    }

    void examplesAreWrittenByKeys()
    {
        keep();
        toChat();
        m_desktop->press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(library().editor()->keptName(), u"Hello"_s);
        m_desktop->item(u"addExampleButton"_s).forceActiveFocus(Qt::TabFocusReason);
        m_desktop->press(Qt::Key_Space);
        const auto isIn = [this](const QString &name) {
            const QQuickItem *item = m_desktop->window().activeFocusItem();
            while (item && item->objectName() != name) {
                item = item->parentItem();
            }
            return item != nullptr;
        };
        TemplateTurns &turns = *library().editor()->turns();
        QTRY_COMPARE(turns.count(), 2);
        QTRY_VERIFY(isIn(u"turnText"_s));
        m_desktop->type(u"Good day"_s);
        QCOMPARE(turns.turns().at(0).text, u"Good day"_s);
        QVERIFY(library().editor()->problem().contains(u"no text"_s));
        for (int i = 0; i < 8 && turns.turns().at(1).text.isEmpty(); ++i) {
            m_desktop->press(Qt::Key_Tab);
            if (isIn(u"turnText"_s)) {
                m_desktop->type(u"Ahoy"_s);
            }
        }
        QCOMPARE(turns.turns().at(1).text, u"Ahoy"_s);
        QCOMPARE(turns.turns().at(1).role, Role::Assistant);
        QCOMPARE(library().editor()->problem(), QString());
        m_desktop->item(u"saveTemplateButton"_s).forceActiveFocus(Qt::TabFocusReason);
        m_desktop->press(Qt::Key_Space);
        QTRY_COMPARE(library().editor()->versions().size(), 2);
        QCOMPARE(library().find(u"Hello"_s)->prompt.messages.size(), 3);
    }

    void aPromptIsKeptByKeys()
    {
        toChat();
        m_desktop->type(u"Explain {{ thing }}"_s);
        m_desktop->press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(m_desktop->item(u"templateName"_s).hasActiveFocus());
        m_desktop->type(u"Explain"_s);
        QCOMPARE(library().editor()->problem(), QString());
        m_desktop->item(u"saveTemplateButton"_s).forceActiveFocus(Qt::TabFocusReason);
        m_desktop->press(Qt::Key_Space);
        QTRY_COMPARE(library().names(), QStringList(u"Explain"_s));
        m_desktop->press(Qt::Key_Escape);
        QTRY_VERIFY(!m_desktop->item(u"templateName"_s).isVisible());
        QVERIFY(m_desktop->restart());
        QTRY_COMPARE(library().names(), QStringList(u"Explain"_s));
    }

    void theLibraryIsSearchedAndUsedByKeys()
    {
        keep();
        toChat();
        m_desktop->type(u"/"_s);
        QTRY_VERIFY(m_desktop->item(u"templateList"_s).isVisible());
        m_desktop->press(Qt::Key_Down);
        m_desktop->press(Qt::Key_Down); // behind the two prompts
        m_desktop->press(Qt::Key_Return);
        QTRY_VERIFY(m_desktop->item(u"librarySearch"_s).isVisible());
        QTRY_COMPARE(library().editor()->keptName(), u"Hello"_s);
        m_desktop->item(u"librarySearch"_s).forceActiveFocus();
        m_desktop->type(u"sort"_s);
        m_desktop->press(Qt::Key_Return);
        QTRY_COMPARE(library().editor()->keptName(), u"Sort tickets"_s);
        QCOMPARE(composerText(), QString());
        m_desktop->click(u"removeTemplateButton"_s);
        QTRY_COMPARE(library().names(), QStringList(u"Hello"_s));
        m_desktop->click(u"undoRemoveTemplate"_s);
        QTRY_COMPARE(library().names().size(), 2);
    }

    void theLibraryIsWalkedByTab()
    {
        keep();
        toChat();
        m_desktop->press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(m_desktop->item(u"librarySearch"_s).hasActiveFocus());
        QTRY_COMPARE(library().editor()->keptName(), u"Hello"_s);
        QStringList passed;
        for (int i = 0; i < 40; ++i) {
            m_desktop->press(Qt::Key_Tab);
            const QQuickItem *item = m_desktop->window().activeFocusItem();
            QVERIFY(item);
            passed.append(item->property("text").toString());
        }
        QVERIFY2(passed.count(u"Use this prompt"_s) >= 2, qPrintable(passed.join(u", ")));
        QVERIFY(passed.contains(u"Hello there."_s));
        QVERIFY(passed.contains(u"Export …"_s));
    }
};

QTEST_MAIN(TestTemplates)

#include "tst_templates.moc"
