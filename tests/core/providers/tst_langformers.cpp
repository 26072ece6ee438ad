// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/apiclient.h"
#include "http/chatstream.h"
#include "model/chatmetrics.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "scriptedserver.h"
#include "transporttest.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

QByteArray chunk(const QByteArray &text) { return "data: {\"chunk\": \"" + text + "\"}\n\n"; }

Script eventStream() { return Script::chunked(200, "text/event-stream; charset=utf-8"_ba); }

} // namespace

/// What is easily got wrong with Langformers, over every transport: its streams have no end marker,
/// so the end of the body must be told from a broken body; and its server remembers.
class TestLangformers final : public TransportTest
{
    Q_OBJECT

    [[nodiscard]] ChatOutcome chat(const ChatRequest &request)
    {
        Target target;
        target.endpoint.url = m_server->url(QString());
        target.endpoint.provider = u"langformers"_s;
        const std::unique_ptr<ChatStream> stream(m_client->chat(target, request));
        connect(stream.get(), &ChatStream::events, this, [this] { m_server->release(); });
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        if (finished.isEmpty() && !finished.wait(longWait)) {
            return {};
        }
        return finished.at(0).at(0).value<ChatOutcome>();
    }

    [[nodiscard]] ChatOutcome chat(const QString &prompt)
    {
        return chat(ChatRequest{.messages = {{.content = prompt}}});
    }

    static QStringList notes(const ChatRequest &request)
    {
        return findProvider(u"langformers")->notes(Target(), request);
    }

    static QList<Message> turns(int count)
    {
        QList<Message> messages;
        for (int i = 0; i < count; ++i) {
            messages.append(
                {.role = i % 2 == 0 ? Role::User : Role::Assistant, .content = QString::number(i)});
        }
        return messages;
    }

private Q_SLOTS:

    /// There is no marker: the body's end is the answer's.
    void aBodyThatEndsCleanlyIsAWholeAnswer()
    {
        m_server->enqueue(
            eventStream().chunk(chunk("Hi")).chunk(chunk("") + chunk("!")).lastChunk());
        const ChatOutcome outcome = chat(u"Hello"_s);
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.choice().text, u"Hi!"_s);
    }

    void aBrokenBodyIsATruncatedAnswer_data()
    {
        QTest::addColumn<QString>("ending");
        QTest::newRow("closed without the last chunk") << u"close"_s;
        QTest::newRow("reset") << u"reset"_s;
        QTest::newRow("amid an event, and the body whole") << u"event"_s;
    }

    void aBrokenBodyIsATruncatedAnswer()
    {
        QFETCH(const QString, ending);
        Script script = eventStream().chunk(chunk("kept"));
        if (ending == u"event"_s) {
            script.chunk("data: {\"chunk\": \"lo").lastChunk();
        } else if (ending == u"close"_s) {
            script.close();
        } else {
            script.hold().reset();
        }
        m_server->enqueue(script);
        const ChatOutcome outcome = chat(u"Hello"_s);
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, ApiError::Kind::Truncated);
        QCOMPARE(outcome.choice().text, u"kept"_s);
    }

    /// The model is not pulled, or its runner is down: 200, nothing, and a broken body.
    void aFailureBeforeTheFirstChunkIsNoEmptyAnswer()
    {
        m_server->enqueue(eventStream().close());
        const ChatOutcome outcome = chat(u"Hello"_s);
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, ApiError::Kind::Truncated);
    }

    void noEventAndACleanEndIsAnEmptyAnswer()
    {
        m_server->enqueue(eventStream().lastChunk());
        const ChatOutcome outcome = chat(u"Hello"_s);
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.choice().text, QString());
    }

    /// It tells neither counts nor a reason: what is counted here is marked as an estimate.
    void tokensAreEstimatesAndTheReasonIsUnknown()
    {
        m_server->enqueue(eventStream().chunk(chunk("a") + chunk("") + chunk("b")).lastChunk());
        const ChatOutcome outcome = chat(u"Hello"_s);
        const ChatMetrics metrics = ChatMetrics::from(outcome);
        QCOMPARE(metrics.outputTokens, 2);
        QVERIFY(metrics.outputTokensEstimated);
        QCOMPARE(outcome.choice().finish, FinishReason());
    }

    /// The server's own words are shown, whatever status its authentication chose.
    void refusalsCarryTheServersWords()
    {
        m_server->enqueue(
            Script::reply(401, "application/json"_ba, R"({"detail":"Invalid API key"})"_ba));
        const ChatOutcome outcome = chat(u"Hello"_s);
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, ApiError::Kind::Unauthorized);
        QCOMPARE(outcome.error->serverMessage, u"Invalid API key"_s);
    }

    /// The server has the history: sent once more, it would be there twice.
    void onlyTheNewestPromptGoesOut()
    {
        m_server->enqueue(eventStream().chunk(chunk("x")).lastChunk());
        QVERIFY(!chat(ChatRequest{.messages = turns(5)}).error);
        const ScriptedServer::Request request = m_server->requests().constFirst();
        QCOMPARE(request.target, "/api/generate");
        QCOMPARE(request.body, R"({"prompt":"4"})");
    }

    /// Many requests at once interleave in the one memory, and edits are not undone there.
    void whatTheServerRemembersIsTold()
    {
        QCOMPARE(notes({.messages = turns(3)}), QStringList());
        QVERIFY(notes({.messages = turns(1)}).join(u' ').contains(u"asked before"_s));
        const QStringList diverged = notes({.messages = turns(3), .diverged = true});
        QCOMPARE(diverged.size(), 1);
        QVERIFY(diverged.constFirst().startsWith(u"Only the newest prompt was sent"_s));
    }

    /// memory_k counts messages, and not turns.
    void whatTheServerForgetsIsTold()
    {
        QCOMPARE(notes({.messages = turns(9)}).size(), 0);
        QVERIFY(notes({.messages = turns(11)}).constFirst().contains(u"memory_k of 10"_s));
        const ParameterSet four{{u"memory_k"_s, 4}};
        QCOMPARE(notes({.messages = turns(3), .parameters = four}).size(), 0);
        QVERIFY(notes({.messages = turns(5), .parameters = four})
                .constFirst()
                .contains(u"memory_k of 4"_s));
    }

    /// Notes come with the outcome, so that they are kept with the answer.
    void notesComeWithTheOutcome()
    {
        m_server->enqueue(eventStream().chunk(chunk("x")).lastChunk());
        QCOMPARE(chat(u"Hello"_s).notes.size(), 1);
    }

    /// Leaving the connection is the only way to stop.
    void stoppingClosesTheConnection()
    {
        m_server->enqueue(eventStream().chunk(chunk("x")).hold());
        Target target;
        target.endpoint.url = m_server->url(QString());
        target.endpoint.provider = u"langformers"_s;
        const std::unique_ptr<ChatStream> stream(
            m_client->chat(target, {.messages = {{.content = u"Hello"_s}}}));
        QSignalSpy events(stream.get(), &ChatStream::events);
        QVERIFY(events.wait(longWait));
        stream->stop();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
    }
};

QTEST_GUILESS_MAIN(TestLangformers)
#include "tst_langformers.moc"
