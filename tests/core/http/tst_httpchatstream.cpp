// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/httpchatstream.h"

#include "chatrecorder.h"

#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// Streamed answers, good and bad, over every transport.
class TestHttpChatStream final : public QObject
{
    Q_OBJECT

    std::optional<ClientSetup> m_setup;

private Q_SLOTS:

    void initTestCase_data() { addManagerRows(); }

    void init()
    {
        QFETCH_GLOBAL(const QString, manager);
        m_setup.emplace(manager);
    }

    void cleanup() { m_setup.reset(); }

    void anAnswerStreams()
    {
        m_setup->server->enqueue(eventStream()
                .hold()
                .chunk("data: {\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
                       "{\"role\":\"assistant\"}}]}\n\n"_ba)
                .hold()
                .chunk(piece("Hel") + piece("lo"))
                .hold()
                .chunk(finishEvent
                    + "data: {\"choices\":[],\"usage\":{\"completion_tokens\":2}}\n\n"_ba
                    + "data: [DONE]\n\n"_ba)
                .lastChunk());
        ChatRecorder recorder(m_setup->ask());
        QTRY_COMPARE_WITH_TIMEOUT(recorder.said, QStringList{u"started"_s}, longWait);
        m_setup->server->release();
        QTRY_COMPARE_WITH_TIMEOUT(recorder.batches.size(), 1, longWait);
        m_setup->server->release();
        QTRY_COMPARE_WITH_TIMEOUT(recorder.text(), u"Hello"_s, longWait);
        // Both pieces came in one read.
        QCOMPARE(recorder.batches.size(), 2);
        QCOMPARE(recorder.batches.at(1).size(), 2);
        QCOMPARE(recorder.batches.at(1).at(0).at, recorder.batches.at(1).at(1).at);
        m_setup->server->release();
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.said,
            (QStringList{u"started"_s, u"events"_s, u"events"_s, u"events"_s, u"finished"_s}));

