// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lorirun.h"
#include "simulator/simulatorthread.h"
#include "terminal.h"
#include "testfiles.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

const QByteArray twoTools
    = R"([{"type":"function","function":{"name":"get_weather","description":"The weather of a city.",
        "parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],
        "additionalProperties":false}}},
        {"type":"function","function":{"name":"convert","parameters":{"type":"object","properties":{
        "celsius":{"type":"integer","minimum":-273}},"required":["celsius"]}}}])";

} // namespace

/// `lori chat --tools` as a person or a script runs it.
class TestLoriTools final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;
    std::unique_ptr<SimulatorThread> m_simulator;
    QString m_tools;

    [[nodiscard]] QString file(const QString &name, const QByteArray &contents) const
    {
        return writeFile(m_home, name, contents);
    }

    bool startAs(const QString &server)
    {
        SimulatorOptions options;
        options.server = server;
        options.timing = *simulatorProfile(u"fast");
        m_simulator = std::make_unique<SimulatorThread>(options);
        return m_simulator->start().has_value();
    }

    [[nodiscard]] QStringList chat(const QStringList &more, const QString &prompt) const
    {
        return QStringList{u"chat"_s, u"-e"_s, m_simulator->url().toString(), u"--provider"_s,
                   u"openai"_s, u"-m"_s, simulatorBaseModel(), u"--tools"_s, m_tools}
        + more + QStringList{prompt};
    }

    [[nodiscard]] LoriEnd run(const QStringList &more, const QString &prompt) const
    {
        return runLori(m_home, chat(more, prompt));
    }

    [[nodiscard]] QString mock() const
    {
        return file(u"mock.json"_s, R"({"get_weather":{"sky":"blue"},"convert":"70 F"})");
    }

