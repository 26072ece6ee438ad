// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/transport.h"

#include "exchange.h"
#include "http2server.h"
#include "kserveserver.h"
#include "managers.h"
#include "scriptedserver.h"
#include "testauthority.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// HTTP/2, where it is asked for, means the same as HTTP/1.1.
class TestTransportHttp2 final : public QObject
{
    Q_OBJECT

    std::optional<TestAuthority> m_authority;
    std::optional<TestAuthority::Identity> m_identity;
    std::unique_ptr<Http2Server> m_server;
    std::unique_ptr<QNetworkAccessManager> m_manager;

    [[nodiscard]] TransportOptions options(HttpVersion version = HttpVersion::Automatic) const
    {
        return {.proxy = {.mode = ProxySetting::Mode::None},
            .tls = {.caFile = m_authority->caFile()},
            .httpVersion = version};
    }

    [[nodiscard]] static bool isHttp2(const Exchange &exchange)
    {
        return exchange.reply().attribute(QNetworkRequest::Http2WasUsedAttribute).toBool();
    }

private Q_SLOTS:

    void initTestCase_data() { addManagerRows(); }

    void init()
    {
        QFETCH_GLOBAL(const QString, manager);
        if (!m_authority) {
            m_authority.emplace();
            m_identity = m_authority->issue(u"IP:127.0.0.1"_s);
        }
        m_server = std::make_unique<Http2Server>(TestAuthority::serverConfiguration(*m_identity));
        m_manager = makeManager(manager);
    }

    void cleanup()
    {
        m_manager.reset();
        m_server.reset();
    }

