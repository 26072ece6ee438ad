// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "futures.h"
#include "kserveserver.h"
#include "testauthority.h"
#include "triton/grpctransport.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;
using namespace Lorikeet::Triton;

/// gRPC over TLS, against gRPC's own server.
class TestGrpcTls final : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestAuthority> m_authority;

    [[nodiscard]] static QStringList options(const TestAuthority::Identity &identity)
    {
        return {u"certificate="_s + identity.certificateFile, u"key="_s + identity.keyFile};
    }

    [[nodiscard]] Target trusting(const KserveServer &server) const
    {
        Target target = server.target();
        target.endpoint.tls.caFile = m_authority->caFile();
        return target;
    }

    [[nodiscard]] static Result<bool> ready(const Target &target)
    {
        GrpcTransport transport(target);
        return waitFor(transport.serverReady());
    }

private Q_SLOTS:

    void initTestCase() { m_authority = std::make_unique<TestAuthority>(); }

    void anAuthorityOfOnesOwnIsTrusted()
    {
        const KserveServer server(options(m_authority->issue(u"IP:127.0.0.1"_s)));
        QCOMPARE(server.target().endpoint.url.scheme(), u"grpcs"_s);
        const auto good = ready(trusting(server));
        QVERIFY2(good, qPrintable(sentence(good)));
        // What one endpoint trusts is no other's business.
        const auto unknown = ready(server.target());
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().kind, ApiError::Kind::Tls);
        QVERIFY2(unknown.error().message.contains(u"CA file"_s), qPrintable(sentence(unknown)));
    }

    void certificatesThatAreNotGood_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("expired");
        QTest::addColumn<QString>("word");
        QTest::newRow("another host") << u"DNS:other.example"_s << false << u"another name"_s;
        QTest::newRow("expired") << u"IP:127.0.0.1"_s << true << u"expired"_s;
    }

    void certificatesThatAreNotGood()
    {
        QFETCH(const QString, name);
        QFETCH(const bool, expired);
        QFETCH(const QString, word);
        const KserveServer server(options(m_authority->issue(name, expired)));
        const auto refused = ready(trusting(server));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ApiError::Kind::Tls);
        QVERIFY2(refused.error().message.contains(word), qPrintable(sentence(refused)));
    }

    void oneThatIsSignedByItself()
    {
        const TestAuthority::Identity own = m_authority->selfSigned(u"IP:127.0.0.1"_s);
        const KserveServer server(options(own));
        const auto refused = ready(server.target());
        QVERIFY(!refused);
        QVERIFY2(
            refused.error().message.contains(u"signed by itself"_s), qPrintable(sentence(refused)));
        Target target = server.target();
        target.endpoint.tls.caFile = own.certificateFile;
        QVERIFY(ready(target));
    }

    void aServerMayAskWhoOneIs()
    {
        const KserveServer server(options(m_authority->issue(u"IP:127.0.0.1"_s))
            + QStringList{u"client-ca="_s + m_authority->caFile()});
        const auto refused = ready(trusting(server));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ApiError::Kind::Tls);
        QVERIFY2(refused.error().message.contains(u"client certificate"_s),
            qPrintable(sentence(refused)));
        const TestAuthority::Identity mine = m_authority->issue(u"DNS:me"_s);
        Target target = trusting(server);
        target.endpoint.tls.clientCertificateFile = mine.certificateFile;
        target.endpoint.tls.clientKeyFile = mine.keyFile;
        const auto good = ready(target);
        QVERIFY2(good, qPrintable(sentence(good)));
    }

    void tlsWhereThereIsNone()
    {
        const KserveServer plain;
        Target target = plain.target();
        target.endpoint.url.setScheme(u"grpcs"_s);
        const auto refused = ready(target);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ApiError::Kind::Tls);
        QVERIFY2(refused.error().message.contains(u"grpc://"_s), qPrintable(sentence(refused)));
    }

    void noTlsWhereThereIsSome()
    {
        const KserveServer server(options(m_authority->issue(u"IP:127.0.0.1"_s)));
        Target target = server.target();
        target.endpoint.url.setScheme(u"grpc"_s);
        const auto refused = ready(target);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ApiError::Kind::Unreachable);
    }

    /// What cannot be done over gRPC is said, and nothing goes out instead.
    void whatIsNotDoneIsRefused()
    {
        const KserveServer server(options(m_authority->issue(u"IP:127.0.0.1"_s)));
        Target proxy = trusting(server);
        proxy.endpoint.proxy = {ProxySetting::Mode::Explicit, QUrl(u"http://127.0.0.1:1"_s)};
        Target pinned = trusting(server);
        pinned.endpoint.tls.pin = u"00"_s;
        Target missing = trusting(server);
        missing.endpoint.tls.caFile = u"/nonexistent/ca.pem"_s;
        const QList<std::pair<Target, QString>> wrong{
            {proxy, u"proxy"_s}, {pinned, u"pinned"_s}, {missing, u"/nonexistent/ca.pem"_s}};
        for (const auto &[target, word] : wrong) {
            const auto refused = ready(target);
            QVERIFY(!refused);
            QVERIFY2(refused.error().message.contains(word), qPrintable(sentence(refused)));
        }
    }
};

QTEST_GUILESS_MAIN(TestGrpcTls)
#include "tst_grpctls.moc"
