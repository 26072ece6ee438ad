// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lorirun.h"
#include "simulator/simulatorthread.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

const QByteArray person
    = "{\"type\":\"object\",\"required\":[\"name\",\"age\"],\"properties\":{\"name\":{\"type\":"
      "\"string\"},\"age\":{\"type\":\"integer\",\"minimum\":0}},\"additionalProperties\":false}";

} // namespace

/// `lori validate` and `lori structured` as a person or a script runs them.
class TestLoriSchema final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;

    [[nodiscard]] QString file(const QString &name, const QByteArray &contents) const
    {
        const QString path = m_home.filePath(name);
        QFile out(path);
        return out.open(QIODevice::WriteOnly) && out.write(contents) == contents.size() ? path
                                                                                        : QString();
    }

    [[nodiscard]] LoriEnd validate(
        const QByteArray &schema, const QByteArray &value, const QStringList &more = {}) const
    {
        return runLori(m_home,
            QStringList{u"validate"_s, u"--schema"_s, file(u"schema.json"_s, schema)} + more
                + QStringList{u"-"_s},
            value);
    }

private Q_SLOTS:

    void itKeepsToIt()
    {
        const LoriEnd ended = validate(person, "{\"name\":\"Ada\",\"age\":36}\n");
        QCOMPARE(ended.code, 0);
        QCOMPARE(ended.out, ""_ba);
        QCOMPARE(ended.err, ""_ba);
    }

    void aLineForEachViolation()
    {
        const QString value = file(u"value.json"_s, "{\"name\":1,\"age\":-1,\"x\":2}");
        const LoriEnd ended = runLori(
            m_home, {u"validate"_s, u"--schema"_s, file(u"schema.json"_s, person), value});
        QCOMPARE(ended.code, 3);
        QCOMPARE(ended.out,
            "/name must be a string, and is the number 1  (#/properties/name/type)\n"
            "/age must be at least 0, and is -1  (#/properties/age/minimum)\n"
            "/x “x” is not allowed here  (#/additionalProperties)\n"_ba);
    }

    void asJson()
    {
        const LoriEnd ended
            = validate(person, "{\"name\":\"Ada\"}", {u"--json"_s, u"--draft"_s, u"draft7"_s});
        QCOMPARE(ended.code, 3);
        const QJsonDocument out = QJsonDocument::fromJson(ended.out);
        QCOMPARE(out[u"valid"_s].toBool(true), false);
        QCOMPARE(out[u"draft"_s].toString(), u"draft7"_s);
        QCOMPARE(out[u"violations"_s][0][u"keyword"_s].toString(), u"required"_s);
    }

    void wordsAround()
    {
        const QByteArray answer = "Sure:\n```json\n{\"name\":\"Ada\",\"age\":36}\n```\n";
        QCOMPARE(validate(person, answer).code, 3);
        QCOMPARE(validate(person, answer, {u"--embedded"_s}).code, 0);
    }

    void whatIsNoJson()
    {
        const LoriEnd ended = validate(person, "{\"name\":\n");
        QCOMPARE(ended.code, 3);
        QVERIFY2(ended.out.contains("line 2, column 1"), ended.out.constData());
        const LoriEnd twice = validate(person, "{\"name\":\"A\",\"age\":1,\"age\":2}");
        QCOMPARE(twice.code, 0);
        QVERIFY2(twice.err.contains("/age"), twice.err.constData());
    }

    void otherDocuments()
    {
        const QString part = file(u"part.json"_s, "{\"$defs\":{\"n\":{\"type\":\"null\"}}}");
        const QByteArray schema = "{\"$ref\":\"http://example.org/part#/$defs/n\"}";
        QCOMPARE(validate(schema, "1").code, 2);
        QCOMPARE(
            validate(schema, "1", {u"--document"_s, u"http://example.org/part="_s + part}).code, 3);
    }

    /// Neither ends the program in another way, or not at all.
    void whatRunsAway()
    {
        const LoriEnd pattern
            = validate("{\"pattern\":\"^(a+)+$\"}", "\"" + QByteArray(40, 'a') + "b\"");
        QCOMPARE(pattern.code, 2);
        QVERIFY2(pattern.err.contains("(a+)+"), pattern.err.constData());
        const LoriEnd circle = validate("{\"$ref\":\"#\"}", "1");
        QCOMPARE(circle.code, 2);
        QVERIFY2(circle.err.contains("without end"), circle.err.constData());
    }

    void mistakes_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("word");
        const QString schema = file(u"person.json"_s, person);
        const QString bad = file(u"bad.json"_s, "{\"type\":12}");
        const QString none = file(u"none.json"_s, "{");
        QTest::newRow("no schema") << QStringList{u"-"_s} << "--schema"_ba;
        QTest::newRow("no such file")
            << QStringList{u"--schema"_s, u"/nowhere.json"_s, u"-"_s} << "/nowhere.json"_ba;
        QTest::newRow("no value") << QStringList{u"--schema"_s, schema} << "stdin"_ba;
        QTest::newRow("draft") << QStringList{u"--schema"_s, schema, u"--draft"_s, u"3"_s, u"-"_s}
                               << "draft2020-12"_ba;
        QTest::newRow("meta-schema") << QStringList{u"--schema"_s, bad, u"-"_s} << "#/type"_ba;
        QTest::newRow("no JSON") << QStringList{u"--schema"_s, none, u"-"_s} << "Line 1"_ba;
    }

    void mistakes()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, word);
        const LoriEnd ended = runLori(m_home, QStringList{u"validate"_s} + arguments, "1");
        QCOMPARE(ended.code, 2);
        QCOMPARE(ended.out, ""_ba);
        QVERIFY2(ended.err.contains(word), ended.err.constData());
    }

    /// Each server gets the schema in its own way, and answers by it: found by its address alone.
    void everyServer_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QStringList>("more");
        for (const SimulatorServerHelp &server : simulatorServerHelp()) {
            QStringList more{u"-m"_s, simulatorBaseModel()};
            if (server.name == "azure"_L1) { // which its host tells, else
                more += {u"--provider"_s, u"openai"_s};
            } else if (server.name == "predibase"_L1) {
                more += {u"--key-env"_s, u"LORI_TEST_KEY"_s};
            }
            QTest::newRow(qPrintable(server.name)) << server.base << more;
        }
    }

    void everyServer()
    {
        QFETCH(const QString, base);
        QFETCH(const QStringList, more);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        SimulatorOptions options;
        options.server = name;
        options.timing = *simulatorProfile(u"fast");
        SimulatorThread simulator(options);
        QVERIFY(simulator.start());
        const LoriEnd ended = runLori(m_home,
            QStringList{u"structured"_s, u"-e"_s, simulator.url().resolved(QUrl(base)).toString(),
                u"--schema"_s, file(u"schema.json"_s, person), u"--max-attempts"_s, u"1"_s,
                u"--json"_s}
                + more + QStringList{u"Who was Ada Lovelace?"_s});
        const QJsonDocument out = QJsonDocument::fromJson(ended.out);
        if (name == u"langformers"_s) { // it has no place for a schema, and answers in words
            QCOMPARE(ended.code, 3);
            QVERIFY2(ended.err.contains("no place for a schema"), ended.err.constData());
            QCOMPARE(out[u"attempts"_s][0][u"valid"_s].toBool(true), false);
            return;
        }
        QVERIFY2(ended.code == 0, (ended.err + ended.out).constData());
        QVERIFY(out[u"value"_s][u"name"_s].isString());
        QVERIFY(out[u"value"_s][u"age"_s].isDouble());
        QVERIFY(out[u"attempts"_s][0][u"metrics"_s].isObject());
    }

    void askedAgain()
    {
        ScriptedServer server;
        const auto say = [&server](const QByteArray &text) {
            server.enqueue(eventStream().chunk(piece(text)).chunk(done).lastChunk());
        };
        say("{\\\"name\\\":\\\"Ada\\\",\\\"age\\\":-1}");
        say("{\\\"name\\\":\\\"Ada\\\",\\\"age\\\":36}");
        const QStringList arguments{u"structured"_s, u"-e"_s, server.url().toString(),
            u"--provider"_s, u"openai"_s, u"--schema"_s, file(u"schema.json"_s, person),
            u"--max-attempts"_s, u"2"_s, u"Who?"_s};
        const LoriEnd ended = runLori(m_home, arguments);
        QCOMPARE(ended.code, 0);
        QCOMPARE(ended.out, "{\"name\":\"Ada\",\"age\":36}\n"_ba);
        QVERIFY2(ended.err.contains("Answer 1 of 2: /age must be at least 0, and is -1"),
            ended.err.constData());
        QVERIFY(server.requests().at(1).body.contains("must be at least 0"));
        // And none.
        say("no");
        say("JSON");
        const LoriEnd none = runLori(m_home, arguments);
        QCOMPARE(none.code, 3);
        QCOMPARE(none.out, ""_ba);
        QVERIFY2(none.err.contains("None of 2 answers"), none.err.constData());
    }

    void structuredMistakes_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("word");
        const QStringList schema{u"--schema"_s, file(u"person.json"_s, person)};
        QTest::newRow("no schema") << QStringList{u"x"_s} << "--schema"_ba;
        QTest::newRow("attempts") << schema + QStringList{u"--max-attempts"_s, u"0"_s, u"x"_s}
                                  << "--max-attempts"_ba;
        QTest::newRow("again") << schema + QStringList{u"--again"_s, u"louder"_s, u"x"_s}
                               << "hotter"_ba;
        QTest::newRow("way") << schema + QStringList{u"--as"_s, u"poem"_s, u"x"_s} << "words"_ba;
    }

    void structuredMistakes()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, word);
        const LoriEnd ended = runLori(
            m_home, QStringList{u"structured"_s, u"-e"_s, u"http://127.0.0.1:9"_s} + arguments);
        QCOMPARE(ended.code, 2);
        QVERIFY2(ended.err.contains(word), ended.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestLoriSchema)
#include "tst_lorischema.moc"
