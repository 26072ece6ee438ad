// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http2server.h"
#include "lorirun.h"
#include "scriptedserver.h"
#include "socketdoor.h"
#include "testauthority.h"

#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// The ways to a server that lori can be told.
class TestLoriNetwork final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;
    TestAuthority m_authority;

    [[nodiscard]] LoriEnd chat(const QString &endpoint, const QStringList &more = {}) const
    {
        QStringList arguments{u"chat"_s, u"-e"_s, endpoint, u"-p"_s, u"openai"_s};
        arguments += more;
        arguments.append(u"Hello"_s);
        return runLori(m_home, arguments);
    }

    static void answering(ScriptedServer &server)
    {
        server.setDefault(eventStream().chunk(piece("fine") + done).lastChunk());
    }

private Q_SLOTS:

    void aCertificateIsPinnedByWhatItsErrorSays()
    {
        const TestAuthority::Identity identity = m_authority.selfSigned(u"DNS:other.example"_s);
        ScriptedServer server(TestAuthority::serverConfiguration(identity));
        answering(server);
        const QString url = server.url().toString();
        const LoriEnd refused = chat(url);
        QCOMPARE(refused.code, 4);
        const QString fingerprint = TestAuthority::fingerprint(identity);
        QVERIFY2(refused.err.contains(fingerprint.toLatin1()), refused.err);
        QVERIFY2(refused.err.contains("--pin"), refused.err);

        const LoriEnd pinned = chat(url, {u"--pin"_s, fingerprint});
        QCOMPARE(pinned.err, ""_ba);
        QCOMPARE(pinned.out, "fine"_ba);

        const LoriEnd other = chat(url, {u"--pin"_s, u"sha256:"_s + u"00"_s.repeated(32)});
        QCOMPARE(other.code, 4);
        QVERIFY2(other.err.contains("another certificate"), other.err);
        QCOMPARE(server.requests().size(), 1);
    }

    void aClientCertificateIsShown()
    {
        const TestAuthority::Identity client
            = m_authority.locked(m_authority.issue(u"DNS:client"_s), u"canary-0123456789"_s);
        QSslConfiguration strict
            = TestAuthority::serverConfiguration(m_authority.issue(u"IP:127.0.0.1"_s));
        strict.setPeerVerifyMode(QSslSocket::VerifyPeer);
        strict.setCaCertificates(QSslCertificate::fromPath(m_authority.caFile()));
        ScriptedServer server(strict);
        answering(server);
        const QString url = server.url().toString();
        const QStringList options{u"--ca"_s, m_authority.caFile(), u"--cert"_s,
            client.certificateFile, u"--cert-key"_s, client.keyFile};
        const LoriEnd locked = chat(url, options);
        QCOMPARE(locked.code, 4);
        QVERIFY2(locked.err.contains("passphrase is needed"), locked.err);
        const LoriEnd ended
            = chat(url, options + QStringList{u"--cert-key-env"_s, u"LORI_TEST_KEY"_s});
        QCOMPARE(ended.err, ""_ba);
        QCOMPARE(ended.out, "fine"_ba);
    }

    void aSocketIsAnAddress_data()
    {
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<bool>("named");
        QTest::newRow("as the address") << u"unix:%1"_s << false;
        QTest::newRow("with a path") << u"unix:%1:/v1"_s << false;
        QTest::newRow("beside one") << u"http://models.example"_s << true;
    }

    void aSocketIsAnAddress()
    {
        QFETCH(const QString, endpoint);
        QFETCH(const bool, named);
        ScriptedServer server;
        answering(server);
        const SocketDoor door(server.port());
        const LoriEnd ended = named ? chat(endpoint, {u"--unix-socket"_s, door.path()})
                                    : chat(endpoint.arg(door.path()));
        QCOMPARE(ended.err, ""_ba);
        QCOMPARE(ended.out, "fine"_ba);
        QCOMPARE(server.requests().constFirst().target, "/v1/chat/completions"_ba);
        QCOMPARE(server.requests().constFirst().header("host"),
            named ? "models.example"_ba : "localhost"_ba);
    }

    void theServerBehindASocketIsRecognised()
    {
        ScriptedServer server;
        server.setDefault(Script::reply(404, "text/plain"_ba, "no"_ba));
        server.setRoute("/v1/models"_ba,
            Script::reply(200, "application/json"_ba,
                R"({"object":"list","data":[{"id":"m:latest","object":"model"}]})"_ba));
        const SocketDoor door(server.port());
        const LoriEnd ended = runLori(m_home, {u"models"_s, u"-e"_s, u"unix:"_s + door.path()});
        QVERIFY2(ended.out.contains("m:latest"), ended.err);
    }

    void anAuthorityOfOnesOwnIsTrusted()
    {
        ScriptedServer server(
            TestAuthority::serverConfiguration(m_authority.issue(u"IP:127.0.0.1"_s)));
        answering(server);
        const QString url = server.url().toString();
        const LoriEnd stranger = chat(url);
        QCOMPARE(stranger.code, 4);
        QVERIFY2(stranger.err.contains("authority unknown"), stranger.err);
        const LoriEnd trusted = chat(url, {u"--ca-file"_s, m_authority.caFile()});
        QCOMPARE(trusted.err, ""_ba);
        QCOMPARE(trusted.out, "fine"_ba);
        QCOMPARE(server.requests().size(), 1);
    }

    void aTrustedAuthorityIsNotEnough_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("expired");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("expired") << u"IP:127.0.0.1"_s << true << "expired"_ba;
        QTest::newRow("wrong host")
            << u"DNS:other.example"_s << false << "another name (other.example)"_ba;
    }

    void aTrustedAuthorityIsNotEnough()
    {
        QFETCH(const QString, name);
        QFETCH(const bool, expired);
        QFETCH(const QByteArray, words);
        const TestAuthority::Identity identity = m_authority.issue(name, expired);
        ScriptedServer server(TestAuthority::serverConfiguration(identity));
        answering(server);
        const QString url = server.url().toString();
        const QStringList trusting{u"--ca-file"_s, m_authority.caFile()};
        const LoriEnd refused = chat(url, trusting);
        QCOMPARE(refused.code, 4);
        QVERIFY2(refused.err.contains(words), refused.err);
        QVERIFY(server.requests().isEmpty());
        // A person who has looked at it may have it all the same.
        const LoriEnd pinned
            = chat(url, trusting + QStringList{u"--pin"_s, TestAuthority::fingerprint(identity)});
        QCOMPARE(pinned.err, ""_ba);
        QCOMPARE(pinned.out, "fine"_ba);
    }

    void aProxyIsGoneThrough()
    {
        ScriptedServer proxy;
        answering(proxy);
        const QString where = u"http://models.invalid"_s;
        const LoriEnd through = chat(where, {u"--proxy"_s, proxy.url(QString()).toString()});
        QCOMPARE(through.err, ""_ba);
        QCOMPARE(through.out, "fine"_ba);
        QCOMPARE(
            proxy.requests().constFirst().target, "http://models.invalid/v1/chat/completions"_ba);

        // The system's, unless it is declined; and never for this machine.
        qunsetenv("no_proxy");
        qputenv("http_proxy", proxy.url(QString()).toEncoded());
        QCOMPARE(chat(where).out, "fine"_ba);
        QCOMPARE(chat(where, {u"--proxy"_s, u"none"_s}).code, 4);
        QCOMPARE(proxy.requests().size(), 2);
        ScriptedServer near;
        answering(near);
        QCOMPARE(chat(near.url().toString()).out, "fine"_ba);
        qunsetenv("http_proxy");
        QCOMPARE(near.requests().size(), 1);
        QCOMPARE(proxy.requests().size(), 2);
    }

    void theHttpToSpeakIsChosen_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<bool>("isHttp2");
        QTest::newRow("unasked") << QStringList() << false;
        QTest::newRow("1.1") << QStringList{u"--http"_s, u"1.1"_s} << false;
        QTest::newRow("2") << QStringList{u"--http"_s, u"2"_s} << true;
        QTest::newRow("auto") << QStringList{u"--http"_s, u"auto"_s} << true;
    }

    void theHttpToSpeakIsChosen()
    {
        QFETCH(const QStringList, options);
        QFETCH(const bool, isHttp2);
        Http2Server server(
            TestAuthority::serverConfiguration(m_authority.issue(u"IP:127.0.0.1"_s)));
        Lori lori(m_home,
            QStringList{u"chat"_s, u"-e"_s, server.url().toString(), u"-p"_s, u"openai"_s,
                u"--ca-file"_s, m_authority.caFile()}
                + options + QStringList{u"Hello"_s});
        QTRY_COMPARE_WITH_TIMEOUT(server.connectionCount(), 1, longWait);
        QTRY_COMPARE_WITH_TIMEOUT(server.protocols().size(), 1, longWait);
        QCOMPARE(server.protocols().constFirst() == "h2", isHttp2);
        if (isHttp2) {
            QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), 1, longWait);
            server.sendHead(0);
            server.send(0, piece("fine") + done, true);
            QVERIFY(lori.wait());
            QCOMPARE(lori.err(), ""_ba);
            QCOMPARE(lori.out(), "fine"_ba);
        }
    }

    void aPeerThatDoesNotGreetTimesOut()
    {
        QTcpServer silent; // accepts, and never shakes hands
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const LoriEnd ended = chat(
            u"https://127.0.0.1:%1"_s.arg(silent.serverPort()), {u"--connect-timeout"_s, u"0.2"_s});
        QCOMPARE(ended.code, 4);
        QVERIFY2(ended.err.contains("0.2 s"), ended.err);
    }

    /// Secrets of headers come from the environment, and nothing a server sets is sent back.
    void aCookieIsSentAsItWasGiven()
    {
        ScriptedServer server;
        server.enqueue(Script::reply(503, "text/plain"_ba, "loading"_ba,
            {{"Retry-After"_ba, "0.05"_ba}, {"Set-Cookie"_ba, "theirs=1"_ba}}));
        answering(server);
        const LoriEnd ended = chat(server.url().toString(),
            {u"--header"_s, u"Cookie: session=${LORI_TEST_KEY}"_s, u"--retries"_s, u"1"_s});
        QCOMPARE(ended.out, "fine"_ba);
        QVERIFY2(!ended.err.contains("canary"), ended.err);
        QCOMPARE(server.requests().size(), 2);
        for (const ScriptedServer::Request &request : server.requests()) {
            QCOMPARE(request.header("cookie"), "session=canary-0123456789"_ba);
        }
    }

    void whatIsWrongIsSaid_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("pin") << QStringList{u"--pin"_s, u"abc"_s} << "fingerprint"_ba;
        QTest::newRow("http") << QStringList{u"--http"_s, u"3"_s} << "1.1, 2 or auto"_ba;
        QTest::newRow("cert") << QStringList{u"--cert"_s, u"/nowhere.pem"_s} << "/nowhere.pem"_ba;
        QTest::newRow("passphrase")
            << QStringList{u"--cert-key-env"_s, u"LORI_NOT_SET"_s} << "LORI_NOT_SET"_ba;
    }

    void whatIsWrongIsSaid()
    {
        QFETCH(const QStringList, options);
        QFETCH(const QByteArray, words);
        const LoriEnd ended = chat(u"https://127.0.0.1:9"_s, options);
        QCOMPARE(ended.code, 2);
        QVERIFY2(ended.err.contains(words), ended.err);
    }
};

QTEST_GUILESS_MAIN(TestLoriNetwork)
#include "tst_lorinetwork.moc"
