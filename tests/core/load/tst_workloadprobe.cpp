// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "futures.h"
#include "http/apiclient.h"
#include "http/chatstream.h"
#include "http/curlaccessmanager.h"
#include "load/syntheticwords.h"
#include "load/tokenizeroute.h"
#include "load/workloadprobe.h"
#include "load/workloadsource.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "scriptedserver.h"
#include "simulator/simulator.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

QByteArray answerOf(qint64 promptTokens)
{
    const QByteArray usage = promptTokens < 0 ? QByteArray()
                                              : ",\"usage\":{\"prompt_tokens\":"
            + QByteArray::number(promptTokens) + ",\"completion_tokens\":1}";
    return "{\"choices\":[{\"index\":0,\"finish_reason\":\"length\",\"message\":{\"role\":"
           "\"assistant\",\"content\":\"A\"}}]"
        + usage + "}";
}

Script json(const QByteArray &body, int status = 200)
{
    return Script::reply(status, "application/json"_ba, body);
}

} // namespace

/// How a server is asked how many tokens text has there.
class TestWorkloadProbe final : public QObject
{
    Q_OBJECT

    std::unique_ptr<CurlAccessManager> m_manager;
    std::unique_ptr<ApiClient> m_client;

    [[nodiscard]] static Target targetOf(
        const QUrl &url, const QString &provider, const QString &server)
    {
        Target target;
        target.endpoint.url = url;
        target.endpoint.provider = provider;
        target.endpoint.server = server;
        target.endpoint.model = u"m"_s;
        return target;
    }

