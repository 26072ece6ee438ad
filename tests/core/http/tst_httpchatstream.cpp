// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/httpchatstream.h"

#include "http/apiclient.h"
#include "managers.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "scriptedserver.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

/// Generous: it costs nothing when things work.
constexpr int longWait = 30'000;

QByteArray piece(const QByteArray &text)
{
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""_ba + text + "\"}}]}\n\n"_ba;
}

const QByteArray finish
    = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"_ba;
const QByteArray done = finish + "data: [DONE]\n\n"_ba;

Script eventStream() { return Script::chunked(200, "text/event-stream"_ba); }

const QByteArray wholeAnswer
    = "{\"id\":\"x\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
      "\"content\":\"whole\"},\"finish_reason\":\"stop\"}],\"usage\":{\"completion_tokens\":1}}"_ba;

/// A dialect of JSON lines: {"text":…} and {"end":true}.
class LinesDialect final : public Provider
{
public:
    [[nodiscard]] QString id() const override { return u"lines"_s; }

    [[nodiscard]] QString displayName() const override { return u"Lines"_s; }

    [[nodiscard]] Framing framing() const override { return Framing::JsonLines; }

    [[nodiscard]] ParameterSpecs parameters(const QString &) const override { return {}; }

    [[nodiscard]] AdapterStyle adapterStyle(const QString &) const override
    {
        return AdapterStyle::None;
    }

    [[nodiscard]] Result<HttpRequest> encode(
        const Target &target, const ChatRequest &) const override
    {
        return HttpRequest{.verb = "POST", .url = target.endpoint.url, .body = "{}"};
    }

    [[nodiscard]] std::unique_ptr<StreamDecoder> makeDecoder() const override
    {
        return std::make_unique<Decoder>();
    }

    [[nodiscard]] Result<StreamEvents> decodeReply(
        const HttpReply &reply, TimePoint at) const override
    {
        return StreamEvents{{at, TextDelta{.text = QString::fromUtf8(reply.body)}}};
    }

    [[nodiscard]] StreamEvents decodeHead(const Headers &, TimePoint at) const override
    {
        return {{at, Started{.id = u"head"_s}}};
    }

    [[nodiscard]] QList<HttpRequest> describeRequests(const Target &) const override { return {}; }

    [[nodiscard]] Result<EndpointDescription> describe(const QList<HttpReply> &) const override
    {
        return EndpointDescription();
    }

private:
    class Decoder final : public StreamDecoder
    {
    public:
        [[nodiscard]] std::optional<ApiError> decode(
            QByteArrayView data, QByteArrayView, TimePoint at, StreamEvents &out) override
        {
            const QJsonObject object = QJsonDocument::fromJson(data.toByteArray()).object();
            m_complete = object.contains(u"end"_s);
            if (!m_complete) {
                out.append({at, TextDelta{.text = object[u"text"_s].toString()}});
            }
            return std::nullopt;
        }

        [[nodiscard]] bool isComplete() const override { return m_complete; }

        [[nodiscard]] std::optional<ApiError> atEnd() const override
        {
            ApiError error;
            error.kind = ApiError::Kind::Truncated;
            return error;
        }

    private:
        bool m_complete = false;
    };
};

/// Writes down what a stream says.
class Recorder final : public QObject
{
public:
    explicit Recorder(ChatStream *stream)
        : m_stream(stream)
    {
        connect(stream, &ChatStream::started, this, [this] { said.append(u"started"_s); });
        connect(stream, &ChatStream::events, this, [this](const StreamEvents &events) {
            said.append(u"events"_s);
            batches.append(events);
        });
        connect(stream, &ChatStream::finished, this, [this](const ChatOutcome &result) {
            said.append(u"finished"_s);
            outcome = result;
        });
    }

    ~Recorder() override { delete m_stream; }

    [[nodiscard]] bool isFinished() const { return said.contains(u"finished"_s); }

    [[nodiscard]] QString text() const
    {
        QString all;
        for (const StreamEvents &batch : batches) {
            for (const StreamEvent &event : batch) {
                if (const auto *delta = std::get_if<TextDelta>(&event.payload)) {
                    all += delta->text;
                }
            }
        }
        return all;
    }

    [[nodiscard]] ApiError::Kind errorKind() const
    {
        return outcome.error ? outcome.error->kind : ApiError::Kind::Internal;
    }

