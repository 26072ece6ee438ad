// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/apiclient.h"
#include "http/chatstream.h"
#include "providers/endpointprobe.h"
#include "providers/servers.h"
#include "simulator/simulatorthread.h"
#include "transporttest.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

/// A dialect, spoken with a simulated server that has it.
struct Peer
{
    QString server; ///< as --as takes it
    QString route; ///< a person pastes it
    QString provider;
    QString name; ///< as recognised
    QString limit; ///< the parameter that limits the answer's length
    AdapterChoice adapter;
    AdapterChoice unknown; ///< base: it cannot be named, or is not looked at
    bool finishIsTheEnd = false; ///< there is no end marker besides
    bool counts = true; ///< says how many tokens there were, and why an answer ended
};

QList<Peer> peers()
{
    return {
        {.server = u"langformers"_s,
            .route = u"/api/generate"_s,
            .provider = u"langformers"_s,
            .name = u"Langformers"_s,
            .limit = u"max_length"_s,
            .adapter = {},
            .unknown = {},
            .counts = false},
        {.server = u"tgi"_s,
            .route = u"/generate_stream"_s,
            .provider = u"tgi"_s,
            .name = u"TGI"_s,
            .limit = u"max_new_tokens"_s,
            .adapter = {.id = u"support-v3"_s},
            .unknown = {.id = u"nobody/nothing"_s},
            .finishIsTheEnd = true},
        {.server = u"llama.cpp"_s,
            .route = u"/completion"_s,
            .provider = u"llamacpp"_s,
            .name = u"llama.cpp"_s,
            .limit = u"n_predict"_s,
            .adapter = {.scales = {{.id = 0, .scale = 1}}},
            .unknown = {}},
        {.server = u"vllm"_s,
            .route = u"/v1/responses"_s,
            .provider = u"responses"_s,
            .name = u"vLLM"_s,
            .limit = u"max_output_tokens"_s,
            .adapter = {.id = u"support-v3"_s},
            .unknown = {.id = u"nobody"_s}},
        {.server = u"triton"_s,
            .route = u"/v2/models/simulated-8b/generate_stream"_s,
            .provider = u"triton"_s,
            .name = u"Triton"_s,
            .limit = u"max_tokens"_s,
            .adapter = {.id = u"support-v3"_s},
            .unknown = {},
            .finishIsTheEnd = true},
    };
}

} // namespace

Q_DECLARE_METATYPE(Peer)

/// The dialects of which no server can run in tests, spoken with the simulator over every
/// transport: from the pasted address to the answer, and all that may go wrong between.
class tst_SimulatorDialects : public TransportTest
{
    Q_OBJECT

    std::unique_ptr<SimulatorThread> m_simulator;

    static void forEachPeer()
    {
        QTest::addColumn<Peer>("peer");
        const QList<Peer> all = peers();
        for (const Peer &peer : all) {
            QTest::newRow(qPrintable(peer.provider)) << peer;
        }
    }

    [[nodiscard]] bool start(const Peer &peer, const QString &key = {})
    {
        SimulatorOptions options;
        options.server = peer.server;
        options.key = Secret(key);
        options.timing = *simulatorProfile(u"unpaced");
        m_simulator = std::make_unique<SimulatorThread>(options);
        return bool(m_simulator->start());
    }

    [[nodiscard]] QUrl url(const Peer &peer) const
    {
        QUrl url = m_simulator->url();
        url.setPath(peer.route);
        return url;
    }

    [[nodiscard]] Target target(const Peer &peer, const QByteArray &fault = {}) const
    {
        Target target;
        target.endpoint = {.url = url(peer),
            .provider = peer.provider,
            .server = peer.name,
            .model = simulatorBaseModel()};
        if (!fault.isEmpty()) {
            target.endpoint.headers = {{"X-Lorikeet-Fault", fault}};
        }
        return target;
    }

    [[nodiscard]] ChatOutcome chat(const Target &target, const ChatRequest &request) const
    {
        const std::unique_ptr<ChatStream> stream(m_client->chat(target, request));
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        if (!finished.wait(longWait)) {
            return {.choices = {{}}};
        }
        return finished.constFirst().constFirst().value<ChatOutcome>();
    }

    static ChatRequest asking(const QString &prompt) { return {.messages = {{.content = prompt}}}; }

    [[nodiscard]] Result<ProbeResult> probed(const Target &target) const
    {
        const auto future = probe(*m_client, target);
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longWait)) {
            return fail(ApiError::Kind::Internal, u"The probe did not end."_s);
        }
        return future.result();
    }

