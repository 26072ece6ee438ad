// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "scriptedserver.h"
#include "simulator/simulator.h"
#include "store/store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 60'000;

QByteArray piece(const QByteArray &text)
{
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""_ba + text + "\"}}]}\n\n"_ba;
}

const QByteArray done
    = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\n"
      "data: [DONE]\n\n"_ba;

Script eventStream() { return Script::chunked(200, "text/event-stream"_ba); }

QList<QJsonObject> jsonLines(const QByteArray &text)
{
    QList<QJsonObject> objects;
    for (const QByteArray &line : text.split('\n')) {
        if (!line.isEmpty()) {
            objects.append(QJsonDocument::fromJson(line).object());
        }
    }
    return objects;
}

} // namespace

/// The program as a person or a script runs it.
class TestLori final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ScriptedServer> m_server;
    QTemporaryDir m_home;

    /// lori at work. Everything it says is read as it comes.
    class Lori final
    {
    public:
        Lori(const QTemporaryDir &home, const QStringList &arguments,
            const QByteArray &input = QByteArray(), bool closeInput = true)
        {
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(u"XDG_DATA_HOME"_s, home.path());
            environment.insert(u"LORI_TEST_KEY"_s, u"canary-0123456789"_s);
            process.setProcessEnvironment(environment);
            process.start(QStringLiteral(LORIKEET_LORI), arguments);
            process.write(input);
            if (closeInput) {
                process.closeWriteChannel();
            }
        }

        [[nodiscard]] bool wait()
        {
            return QTest::qWaitFor(
                [this] { return process.state() == QProcess::NotRunning; }, longWait);
        }

        [[nodiscard]] QByteArray out()
        {
            m_out += process.readAllStandardOutput();
            return m_out;
        }

        [[nodiscard]] QByteArray err()
        {
            m_err += process.readAllStandardError();
            return m_err;
        }

        QProcess process;

    private:
        QByteArray m_out;
        QByteArray m_err;
    };

    [[nodiscard]] QStringList chat(const QStringList &more) const
    {
        return QStringList{u"chat"_s, u"-e"_s, m_server->url().toString(), u"-p"_s, u"openai"_s}
        + more;
    }

    [[nodiscard]] QJsonObject sentBody() const
    {
        return QJsonDocument::fromJson(m_server->requests().constLast().body).object();
    }

