// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/httpchatstream.h"

#include "chatrecorder.h"
#include "providers/provider.h"

#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

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

} // namespace

/// What is made of bodies that are not the stream that was asked for.
class TestChatStreamBodies final : public QObject
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

    void anotherContentType_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("error");
        const QByteArray stream = piece("a") + doneEvents;
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
        m_setup->server->enqueue(Script::reply(200, type, body));
        // And the same, byte by byte.
        Script slow = Script::chunked(200, type);
        for (const char byte : body.first(std::min<qsizetype>(body.size(), 200))) {
            slow.chunk(QByteArray(1, byte)).pause(0ms);
        }
        m_setup->server->enqueue(
            slow.chunk(body.sliced(std::min<qsizetype>(body.size(), 200)) + '\n').lastChunk());
        for (int i = 0; i < 2; ++i) {
            ChatRecorder recorder(m_setup->ask());
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
        m_setup->server->enqueue(Script::reply(200, "application/json"_ba, wholeAnswer));
        ChatRecorder recorder(m_setup->ask({}, false));
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.said, (QStringList{u"started"_s, u"events"_s, u"finished"_s}));
        QVERIFY(!recorder.outcome.error);
        QCOMPARE(recorder.outcome.choice().text, u"whole"_s);
        QCOMPARE(recorder.outcome.timing.firstToken, recorder.outcome.timing.end);
        QCOMPARE(
            QJsonDocument::fromJson(m_setup->server->requests().constFirst().body)[u"stream"_s],
            QJsonValue(false));
    }

    void aWholeAnswerThatBreaksOffIsTruncated()
    {
        m_setup->server->enqueue(Script::chunked(200, "application/json"_ba)
                .chunk(wholeAnswer.first(40))
                .hold()
                .close());
        ChatRecorder recorder(m_setup->ask({}, false));
        QTRY_COMPARE_WITH_TIMEOUT(recorder.said, QStringList{u"started"_s}, longWait);
        m_setup->server->release();
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QCOMPARE(recorder.errorKind(), ApiError::Kind::Truncated);
    }

    void eventsWhereAWholeAnswerWasAskedAreUnderstood()
    {
        m_setup->server->enqueue(eventStream().chunk(piece("a") + doneEvents).lastChunk());
        ChatRecorder recorder(m_setup->ask({}, false));
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QVERIFY(!recorder.outcome.error);
        QCOMPARE(recorder.outcome.choice().text, u"a"_s);
    }

    void jsonLines()
    {
        const LinesDialect dialect;
        m_setup->server->enqueue(Script::chunked(200, "application/x-ndjson"_ba)
                .chunk("{\"text\":\"a\"}\n{\"te"_ba)
                .hold()
                .chunk("xt\":\"b\"}\n{\"end\":true}"_ba)
                .lastChunk());
        ChatRecorder recorder(new HttpChatStream(
            *m_setup->manager, &dialect, m_setup->target(), ClientSetup::question()));
        QTRY_COMPARE_WITH_TIMEOUT(recorder.text(), u"a"_s, longWait);
        m_setup->server->release();
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        QVERIFY(!recorder.outcome.error);
        QCOMPARE(recorder.outcome.choice().text, u"ab"_s);
        QCOMPARE(recorder.outcome.id, u"head"_s);

        m_setup->server->enqueue(
            Script::reply(200, "application/json"_ba, "{\"text\":\"a\"}\n"_ba));
        ChatRecorder cut(new HttpChatStream(
            *m_setup->manager, &dialect, m_setup->target(), ClientSetup::question()));
        QTRY_VERIFY_WITH_TIMEOUT(cut.isFinished(), longWait);
        QCOMPARE(cut.errorKind(), ApiError::Kind::Truncated);
        QCOMPARE(cut.outcome.choice().text, u"a"_s);

        m_setup->server->enqueue(Script::reply(200, "application/json"_ba, "whole"_ba));
        ChatRecorder whole(new HttpChatStream(
            *m_setup->manager, &dialect, m_setup->target(), ClientSetup::question(false)));
        QTRY_VERIFY_WITH_TIMEOUT(whole.isFinished(), longWait);
        QCOMPARE(whole.outcome.choice().text, u"whole"_s);
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
        m_setup->server->enqueue(Script::reply(status, type, body));
        ChatRecorder recorder(m_setup->ask());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.isFinished(), longWait);
        const ApiError &error = recorder.outcome.error.value();
        QVERIFY(!error.message.contains(u"canary"_s));
        QVERIFY(!error.serverMessage.contains(u"canary"_s));
        QVERIFY(!error.body.contains("canary"));
    }
};

QTEST_GUILESS_MAIN(TestChatStreamBodies)
#include "tst_chatstreambodies.moc"
