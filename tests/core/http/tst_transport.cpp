// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/transport.h"

#include "exchange.h"
#include "managers.h"
#include "scriptedserver.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// How requests and answers travel, the same over all managers.
class TestTransport final : public QObject
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

    void aRequestArrivesAsItWasMade()
    {
        ScriptedServer server;
        server.setDefault(Script::reply(200, "application/json"_ba, "{}"_ba));
        Exchange post(*m_manager, postRequest(server.url(u"/v1/x"_s), "{\"a\":1}"_ba));
        QVERIFY(post.wait());
        QVERIFY(!post.error);
        const ScriptedServer::Request first = server.requests().at(0);
        QCOMPARE(first.verb, "POST"_ba);
        QCOMPARE(first.target, "/v1/x"_ba);
        QCOMPARE(first.body, "{\"a\":1}"_ba);
        QCOMPARE(first.header("content-length"), "7"_ba);
        QCOMPARE(first.header("content-type"), "application/json"_ba);
        QCOMPARE(first.header("authorization"), "Bearer canary-123456"_ba);
        QVERIFY(first.header("user-agent").startsWith("Lorikeet/"));
        QCOMPARE(first.header("accept-encoding"), "identity"_ba);
        QCOMPARE(first.header("accept"), "*/*"_ba);
        QVERIFY(first.header("cookie").isEmpty());

        Exchange get(*m_manager, {.url = server.url(u"/models"_s)});
        QVERIFY(get.wait());
        QCOMPARE(server.requests().at(1).verb, "GET"_ba);
        QVERIFY(server.requests().at(1).body.isEmpty());

        Exchange remove(*m_manager, {.verb = "DELETE"_ba, .url = server.url(u"/x"_s)});
        QVERIFY(remove.wait());
        QCOMPARE(server.requests().at(2).verb, "DELETE"_ba);

        Exchange custom(
            *m_manager, {.verb = "PATCH"_ba, .url = server.url(u"/x"_s), .body = "patch"_ba});
        QVERIFY(custom.wait());
        QCOMPARE(server.requests().at(3).verb, "PATCH"_ba);
        QCOMPARE(server.requests().at(3).body, "patch"_ba);

        Exchange put(*m_manager, {.verb = "PUT"_ba, .url = server.url(u"/x"_s), .body = "put"_ba});
        QVERIFY(put.wait());
        QCOMPARE(server.requests().at(4).verb, "PUT"_ba);
        QCOMPARE(server.requests().at(4).body, "put"_ba);

        Exchange empty(*m_manager, {.verb = "POST"_ba, .url = server.url(u"/x"_s)});
        QVERIFY(empty.wait());
        QCOMPARE(server.requests().at(5).verb, "POST"_ba);
        QCOMPARE(server.requests().at(5).header("content-length"), "0"_ba);
    }

    void headHasNoBody()
    {
        ScriptedServer server;
        server.enqueue(Script().send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"_ba));
        Exchange exchange(*m_manager, {.verb = "HEAD"_ba, .url = server.url()});
        QVERIFY(exchange.wait());
        QVERIFY(!exchange.error);
        QCOMPARE(server.requests().at(0).verb, "HEAD"_ba);
        QCOMPARE(exchange.head.header("content-length"), "10"_ba);
        QVERIFY(exchange.body.isEmpty());
    }

    void theAnswerComesWhole()
    {
        ScriptedServer server;
        server.enqueue(Script::chunked(200, "text/event-stream"_ba, {{"X-Request-Id"_ba, "r1"_ba}})
                .chunk("data: a\n\n"_ba)
                .hold()
                .chunk("data: b\n\n"_ba)
                .lastChunk());
        const TimePoint before = Clock::now();
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba));
        QTRY_COMPARE_WITH_TIMEOUT(exchange.body, "data: a\n\n"_ba, 30'000);
        QVERIFY(!exchange.isFinished());
        server.release();
        QVERIFY(exchange.wait());
        QVERIFY(!exchange.error);
        QCOMPARE(exchange.body, "data: a\n\ndata: b\n\n"_ba);
        QCOMPARE(exchange.head.status, 200);
        QCOMPARE(exchange.head.contentType(), "text/event-stream"_ba);
        QCOMPARE(exchange.head.header("x-request-id"), "r1"_ba);
        QCOMPARE(exchange.signalOrder, (QStringList{u"head"_s, u"data"_s, u"finished"_s}));
        QCOMPARE_GE(exchange.pieces.size(), 2);
        TimePoint last = before;
        for (const TimedBytes &piece : exchange.pieces) {
            QVERIFY(piece.at >= last);
            last = piece.at;
        }
    }

    void phasesFollowEachOther()
    {
        ScriptedServer server;
        server.setDefault(Script::reply(200, "text/plain"_ba, "x"_ba));
        const TimePoint before = Clock::now();
        Exchange fresh(*m_manager, postRequest(server.url(), "{}"_ba));
        QVERIFY(fresh.wait());
        QVERIFY(!fresh.phases.connectionReused);
        QVERIFY(fresh.phases.start >= before);
        QVERIFY(fresh.phases.sent);
        QVERIFY(fresh.phases.firstByte);
        QVERIFY(*fresh.phases.sent >= fresh.phases.start);
        QVERIFY(*fresh.phases.firstByte >= *fresh.phases.sent);
        Exchange again(*m_manager, postRequest(server.url(), "{}"_ba));
        QVERIFY(again.wait());
        QVERIFY(again.phases.connectionReused);
        QVERIFY(!again.phases.lookup);
        QVERIFY(!again.phases.connect);
        QCOMPARE(server.connectionCount(), 1);
    }

    void anErrorStatusIsAnAnswer_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {400, 401, 403, 404, 409, 410, 422, 429, 500, 501, 503, 529}) {
            QTest::addRow("%d", status) << status;
        }
    }

    void anErrorStatusIsAnAnswer()
    {
        QFETCH(const int, status);
        ScriptedServer server;
        server.enqueue(Script::reply(status, "application/json"_ba, "{\"error\":1}"_ba));
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba));
        QVERIFY(exchange.wait());
        QVERIFY(!exchange.error);
        QCOMPARE(exchange.head.status, status);
        QCOMPARE(exchange.body, "{\"error\":1}"_ba);
        QCOMPARE(
            exchange.signalOrder, (QStringList{u"head"_s, u"data"_s, u"error"_s, u"finished"_s}));
    }

    void aRedirectIsReportedAndCarriesNothingAway_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {301, 302, 303, 307, 308}) {
            QTest::addRow("%d", status) << status;
        }
    }

    void aRedirectIsReportedAndCarriesNothingAway()
    {
        QFETCH(const int, status);
        ScriptedServer elsewhere;
        ScriptedServer server;
        const QUrl target = elsewhere.url(u"/stolen"_s);
        server.enqueue(Script::reply(
            status, "text/plain"_ba, "moved"_ba, {{"Location"_ba, target.toEncoded()}}));
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba));
        QVERIFY(exchange.wait());
        QVERIFY(exchange.error);
        QCOMPARE(exchange.error->kind, ApiError::Kind::Redirected);
        QCOMPARE(exchange.error->location, target);
        QCOMPARE(exchange.error->httpStatus, status);
        QVERIFY(exchange.error->message.contains(target.toString()));
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(elsewhere.connectionCount(), 0);
    }

    void aRelativeRedirectIsResolved()
    {
        ScriptedServer server;
        server.enqueue(Script::reply(307, {}, {}, {{"Location"_ba, "/v1/chat"_ba}}));
        Exchange exchange(*m_manager, postRequest(server.url(u"/chat"_s), "{}"_ba));
        QVERIFY(exchange.wait());
        QCOMPARE(exchange.error->location, server.url(u"/v1/chat"_s));
    }

    void largeBodiesGoThrough()
    {
        ScriptedServer server;
        QByteArray body(300'000, 'x');
        for (qsizetype i = 0; i < body.size(); i += 1000) {
            body[i] = char('a' + (i / 1000) % 26);
        }
        server.setDefault(Script::reply(200, "text/plain"_ba, body));
        for (int i = 0; i < 3; ++i) {
            Exchange exchange(*m_manager, postRequest(server.url(), body));
            QVERIFY(exchange.wait());
            QVERIFY(!exchange.error);
            QCOMPARE(server.requests().last().body, body);
            QVERIFY(server.requests().last().header("expect").isEmpty());
            QCOMPARE(exchange.body, body);
        }
        QCOMPARE(server.requests().size(), 3);
    }

    void largeHeadersAreTaken()
    {
        ScriptedServer server;
        Headers headers;
        for (int i = 0; i < 40; ++i) {
            headers.append({"X-Large-"_ba + QByteArray::number(i), QByteArray(1000, 'h')});
        }
        server.enqueue(Script::reply(200, "text/plain"_ba, "x"_ba, headers));
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba));
        QVERIFY(exchange.wait());
        QVERIFY(!exchange.error);
        QCOMPARE(exchange.head.header("x-large-39"), QByteArray(1000, 'h'));
    }

    void cookiesDoNotComeBack()
    {
        ScriptedServer server;
        server.setDefault(Script::reply(
            200, "text/plain"_ba, "x"_ba, {{"Set-Cookie"_ba, "sticky=1; Path=/"_ba}}));
        for (int i = 0; i < 2; ++i) {
            Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba));
            QVERIFY(exchange.wait());
        }
        QVERIFY(server.requests().at(1).header("cookie").isEmpty());

        // One that was given goes out as it is, every time.
        HttpRequest request = postRequest(server.url(), "{}"_ba);
        request.headers.append({"Cookie"_ba, "session=1; lang=de"_ba});
        for (int i = 2; i < 4; ++i) {
            Exchange exchange(*m_manager, request);
            QVERIFY(exchange.wait());
            QCOMPARE(server.requests().at(i).header("cookie"), "session=1; lang=de"_ba);
        }
    }

    void userInfoBecomesBasicAuthentication()
    {
        ScriptedServer server;
        server.setDefault(Script::reply(200, "text/plain"_ba, "x"_ba));
        QUrl url = server.url();
        url.setUserName(u"me"_s);
        url.setPassword(u"p@ss"_s);
        Exchange exchange(*m_manager, {.url = url});
        QVERIFY(exchange.wait());
        QCOMPARE(
            server.requests().at(0).header("authorization"), "Basic "_ba + "me:p@ss"_ba.toBase64());
    }
};

QTEST_GUILESS_MAIN(TestTransport)
#include "tst_transport.moc"