private Q_SLOTS:

    void initTestCase()
    {
        m_tools = file(u"tools.json"_s, twoTools);
        QVERIFY(startAs(u"vllm"_s));
    }

    void aMockAnswers()
    {
        const LoriEnd ended = run({u"--tool-mock"_s, mock()}, u"What is the weather in Ulm?"_s);
        QVERIFY2(ended.code == 0, ended.err.constData());
        QVERIFY2(
            ended.err.contains("The model calls get_weather({\"city\":"), ended.err.constData());
        QVERIFY2(
            ended.err.contains("get_weather (mock): {\"sky\":\"blue\"}"), ended.err.constData());
        // The answer quotes the result, and stands alone on stdout.
        QVERIFY2(ended.out.contains("{\"sky\":\"blue\"}"), ended.out.constData());
        QVERIFY(!ended.out.contains("get_weather"));
    }

    void oneAfterTheOther()
    {
        const LoriEnd ended = run({u"--tool-mock"_s, mock(), u"--events"_s},
            u"First get_weather of Ulm, then convert it."_s);
        QVERIFY2(ended.code == 0, ended.err.constData());
        QList<QJsonObject> results;
        QList<int> ends;
        for (const QJsonObject &line : jsonLines(ended.out)) {
            QVERIFY2(line.contains(u"turn"_s), QJsonDocument(line).toJson().constData());
            if (line[u"type"_s] == u"tool_result"_s) {
                results.append(line);
            } else if (line[u"type"_s] == u"end"_s) {
                ends.append(line[u"turn"_s].toInt());
            }
        }
        QCOMPARE(ends, (QList<int>{0, 1, 2}));
        QCOMPARE(results.size(), 2);
        QCOMPARE(results[0][u"name"_s].toString(), u"get_weather"_s);
        QCOMPARE(results[0][u"by"_s].toString(), u"mock"_s);
        QVERIFY(results[0][u"arguments"_s][u"city"_s].isString());
        QCOMPARE(results[1][u"name"_s].toString(), u"convert"_s);
        QCOMPARE(results[1][u"turn"_s].toInt(), 1);
        QCOMPARE(results[1][u"content"_s].toString(), u"70 F"_s);
        QCOMPARE(results[1][u"is_error"_s].toBool(true), false);
    }

    /// Signed thoughts go back with the calls that they led to, or that server would refuse.
    void thinksBeforeItCalls()
    {
        SimulatorOptions options;
        options.server = u"anthropic"_s;
        options.timing = *simulatorProfile(u"fast");
        SimulatorThread anthropic(options);
        QVERIFY(anthropic.start());
        const auto ask = [&](const QStringList &more) {
            return runLori(m_home,
                QStringList{u"chat"_s, u"-e"_s, anthropic.url().toString(), u"--provider"_s,
                    u"anthropic"_s, u"-m"_s, simulatorBaseModel(), u"--tools"_s, m_tools,
                    u"--tool-mock"_s, mock(), u"-P"_s,
                    u"thinking={\"type\":\"enabled\",\"budget_tokens\":1024}"_s}
                    + more + QStringList{u"First get_weather of Ulm, then convert it."_s});
        };
        const LoriEnd ended = ask({});
        QVERIFY2(ended.code == 0, ended.err.constData());
        QVERIFY2(ended.err.contains("convert (mock): 70 F"), ended.err.constData());
        QVERIFY2(ended.out.contains("70 F"), ended.out.constData());
        // A call that must come cannot be had beside it, which is told and not sent.
        const LoriEnd demanded = ask({u"--tool-choice"_s, u"required"_s});
        QCOMPARE(demanded.code, 2);
        QVERIFY2(demanded.err.contains("cannot be demanded while the model thinks"),
            demanded.err.constData());
    }

    void theLimit()
    {
        const LoriEnd ended = run({u"--tool-mock"_s, mock(), u"--tool-limit"_s, u"3"_s},
            u"Call get_weather again and again."_s);
        QCOMPARE(ended.code, 5);
        QCOMPARE(ended.err.count("The model calls"), 3);
        QVERIFY2(ended.err.contains("goes on calling tools after 3 of its answers"),
            ended.err.constData());
    }

    void aCommandAnswers()
    {
        const LoriEnd ended
            = run({u"--tool-command"_s, u"get_weather=sed \"s/city/town/; s/$/ $HOME/\""_s,
                      u"--tool-mock"_s, file(u"convert.json"_s, R"({"convert":1})"),
                      u"--yes-tools"_s, u"--events"_s},
                u"What is the weather in Ulm?"_s);
        QVERIFY2(ended.code == 0, ended.err.constData());
        QVERIFY2(ended.err.contains("get_weather (command, exit code 0): {\"town\":"),
            ended.err.constData());
        QVERIFY(ended.out.contains("$HOME"));
        QVERIFY(ended.out.contains("\"exit_code\":0"));
    }

    void aCommandKnowsNoSecret()
    {
        const LoriEnd ended = run({u"--tool-command"_s, u"get_weather=env"_s, u"--tool-command"_s,
                                      u"convert=env"_s, u"--yes-tools"_s},
            u"What is the weather in Ulm?"_s);
        QVERIFY2(ended.code == 0, ended.err.constData());
        QVERIFY(ended.out.contains("LORIKEET_TOOL=get_weather"));
        QVERIFY(!ended.out.contains("canary") && !ended.err.contains("canary"));
    }

    void aCommandFails()
    {
        const LoriEnd ended
            = run({u"--tool-command"_s, u"get_weather=sh -c \"echo oh >&2; exit 7\""_s,
                      u"--tool-command"_s, u"convert=true"_s, u"--yes-tools"_s},
                u"What is the weather in Ulm?"_s);
        QCOMPARE(ended.code, 0); // the model is told, and answers
        QVERIFY2(ended.err.contains("get_weather says on stderr: oh"), ended.err.constData());
        QVERIFY2(ended.err.contains("get_weather (command, exit code 7): The tool failed"),
            ended.err.constData());
        QVERIFY(!ended.out.contains("oh"));
        const LoriEnd none = run({u"--tool-command"_s, u"get_weather=no-such-command"_s,
                                     u"--tool-command"_s, u"convert=true"_s, u"--yes-tools"_s},
            u"What is the weather in Ulm?"_s);
        QCOMPARE(none.code, 1);
        QVERIFY2(
            none.err.contains("“no-such-command” of the tool get_weather"), none.err.constData());
        const LoriEnd late
            = run({u"--tool-command"_s, u"get_weather=sleep 600"_s, u"--tool-command"_s,
                      u"convert=true"_s, u"--yes-tools"_s, u"--tool-timeout"_s, u"0.3"_s},
                u"What is the weather in Ulm?"_s);
        QVERIFY2(late.err.contains("no answer within 0.3 s"), late.err.constData());
    }

    /// The model is told what its arguments do wrong, and not the tool.
    void wrongArguments()
    {
        ScriptedServer server;
        const auto call = [&server](const QByteArray &arguments) {
            server.enqueue(eventStream()
                    .chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":"
                           "0,\"id\":\"a\",\"function\":{\"name\":\"convert\",\"arguments\":\""
                        + arguments + "\"}}]}}]}\n\n")
                    .chunk(done)
                    .lastChunk());
        };
        call("{\\\"celsius\\\":-300}");
        call("{\\\"celsius\\\":21}");
        server.enqueue(eventStream().chunk(piece("70 F.")).chunk(done).lastChunk());
        const LoriEnd ended = runLori(m_home,
            {u"chat"_s, u"-e"_s, server.url().toString(), u"--provider"_s, u"openai"_s,
                u"--tools"_s, m_tools, u"--tool-mock"_s, mock(), u"Convert."_s});
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(ended.out, "70 F."_ba);
        QVERIFY2(ended.err.contains("convert (not called): The arguments of convert do not keep to "
                                    "its schema: - /celsius must be at least -273"),
            ended.err.constData());
        const QJsonArray messages
            = QJsonDocument::fromJson(server.requests().at(1).body)[u"messages"_s].toArray();
        QCOMPARE(messages.size(), 3);
        QCOMPARE(messages[2][u"role"_s].toString(), u"tool"_s);
        QCOMPARE(messages[2][u"tool_call_id"_s].toString(), u"a"_s);
        QVERIFY(messages[2][u"content"_s].toString().contains(u"/celsius"_s));
    }

    void withASchema()
    {
        const QString schema = file(u"answer.json"_s,
            R"({"type":"object","required":["sky"],"properties":{"sky":{"type":"string"}}})");
        const LoriEnd ended = run(
            {u"--tool-mock"_s, mock(), u"--schema"_s, schema}, u"What is the weather in Ulm?"_s);
        QVERIFY2(ended.code == 0, ended.err.constData());
        QVERIFY(QJsonDocument::fromJson(ended.out)[u"sky"_s].isString());
        ScriptedServer server;
        server.enqueue(eventStream().chunk(piece("Blue.")).chunk(done).lastChunk());
        const LoriEnd words = runLori(m_home,
            {u"chat"_s, u"-e"_s, server.url().toString(), u"--provider"_s, u"openai"_s,
                u"--tools"_s, m_tools, u"--tool-mock"_s, mock(), u"--schema"_s, schema, u"x"_s});
        QCOMPARE(words.code, 3);
        QCOMPARE(words.out, "Blue."_ba);
        QVERIFY2(words.err.contains("does not keep to the schema"), words.err.constData());
    }

    /// Each dialect that has tools: definitions, calls, results.
    void everyServer_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QStringList>("more");
        for (const SimulatorServerHelp &server : simulatorServerHelp()) {
            QStringList more{u"-m"_s, simulatorBaseModel()};
            QString base = server.base;
            if (server.name == "azure"_L1) { // which its host tells, else
                more += {u"--provider"_s, u"openai"_s};
            } else if (server.name == "predibase"_L1) {
                more += {u"--key-env"_s, u"LORI_TEST_KEY"_s};
            }
            QTest::newRow(qPrintable(server.name)) << base << more;
        }
        const QStringList model{u"-m"_s, simulatorBaseModel()};
        QTest::newRow("lorax /v1") << u"/v1/chat/completions"_s << QStringList{};
        QTest::newRow("ollama /v1") << u"/v1/chat/completions"_s << model;
        QTest::newRow("openai /responses") << u"/v1/responses"_s << model;
    }

    void everyServer()
    {
        QFETCH(const QString, base);
        QFETCH(const QStringList, more);
        const QString row = QString::fromLatin1(QTest::currentDataTag());
        SimulatorOptions options;
        options.server = row.section(u' ', 0, 0);
        options.timing = *simulatorProfile(u"fast");
        SimulatorThread simulator(options);
        QVERIFY(simulator.start());
        const LoriEnd ended = runLori(m_home,
            QStringList{u"chat"_s, u"-e"_s, simulator.url().resolved(QUrl(base)).toString(),
                u"--tools"_s, m_tools, u"--tool-mock"_s, mock(), u"--events"_s}
                + more + QStringList{u"First get_weather of Ulm, then convert it."_s});
        static const QStringList without{u"lorax"_s, u"predibase"_s, u"triton"_s, u"langformers"_s};
        if (without.contains(row)) {
            QCOMPARE(ended.code, 2);
            QCOMPARE(ended.out, ""_ba);
            QVERIFY2(ended.err.contains("takes no tools"), ended.err.constData());
            return;
        }
        QVERIFY2(ended.code == 0, ended.err.constData());
        QStringList called;
        QString text;
        for (const QJsonObject &line : jsonLines(ended.out)) {
            if (line[u"type"_s] == u"tool_result"_s) {
                called.append(line[u"name"_s].toString());
            } else if (line[u"type"_s] == u"text"_s) {
                text += line[u"text"_s].toString();
            }
        }
        QCOMPARE(called, (QStringList{u"get_weather"_s, u"convert"_s}));
        QVERIFY2(text.contains(u"70 F"_s), qPrintable(text));
    }

    void mistakes_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("words");
        const QStringList tools{u"--tools"_s, m_tools};
        const auto row
            = [](const char *name, const QStringList &arguments, const QByteArray &words) {
                  QTest::newRow(name) << arguments << words;
              };
        row("no tools", {u"--tool-mock"_s, mock()}, "--tool-mock means nothing without --tools");
        row("no file", {u"--tools"_s, u"/nowhere.json"_s}, "/nowhere.json");
        row("no JSON", {u"--tools"_s, file(u"bad.json"_s, "[")},
            "bad.json: The tools are no JSON.");
        row("a name", {u"--tools"_s, file(u"name.json"_s, R"([{"name":"a b"}])")},
            "name.json: Tool 1 cannot be called “a b”");
        row("nobody", tools, "Nobody answers the calls of get_weather");
        row("nobody for one",
            tools + QStringList{u"--tool-mock"_s, file(u"one.json"_s, R"({"get_weather":1})")},
            "Nobody answers the calls of convert");
        row("no leave", tools + QStringList{u"--tool-command"_s, u"convert=true"_s}, "--yes-tools");
        row("mock", tools + QStringList{u"--tool-mock"_s, file(u"mo.json"_s, R"({"x":1})")},
            "mo.json: The mock has an answer of “x”");
        row("no pair", tools + QStringList{u"--tool-command"_s, u"convert"_s}, "NAME=COMMAND");
        row("no such tool", tools + QStringList{u"--tool-command"_s, u"x=true"_s}, "“x”");
        row("no command", tools + QStringList{u"--tool-command"_s, u"convert= "_s},
            "There is no command");
        row("choice", tools + QStringList{u"--tool-choice"_s, u"any"_s},
            "auto, none, required or the name of one (get_weather, convert)");
        row("limit", tools + QStringList{u"--tool-limit"_s, u"0"_s}, "--tool-limit");
    }

    void mistakes()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, words);
        const LoriEnd ended = runLori(m_home,
            QStringList{u"chat"_s, u"-e"_s, u"http://127.0.0.1:9"_s} + arguments
                + QStringList{u"x"_s});
        QCOMPARE(ended.code, 2);
        QCOMPARE(ended.out, ""_ba);
        QVERIFY2(ended.err.contains(words), ended.err.constData());
    }

    void interrupted()
    {
        const QString note = m_home.filePath(u"process"_s);
        Lori lori(m_home,
            chat({u"--tool-command"_s,
                     u"get_weather=sh -c \"echo $$ >'%1'; exec sleep 600\""_s.arg(note),
                     u"--tool-command"_s, u"convert=true"_s, u"--yes-tools"_s},
                u"What is the weather in Ulm?"_s));
        const auto contents = [&note] {
            QFile in(note);
            return in.open(QIODevice::ReadOnly) ? in.readAll().trimmed() : QByteArray();
        };
        QVERIFY(QTest::qWaitFor([&] { return !contents().isEmpty(); }, longWait));
        ::kill(pid_t(lori.process.processId()), SIGINT);
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 130);
        const auto process = pid_t(contents().toInt());
        QVERIFY(QTest::qWaitFor([process] { return ::kill(process, 0) != 0; }, longWait));
    }

    /// In a terminal the person is asked: for an answer, and before a command.
    void byHand()
    {
        Terminal terminal;
        QVERIFY(!terminal.name().isEmpty());
        const auto sees = [&terminal](const QByteArray &text) {
            return QTest::qWaitFor([&] { return terminal.shown().contains(text); }, longWait);
        };
        QProcess lori;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_DATA_HOME"_s, m_home.path());
        lori.setProcessEnvironment(environment);
        lori.setStandardInputFile(terminal.name());
        lori.setStandardErrorFile(terminal.name());
        lori.start(QStringLiteral(LORIKEET_LORI),
            chat({u"--tool-command"_s, u"convert=tr a-z A-Z"_s},
                u"First get_weather of Ulm, then convert, again and again."_s));
        QVERIFY2(sees("What does get_weather answer? One line:"), terminal.shown().constData());
        QVERIFY(terminal.type("grün\n"));
        QVERIFY2(sees("get_weather (by hand): grün"), terminal.shown().constData());
        QVERIFY2(sees("May this run: tr a-z A-Z?"), terminal.shown().constData());
        QVERIFY(terminal.type("n\n"));
        QVERIFY2(sees("The user did not allow this call."), terminal.shown().constData());
        QVERIFY(sees("What does get_weather answer?"));
        QVERIFY(terminal.type("blue\n"));
        QVERIFY(sees("get_weather (by hand): blue"));
        QVERIFY(terminal.type("a\n"));
        QVERIFY2(
            sees("convert (command, exit code 0): {\"CELSIUS\":"), terminal.shown().constData());
        ::kill(pid_t(lori.processId()), SIGINT);
        QVERIFY(
            QTest::qWaitFor([&lori] { return lori.state() == QProcess::NotRunning; }, longWait));
        QCOMPARE(lori.exitCode(), 130);
    }
};

QTEST_GUILESS_MAIN(TestLoriTools)
#include "tst_loritools.moc"
