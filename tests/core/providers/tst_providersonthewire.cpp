// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/apiclient.h"
#include "http/chatstream.h"
#include "providerfixture.h"
#include "providers/servers.h"
#include "scriptedserver.h"
#include "transporttest.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

/// The answer's head as a script sends it, whatever the fixture says about its length.
Headers sendable(Headers headers)
{
    headers.removeIf([](const Header &header) {
        const QByteArray name = header.name.toLower();
        return name == "content-type" || name == "content-length" || name == "connection"
            || name == "transfer-encoding" || name == "keep-alive";
    });
    return headers;
}

} // namespace

/// Every fixture once more, through ApiClient and real sockets, over every transport.
class TestProvidersOnTheWire final : public TransportTest
{
    Q_OBJECT

    StreamEvents m_events;
    ChatOutcome m_outcome;

    /// The fixture's own target and request, but to this server; where it has none, a plain one.
    [[nodiscard]] Target target(const QString &id, const ProviderFixture &fixture) const
    {
        Target target = fixture.target();
        QUrl url = target.endpoint.url;
        if (target.endpoint.server.isEmpty()) {
            target.endpoint.server = serverName(serverFromHost(url));
        }
        url.setScheme(u"http"_s);
        url.setHost(m_server->url().host());
        url.setPort(m_server->port());
        target.endpoint.url = url;
        target.endpoint.provider = id;
        return target;
    }

    [[nodiscard]] static ChatRequest request(const ProviderFixture &fixture)
    {
        if (fixture.has(u"request.json"_s)) {
            return fixture.request();
        }
        return {.model = u"some-model"_s, .messages = {{.content = u"Hello"_s}}};
    }

    [[nodiscard]] bool chat(const Target &target, const ChatRequest &request)
    {
        m_events.clear();
        ChatStream *stream = m_client->chat(target, request);
        connect(stream, &ChatStream::events, this,
            [this](const StreamEvents &events) { m_events += events; });
        QSignalSpy finished(stream, &ChatStream::finished);
        if (finished.isEmpty() && !finished.wait(longWait)) {
            return false;
        }
        m_outcome = finished.at(0).at(0).value<ChatOutcome>();
        delete stream;
        return finished.size() == 1;
    }

    void compareWithExpected(const ProviderFixture &fixture)
    {
        const QJsonObject expected = fixture.readJson(u"expected.json"_s);
        QCOMPARE(ProviderFixture::pretty({{u"events"_s, ProviderFixture::toJson(m_events)}}),
            ProviderFixture::pretty({{u"events"_s, expected[u"events"_s]}}));
        const QString kind = expected[u"error"_s][u"kind"_s].toString();
        QCOMPARE(m_outcome.error ? toWord(m_outcome.error->kind) : QString(), kind);
        // What was received is in the outcome, error or not.
        ChatAccumulator joined;
        joined.add(m_events);
        QCOMPARE(m_outcome.choices, joined.outcome().choices);
        QCOMPARE(m_outcome.usage, joined.outcome().usage);
    }

private Q_SLOTS:

    void requests_data() { ProviderFixture::addRows({u"request.json"_s}); }

    void requests()
    {
        QFETCH(const QString, id);
        QFETCH(const QString, name);
        const ProviderFixture fixture(id, name);
        const QJsonObject sent = fixture.readJson(u"expected.json"_s)[u"sent"_s].toObject();
        QVERIFY(chat(target(id, fixture), fixture.request()));
        QVERIFY(m_outcome.error); // The script answers 500.
        if (sent.contains(u"refused"_s)) {
            QCOMPARE(m_outcome.error->kind, ApiError::Kind::InvalidRequest);
            QVERIFY(m_server->requests().isEmpty());
            return;
        }
        QCOMPARE(m_server->requests().size(), 1);
        const ScriptedServer::Request request = m_server->requests().constFirst();
        const QUrl url(sent[u"url"_s].toString());
        QCOMPARE(request.verb, "POST");
        QCOMPARE(request.target,
            url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::FullyEncoded));
        QCOMPARE(request.body, fixture.read(u"body.json"_s).trimmed());
        const QJsonObject headers = sent[u"headers"_s].toObject();
        for (auto it = headers.begin(); it != headers.end(); ++it) {
            QCOMPARE(request.header(it.key().toUtf8()), it.value().toString().toUtf8());
        }
    }

    void streams_data() { ProviderFixture::addRows({u"stream.sse"_s, u"stream.jsonl"_s}); }

    void streams()
    {
        QFETCH(const QString, id);
        QFETCH(const QString, name);
        QFETCH(const QString, file);
        const ProviderFixture fixture(id, name);
        const QByteArray type
            = file.endsWith(u".sse"_s) ? "text/event-stream"_ba : "application/x-ndjson"_ba;
        Script script = Script::chunked(200, type, sendable(fixture.reply().headers));
        const QByteArray bytes = fixture.read(file);
        for (qsizetype at = 0; at < bytes.size(); at += 97) {
            script.chunk(bytes.mid(at, 97));
        }
        m_server->enqueue(script.lastChunk());
        ChatRequest asked = request(fixture);
        asked.stream = true;
        QVERIFY(chat(target(id, fixture), asked));
        compareWithExpected(fixture);
    }

    void replies_data() { ProviderFixture::addRows({u"reply.json"_s}); }

    void replies()
    {
        QFETCH(const QString, id);
        QFETCH(const QString, name);
        const ProviderFixture fixture(id, name);
        const HttpReply reply = fixture.reply();
        m_server->enqueue(
            Script::reply(200, "application/json", reply.body, sendable(reply.headers)));
        ChatRequest asked = request(fixture);
        asked.stream = false;
        QVERIFY(chat(target(id, fixture), asked));
        compareWithExpected(fixture);
    }

    void errors_data() { ProviderFixture::addRows({}, u"error-*.http"_s); }

    void errors()
    {
        QFETCH(const QString, id);
        QFETCH(const QString, name);
        QFETCH(const QString, file);
        const ProviderFixture fixture(id, name);
        const HttpReply reply = ProviderFixture::parseHttp(fixture.read(file));
        m_server->enqueue(Script::reply(
            reply.status, reply.header("content-type"), reply.body, sendable(reply.headers)));
        QVERIFY(chat(target(id, fixture), request(fixture)));
        QVERIFY(m_outcome.error);
        const QJsonObject expected
            = fixture.readJson(QString(file).replace(u".http"_s, u".json"_s));
        const ApiError &error = *m_outcome.error;
        QCOMPARE(toWord(error.kind), expected[u"kind"_s].toString());
        QCOMPARE(error.location.toString(), expected[u"location"_s].toString());
        QVERIFY(error.message.endsWith(u'.'));
        if (error.kind == ApiError::Kind::Redirected) {
            return; // The transport's own words.
        }
        QCOMPARE(error.serverMessage, expected[u"server_message"_s].toString());
        QCOMPARE(error.code, expected[u"code"_s].toString());
        QCOMPARE(error.param, expected[u"param"_s].toString());
        QCOMPARE(error.requestId, expected[u"request_id"_s].toString());
        QCOMPARE(error.httpStatus, expected[u"status"_s].toInt());
        QCOMPARE(error.retryAfter ? qint64(error.retryAfter->count()) : 0,
            expected[u"retry_after_ms"_s].toInteger());
    }
};

QTEST_GUILESS_MAIN(TestProvidersOnTheWire)
#include "tst_providersonthewire.moc"
