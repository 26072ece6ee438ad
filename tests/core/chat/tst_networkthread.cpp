// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/networkthread.h"

#include "chat/chatsession.h"
#include "chat/streamrelay.h"
#include "fakechatservice.h"
#include "scriptedserver.h"
#include "simulator/simulatorthread.h"
#include "store/store.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

/// Generous: it costs nothing when things work.
constexpr int longWait = 60'000;

QByteArray piece(const QByteArray &text)
{
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""_ba + text + "\"}}]}\n\n"_ba;
}

const QByteArray done
    = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
      "data: [DONE]\n\n"_ba;

Script eventStream() { return Script::chunked(200, "text/event-stream"_ba); }

} // namespace

/// Sessions, the thread between, the real client, and servers on real sockets.
class TestNetworkThread final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<NetworkThread> m_network;
    std::unique_ptr<ChatSession> m_session;

    void startSession(const Endpoint &endpoint)
    {
        ChatSetup setup;
        setup.endpoint = QUuid::createUuid();
        m_session = std::make_unique<ChatSession>(
            Conversation::create(setup, QDateTime::currentDateTimeUtc()), false, *m_network,
            m_store->conversations(), [endpoint](QUuid) {
                return QtFuture::makeReadyValueFuture(
                    Result<Target>(Target{.endpoint = endpoint, .key = {}}));
            });
    }

    [[nodiscard]] Endpoint scripted() const
    {
        return {.id = QUuid::createUuid(),
            .name = u"Script"_s,
            .url = m_server->url(u"/v1"_s),
            .provider = u"openai"_s};
    }

    [[nodiscard]] const ChatNode &leaf() const
    {
        return *m_session->conversation().find(m_session->conversation().leaf());
    }

    [[nodiscard]] bool ended() const
    {
        return QTest::qWaitFor([this] { return !m_session->isRunning(); }, longWait);
    }

    [[nodiscard]] bool hasText(const QString &text) const
    {
        return QTest::qWaitFor([&] { return leaf().message.content == text; }, longWait);
    }

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<Store>(m_folder->filePath(u"lorikeet.db"_s));
        QVERIFY(m_store->open().result());
        m_server = std::make_unique<ScriptedServer>();
        m_network = std::make_unique<NetworkThread>();
    }

    void cleanup()
    {
        m_session.reset();
        m_network.reset();
        m_server.reset();
        m_store.reset();
    }

    void aChatWithTheSimulator()
    {
        SimulatorThread simulator(SimulatorOptions{.timing = *simulatorProfile(u"fast")});
        QVERIFY(simulator.start());
        startSession(simulatorEndpoint(simulator.url(), u"openai"_s));
        QSignalSpy appended(m_session.get(), &ChatSession::textAppended);
        m_session->send(u"Write about parrots."_s);
        m_session->send(u"And shorter?"_s);
        QCOMPARE(m_session->waiting().size(), 1);
        QVERIFY(QTest::qWaitFor(
            [this] { return m_session->conversation().size() == 4 && !m_session->isRunning(); },
            longWait));
        QString heard;
        for (const QList<QVariant> &call : std::as_const(appended)) {
            heard += call.at(1).toString();
        }
        QString told;
        const QList<QUuid> path = m_session->conversation().path();
        for (const QUuid &id : path) {
            const ChatNode &node = *m_session->conversation().find(id);
            QCOMPARE(node.state, ChatNode::State::Complete);
            if (node.isAnswer()) {
                told += node.message.content;
                QVERIFY(node.usage.completionTokens.value_or(0) > 0);
                QVERIFY(node.metrics.timeToFirstToken);
                QVERIFY(node.metrics.total >= node.metrics.timeToFirstToken);
                QVERIFY(!node.origin.servedModel.isEmpty());
            }
        }
        QVERIFY(!told.isEmpty());
        QCOMPARE(heard, told);
        QVERIFY(m_session->flush().result());
        QCOMPARE(*m_store->conversations().load(m_session->conversation().id()).result(),
            m_session->conversation());
    }

    void endpointsAreDescribedAndProbed()
    {
        SimulatorThread simulator(SimulatorOptions{.dialect = SimulatorDialect::OpenAi});
        QVERIFY(simulator.start());
        const Target target{.endpoint = simulatorEndpoint(simulator.url(), u"openai"_s), .key = {}};
        const QFuture<Result<EndpointDescription>> description = m_network->describe(target);
        QTRY_VERIFY_WITH_TIMEOUT(description.isFinished(), longWait);
        QVERIFY(description.result());
        QVERIFY(!description.result()->models.isEmpty());
        const QFuture<Result<ProbeResult>> found = m_network->probe(target);
        QTRY_VERIFY_WITH_TIMEOUT(found.isFinished(), longWait);
        QVERIFY(found.result());
        QCOMPARE(found.result()->provider, u"openai"_s);
    }

    void stopEndsTheRequestAndKeepsTheText()
    {
        m_server->enqueue(eventStream().chunk(piece("Once ")).chunk(piece("upon")).hold());
        startSession(scripted());
        m_session->send(u"Tell"_s);
        QVERIFY(hasText(u"Once upon"_s));
        m_session->stopAll();
        QVERIFY(ended());
        QCOMPARE(leaf().state, ChatNode::State::Stopped);
        QCOMPARE(leaf().message.content, u"Once upon"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
    }

    void aCutStreamFailsAndKeepsTheText()
    {
        m_server->enqueue(eventStream().chunk(piece("Once ")).close());
        startSession(scripted());
        m_session->send(u"Tell"_s);
        QVERIFY(ended());
        QCOMPARE(leaf().state, ChatNode::State::Failed);
        QCOMPARE(leaf().error->kind, ApiError::Kind::Truncated);
        QCOMPARE(leaf().message.content, u"Once "_s);
    }

    void anErrorInTheMiddleOfAStream()
    {
        m_server->enqueue(eventStream()
                .chunk(piece("Once "))
                .chunk("data: {\"error\":{\"message\":\"out of memory\",\"code\":500}}\n\n")
                .lastChunk());
        startSession(scripted());
        m_session->send(u"Tell"_s);
        QVERIFY(ended());
        QCOMPARE(leaf().state, ChatNode::State::Failed);
        QCOMPARE(leaf().error->serverMessage, u"out of memory"_s);
        QCOMPARE(leaf().message.content, u"Once "_s);
        // Asked again, it works.
        m_server->enqueue(eventStream().chunk(piece("Now")).chunk(done).lastChunk());
        m_session->regenerate(leaf().id);
        QVERIFY(ended());
        QCOMPARE(leaf().state, ChatNode::State::Complete);
        QCOMPARE(leaf().message.content, u"Now"_s);
    }

    void aDeletedAnswerEndsItsRequest()
    {
        m_server->enqueue(eventStream().chunk(piece("Once")).hold());
        startSession(scripted());
        m_session->send(u"Tell"_s);
        QVERIFY(hasText(u"Once"_s));
        m_session->deleteMessage(leaf().id);
        QVERIFY(!m_session->isRunning());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
    }

    void theNetworkMayEndFirst()
    {
        m_server->enqueue(eventStream().chunk(piece("Once")).hold());
        startSession(scripted());
        m_session->send(u"Tell"_s);
        QVERIFY(hasText(u"Once"_s));
        m_network.reset();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
        m_session->stopAll();
        const QUuid id = m_session->conversation().id();
        m_session.reset();
        const Conversation kept = *m_store->conversations().load(id).result();
        QCOMPARE(kept.find(kept.leaf())->message.content, u"Once"_s);
        QCOMPARE(kept.find(kept.leaf())->state, ChatNode::State::Interrupted);
    }

    void aStreamThatIsDroppedAtOnce()
    {
        m_server->setDefault(eventStream().chunk(piece("Once")).hold());
        for (int i = 0; i < 50; ++i) {
            (void)m_network->chat(
                {.endpoint = scripted(), .key = {}}, {.messages = {Message{.content = u"Hi"_s}}});
        }
        m_network.reset();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, longWait);
    }

    void deliveriesAreNeverQueued()
    {
        QObject owner;
        auto *stream = new FakeStream;
        stream->setParent(&owner);
        auto *relay = new StreamRelay;
        relay->attach(stream);
        QCOMPARE(relay->parent(), &owner);
        const auto list = std::make_shared<QList<StreamDelivery>>();
        const QList<StreamDelivery> &deliveries = *list;
        connect(relay, &StreamRelay::delivered, this,
            [list](const StreamDelivery &delivery) { *list += delivery; });
        stream->text(u"a"_s);
        stream->text(u"b"_s);
        stream->text(u"c"_s);
        stream->finish();
        QCOMPARE(deliveries.size(), 1);
        QCOMPARE(deliveries.at(0).events.size(), 1);
        relay->acknowledge();
        QCOMPARE(deliveries.size(), 2);
        QCOMPARE(deliveries.at(1).events.size(), 3); // b, c and the end
        QCOMPARE(deliveries.at(1).outcome->choice().text, u"abc"_s);
        relay->acknowledge();
        QCOMPARE(deliveries.size(), 2);
    }

    void aFailedTryIsToldWhileTheNextIsWaitedFor()
    {
        m_server->enqueue(
            Script::reply(503, "text/plain"_ba, "loading"_ba, {{"Retry-After"_ba, "0.05"_ba}}));
        m_server->enqueue(eventStream().chunk(piece("fine") + done).lastChunk());
        Endpoint endpoint = scripted();
        endpoint.retry.retries = 1;
        startSession(endpoint);
        const auto list = std::make_shared<QList<Retry>>();
        const QList<Retry> &told = *list;
        connect(m_session.get(), &ChatSession::nodeChanged, this, [this, list](QUuid id) {
            const std::optional<Retry> retry = m_session->retry(id);
            if (retry && !list->contains(*retry)) {
                list->append(*retry);
            }
        });
        QVERIFY(m_session->send(u"Hello"_s));
        QVERIFY(ended());
        QCOMPARE(leaf().message.content, u"fine"_s);
        QVERIFY(!m_session->retry(leaf().id));
        QCOMPARE(told.size(), 1);
        QCOMPARE(told.constFirst().next, 2);
        QCOMPARE(told.constFirst().most, 2);
        QCOMPARE(told.constFirst().wait, Milliseconds(50));
        QCOMPARE(told.constFirst().error.httpStatus, 503);
        QCOMPARE(m_server->requests().size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestNetworkThread)
#include "tst_networkthread.moc"
