// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "askedservice.h"
#include "chatcontroller.h"
#include "endpointlistmodel.h"
#include "mention.h"
#include "sessionlistmodel.h"
#include "templates/promptlibrary.h"
#include "templates/valuetext.h"
#include "testfiles.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// Prompts are kept in a library, filled in, and taken back.
class TestPromptLibrary final : public QObject
{
    Q_OBJECT

    const PromptTemplate m_sort{.name = u"Sort tickets"_s,
        .description = u"Which department"_s,
        .messages = {{.role = Role::System, .text = u"You sort for {{ company }}."_s},
            {.text = u"Where does this go: {{ text }}"_s}},
        .variables = {{.name = u"company"_s, .description = u"Whose"_s, .fallback = u"Acme"_s},
            {.name = u"text"_s, .description = u"What they wrote"_s}},
        .parameters = {{u"temperature"_s, 0.2}}};

    const PromptTemplate m_shots{.name = u"Shots"_s,
        .messages = {{.text = u"2 {{ sign }} 2"_s}, {.role = Role::Assistant, .text = u"4"_s},
            {.text = u"{{ sum }}"_s}}};

    std::unique_ptr<EndpointGround> m_ground;
    std::unique_ptr<EndpointListModel> m_endpoints;
    std::unique_ptr<SessionListModel> m_sessions;
    std::unique_ptr<ChatController> m_chat;
    std::unique_ptr<PromptLibrary> m_library;

    void save(const PromptTemplate &prompt)
    {
        (void)m_library->save(prompt);
        QTRY_COMPARE(m_library->find(prompt.name).value_or(StoredTemplate()).prompt, prompt);
    }

    [[nodiscard]] TemplateForm &form() { return *m_library->form(); }

    [[nodiscard]] TemplateEditor &editor() { return *m_library->editor(); }

    [[nodiscard]] QString field(int row, TemplateForm::Role role)
    {
        return form().data(form().index(row), role).toString();
    }

    [[nodiscard]] QString variable(int row, TemplateEditor::Role role)
    {
        return editor().data(editor().index(row), role).toString();
    }

    [[nodiscard]] QUrl file(const QString &name, const QByteArray &content)
    {
        return QUrl::fromLocalFile(writeFile(m_ground->folder, name, content));
    }

private Q_SLOTS:

    void init()
    {
        m_ground = std::make_unique<EndpointGround>();
        m_endpoints = std::make_unique<EndpointListModel>(
            m_ground->store->endpoints(), m_ground->secrets, m_ground->service);
        m_sessions = std::make_unique<SessionListModel>(m_ground->store->conversations());
        m_chat = std::make_unique<ChatController>(
            m_ground->store->conversations(), m_ground->service, *m_endpoints, *m_sessions);
        m_chat->newChat();
        m_library = std::make_unique<PromptLibrary>(m_ground->store->templates());
    }

    void cleanup()
    {
        m_library.reset();
        m_chat.reset();
        m_sessions.reset();
        m_endpoints.reset();
        m_ground.reset();
    }

    void promptsAreFoundByTheirLetters()
    {
        const QAbstractItemModelTester tester(m_library->found());
        save(m_sort);
        save({.name = u"Translate"_s, .messages = {{.text = u"Into French: {{ text }}"_s}}});
        TemplateList &found = *m_library->found();
        QCOMPARE(found.count(), 2);
        found.setQuery(u"trl"_s);
        QCOMPARE(found.count(), 1);
        QCOMPARE(found.nameAt(0), u"Translate"_s);
        QCOMPARE(found.data(found.index(0), TemplateList::AboutRole), u"Into French: {{ text }}"_s);
        found.setQuery(u"department"_s);
        QCOMPARE(found.nameAt(0), u"Sort tickets"_s);
        found.setQuery(u"xyz"_s);
        QCOMPARE(found.count(), 0);
        QCOMPARE(m_library->listed()->count(), 2);
    }

    void aSlashCallsAtTheBeginningAlone()
    {
        QCOMPARE(callAt(u"/sort tic"_s, 9), (Mention{0, u"sort tic"_s}));
        QCOMPARE(callAt(u"/"_s, 1), (Mention{0, {}}));
        QCOMPARE(callAt(u"/sort"_s, 0), Mention());
        QCOMPARE(callAt(u"and/or"_s, 6), Mention());
        QCOMPARE(callAt(u"/sort\nmore"_s, 10), Mention());
    }

