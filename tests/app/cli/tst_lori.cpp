// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lorirun.h"
#include "scriptedserver.h"
#include "simulator/simulator.h"
#include "store/store.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// The program as a person or a script runs it: its usage and help, and how it finds its endpoint.
class TestLori final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ScriptedServer> m_server;
    QTemporaryDir m_home;

private Q_SLOTS:

    void init() { m_server = std::make_unique<ScriptedServer>(); }

    void cleanup() { m_server.reset(); }

    void wrongUsageSendsNothing_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("sentence");
        const QStringList chat{u"chat"_s, u"-e"_s, u"http://127.0.0.1:1"_s};
        const auto with = [&chat](const QStringList &more) { return chat + more; };
        QTest::newRow("nothing") << QStringList() << "No command was given"_ba;
        QTest::newRow("no such command") << QStringList{u"frobnicate"_s} << "frobnicate"_ba;
        QTest::newRow("no such option") << with({u"--frobnicate"_s, u"x"_s}) << "frobnicate"_ba;
        QTest::newRow("no endpoint") << QStringList{u"chat"_s, u"x"_s} << "--endpoint"_ba;
        QTest::newRow("no such endpoint")
            << QStringList{u"chat"_s, u"-e"_s, u"nowhere"_s, u"x"_s} << "nowhere"_ba;
        QTest::newRow("no such dialect") << with({u"-p"_s, u"klingon"_s, u"x"_s}) << "klingon"_ba;
        QTest::newRow("two prompts") << with({u"a"_s, u"b"_s}) << "more than one prompt"_ba;
        QTest::newRow("empty prompt") << with({u" "_s}) << "empty"_ba;
        QTest::newRow("empty stdin") << with({u"-"_s}) << "empty"_ba;
        QTest::newRow("bad param") << with({u"-P"_s, u"temperature"_s, u"x"_s}) << "NAME=VALUE"_ba;
        QTest::newRow("bad value")
            << with({u"-p"_s, u"openai"_s, u"-P"_s, u"temperature=hot"_s, u"x"_s})
            << "temperature"_ba;
        QTest::newRow("bad scale") << with({u"--scale"_s, u"a=1"_s, u"x"_s}) << "ID=VALUE"_ba;
        QTest::newRow("bad header")
            << with({u"--header"_s, u"nonsense"_s, u"x"_s}) << "Name: value"_ba;
        QTest::newRow("unset key")
            << with({u"--key-env"_s, u"LORI_UNSET"_s, u"x"_s}) << "LORI_UNSET"_ba;
        QTest::newRow("bad time") << with({u"--timeout"_s, u"soon"_s, u"x"_s}) << "seconds"_ba;
        QTest::newRow("bad retry") << with({u"--retry"_s, u"often"_s, u"x"_s}) << "number"_ba;
        QTest::newRow("models with a word") << QStringList{u"models"_s, u"-e"_s,
            u"http://127.0.0.1:1"_s, u"x"_s} << "options only"_ba;
        QTest::newRow("sse without URL") << QStringList{u"sse"_s} << "URL"_ba;
        QTest::newRow("sse to no address") << QStringList{u"sse"_s, u"nowhere"_s} << "nowhere"_ba;
        QTest::newRow("sse with two")
            << QStringList{u"sse"_s, u"http://a.b"_s, u"http://c.d"_s} << "more than one"_ba;
        QTest::newRow("sse with no file") << QStringList{u"sse"_s, u"-d"_s, u"@/nonexistent"_s,
            u"http://a.b"_s} << "/nonexistent"_ba;
    }

    void wrongUsageSendsNothing()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, sentence);
        Lori lori(m_home, arguments);
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 2);
        QCOMPARE(lori.out(), ""_ba);
        QVERIFY2(lori.err().contains(sentence), lori.err());
    }

    void helpTeaches_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArrayList>("words");
        QTest::newRow("lori") << QStringList{u"--help"_s}
                              << QByteArrayList{"chat"_ba, "models"_ba, "sse"_ba, "Examples:"_ba};
        for (const char16_t *name : {u"chat", u"models", u"sse"}) {
            const QString command = QString::fromUtf16(name);
            QTest::newRow(qPrintable(command))
                << QStringList{command, u"--help"_s}
                << QByteArrayList{"Usage: lori "_ba + command.toUtf8(), "Options:"_ba,
                       "Exit status:"_ba, "Examples:"_ba, "--key-env VAR"_ba};
        }
        QTest::newRow("help chat") << QStringList{u"help"_s, u"chat"_s}
                                   << QByteArrayList{"Usage: lori chat"_ba, "--events"_ba};
    }

    void helpTeaches()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArrayList, words);
        Lori lori(m_home, arguments);
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 0);
        QCOMPARE(lori.err(), ""_ba);
        const QByteArray text = lori.out();
        for (const QByteArray &word : words) {
            QVERIFY2(text.contains(word), word);
        }
        // What can be broken fits a terminal; only the examples' commands may be longer.
        for (const QString &line : QString::fromUtf8(text).split(u'\n')) {
            QVERIFY2(line.size() <= 80 || line.startsWith(u"      lori "_s), qPrintable(line));
        }
    }

    void theManualSaysWhatTheHelpSays()
    {
        Lori lori(m_home, {u"--man"_s, u"chat"_s});
        QVERIFY(lori.wait());
        const QByteArray page = lori.out();
        QVERIFY(page.contains(".TH LORI-CHAT 1"));
        QVERIFY(page.contains(".SH EXAMPLES"));
        QVERIFY(page.contains("\\-\\-first\\-token\\-timeout SECONDS"));
        QVERIFY(page.contains(".BR lori\\-models (1)"));
    }

    void modelsAreListed()
    {
        m_server->setDefault(Script::reply(200, "application/json"_ba,
            "{\"object\":\"list\",\"data\":[{\"id\":\"alpha\",\"object\":\"model\"},"
            "{\"id\":\"beta\",\"object\":\"model\"}]}"_ba));
        const QStringList arguments{
            u"models"_s, u"-e"_s, m_server->url().toString(), u"-p"_s, u"openai"_s};
        Lori lori(m_home, arguments);
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 0);
        QVERIFY2(lori.out().contains("alpha") && lori.out().contains("beta"), lori.out());

        Lori json(m_home, arguments + QStringList{u"--json"_s});
        QVERIFY(json.wait());
        const QJsonObject object = QJsonDocument::fromJson(json.out()).object();
        QCOMPARE(object[u"models"_s][1][u"id"_s], u"beta"_s);
        QVERIFY(object[u"latency_ns"_s].toInteger() > 0);

        m_server->stopListening();
        m_server->closeConnections();
        Lori refused(m_home, arguments);
        QVERIFY(refused.wait());
        QCOMPARE(refused.process.exitCode(), 4);
    }

    void aStoredEndpointIsFoundByItsName()
    {
        const QString folder = m_home.path() + u"/lorikeet"_s;
        QVERIFY(QDir().mkpath(folder));
        {
            Store store(folder + u"/lorikeet.db"_s);
            auto opened = store.open();
            QTRY_VERIFY_WITH_TIMEOUT(opened.isFinished(), longWait);
            QVERIFY(opened.result().has_value());
            Endpoint endpoint;
            endpoint.id = QUuid::createUuid();
            endpoint.name = u"My Box"_s;
            endpoint.url = m_server->url();
            endpoint.provider = u"openai"_s;
            endpoint.headers = {{"X-Stored"_ba, "yes"_ba}};
            auto saved = store.endpoints().save(endpoint);
            QTRY_VERIFY_WITH_TIMEOUT(saved.isFinished(), longWait);
        }
        m_server->enqueue(eventStream().chunk(piece("a") + done).lastChunk());
        Lori lori(m_home, {u"chat"_s, u"-e"_s, u"my box"_s, u"Hello"_s});
        QVERIFY(lori.wait());
        QCOMPARE(lori.err(), ""_ba);
        QCOMPARE(lori.out(), "a"_ba);
        QCOMPARE(m_server->requests().constFirst().header("x-stored"), "yes"_ba);

        // What a model refuses by its name is kept, and the next request goes right.
        m_server->enqueue(Script::reply(400, "application/json"_ba,
            R"({"error":{"message":"Unsupported.","type":"invalid_request_error",)"
            R"("param":"max_tokens","code":"unsupported_parameter"}})"_ba));
        m_server->enqueue(eventStream().chunk(piece("b") + done).lastChunk());
        const QStringList limited{u"chat"_s, u"-e"_s, u"My Box"_s, u"--header"_s, u"X-Once: 1"_s,
            u"-P"_s, u"max_tokens=7"_s, u"Hello"_s};
        const LoriEnd refused = runLori(m_home, limited);
        QCOMPARE(refused.code, 5);
        QVERIFY2(refused.err.contains("sent as max_completion_tokens"), refused.err);
        QVERIFY(m_server->requests().constLast().body.contains("\"max_tokens\":7"));
        const LoriEnd right = runLori(m_home, limited);
        QCOMPARE(right.code, 0);
        QVERIFY2(right.err.contains("max_tokens was sent as max_completion_tokens"), right.err);
        QVERIFY(m_server->requests().constLast().body.contains("\"max_completion_tokens\":7"));
        QVERIFY(!m_server->requests().constLast().body.contains("\"max_tokens\""));
        m_server->enqueue(eventStream().chunk(piece("c") + done).lastChunk());
        QCOMPARE(runLori(m_home, {u"chat"_s, u"-e"_s, u"My Box"_s, u"Hello"_s}).out, "c"_ba);
        QVERIFY(m_server->requests().constLast().header("x-once").isEmpty());
        QCOMPARE(m_server->requests().constLast().header("x-stored"), "yes"_ba);

        Lori other(m_home, {u"chat"_s, u"-e"_s, u"other"_s, u"Hello"_s});
        QVERIFY(other.wait());
        QCOMPARE(other.process.exitCode(), 2);
        QVERIFY(other.err().contains("My Box"));
    }

    void whatAnAddressSpeaksIsFoundOut()
    {
        Simulator simulator(SimulatorOptions{.dialect = SimulatorDialect::Lorax});
        QVERIFY(simulator.start());
        const QString url = simulator.url().toString();
        Lori lori(m_home,
            {u"chat"_s, u"-e"_s, url, u"-P"_s, u"max_new_tokens=4"_s, u"--events"_s, u"Hello"_s});
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 0);
        const QJsonObject end = jsonLines(lori.out()).constLast();
        QCOMPARE(end[u"choices"_s][0][u"finish"_s], u"length"_s);
        QCOMPARE(end[u"usage"_s][u"completion_tokens"_s], 4);

        Lori models(m_home, {u"models"_s, u"-e"_s, url, u"--json"_s});
        QVERIFY(models.wait());
        const QJsonObject object = QJsonDocument::fromJson(models.out()).object();
        QCOMPARE(object[u"server"_s], u"LoRAX"_s);
        QCOMPARE(object[u"adapter_style"_s], u"free_text"_s);

        m_server->stopListening();
        Lori refused(m_home, {u"chat"_s, u"-e"_s, m_server->url().toString(), u"Hello"_s});
        QVERIFY(refused.wait());
        QCOMPARE(refused.process.exitCode(), 4);
        QCOMPARE(refused.err().count('\n'), 1);
    }

    void anAdapterChangesTheAnswer()
    {
        Simulator simulator(SimulatorOptions{});
        QVERIFY(simulator.start());
        const QString url = simulator.url().toString();
        QByteArrayList answers;
        for (const QString &adapter : {QString(), simulatorAdapters().constFirst()}) {
            QStringList arguments{u"chat"_s, u"-e"_s, url, u"-p"_s, u"lorax"_s, u"Hello"_s};
            if (!adapter.isEmpty()) {
                arguments += {u"--adapter"_s, adapter, u"--adapter-source"_s, u"hub"_s};
            }
            Lori lori(m_home, arguments);
            QVERIFY(lori.wait());
            QVERIFY2(lori.process.exitCode() == 0, lori.err());
            answers.append(lori.out());
        }
        QVERIFY(answers.at(0) != answers.at(1));
    }

    void noGuiLibraryIsLinked()
    {
        QProcess ldd;
        ldd.start(u"ldd"_s, {QStringLiteral(LORIKEET_LORI)});
        QVERIFY(ldd.waitForFinished(longWait));
        const QByteArray libraries = ldd.readAllStandardOutput();
        QVERIFY(libraries.contains("libQt6Core"));
        QVERIFY2(!libraries.contains("libQt6Gui") && !libraries.contains("libQt6Qml"), libraries);
    }
};

QTEST_GUILESS_MAIN(TestLori)
#include "tst_lori.moc"
