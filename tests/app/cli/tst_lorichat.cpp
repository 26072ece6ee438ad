// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lorirun.h"
#include "scriptedserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// `lori chat` as a person or a script runs it.
class TestLoriChat final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ScriptedServer> m_server;
    QTemporaryDir m_home;

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

    /// What a server makes of a request that is not what it seems stands beside the answer.
    void notesAreSaidBesideTheAnswer()
    {
        m_server->enqueue(Script::chunked(200, "text/event-stream"_ba)
                .chunk("data: {\"chunk\": \"Hi\"}\n\n"_ba)
                .lastChunk());
        Lori lori(m_home,
            {u"chat"_s, u"-e"_s, m_server->url().toString(), u"-p"_s, u"langformers"_s,
                u"Hello"_s});
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 0);
        QCOMPARE(lori.out(), "Hi"_ba);
        QVERIFY2(lori.err().contains("remembers what it was asked before"), lori.err());
        // Without an answer there is nothing to note.
        m_server->enqueue(Script::reply(401, "application/json"_ba, R"({"detail":"No"})"_ba));
        Lori refused(m_home,
            {u"chat"_s, u"-e"_s, m_server->url().toString(), u"-p"_s, u"langformers"_s,
                u"Hello"_s});
        QVERIFY(refused.wait());
        QVERIFY2(!refused.err().contains("remembers"), refused.err());
    }

    /// And it is asked once.
    void aRemedyIsProposedAndNotTried()
    {
        m_server->enqueue(Script::reply(400, "application/json"_ba,
            R"({"error":{"message":"Unsupported.","type":"invalid_request_error",)"
            R"("param":"max_tokens","code":"unsupported_parameter"}})"_ba));
        Lori lori(m_home, chat({u"-P"_s, u"max_tokens=7"_s, u"Hello"_s}));
        QVERIFY(lori.wait());
        QVERIFY(lori.process.exitCode() != 0);
        QVERIFY2(lori.err().contains("try again with max_completion_tokens instead"), lori.err());
        QCOMPARE(m_server->requests().size(), 1);
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

    void anUnknownParameterIsSaidAndSent_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("proposed");
        QTest::newRow("known") << u"temperature"_s << ""_ba;
        QTest::newRow("letter left out") << u"temprature"_s << "temperature"_ba;
        QTest::newRow("letters swapped") << u"tepmerature"_s << "temperature"_ba;
        QTest::newRow("case") << u"TOP_P"_s << "top_p"_ba;
        QTest::newRow("nothing near") << u"frobnication"_s << ""_ba;
        QTest::newRow("endless") << u"x"_s.repeated(5000) << ""_ba;
    }

    void anUnknownParameterIsSaidAndSent()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, proposed);
        m_server->enqueue(eventStream().chunk(piece("a") + done).lastChunk());
        Lori lori(m_home, chat({u"-P"_s, name + u"=0.5"_s, u"Hello"_s}));
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 0);
        QCOMPARE(lori.out(), "a"_ba);
        QCOMPARE(sentBody()[name], 0.5);
        if (name == u"temperature"_s) {
            QCOMPARE(lori.err(), ""_ba);
            return;
        }
        QCOMPARE(lori.err().count('\n'), 1);
        QVERIFY2(lori.err().contains(name.toUtf8()), lori.err());
        QCOMPARE(lori.err().contains("meant?"), !proposed.isEmpty());
        QVERIFY2(lori.err().contains(proposed), lori.err());
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
        const QJsonObject &end = lines.constLast();
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

    void theWholeLimitHoldsForFindingOutToo()
    {
        m_server->setDefault(Script().hold());
        Lori lori(m_home,
            {u"chat"_s, u"-e"_s, m_server->url().toString(), u"--timeout"_s, u"0.5"_s, u"Hi"_s});
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 4);
        QVERIFY2(lori.err().contains("within the 0.5 s allowed in all"), lori.err());
        QCOMPARE(lori.err().count('\n'), 1);
    }

    void theWholeLimitHoldsForTryingAgainToo()
    {
        m_server->setDefault(
            Script::reply(503, "text/plain"_ba, "loading"_ba, {{"Retry-After"_ba, "0.1"_ba}}));
        Lori lori(m_home, chat({u"--retry"_s, u"1000000"_s, u"--timeout"_s, u"0.7"_s, u"Hello"_s}));
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 4);
        QVERIFY2(lori.err().contains("Trying again"), lori.err());
        QVERIFY2(lori.err().endsWith("it was stopped there.\n"), lori.err());
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
        QVERIFY(lori.err().contains("Trying again in 0.1 s: try 2 of 3."));

        m_server->setDefault(Script::reply(503, "text/plain"_ba, "loading"_ba));
        Lori once(m_home, chat({u"Hello"_s}));
        QVERIFY(once.wait());
        QCOMPARE(once.process.exitCode(), 5);
        QCOMPARE(m_server->requests().size(), 3);
    }
};

QTEST_GUILESS_MAIN(TestLoriChat)
#include "tst_lorichat.moc"
