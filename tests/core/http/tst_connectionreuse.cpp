// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/curlaccessmanager.h"

#include "exchange.h"
#include "managers.h"
#include "scriptedserver.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

Script answer() { return Script::reply(200, "text/plain"_ba, "x"_ba); }

} // namespace

/// Servers that end a kept connection at awkward moments. No request may fail because of one that
/// was known to be gone, and none may be sent twice.
class TestConnectionReuse final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<CurlAccessManager> m_manager;

    /// Sends a request, and compares what becomes of it and over which connection.
    void ask(int connection, const TransportOptions &options = {})
    {
        const qsizetype before = m_server->requests().size();
        Exchange exchange(*m_manager, postRequest(m_server->url(), "{}"_ba), options);
        QVERIFY(exchange.wait());
        QVERIFY2(!exchange.error, qPrintable(exchange.error ? exchange.error->message : u""_s));
        QCOMPARE(exchange.body, "x"_ba);
        QCOMPARE(m_server->requests().size(), before + 1);
        QCOMPARE(m_server->requests().last().connection, connection);
    }

private Q_SLOTS:

    void initTestCase_data() { addOwnManagerRows(); }

    void init()
    {
        m_server = std::make_unique<ScriptedServer>();
        m_server->setDefault(answer());
        QFETCH_GLOBAL(const QString, manager);
        m_manager = makeOwnManager(manager);
    }

    void cleanup()
    {
        m_manager.reset();
        m_server.reset();
    }

    void aConnectionIsKept()
    {
        for (int i = 0; i < 3; ++i) {
            ask(0);
        }
    }

    void oneClosedWhileIdleIsReplaced_data()
    {
        QTest::addColumn<bool>("withReset");
        QTest::addColumn<bool>("noticed");
        QTest::newRow("closed") << false << true;
        QTest::newRow("reset") << true << true;
        // The event loop has not run since.
        QTest::newRow("closed this moment") << false << false;
        QTest::newRow("reset this moment") << true << false;
    }

    void oneClosedWhileIdleIsReplaced()
    {
        QFETCH(const bool, withReset);
        QFETCH(const bool, noticed);
        ask(0);
        if (withReset) {
            m_server->resetConnections();
        } else {
            m_server->closeConnections();
        }
        if (noticed) {
            QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, 30'000);
            QTest::qWait(0);
        }
        ask(1);
    }

    void oneClosedRightAfterTheAnswerIsReplaced()
    {
        m_server->enqueue(answer().close());
        ask(0);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, 30'000);
        ask(1);
    }

    void oneThatTheServerSaysGoodbyeToIsReplaced()
    {
        m_server->enqueue(
            Script::reply(200, "text/plain"_ba, "x"_ba, {{"Connection"_ba, "close"_ba}}));
        ask(0);
        ask(1);
    }

    /// As llama-server does after a streamed answer, late enough for a next request to be lost.
    void oneThatAServerIsKnownToEndUnsaidIsReplaced()
    {
        const Headers head{
            {"Server"_ba, "llama.cpp"_ba}, {"Keep-Alive"_ba, "timeout=5, max=100"_ba}};
        m_server->enqueue(Script::chunked(200, "text/event-stream"_ba, head)
                .chunk("x"_ba)
                .lastChunk()
                .hold()
                .close());
        ask(0);
        ask(1);
        // Its other answers leave the connection open.
        m_server->enqueue(Script::reply(200, "application/json"_ba, "x"_ba, head));
        ask(1);
        ask(1);
    }

    /// Some servers say that they waited too long, before they close. It answers no request.
    void whatComesUnaskedIsNoAnswer()
    {
        m_server->enqueue(answer().hold().send(
            "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"_ba));
        ask(0);
        m_server->release();
        ask(1);
    }

    void ofSeveralOnlyTheDeadAreReplaced()
    {
        m_server->enqueue(Script().hold().send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"_ba));
        m_server->enqueue(
            Script().hold().send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"_ba).close());
        Exchange first(*m_manager, postRequest(m_server->url(), "{}"_ba));
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 1, 30'000);
        Exchange second(*m_manager, postRequest(m_server->url(), "{}"_ba));
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 2, 30'000);
        m_server->release();
        QVERIFY(first.wait());
        QVERIFY(second.wait());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 1, 30'000);
        ask(0);
        ask(0);
    }

    /// A server may be about to close what has been idle for long.
    void oneIdleForTooLongIsReplaced()
    {
        const TransportOptions options{.reuseWithin = 1s};
        ask(0, options);
        ask(0, options);
        QTest::qWait(2100ms); // the longer it takes, the surer
        ask(1, options);
    }

    /// The one case that is left: it is closed while the request is on its way.
    void oneClosedInsteadOfAnAnswerFailsAndSendsNothingTwice()
    {
        ask(0);
        m_server->enqueue(Script().close());
        Exchange exchange(*m_manager, postRequest(m_server->url(), "{}"_ba));
        QVERIFY(exchange.wait());
        QVERIFY(exchange.error);
        QCOMPARE(exchange.error->kind, ApiError::Kind::Unreachable);
        QVERIFY(exchange.error->message.contains(u"not sent again"_s));
        QCOMPARE(m_server->requests().size(), 2);
        ask(1);
    }
};

QTEST_GUILESS_MAIN(TestConnectionReuse)
#include "tst_connectionreuse.moc"
