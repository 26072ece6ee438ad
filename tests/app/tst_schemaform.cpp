// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "structured/schemaform.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// The rows of a schema's form, and how they follow the text and lead it.
class TestSchemaForm final : public QObject
{
    Q_OBJECT

    std::unique_ptr<SchemaForm> m_form;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    QString m_text; ///< as the form made it last

    const QString m_ticket
        = u"{\n"
          "  \"type\": \"object\",\n"
          "  \"properties\": {\n"
          "    \"area\": {\"type\": \"string\", \"enum\": [\"a\", \"b\"]},\n"
          "    \"who\": {\n"
          "      \"type\": \"object\",\n"
          "      \"properties\": {\n"
          "        \"name\": {\"type\": \"string\"},\n"
          "        \"age\": {\"type\": \"integer\"}\n"
          "      }\n"
          "    },\n"
          "    \"tags\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}}\n"
          "  },\n"
          "  \"required\": [\"area\"]\n"
          "}\n"_s;

    [[nodiscard]] QVariant at(int row, SchemaForm::Role role) const
    {
        return m_form->data(m_form->index(row), role);
    }

    /// "name:depth" of each row; root and items by their type.
    [[nodiscard]] QStringList rows() const
    {
        QStringList all;
        for (int row = 0; row < m_form->rowCount(); ++row) {
            const QString name = at(row, SchemaForm::NameRole).toString();
            all.append((name.isEmpty() ? at(row, SchemaForm::TypeTextRole).toString() : name) + u':'
                + at(row, SchemaForm::DepthRole).toString());
        }
        return all;
    }

    [[nodiscard]] int rowOf(const QString &name) const
    {
        for (int row = 0; row < m_form->rowCount(); ++row) {
            if (at(row, SchemaForm::NameRole) == name) {
                return row;
            }
        }
        return -1;
    }

private Q_SLOTS:

    void init()
    {
        m_form = std::make_unique<SchemaForm>(nullptr);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_form.get());
        m_text.clear();
        connect(m_form.get(), &SchemaForm::edited, this,
            [this](const QString &text) { m_text = text; });
        m_form->setShown(true);
        m_form->start(m_ticket);
    }

    void theTextIsShownAtOnce()
    {
        QCOMPARE(rows(),
            (QStringList{u"object:0"_s, u"area:1"_s, u"who:1"_s, u"name:2"_s, u"age:2"_s,
                u"tags:1"_s, u"string:2"_s}));
        QCOMPARE(at(1, SchemaForm::ValuesRole), u"a, b"_s);
        QCOMPARE(at(1, SchemaForm::TypeRole), 1);
        QVERIFY(at(1, SchemaForm::RequiredRole).toBool());
        QSignalSpy edited(m_form.get(), &SchemaForm::edited);
        m_form->setText(QString(m_ticket).replace(u"\"age\""_s, u"\"years\""_s));
        QCOMPARE(rowOf(u"years"_s), 4);
        QCOMPARE(edited.size(), 0); // nobody but the text's writer changed it
    }

    void nothingIsDoneWhileItIsNotShown()
    {
        m_form->setShown(false);
        m_form->setText(u"{}"_s);
        QCOMPARE(m_form->rowCount(), 7);
        m_form->setShown(true);
        QCOMPARE(m_form->rowCount(), 1);
    }

    void whatIsNoSchemaIsTold_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("word");
        QTest::newRow("half written") << u"{\n\"type\": "_s << u"line 2"_s;
        QTest::newRow("twice") << u"{\"type\": \"object\", \"type\": \"array\"}"_s << u"/type"_s;
        QTest::newRow("a list") << u"[]"_s << u"boolean"_s;
        QTest::newRow("nothing") << QString() << u"JSON"_s;
        QTest::newRow("endless") << u"{\"x\": \"%1\"}"_s.arg(QString(SchemaForm::mostCharacters,
            u'x')) << u"too long"_s;
    }

    void whatIsNoSchemaIsTold()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, word);
        m_form->setText(text);
        QVERIFY2(m_form->problem().contains(word), qPrintable(m_form->problem()));
        QCOMPARE(m_form->rowCount(), 0);
        m_form->setText(m_ticket);
        QCOMPARE(m_form->problem(), QString());
        QCOMPARE(m_form->rowCount(), 7);
    }

    void typingANameIsOneChangeOfOneRow()
    {
        QSignalSpy removed(m_form.get(), &SchemaForm::rowsRemoved);
        const int row = rowOf(u"who"_s);
        for (const QString &name : {u"w"_s, u"wr"_s, u"wri"_s, u"writer"_s}) {
            m_form->setName(row, name);
            QCOMPARE(at(row, SchemaForm::NameRole), name);
        }
        QCOMPARE(removed.size(), 0); // whoever types into the row stays in it
        QCOMPARE(m_text, QString(m_ticket).replace(u"\"who\""_s, u"\"writer\""_s));
        m_form->undo();
        QCOMPARE(m_text, m_ticket);
        QVERIFY(!m_form->canUndo());
    }

    void aNameThatIsTakenIsRefusedOnItsRow()
    {
        const int row = rowOf(u"tags"_s);
        m_form->setName(row, u"area"_s);
        QVERIFY(m_text.isEmpty());
        QVERIFY(at(row, SchemaForm::ProblemRole).toString().contains(u"“area”"_s));
        m_form->setName(row, u"areas"_s);
        QCOMPARE(at(row, SchemaForm::ProblemRole), QString());
        QVERIFY(m_text.contains(u"\"areas\""_s));
        m_form->setName(row, {});
        QVERIFY(!at(row, SchemaForm::ProblemRole).toString().isEmpty());
        m_form->settle(row); // given up
        QCOMPARE(at(row, SchemaForm::ProblemRole), QString());
        QCOMPARE(at(row, SchemaForm::NameRole), u"areas"_s);
    }

    void typesOpenAndCloseWhatIsBelow()
    {
        const int row = rowOf(u"area"_s);
        m_form->setType(row, int(m_form->types().indexOf(u"array"_s)));
        QCOMPARE(rows()[row + 1], u"any:2"_s);
        m_form->setType(row + 1, 2);
        QVERIFY(m_text.contains(u"\"items\": {\"type\": \"integer\"}"_s));
        m_form->setNullable(row + 1, true);
        QVERIFY(at(row + 1, SchemaForm::NullableRole).toBool());
        m_form->setType(row + 1, 0);
        QVERIFY(m_text.contains(u"\"items\": {}"_s));
    }

    void propertiesAreAddedBesideAndBelow()
    {
        QSignalSpy wanted(m_form.get(), &SchemaForm::rowWanted);
        m_form->addInto(rowOf(u"who"_s));
        QCOMPARE(rows()[5], u"property:2"_s);
        QCOMPARE(wanted.takeFirst(), (QVariantList{5, true}));
        m_form->addAfter(rowOf(u"name"_s));
        QCOMPARE(rows()[4], u"property2:2"_s);
        m_form->addAfter(rowOf(u"area"_s));
        QCOMPARE(rows()[2], u"property:1"_s);
        QVERIFY(at(2, SchemaForm::RequiredRole).toBool() == false); // nor are all others
        m_form->addAfter(0); // there is nothing beside the whole
        QCOMPARE(rows().constLast(), u"property2:1"_s);
        m_form->addAfter(rowOf(u"tags"_s) + 1); // beside the list that the items are of
        QCOMPARE(rows()[rowOf(u"tags"_s) + 2], u"property3:1"_s);
    }

    void rowsAreTakenOutAndBroughtBack()
    {
        QSignalSpy wanted(m_form.get(), &SchemaForm::rowWanted);
        m_form->remove(rowOf(u"who"_s));
        QCOMPARE(rows(), (QStringList{u"object:0"_s, u"area:1"_s, u"tags:1"_s, u"string:2"_s}));
        QCOMPARE(wanted.takeFirst(), (QVariantList{2, false}));
        m_form->remove(rowOf(u"tags"_s));
        QCOMPARE(wanted.takeFirst(), (QVariantList{1, false}));
        m_form->remove(0); // the whole stays
        QVERIFY(!at(0, SchemaForm::ProblemRole).toString().isEmpty());
        m_form->undo();
        m_form->undo();
        QCOMPARE(m_text, m_ticket);
    }

    void rowsMoveWithAllThatIsBelowThem()
    {
        QSignalSpy wanted(m_form.get(), &SchemaForm::rowWanted);
        m_form->move(rowOf(u"tags"_s), -1);
        QCOMPARE(rows(),
            (QStringList{u"object:0"_s, u"area:1"_s, u"tags:1"_s, u"string:2"_s, u"who:1"_s,
                u"name:2"_s, u"age:2"_s}));
        QCOMPARE(wanted.takeFirst(), (QVariantList{2, false}));
        m_form->move(rowOf(u"age"_s), -1);
        QCOMPARE(rows()[5], u"age:2"_s);
        QVERIFY(m_text.indexOf(u"\"age\""_s) < m_text.indexOf(u"\"name\""_s));
    }

    void foldedRowsHideWhatIsBelow()
    {
        const int who = rowOf(u"who"_s);
        QVERIFY(at(who, SchemaForm::ContainerRole).toBool());
        m_form->setFolded(who, true);
        QCOMPARE(rows(),
            (QStringList{u"object:0"_s, u"area:1"_s, u"who:1"_s, u"tags:1"_s, u"string:2"_s}));
        m_form->setName(who, u"writer"_s); // it stays folded
        QCOMPARE(m_form->rowCount(), 5);
        m_form->addInto(who); // but what is new is seen
        QCOMPARE(rows()[5], u"property:2"_s);
        m_form->setFolded(0, true);
        QCOMPARE(m_form->rowCount(), 1);
        m_form->setFolded(0, false);
        QCOMPARE(m_form->rowCount(), 8);
        m_form->setFolded(1, true); // nothing is below
        QVERIFY(!at(1, SchemaForm::FoldedRole).toBool());
    }

    void aLongSchemaBeginsFolded()
    {
        QStringList properties;
        for (int i = 0; i < 50; ++i) {
            properties.append(
                u"\"p%1\": {\"type\": \"object\", \"properties\": {\"a\": {}, \"b\": {}}}"_s.arg(
                    i));
        }
        const QString text = u"{\"type\": \"object\", \"properties\": {%1}, \"$defs\": {\"d\": "
                             "{\"properties\": {\"x\": {}}}}}"_s.arg(properties.join(u','));
        m_form->start(text);
        QCOMPARE(m_form->rowCount(), 1 + 50 + 1);
        m_form->setFolded(1, false);
        QCOMPARE(m_form->rowCount(), 1 + 50 + 1 + 2);
        m_form->setText(text + u' '); // the same schema: what was unfolded stays so
        QCOMPARE(m_form->rowCount(), 1 + 50 + 1 + 2);
    }

    void whatIsWrittenElsewhereIsNotUndone()
    {
        m_form->setRequired(rowOf(u"tags"_s), true);
        QVERIFY(m_form->canUndo());
        m_form->setText(m_text); // what it said itself comes back to it
        QVERIFY(m_form->canUndo());
        m_form->setText(m_text + u'\n');
        QVERIFY(!m_form->canUndo());
        m_form->undo();
        QCOMPARE(rows().size(), 7);
    }

    void aSchemaWithinALargerText()
    {
        const QString around = u"[{\"a\": %1, \"b\": {\"type\": \"string\"}}]"_s;
        const auto history = std::make_shared<TextHistory>();
        m_form = std::make_unique<SchemaForm>(nullptr, history);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_form.get());
        connect(m_form.get(), &SchemaForm::edited, this,
            [this](const QString &text) { m_text = text; });
        m_form->setShown(true);
        m_form->follow(around.arg(m_ticket), u"/0/a"_s);
        QCOMPARE(m_form->rowCount(), 7);
        m_form->setName(rowOf(u"tags"_s), u"labels"_s);
        QCOMPARE(m_text, around.arg(QString(m_ticket).replace(u"\"tags\""_s, u"\"labels\""_s)));
        QVERIFY(!history->isEmpty());
        // Of who shares the history the text comes back, and nothing is forgotten.
        m_form->follow(m_text, u"/0/a"_s);
        QVERIFY(m_form->canUndo());
        m_form->follow(m_text, u"/0/b"_s);
        QCOMPARE(rows(), QStringList{u"string:0"_s});
        m_form->remove(0);
        QVERIFY(!at(0, SchemaForm::ProblemRole).toString().isEmpty());
        m_form->follow(m_text, u"/0/c"_s);
        QVERIFY(!m_form->problem().isEmpty());
    }

    /// On the row that is there, or on the next one around the place.
    void aFaultStandsOnItsRow()
    {
        m_form->setFault(u"/properties/who/properties/age/type"_s, u"No such type."_s);
        QCOMPARE(at(rowOf(u"age"_s), SchemaForm::ProblemRole), u"No such type."_s);
        m_form->setFolded(rowOf(u"who"_s), true);
        QCOMPARE(at(rowOf(u"who"_s), SchemaForm::ProblemRole), u"No such type."_s);
        m_form->setFault(u"/required"_s, u"A list."_s);
        QCOMPARE(at(rowOf(u"who"_s), SchemaForm::ProblemRole), QString());
        QCOMPARE(at(0, SchemaForm::ProblemRole), u"A list."_s);
        m_form->setFault({}, {});
        QCOMPARE(at(0, SchemaForm::ProblemRole), QString());
    }

    void descriptionsAndValuesAreTyped()
    {
        const int row = rowOf(u"age"_s);
        m_form->setDescription(row, u"I"_s);
        m_form->setDescription(row, u"In years"_s);
        m_form->setValues(row, u"1, 2"_s);
        QVERIFY(m_text.contains(u"\"description\": \"In years\""_s));
        QVERIFY(m_text.contains(u"\"enum\": [1, 2]"_s));
        m_form->setValues(row, u"1, \"2"_s); // the other quotation mark is still to come
        QVERIFY(!at(row, SchemaForm::ProblemRole).toString().isEmpty());
        m_form->undo();
        m_form->undo();
        QCOMPARE(m_text, m_ticket);
    }

    void rowsThatAreNotThereAreNoRows()
    {
        m_form->setName(99, u"x"_s);
        m_form->setType(-1, 1);
        m_form->setType(1, 99);
        m_form->remove(99);
        m_form->addAfter(99);
        m_form->addInto(-1);
        m_form->move(99, 1);
        QVERIFY(m_text.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSchemaForm)

#include "tst_schemaform.moc"