    void missingVariablesAreNamedBeforeAnythingIsDone()
    {
        const QAbstractItemModelTester tester(&form());
        save(m_sort);
        const QSignalSpy wanted(&form(), &TemplateForm::wanted);
        const QSignalSpy filled(&form(), &TemplateForm::filled);
        form().begin(u"Sort tickets"_s, m_chat.get());
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(field(0, TemplateForm::NameRole), u"company"_s);
        QCOMPARE(field(0, TemplateForm::ValueRole), u"Acme"_s);
        QCOMPARE(field(1, TemplateForm::DescriptionRole), u"What they wrote"_s);
        QCOMPARE(form().problem(), u"“Sort tickets” needs a value for “text”."_s);
        form().apply();
        QCOMPARE(filled.size(), 0);
        QCOMPARE(m_chat->systemPrompt(), QString());
        form().setValue(1, u"Charged twice."_s);
        QCOMPARE(form().problem(), QString());
        QCOMPARE(form().preview(), u"Where does this go: Charged twice."_s);
    }

    void whatIsAppliedIsTakenBack()
    {
        save(m_sort);
        m_chat->setDraft(u"Before"_s);
        ChatSetup setup = m_chat->setup();
        setup.systemPrompt = u"Be brief."_s;
        setup.parameters = {{u"temperature"_s, 0.9}, {u"top_p"_s, 0.5}};
        m_chat->setSetup(setup);
        const QSignalSpy filled(&form(), &TemplateForm::filled);
        form().begin(u"Sort tickets"_s, m_chat.get());
        form().setValue(0, u"Umbrella"_s);
        form().setValue(1, u"Charged twice."_s);
        form().apply();
        QCOMPARE(filled.constLast().at(1).toString(), u"Where does this go: Charged twice."_s);
        QCOMPARE(m_chat->systemPrompt(), u"You sort for Umbrella."_s);
        QCOMPARE(
            m_chat->setup().parameters, (ParameterSet{{u"temperature"_s, 0.2}, {u"top_p"_s, 0.5}}));
        QCOMPARE(form().appliedTo(), m_chat.get());
        QCOMPARE(form().applied(),
            u"From “Sort tickets”, version 1. It sets the system prompt, temperature = 0.2."_s);
        form().undo();
        QCOMPARE(filled.constLast().at(1).toString(), u"Before"_s);
        QCOMPARE(m_chat->setup(), setup);
        QCOMPARE(form().applied(), QString());
    }

    void whatWasSentIsNotTakenBack()
    {
        save({.name = u"Hello"_s, .messages = {{.text = u"Hello there."_s}}});
        const QSignalSpy wanted(&form(), &TemplateForm::wanted);
        const QSignalSpy filled(&form(), &TemplateForm::filled);
        form().begin(u"Hello"_s, m_chat.get());
        QCOMPARE(wanted.size(), 0); // nothing is to be filled in
        QCOMPARE(filled.size(), 1);
        QVERIFY(!form().applied().isEmpty());
        QVERIFY(m_chat->addPrompt(u"Hello there."_s));
        QCOMPARE(form().applied(), QString());
        form().undo();
        QCOMPARE(filled.size(), 1);
    }

    void valuesKeepTheKindOfTheirDefault()
    {
        save({.name = u"List"_s,
            .messages = {{.text = u"{{ n + 1 }}: {{ items | join('-') }}"_s}},
            .variables = {{.name = u"items"_s, .fallback = QJsonArray{1, 2}},
                {.name = u"n"_s, .fallback = 3}}});
        form().begin(u"List"_s, m_chat.get());
        QCOMPARE(form().preview(), u"4: 1-2"_s);
        form().setValue(0, u"many"_s);
        QCOMPARE(form().problem(), u"“n” is a number, not “many”."_s);
        form().setValue(0, u"7"_s);
        form().setValue(1, u"[5"_s);
        QCOMPARE(form().problem(), u"“items” is a list, written as JSON, not “[5”."_s);
        form().setValue(1, u"[5, 6]"_s);
        QCOMPARE(form().preview(), u"8: 5-6"_s);
    }

