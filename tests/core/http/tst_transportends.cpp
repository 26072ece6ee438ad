// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/transport.h"

#include "exchange.h"
#include "managers.h"
#include "scriptedserver.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// How exchanges end that do not end well, the same over all managers.
class TestTransportEnds final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QNetworkAccessManager> m_manager;

private Q_SLOTS:

    void init()
    {
        QFETCH_GLOBAL(const QString, manager);
        m_manager = makeManager(manager);
    }

    void cleanup() { m_manager.reset(); }

    void initTestCase_data()
    {
        addManagerRows();
        QTest::newRow("curl with notifiers") << u"notifiers"_s;
        QTest::newRow("direct with notifiers") << u"direct notifiers"_s;
    }

    void aBodyThatBreaksOffIsTruncated_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("chunked") << "Transfer-Encoding: chunked\r\n\r\n7\r\ndata: a\r\n"_ba;
        QTest::newRow("in a chunk") << "Transfer-Encoding: chunked\r\n\r\n70\r\ndata: a"_ba;
        QTest::newRow("content length") << "Content-Length: 100\r\n\r\ndata: a"_ba;
    }

    void aBodyThatBreaksOffIsTruncated()
    {
        QFETCH(const QByteArray, head);
        ScriptedServer server;
        server.enqueue(Script().send("HTTP/1.1 200 OK\r\n"_ba + head).hold().close());
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba));
        QTRY_COMPARE_WITH_TIMEOUT(exchange.body, "data: a"_ba, 30'000);
        server.release();
        QVERIFY(exchange.wait());
        QVERIFY(exchange.error);
        QCOMPARE(exchange.error->kind, ApiError::Kind::Truncated);
        QCOMPARE(exchange.body, "data: a"_ba);
        QCOMPARE(exchange.head.status, 200);
        QCOMPARE(
            exchange.signalOrder, (QStringList{u"head"_s, u"data"_s, u"error"_s, u"finished"_s}));
    }

    void aResetWithinTheBodyIsTruncated()
    {
        ScriptedServer server;
        server.enqueue(
            Script::chunked(200, "text/event-stream"_ba).chunk("data: a"_ba).hold().reset());
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba));
        QTRY_COMPARE_WITH_TIMEOUT(exchange.body, "data: a"_ba, 30'000);
        server.release();
        QVERIFY(exchange.wait());
        QCOMPARE(exchange.error->kind, ApiError::Kind::Truncated);
    }

    void aBodyWithoutLengthEndsWithItsConnection()
    {
        ScriptedServer server;
        server.enqueue(Script::untilClose(200, "text/plain"_ba).send("all of it"_ba).close());
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba));
        QVERIFY(exchange.wait());
        QVERIFY(!exchange.error);
        QCOMPARE(exchange.body, "all of it"_ba);
    }

    void aConnectionClosedInsteadOfAnAnswerIsNoSecondRequest_data()
    {
        QTest::addColumn<bool>("warm");
        QTest::addColumn<bool>("withReset");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("first request") << false << false << "{}"_ba;
        QTest::newRow("first request, reset") << false << true << "{}"_ba;
        QTest::newRow("kept alive") << true << false << "{}"_ba;
        QTest::newRow("kept alive, reset") << true << true << "{}"_ba;
        QTest::newRow("kept alive, no body") << true << false << QByteArray();
        QTest::newRow("kept alive, large body") << true << false << QByteArray(300'000, 'x');
    }

    void aConnectionClosedInsteadOfAnAnswerIsNoSecondRequest()
    {
        QFETCH(const bool, warm);
        QFETCH(const bool, withReset);
        QFETCH(const QByteArray, body);
        ScriptedServer server;
        server.setDefault(Script::reply(200, "text/plain"_ba, "x"_ba));
        if (warm) {
            Exchange first(*m_manager, postRequest(server.url(), "{}"_ba));
            QVERIFY(first.wait());
            QVERIFY(!first.error);
        }
        const qsizetype before = server.requests().size();
        server.enqueue(withReset ? Script().reset() : Script().close());
        Exchange exchange(*m_manager, postRequest(server.url(), body));
        QVERIFY(exchange.wait());
        QVERIFY(exchange.error);
        QCOMPARE(exchange.error->kind, ApiError::Kind::Unreachable);
        QVERIFY(exchange.error->message.contains(u"not sent again"_s));
        QCOMPARE(server.requests().size(), before + 1);
        QCOMPARE(exchange.signalOrder, (QStringList{u"error"_s, u"finished"_s}));
    }

    void aRefusedConnectionSaysWhere()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const QString place = u"127.0.0.1:%1"_s.arg(closed.serverPort());
        closed.close();
        Exchange exchange(*m_manager, postRequest(QUrl(u"http://%1/v1"_s.arg(place)), "{}"_ba));
        QVERIFY(exchange.signalOrder.isEmpty());
        QVERIFY(exchange.wait());
        QCOMPARE(exchange.error->kind, ApiError::Kind::Refused);
        QVERIFY2(exchange.error->message.contains(place), qPrintable(exchange.error->message));
        QCOMPARE(exchange.head.status, 0);
        QCOMPARE(exchange.signalOrder, (QStringList{u"error"_s, u"finished"_s}));
    }

    /// Of a name's addresses not all have to be served.
    void aNameIsTriedAtEachOfItsAddresses_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("localhost") << u"localhost"_s;
        QTest::newRow("below it") << u"models.localhost"_s;
    }

    void aNameIsTriedAtEachOfItsAddresses()
    {
        QFETCH_GLOBAL(const QString, manager);
        QFETCH(const QString, name);
        if (manager == "qt"_L1 && name != "localhost"_L1) {
            QSKIP("Qt's own manager asks the system, which may not know it");
        }
        ScriptedServer server; // at 127.0.0.1 alone
        server.setDefault(Script::reply(200, "text/plain"_ba, "x"_ba));
        QUrl url = server.url();
        url.setHost(name);
        Exchange exchange(*m_manager, postRequest(url, "{}"_ba));
        QVERIFY(exchange.wait());
        QVERIFY2(!exchange.error, qPrintable(exchange.error ? exchange.error->message : u""_s));
        QCOMPARE(exchange.body, "x"_ba);
        QCOMPARE(server.requests().first().header("host"),
            name.toLatin1() + ':' + QByteArray::number(server.port()));
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        url.setPort(closed.serverPort());
        closed.close();
        Exchange refused(*m_manager, postRequest(url, "{}"_ba));
        QVERIFY(refused.wait());
        QCOMPARE(refused.error->kind, ApiError::Kind::Refused);
    }

    void anUnknownNameSaysWhich()
    {
        Exchange exchange(*m_manager, postRequest(QUrl(u"http://host.invalid/v1"_s), "{}"_ba),
            {.proxy = {.mode = ProxySetting::Mode::None}});
        QVERIFY(exchange.wait());
        QCOMPARE(exchange.error->kind, ApiError::Kind::Dns);
        QVERIFY(exchange.error->message.contains(u"host.invalid"_s));
    }

    void addressesOfOtherKindsAreRefusedHere()
    {
        for (const QString &url :
            {u"ftp://127.0.0.1/"_s, u"file:///etc/passwd"_s, u"http:///x"_s, u"localhost:8080"_s}) {
            Exchange exchange(*m_manager, {.url = QUrl(url)});
            QVERIFY(exchange.signalOrder.isEmpty());
            QVERIFY(exchange.wait());
            QCOMPARE(exchange.error->kind, ApiError::Kind::InvalidRequest);
            QCOMPARE(exchange.signalOrder, (QStringList{u"error"_s, u"finished"_s}));
        }
    }

    void aPeerThatNeverFinishesItsHandshakeTimesOut()
    {
        QTcpServer mute;
        QVERIFY(mute.listen(QHostAddress::LocalHost));
        const QUrl url(u"https://127.0.0.1:%1/"_s.arg(mute.serverPort()));
        Exchange exchange(*m_manager, postRequest(url, "{}"_ba), {.connectTimeout = 50ms});
        QVERIFY(exchange.wait());
        QCOMPARE(exchange.error->kind, ApiError::Kind::ConnectTimeout);
        QVERIFY2(
            exchange.error->message.contains(u"0.05 s"_s), qPrintable(exchange.error->message));
    }

    void theConnectTimeoutDoesNotCountTheAnswer()
    {
        ScriptedServer server;
        server.enqueue(
            Script().pause(600ms).send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate"_ba));
        Exchange exchange(
            *m_manager, postRequest(server.url(), "{}"_ba), {.connectTimeout = 500ms});
        QVERIFY(exchange.wait());
        QVERIFY(!exchange.error);
        QCOMPARE(exchange.body, "late"_ba);
    }

    void abortEndsItOnce()
    {
        ScriptedServer server;
        server.enqueue(Script::chunked(200, "text/plain"_ba).chunk("a"_ba).hold());
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba));
        QTRY_COMPARE_WITH_TIMEOUT(exchange.body, "a"_ba, 30'000);
        exchange.reply().abort();
        QVERIFY(exchange.wait());
        QCOMPARE(exchange.error->kind, ApiError::Kind::Cancelled);
        exchange.reply().abort();
        QCOMPARE(
            exchange.signalOrder, (QStringList{u"head"_s, u"data"_s, u"error"_s, u"finished"_s}));
        QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 30'000);
    }

    void aMissingCaFileIsNamed()
    {
        Exchange exchange(*m_manager, postRequest(QUrl(u"https://127.0.0.1:1/"_s), "{}"_ba),
            {.tls = {.caFile = u"/nowhere/ca.pem"_s}});
        QVERIFY(exchange.wait());
        QCOMPARE(exchange.error->kind, ApiError::Kind::Tls);
        QVERIFY(exchange.error->message.contains(u"/nowhere/ca.pem"_s));
    }
};

QTEST_GUILESS_MAIN(TestTransportEnds)
#include "tst_transportends.moc"
