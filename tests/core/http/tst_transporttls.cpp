// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/transport.h"

#include "exchange.h"
#include "managers.h"
#include "scriptedserver.h"
#include "testauthority.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

class TestTransportTls final : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestAuthority> m_authority;
    TestAuthority::Identity m_good;
    std::unique_ptr<QNetworkAccessManager> m_manager;

    [[nodiscard]] TransportOptions trusting() const
    {
        return {.tls = {.caFile = m_authority->caFile()}};
    }

private Q_SLOTS:

    void initTestCase_data() { addManagerRows(); }

    void init()
    {
        QFETCH_GLOBAL(const QString, manager);
        m_manager = makeManager(manager);
        if (!m_authority) {
            m_authority = std::make_unique<TestAuthority>();
            m_good = m_authority->issue(u"IP:127.0.0.1"_s);
        }
    }

    void cleanup() { m_manager.reset(); }

    void anAuthorityOfOnesOwnIsTrusted()
    {
        ScriptedServer server(TestAuthority::serverConfiguration(m_good));
        server.setDefault(Script::reply(200, "text/plain"_ba, "safe"_ba));
        for (int i = 0; i < 2; ++i) {
            Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba), trusting());
            QVERIFY(exchange.wait());
            QVERIFY2(!exchange.error, qPrintable(exchange.error ? exchange.error->message : u""_s));
            QCOMPARE(exchange.body, "safe"_ba);
            QCOMPARE(exchange.phases.connectionReused, i == 1);
            QCOMPARE(exchange.phases.tls.has_value(), i == 0);
        }
        QCOMPARE(server.connectionCount(), 1);
        // What one endpoint trusts is no other's business.
        Exchange stranger(*m_manager, postRequest(server.url(), "{}"_ba));
        QVERIFY(stranger.wait());
        QCOMPARE(stranger.error->kind, ApiError::Kind::Tls);
        QCOMPARE(server.requests().size(), 2);
    }

    void whatIsWrongWithACertificateIsSaid_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("making");
        QTest::addColumn<bool>("trusted");
        QTest::addColumn<QString>("words");
        QTest::addColumn<TlsFault>("fault");
        QTest::newRow("unknown authority") << u"IP:127.0.0.1"_s << u"issued"_s << false
                                           << u"authority unknown"_s << TlsFault::UnknownAuthority;
        QTest::newRow("wrong host") << u"DNS:other.example"_s << u"issued"_s << true
                                    << u"another name (other.example)"_s << TlsFault::WrongHost;
        QTest::newRow("wrong address") << u"IP:127.0.0.2"_s << u"issued"_s << true
                                       << u"another name (127.0.0.2)"_s << TlsFault::WrongHost;
        QTest::newRow("expired") << u"IP:127.0.0.1"_s << u"expired"_s << true << u"expired"_s
                                 << TlsFault::Expired;
        QTest::newRow("self-signed") << u"IP:127.0.0.1"_s << u"selfsigned"_s << false
                                     << u"signed by itself"_s << TlsFault::SelfSigned;
    }

    void whatIsWrongWithACertificateIsSaid()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, making);
        QFETCH(const bool, trusted);
        QFETCH(const QString, words);
        QFETCH(const TlsFault, fault);
        const TestAuthority::Identity identity = making == u"selfsigned"_s
            ? m_authority->selfSigned(name)
            : m_authority->issue(name, making == u"expired"_s);
        ScriptedServer server(TestAuthority::serverConfiguration(identity));
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba),
            trusted ? trusting() : TransportOptions());
        QVERIFY(exchange.wait());
        QVERIFY(exchange.error);
        QCOMPARE(exchange.error->kind, ApiError::Kind::Tls);
        QVERIFY2(exchange.error->message.contains(words), qPrintable(exchange.error->message));
        QVERIFY(exchange.error->message.contains(u"127.0.0.1:%1"_s.arg(server.port())));
        QVERIFY(server.requests().isEmpty());

        // What a person needs to judge it, and to pin it.
        QVERIFY(exchange.error->certificate);
        const ShownCertificate &shown = *exchange.error->certificate;
        QCOMPARE(shown.fault, fault);
        QCOMPARE(shown.fingerprint, TestAuthority::fingerprint(identity));
        QVERIFY(exchange.error->message.contains(shown.fingerprint));
        QCOMPARE(shown.subject, u"CN=Lorikeet test"_s);
        QCOMPARE(shown.issuer,
            making == u"selfsigned"_s ? shown.subject : u"CN=Lorikeet test authority"_s);
        QCOMPARE(shown.names, QStringList{name.section(u':', 1)});
        QCOMPARE(shown.notAfter < QDateTime::currentDateTimeUtc(), making == u"expired"_s);
        QVERIFY(shown.notBefore < shown.notAfter);
    }

    void aSelfSignedCertificateCanBeGivenAsAuthority()
    {
        const TestAuthority::Identity identity = m_authority->selfSigned(u"IP:127.0.0.1"_s);
        ScriptedServer server(TestAuthority::serverConfiguration(identity));
        server.setDefault(Script::reply(200, "text/plain"_ba, "safe"_ba));
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba),
            {.tls = {.caFile = identity.certificateFile}});
        QVERIFY(exchange.wait());
        QVERIFY2(!exchange.error, qPrintable(exchange.error ? exchange.error->message : u""_s));
    }

    void httpsToAPlainPortIsSaid()
    {
        ScriptedServer server;
        QUrl url = server.url();
        url.setScheme(u"https"_s);
        // The server takes the handshake for the start of a request and waits for more of it.
        Exchange exchange(
            *m_manager, postRequest(url, "{}"_ba), {.connectTimeout = Milliseconds(20'000)});
        QTRY_VERIFY_WITH_TIMEOUT(server.openConnections() == 1, 30'000);
        server.closeConnections();
        QVERIFY(exchange.wait());
        QCOMPARE(exchange.error->kind, ApiError::Kind::Tls);
    }

    void aClientCertificateIsShown_data()
    {
        QTest::addColumn<QString>("which");
        QTest::addColumn<QString>("passphrase");
        QTest::newRow("key") << u"good"_s << QString();
        QTest::newRow("encrypted key") << u"locked"_s << u"canary ünlocked"_s;
    }

    void aClientCertificateIsShown()
    {
        QFETCH(const QString, which);
        QFETCH(const QString, passphrase);
        TestAuthority::Identity client = m_authority->issue(u"DNS:client"_s);
        if (which == u"locked"_s) {
            client = m_authority->locked(client, passphrase);
        }
        QSslConfiguration strict = TestAuthority::serverConfiguration(m_good);
        strict.setPeerVerifyMode(QSslSocket::VerifyPeer);
        strict.setCaCertificates(QSslCertificate::fromPath(m_authority->caFile()));
        ScriptedServer server(strict);
        server.setDefault(Script::reply(200, "text/plain"_ba, "safe"_ba));
        TransportOptions options = trusting();
        options.tls.clientCertificateFile = client.certificateFile;
        options.tls.clientKeyFile = client.keyFile;
        options.clientKeyPassphrase = Secret(passphrase);
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba), options);
        QVERIFY(exchange.wait());
        QVERIFY2(!exchange.error, qPrintable(exchange.error ? exchange.error->message : u""_s));
        QCOMPARE(exchange.body, "safe"_ba);
    }

    void aServerThatWantsAnotherClientIsUnderstood_data()
    {
        QTest::addColumn<QString>("which");
        QTest::addColumn<QString>("version");
        for (const QString &version : {u"-tls1_2"_s, u"-tls1_3"_s}) {
            for (const QString &which : {u"none"_s, u"foreign"_s, u"expired"_s}) {
                QTest::addRow("%s %s", qPrintable(which), qPrintable(version)) << which << version;
            }
        }
    }

    void aServerThatWantsAnotherClientIsUnderstood()
    {
        QFETCH(const QString, which);
        QFETCH(const QString, version);
        // Qt's server drops such a client without a word; most others are built on OpenSSL.
        QProcess server;
        server.start(u"openssl"_s,
            {u"s_server"_s, u"-accept"_s, u"127.0.0.1:0"_s, u"-www"_s, u"-Verify"_s, u"2"_s,
                u"-verify_return_error"_s, u"-CAfile"_s, m_authority->caFile(), u"-cert"_s,
                m_good.certificateFile, u"-key"_s, m_good.keyFile, version});
        QByteArray said;
        const auto hear
            = [&]() -> const QByteArray & { return said += server.readAllStandardOutput(); };
        QTRY_VERIFY_WITH_TIMEOUT(hear().contains("ACCEPT 127.0.0.1:"), 30'000);
        const int port = said.split(':').constLast().trimmed().toInt();
        TransportOptions options = trusting();
        const TestAuthority stranger;
        if (which != u"none"_s) {
            const TestAuthority::Identity client
                = (which == u"foreign"_s ? stranger : *m_authority)
                      .issue(u"DNS:client"_s, which == u"expired"_s);
            options.tls.clientCertificateFile = client.certificateFile;
            options.tls.clientKeyFile = client.keyFile;
        }
        Exchange exchange(*m_manager, {.url = QUrl(u"https://127.0.0.1:%1/"_s.arg(port))}, options);
        QVERIFY(exchange.wait());
        server.kill();
        QVERIFY(server.waitForFinished());
        QVERIFY(exchange.error);
        // Before TLS 1.3 a missing certificate is a failed handshake like any other.
        const bool isTold = which != u"none"_s || version == u"-tls1_3"_s;
        QVERIFY2(exchange.error->message.contains(
                     isTold ? u"asks for a client certificate"_s : u"wants a client certificate"_s),
            qPrintable(exchange.error->message));
        QCOMPARE(exchange.error->kind, ApiError::Kind::Tls);
        QVERIFY(!exchange.error->certificate);
    }

    void aKeyThatDoesNotOpenIsSaid_data()
    {
        QTest::addColumn<QString>("passphrase");
        QTest::addColumn<QString>("words");
        QTest::newRow("none") << QString() << u"passphrase is needed"_s;
        QTest::newRow("wrong") << u"canary"_s << u"does not open it"_s;
    }

    void aKeyThatDoesNotOpenIsSaid()
    {
        QFETCH(const QString, passphrase);
        QFETCH(const QString, words);
        const TestAuthority::Identity client
            = m_authority->locked(m_authority->issue(u"DNS:client"_s), u"right"_s);
        ScriptedServer server(TestAuthority::serverConfiguration(m_good));
        TransportOptions options = trusting();
        options.tls.clientCertificateFile = client.certificateFile;
        options.tls.clientKeyFile = client.keyFile;
        options.clientKeyPassphrase = Secret(passphrase);
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba), options);
        QVERIFY(exchange.wait());
        QVERIFY(exchange.error);
        QVERIFY2(exchange.error->message.contains(words), qPrintable(exchange.error->message));
        QVERIFY(exchange.error->message.contains(client.keyFile));
        QVERIFY(!exchange.error->message.contains(u"canary"_s));
        QCOMPARE(server.connectionCount(), 0);
    }

    void filesOfNoUseAreNamed_data()
    {
        QTest::addColumn<QString>("caText");
        QTest::addColumn<QString>("certificateText");
        QTest::newRow("no certificate in the CA file") << u"nothing"_s << QString();
        QTest::newRow("no client certificate") << QString() << u"nothing"_s;
    }

    void filesOfNoUseAreNamed()
    {
        QFETCH(const QString, caText);
        QFETCH(const QString, certificateText);
        const QTemporaryDir dir;
        TlsTrust trust;
        QString path;
        for (const auto &[text, member] : {std::pair{caText, &TlsTrust::caFile},
                 std::pair{certificateText, &TlsTrust::clientCertificateFile}}) {
            if (!text.isEmpty()) {
                path = dir.filePath(u"file.pem"_s);
                QFile file(path);
                QVERIFY(file.open(QIODevice::WriteOnly));
                file.write(text.toUtf8());
                trust.*member = path;
            }
        }
        ScriptedServer server(TestAuthority::serverConfiguration(m_good));
        Exchange exchange(*m_manager, postRequest(server.url(), "{}"_ba), {.tls = trust});
        QVERIFY(exchange.wait());
        QCOMPARE(exchange.error->kind, ApiError::Kind::Tls);
        QVERIFY2(exchange.error->message.contains(path), qPrintable(exchange.error->message));
        QCOMPARE(server.connectionCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestTransportTls)
#include "tst_transporttls.moc"
