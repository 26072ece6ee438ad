// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "probedservers.h"
#include "transporttest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

} // namespace

/// What a probe says where nothing is found, and what it does when something fails on the way.
class TestProbeFailures final : public TransportTest
{
    Q_OBJECT

    void serve(const Routes &routes) { Lorikeet::serve(*m_server, routes); }

    [[nodiscard]] Result<ProbeResult> probed(const QUrl &url, const QString &key = {})
    {
        return Lorikeet::probed(*m_client, url, key);
    }

private Q_SLOTS:

    /// llama.cpp shows its models to everyone: only /props tells that the key is wrong.
    void aWrongKeyIsFoundThoughModelsAreOpen()
    {
        Routes routes = llamaCpp();
        for (Route &route : routes) {
            if (route.path != "/v1/models") {
                route.status = 401;
                route.body = R"({"error":{"message":"Invalid API Key",)"
                             R"("type":"authentication_error","code":401}})";
            }
        }
        serve(routes);
        const Result<ProbeResult> result = probed(m_server->url(QString()), u"wrong"_s);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ApiError::Kind::Unauthorized);
        QCOMPARE(result.error().serverMessage, u"Invalid API Key"_s);
    }

    void failures_data()
    {
        QTest::addColumn<Routes>("routes");
        QTest::addColumn<QString>("key");
        QTest::addColumn<ApiError::Kind>("kind");
        QTest::addColumn<QString>("part");
        const QByteArray unauthorized = R"({"error":"Unauthorized"})";
        const Routes guarded{
            {"/v1/models", 401, unauthorized}, {"/version", 200, R"({"version":"0.11.2"})"}};
        QTest::newRow("no key") << guarded << QString() << ApiError::Kind::Unauthorized
                                << u"none was sent"_s;
        QTest::newRow("wrong key") << guarded << u"sk-wrong"_s << ApiError::Kind::Unauthorized
                                   << u"did not accept the key"_s;
        const QByteArray wrong = R"({"type":"error","error":{"type":"authentication_error",)"
                                 R"("message":"invalid x-api-key"}})";
        const Routes guardedAnthropic{
            {"/v1/models", 401, wrong}, {"/v1/models?limit=1000", 401, wrong}};
        QTest::newRow("anthropic, wrong key")
            << guardedAnthropic << u"sk-wrong"_s << ApiError::Kind::Unauthorized
            << u"did not accept the key"_s;
        QTest::newRow("anthropic, no key")
            << guardedAnthropic << QString() << ApiError::Kind::Unauthorized << u"Anthropic at"_s;
        const QByteArray wrongKey
            = R"({"error":{"code":400,"message":"API key not valid.","status":)"
              R"("INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}})";
        QTest::newRow("gemini, wrong key")
            << Routes{{"/v1/models", 400, wrongKey},
                   {"/v1beta/models?pageSize=1000", 400, wrongKey}}
            << u"AIza-wrong"_s << ApiError::Kind::Unauthorized << u"did not accept the key"_s;
        QTest::newRow("web page") << webPage() << QString() << ApiError::Kind::Protocol
                                  << u"text/html"_s;
        QTest::newRow("nothing there")
            << Routes() << QString() << ApiError::Kind::NotFound << u"/v1/models"_s;
        QTest::newRow("loading") << Routes{{"*", 503,
            R"({"error":{"message":"Loading model","type":"unavailable_error","code":503}})",
            {{"Server", "llama.cpp"}}}}
                                 << QString() << ApiError::Kind::Unavailable << u"still loading"_s;
        QTest::newRow("error under 200") << Routes{{"*", 200,
            R"j({"error":"Unexpected endpoint or method. (GET /v1/models)"})j"}}
                                         << QString() << ApiError::Kind::NotFound << u"no models"_s;
        QTest::newRow("elsewhere")
            << Routes{{"*", 301, "", {{"Location", "https://elsewhere.example/v1/models"}}}}
            << u"sk-secret"_s << ApiError::Kind::Redirected << u"elsewhere.example"_s;
    }

    void failures()
    {
        QFETCH(const Routes, routes);
        QFETCH(const QString, key);
        QFETCH(const ApiError::Kind, kind);
        QFETCH(const QString, part);
        serve(routes);
        const Result<ProbeResult> result = probed(m_server->url(QString()), key);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, kind);
        const QString all = result.error().message + result.error().location.toString();
        QVERIFY2(all.contains(part), qPrintable(all));
        QVERIFY(result.error().message.endsWith(u'.'));
        QVERIFY(key.isEmpty() || !all.contains(key));
    }

    /// A failed question is no answer, and no reason to look into one.
    void oneBrokenAnswerDoesNotStopTheOthers()
    {
        serve(llamaCpp());
        m_server->setRoute("/props", Script().close());
        m_server->setRoute("/info", Script().close());
        const Result<ProbeResult> result = probed(m_server->url(QString()));
        QVERIFY(result);
        QCOMPARE(result->description.server, u"llama.cpp"_s);
        QCOMPARE(result->description.models.constFirst().id, u"tiny-chat"_s);
    }

    void aKeyTheServerQuotesIsHidden()
    {
        serve({{"/v1/models", 401, R"({"error":{"message":"Unknown key: my-own-secret"}})"}});
        const Result<ProbeResult> result = probed(m_server->url(QString()), u"my-own-secret"_s);
        QVERIFY(!result);
        QVERIFY(!result.error().serverMessage.contains(u"my-own-secret"_s));
        QVERIFY(!result.error().body.contains("my-own-secret"));
    }

    void nobodyListens()
    {
        const QUrl url = m_server->url(QString());
        m_server.reset();
        const Result<ProbeResult> result = probed(url);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ApiError::Kind::Refused);
    }

    void notAnAddress_data()
    {
        QTest::addColumn<QUrl>("url");
        QTest::newRow("empty") << QUrl();
        QTest::newRow("no scheme") << QUrl(u"host/v1"_s);
        QTest::newRow("another scheme") << QUrl(u"ftp://host/v1"_s);
        QTest::newRow("no host") << QUrl(u"http:///v1"_s);
    }

    void notAnAddress()
    {
        QFETCH(const QUrl, url);
        const Result<ProbeResult> result = probed(url);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ApiError::Kind::InvalidRequest);
    }

    void noMoreThanThreeAtOnce()
    {
        m_server->setDefault(
            Script().hold().send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
        Target target;
        target.endpoint.url = m_server->url(QString());
        const auto future = probe(*m_client, target);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 3, longWait);
        int most = 3;
        while (!future.isFinished()) {
            most = std::max(most, m_server->heldConnections());
            m_server->release();
            QTest::qWait(1);
        }
        QCOMPARE(most, 3);
        QVERIFY(!future.result());
    }

    void deletingTheClientCancels()
    {
        m_server->setDefault(Script().hold());
        Target target;
        target.endpoint.url = m_server->url(QString());
        const auto future = probe(*m_client, target);
        QTRY_VERIFY_WITH_TIMEOUT(m_server->heldConnections() > 0, longWait);
        m_client.reset();
        QVERIFY(future.isFinished());
        QCOMPARE(future.resultCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestProbeFailures)
#include "tst_probefailures.moc"
