// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lorirun.h"
#include "scriptedserver.h"

#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// `lori sse` as a person or a script runs it.
class TestLoriSse final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ScriptedServer> m_server;
    QTemporaryDir m_home;

private Q_SLOTS:

    void init() { m_server = std::make_unique<ScriptedServer>(); }

    void cleanup() { m_server.reset(); }

    void anEventStreamBecomesLines()
    {
        m_server->enqueue(eventStream()
                .chunk(": hi\n\nid: 7\nevent: x\ndata: a\ndata: b\n\nda"_ba)
                .hold()
                .chunk("ta: c\n\ndata: never ended\n"_ba)
                .lastChunk());
        Lori lori(m_home,
            {u"sse"_s, u"--data"_s, u"{\"q\":1}"_s, u"--header"_s, u"X-A: b"_s, u"--header"_s,
                u"X-B: <${LORI_TEST_KEY}>"_s, u"--key-env"_s, u"LORI_TEST_KEY"_s,
                m_server->url(u"/events"_s).toString()});
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
        QCOMPARE(request.header("x-b"), "<canary-0123456789>"_ba);
        QCOMPARE(request.header("authorization"), "Bearer canary-0123456789"_ba);
    }

    /// Any server's pieces, wherever they lie, without a dialect for it.
    void piecesAreJoined_data()
    {
        QTest::addColumn<QByteArray>("events");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("text");
        // Apostrophes stand for quotation marks, bars for the ends of events.
        QTest::newRow("one level") << "data: {'chunk': 'Gr\\u00fc'}|data:{'chunk':''}|"
                                      "data: {'chunk': '0'}"_ba
                                   << u"chunk"_s << "Gr\xc3\xbc\x30"_ba;
        QTest::newRow("deeper")
            << "data: {'choices':[]}|data: {'choices':[{'delta':{'content':'a\\nb'}}]}"_ba
            << u"choices.0.delta.content"_s << "a\nb"_ba;
        QTest::newRow("no text")
            << "data: {'n':1}|data: {'n':null}|data: {'n':[2]}|data: {'m':3}"_ba << u"n"_s
            << "1[2]"_ba;
        QTest::newRow("no JSON") << ": x|data: [DONE]|data: {'chunk|data: 7|data: {'chunk':'a'}"_ba
                                 << u"chunk"_s << "a"_ba;
    }

    void piecesAreJoined()
    {
        QFETCH(QByteArray, events);
        QFETCH(const QString, path);
        QFETCH(const QByteArray, text);
        m_server->enqueue(eventStream()
                .chunk(events.replace('|', "\n\n").replace('\'', '"') + "\n\n")
                .lastChunk());
        Lori lori(m_home, {u"sse"_s, u"--text"_s, path, m_server->url().toString()});
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 0);
        QCOMPARE(lori.out(), text);
    }

    /// What came before a stream broke is printed, and the exit code tells.
    void piecesOfABrokenStreamAreKept()
    {
        m_server->enqueue(eventStream().chunk("data: {\"chunk\":\"half\"}\n\n"_ba).close());
        Lori lori(m_home, {u"sse"_s, u"--text"_s, u"chunk"_s, m_server->url().toString()});
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 6);
        QCOMPARE(lori.out(), "half"_ba);
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
};

QTEST_GUILESS_MAIN(TestLoriSse)
#include "tst_lorisse.moc"
