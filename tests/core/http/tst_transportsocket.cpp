// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/transport.h"

#include "exchange.h"
#include "managers.h"
#include "scriptedserver.h"
#include "socketdoor.h"
#include "testauthority.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// Servers that are reached through a UNIX socket, over every transport.
class TestTransportSocket final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<SocketDoor> m_door;
    std::unique_ptr<QNetworkAccessManager> m_manager;

    [[nodiscard]] static QUrl url() { return QUrl(u"http://models.example/v1/chat?x=1"_s); }

    [[nodiscard]] static TransportOptions through(const QString &path)
    {
        // A proxy in the way would be asked for a host that there is not.
        return {.proxy
            = {.mode = ProxySetting::Mode::Explicit, .url = QUrl(u"http://proxy.invalid:1"_s)},
            .unixSocket = path};
    }

private Q_SLOTS:

    void initTestCase_data() { addManagerRows(); }

    void init()
    {
        QFETCH_GLOBAL(const QString, manager);
        m_manager = makeManager(manager);
        m_server = std::make_unique<ScriptedServer>();
        m_server->setDefault(Script::reply(200, "text/plain"_ba, "inside"_ba));
        m_door = std::make_unique<SocketDoor>(m_server->port());
    }

    void cleanup()
    {
        m_manager.reset();
        m_door.reset();
        m_server.reset();
    }

    void aRequestGoesThroughTheSocket()
    {
        Exchange exchange(*m_manager, postRequest(url(), "{}"_ba), through(m_door->path()));
        QVERIFY(exchange.wait());
        QVERIFY2(!exchange.error, qPrintable(exchange.error ? exchange.error->message : u""_s));
        QCOMPARE(exchange.body, "inside"_ba);
        QCOMPARE(exchange.head.status, 200);
        QCOMPARE(exchange.head.url, url());
        QCOMPARE(m_door->connectionCount(), 1);
        QCOMPARE(m_server->requests().size(), 1);
        QCOMPARE(m_server->requests().constFirst().target, "/v1/chat?x=1"_ba);
        QCOMPARE(m_server->requests().constFirst().header("host"), "models.example"_ba);
        QCOMPARE(m_server->requests().constFirst().body, "{}"_ba);
    }

    void aStreamComesInPieces()
    {
        m_server->enqueue(Script::chunked(200, "text/event-stream"_ba)
                .chunk("data: a\n\n"_ba)
                .hold()
                .lastChunk());
        Exchange exchange(*m_manager, postRequest(url(), "{}"_ba), through(m_door->path()));
        QTRY_COMPARE_WITH_TIMEOUT(exchange.body, "data: a\n\n"_ba, 30'000);
        QVERIFY(!exchange.isFinished());
        m_server->release();
        QVERIFY(exchange.wait());
        QVERIFY(!exchange.error);
    }

    void twoSocketsAreTwoServers()
    {
        ScriptedServer other;
        other.setDefault(Script::reply(200, "text/plain"_ba, "other"_ba));
        const SocketDoor otherDoor(other.port());
        for (const bool first : {true, false, true}) {
            const SocketDoor &door = first ? *m_door : otherDoor;
            Exchange exchange(*m_manager, {.url = url()}, through(door.path()));
            QVERIFY(exchange.wait());
            QCOMPARE(exchange.body, first ? "inside"_ba : "other"_ba);
        }
    }

    void aSocketThatIsNotThereIsNamed()
    {
        const QString path = m_door->path() + u".not"_s;
        Exchange exchange(*m_manager, postRequest(url(), "{}"_ba), through(path));
        QVERIFY(exchange.wait());
        QVERIFY(exchange.error);
        QCOMPARE(exchange.error->kind, ApiError::Kind::Refused);
        QVERIFY2(exchange.error->message.contains(path), qPrintable(exchange.error->message));
        QVERIFY(!exchange.error->message.contains(u"models.example"_s));
    }

    void aPathThatIsTooLongIsSaid()
    {
        Exchange exchange(*m_manager, postRequest(url(), "{}"_ba),
            through(u"/nowhere/"_s + u"x"_s.repeated(200)));
        QVERIFY(exchange.wait());
        QVERIFY(exchange.error);
        QVERIFY2(exchange.error->message.contains(u"/nowhere/xxx"_s),
            qPrintable(exchange.error->message));
    }

    void tlsThroughASocket()
    {
        QFETCH_GLOBAL(const QString, manager);
        const TestAuthority authority;
        ScriptedServer server(
            TestAuthority::serverConfiguration(authority.issue(u"DNS:models.example"_s)));
        server.setDefault(Script::reply(200, "text/plain"_ba, "safe"_ba));
        const SocketDoor door(server.port());
        TransportOptions options = through(door.path());
        options.tls.caFile = authority.caFile();
        Exchange exchange(
            *m_manager, postRequest(QUrl(u"https://models.example/v1"_s), "{}"_ba), options);
        QVERIFY(exchange.wait());
        if (manager == u"qt"_s) {
            QVERIFY(exchange.error);
            QCOMPARE(exchange.error->kind, ApiError::Kind::InvalidRequest);
            return;
        }
        QVERIFY2(!exchange.error, qPrintable(exchange.error ? exchange.error->message : u""_s));
        QCOMPARE(exchange.body, "safe"_ba);
    }
};

QTEST_GUILESS_MAIN(TestTransportSocket)
#include "tst_transportsocket.moc"
