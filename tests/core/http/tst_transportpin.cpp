// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/transport.h"

#include "exchange.h"
#include "managers.h"
#include "scriptedserver.h"
#include "testauthority.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// A pinned certificate is accepted whatever is wrong with it, and no other is, over every
/// transport.
class TestTransportPin final : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestAuthority> m_authority;
    std::unique_ptr<QNetworkAccessManager> m_manager;

    [[nodiscard]] static TransportOptions pinned(const TestAuthority::Identity &identity)
    {
        return {.tls = {.pin = TestAuthority::fingerprint(identity)}};
    }

    [[nodiscard]] static std::unique_ptr<ScriptedServer> serverWith(
        const TestAuthority::Identity &identity)
    {
        auto server
            = std::make_unique<ScriptedServer>(TestAuthority::serverConfiguration(identity));
        server->setDefault(Script::reply(200, "text/plain"_ba, "safe"_ba));
        return server;
    }

    void askedInVain(ScriptedServer &server, const TransportOptions &options, TlsFault fault,
        const TestAuthority::Identity &shown)
    {
        const qsizetype before = server.requests().size();
        for (const HttpRequest &request :
            {postRequest(server.url(), "{}"_ba), HttpRequest{.url = server.url()}}) {
            Exchange exchange(*m_manager, request, options);
            QVERIFY(exchange.wait());
            QVERIFY(exchange.error);
            QCOMPARE(exchange.error->kind, ApiError::Kind::Tls);
            QVERIFY(exchange.error->certificate);
            QCOMPARE(exchange.error->certificate->fault, fault);
            QCOMPARE(exchange.error->certificate->fingerprint, TestAuthority::fingerprint(shown));
        }
        // Nothing of a request, and so no key, has gone there.
        QCOMPARE(server.requests().size(), before);
    }

    void answers(ScriptedServer &server, const TransportOptions &options)
    {
        for (const HttpRequest &request :
            {postRequest(server.url(), "{}"_ba), HttpRequest{.url = server.url()}}) {
            Exchange exchange(*m_manager, request, options);
            QVERIFY(exchange.wait());
            QVERIFY2(!exchange.error, qPrintable(exchange.error ? exchange.error->message : u""_s));
            QCOMPARE(exchange.body, "safe"_ba);
        }
    }

private Q_SLOTS:

    void initTestCase_data() { addManagerRows(); }

    void init()
    {
        QFETCH_GLOBAL(const QString, manager);
        m_manager = makeManager(manager);
        if (!m_authority) {
            m_authority = std::make_unique<TestAuthority>();
        }
    }

    void cleanup() { m_manager.reset(); }

    void thePinnedIsAccepted_data()
    {
        QTest::addColumn<QString>("making");
        QTest::addColumn<QString>("name");
        QTest::newRow("self-signed") << u"selfsigned"_s << u"IP:127.0.0.1"_s;
        QTest::newRow("self-signed for another name") << u"selfsigned"_s << u"DNS:other.example"_s;
        QTest::newRow("of an unknown authority") << u"issued"_s << u"IP:127.0.0.1"_s;
        QTest::newRow("expired") << u"expired"_s << u"IP:127.0.0.1"_s;
    }

    void thePinnedIsAccepted()
    {
        QFETCH(const QString, making);
        QFETCH(const QString, name);
        const TestAuthority::Identity identity = making == u"selfsigned"_s
            ? m_authority->selfSigned(name)
            : m_authority->issue(name, making == u"expired"_s);
        const auto server = serverWith(identity);
        answers(*server, pinned(identity));
    }

    void noOtherIsAccepted_data()
    {
        QTest::addColumn<QString>("making");
        QTest::newRow("renewed by itself") << u"selfsigned"_s;
        QTest::newRow("good for all others") << u"issued"_s;
        QTest::newRow("expired") << u"expired"_s;
    }

    void noOtherIsAccepted()
    {
        QFETCH(const QString, making);
        const QString name = u"IP:127.0.0.1"_s;
        const TestAuthority::Identity known = m_authority->selfSigned(name);
        const TestAuthority::Identity changed = making == u"selfsigned"_s
            ? m_authority->selfSigned(name)
            : m_authority->issue(name, making == u"expired"_s);
        const auto server = serverWith(changed);
        TransportOptions options = pinned(known);
        options.tls.caFile = m_authority->caFile();
        askedInVain(*server, options, TlsFault::NotThePinned, changed);
        // It was no fault of the server.
        answers(*server, pinned(changed));
    }

    void aPinIsNoOthersBusiness()
    {
        const TestAuthority::Identity identity = m_authority->selfSigned(u"IP:127.0.0.1"_s);
        const auto server = serverWith(identity);
        const TransportOptions trusting = pinned(identity);
        // Each time there is a kept connection, made by an endpoint that trusts the server.
        answers(*server, trusting);
        askedInVain(*server, {}, TlsFault::SelfSigned, identity);
        answers(*server, trusting);
        const TestAuthority::Identity other = m_authority->selfSigned(u"IP:127.0.0.1"_s);
        askedInVain(*server, pinned(other), TlsFault::NotThePinned, identity);
        answers(*server, trusting);
    }

    void aPinIsHeldThroughHttp2()
    {
        const TestAuthority::Identity identity = m_authority->selfSigned(u"IP:127.0.0.1"_s);
        const auto server = serverWith(identity);
        TransportOptions options = pinned(identity);
        options.httpVersion = HttpVersion::Automatic;
        answers(*server, options);
        TransportOptions wrong = pinned(m_authority->selfSigned(u"IP:127.0.0.1"_s));
        wrong.httpVersion = HttpVersion::Automatic;
        askedInVain(*server, wrong, TlsFault::NotThePinned, identity);
    }
};

QTEST_GUILESS_MAIN(TestTransportPin)
#include "tst_transportpin.moc"
