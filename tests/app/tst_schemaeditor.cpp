// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/store.h"
#include "structured/structurededitor.h"
#include "testfiles.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// Choosing, writing and keeping schemas.
class TestSchemaEditor final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<SchemaShelf> m_shelf;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::unique_ptr<StructuredEditor> m_structured;

    [[nodiscard]] SchemaEditor &editor() { return *m_structured->editor(); }

    [[nodiscard]] QStringList names() const
    {
        QStringList all;
        for (int row = 0; row < m_shelf->rowCount(); ++row) {
            all.append(m_shelf->data(m_shelf->index(row), SchemaShelf::NameRole).toString());
        }
        return all;
    }

    [[nodiscard]] QString idAt(int row) const
    {
        return m_shelf->data(m_shelf->index(row), SchemaShelf::IdRole).toString();
    }

    [[nodiscard]] bool untilChecked()
    {
        return QTest::qWaitFor([this] { return !editor().isChecking(); }, 30'000);
    }

    [[nodiscard]] QUrl file(const QByteArray &text)
    {
        return QUrl::fromLocalFile(writeFile(*m_folder, u"ticket.json"_s, text));
    }

    static Endpoint endpoint(const QString &server)
    {
        return {.id = QUuid::createUuid(),
            .url = QUrl(u"http://localhost"_s),
            .provider = u"openai"_s,
            .server = server};
    }

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<Store>(m_folder->filePath(u"lorikeet.db"_s));
        QVERIFY(m_store->open().result());
        m_shelf = std::make_unique<SchemaShelf>(m_store->schemas());
        m_tester = std::make_unique<QAbstractItemModelTester>(m_shelf.get());
        m_structured = std::make_unique<StructuredEditor>(*m_shelf);
    }

    void cleanup()
    {
        m_structured.reset();
        m_tester.reset();
        m_shelf.reset();
        m_store.reset();
    }

    void samplesAreFitForUse()
    {
        QCOMPARE(m_shelf->rowCount(), 5);
        for (int row = 0; row < m_shelf->rowCount(); ++row) {
            editor().take(idAt(row));
            QVERIFY(untilChecked());
            QVERIFY2(editor().problem().isEmpty(), qPrintable(editor().problem()));
            QCOMPARE(editor().draft(), u"draft2020-12"_s);
            QVERIFY(!editor().isOwn());
        }
    }

    void nothingIsSetUnasked()
    {
        ChatSetup setup;
        m_structured->setSetup(setup, endpoint({}));
        QVERIFY(!m_structured->structured());
        QSignalSpy edited(m_structured.get(), &StructuredEditor::edited);
        m_structured->setOn(true);
        QCOMPARE(edited.size(), 1);
        QCOMPARE(m_structured->structured()->name, names().constFirst());
        QCOMPARE(m_structured->structured()->options.maxAttempts, 1);
        m_structured->setOn(false);
        QVERIFY(!m_structured->structured()->schema.isEmpty()); // it is there again when it is on
    }

    void faultsAreShownWhereTheyAre_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("place");
        QTest::newRow("a comma too many") << u"{\n  \"type\": \"object\",\n}"_s << 3 << u"}"_s;
        QTest::newRow("not what the meta-schema allows")
            << u"{\n  \"properties\": {\n    \"a\": {\"type\": \"strig\"}\n  }\n}"_s << 3
            << u"\"type\""_s;
        QTest::newRow("leads nowhere")
            << u"{\n  \"items\":\n    {\"$ref\": \"#/$defs/x\"}\n}"_s << 2 << u"\"items\""_s;
        QTest::newRow("no object") << u"[]"_s << 0 << QString();
    }

    void faultsAreShownWhereTheyAre()
    {
        QFETCH(const QString, text);
        QFETCH(const int, line);
        QFETCH(const QString, place);
        editor().setText(text);
        QVERIFY(editor().isChecking());
        QVERIFY(untilChecked());
        QVERIFY(!editor().problem().isEmpty());
        QCOMPARE(editor().problemLine(), line);
        if (!place.isEmpty()) {
            QVERIFY2(text.sliced(editor().problemPlace()).startsWith(place),
                qPrintable(editor().problem()));
        }
    }

    void theFormIsInStepWithTheText()
    {
        SchemaForm &form = *editor().form();
        form.setShown(true);
        editor().setText(u"{ \"type\": \"object\", \"properties\": {\"a\": {}} }"_s);
        QCOMPARE(form.rowCount(), 2);
        QSignalSpy changed(&editor(), &SchemaEditor::textChanged);
        form.setType(1, 1);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(editor().text(),
            u"{ \"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}} }"_s);
        QVERIFY(untilChecked());
        QCOMPARE(editor().problem(), QString());
        editor().take(idAt(0));
        QVERIFY(form.rowCount() > 2);
        QVERIFY(!form.canUndo()); // that would be of another schema
    }

    void onlyTheLastCheckCounts()
    {
        editor().setText(u"{"_s);
        editor().setText(u"true"_s);
        QVERIFY(untilChecked());
        QCOMPARE(editor().problem(), QString());
    }

    void schemasAreKeptAndTakenOut()
    {
        editor().setName(u"Mine"_s);
        editor().setText(u"{\"z\": 1, \"a\": 2}"_s);
        editor().keep();
        QTRY_COMPARE(m_shelf->rowCount(), 6);
        QCOMPARE(names().constFirst(), u"Mine"_s);
        QVERIFY(editor().isOwn());
        editor().setText(u"{}"_s);
        editor().keep(); // in its place
        QTRY_COMPARE(m_shelf->find(idAt(0))->text, u"{}"_s);
        QCOMPARE(m_shelf->rowCount(), 6);
        editor().discard();
        QTRY_COMPARE(m_shelf->rowCount(), 5);
        QVERIFY(!editor().isOwn());
        editor().take(idAt(0));
        editor().keep(); // a sample stays what it is
        QTRY_COMPARE(m_shelf->rowCount(), 6);
    }

    /// Pressed twice, before the first time is through.
    void oneIsKeptOnce()
    {
        editor().setText(u"{}"_s);
        editor().keep();
        editor().setText(u"true"_s);
        editor().keep();
        QTRY_COMPARE(m_shelf->find(idAt(0))->text, u"true"_s);
        QCOMPARE(m_shelf->rowCount(), 6);
        editor().take(idAt(1));
        editor().keep(); // another one
        QTRY_COMPARE(m_shelf->rowCount(), 7);
    }

    void filesAreRead()
    {
        editor().read(file("{\"type\":\"object\",\"properties\":{\"b\":{},\"a\":{}}}"));
        QCOMPARE(editor().name(), u"ticket"_s);
        QVERIFY(editor().text().indexOf(u"\"b\""_s) < editor().text().indexOf(u"\"a\""_s));
        QVERIFY(editor().components().isEmpty());
        editor().read(file("{\"openapi\":\"3.1.0\",\"components\":{\"schemas\":{"
                           "\"One\":{\"type\":\"string\"},\"Two\":{\"type\":\"null\"}}}}"));
        QCOMPARE(editor().components(), (QStringList{u"One"_s, u"Two"_s}));
        QCOMPARE(editor().name(), u"One"_s);
        editor().takeComponent(1);
        QCOMPARE(editor().name(), u"Two"_s);
        QVERIFY(editor().text().contains(u"null"_s));
        editor().read(QUrl::fromLocalFile(m_folder->filePath(u"none.json"_s)));
        QVERIFY(editor().importProblem().contains(u"none.json"_s));
        QCOMPARE(editor().name(), u"Two"_s); // what was there stays
    }

    void examplesGiveSchemas()
    {
        QVERIFY(!editor().infer(u"{\"a\": "_s));
        QVERIFY(!editor().importProblem().isEmpty());
        QVERIFY(editor().infer(u"{\"a\": 1}"_s));
        QVERIFY(untilChecked());
        QCOMPARE(editor().problem(), QString());
        QVERIFY(editor().text().contains(u"\"integer\""_s));
    }

    void whatADialectCannotCarryIsToldBefore()
    {
        ChatSetup setup;
        setup.structured = StructuredSetup{.isOn = true,
            .name = u"x"_s,
            .schema = u"{\"type\": \"object\", \"properties\": {\"a\": {}}}"_s,
            .options = {}};
        m_structured->setSetup(setup, endpoint(u"OpenAI"_s));
        QTRY_VERIFY(m_structured->notes().join(u' ').contains(u"narrower"_s));
        m_structured->setSetup(setup, endpoint(u"Mistral"_s));
        QTRY_VERIFY(m_structured->notes().isEmpty());
        setup.parameters.insert(u"response_format"_s, QJsonObject());
        m_structured->setSetup(setup, endpoint(u"Mistral"_s));
        QTRY_VERIFY(m_structured->problem().contains(u"response_format"_s));
        m_structured->setOn(false);
        QCOMPARE(m_structured->problem(), QString());
    }

    void theEditedSchemaIsUsed()
    {
        m_structured->setOn(true);
        m_structured->setAttempts(99);
        QCOMPARE(m_structured->attempts(), 10);
        m_structured->edit();
        QCOMPARE(editor().name(), m_structured->name());
        QCOMPARE(editor().schemaId(), idAt(0));
        editor().setName(u" Other "_s);
        editor().setText(u"true"_s);
        m_structured->useEdited();
        QCOMPARE(m_structured->structured()->name, u"Other"_s);
        QCOMPARE(m_structured->structured()->schema, u"true"_s);
        QCOMPARE(m_structured->structured()->options.maxAttempts, 10);
    }
};

QTEST_GUILESS_MAIN(TestSchemaEditor)

#include "tst_schemaeditor.moc"