    void examplesGoBeforeTheConversation()
    {
        save(m_shots);
        PromptTemplate changed = m_shots;
        changed.messages[1].text = u"four"_s;
        save(changed);
        const ChatSetup before = m_chat->setup();
        const QSignalSpy filled(&form(), &TemplateForm::filled);
        form().begin(u"Shots"_s, m_chat.get());
        // They are seen before they are taken, with what is still to be filled in.
        QCOMPARE(form().examples().size(), 2);
        QCOMPARE(form().examples().at(0).who, u"User"_s);
        QCOMPARE(form().examples().at(0).text, u"2 {{ sign }} 2"_s);
        form().setValue(0, u"+"_s);
        form().setValue(1, u"3 + 4"_s);
        QCOMPARE(form().examples().at(0).text, u"2 + 2"_s);
        form().apply();
        QCOMPARE(filled.constLast().at(1).toString(), u"3 + 4"_s);
        const PromptExamples wanted{.turns = {{.role = Role::User, .text = u"2 + 2"_s},
                                        {.role = Role::Assistant, .text = u"four"_s}},
            .source = u"Shots"_s,
            .version = 2};
        QCOMPARE(m_chat->setup().examples, wanted);
        QCOMPARE(m_chat->examplesNote(), u"2 turns, from “Shots”, version 2"_s);
        QCOMPARE(form().applied(), u"From “Shots”, version 2. It sets 2 turns as examples."_s);
        form().undo();
        QCOMPARE(m_chat->setup(), before);
        QCOMPARE(m_chat->examplesNote(), QString());
        // And so by hand.
        m_chat->setPromptExamples(wanted);
        m_chat->clearExamples();
        QCOMPARE(m_chat->setup(), before);
    }

    /// Those of one template say nothing of what another asks.
    void aTemplateWithoutExamplesTakesThemOut()
    {
        save(m_shots);
        save({.name = u"Translate"_s, .messages = {{.text = u"Translate this."_s}}});
        form().begin(u"Shots"_s, m_chat.get());
        form().setValue(0, u"+"_s);
        form().setValue(1, u"3 + 4"_s);
        form().apply();
        const PromptExamples shots = m_chat->setup().examples;
        QCOMPARE(shots.turns.size(), 2);
        form().begin(u"Translate"_s, m_chat.get());
        QVERIFY(m_chat->setup().examples.turns.isEmpty());
        QVERIFY2(form().applied().contains(u"taken out"_s), qPrintable(form().applied()));
        form().undo();
        QCOMPARE(m_chat->setup().examples, shots);
    }

    void examplesAreWritten()
    {
        TemplateTurns &turns = *editor().turns();
        const QAbstractItemModelTester tester(&turns);
        save(m_shots);
        editor().load(u"Shots"_s);
        QTRY_COMPARE(editor().keptName(), u"Shots"_s);
        QCOMPARE(editor().prompt(), m_shots);
        QVERIFY(!editor().isDirty());
        QCOMPARE(turns.count(), 2);
        QSignalSpy wanted(&turns, &TemplateTurns::wanted);
        turns.addPair();
        QCOMPARE(wanted.takeLast(), QVariantList{2});
        QVERIFY(editor().isDirty());
        turns.setText(2, u"5 {{ sign }} {{ other }}"_s);
        turns.setText(3, u"9"_s);
        QCOMPARE(editor().count(), 3); // the variables
        turns.move(3, -1);
        turns.move(2, 1); // and back again
        turns.move(0, -1); // nothing is before it
        turns.setSpeaker(1, int(turns.speakers().indexOf(u"System"_s)));
        turns.remove(0);
        PromptTemplate expected = m_shots;
        expected.messages
            = {{.role = Role::System, .text = u"4"_s}, {.text = u"5 {{ sign }} {{ other }}"_s},
                {.role = Role::Assistant, .text = u"9"_s}, m_shots.messages.constLast()};
        // A system message at the very beginning is the system prompt.
        editor().save();
        QTRY_COMPARE(editor().versions().size(), 2);
        QCOMPARE(m_library->find(u"Shots"_s)->prompt.messages, expected.messages);
        editor().showVersion(1);
        QCOMPARE(editor().prompt(), m_shots);
        QCOMPARE(turns.count(), 2);
    }

