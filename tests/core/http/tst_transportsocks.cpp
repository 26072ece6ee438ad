// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/transport.h"

#include "exchange.h"
#include "managers.h"
#include "scriptedserver.h"

#include <QNetworkAccessManager>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

/// A SOCKS 5 proxy (RFC 1928, 1929) whose every way leads to one server.
class SocksProxy final : public QObject
{
public:
    explicit SocksProxy(quint16 port)
        : m_port(port)
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *near = m_server.nextPendingConnection();
            m_step = Step::Greeting;
            m_received.clear();
            connect(near, &QTcpSocket::readyRead, this, [this, near] {
                m_received += near->readAll();
                while (takeMessage(*near)) { }
            });
        });
    }

    [[nodiscard]] TransportOptions through(const QString &scheme, const QString &name = {}) const
    {
        QUrl url(u"%1://127.0.0.1:%2"_s.arg(scheme).arg(m_server.serverPort()));
        if (!name.isEmpty()) {
            url.setUserName(name);
            url.setPassword(u"canary"_s);
        }
        return {.proxy = {.mode = ProxySetting::Mode::Explicit, .url = url}};
    }

    void stopListening() { m_server.close(); }

    char answer = 0; ///< to a request; 0: granted
    bool wantsPassword = false;
    bool takesPassword = true;

    QByteArray asked; ///< for which host: a name, or "address" for the bytes of one
    QByteArray user;
    QByteArray password;

private:
    enum class Step { Greeting, Password, Request, Piping };

    [[nodiscard]] uchar at(qsizetype i) const { return uchar(m_received[i]); }

    /// False while there is no whole message.
    bool takeMessage(QTcpSocket &near)
    {
        switch (m_step) {
        case Step::Greeting:
            if (m_received.size() < 2 || m_received.size() < 2 + at(1)) {
                return false;
            }
            m_received.remove(0, 2 + at(1));
            near.write(wantsPassword ? "\x05\x02"_ba : "\x05\x00"_ba);
            m_step = wantsPassword ? Step::Password : Step::Request;
            return true;
        case Step::Password:
            return takePassword(near);
        case Step::Request:
            return takeRequest(near);
        case Step::Piping:
            break;
        }
        return false;
    }

    bool takePassword(QTcpSocket &near)
    {
        if (m_received.size() < 2 || m_received.size() < 3 + at(1)
            || m_received.size() < 3 + at(1) + at(2 + at(1))) {
            return false;
        }
        user = m_received.sliced(2, at(1));
        password = m_received.sliced(3 + at(1), at(2 + at(1)));
        m_received.clear();
        near.write(takesPassword ? "\x01\x00"_ba : "\x01\x01"_ba);
        m_step = Step::Request;
        if (!takesPassword) {
            near.disconnectFromHost();
        }
        return true;
    }

    bool takeRequest(QTcpSocket &near)
    {
        constexpr uchar named = 3;
        if (m_received.size() < 10) {
            return false;
        }
        asked = at(3) == named ? m_received.sliced(5, at(4)) : "address"_ba;
        m_received.clear();
        m_step = Step::Piping;
        const QByteArray reply = "\x05"_ba + answer + "\x00\x01\x00\x00\x00\x00\x00\x00"_ba;
        if (answer != 0) {
            near.write(reply);
            near.disconnectFromHost();
            return false;
        }
        auto *far = new QTcpSocket(&near);
        near.disconnect(this);
        connect(far, &QTcpSocket::connected, &near, [&near, reply] { near.write(reply); });
        connect(far, &QTcpSocket::readyRead, &near, [&near, far] { near.write(far->readAll()); });
        connect(&near, &QTcpSocket::readyRead, far, [&near, far] { far->write(near.readAll()); });
        connect(far, &QTcpSocket::disconnected, &near, &QTcpSocket::disconnectFromHost);
        far->connectToHost(QHostAddress::LocalHost, m_port);
        return false;
    }

    QTcpServer m_server;
    quint16 m_port;
    Step m_step = Step::Greeting; ///< of the connection made last: one at a time
    QByteArray m_received;
};

} // namespace

class TestTransportSocks final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<SocksProxy> m_proxy;

    [[nodiscard]] HttpRequest question(const QString &host) const
    {
        return postRequest(QUrl(u"http://%1:%2/v1"_s.arg(host).arg(m_server->port())), "{}"_ba);
    }