        const ChatOutcome &outcome = recorder.outcome;
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.choice().text, u"Hello"_s);
        QCOMPARE(outcome.choice().finish.kind, FinishReason::Kind::Stop);
        QCOMPARE(outcome.id, u"c1"_s);
        QCOMPARE(outcome.usage.completionTokens, 2);
        QCOMPARE(outcome.httpStatus, 200);
        QCOMPARE(headerValue(outcome.headers, "content-type"), "text/event-stream"_ba);

        const StreamTiming &timing = outcome.timing;
        QVERIFY(timing.sent && timing.firstByte && timing.firstToken && timing.end);
        QVERIFY(*timing.sent > 0ns);
        QCOMPARE_LE(*timing.sent, *timing.firstByte);
        QCOMPARE_LE(*timing.firstByte, *timing.firstToken);
        QCOMPARE_LE(*timing.lastToken, *timing.end);
        QCOMPARE(timing.chunks, 2);
        QCOMPARE(timing.arrivals.size(), std::size_t(1));
        QVERIFY(!timing.connectionReused);
        QCOMPARE_GT(timing.bytesReceived, 200);

        const ScriptedServer::Request request = m_setup->server->requests().constFirst();
        QCOMPARE(request.verb, "POST"_ba);
        QCOMPARE(request.target, "/v1/chat/completions"_ba);
        QCOMPARE(request.header("authorization"), "Bearer canary-0123456789"_ba);
        QCOMPARE(QJsonDocument::fromJson(request.body)[u"stream"_s], QJsonValue(true));
    }

    void theEndMarkerEndsAtOnceAndTheConnectionIsKept()
    {
        m_setup->server->enqueue(eventStream().chunk(piece("a") + doneEvents).hold().lastChunk());
        m_setup->server->enqueue(eventStream().chunk(piece("b") + doneEvents).lastChunk());
        ChatRecorder first(m_setup->ask());
        QTRY_VERIFY_WITH_TIMEOUT(first.isFinished(), longWait);
        QVERIFY(!first.outcome.error);
        QCOMPARE(m_setup->server->heldConnections(), 1);
        m_setup->server->release();
        QTest::qWait(50); // lets the end of the body arrive; less only costs a connection
        ChatRecorder second(m_setup->ask());
        QTRY_VERIFY_WITH_TIMEOUT(second.isFinished(), longWait);
        QCOMPARE(second.outcome.choice().text, u"b"_s);
        QCOMPARE(m_setup->server->requests().at(1).connection, 0);
        QVERIFY(second.outcome.timing.connectionReused);
    }

    void aConnectionThatDoesNotEndIsDropped()
    {
        m_setup->server->enqueue(eventStream().chunk(piece("a") + doneEvents).hold());
        ChatRecorder recorder(m_setup->ask());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QTRY_COMPARE_WITH_TIMEOUT(m_setup->server->openConnections(), 0, longWait);
    }

    void whatFollowsTheEndIsIgnored()
    {
        m_setup->server->enqueue(eventStream()
                .chunk(piece("a") + doneEvents + piece("b"))
                .chunk(piece("c"))
                .lastChunk());
        ChatRecorder recorder(m_setup->ask());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QVERIFY(!recorder.outcome.error);
        QCOMPARE(recorder.outcome.choice().text, u"a"_s);
        QCOMPARE(recorder.text(), u"a"_s);
    }

    void anAnswerWithoutItsEndIsTruncated_data()
    {
        QTest::addColumn<QString>("ending");
        QTest::newRow("chunked, complete") << u"lastChunk"_s;
        QTest::newRow("chunked, closed") << u"close"_s;
        QTest::newRow("chunked, reset") << u"reset"_s;
        QTest::newRow("until close") << u"untilClose"_s;
    }

    void anAnswerWithoutItsEndIsTruncated()
    {
        QFETCH(const QString, ending);
        Script script = ending == u"untilClose"_s
            ? Script::untilClose(200, "text/event-stream"_ba).send(piece("kept"))
            : eventStream().chunk(piece("kept"));
        script.hold();
        if (ending == u"lastChunk"_s) {
            script.lastChunk();
        } else if (ending == u"reset"_s) {
            script.reset();
        } else {
            script.close();
        }
        m_setup->server->enqueue(script);
        ChatRecorder recorder(m_setup->ask());
        QTRY_COMPARE_WITH_TIMEOUT(recorder.text(), u"kept"_s, longWait);
        m_setup->server->release();
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::Truncated);
        QVERIFY(recorder.outcome.error->message.endsWith(u'.'));
        QCOMPARE(recorder.outcome.choice().text, u"kept"_s);
    }

    void anErrorEventEndsTheStreamWithItsText()
    {
        m_setup->server->enqueue(eventStream()
                .chunk(piece("kept")
                    + "data: {\"error\":{\"message\":\"out of memory\",\"type\":\"server_error\"}}\n\n"_ba
                    + piece("lost"))
                .lastChunk());
        ChatRecorder recorder(m_setup->ask());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::Server);
        QCOMPARE(recorder.outcome.error->serverMessage, u"out of memory"_s);
        QCOMPARE(recorder.outcome.choice().text, u"kept"_s);
        QCOMPARE(recorder.text(), u"kept"_s);
    }

    void anErrorStatusIsDecoded()
    {
        m_setup->server->enqueue(Script::reply(429, "application/json"_ba,
            "{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\"}}"_ba,
            {{"Retry-After"_ba, "2"_ba}, {"X-Request-Id"_ba, "r7"_ba}}));
        ChatRecorder recorder(m_setup->ask());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.said, QStringList{u"finished"_s});
        QCOMPARE(recorder.errorKind(), ApiError::Kind::RateLimited);
        QCOMPARE(recorder.outcome.error->serverMessage, u"slow down"_s);
        QCOMPARE(recorder.outcome.error->httpStatus, 429);
        QCOMPARE(recorder.outcome.error->retryAfter, 2s);
        QCOMPARE(recorder.outcome.error->requestId, u"r7"_s);
        QCOMPARE(recorder.outcome.httpStatus, 429);
    }

    void anErrorBodyWithoutEndIsCutOff()
    {
        m_setup->server->enqueue(
            Script::chunked(500, "text/plain"_ba).chunk(QByteArray(80'000, 'x')).hold());
        ChatRecorder recorder(m_setup->ask());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::Server);
        QTRY_COMPARE_WITH_TIMEOUT(m_setup->server->openConnections(), 0, longWait);
    }

    void aRedirectIsReported()
    {
        m_setup->server->enqueue(Script::reply(
            307, "text/html"_ba, "moved"_ba, {{"Location"_ba, "http://elsewhere.example/"_ba}}));
        ChatRecorder recorder(m_setup->ask());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::Redirected);
        QCOMPARE(recorder.outcome.error->location, QUrl(u"http://elsewhere.example/"_s));
    }

    void aServerThatIsNotThereIsRefused()
    {
        m_setup->server->stopListening();
        ChatRecorder recorder(m_setup->ask());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::Refused);
        QVERIFY(!recorder.outcome.timing.firstByte);
        QVERIFY(recorder.outcome.timing.end);
    }

    void aRequestThatMustNotBeSentEndsFromTheEventLoop()
    {
        ChatRecorder recorder(m_setup->client->chat(m_setup->target(), ChatRequest()));
        QVERIFY(recorder.said.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::InvalidRequest);
        QVERIFY(m_setup->server->requests().isEmpty());

        Target unknown = m_setup->target();
        unknown.endpoint.provider = u"klingon"_s;
        ChatRecorder other(m_setup->client->chat(unknown, ClientSetup::question()));
        QVERIFY(other.said.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(other.isFinished(), longWait);
        QCOMPARE(other.errorKind(), ApiError::Kind::InvalidRequest);
        QVERIFY(other.outcome.error->message.contains(u"klingon"_s));
    }

    void manyAtOnce()
    {
        constexpr int count = 60;
        m_setup->server->setDefault(
            eventStream().chunk(piece("a")).hold().chunk(piece("b") + doneEvents).lastChunk());
        std::vector<std::unique_ptr<ChatRecorder>> recorders;
        recorders.reserve(count);
        for (int i = 0; i < count; ++i) {
            recorders.push_back(std::make_unique<ChatRecorder>(m_setup->ask()));
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_setup->server->heldConnections(), count, longWait);
        m_setup->server->release();
        for (const auto &recorder : recorders) {
            QTRY_VERIFY_WITH_TIMEOUT(recorder->isFinished(), longWait);
            QVERIFY(!recorder->outcome.error);
            QCOMPARE(recorder->outcome.choice().text, u"ab"_s);
            QCOMPARE(recorder->said.count(u"finished"_s), 1);
        }
    }
};

QTEST_GUILESS_MAIN(TestHttpChatStream)
#include "tst_httpchatstream.moc"