    void anAnswerStreams()
    {
        Exchange exchange(*m_manager, postRequest(m_server->url(), "{\"a\":1}"_ba), options());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 1, 30'000);
        QCOMPARE(m_server->protocols(), QList{"h2"_ba});
        QCOMPARE(m_server->requests().at(0).body, "{\"a\":1}"_ba);
        m_server->sendHead(0);
        m_server->send(0, "data: a\n\n"_ba);
        QTRY_COMPARE_WITH_TIMEOUT(exchange.body, "data: a\n\n"_ba, 30'000);
        QVERIFY(!exchange.isFinished());
        m_server->send(0, "data: b\n\n"_ba, true);
        QVERIFY(exchange.wait());
        QVERIFY2(!exchange.error, qPrintable(exchange.error ? exchange.error->message : u""_s));
        QCOMPARE(exchange.body, "data: a\n\ndata: b\n\n"_ba);
        QCOMPARE(exchange.head.status, 200);
        QCOMPARE(exchange.head.contentType(), "text/event-stream"_ba);
        QVERIFY(isHttp2(exchange));
        QVERIFY(exchange.phases.sent);
    }

    void itIsNotSpokenUnasked()
    {
        Exchange exchange(
            *m_manager, postRequest(m_server->url(), "{}"_ba), options(HttpVersion::Http1));
        QTRY_COMPARE_WITH_TIMEOUT(m_server->connectionCount(), 1, 30'000);
        QVERIFY(m_server->protocols().at(0) != "h2");
    }

    void itCanBeAllThatIsSpoken()
    {
        Exchange exchange(
            *m_manager, postRequest(m_server->url(), "{}"_ba), options(HttpVersion::Http2));
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 1, 30'000);
        m_server->sendHead(0);
        m_server->send(0, "a"_ba, true);
        QVERIFY(exchange.wait());
        QVERIFY(!exchange.error);
        QVERIFY(isHttp2(exchange));
    }

    void aServerThatDoesNotKnowItIsNotAskedInAnotherWay()
    {
        ScriptedServer older(TestAuthority::serverConfiguration(*m_identity));
        older.setDefault(Script::reply(200, "text/plain"_ba, "old"_ba));
        Exchange refused(
            *m_manager, postRequest(older.url(), "{}"_ba), options(HttpVersion::Http2));
        QFETCH_GLOBAL(const QString, manager);
        if (manager == u"qt"_s) {
            // It takes no notice of what the handshake agreed on, and waits for an answer until a
            // limit of time ends that.
            QTRY_VERIFY_WITH_TIMEOUT(older.connectionCount() > 0, 30'000);
        } else {
            QVERIFY(refused.wait());
            QVERIFY(refused.error);
        }
        QVERIFY(std::ranges::none_of(older.requests(),
            [](const ScriptedServer::Request &request) { return request.verb == "POST"; }));
        const auto other = makeManager(manager);
        Exchange asked(*other, postRequest(older.url(), "{}"_ba), options(HttpVersion::Automatic));
        QVERIFY(asked.wait());
        QCOMPARE(asked.body, "old"_ba);
    }

    void withoutTlsTheServerMustKnow()
    {
        const KserveServer server;
        const QUrl url(u"http://127.0.0.1:%1/"_s.arg(server.port()));
        Exchange exchange(*m_manager, postRequest(url, "{}"_ba), options(HttpVersion::Http2));
        QVERIFY(exchange.wait());
        QVERIFY2(
            exchange.head.status > 0, qPrintable(exchange.error ? exchange.error->message : u""_s));
        QVERIFY(isHttp2(exchange));
    }

    void answersShareAConnection()
    {
        Exchange first(*m_manager, postRequest(m_server->url(), "1"_ba), options());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 1, 30'000);
        Exchange second(*m_manager, postRequest(m_server->url(), "2"_ba), options());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 2, 30'000);
        QCOMPARE(m_server->connectionCount(), 1);
        m_server->sendHead(1);
        m_server->sendHead(0);
        m_server->send(1, "second"_ba, true);
        QVERIFY(second.wait());
        QCOMPARE(second.body, "second"_ba);
        QVERIFY(second.phases.connectionReused);
        QVERIFY(!first.isFinished());
        m_server->send(0, "first"_ba, true);
        QVERIFY(first.wait());
        QVERIFY(!first.error);
        QCOMPARE(first.body, "first"_ba);
    }

    void anAnswerThatIsResetIsTruncatedAndNoOther()
    {
        QFETCH_GLOBAL(const QString, manager);
        if (manager == u"qt"_s) {
            return; // takes the answer for whole; the missing end marker tells then
        }
        Exchange broken(*m_manager, postRequest(m_server->url(), "1"_ba), options());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 1, 30'000);
        Exchange whole(*m_manager, postRequest(m_server->url(), "2"_ba), options());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 2, 30'000);
        for (const qsizetype index : {0, 1}) {
            m_server->sendHead(index);
            m_server->send(index, "data: a"_ba);
        }
        QTRY_COMPARE_WITH_TIMEOUT(broken.body, "data: a"_ba, 30'000);
        m_server->reset(0);
        QVERIFY(broken.wait());
        QVERIFY(broken.error);
        QCOMPARE(broken.error->kind, ApiError::Kind::Truncated);
        QCOMPARE(broken.body, "data: a"_ba);
        m_server->send(1, "ll"_ba, true);
        QVERIFY(whole.wait());
        QVERIFY(!whole.error);
        QCOMPARE(whole.body, "data: all"_ba);
        QCOMPARE(m_server->requests().size(), 2);
    }

    void aServerThatLeavesTruncatesItsAnswers()
    {
        Exchange exchange(*m_manager, postRequest(m_server->url(), "{}"_ba), options());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 1, 30'000);
        m_server->sendHead(0);
        m_server->send(0, "data: a"_ba);
        QTRY_COMPARE_WITH_TIMEOUT(exchange.body, "data: a"_ba, 30'000);
        m_server->goAway(0);
        QVERIFY(exchange.wait());
        QVERIFY(exchange.error);
        QCOMPARE(exchange.error->kind, ApiError::Kind::Truncated);
        QCOMPARE(m_server->requests().size(), 1);
    }

    void stoppingTheOnlyOneIsToldTheServer()
    {
        Exchange stopped(*m_manager, postRequest(m_server->url(), "1"_ba), options());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 1, 30'000);
        m_server->sendHead(0);
        m_server->send(0, "a"_ba);
        QTRY_COMPARE_WITH_TIMEOUT(stopped.body, "a"_ba, 30'000);
        stopped.reply().abort();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_server->requests().at(0).isReset || m_server->openConnections() == 0, 30'000);
        Exchange next(*m_manager, postRequest(m_server->url(), "2"_ba), options());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 2, 30'000);
        m_server->sendHead(1);
        m_server->send(1, "b"_ba, true);
        QVERIFY(next.wait());
        QVERIFY(!next.error);
        QCOMPARE(next.body, "b"_ba);
    }

    void stoppingOneEndsItsStreamAlone()
    {
        Exchange stopped(*m_manager, postRequest(m_server->url(), "1"_ba), options());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 1, 30'000);
        Exchange other(*m_manager, postRequest(m_server->url(), "2"_ba), options());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 2, 30'000);
        m_server->sendHead(0);
        m_server->sendHead(1);
        m_server->send(0, "a"_ba);
        QTRY_COMPARE_WITH_TIMEOUT(stopped.body, "a"_ba, 30'000);
        stopped.reply().abort();
        m_server->send(1, "b"_ba); // libcurl tells the server when the connection is used next
        QTRY_VERIFY_WITH_TIMEOUT(m_server->requests().at(0).isReset, 30'000);
        m_server->send(1, "c"_ba, true);
        QVERIFY(other.wait());
        QVERIFY(!other.error);
        QCOMPARE(other.body, "bc"_ba);
        QCOMPARE(m_server->connectionCount(), 1);
    }
};

QTEST_GUILESS_MAIN(TestTransportHttp2)
#include "tst_transporthttp2.moc"