    void aPromptIsKeptWithItsExamples()
    {
        const QList<TemplateMessage> messages = {{.role = Role::System, .text = u"Brief."_s},
            {.text = u"2 + 2"_s}, {.role = Role::Assistant, .text = u"4"_s}, {.text = u"3 + 3"_s}};
        ChatSetup setup = m_chat->setup();
        setup.systemPrompt = u"Brief."_s;
        setup.examples.turns
            = {{.role = Role::User, .text = u"2 + 2"_s}, {.role = Role::Assistant, .text = u"4"_s}};
        m_chat->setSetup(setup);
        m_library->keep(u"3 + 3"_s, m_chat.get());
        QCOMPARE(editor().prompt().messages, messages);
        QCOMPARE(editor().turns()->count(), 2);
    }

    void variablesFollowTheText()
    {
        const QAbstractItemModelTester tester(&editor());
        editor().setQuestion(u"Sort {{ text }}"_s);
        QCOMPARE(editor().count(), 1);
        QCOMPARE(editor().problem(), u"Give it a name."_s);
        editor().setVariableDescription(0, u"What they wrote"_s);
        editor().setSystem(u"For {{ company }}"_s);
        QCOMPARE(editor().count(), 2);
        QCOMPARE(variable(0, TemplateEditor::NameRole), u"company"_s);
        editor().setVariableDefault(0, u"42"_s);
        QCOMPARE(editor().prompt().variables.constFirst().fallback, QJsonValue(42));
        editor().setVariableDefault(0, u"\"42\""_s);
        QCOMPARE(editor().prompt().variables.constFirst().fallback, QJsonValue(u"42"_s));
        // What was said of a variable comes back with it.
        editor().setQuestion(u"Sort it"_s);
        QCOMPARE(editor().count(), 1);
        editor().setQuestion(u"Sort {{ text }}"_s);
        QCOMPARE(variable(1, TemplateEditor::DescriptionRole), u"What they wrote"_s);
        editor().setQuestion(u"Sort {{ text "_s);
        QVERIFY(!editor().problem().isEmpty());
        QCOMPARE(editor().count(), 2);
        editor().setQuestion(u"{% macro %}"_s);
        QVERIFY2(editor().problem().contains(u"macro"_s), qPrintable(editor().problem()));
    }

    void aChangeIsANewVersion()
    {
        save(m_sort);
        editor().load(u"Sort tickets"_s);
        QTRY_COMPARE(editor().keptName(), u"Sort tickets"_s);
        QVERIFY(!editor().isDirty());
        QCOMPARE(editor().prompt(), m_sort);
        QCOMPARE(editor().parameters(), u"temperature = 0.2"_s);
        editor().setParameters(u"temperature = \n"_s);
        QVERIFY(!editor().problem().isEmpty());
        editor().setParameters(u"temperature = 0.7\nstop = [\"END\"]"_s);
        QVERIFY(editor().isDirty());
        editor().save();
        QTRY_COMPARE(editor().versions().size(), 2);
        QVERIFY(!editor().isDirty());
        QCOMPARE(m_library->find(u"Sort tickets"_s)->version, 2);
        editor().showVersion(1);
        QCOMPARE(editor().prompt(), m_sort);
        QVERIFY(editor().isDirty());
        editor().save();
        QTRY_COMPARE(editor().versions().size(), 3);
    }

    void changesAreNotLostByALookAtAnotherOne()
    {
        save(m_sort);
        save({.name = u"Translate"_s, .messages = {{.text = u"Into French"_s}}});
        editor().load(u"Sort tickets"_s);
        QTRY_COMPARE(editor().keptName(), u"Sort tickets"_s);
        editor().setSystem(u"Changed"_s);
        editor().load(u"Translate"_s);
        QVERIFY(editor().waits());
        QCOMPARE(editor().system(), u"Changed"_s);
        editor().save();
        QTRY_COMPARE(editor().keptName(), u"Translate"_s);
        QVERIFY(!editor().waits());
        QCOMPARE(m_library->find(u"Sort tickets"_s)->version, 2);
        editor().setQuestion(u"Into Latin"_s);
        editor().startNew();
        QVERIFY(editor().waits());
        editor().discard();
        QVERIFY(editor().isBlank());
        QCOMPARE(
            m_library->find(u"Translate"_s)->prompt.messages.constFirst().text, u"Into French"_s);
    }

