// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/apiclient.h"

#include "scriptedserver.h"
#include "transporttest.h"

#include <QNetworkAccessManager>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

} // namespace

/// One-shot questions, over every transport. Chats have a test of their own.
class TestApiClient final : public TransportTest
{
    Q_OBJECT

    [[nodiscard]] Target target() const
    {
        Target target;
        target.endpoint.url = m_server->url();
        target.endpoint.provider = u"openai"_s;
        target.endpoint.server = u"vLLM"_s;
        return target;
    }

private Q_SLOTS:

    void anAnswerIsFetchedWhole()
    {
        m_server->enqueue(Script::chunked(200, "application/json"_ba, {{"X-A"_ba, "b"_ba}})
                .chunk("{\"a\":"_ba)
                .hold()
                .chunk("1}"_ba)
                .lastChunk());
        const auto future = m_client->fetch({.url = m_server->url(u"/x"_s)}, {}, 30s);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 1, longWait);
        QVERIFY(!future.isFinished());
        m_server->release();
        QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), longWait);
        const Result<HttpReply> reply = future.result();
        QVERIFY(reply);
        QCOMPARE(reply->status, 200);
        QCOMPARE(reply->body, "{\"a\":1}"_ba);
        QCOMPARE(reply->header("x-a"), "b"_ba);
        QVERIFY(reply->latency > 0ns);
    }

    void anErrorStatusIsAValue()
    {
        m_server->enqueue(Script::reply(404, "text/plain"_ba, "nothing here"_ba));
        const auto future = m_client->fetch({.url = m_server->url()}, {}, 30s);
        QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), longWait);
        QCOMPARE(future.result()->status, 404);
        QCOMPARE(future.result()->body, "nothing here"_ba);
    }

    void whatCannotBeFetchedIsAnError()
    {
        m_server->enqueue(Script().hold());
        const auto silent = m_client->fetch({.url = m_server->url()}, {}, 200ms);
        QTRY_VERIFY_WITH_TIMEOUT(silent.isFinished(), longWait);
        QCOMPARE(silent.result().error().kind, ApiError::Kind::TotalTimeout);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);

        m_server->stopListening();
        const auto refused = m_client->fetch({.url = m_server->url()}, {}, 30s);
        QVERIFY(!refused.isFinished());
        QTRY_VERIFY_WITH_TIMEOUT(refused.isFinished(), longWait);
        QCOMPARE(refused.result().error().kind, ApiError::Kind::Refused);
    }

    void deletingTheClientCancelsItsFutures()
    {
        m_server->setDefault(Script().hold());
        const auto fetched = m_client->fetch({.url = m_server->url()}, {}, 0ms);
        const auto described = m_client->describe(target());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 3, longWait);
        m_client.reset();
        QTRY_VERIFY_WITH_TIMEOUT(fetched.isFinished() && described.isFinished(), longWait);
        QVERIFY(fetched.isCanceled());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
    }

    void anEndpointIsDescribedByQuestionsInParallel()
    {
        const QByteArray models
            = "{\"object\":\"list\",\"data\":[{\"id\":\"m1\",\"object\":\"model\","
              "\"owned_by\":\"vllm\"}],\"version\":\"0.9.1\"}"_ba;
        m_server->setDefault(
            Script::chunked(200, "application/json"_ba).hold().chunk(models).lastChunk());
        const auto future = m_client->describe(target());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 2, longWait);
        m_server->release();
        QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), longWait);
        const Result<EndpointDescription> description = future.result();
        QVERIFY(description);
        QCOMPARE(description->models.size(), 1);
        QCOMPARE(description->models.constFirst().id, u"m1"_s);
        QVERIFY(description->latency && *description->latency > 0ns);
    }

    void anEndpointThatIsNotThereSaysWhy()
    {
        m_server->stopListening();
        const auto future = m_client->describe(target());
        QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), longWait);
        QCOMPARE(future.result().error().kind, ApiError::Kind::Refused);

        Target unknown = target();
        unknown.endpoint.provider = u"klingon"_s;
        const auto refused = m_client->describe(unknown);
        QTRY_VERIFY_WITH_TIMEOUT(refused.isFinished(), longWait);
        QCOMPARE(refused.result().error().kind, ApiError::Kind::InvalidRequest);
    }

    void aWrongKeySaysSo()
    {
        m_server->setDefault(Script::reply(401, "application/json"_ba,
            "{\"error\":{\"message\":\"Invalid API Key\",\"code\":401}}"_ba));
        Target withKey = target();
        withKey.key = Secret(u"sk-wrong"_s);
        const auto future = m_client->describe(withKey);
        QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), longWait);
        QCOMPARE(future.result().error().kind, ApiError::Kind::Unauthorized);
        QVERIFY(future.result().error().message.contains(u"did not accept the key"_s));

        Target keyless = target();
        keyless.key = {};
        const auto without = m_client->describe(keyless);
        QTRY_VERIFY_WITH_TIMEOUT(without.isFinished(), longWait);
        QVERIFY(without.result().error().message.contains(u"none was sent"_s));
    }
};

QTEST_GUILESS_MAIN(TestApiClient)
#include "tst_apiclient.moc"