private Q_SLOTS:

    void aPastedAddressIsRecognised_data() { forEachPeer(); }

    void aPastedAddressIsRecognised()
    {
        QFETCH(const Peer, peer);
        QVERIFY(start(peer));
        const Result<ProbeResult> result = probed(target(peer));
        QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
        QCOMPARE(result->provider, peer.provider);
        QCOMPARE(result->description.server, peer.name);
        QCOMPARE(result->description.models.constFirst().id, simulatorBaseModel());
        // What was found is enough to chat.
        Target found = target(peer);
        found.endpoint.url = result->url;
        QCOMPARE(chat(found, asking(u"Say: hello"_s)).choice().text, u"hello"_s);
    }

    void streamsAndWholeAnswersSayTheSame_data() { forEachPeer(); }

    void streamsAndWholeAnswersSayTheSame()
    {
        QFETCH(const Peer, peer);
        QVERIFY(start(peer));
        for (const bool stream : {true, false}) {
            ChatRequest request = asking(u"Say: Grüße aus Ulm 🦜"_s);
            request.stream = stream;
            const ChatOutcome outcome = chat(target(peer), request);
            QVERIFY2(
                !outcome.error, qPrintable(outcome.error ? outcome.error->message : QString()));
            QCOMPARE(outcome.choice().text, u"Grüße aus Ulm 🦜"_s);
            QCOMPARE(outcome.choice().finish.kind,
                peer.counts ? FinishReason::Kind::Stop : FinishReason::Kind::Unknown);
            const SimulatorRecord record = m_simulator->records().constLast();
            QCOMPARE(outcome.usage.completionTokens.has_value(), peer.counts);
            if (peer.counts) {
                QCOMPARE(outcome.usage.completionTokens, record.completionTokens);
                QCOMPARE(outcome.usage.promptTokens, record.promptTokens);
            }
        }
    }

    void answersAreCutAtTheirLimit_data() { forEachPeer(); }

    void answersAreCutAtTheirLimit()
    {
        QFETCH(const Peer, peer);
        QVERIFY(start(peer));
        ChatRequest request = asking(u"Explain tides"_s);
        request.parameters = {{peer.limit, 5}};
        const ChatOutcome outcome = chat(target(peer), request);
        QVERIFY(!outcome.error);
        QCOMPARE(m_simulator->records().constLast().completionTokens, 5);
        if (peer.counts) {
            QCOMPARE(outcome.choice().finish.kind, FinishReason::Kind::Length);
            QCOMPARE(outcome.usage.completionTokens, 5);
        }
    }

    void adaptersChangeTheAnswer_data() { forEachPeer(); }

    void adaptersChangeTheAnswer()
    {
        QFETCH(const Peer, peer);
        QVERIFY(start(peer));
        ChatRequest request = asking(u"Classify this ticket: charged twice"_s);
        const QString base = chat(target(peer), request).choice().text;
        QVERIFY(!base.isEmpty());
        if (!peer.adapter.isBase()) {
            request.adapter = peer.adapter;
            QVERIFY(chat(target(peer), request).choice().text != base);
            QCOMPARE(m_simulator->records().constLast().adapter, u"support-v3"_s);
        }
        if (!peer.unknown.isBase()) {
            request.adapter = peer.unknown;
            const ChatOutcome outcome = chat(target(peer), request);
            QVERIFY(outcome.error);
            QVERIFY(outcome.error->kind == ApiError::Kind::NotFound
                || outcome.error->kind == ApiError::Kind::Unavailable);
            QVERIFY2(
                outcome.error->message.contains(u"adapter"_s), qPrintable(outcome.error->message));
        }
    }

    void aWrongKeyIsTold_data() { forEachPeer(); }

    void aWrongKeyIsTold()
    {
        QFETCH(const Peer, peer);
        QVERIFY(start(peer, u"open-sesame"_s));
        Target wrong = target(peer);
        for (const QString &key : {QString(), u"open-barley"_s}) {
            wrong.key = Secret(key);
            const ChatOutcome outcome = chat(wrong, asking(u"Hello"_s));
            QVERIFY(outcome.error);
            QCOMPARE(outcome.error->kind, ApiError::Kind::Unauthorized);
        }
        wrong.key = Secret(u"open-sesame"_s);
        QVERIFY(!chat(wrong, asking(u"Hello"_s)).error);
    }

    void whatBreaksOffIsTruncatedAndKept_data()
    {
        QTest::addColumn<Peer>("peer");
        QTest::addColumn<QByteArray>("fault");
        const QList<Peer> all = peers();
        for (const Peer &peer : all) {
            for (const QByteArray fault : {"cut;4", "reset;4", "no-finish", "no-done"}) {
                // Without an end marker there is none to leave out.
                const bool has = fault.contains(';')
                    || (peer.counts && (fault != "no-done" || !peer.finishIsTheEnd));
                if (has) {
                    QTest::addRow("%s %s", qPrintable(peer.provider), fault.constData())
                        << peer << fault;
                }
            }
        }
    }

    void whatBreaksOffIsTruncatedAndKept()
    {
        QFETCH(const Peer, peer);
        QFETCH(const QByteArray, fault);
        QVERIFY(start(peer));
        const ChatOutcome outcome = chat(target(peer, fault), asking(u"Explain tides"_s));
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, ApiError::Kind::Truncated);
        QVERIFY(!outcome.choice().text.isEmpty() || fault.startsWith("reset"));
    }

    void aFailureAmidTheAnswerIsTold_data() { forEachPeer(); }

    void aFailureAmidTheAnswerIsTold()
    {
        QFETCH(const Peer, peer);
        QVERIFY(start(peer));
        const ChatOutcome outcome = chat(target(peer, "error;4"), asking(u"Explain tides"_s));
        QVERIFY(outcome.error);
        // Langformers has no word for it.
        QCOMPARE(outcome.error->kind == ApiError::Kind::Truncated, !peer.counts);
        QCOMPARE(outcome.error->serverMessage.isEmpty(), !peer.counts);
        QVERIFY(!outcome.choice().text.isEmpty());
    }

    void whatDoesNotFitIsTold_data() { forEachPeer(); }

    void whatDoesNotFitIsTold()
    {
        QFETCH(const Peer, peer);
        QVERIFY(start(peer));
        const ChatOutcome outcome = chat(target(peer), asking(u"many words "_s.repeated(9000)));
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, ApiError::Kind::TooLarge);
    }
};

QTEST_GUILESS_MAIN(tst_SimulatorDialects)
#include "tst_simulatordialects.moc"
