// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "scriptedserver.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

class TestScriptedServer final : public QObject
{
    Q_OBJECT

    static void open(QTcpSocket &socket, const ScriptedServer &server)
    {
        socket.connectToHost(u"127.0.0.1"_s, server.port());
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    }

private Q_SLOTS:

    void aRequestIsReadWholeBeforeItIsAnswered()
    {
        ScriptedServer server;
        server.enqueue(Script::reply(200, "text/plain"_ba, "hi"_ba));
        QTcpSocket socket;
        open(socket, server);
        socket.write("POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel");
        socket.flush();
        QTest::qWait(0);
        QVERIFY(server.requests().isEmpty());
        socket.write("lo");
        QTRY_COMPARE(server.requests().size(), 1);
        const ScriptedServer::Request &request = server.requests().constFirst();
        QCOMPARE(request.verb, "POST"_ba);
        QCOMPARE(request.target, "/a?b=c"_ba);
        QCOMPARE(request.header("HOST"), "x"_ba);
        QCOMPARE(request.body, "hello"_ba);
        QTRY_VERIFY(socket.bytesAvailable() > 0 && socket.peek(1000).endsWith("\r\n\r\nhi"));
    }

    void aChunkedRequestIsRead()
    {
        ScriptedServer server;
        QTcpSocket socket;
        open(socket, server);
        socket.write("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1");
        socket.flush();
        QTest::qWait(0);
        socket.write("0\r\n0123456789abcdef\r\n0\r\n\r\n");
        QTRY_COMPARE(server.requests().size(), 1);
        QCOMPARE(server.requests().constFirst().body, "abc0123456789abcdef"_ba);
    }

    void aConnectionServesRequestsInOrderAlsoWhenTheyComeTogether()
    {
        ScriptedServer server;
        server.enqueue(Script().send("one "_ba).hold().send("two "_ba));
        server.enqueue(Script().send("three"_ba).close());
        QTcpSocket socket;
        open(socket, server);
        socket.write("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
        QTRY_COMPARE(server.heldConnections(), 1);
        QCOMPARE(server.requests().size(), 1);
        server.release();
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(socket.readAll(), "one two three"_ba);
        QCOMPARE(server.requests().size(), 2);
        QCOMPARE(server.requests().at(1).connection, 0);
        QCOMPARE(server.openConnections(), 0);
    }

    void aResetIsSeenAsOne()
    {
        ScriptedServer server;
        server.enqueue(Script().send("part"_ba).hold().reset());
        QTcpSocket socket;
        open(socket, server);
        socket.write("GET / HTTP/1.1\r\n\r\n");
        QTRY_COMPARE(socket.bytesAvailable(), 4);
        QSignalSpy ended(&server, &ScriptedServer::connectionEnded);
        server.release();
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(socket.error(), QAbstractSocket::RemoteHostClosedError);
        QCOMPARE(ended.size(), 1);
    }

    void aPausedConnectionMayEnd()
    {
        ScriptedServer server;
        server.enqueue(Script().sendPieces({"a"_ba, "b"_ba, "c"_ba}).pause(std::chrono::hours(1)));
        QTcpSocket socket;
        open(socket, server);
        socket.write("GET / HTTP/1.1\r\n\r\n");
        QTRY_COMPARE(socket.bytesAvailable(), 3);
        socket.abort();
        QTRY_COMPARE(server.openConnections(), 0);
    }
};

QTEST_GUILESS_MAIN(TestScriptedServer)
#include "tst_scriptedserver.moc"
