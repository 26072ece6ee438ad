// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/functionform.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// Functions as a form, with the schema of one's arguments, and how they follow the text and lead
/// it.
class TestFunctionForm final : public QObject
{
    Q_OBJECT

    std::unique_ptr<FunctionForm> m_form;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    QString m_text; ///< as the form made it last

    const QString m_tools = u"[\n"
                            "  {\n"
                            "    \"name\": \"get_weather\",\n"
                            "    \"description\": \"Of a city\",\n"
                            "    \"parameters\": {\n"
                            "      \"type\": \"object\",\n"
                            "      \"properties\": {\n"
                            "        \"city\": {\"type\": \"string\"}\n"
                            "      },\n"
                            "      \"required\": [\"city\"]\n"
                            "    }\n"
                            "  },\n"
                            "  {\"name\": \"now\"}\n"
                            "]\n"_s;

    [[nodiscard]] QStringList names() const
    {
        QStringList names;
        for (int row = 0; row < m_form->rowCount(); ++row) {
            names.append(m_form->data(m_form->index(row), FunctionForm::NameRole).toString());
        }
        return names;
    }

    [[nodiscard]] SchemaForm &arguments() { return *m_form->parameters(); }

    [[nodiscard]] QString argument(int row, SchemaForm::Role role)
    {
        return arguments().data(arguments().index(row), role).toString();
    }

    [[nodiscard]] bool isFaulty(int row) const
    {
        return m_form->data(m_form->index(row), FunctionForm::FaultyRole).toBool();
    }

    /// As the editor does it.
    void check()
    {
        ToolSetup setup;
        setup.tools = m_text;
        m_form->setFaults(checkTools(setup, {}, {}).toolFaults);
    }

private Q_SLOTS:

    void init()
    {
        m_form = std::make_unique<FunctionForm>(nullptr);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_form.get());
        m_text = m_tools;
        connect(m_form.get(), &FunctionForm::edited, this,
            [this](const QString &text) { m_text = text; });
        m_form->setShown(true);
        m_form->setText(m_tools);
    }

    void theTextIsShownAtOnce()
    {
        QCOMPARE(names(), (QStringList{u"get_weather"_s, u"now"_s}));
        QCOMPARE(m_form->current(), 0);
        QCOMPARE(m_form->description(), u"Of a city"_s);
        QVERIFY(m_form->hasParameters());
        QCOMPARE(arguments().rowCount(), 2);
        QCOMPARE(argument(1, SchemaForm::NameRole), u"city"_s);
        QSignalSpy edited(m_form.get(), &FunctionForm::edited);
        m_form->setText(QString(m_tools).replace(u"\"city\""_s, u"\"town\""_s));
        QCOMPARE(argument(1, SchemaForm::NameRole), u"town"_s);
        m_form->setCurrent(1);
        QVERIFY(!m_form->hasParameters());
        QCOMPARE(m_form->name(), u"now"_s);
        QCOMPARE(edited.size(), 0); // nobody but the text's writer changed it
    }

    void nothingIsDoneWhileItIsNotShown()
    {
        m_form->setShown(false);
        m_form->setText(u"[]"_s);
        QCOMPARE(m_form->rowCount(), 2);
        m_form->setShown(true);
        QCOMPARE(m_form->rowCount(), 0);
        QCOMPARE(m_form->current(), -1);
        QCOMPARE(m_form->problem(), QString());
    }

    void whatIsNoListIsTold_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("word");
        QTest::newRow("half written") << u"[\n{\"name\": "_s << u"line 2"_s;
        QTest::newRow("twice") << u"[{\"name\": \"a\", \"name\": \"b\"}]"_s << u"/0/name"_s;
        QTest::newRow("no list") << u"{\"name\": \"a\"}"_s << u"no list of tools"_s;
        QTest::newRow("endless") << u"[\"%1\"]"_s.arg(QString(SchemaForm::mostCharacters, u'x'))
                                 << u"too long"_s;
    }

    void whatIsNoListIsTold()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, word);
        m_form->setText(text);
        QVERIFY2(m_form->problem().contains(word), qPrintable(m_form->problem()));
        QCOMPARE(m_form->rowCount(), 0);
        m_form->setText(m_tools);
        QCOMPARE(m_form->problem(), QString());
        QCOMPARE(m_form->rowCount(), 2);
    }

    /// Of the text goes no more than what is spoken of.
    void argumentsAreChangedInTheirPlace()
    {
        arguments().setDescription(1, u"Its name"_s);
        QCOMPARE(m_text,
            QString(m_tools).replace(u"{\"type\": \"string\"}"_s,
                u"{\"type\": \"string\", \"description\": \"Its name\"}"_s));
        arguments().addInto(0);
        QCOMPARE(arguments().rowCount(), 3);
        QVERIFY2(m_text.contains(u"        \"property\": {\"type\": \"string\"}\n      },\n"
                                 "      \"required\": [\"city\", \"property\"]"_s),
            qPrintable(m_text));
        arguments().setName(2, u"days"_s);
        arguments().setType(2, 2);
        QVERIFY(m_text.contains(u"\"days\": {\"type\": \"integer\"}"_s));
        arguments().move(2, -1);
        QVERIFY(m_text.indexOf(u"\"days\""_s) < m_text.indexOf(u"\"city\""_s));
        arguments().remove(1);
        QVERIFY(!m_text.contains(u"days"_s));
        QVERIFY(m_text.endsWith(u"  {\"name\": \"now\"}\n]\n"_s));
    }

    void functionsAreAddedDoubledMovedAndTakenOut()
    {
        QSignalSpy wanted(m_form.get(), &FunctionForm::functionWanted);
        m_form->add();
        QCOMPARE(names(), (QStringList{u"get_weather"_s, u"new_function"_s, u"now"_s}));
        QCOMPARE(m_form->current(), 1);
        QVERIFY(wanted.constLast().at(0).toBool());
        m_form->setName(u"convert"_s);
        m_form->setDescription(u"Degrees"_s);
        m_form->setStrict(true);
        arguments().addInto(0);
        m_form->duplicate();
        QCOMPARE(names(), (QStringList{u"get_weather"_s, u"convert"_s, u"convert_2"_s, u"now"_s}));
        QCOMPARE(m_form->current(), 2);
        QCOMPARE(m_form->description(), u"Degrees"_s);
        QVERIFY(m_form->isStrict());
        QCOMPARE(argument(1, SchemaForm::NameRole), u"property"_s);
        m_form->move(1);
        QCOMPARE(m_form->current(), 3);
        QCOMPARE(m_form->name(), u"convert_2"_s);
        m_form->remove();
        QCOMPARE(names(), (QStringList{u"get_weather"_s, u"convert"_s, u"now"_s}));
        QCOMPARE(m_form->current(), 2);
        m_form->addParameters();
        QVERIFY(m_form->hasParameters());
        for (int i = 0; i < 3; ++i) {
            m_form->remove();
        }
        QCOMPARE(m_text, u"[]\n"_s);
        QCOMPARE(m_form->current(), -1);
        m_form->remove(); // is nothing
        m_form->add();
        QCOMPARE(names(), QStringList{u"new_function"_s});
    }

    /// Changes of functions and of arguments are taken back in the order in which they were made.
    void undoing()
    {
        m_form->setName(u"get_weather_"_s);
        m_form->setName(u"get_weather_n"_s); // letters are one change
        arguments().setDescription(1, u"Its"_s);
        arguments().setDescription(1, u"Its name"_s);
        m_form->setCurrent(1);
        m_form->setDescription(u"The hour"_s);
        m_form->setCurrent(0);
        m_form->undo();
        QCOMPARE(m_form->current(), 1); // where something came back
        QCOMPARE(m_form->description(), QString());
        m_form->undo();
        QCOMPARE(m_form->current(), 0);
        QCOMPARE(argument(1, SchemaForm::DescriptionRole), QString());
        QCOMPARE(m_form->name(), u"get_weather_n"_s);
        m_form->undo();
        QCOMPARE(m_text, m_tools);
        QVERIFY(!m_form->canUndo());
        m_form->undo();
        m_form->remove();
        QVERIFY(m_form->canUndo());
        m_form->setText(u"[]"_s); // what was written elsewhere is not undone here
        QVERIFY(!m_form->canUndo());
    }

    /// Whoever opens the editor anew, maybe of another chat, takes nothing back of before.
    void nothingIsUndoneBeyondTheStart()
    {
        m_form->setCurrent(1);
        m_form->setName(u"then"_s);
        const QString written = m_text;
        m_form->start(written);
        QVERIFY(!m_form->canUndo());
        QCOMPARE(m_form->current(), 0);
        m_form->undo();
        QCOMPARE(m_text, written);
        QCOMPARE(names(), (QStringList{u"get_weather"_s, u"then"_s}));
    }

    /// What was folded of a function that is gone says nothing of the one in its place.
    void whatComesIntoItsPlaceIsShown()
    {
        m_form->setText(
            u"[{\"name\": \"a\", \"parameters\": {\"type\": \"object\", \"properties\": "
            "{\"x\": {\"type\": \"object\", \"properties\": {\"y\": {}}}}}}, "
            "{\"name\": \"b\", \"parameters\": {\"type\": \"object\", \"properties\": "
            "{\"x\": {\"type\": \"object\", \"properties\": {\"y\": {}}}}}}]"_s);
        QCOMPARE(arguments().rowCount(), 3);
        arguments().setFolded(1, true);
        QCOMPARE(arguments().rowCount(), 2);
        m_form->remove();
        QCOMPARE(m_form->name(), u"b"_s);
        QCOMPARE(arguments().rowCount(), 3);
    }

    void faultsStandWhereTheyAre()
    {
        m_form->setCurrent(1);
        m_form->setName(u"get weather"_s);
        check();
        QVERIFY(!isFaulty(0) && isFaulty(1));
        QVERIFY2(m_form->nameProblem().contains(u"cannot be called"_s),
            qPrintable(m_form->nameProblem()));
        QCOMPARE(m_form->otherProblem(), QString());
        m_form->setName(u"get_weather"_s);
        check();
        QVERIFY(m_form->nameProblem().contains(u"the same name"_s));
        m_form->setName({});
        check();
        QVERIFY(m_form->nameProblem().contains(u"has no name"_s));
        // Of several functions each has its own.
        m_form->setText(QString(m_text).replace(u"\"string\""_s, u"\"strin\""_s));
        m_text = QString(m_text).replace(u"\"string\""_s, u"\"strin\""_s);
        check();
        QVERIFY(isFaulty(0) && isFaulty(1));
        m_form->setCurrent(0);
        QCOMPARE(m_form->nameProblem(), QString());
        QCOMPARE(m_form->otherProblem(), QString());
        QVERIFY2(argument(1, SchemaForm::ProblemRole).contains(u"get_weather"_s),
            qPrintable(argument(1, SchemaForm::ProblemRole)));
        QCOMPARE(argument(0, SchemaForm::ProblemRole), QString());
        arguments().setType(1, 1);
        check();
        QCOMPARE(argument(1, SchemaForm::ProblemRole), QString());
    }

    void whatIsNoFunctionStays()
    {
        m_form->setText(u"[{\"type\": \"web_search\", \"x\": 1}, {\"name\": \"now\"}]"_s);
        QVERIFY(m_form->isFixed());
        QVERIFY(m_form->others().contains(u"web_search"_s));
        m_form->setName(u"x"_s);
        QVERIFY(!m_form->otherProblem().isEmpty());
        QCOMPARE(m_text, m_tools); // nothing was written
        m_form->setCurrent(1);
        QCOMPARE(m_form->otherProblem(), QString());
    }
};

QTEST_MAIN(TestFunctionForm)
#include "tst_functionform.moc"
