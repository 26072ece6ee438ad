// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rawclient.h"
#include "simulator/simulatorthread.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// What vLLM has besides answers: its list of models, refusals, metrics and key.
class tst_SimulatorOpenAiRoutes : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimulatorThread> m_simulator;
    quint16 m_port = 0;

    void startWith(const SimulatorOptions &options)
    {
        m_simulator = std::make_unique<SimulatorThread>(options);
        QVERIFY(m_simulator->start());
        m_port = m_simulator->port();
    }

    [[nodiscard]] RawReply chat(const QString &prompt, const QJsonObject &more = {}) const
    {
        return post(m_port, "/v1/chat/completions", chatBody(prompt, more));
    }

private Q_SLOTS:
    void initTestCase();
    void listsBaseAndAdapters();
    void refuses_data();
    void refuses();
    void countsTokens();
    void toldVersionAndHealth();
    void hasMetrics();
    void wantsItsKey();
    void canSpeakOnlyThis();
};

void tst_SimulatorOpenAiRoutes::initTestCase()
{
    SimulatorOptions options;
    options.timing = *simulatorProfile(u"unpaced");
    startWith(options);
}

void tst_SimulatorOpenAiRoutes::listsBaseAndAdapters()
{
    const RawReply reply = ask(m_port, "GET", "/v1/models");
    QCOMPARE(reply.header("content-type"), "application/json");
    QCOMPARE(reply.json()[u"object"_s].toString(), u"list"_s);
    const QJsonArray data = reply.json()[u"data"_s].toArray();
    QCOMPARE(data.size(), 4);
    const QString base = data[0][u"id"_s].toString();
    QVERIFY(data[0][u"parent"_s].isNull());
    QCOMPARE(data[0][u"max_model_len"_s].toInt(), 8192);
    for (const QJsonValue &model : data) {
        QCOMPARE(model[u"object"_s].toString(), u"model"_s);
        QCOMPARE(model[u"owned_by"_s].toString(), u"vllm"_s);
        QCOMPARE(model[u"permission"_s].toArray().size(), 1);
    }
    for (int i = 1; i < 4; ++i) {
        QCOMPARE(data[i][u"id"_s].toString(), simulatorAdapters().at(i - 1));
        QCOMPARE(data[i][u"parent"_s].toString(), base);
        QVERIFY(data[i][u"max_model_len"_s].isNull());
    }
}

void tst_SimulatorOpenAiRoutes::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("param");
    const auto row
        = [](const char *name, const QByteArray &members, const char *param, int status = 400) {
              QTest::newRow(name) << QByteArray(
                  R"({"messages":[{"role":"user","content":"Hello"}],)" + members + '}')
                                  << status << QString::fromLatin1(param);
          };
    QTest::newRow("not JSON") << "{\"messages\":"_ba << 400 << QString();
    QTest::newRow("no messages") << "{}"_ba << 400 << u"messages"_s;
    QTest::newRow("unknown role") << R"({"messages":[{"role":"pirate","content":"x"}]})"_ba << 400
                                  << u"messages"_s;
    row("unknown model", R"("model":"gpt-4")", "model", 404);
    row("temperature", R"("temperature":-0.1)", "temperature");
    row("temperature as text", R"("temperature":"hot")", "temperature");
    row("top_p", R"("top_p":0)", "top_p");
    row("top_k", R"("top_k":-2)", "top_k");
    row("n", R"("n":0)", "n");
    row("greedy n", R"("n":2,"temperature":0)", "n");
    row("max_tokens", R"("max_tokens":0)", "max_tokens");
    row("fraction", R"("max_tokens":1.5)", "max_tokens");
    row("context", R"("max_tokens":8192)", "messages");
    row("min_tokens", R"("max_tokens":5,"min_tokens":6)", "min_tokens");
    row("stream_options", R"("stream_options":{"include_usage":true})", "stream_options");
    row("top_logprobs alone", R"("top_logprobs":2)", "top_logprobs");
    row("top_logprobs", R"("logprobs":true,"top_logprobs":21)", "top_logprobs");
    row("no tools", R"("tools":[])", "tools");
    row("tool_choice alone", R"("tool_choice":"required")", "tool_choice");
    row("continue", R"("continue_final_message":true)", "continue_final_message");
    row("format", R"("response_format":{"type":"xml"})", "response_format");
    row("format without schema", R"("response_format":{"type":"json_schema"})", "response_format");
}

