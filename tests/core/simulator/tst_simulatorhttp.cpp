// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rawclient.h"
#include "simulator/simulatorthread.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// The simulator as an HTTP server, whatever is said over it.
class tst_SimulatorHttp : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimulatorThread> m_simulator;
    quint16 m_port = 0;

    void startWith(SimulatorOptions options)
    {
        m_simulator = std::make_unique<SimulatorThread>(options);
        QVERIFY(m_simulator->start());
        m_port = m_simulator->port();
        QVERIFY(m_port != 0);
    }

private Q_SLOTS:
    void init();
    void cleanup();
    void keepsConnections();
    void answersPipelinedRequestsInOrder();
    void closesWhenAsked();
    void speaksToHttp10();
    void answersHeadWithoutBody();
    void knowsItsPaths_data();
    void knowsItsPaths();
    void refusesWhatIsTooLarge();
    void continuesOnRequest();
    void refusesBeforeContinuing();
    void readsChunkedRequests();
    void endsSlowHeads();
    void endsIdleConnections();
    void turnsAwayTooManyConnections();
    void aPortInUseIsAnError();
    void stopsWithOpenStreams();
    void survivesGarbage();
};

void tst_SimulatorHttp::init()
{
    SimulatorOptions options;
    options.timing = *simulatorProfile(u"fast");
    startWith(options);
}

void tst_SimulatorHttp::cleanup() { m_simulator.reset(); }

void tst_SimulatorHttp::keepsConnections()
{
    RawClient client(m_port);
    for (int i = 0; i < 3; ++i) {
        client.sendRequest("GET", "/health");
        QCOMPARE(client.receive().status, 200);
        client.sendRequest("POST", "/v1/chat/completions",
            QJsonDocument(chatBody(u"Hello"_s, {{u"stream"_s, true}})).toJson());
        const RawReply reply = client.receive();
        QCOMPARE(reply.end, RawReply::End::Complete);
        QCOMPARE(reply.events().constLast(), "[DONE]");
    }
    QCOMPARE(client.socket().state(), QAbstractSocket::ConnectedState);
}

void tst_SimulatorHttp::answersPipelinedRequestsInOrder()
{
    RawClient client(m_port);
    QByteArray bytes;
    const QByteArray chat
        = QJsonDocument(chatBody(u"Say: first"_s, {{u"stream"_s, true}})).toJson();
    bytes += "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Length: "
        + QByteArray::number(chat.size()) + "\r\n\r\n" + chat;
    bytes += "GET /version HTTP/1.1\r\nHost: a\r\n\r\nGET /nothing HTTP/1.1\r\nHost: a\r\n\r\n";
    bytes += "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";
    client.send(bytes);
    QCOMPARE(joinedContent(client.receive()), u"first"_s);
    QVERIFY(client.receive().json().contains(u"version"_s));
    QCOMPARE(client.receive().status, 404);
    QCOMPARE(client.receive().status, 200);
}

void tst_SimulatorHttp::closesWhenAsked()
{
    RawClient client(m_port);
    client.sendRequest("GET", "/health", {}, {{"Connection"_ba, "close"_ba}});
    const RawReply reply = client.receive();
    QCOMPARE(reply.header("connection"), "close");
    QVERIFY(client.waitForClose());
}

void tst_SimulatorHttp::speaksToHttp10()
{
    RawClient client(m_port);
    const QByteArray chat = QJsonDocument(chatBody(u"Say: hi"_s, {{u"stream"_s, true}})).toJson();
    client.send("POST /v1/chat/completions HTTP/1.0\r\nContent-Length: "
        + QByteArray::number(chat.size()) + "\r\n\r\n" + chat);
    const RawReply reply = client.receive();
    QVERIFY(reply.header("transfer-encoding").isEmpty());
    // Without chunks and length the end of the connection is the end of the answer.
    QCOMPARE(reply.end, RawReply::End::Closed);
    QCOMPARE(joinedContent(reply), u"hi"_s);
    QCOMPARE(reply.events().constLast(), "[DONE]");
}

void tst_SimulatorHttp::answersHeadWithoutBody()
{
    RawClient client(m_port);
    client.sendRequest("HEAD", "/v1/models");
    const RawReply head = client.receive(30'000, true);
    QCOMPARE(head.status, 200);
    QVERIFY(head.header("content-length").toInt() > 100);
    client.sendRequest("GET", "/health");
    QCOMPARE(client.receive().status, 200); // nothing of a body lay in between
}

void tst_SimulatorHttp::knowsItsPaths_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    QTest::newRow("health") << "GET"_ba << "/health"_ba << 200;
    QTest::newRow("ping") << "GET"_ba << "/ping"_ba << 200;
    QTest::newRow("query ignored") << "GET"_ba << "/v1/models?limit=1"_ba << 200;
    QTest::newRow("unknown") << "GET"_ba << "/v1/nothing"_ba << 404;
    QTest::newRow("not a prefix") << "GET"_ba << "/healthy"_ba << 404;
    QTest::newRow("wrong method") << "GET"_ba << "/v1/chat/completions"_ba << 405;
    QTest::newRow("unknown method") << "BREW"_ba << "/health"_ba << 405;
}