private Q_SLOTS:

    void initTestCase_data() { addManagerRows(); }

    void init()
    {
        QFETCH_GLOBAL(const QString, manager);
        m_server = std::make_unique<ScriptedServer>();
        m_server->setDefault(Script::reply(200, "text/plain"_ba, "by proxy"_ba));
        m_proxy = std::make_unique<SocksProxy>(m_server->port());
        m_manager = makeManager(manager);
    }

    void cleanup()
    {
        m_manager.reset();
        m_proxy.reset();
        m_server.reset();
    }

    /// So that names which only the proxy's network knows can be reached.
    void theProxyLooksTheNameUp()
    {
        Exchange exchange(
            *m_manager, question(u"models.invalid"_s), m_proxy->through(u"socks5h"_s));
        QVERIFY(exchange.wait());
        QVERIFY2(!exchange.error, qPrintable(exchange.error ? exchange.error->message : u""_s));
        QCOMPARE(exchange.body, "by proxy"_ba);
        QCOMPARE(m_proxy->asked, "models.invalid"_ba);
        QCOMPARE(m_server->requests().at(0).target, "/v1"_ba);
        QCOMPARE(m_server->requests().at(0).header("authorization"), "Bearer canary-123456"_ba);
    }

    void anAddressIsAskedForAsOne()
    {
        for (const QString &scheme : {u"socks5"_s, u"socks5h"_s}) {
            Exchange exchange(*m_manager, question(u"127.0.0.1"_s), m_proxy->through(scheme));
            QVERIFY(exchange.wait());
            QVERIFY2(!exchange.error, qPrintable(exchange.error ? exchange.error->message : u""_s));
            QCOMPARE(m_proxy->asked, "address"_ba);
        }
    }

    void streamsComeThroughPieceByPiece()
    {
        m_server->enqueue(Script::chunked(200, "text/event-stream"_ba)
                .chunk("data: a\n\n"_ba)
                .hold()
                .chunk("data: b\n\n"_ba)
                .lastChunk());
        Exchange exchange(
            *m_manager, question(u"models.invalid"_s), m_proxy->through(u"socks5h"_s));
        QTRY_COMPARE_WITH_TIMEOUT(exchange.body, "data: a\n\n"_ba, 30'000);
        m_server->release();
        QVERIFY(exchange.wait());
        QVERIFY(!exchange.error);
        QCOMPARE(exchange.body, "data: a\n\ndata: b\n\n"_ba);
    }

    void theProxysPasswordGoesToTheProxyOnly()
    {
        m_proxy->wantsPassword = true;
        Exchange exchange(
            *m_manager, question(u"models.invalid"_s), m_proxy->through(u"socks5h"_s, u"me"_s));
        QVERIFY(exchange.wait());
        QVERIFY2(!exchange.error, qPrintable(exchange.error ? exchange.error->message : u""_s));
        QCOMPARE(m_proxy->user, "me"_ba);
        QCOMPARE(m_proxy->password, "canary"_ba);
        for (const Header &header : m_server->requests().at(0).headers) {
            QVERIFY(header.name.compare("proxy-authorization", Qt::CaseInsensitive) != 0);
        }
    }

    void whatTheProxyRefusesIsItsFault_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"the way", "the host", "the password", "everything"}) {
            QTest::newRow(what) << QString::fromLatin1(what);
        }
    }

    void whatTheProxyRefusesIsItsFault()
    {
        QFETCH(const QString, what);
        const TransportOptions options = m_proxy->through(u"socks5h"_s, u"me"_s);
        if (what == u"the way"_s) {
            m_proxy->answer = 2; // by its rules
        } else if (what == u"the host"_s) {
            m_proxy->answer = 4; // unreachable
        } else if (what == u"the password"_s) {
            m_proxy->wantsPassword = true;
            m_proxy->takesPassword = false;
        } else {
            m_proxy->stopListening();
        }
        Exchange exchange(*m_manager, question(u"models.invalid"_s), options);
        QVERIFY(exchange.wait());
        QVERIFY(exchange.error);
        QCOMPARE(exchange.error->kind, ApiError::Kind::Proxy);
        QVERIFY(exchange.error->message.endsWith(u'.'));
        QVERIFY(!exchange.error->message.contains(u"canary"_s));
        QVERIFY(m_server->requests().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestTransportSocks)
#include "tst_transportsocks.moc"
