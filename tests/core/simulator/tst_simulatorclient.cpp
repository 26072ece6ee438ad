// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/apiclient.h"
#include "http/chatstream.h"
#include "managers.h"
#include "simulator/simulatorthread.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

} // namespace

/// The simulator as Lorikeet's own client sees it, in both dialects and over every transport.
class tst_SimulatorClient : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimulatorThread> m_simulator;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::unique_ptr<ApiClient> m_client;

    [[nodiscard]] Target target(const QString &provider) const
    {
        return {.endpoint = simulatorEndpoint(m_simulator->url(), provider), .key = {}};
    }

    [[nodiscard]] ChatOutcome chat(const Target &target, const QString &prompt,
        const AdapterChoice &adapter = {}, const ParameterSet &parameters = {}) const
    {
        ChatRequest request;
        request.model = target.endpoint.model;
        request.adapter = adapter;
        request.messages = {{.role = Role::User, .content = prompt}};
        request.parameters = parameters;
        const std::unique_ptr<ChatStream> stream(m_client->chat(target, request));
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        if (!finished.wait(longWait)) {
            return {.choices = {{}}};
        }
        return finished.constFirst().constFirst().value<ChatOutcome>();
    }

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();
    void describes_data();
    void describes();
    void chats_data();
    void chats();
    void adapters_data();
    void adapters();
    void faults_data();
    void faults();
    void timesAgreeWithTheRecord();
};

void tst_SimulatorClient::initTestCase_data() { addManagerRows(); }

void tst_SimulatorClient::init()
{
    QFETCH_GLOBAL(const QString, manager);
    m_manager = makeManager(manager);
    m_client = std::make_unique<ApiClient>(*m_manager);
    SimulatorOptions options;
    options.timing = *simulatorProfile(u"fast");
    m_simulator = std::make_unique<SimulatorThread>(options);
    QVERIFY(m_simulator->start());
}

void tst_SimulatorClient::cleanup()
{
    m_client.reset();
    m_manager.reset();
    m_simulator.reset();
}

void tst_SimulatorClient::describes_data()
{
    QTest::addColumn<int>("dialect");
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("server");
    QTest::addColumn<int>("adapters");
    QTest::newRow("openai") << int(SimulatorDialect::OpenAi) << u"openai"_s << u"vLLM"_s << 3;
    QTest::newRow("lorax") << int(SimulatorDialect::Lorax) << u"lorax"_s << u"LoRAX"_s << 0;
    QTest::newRow("both, openai") << int(SimulatorDialect::Both) << u"openai"_s << u"vLLM"_s << 3;
    QTest::newRow("both, lorax") << int(SimulatorDialect::Both) << u"lorax"_s << u"LoRAX"_s << 0;
}

void tst_SimulatorClient::describes()
{
    QFETCH(const int, dialect);
    QFETCH(const QString, provider);
    SimulatorOptions options;
    options.dialect = static_cast<SimulatorDialect>(dialect);
    m_simulator = std::make_unique<SimulatorThread>(options);
    QVERIFY(m_simulator->start());
    const auto future = m_client->describe(target(provider));
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), longWait);
    const Result<EndpointDescription> description = future.result();
    QVERIFY2(description, qPrintable(description ? QString() : description.error().message));
    QTEST(description->server, "server");
    QTEST(int(description->adapters.size()), "adapters");
    QCOMPARE(description->models.constFirst().id, simulatorBaseModel());
    QCOMPARE(description->contextLength, 8192);
}

void tst_SimulatorClient::chats_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("limit");
    QTest::newRow("openai") << u"openai"_s << u"max_tokens"_s;
    QTest::newRow("lorax") << u"lorax"_s << u"max_new_tokens"_s;
}

void tst_SimulatorClient::chats()
{
    QFETCH(const QString, provider);
    QFETCH(const QString, limit);
    const ChatOutcome outcome = chat(target(provider), u"Say: Grüße aus Ulm 🦜"_s);
    QVERIFY2(!outcome.error, qPrintable(outcome.error ? outcome.error->message : QString()));
    QCOMPARE(outcome.choice().text, u"Grüße aus Ulm 🦜"_s);
    QCOMPARE(outcome.choice().finish.kind, FinishReason::Kind::Stop);
    const SimulatorRecord record = m_simulator->records().constLast();
    QCOMPARE(outcome.usage.completionTokens, record.completionTokens);
    QCOMPARE(outcome.usage.promptTokens, record.promptTokens);
    const ChatOutcome cut = chat(target(provider), u"Explain tides"_s, {}, {{limit, 5}});
    QCOMPARE(cut.choice().finish.kind, FinishReason::Kind::Length);
    QCOMPARE(cut.usage.completionTokens, 5);
}

