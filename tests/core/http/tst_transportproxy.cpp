// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/transport.h"

#include "exchange.h"
#include "managers.h"
#include "scriptedserver.h"
#include "testauthority.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

/// A proxy that only knows CONNECT.
class TunnelProxy final : public QObject
{
public:
    TunnelProxy()
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *near = m_server.nextPendingConnection();
            connect(near, &QTcpSocket::readyRead, this, [this, near] { onRequest(near); });
        });
    }

    [[nodiscard]] ProxySetting setting() const
    {
        return {.mode = ProxySetting::Mode::Explicit,
            .url = QUrl(u"http://127.0.0.1:%1"_s.arg(m_server.serverPort()))};
    }

    QByteArray firstLine;

private:
    void onRequest(QTcpSocket *near)
    {
        const QByteArray head = near->peek(10'000);
        if (!head.contains("\r\n\r\n")) {
            return;
        }
        near->readAll();
        near->disconnect(this);
        firstLine = head.left(head.indexOf('\r'));
        const QList<QByteArray> place = firstLine.split(' ').value(1).split(':');
        auto *far = new QTcpSocket(near);
        connect(far, &QTcpSocket::connected, near,
            [near] { near->write("HTTP/1.1 200 Tunnel\r\nX-Proxy: leaked\r\n\r\n"); });
        connect(far, &QTcpSocket::readyRead, near, [near, far] { near->write(far->readAll()); });
        connect(near, &QTcpSocket::readyRead, far, [near, far] { far->write(near->readAll()); });
        connect(far, &QTcpSocket::disconnected, near, &QTcpSocket::disconnectFromHost);
        far->connectToHost(QString::fromLatin1(place.value(0)), place.value(1).toUShort());
    }

    QTcpServer m_server;
};

TransportOptions through(const ScriptedServer &proxy, const QString &user = {})
{
    QUrl url = proxy.url(QString());
    if (!user.isEmpty()) {
        url.setUserName(user);
        url.setPassword(u"canary"_s);
    }
    return {.proxy = {.mode = ProxySetting::Mode::Explicit, .url = url}};
}

} // namespace

class TestTransportProxy final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QNetworkAccessManager> m_manager;