    QStringList said;
    QList<StreamEvents> batches;
    ChatOutcome outcome;

private:
    QPointer<ChatStream> m_stream;
};

} // namespace

/// Answers, good and bad, over every transport.
class TestHttpChatStream final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::unique_ptr<ApiClient> m_client;
    std::unique_ptr<ScriptedServer> m_server;

    [[nodiscard]] Target target(const Timeouts &timeouts = {}) const
    {
        Target target;
        target.endpoint.url = m_server->url(u"/v1"_s);
        target.endpoint.provider = u"openai"_s;
        target.endpoint.timeouts = timeouts;
        target.key = Secret(u"canary-0123456789"_s);
        return target;
    }

    [[nodiscard]] static ChatRequest question(bool stream = true)
    {
        ChatRequest request;
        request.messages = {{.role = Role::User, .content = u"Hello"_s}};
        request.stream = stream;
        return request;
    }

    [[nodiscard]] ChatStream *ask(const Timeouts &timeouts = {}, bool stream = true)
    {
        return m_client->chat(target(timeouts), question(stream));
    }

private Q_SLOTS:

    void initTestCase_data() { addManagerRows(); }

    void init()
    {
        QFETCH_GLOBAL(const QString, manager);
        m_manager = makeManager(manager);
        m_client = std::make_unique<ApiClient>(*m_manager);
        m_server = std::make_unique<ScriptedServer>();
    }

    void cleanup()
    {
        m_client.reset();
        m_manager.reset();
        m_server.reset();
    }

    void anAnswerStreams()
    {
        m_server->enqueue(eventStream()
                .hold()
                .chunk("data: {\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
                       "{\"role\":\"assistant\"}}]}\n\n"_ba)
                .hold()
                .chunk(piece("Hel") + piece("lo"))
                .hold()
                .chunk(finish + "data: {\"choices\":[],\"usage\":{\"completion_tokens\":2}}\n\n"_ba
                    + "data: [DONE]\n\n"_ba)
                .lastChunk());
        Recorder recorder(ask());
        QTRY_COMPARE_WITH_TIMEOUT(recorder.said, QStringList{u"started"_s}, longWait);
        m_server->release();
        QTRY_COMPARE_WITH_TIMEOUT(recorder.batches.size(), 1, longWait);
        m_server->release();
        QTRY_COMPARE_WITH_TIMEOUT(recorder.text(), u"Hello"_s, longWait);
        // Both pieces came in one read.
        QCOMPARE(recorder.batches.size(), 2);
        QCOMPARE(recorder.batches.at(1).size(), 2);
        QCOMPARE(recorder.batches.at(1).at(0).at, recorder.batches.at(1).at(1).at);
        m_server->release();
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

        const ScriptedServer::Request request = m_server->requests().constFirst();
        QCOMPARE(request.verb, "POST"_ba);
        QCOMPARE(request.target, "/v1/chat/completions"_ba);
        QCOMPARE(request.header("authorization"), "Bearer canary-0123456789"_ba);
        QCOMPARE(QJsonDocument::fromJson(request.body)[u"stream"_s], QJsonValue(true));
    }

    void theEndMarkerEndsAtOnceAndTheConnectionIsKept()
    {
        m_server->enqueue(eventStream().chunk(piece("a") + done).hold().lastChunk());
        m_server->enqueue(eventStream().chunk(piece("b") + done).lastChunk());
        Recorder first(ask());
        QTRY_VERIFY_WITH_TIMEOUT(first.isFinished(), longWait);
        QVERIFY(!first.outcome.error);
        QCOMPARE(m_server->heldConnections(), 1);
        m_server->release();
        QTest::qWait(50); // lets the end of the body arrive; less only costs a connection
        Recorder second(ask());
        QTRY_VERIFY_WITH_TIMEOUT(second.isFinished(), longWait);
        QCOMPARE(second.outcome.choice().text, u"b"_s);
        QCOMPARE(m_server->requests().at(1).connection, 0);
        QVERIFY(second.outcome.timing.connectionReused);
    }

    void aConnectionThatDoesNotEndIsDropped()
    {
        m_server->enqueue(eventStream().chunk(piece("a") + done).hold());
        Recorder recorder(ask());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
    }

    void whatFollowsTheEndIsIgnored()
    {
        m_server->enqueue(
            eventStream().chunk(piece("a") + done + piece("b")).chunk(piece("c")).lastChunk());
        Recorder recorder(ask());
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
        m_server->enqueue(script);
        Recorder recorder(ask());
        QTRY_COMPARE_WITH_TIMEOUT(recorder.text(), u"kept"_s, longWait);
        m_server->release();
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::Truncated);
        QVERIFY(recorder.outcome.error->message.endsWith(u'.'));
        QCOMPARE(recorder.outcome.choice().text, u"kept"_s);
    }

    void anErrorEventEndsTheStreamWithItsText()
    {
        m_server->enqueue(eventStream()
                .chunk(piece("kept")
                    + "data: {\"error\":{\"message\":\"out of memory\",\"type\":\"server_error\"}}\n\n"_ba
                    + piece("lost"))
                .lastChunk());
        Recorder recorder(ask());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::Server);
        QCOMPARE(recorder.outcome.error->serverMessage, u"out of memory"_s);
        QCOMPARE(recorder.outcome.choice().text, u"kept"_s);
        QCOMPARE(recorder.text(), u"kept"_s);
    }

    void anErrorStatusIsDecoded()
    {
        m_server->enqueue(Script::reply(429, "application/json"_ba,
            "{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\"}}"_ba,
            {{"Retry-After"_ba, "2"_ba}, {"X-Request-Id"_ba, "r7"_ba}}));
        Recorder recorder(ask());
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
        m_server->enqueue(
            Script::chunked(500, "text/plain"_ba).chunk(QByteArray(80'000, 'x')).hold());
        Recorder recorder(ask());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::Server);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
    }

    void aRedirectIsReported()
    {
        m_server->enqueue(Script::reply(
            307, "text/html"_ba, "moved"_ba, {{"Location"_ba, "http://elsewhere.example/"_ba}}));
        Recorder recorder(ask());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::Redirected);
        QCOMPARE(recorder.outcome.error->location, QUrl(u"http://elsewhere.example/"_s));
    }

    void aServerThatIsNotThereIsRefused()
    {
        m_server->stopListening();
        Recorder recorder(ask());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::Refused);
        QVERIFY(!recorder.outcome.timing.firstByte);
        QVERIFY(recorder.outcome.timing.end);
    }

    void anotherContentType_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("error");
        const QByteArray stream = piece("a") + done;
        QTest::newRow("a whole answer")
            << "application/json; charset=utf-8"_ba << wholeAnswer << u"whole"_s << QString();
        QTest::newRow("an error object")
            << "application/json"_ba << "{\"error\":\"Unexpected endpoint or method.\"}"_ba
            << QString() << u"not_found"_s;
        QTest::newRow("another object")
            << "application/json"_ba << "{\"a\":1}"_ba << QString() << u"protocol"_s;
        QTest::newRow("a page") << "text/html"_ba << "<!doctype html><title>Sign in</title>"_ba
                                << QString() << u"protocol"_s;
        QTest::newRow("a page that says nothing")
            << ""_ba << "\n\n <html>"_ba << QString() << u"protocol"_s;
        QTest::newRow("a long page")
            << "text/html"_ba << "<p>"_ba.repeated(5000) << QString() << u"protocol"_s;
        QTest::newRow("nothing at all") << ""_ba << ""_ba << QString() << u"protocol"_s;
        QTest::newRow("half an event") << ""_ba << "da"_ba << QString() << u"protocol"_s;
        QTest::newRow("events as text") << "text/plain"_ba << stream << u"a"_s << QString();
        QTest::newRow("events without a type") << ""_ba << stream << u"a"_s << QString();
        QTest::newRow("events after a comment")
            << "application/octet-stream"_ba << ": hi\n\n"_ba + stream << u"a"_s << QString();
        QTest::newRow("events after a mark and a line")
            << ""_ba << "\xef\xbb\xbf\n"_ba + stream << u"a"_s << QString();
        QTest::newRow("JSON without a type") << ""_ba << wholeAnswer << u"whole"_s << QString();
        QTest::newRow("events with parameters")
            << "Text/Event-Stream;charset=UTF-8"_ba << stream << u"a"_s << QString();
    }

    void anotherContentType()
    {
        QFETCH(const QByteArray, type);
        QFETCH(const QByteArray, body);
        QFETCH(const QString, text);
        QFETCH(const QString, error);
        m_server->enqueue(Script::reply(200, type, body));
        // And the same, byte by byte.
        Script slow = Script::chunked(200, type);
        for (const char byte : body.first(std::min<qsizetype>(body.size(), 200))) {
            slow.chunk(QByteArray(1, byte)).pause(0ms);
        }
        m_server->enqueue(
            slow.chunk(body.sliced(std::min<qsizetype>(body.size(), 200)) + '\n').lastChunk());
        for (int i = 0; i < 2; ++i) {
            Recorder recorder(ask());
            QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
            QCOMPARE(recorder.outcome.choice().text, text);
            QCOMPARE(recorder.text(), text);
            QCOMPARE(
                recorder.outcome.error ? toWord(recorder.outcome.error->kind) : QString(), error);
            if (recorder.outcome.error) {
                QVERIFY(recorder.outcome.error->message.endsWith(u'.'));
                QCOMPARE_LE(recorder.outcome.error->body.size(), 4096);
            }
            if (type == "text/html") {
                QVERIFY(recorder.outcome.error->body.startsWith(body.first(3)));
                QVERIFY(recorder.outcome.error->message.contains(u"text/html"_s));
            }
        }
    }

    void aWholeAnswer()
    {
        m_server->enqueue(Script::reply(200, "application/json"_ba, wholeAnswer));
        Recorder recorder(ask({}, false));
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.said, (QStringList{u"started"_s, u"events"_s, u"finished"_s}));
        QVERIFY(!recorder.outcome.error);
        QCOMPARE(recorder.outcome.choice().text, u"whole"_s);
        QCOMPARE(recorder.outcome.timing.firstToken, recorder.outcome.timing.end);
        QCOMPARE(QJsonDocument::fromJson(m_server->requests().constFirst().body)[u"stream"_s],
            QJsonValue(false));
    }

    void aWholeAnswerThatBreaksOffIsTruncated()
    {
        m_server->enqueue(Script::chunked(200, "application/json"_ba)
                .chunk(wholeAnswer.first(40))
                .hold()
                .close());
        Recorder recorder(ask({}, false));
        QTRY_COMPARE_WITH_TIMEOUT(recorder.said, QStringList{u"started"_s}, longWait);
        m_server->release();
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::Truncated);
    }

    void eventsWhereAWholeAnswerWasAskedAreUnderstood()
    {
        m_server->enqueue(eventStream().chunk(piece("a") + done).lastChunk());
        Recorder recorder(ask({}, false));
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QVERIFY(!recorder.outcome.error);
        QCOMPARE(recorder.outcome.choice().text, u"a"_s);
    }

    void jsonLines()
    {
        const LinesDialect dialect;
        m_server->enqueue(Script::chunked(200, "application/x-ndjson"_ba)
                .chunk("{\"text\":\"a\"}\n{\"te"_ba)
                .hold()
                .chunk("xt\":\"b\"}\n{\"end\":true}"_ba)
                .lastChunk());
        Recorder recorder(new HttpChatStream(*m_manager, &dialect, target(), question()));
        QTRY_COMPARE_WITH_TIMEOUT(recorder.text(), u"a"_s, longWait);
        m_server->release();
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QVERIFY(!recorder.outcome.error);
        QCOMPARE(recorder.outcome.choice().text, u"ab"_s);
        QCOMPARE(recorder.outcome.id, u"head"_s);

        m_server->enqueue(Script::reply(200, "application/json"_ba, "{\"text\":\"a\"}\n"_ba));
        Recorder cut(new HttpChatStream(*m_manager, &dialect, target(), question()));
        QTRY_VERIFY_WITH_TIMEOUT(cut.isFinished(), longWait);
        QCOMPARE(cut.errorKind(), ApiError::Kind::Truncated);
        QCOMPARE(cut.outcome.choice().text, u"a"_s);

        m_server->enqueue(Script::reply(200, "application/json"_ba, "whole"_ba));
        Recorder whole(new HttpChatStream(*m_manager, &dialect, target(), question(false)));
        QTRY_VERIFY_WITH_TIMEOUT(whole.isFinished(), longWait);
        QCOMPARE(whole.outcome.choice().text, u"whole"_s);
    }

    void aRequestThatMustNotBeSentEndsFromTheEventLoop()
    {
        Recorder recorder(m_client->chat(target(), ChatRequest()));
        QVERIFY(recorder.said.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::InvalidRequest);
        QVERIFY(m_server->requests().isEmpty());

        Target unknown = target();
        unknown.endpoint.provider = u"klingon"_s;
        Recorder other(m_client->chat(unknown, question()));
        QVERIFY(other.said.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(other.isFinished(), longWait);
        QCOMPARE(other.errorKind(), ApiError::Kind::InvalidRequest);
        QVERIFY(other.outcome.error->message.contains(u"klingon"_s));
    }

    void theKeyIsInNoError_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        const QByteArray key = "canary-0123456789"_ba;
        QTest::newRow("JSON") << 401 << "application/json"_ba
                              << "{\"error\":{\"message\":\"Incorrect API key: "_ba + key
                + "\"}}"_ba;
        QTest::newRow("text") << 500 << "text/plain"_ba << "got header x: "_ba + key;
        QTest::newRow("page") << 200 << "text/html"_ba << "<p>"_ba + key;
        QTest::newRow("no object of ours")
            << 200 << "application/json"_ba << "[\""_ba + key + "\"]"_ba;
    }

    void theKeyIsInNoError()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, type);
        QFETCH(const QByteArray, body);
        m_server->enqueue(Script::reply(status, type, body));
        Recorder recorder(ask());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        const ApiError &error = recorder.outcome.error.value();
        QVERIFY(!error.message.contains(u"canary"_s));
        QVERIFY(!error.serverMessage.contains(u"canary"_s));
        QVERIFY(!error.body.contains("canary"));
    }

    void limits_data()
    {
        QTest::addColumn<QString>("case_");
        QTest::addColumn<ApiError::Kind>("kind");
        QTest::newRow("no head") << u"silent"_s << ApiError::Kind::FirstTokenTimeout;
        QTest::newRow("comments are no token")
            << u"comments"_s << ApiError::Kind::FirstTokenTimeout;
        QTest::newRow("a role is no token") << u"role"_s << ApiError::Kind::FirstTokenTimeout;
        QTest::newRow("idle") << u"idle"_s << ApiError::Kind::IdleTimeout;
        QTest::newRow("total") << u"total"_s << ApiError::Kind::TotalTimeout;
        QTest::newRow("total before the head") << u"total silent"_s << ApiError::Kind::TotalTimeout;
    }

    void limits()
    {
        QFETCH(const QString, case_);
        QFETCH(const ApiError::Kind, kind);
        Timeouts timeouts{.firstToken = 400ms, .idle = 30s};
        Script script = eventStream();
        if (case_ == u"silent"_s) {
            script = Script().hold();
        } else if (case_ == u"comments"_s) {
            for (int i = 0; i < 100; ++i) {
                script.chunk(": ping\n\n"_ba).pause(50ms);
            }
        } else if (case_ == u"role"_s) {
            script
                .chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
                       "\"content\":\"\"}}]}\n\n"_ba)
                .hold();
        } else if (case_ == u"idle"_s) {
            timeouts = {.firstToken = 30s, .idle = 400ms};
            script.chunk(piece("kept")).hold();
        } else if (case_ == u"total"_s) {
            timeouts = {.firstToken = 30s, .idle = 30s, .total = 500ms};
            script.chunk(piece("kept"));
            for (int i = 0; i < 100; ++i) {
                script.pause(50ms).chunk(": ping\n\n"_ba);
            }
        } else {
            timeouts = {.firstToken = 0ms, .idle = 0ms, .total = 400ms};
            script = Script().hold();
        }
        m_server->enqueue(script);
        Recorder recorder(ask(timeouts));
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), kind);
        QVERIFY(recorder.outcome.error->message.contains(u"127.0.0.1:%1"_s.arg(m_server->port())));
        QVERIFY(recorder.outcome.error->message.endsWith(u'.'));
        QCOMPARE(recorder.outcome.choice().text, recorder.text());
        QCOMPARE(recorder.outcome.choice().text.isEmpty(),
            kind == ApiError::Kind::FirstTokenTimeout || case_ == u"total silent"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
    }

    void commentsKeepAStreamAlive()
    {
        Script script = eventStream().chunk(piece("a"));
        for (int i = 0; i < 30; ++i) {
            script.pause(100ms).chunk(": ping\n\n"_ba);
        }
        m_server->enqueue(script.chunk(done).lastChunk());
        Recorder recorder(ask({.idle = 1500ms}));
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QVERIFY(!recorder.outcome.error);
    }

    void theIdleLimitBeginsWithTheFirstByteOfTheBody()
    {
        // A server that sends its head at once and then queues the request.
        m_server->enqueue(eventStream().pause(1500ms).chunk(piece("a") + done).lastChunk());
        Recorder recorder(ask({.idle = 300ms}));
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QVERIFY(!recorder.outcome.error);
    }

    void stopping_data()
    {
        QTest::addColumn<QString>("when");
        for (const char *when : {"at once", "before the head", "started", "events", "twice"}) {
            QTest::newRow(when) << QString::fromLatin1(when);
        }
    }

    void stopping()
    {
        QFETCH(const QString, when);
        const bool silent = when == u"before the head"_s;
        m_server->enqueue(silent ? Script().hold() : eventStream().chunk(piece("kept")).hold());
        ChatStream *stream = ask();
        Recorder recorder(stream);
        int within = 0;
        const auto stop = [&] {
            const qsizetype before = recorder.said.count(u"finished"_s);
            stream->stop();
            within += int(recorder.said.count(u"finished"_s) - before);
        };
        if (when == u"at once"_s) {
            stop();
        } else if (silent) {
            QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 1, longWait);
            stop();
        } else if (when == u"started"_s) {
            connect(stream, &ChatStream::started, this, stop);
        } else {
            connect(stream, &ChatStream::events, this, stop);
        }
        if (when == u"twice"_s) {
            connect(stream, &ChatStream::events, this, stop);
        }
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(within, 0);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::Cancelled);
        QCOMPARE(recorder.outcome.choice().text, recorder.text());
        if (when == u"events"_s) {
            QCOMPARE(recorder.outcome.choice().text, u"kept"_s);
        }
        stop(); // harmless now
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
        QCOMPARE(recorder.said.count(u"finished"_s), 1);
    }

    void deleting_data()
    {
        QTest::addColumn<QString>("when");
        for (const char *when : {"at once", "before the head", "started", "events", "finished",
                 "after stop", "refused"}) {
            QTest::newRow(when) << QString::fromLatin1(when);
        }
    }

    void deleting()
    {
        QFETCH(const QString, when);
        const bool silent = when == u"before the head"_s;
        m_server->enqueue(silent ? Script().hold()
                                 : eventStream().chunk(piece("a")).hold().chunk(done).lastChunk());
        ChatStream *stream = when == u"refused"_s ? m_client->chat(target(), ChatRequest()) : ask();
        Recorder recorder(stream);
        QPointer<ChatStream> alive(stream);
        // The argument must outlive the one who sent it.
        QString afterwards;
        const auto remove = [&] { delete stream; };
        if (when == u"at once"_s || when == u"refused"_s) {
            remove();
        } else if (silent) {
            QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 1, longWait);
            remove();
        } else if (when == u"started"_s) {
            connect(stream, &ChatStream::started, this, remove);
        } else if (when == u"events"_s) {
            connect(stream, &ChatStream::events, this, [&](const StreamEvents &events) {
                remove();
                afterwards = std::get<TextDelta>(events.constFirst().payload).text;
            });
        } else if (when == u"finished"_s) {
            connect(stream, &ChatStream::finished, this, [&](const ChatOutcome &outcome) {
                remove();
                afterwards = outcome.choice().text;
            });
            QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 1, longWait);
            m_server->release();
        } else {
            QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 1, longWait);
            stream->stop();
            remove();
        }
        QTRY_VERIFY_WITH_TIMEOUT(!alive, longWait);
        if (when == u"finished"_s) {
            QCOMPARE(recorder.said.last(), u"finished"_s);
        } else {
            QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
            QVERIFY(!recorder.isFinished());
        }
        if (when == u"events"_s || when == u"finished"_s) {
            QCOMPARE(afterwards, u"a"_s);
        }
    }

    void deletingTheClientEndsItsStreams()
    {
        m_server->enqueue(eventStream().chunk(piece("a")).hold());
        QPointer<ChatStream> stream(ask());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 1, longWait);
        m_client.reset();
        QVERIFY(!stream);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
    }

    void manyAtOnce()
    {
        constexpr int count = 60;
        m_server->setDefault(
            eventStream().chunk(piece("a")).hold().chunk(piece("b") + done).lastChunk());
        std::vector<std::unique_ptr<Recorder>> recorders;
        for (int i = 0; i < count; ++i) {
            recorders.push_back(std::make_unique<Recorder>(ask()));
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), count, longWait);
        m_server->release();
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