private Q_SLOTS:

    void init() { m_server = std::make_unique<ScriptedServer>(); }

    void cleanup() { m_server.reset(); }

    void textComesAsItStreams()
    {
        m_server->enqueue(
            eventStream().chunk(piece("Hel")).hold().chunk(piece("lo\xc3\xa4") + done).lastChunk());
        Lori lori(m_home, chat({u"Hi there"_s}));
        QTRY_COMPARE_WITH_TIMEOUT(lori.out(), "Hel"_ba, longWait);
        m_server->release();
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(lori.process.exitCode(), 0);
        QCOMPARE(lori.out(), "Helloä"_ba);
        QCOMPARE(lori.err(), ""_ba);
        const QJsonArray messages = sentBody()[u"messages"_s].toArray();
        QCOMPARE(messages.size(), 1);
        QCOMPARE(messages.at(0)[u"content"_s].toString(), u"Hi there"_s);
    }

    void optionsBecomeTheRequest()
    {
        m_server->enqueue(Script::reply(200, "application/json"_ba,
            "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"ok\"},"
            "\"finish_reason\":\"stop\"}]}"_ba));
        Lori lori(m_home,
            chat({u"--model"_s, u"m1"_s, u"--system"_s, u"Be brief."_s, u"--param"_s,
                u"temperature=0.5"_s, u"-P"_s, u"max_tokens=7"_s, u"-P"_s, u"odd={\"a\":[1]}"_s,
                u"-P"_s, u"word=plain text"_s, u"--scale"_s, u"0=0.5"_s, u"--scale"_s, u"1=1"_s,
                u"--header"_s, u"X-Team: green"_s, u"--key-env"_s, u"LORI_TEST_KEY"_s,
                u"--no-stream"_s, u"Hello"_s}));
        QVERIFY(lori.wait());
        QCOMPARE(lori.err(), ""_ba);
        QCOMPARE(lori.out(), "ok"_ba);
        const QJsonObject body = sentBody();
        QCOMPARE(body[u"model"_s], u"m1"_s);
        QCOMPARE(body[u"stream"_s], false);
        QCOMPARE(body[u"temperature"_s], 0.5);
        QCOMPARE(body[u"max_tokens"_s], 7);
        QCOMPARE(body[u"odd"_s][u"a"_s][0], 1);
        QCOMPARE(body[u"word"_s], u"plain text"_s);
        QCOMPARE(body[u"lora"_s][1][u"id"_s], 1);
        QCOMPARE(body[u"messages"_s][0][u"role"_s], u"system"_s);
        const ScriptedServer::Request request = m_server->requests().constLast();
        QCOMPARE(request.header("x-team"), "green"_ba);
        QCOMPARE(request.header("authorization"), "Bearer canary-0123456789"_ba);
    }

    void thePromptMayComeFromStdin_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("-") << QStringList{u"-"_s};
        QTest::newRow("none") << QStringList();
    }

    void thePromptMayComeFromStdin()
    {
        QFETCH(const QStringList, arguments);
        m_server->enqueue(eventStream().chunk(piece("a") + done).lastChunk());
        Lori lori(m_home, chat(arguments), "line 1\nline 2 \xf0\x9f\xa6\x9c\n"_ba);
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 0);
        QCOMPARE(sentBody()[u"messages"_s][0][u"content"_s].toString(),
            u"line 1\nline 2 \U0001F99C\n"_s);
    }

    void eventsAreLinesOfJson()
    {
        m_server->enqueue(eventStream()
                .chunk(piece("a"))
                .pause(20ms)
                .chunk(piece("b"))
                .pause(20ms)
                .chunk(done)
                .lastChunk());
        Lori lori(m_home, chat({u"--events"_s, u"Hello"_s}));
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 0);
        const QList<QJsonObject> lines = jsonLines(lori.out());
        QCOMPARE_GE(lines.size(), 4);
        qint64 last = 0;
        QString text;
        for (const QJsonObject &line : lines) {
            QVERIFY(line.contains(u"t_ns"_s));
            QCOMPARE_GE(line[u"t_ns"_s].toInteger(), last);
            last = line[u"t_ns"_s].toInteger();
            text += line[u"text"_s].toString();
        }
        QCOMPARE(text, u"ab"_s);
        const QJsonObject end = lines.constLast();
        QCOMPARE(end[u"type"_s], u"end"_s);
        QCOMPARE(end[u"usage"_s][u"completion_tokens"_s], 2);
        QCOMPARE(end[u"choices"_s][0][u"finish"_s], u"stop"_s);
        QVERIFY(end[u"timing"_s][u"sent_ns"_s].toInteger() > 0);
        // One origin for all of them.
        for (const QJsonObject &line : lines) {
            if (line[u"type"_s] == u"text"_s) {
                QCOMPARE(line[u"t_ns"_s], end[u"metrics"_s][u"ttft_ns"_s]);
                break;
            }
        }
        QVERIFY(!end.contains(u"error"_s));
    }

    void failuresHaveTheirExitCodeAndOneSentence_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("out");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("refused") << u"refused"_s << 4 << ""_ba << "connection refused"_ba;
        QTest::newRow("first token") << u"first token"_s << 4 << ""_ba << "no token within"_ba;
        QTest::newRow("idle") << u"idle"_s << 4 << "kept"_ba << "fell silent"_ba;
        QTest::newRow("total") << u"total"_s << 4 << "kept"_ba << "allowed in all"_ba;
        QTest::newRow("401") << u"401"_s << 5 << ""_ba << "did not accept the key"_ba;
        QTest::newRow("500") << u"500"_s << 5 << ""_ba << "failed"_ba;
        QTest::newRow("page") << u"page"_s << 5 << ""_ba << "text/html"_ba;
        QTest::newRow("error event") << u"error event"_s << 5 << "kept"_ba << "boom"_ba;
        QTest::newRow("truncated") << u"truncated"_s << 6 << "kept"_ba << "end"_ba;
    }

    void failuresHaveTheirExitCodeAndOneSentence()
    {
        QFETCH(const QString, name);
        QFETCH(const int, exitCode);
        QFETCH(const QByteArray, out);
        QFETCH(const QByteArray, sentence);
        QStringList options;
        Script script = eventStream().chunk(piece("kept"));
        if (name == u"refused"_s) {
            m_server->stopListening();
        } else if (name == u"first token"_s) {
            script = Script().hold();
            options = {u"--first-token-timeout"_s, u"0.3"_s};
        } else if (name == u"idle"_s) {
            script.hold();
            options = {u"--idle-timeout"_s, u"0.3"_s};
        } else if (name == u"total"_s) {
            script.hold();
            options = {u"--timeout"_s, u"0.5"_s};
        } else if (name == u"401"_s) {
            script = Script::reply(401, "application/json"_ba,
                "{\"error\":{\"message\":\"Bad key canary-0123456789\"}}"_ba);
            options = {u"--key-env"_s, u"LORI_TEST_KEY"_s};
        } else if (name == u"500"_s) {
            script = Script::reply(500, "text/plain"_ba, "boom"_ba);
        } else if (name == u"page"_s) {
            script = Script::reply(200, "text/html"_ba, "<html>"_ba);
        } else if (name == u"error event"_s) {
            script.chunk("data: {\"error\":{\"message\":\"boom\"}}\n\n"_ba).lastChunk();
        } else {
            script.close();
        }
        m_server->enqueue(script);
        Lori lori(m_home, chat(options + QStringList{u"Hello"_s}));
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), exitCode);
        QCOMPARE(lori.out(), out);
        QVERIFY2(lori.err().contains(sentence), lori.err());
        QVERIFY2(lori.err().startsWith("lori: "), lori.err());
        QCOMPARE(lori.err().count('\n'), 1);
        QVERIFY(!lori.err().contains("canary"));
    }

    void wrongUsageSendsNothing_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("sentence");
        const QStringList chat{u"chat"_s, u"-e"_s, u"http://127.0.0.1:1"_s};
        const auto with = [&chat](const QStringList &more) { return chat + more; };
        QTest::newRow("nothing") << QStringList() << "no command"_ba;
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

    void anInterruptKeepsTheText_data()
    {
        QTest::addColumn<bool>("events");
        QTest::newRow("text") << false;
        QTest::newRow("events") << true;
    }

    void anInterruptKeepsTheText()
    {
        QFETCH(const bool, events);
        m_server->enqueue(eventStream().chunk(piece("kept")).hold());
        Lori lori(m_home,
            chat(events ? QStringList{u"--events"_s, u"Hello"_s} : QStringList{u"Hello"_s}));
        QTRY_VERIFY_WITH_TIMEOUT(lori.out().contains("kept"), longWait);
        ::kill(pid_t(lori.process.processId()), SIGINT);
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(lori.process.exitCode(), 130);
        QCOMPARE(lori.err(), "lori: Interrupted; the answer is not complete.\n"_ba);
        if (events) {
            QCOMPARE(jsonLines(lori.out()).constLast()[u"error"_s][u"kind"_s], u"cancelled"_s);
        } else {
            QCOMPARE(lori.out(), "kept"_ba);
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
    }

    void anInterruptBeforeTheAnswer()
    {
        m_server->enqueue(Script().hold());
        Lori lori(m_home, chat({u"Hello"_s}));
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 1, longWait);
        ::kill(pid_t(lori.process.processId()), SIGINT);
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 130);
    }

    void aClosedPipeEndsQuietly()
    {
        m_server->setDefault(eventStream()
                .chunk(piece("one\\n"))
                .hold()
                .chunk(piece("two\\n"))
                .pause(50ms)
                .chunk(piece("three\\n"))
                .hold());
        QProcess shell;
        const QStringList pipeline{u"-c"_s, u"set -o pipefail; \"$0\" \"$@\" | head -n 1"_s,
            QStringLiteral(LORIKEET_LORI)};
        shell.start(u"bash"_s, pipeline + chat({u"Hello"_s}));
        shell.closeWriteChannel();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 1, longWait);
        m_server->release();
        QVERIFY(
            QTest::qWaitFor([&shell] { return shell.state() == QProcess::NotRunning; }, longWait));
        QCOMPARE(shell.readAllStandardOutput(), "one\n"_ba);
        QCOMPARE(shell.readAllStandardError(), ""_ba);
        QCOMPARE(shell.exitCode(), 0);
    }

    void anOutputThatCannotBeWrittenIsAFailure()
    {
        m_server->enqueue(eventStream().chunk(piece("a") + done).lastChunk());
        QProcess shell;
        const QStringList redirected{
            u"-c"_s, u"\"$0\" \"$@\" >/dev/full"_s, QStringLiteral(LORIKEET_LORI)};
        shell.start(u"bash"_s, redirected + chat({u"Hello"_s}));
        shell.closeWriteChannel();
        QVERIFY(
            QTest::qWaitFor([&shell] { return shell.state() == QProcess::NotRunning; }, longWait));
        QCOMPARE(shell.exitCode(), 1);
        QCOMPARE(shell.readAllStandardError().count('\n'), 1);
    }

    void reasoningGoesToStderrWhereAsked()
    {
        const QByteArray thought
            = "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"hm\"}}]}\n\n"_ba;
        m_server->setDefault(eventStream().chunk(thought + piece("a") + done).lastChunk());
        Lori without(m_home, chat({u"Hello"_s}));
        QVERIFY(without.wait());
        QCOMPARE(without.err(), ""_ba);
        Lori with(m_home, chat({u"--reasoning"_s, u"--stats"_s, u"Hello"_s}));
        QVERIFY(with.wait());
        QCOMPARE(with.out(), "a"_ba);
        QVERIFY2(with.err().startsWith("hm\nlori: TTFT "), with.err());
    }

    void retriesAreSaidAndCounted()
    {
        m_server->enqueue(
            Script::reply(503, "text/plain"_ba, "loading"_ba, {{"Retry-After"_ba, "0.1"_ba}}));
        m_server->enqueue(eventStream().chunk(piece("a") + done).lastChunk());
        Lori lori(m_home, chat({u"--retry"_s, u"2"_s, u"Hello"_s}));
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 0);
        QCOMPARE(lori.out(), "a"_ba);
        QVERIFY(lori.err().contains("Trying again in 0.1 s (1 of 2)"));

        m_server->setDefault(Script::reply(503, "text/plain"_ba, "loading"_ba));
        Lori once(m_home, chat({u"Hello"_s}));
        QVERIFY(once.wait());
        QCOMPARE(once.process.exitCode(), 5);
        QCOMPARE(m_server->requests().size(), 3);
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

    void anEventStreamBecomesLines()
    {
        m_server->enqueue(eventStream()
                .chunk(": hi\n\nid: 7\nevent: x\ndata: a\ndata: b\n\nda"_ba)
                .hold()
                .chunk("ta: c\n\ndata: never ended\n"_ba)
                .lastChunk());
        Lori lori(m_home,
            {u"sse"_s, u"--data"_s, u"{\"q\":1}"_s, u"--header"_s, u"X-A: b"_s, u"--key-env"_s,
                u"LORI_TEST_KEY"_s, m_server->url(u"/events"_s).toString()});
        QTRY_COMPARE_WITH_TIMEOUT(jsonLines(lori.out()).size(), 1, longWait);
        m_server->release();
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 0);
        const QList<QJsonObject> lines = jsonLines(lori.out());
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines.at(0)[u"type"_s], u"x"_s);
        QCOMPARE(lines.at(0)[u"data"_s], u"a\nb"_s);
        QCOMPARE(lines.at(0)[u"lastEventId"_s], u"7"_s);
        QCOMPARE(lines.at(1)[u"type"_s], u"message"_s);
        QCOMPARE(lines.at(1)[u"lastEventId"_s], u"7"_s);
        QVERIFY(lines.at(0)[u"t_ns"_s].toInteger() > 0);
        QCOMPARE_GE(lines.at(1)[u"t_ns"_s].toInteger(), lines.at(0)[u"t_ns"_s].toInteger());
        const ScriptedServer::Request request = m_server->requests().constFirst();
        QCOMPARE(request.verb, "POST"_ba);
        QCOMPARE(request.target, "/events"_ba);
        QCOMPARE(request.body, "{\"q\":1}"_ba);
        QCOMPARE(request.header("content-type"), "application/json"_ba);
        QCOMPARE(request.header("accept"), "text/event-stream"_ba);
        QCOMPARE(request.header("authorization"), "Bearer canary-0123456789"_ba);
    }

    void eventStreamsFailToo_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("refused") << u"refused"_s << 4;
        QTest::newRow("idle") << u"idle"_s << 4;
        QTest::newRow("404") << u"404"_s << 5;
        QTest::newRow("a page") << u"page"_s << 5;
        QTest::newRow("cut off") << u"cut"_s << 6;
        QTest::newRow("interrupted") << u"interrupted"_s << 130;
    }

    void eventStreamsFailToo()
    {
        QFETCH(const QString, name);
        QFETCH(const int, exitCode);
        Script script = eventStream().chunk("data: a\n\n"_ba);
        QStringList arguments{u"sse"_s, m_server->url().toString()};
        if (name == u"refused"_s) {
            m_server->stopListening();
        } else if (name == u"idle"_s) {
            script.hold();
            arguments += {u"--idle-timeout"_s, u"0.3"_s};
        } else if (name == u"404"_s) {
            script = Script::reply(404, "text/plain"_ba, "nothing here"_ba);
        } else if (name == u"page"_s) {
            script = Script::reply(200, "text/html"_ba, "<html>"_ba.repeated(20'000));
        } else if (name == u"cut"_s) {
            script.close();
        } else {
            script.hold();
        }
        m_server->enqueue(script);
        Lori lori(m_home, arguments);
        if (name == u"interrupted"_s) {
            QTRY_VERIFY_WITH_TIMEOUT(!lori.out().isEmpty(), longWait);
            ::kill(pid_t(lori.process.processId()), SIGINT);
        }
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), exitCode);
        QCOMPARE(lori.err().count('\n'), 1);
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