void tst_SimulatorOpenAiRoutes::refuses()
{
    QFETCH(const QByteArray, body);
    const RawReply reply = ask(m_port, "POST", "/v1/chat/completions", body);
    QTEST(reply.status, "status");
    const QJsonValue error = reply.json()[u"error"_s];
    QVERIFY(!error[u"message"_s].toString().isEmpty());
    QVERIFY(!error[u"type"_s].toString().isEmpty());
    QCOMPARE(error[u"code"_s].toInt(), reply.status);
    QTEST(error[u"param"_s].toString(), "param");
}

void tst_SimulatorOpenAiRoutes::countsTokens()
{
    const QJsonObject json
        = post(m_port, "/tokenize", {{u"prompt"_s, u"Tokenizers cut words"_s}}).json();
    QCOMPARE(json[u"count"_s].toInteger(), json[u"tokens"_s].toArray().size());
    QVERIFY(json[u"count"_s].toInt() >= 4);
    QCOMPARE(json[u"max_model_len"_s].toInt(), 8192);
    QCOMPARE(post(m_port, "/tokenize", {{u"nothing"_s, 1}}).status, 400);
}

void tst_SimulatorOpenAiRoutes::toldVersionAndHealth()
{
    QVERIFY(!ask(m_port, "GET", "/version").json()[u"version"_s].toString().isEmpty());
    const RawReply health = ask(m_port, "GET", "/health");
    QCOMPARE(health.status, 200);
    QVERIFY(health.body.isEmpty());
}

void tst_SimulatorOpenAiRoutes::hasMetrics()
{
    const auto value = [this](const QByteArray &name) {
        const QByteArrayList lines = ask(m_port, "GET", "/metrics").body.split('\n');
        for (const QByteArray &line : lines) {
            if (line.startsWith(name + '{') || line.startsWith(name + ' ')) {
                return line.sliced(line.lastIndexOf(' ') + 1).toDouble();
            }
        }
        return -1.0;
    };
    const double before = value("vllm:generation_tokens_total");
    QVERIFY(before >= 0);
    QCOMPARE(chat(u"Hello"_s, {{u"max_tokens"_s, 5}}).status, 200);
    QCOMPARE(value("vllm:generation_tokens_total"), before + 5);
    QCOMPARE(value("vllm:num_requests_running"), 0);
    QVERIFY(value("vllm:time_to_first_token_seconds_count") > 0);
    QVERIFY(value("vllm:lora_requests_info") > 0);
    QVERIFY(value("lorax_request_count") > 0); // both dialects are spoken here
}

void tst_SimulatorOpenAiRoutes::wantsItsKey()
{
    SimulatorOptions options;
    options.timing = *simulatorProfile(u"unpaced");
    options.key = Secret(u"parrot"_s);
    SimulatorThread guarded(options);
    QVERIFY(guarded.start());
    const auto status = [&](const QByteArray &path, const Headers &headers) {
        return ask(guarded.port(), "GET", path, {}, headers).status;
    };
    const RawReply refused = ask(guarded.port(), "GET", "/v1/models");
    QCOMPARE(refused.status, 401);
    QCOMPARE(refused.body, R"({"error":"Unauthorized"})");
    QCOMPARE(status("/v1/models", {{"Authorization"_ba, "Bearer wrong"_ba}}), 401);
    QCOMPARE(status("/v1/models", {{"Authorization"_ba, "Bearer parrot"_ba}}), 200);
    QCOMPARE(post(guarded.port(), "/v1/chat/completions", chatBody(u"Hello"_s)).status, 401);
    QCOMPARE(post(guarded.port(), "/generate", {{u"inputs"_s, u"Hello"_s}}).status, 401);
    // As with vLLM these stay open.
    QCOMPARE(status("/health", {}), 200);
    QCOMPARE(status("/version", {}), 200);
    QCOMPARE(status("/metrics", {}), 200);
}

void tst_SimulatorOpenAiRoutes::canSpeakOnlyThis()
{
    SimulatorOptions options;
    options.dialect = SimulatorDialect::OpenAi;
    SimulatorThread strict(options);
    QVERIFY(strict.start());
    QCOMPARE(ask(strict.port(), "GET", "/v1/models").status, 200);
    QCOMPARE(ask(strict.port(), "GET", "/info").status, 404);
    QCOMPARE(post(strict.port(), "/generate", {{u"inputs"_s, u"Hello"_s}}).status, 404);
    QVERIFY(!ask(strict.port(), "GET", "/metrics").body.contains("lorax_"));
}

QTEST_GUILESS_MAIN(tst_SimulatorOpenAiRoutes)

#include "tst_simulatoropenairoutes.moc"