void tst_SimulatorHttp::knowsItsPaths()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    const RawReply reply = ask(m_port, method, path);
    QTEST(reply.status, "status");
    if (reply.status == 405) {
        QVERIFY(!reply.header("allow").isEmpty());
    }
}

void tst_SimulatorHttp::refusesWhatIsTooLarge()
{
    RawClient body(m_port);
    body.send("POST /generate HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n");
    QCOMPARE(body.receive().status, 413);
    QVERIFY(body.waitForClose());
    RawClient head(m_port);
    head.send("GET /health HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(100'000, 'x') + "\r\n\r\n");
    QCOMPARE(head.receive().status, 431);
    QVERIFY(head.waitForClose());
}

void tst_SimulatorHttp::continuesOnRequest()
{
    RawClient client(m_port);
    const QByteArray chat = QJsonDocument(chatBody(u"Say: on"_s)).toJson();
    client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                "Content-Length: "
        + QByteArray::number(chat.size()) + "\r\n\r\n");
    QCOMPARE(client.receive().status, 100);
    client.send(chat);
    QCOMPARE(client.receive().status, 200);
}

void tst_SimulatorHttp::refusesBeforeContinuing()
{
    RawClient client(m_port);
    client.send("POST /generate HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                "Content-Length: 999999999\r\n\r\n");
    QCOMPARE(client.receive().status, 413);
}

void tst_SimulatorHttp::readsChunkedRequests()
{
    RawClient client(m_port);
    const QByteArray chat = QJsonDocument(chatBody(u"Say: chunks"_s)).toJson();
    client.send(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (const char c : chat) {
        client.send("1\r\n" + QByteArray(1, c) + "\r\n");
    }
    client.send("0\r\n\r\n");
    const RawReply reply = client.receive();
    QCOMPARE(reply.json()[u"choices"_s][0][u"message"_s][u"content"_s].toString(), u"chunks"_s);
}

void tst_SimulatorHttp::endsSlowHeads()
{
    SimulatorOptions options;
    options.headTimeout = 50ms;
    startWith(options);
    RawClient client(m_port);
    client.send("GET /health HT");
    QVERIFY(client.waitForClose());
}

void tst_SimulatorHttp::endsIdleConnections()
{
    SimulatorOptions options;
    options.idleTimeout = 50ms;
    startWith(options);
    RawClient client(m_port);
    client.sendRequest("GET", "/health");
    QCOMPARE(client.receive().status, 200);
    QVERIFY(client.waitForClose());
}

void tst_SimulatorHttp::turnsAwayTooManyConnections()
{
    SimulatorOptions options;
    options.connections = 2;
    startWith(options);
    auto first = std::make_unique<RawClient>(m_port);
    RawClient second(m_port);
    first->sendRequest("GET", "/health");
    second.sendRequest("GET", "/health");
    QCOMPARE(first->receive().status, 200);
    QCOMPARE(second.receive().status, 200);
    QVERIFY(RawClient(m_port).waitForClose());
    first.reset();
    // Once the server has noticed, there is room again.
    int status = 0;
    QTRY_VERIFY_WITH_TIMEOUT(
        status == 200 || (status = ask(m_port, "GET", "/health").status) == 200, 30'000);
}

void tst_SimulatorHttp::aPortInUseIsAnError()
{
    SimulatorOptions options;
    options.port = m_port;
    SimulatorThread second(options);
    const Result<> started = second.start();
    QVERIFY(!started);
    QVERIFY(started.error().message.contains(QString::number(m_port)));
    QVERIFY(!second.isRunning());
}

void tst_SimulatorHttp::stopsWithOpenStreams()
{
    SimulatorOptions options;
    options.timing = *simulatorProfile(u"slow");
    startWith(options);
    RawClient client(m_port);
    client.sendRequest("POST", "/v1/chat/completions",
        QJsonDocument(chatBody(u"Hello"_s, {{u"stream"_s, true}})).toJson());
    QCOMPARE(client.receive(30'000, true).status, 200);
    m_simulator->stop();
    QVERIFY(!m_simulator->isRunning());
    QVERIFY(client.waitForClose());
    QVERIFY(m_simulator->start());
    QCOMPARE(ask(m_simulator->port(), "GET", "/health").status, 200);
}

void tst_SimulatorHttp::survivesGarbage()
{
    const QByteArrayList garbage{"\x16\x03\x01 a TLS hello\n"_ba, "\r\n\r\n\n"_ba,
        QByteArray(200, '\0') + '\n', "GET\r\n\r\n"_ba};
    for (const QByteArray &bytes : garbage) {
        RawClient client(m_port);
        client.send(bytes);
        QCOMPARE(client.receive().status, 400);
        QVERIFY(client.waitForClose());
    }
    QCOMPARE(ask(m_port, "GET", "/health").status, 200);
}

QTEST_GUILESS_MAIN(tst_SimulatorHttp)

#include "tst_simulatorhttp.moc"