private Q_SLOTS:

    void initTestCase_data() { addManagerRows(); }

    void init()
    {
        QFETCH_GLOBAL(const QString, manager);
        m_manager = makeManager(manager);
        for (const char *name : {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY", "no_proxy",
                 "HTTPS_PROXY", "NO_PROXY"}) {
            qunsetenv(name);
        }
    }

    void cleanup() { m_manager.reset(); }

    void plainRequestsGoThroughTheProxy()
    {
        ScriptedServer proxy;
        proxy.enqueue(Script::reply(200, "text/plain"_ba, "by proxy"_ba));
        Exchange exchange(*m_manager, postRequest(QUrl(u"http://models.invalid/v1?x=1"_s), "{}"_ba),
            through(proxy));
        QVERIFY(exchange.wait());
        QVERIFY2(!exchange.error, qPrintable(exchange.error ? exchange.error->message : u""_s));
        QCOMPARE(exchange.body, "by proxy"_ba);
        QCOMPARE(proxy.requests().at(0).target, "http://models.invalid/v1?x=1"_ba);
        QCOMPARE(proxy.requests().at(0).header("host"), "models.invalid"_ba);
    }

    void securedRequestsGoThroughATunnel()
    {
        const TestAuthority authority;
        ScriptedServer server(
            TestAuthority::serverConfiguration(authority.issue(u"IP:127.0.0.1"_s)));
        server.enqueue(Script::reply(200, "text/plain"_ba, "tunnelled"_ba));
        TunnelProxy proxy;
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba),
            {.proxy = proxy.setting(), .tls = {.caFile = authority.caFile()}});
        QVERIFY(exchange.wait());
        QVERIFY2(!exchange.error, qPrintable(exchange.error ? exchange.error->message : u""_s));
        QCOMPARE(exchange.body, "tunnelled"_ba);
        QVERIFY(proxy.firstLine.startsWith("CONNECT 127.0.0.1:"));
        // What the proxy said is no part of the answer.
        QCOMPARE(exchange.head.status, 200);
        QVERIFY(exchange.head.header("x-proxy").isEmpty());
    }

    /// The way to the proxy is secured by the authority that the endpoint names.
    void theProxyItselfMayBeReachedOverTls_data()
    {
        QTest::addColumn<bool>("trusted");
        QTest::newRow("trusted") << true;
        QTest::newRow("unknown authority") << false;
    }

    void theProxyItselfMayBeReachedOverTls()
    {
        QFETCH(const bool, trusted);
        QFETCH_GLOBAL(const QString, manager);
        const TestAuthority authority;
        ScriptedServer proxy(
            TestAuthority::serverConfiguration(authority.issue(u"IP:127.0.0.1"_s)));
        proxy.enqueue(Script::reply(200, "text/plain"_ba, "by proxy"_ba));
        TransportOptions options = through(proxy, u"me"_s);
        options.tls.caFile = trusted ? authority.caFile() : QString();
        Exchange exchange(
            *m_manager, postRequest(QUrl(u"http://models.invalid/v1"_s), "{}"_ba), options);
        QVERIFY(exchange.wait());
        if (manager == u"qt"_s || !trusted) {
            QVERIFY(exchange.error); // Qt's manager cannot do this, and says so
            QVERIFY(exchange.error->message.endsWith(u'.'));
            QVERIFY(proxy.requests().isEmpty());
            return;
        }
        QVERIFY2(!exchange.error, qPrintable(exchange.error ? exchange.error->message : u""_s));
        QCOMPARE(exchange.body, "by proxy"_ba);
        QCOMPARE(proxy.requests().at(0).target, "http://models.invalid/v1"_ba);
        QCOMPARE(proxy.requests().at(0).header("proxy-authorization"),
            "Basic "_ba + "me:canary"_ba.toBase64());
    }

    void aTunnelThatIsRefusedIsTheProxysFault()
    {
        ScriptedServer proxy;
        proxy.enqueue(Script::reply(403, "text/plain"_ba, "no"_ba));
        Exchange exchange(
            *m_manager, postRequest(QUrl(u"https://models.invalid/v1"_s), "{}"_ba), through(proxy));
        QVERIFY(exchange.wait());
        QVERIFY(exchange.error);
        QCOMPARE(exchange.error->kind, ApiError::Kind::Proxy);
        QCOMPARE(exchange.head.status, 0);
    }

    void aProxyThatIsNotThereIsTheProxysFault()
    {
        ScriptedServer proxy;
        const TransportOptions options = through(proxy);
        proxy.stopListening();
        Exchange exchange(
            *m_manager, postRequest(QUrl(u"http://models.invalid/v1"_s), "{}"_ba), options);
        QVERIFY(exchange.wait());
        QCOMPARE(exchange.error->kind, ApiError::Kind::Proxy);
    }

    void aProxyThatWantsAPasswordSaysSo()
    {
        ScriptedServer proxy;
        proxy.setDefault(Script::reply(407, "text/plain"_ba, "who are you"_ba,
            {{"Proxy-Authenticate"_ba, "Basic realm=\"x\""_ba}}));
        Exchange exchange(
            *m_manager, postRequest(QUrl(u"http://models.invalid/v1"_s), "{}"_ba), through(proxy));
        QVERIFY(exchange.wait());
        QCOMPARE(exchange.error->kind, ApiError::Kind::Proxy);
    }

    void theProxysPasswordGoesToTheProxyOnly()
    {
        QFETCH_GLOBAL(const QString, manager);
        if (manager == u"qt"_s) {
            return; // sends it only after a 407, for which it would have to send the body again
        }
        ScriptedServer proxy;
        proxy.enqueue(Script::reply(200, "text/plain"_ba, "x"_ba));
        Exchange exchange(*m_manager, postRequest(QUrl(u"http://models.invalid/v1"_s), "{}"_ba),
            through(proxy, u"me"_s));
        QVERIFY(exchange.wait());
        QCOMPARE(proxy.requests().at(0).header("proxy-authorization"),
            "Basic "_ba + "me:canary"_ba.toBase64());
        QCOMPARE(proxy.requests().at(0).header("authorization"), "Bearer canary-123456"_ba);
    }

    void theEnvironmentIsNotAskedForLocalServers_data()
    {
        QTest::addColumn<bool>("automatic");
        QTest::newRow("automatic") << true;
        QTest::newRow("none") << false;
    }

    void theEnvironmentIsNotAskedForLocalServers()
    {
        QFETCH(const bool, automatic);
        for (const char *name : {"http_proxy", "all_proxy", "ALL_PROXY"}) {
            qputenv(name, "http://127.0.0.1:1");
        }
        ScriptedServer server;
        server.enqueue(Script::reply(200, "text/plain"_ba, "direct"_ba));
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba),
            {.proxy
                = {.mode = automatic ? ProxySetting::Mode::Automatic : ProxySetting::Mode::None}});
        QVERIFY(exchange.wait());
        QVERIFY(!exchange.error);
        QCOMPARE(exchange.body, "direct"_ba);
    }

    void theSystemsProxyServesOtherHosts()
    {
        ScriptedServer proxy;
        proxy.enqueue(Script::reply(200, "text/plain"_ba, "by proxy"_ba));
        qputenv("http_proxy", proxy.url(QString()).toEncoded());
        Exchange exchange(*m_manager, postRequest(QUrl(u"http://models.invalid/v1"_s), "{}"_ba));
        QVERIFY(exchange.wait());
        QCOMPARE(exchange.body, "by proxy"_ba);
    }

    void anExplicitProxyIgnoresNoProxy()
    {
        qputenv("no_proxy", "*");
        ScriptedServer proxy;
        proxy.enqueue(Script::reply(200, "text/plain"_ba, "by proxy"_ba));
        Exchange exchange(
            *m_manager, postRequest(QUrl(u"http://models.invalid/v1"_s), "{}"_ba), through(proxy));
        QVERIFY(exchange.wait());
        QCOMPARE(exchange.body, "by proxy"_ba);
    }
};

QTEST_GUILESS_MAIN(TestTransportProxy)
#include "tst_transportproxy.moc"