    [[nodiscard]] ChatOutcome outcomeOf(const Target &target, const ChatRequest &request)
    {
        std::unique_ptr<ChatStream> stream(m_client->chat(target, request));
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        if (!finished.wait(60'000)) {
            return {};
        }
        return finished.constFirst().constFirst().value<ChatOutcome>();
    }

private Q_SLOTS:

    void init()
    {
        m_manager = std::make_unique<CurlAccessManager>();
        m_client = std::make_unique<ApiClient>(*m_manager);
    }

    void cleanup()
    {
        m_client.reset();
        m_manager.reset();
    }

    void promptsAreAsLongAsAskedFor_data()
    {
        QTest::addColumn<QString>("simulated");
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("server");
        QTest::addColumn<bool>("byWord");
        // Servers that show their tokens, and others that only count.
        QTest::newRow("vLLM") << u"vllm"_s << u"openai"_s << u"vLLM"_s << true;
        QTest::newRow("llama.cpp") << u"llama.cpp"_s << u"openai"_s << u"llama.cpp"_s << true;
        QTest::newRow("LoRAX") << u"lorax"_s << u"lorax"_s << u"LoRAX"_s << true;
        QTest::newRow("TGI") << u"tgi"_s << u"openai"_s << u"TGI"_s << true;
        QTest::newRow("Ollama") << u"ollama"_s << u"ollama"_s << u"Ollama"_s << false;
        QTest::newRow("OpenAI") << u"openai"_s << u"openai"_s << QString() << false;
        QTest::newRow("Anthropic") << u"anthropic"_s << u"anthropic"_s << QString() << false;
        QTest::newRow("Gemini") << u"gemini"_s << u"gemini"_s << QString() << false;
        // One of which nothing is known but that it takes chat completions.
        QTest::newRow("unknown") << u"vllm"_s << u"openai"_s << QString() << false;
    }

    void promptsAreAsLongAsAskedFor()
    {
        QFETCH(const QString, simulated);
        QFETCH(const QString, provider);
        QFETCH(const QString, server);
        QFETCH(const bool, byWord);
        SimulatorOptions options;
        options.server = simulated;
        options.timing = *simulatorProfile(u"unpaced"_s);
        Simulator simulator(options);
        QVERIFY(simulator.start());
        Target target = targetOf(simulator.url(), provider, server);
        target.endpoint.model = simulatorBaseModel();
        target.key = Secret(u"sk-canary-0123456789"_s);
        LoadWorkload workload;
        workload.systemPrompt
            = u"You answer in the fewest words that will do, and never in verse."_s;
        ChatRequest base;
        base.messages = {{.role = Role::System, .content = workload.systemPrompt}};
        const auto calibration = waitFor(calibrateTokens(*m_client, target, base));
        QVERIFY2(calibration, qPrintable(sentence(calibration)));
        QCOMPARE(!calibration->wordTokens.isEmpty(), byWord);
        const ParameterSpecs specs = findProvider(provider)->parameters(server);
        for (const int wanted : {100, 300, 1000, 4000}) {
            workload.lengths = {{.input = LengthDistribution::fixed(wanted),
                .output = LengthDistribution::fixed(16)}};
            const auto source = makeLoadSource(workload, 9, *calibration, specs);
            QVERIFY2(source, qPrintable(sentence(source)));
            for (int i = 0; i < 3; ++i) {
                ChatRequest request = (*source)->request(i, 0, {}).value().request;
                request.stream = false;
                const ChatOutcome outcome = outcomeOf(target, request);
                QVERIFY2(
                    !outcome.error, qPrintable(outcome.error ? outcome.error->message : QString()));
                const auto tokens = double(outcome.usage.promptTokens.value_or(0));
                QVERIFY2(std::abs(tokens - wanted) <= 0.02 * wanted,
                    qPrintable(u"%1 of %2"_s.arg(tokens).arg(wanted)));
            }
        }
    }

    void probesAreShort()
    {
        ScriptedServer server;
        server.setDefault(json(answerOf(50)));
        for (const int tokens : {40, 220, 820, 820}) {
            server.enqueue(json(answerOf(tokens)));
        }
        ChatRequest base{.model = u"own"_s, .adapter = {.id = u"legal"_s}};
        base.parameters = {{u"max_completion_tokens"_s, 500}, {u"temperature"_s, 0}};
        const auto calibration
            = waitFor(calibrateTokens(*m_client, targetOf(server.url(), u"openai"_s, {}), base));
        QVERIFY2(calibration, qPrintable(sentence(calibration)));
        // Of 16, 160, 640 and again 640 words.
        QVERIFY(std::abs(calibration->tokensPerWord - 1.25) < 1e-9);
        QVERIFY(std::abs(calibration->fixedTokens - 20) < 1e-9);
        QCOMPARE(server.requests().size(), 4);
        for (const auto &request : server.requests()) {
            const QJsonObject body = QJsonDocument::fromJson(request.body).object();
            QCOMPARE(request.target, "/v1/chat/completions"_ba);
            QCOMPARE(body.value(u"max_tokens"_s).toInt(), 1);
            QVERIFY(!body.contains(u"max_completion_tokens"_s));
            QCOMPARE(body.value(u"temperature"_s).toInt(-1), 0);
            QCOMPARE(body.value(u"model"_s).toString(), u"legal"_s);
            QVERIFY(!body.value(u"stream"_s).toBool());
        }
    }

    void shortContext()
    {
        ScriptedServer server;
        server.enqueue(json(answerOf(36)));
        server.enqueue(json(answerOf(180)));
        server.enqueue(json("{\"error\":{\"message\":\"This model's maximum context length is 512 "
                            "tokens.\",\"code\":\"context_length_exceeded\"}}",
            400));
        const auto calibration
            = waitFor(calibrateTokens(*m_client, targetOf(server.url(), u"openai"_s, {}), {}));
        QVERIFY2(calibration, qPrintable(sentence(calibration)));
        QVERIFY(std::abs(calibration->tokensPerWord - 1) < 1e-9);
        QVERIFY(std::abs(calibration->fixedTokens - 20) < 1e-9);
    }

    void serverThatCountsNothing()
    {
        ScriptedServer server;
        server.setDefault(json(answerOf(-1)));
        const auto calibration
            = waitFor(calibrateTokens(*m_client, targetOf(server.url(), u"openai"_s, {}), {}));
        QVERIFY(!calibration);
        QCOMPARE(calibration.error().kind, ApiError::Kind::Protocol);
        QVERIFY(calibration.error().message.contains(u"does not tell how many tokens"_s));
        QCOMPARE(server.requests().size(), 1);
    }

    void tokenizerAloneIsEnough()
    {
        ScriptedServer server;
        QJsonArray tokens{0};
        for (int i = 0; i < syntheticWordCount(); ++i) {
            tokens.append(5000 + i);
            tokens.append(9000 + i % 2); // two tokens each
            tokens.append(0);
        }
        server.setRoute(
            "/tokenize", json(QJsonDocument(QJsonObject{{u"tokens"_s, tokens}}).toJson()));
        server.setRoute("/v1/chat/completions", json(answerOf(-1)));
        const auto calibration = waitFor(
            calibrateTokens(*m_client, targetOf(server.url(), u"openai"_s, u"vLLM"_s), {}));
        QVERIFY2(calibration, qPrintable(sentence(calibration)));
        QCOMPARE(calibration->wordTokens, QByteArray(syntheticWordCount(), '\2'));
        QCOMPARE(calibration->fixedTokens, TokenCalibration().fixedTokens);
        const QJsonObject body = QJsonDocument::fromJson(server.requests().at(0).body).object();
        QCOMPARE(body.value(u"model"_s).toString(), u"m"_s);
        QVERIFY(!body.value(u"add_special_tokens"_s).toBool(true));
    }

    void tokenizerThatIsNotThere()
    {
        ScriptedServer server;
        // In the order they are asked.
        server.enqueue(json("{\"detail\":\"Not Found\"}", 404));
        for (const int tokens : {36, 180, 660, 660}) {
            server.enqueue(json(answerOf(tokens)));
        }
        const auto calibration = waitFor(
            calibrateTokens(*m_client, targetOf(server.url(), u"openai"_s, u"vLLM"_s), {}));
        QVERIFY2(calibration, qPrintable(sentence(calibration)));
        QCOMPARE(server.requests().at(0).target, "/tokenize"_ba);
        QVERIFY(calibration->wordTokens.isEmpty());
        QVERIFY(std::abs(calibration->tokensPerWord - 1) < 1e-9);
        QVERIFY(std::abs(calibration->fixedTokens - 20) < 1e-9);
    }

    void errorsAreTheServers()
    {
        ScriptedServer server;
        server.setDefault(json("{\"error\":{\"message\":\"No.\"}}", 401));
        const auto calibration
            = waitFor(calibrateTokens(*m_client, targetOf(server.url(), u"openai"_s, {}), {}));
        QVERIFY(!calibration);
        QCOMPARE(calibration.error().kind, ApiError::Kind::Unauthorized);
    }

    void endsWithTheClient()
    {
        ScriptedServer server;
        server.setDefault(Script().hold());
        const auto future = calibrateTokens(*m_client, targetOf(server.url(), u"openai"_s, {}), {});
        QTRY_COMPARE(server.requests().size(), 1);
        m_client.reset();
        QTRY_VERIFY(future.isFinished());
        QVERIFY(future.isCanceled());
    }
};

QTEST_GUILESS_MAIN(TestWorkloadProbe)
#include "tst_workloadprobe.moc"