    void aPromptIsKeptWithWhatItIsAskedWith()
    {
        ChatSetup setup = m_chat->setup();
        setup.systemPrompt = u"Be brief."_s;
        setup.parameters = {{u"seed"_s, 7}};
        m_chat->setSetup(setup);
        const QSignalSpy wanted(m_library.get(), &PromptLibrary::wanted);
        m_library->keep(u"Explain {{ thing }}"_s, m_chat.get());
        QCOMPARE(wanted.size(), 1);
        editor().setName(u"Explain"_s);
        QCOMPARE(editor().problem(), QString());
        m_library->use();
        QTRY_COMPARE(form().name(), u"Explain"_s);
        QTRY_VERIFY(m_library->find(u"Explain"_s));
        const std::optional<StoredTemplate> kept = m_library->find(u"Explain"_s);
        QCOMPARE(kept->prompt.messages.constFirst().text, u"Be brief."_s);
        QCOMPARE(kept->prompt.parameters, setup.parameters);
    }

    void aRemovedPromptComesBack()
    {
        save(m_sort);
        m_library->remove(u"Sort tickets"_s);
        QTRY_COMPARE(m_library->removedName(), u"Sort tickets"_s);
        QTRY_COMPARE(m_library->templates().size(), 0);
        m_library->undoRemove();
        QTRY_COMPARE(m_library->templates().size(), 1);
        QCOMPARE(m_library->removedName(), QString());
    }

    void filesGoOutAndComeIn()
    {
        save(m_sort);
        editor().load(u"Sort tickets"_s);
        QTRY_COMPARE(editor().keptName(), u"Sort tickets"_s);
        for (const QString &name : {u"a.toml"_s, u"a.md"_s}) {
            const QUrl out = QUrl::fromLocalFile(m_ground->folder.filePath(name));
            m_library->exportTo(out);
            QVERIFY(!m_library->hasFailed());
            m_library->remove(u"Sort tickets"_s);
            QTRY_COMPARE(m_library->templates().size(), 0);
            m_library->importFiles({out});
            QTRY_COMPARE(m_library->templates().size(), 1);
            PromptTemplate brought = m_library->find(u"Sort tickets"_s)->prompt;
            QString &question = brought.messages.last().text;
            question = question.trimmed(); // a Markdown file ends with a newline
            QCOMPARE(brought, m_sort);
            QTRY_COMPARE(editor().keptName(), u"Sort tickets"_s);
        }
        m_library->importFiles({file(u"bad.md"_s, "Hello {{ name "), file(u"ok.md"_s, "Hi")});
        QVERIFY(m_library->hasFailed());
        QVERIFY2(m_library->message().contains(u"bad"_s), qPrintable(m_library->message()));
        QCOMPARE(m_library->templates().size(), 1);
        // A variable that is described, and that nothing uses.
        m_library->importFiles({file(
            u"surplus.toml"_s, "prompt = \"Hi\"\n[variables.nobody]\ndescription = \"x\"\n")});
        QVERIFY2(m_library->message().contains(u"“nobody”"_s), qPrintable(m_library->message()));
    }

    void valuesAreWrittenAsTheyAreRead_data()
    {
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("text") << QJsonValue(u"Acme"_s) << u"Acme"_s;
        QTest::newRow("empty text") << QJsonValue(QString()) << u"\"\""_s;
        QTest::newRow("digits as text") << QJsonValue(u"42"_s) << u"\"42\""_s;
        QTest::newRow("number") << QJsonValue(0.5) << u"0.5"_s;
        QTest::newRow("truth value") << QJsonValue(true) << u"true"_s;
        QTest::newRow("list") << QJsonValue(QJsonArray{1, u"a"_s}) << u"[1,\"a\"]"_s;
        QTest::newRow("two values") << QJsonValue(u"1, 2"_s) << u"1, 2"_s;
    }

    void valuesAreWrittenAsTheyAreRead()
    {
        QFETCH(QJsonValue, value);
        QFETCH(QString, text);
        QCOMPARE(valueToText(value), text);
        QCOMPARE(valueFromJsonText(text), value);
    }
};

QTEST_MAIN(TestPromptLibrary)

#include "tst_promptlibrary.moc"