void tst_SimulatorClient::adapters_data() { chats_data(); }

void tst_SimulatorClient::adapters()
{
    QFETCH(const QString, provider);
    const QString ticket = u"Classify this ticket: charged twice"_s;
    const auto text = [&](const QString &adapter) {
        return chat(target(provider), ticket, {.id = adapter}).choice().text;
    };
    QVERIFY(text(u"support-v3"_s).contains(u"\"normal\""_s));
    QVERIFY(text(u"support-v4"_s).contains(u"\"high\""_s));
    const ChatOutcome unknown = chat(target(provider), ticket, {.id = u"nobody"_s});
    QVERIFY(unknown.error);
    QVERIFY(unknown.error->serverMessage.contains(u"nobody"_s));
}

void tst_SimulatorClient::faults_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<ApiError::Kind>("kind");
    QTest::newRow("429") << u"429;7"_s << ApiError::Kind::RateLimited;
    QTest::newRow("500") << u"500"_s << ApiError::Kind::Server;
    QTest::newRow("503") << u"503"_s << ApiError::Kind::Unavailable;
    QTest::newRow("cut") << u"cut"_s << ApiError::Kind::Truncated;
    QTest::newRow("reset") << u"reset"_s << ApiError::Kind::Truncated;
    QTest::newRow("malformed") << u"malformed"_s << ApiError::Kind::Protocol;
    QTest::newRow("error") << u"error"_s << ApiError::Kind::Server;
    QTest::newRow("html") << u"html"_s << ApiError::Kind::Protocol;
    QTest::newRow("no-finish") << u"no-finish"_s << ApiError::Kind::Truncated;
    QTest::newRow("redirect") << u"redirect"_s << ApiError::Kind::Redirected;
    QTest::newRow("silent") << u"silent"_s << ApiError::Kind::FirstTokenTimeout;
    QTest::newRow("stall") << u"stall"_s << ApiError::Kind::IdleTimeout;
}

void tst_SimulatorClient::faults()
{
    QFETCH(const QString, fault);
    QFETCH(const ApiError::Kind, kind);
    for (const QString &provider : {u"openai"_s, u"lorax"_s}) {
        Target failing = target(provider);
        failing.endpoint.headers.append(Header{"X-Lorikeet-Fault"_ba, fault.toUtf8()});
        // Only where a limit is what is waited for; elsewhere a busy machine must not meet it.
        if (kind == ApiError::Kind::FirstTokenTimeout) {
            failing.endpoint.timeouts.firstToken = 100ms;
        } else if (kind == ApiError::Kind::IdleTimeout) {
            failing.endpoint.timeouts.idle = 500ms;
        }
        const ChatOutcome outcome = chat(failing, u"Explain tides"_s);
        QVERIFY2(outcome.error, qPrintable(provider));
        // LoRAX calls a failure of its shard 424, which is for Lorikeet a server not ready.
        const bool shardFailed = provider == "lorax"_L1 && fault == "error"_L1;
        QCOMPARE(outcome.error->kind, shardFailed ? ApiError::Kind::Unavailable : kind);
        if (kind == ApiError::Kind::RateLimited) {
            QCOMPARE(outcome.error->retryAfter, std::optional(Milliseconds(7000)));
        }
        // The text that had come is kept.
        QCOMPARE(outcome.choice().text.isEmpty(),
            kind != ApiError::Kind::Truncated && fault != "malformed"_L1 && fault != "error"_L1
                && fault != "stall"_L1);
    }
}

void tst_SimulatorClient::timesAgreeWithTheRecord()
{
    const ChatOutcome outcome = chat(target(u"openai"_s), u"Explain tides"_s);
    const SimulatorRecord record = m_simulator->records().constLast();
    QVERIFY(outcome.timing.firstToken && outcome.timing.lastToken);
    const TimePoint start = outcome.timing.start;
    // Nothing is asked before it is received, and nothing arrives before it was sent.
    QVERIFY(start <= record.received);
    QVERIFY(start + *outcome.timing.firstToken >= record.sent.front());
    QVERIFY(start + *outcome.timing.lastToken >= record.sent.back());
    QCOMPARE(outcome.timing.chunks, record.completionTokens);
}

QTEST_GUILESS_MAIN(tst_SimulatorClient)

#include "tst_simulatorclient.moc"
