// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/intervals.h"
#include "lorirun.h"
#include "simulator/simulatorthread.h"
#include "testfiles.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <csignal>
#include <sys/types.h>

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
        return writeFile(m_home, name, contents);
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

    /// Each sample is printed, and first answers are told apart from what came after attempts.
    void samples()
    {
        SimulatorOptions options;
        options.timing = *simulatorProfile(u"fast");
        options.faults = {*parseSimulatorFaultRule(u"empty@0.5"_s)};
        options.seed = 3;
        SimulatorThread simulator(options);
        QVERIFY(simulator.start());
        const QStringList arguments{u"structured"_s, u"-e"_s, simulator.url().toString(),
            u"--provider"_s, u"openai"_s, u"--schema"_s, file(u"schema.json"_s, person),
            u"--samples"_s, u"20"_s, u"--max-attempts"_s, u"4"_s, u"Who was Ada Lovelace?"_s};
        const LoriEnd json = runLori(m_home, arguments + QStringList{u"--json"_s});
        QList<QJsonObject> lines = jsonLines(json.out);
        QCOMPARE(lines.size(), 21);
        const QJsonObject summary = lines.takeLast()[u"summary"_s].toObject();
        int first = 0;
        int after = 0;
        for (qsizetype i = 0; i < lines.size(); ++i) {
            QCOMPARE(lines[i][u"sample"_s].toInt(), int(i) + 1); // in their order
            first += lines[i][u"attempts"_s][0][u"valid"_s].toBool() ? 1 : 0;
            after += lines[i][u"valid"_s].toBool() ? 1 : 0;
            QCOMPARE(lines[i].contains(u"value"_s), lines[i][u"valid"_s].toBool());
        }
        QVERIFY(first > 0 && first < after); // else the simulator is of no use here
        QCOMPARE(summary[u"samples"_s].toInt(), 20);
        QCOMPARE(summary[u"ended"_s].toInt(), 20);
        QCOMPARE(summary[u"max_attempts"_s].toInt(), 4);
        QCOMPARE(summary[u"first_answers"_s][u"passed"_s].toInt(), first);
        QCOMPARE(summary[u"first_answers"_s][u"checked"_s].toInt(), 20);
        QCOMPARE(summary[u"after_attempts"_s][u"passed"_s].toInt(), after);
        const std::optional<Interval> share = wilson(first, 20);
        QCOMPARE(summary[u"first_answers"_s][u"share"_s][u"low"_s].toDouble(), share->low);
        QCOMPARE(summary[u"first_answers"_s][u"share"_s][u"high"_s].toDouble(), share->high);
        QCOMPARE(json.code, after == 20 ? 0 : 3);

        // Without JSON: the values alone on stdout, and the shares in words on stderr.
        const LoriEnd ended = runLori(m_home, arguments);
        for (const QJsonObject &value : jsonLines(ended.out)) {
            QVERIFY(value[u"name"_s].isString());
        }
        const qsizetype valid = jsonLines(ended.out).size();
        const QByteArray words = "After up to 4 attempts each: " + QByteArray::number(valid)
            + " of 20 keep to the schema, ";
        QVERIFY2(ended.err.contains(words), ended.err.constData());
        QVERIFY2(ended.err.contains("First answers: "), ended.err.constData());
        QVERIFY2(ended.err.contains(", answer 1 of 4: it lacks"), ended.err.constData());
        QCOMPARE(ended.code, valid == 20 ? 0 : 3);
    }

    void everySampleKeepsToIt()
    {
        SimulatorOptions options;
        options.timing = *simulatorProfile(u"fast");
        SimulatorThread simulator(options);
        QVERIFY(simulator.start());
        const LoriEnd ended = runLori(m_home,
            {u"structured"_s, u"-e"_s, simulator.url().toString(), u"--schema"_s,
                file(u"schema.json"_s, person), u"-n"_s, u"3"_s, u"-c"_s, u"2"_s,
                u"--max-attempts"_s, u"1"_s, u"Who was Ada Lovelace?"_s});
        QCOMPARE(ended.code, 0);
        QCOMPARE(jsonLines(ended.out).size(), 3);
        // 3 of 3, by Wilson's formula, computed elsewhere.
        QVERIFY2(ended.err.contains("First answers: 3 of 3 keep to the schema, 100.0 % (95 % "
                                    "interval by Wilson: 43.9–100.0 %)."),
            ended.err.constData());
        QVERIFY2(!ended.err.contains("attempts each"), ended.err.constData());
    }

    /// What is there when Ctrl+C is pressed is printed and counted, and nothing else is asked.
    void interruptedSamples()
    {
        ScriptedServer server;
        server.enqueue(eventStream()
                .chunk(piece("{\\\"name\\\":\\\"Ada\\\",\\\"age\\\":36}"))
                .chunk(done)
                .lastChunk());
        server.setDefault(eventStream().chunk(piece("{")).hold().close());
        Lori lori(m_home,
            {u"structured"_s, u"-e"_s, server.url().toString(), u"--provider"_s, u"openai"_s,
                u"--schema"_s, file(u"schema.json"_s, person), u"--samples"_s, u"30"_s, u"-c"_s,
                u"1"_s, u"--json"_s, u"Who?"_s});
        QTRY_COMPARE_WITH_TIMEOUT(server.heldConnections(), 1, longWait);
        QTRY_VERIFY_WITH_TIMEOUT(lori.out().endsWith('\n'), longWait);
        ::kill(pid_t(lori.process.processId()), SIGINT);
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 130);
        const QList<QJsonObject> lines = jsonLines(lori.out());
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines[0][u"valid"_s].toBool());
        QCOMPARE(lines[1][u"attempts"_s][0][u"answer"_s].toString(), u"{"_s);
        const QJsonValue first = lines[2][u"summary"_s][u"first_answers"_s];
        QCOMPARE(first[u"passed"_s].toInt(), 1);
        QCOMPARE(first[u"checked"_s].toInt(), 1);
        QVERIFY2(lori.err().contains("1 of 30 samples"), lori.err().constData());
        QCOMPARE(server.requests().size(), 2);
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
        QTest::newRow("samples") << schema + QStringList{u"--samples"_s, u"0"_s, u"x"_s}
                                 << "--samples takes a number"_ba;
        QTest::newRow("concurrency")
            << schema + QStringList{u"-c"_s, u"2"_s, u"x"_s} << "--concurrency needs --samples"_ba;
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
