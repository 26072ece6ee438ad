// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rawclient.h"
#include "simulator/simulatorthread.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// The OpenAI-compatible dialect of the simulator, compared with what vLLM sends.
class tst_SimulatorOpenAi : public QObject
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

    [[nodiscard]] QString answer(const QString &prompt, const QJsonObject &more = {}) const
    {
        return chat(prompt, more).json()[u"choices"_s][0][u"message"_s][u"content"_s].toString();
    }

private Q_SLOTS:
    void initTestCase();
    void listsBaseAndAdapters();
    void answersWhole();
    void streams();
    void reportsUsage();
    void reportsUsageAllAlong();
    void streamAndWholeSayTheSame();
    void adaptersChangeTheWords();
    void seedsAndTemperature();
    void endsAtMaxTokens();
    void endsAtStop();
    void writesToTheLimitIfAsked();
    void severalChoices();
    void givesProbabilities();
    void callsTools();
    void streamsToolCalls();
    void reasons();
    void answersInJson();
    void refuses_data();
    void refuses();
    void countsTokens();
    void toldVersionAndHealth();
    void hasMetrics();
    void wantsItsKey();
    void canSpeakOnlyThis();
};

void tst_SimulatorOpenAi::initTestCase()
{
    SimulatorOptions options;
    options.timing = *simulatorProfile(u"unpaced");
    startWith(options);
}

void tst_SimulatorOpenAi::listsBaseAndAdapters()
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

void tst_SimulatorOpenAi::answersWhole()
{
    const RawReply reply = chat(u"Say: Hello, wörld 🌍"_s);
    QCOMPARE(reply.status, 200);
    const QJsonObject json = reply.json();
    QVERIFY(json[u"id"_s].toString().startsWith(u"chatcmpl-"_s));
    QCOMPARE(json[u"object"_s].toString(), u"chat.completion"_s);
    QVERIFY(json[u"created"_s].toInteger() > 1'700'000'000);
    QCOMPARE(json[u"model"_s].toString(), simulatorBaseModel());
    const QJsonValue choice = json[u"choices"_s][0];
    QCOMPARE(choice[u"index"_s].toInt(-1), 0);
    QCOMPARE(choice[u"message"_s][u"role"_s].toString(), u"assistant"_s);
    QCOMPARE(choice[u"message"_s][u"content"_s].toString(), u"Hello, wörld 🌍"_s);
    QVERIFY(choice[u"logprobs"_s].isNull());
    QCOMPARE(choice[u"finish_reason"_s].toString(), u"stop"_s);
    const QJsonObject usage = json[u"usage"_s].toObject();
    QCOMPARE(usage[u"total_tokens"_s].toInt(),
        usage[u"prompt_tokens"_s].toInt() + usage[u"completion_tokens"_s].toInt());
    QVERIFY(!reply.header("x-request-id").isEmpty());
}

void tst_SimulatorOpenAi::streams()
{
    const RawReply reply = chat(u"Explain rate limits"_s, {{u"stream"_s, true}});
    QVERIFY(reply.header("content-type").startsWith("text/event-stream"));
    QCOMPARE(reply.header("transfer-encoding"), "chunked");
    QCOMPARE(reply.events().constLast(), "[DONE]");
    const QList<QJsonObject> chunks = reply.chunks();
    QVERIFY(chunks.size() > 20);
    const QJsonValue first = chunks.constFirst()[u"choices"_s][0];
    QCOMPARE(first[u"delta"_s], (QJsonObject{{u"role"_s, u"assistant"_s}, {u"content"_s, u""_s}}));
    QVERIFY(first[u"finish_reason"_s].isNull());
    for (const QJsonObject &chunk : chunks) {
        QCOMPARE(chunk[u"object"_s].toString(), u"chat.completion.chunk"_s);
        QCOMPARE(chunk[u"id"_s], chunks.constFirst()[u"id"_s]);
        QCOMPARE(chunk[u"model"_s].toString(), simulatorBaseModel());
        QCOMPARE(chunk[u"choices"_s].toArray().size(), 1);
        QVERIFY(!chunk.contains(u"usage"_s));
    }
    const QJsonValue last = chunks.constLast()[u"choices"_s][0];
    QCOMPARE(last[u"finish_reason"_s].toString(), u"stop"_s);
    QVERIFY(last.toObject().contains(u"stop_reason"_s));
}

void tst_SimulatorOpenAi::reportsUsage()
{
    const RawReply reply = chat(u"Explain rate limits"_s,
        {{u"stream"_s, true}, {u"stream_options"_s, QJsonObject{{u"include_usage"_s, true}}}});
    const QList<QJsonObject> chunks = reply.chunks();
    const QJsonObject last = chunks.constLast();
    QVERIFY(last[u"choices"_s].isArray());
    QVERIFY(last[u"choices"_s].toArray().isEmpty());
    // One chunk a token, between that of the role and those of the finish and the usage.
    QCOMPARE(last[u"usage"_s][u"completion_tokens"_s].toInteger(), chunks.size() - 3);
}

void tst_SimulatorOpenAi::reportsUsageAllAlong()
{
    const RawReply reply = chat(u"Hello"_s,
        {{u"stream"_s, true}, {u"max_tokens"_s, 5},
            {u"stream_options"_s,
                QJsonObject{{u"include_usage"_s, true}, {u"continuous_usage_stats"_s, true}}}});
    const QList<QJsonObject> chunks = reply.chunks();
    QCOMPARE(chunks.size(), 8);
    for (int i = 0; i < 6; ++i) {
        QCOMPARE(chunks[i][u"usage"_s][u"completion_tokens"_s].toInt(-1), i);
    }
}

void tst_SimulatorOpenAi::streamAndWholeSayTheSame()
{
    const QJsonObject same{{u"temperature"_s, 1.3}, {u"seed"_s, 7}};
    QJsonObject streamed = same;
    streamed.insert(u"stream"_s, true);
    const QString prompt = u"Compare three caching strategies in a table"_s;
    QCOMPARE(joinedContent(chat(prompt, streamed)), answer(prompt, same));
}

void tst_SimulatorOpenAi::adaptersChangeTheWords()
{
    const QString ticket = u"Classify this ticket and answer as JSON: “Charged twice for March.”"_s;
    const QString v3 = answer(ticket, {{u"model"_s, u"support-v3"_s}});
    const QString v4 = answer(ticket, {{u"model"_s, u"support-v4"_s}});
    QVERIFY(v3.contains(u"\"priority\": \"normal\""_s));
    QVERIFY(v4.contains(u"\"priority\": \"high\""_s));
    QVERIFY(answer(ticket) != v3);
    QVERIFY(answer(ticket, {{u"model"_s, u"sql-expert"_s}}).contains(u"```sql"_s));
    QCOMPARE(chat(ticket, {{u"model"_s, u"sql-expert"_s}}).json()[u"model"_s].toString(),
        u"sql-expert"_s);
}

void tst_SimulatorOpenAi::seedsAndTemperature()
{
    const QString prompt = u"Write a long essay about migrating databases"_s;
    const auto with = [&](double temperature, int seed) {
        return answer(prompt, {{u"temperature"_s, temperature}, {u"seed"_s, seed}});
    };
    QCOMPARE(with(1, 1), with(1, 1));
    QVERIFY(with(1, 1) != with(1, 2));
    QCOMPARE(with(0, 1), with(0, 2));
    QVERIFY(answer(prompt) != answer(prompt)); // without a seed each answer is another
    // The same server with the same seed says the same things in the same order.
    QStringList first;
    for (int run = 0; run < 2; ++run) {
        SimulatorOptions options;
        options.timing = *simulatorProfile(u"unpaced");
        options.seed = 42;
        SimulatorThread other(options);
        QVERIFY(other.start());
        QStringList said;
        for (int i = 0; i < 3; ++i) {
            if (run == 1) { // questions in between change nothing
                QCOMPARE(ask(other.port(), "GET", "/metrics").status, 200);
            }
            said.append(post(other.port(), "/v1/chat/completions", chatBody(prompt))
                    .json()[u"choices"_s][0][u"message"_s][u"content"_s]
                    .toString());
        }
        if (run == 0) {
            first = said;
        }
        QCOMPARE(said, first);
    }
}

void tst_SimulatorOpenAi::endsAtMaxTokens()
{
    for (const QString &name : {u"max_tokens"_s, u"max_completion_tokens"_s}) {
        const QJsonObject json = chat(u"Explain rate limits"_s, {{name, 7}}).json();
        QCOMPARE(json[u"usage"_s][u"completion_tokens"_s].toInt(), 7);
        QCOMPARE(json[u"choices"_s][0][u"finish_reason"_s].toString(), u"length"_s);
    }
}

void tst_SimulatorOpenAi::endsAtStop()
{
    const QJsonValue choice
        = chat(u"Say: one two three four"_s, {{u"stop"_s, QJsonArray{u"four"_s, u" three"_s}}})
              .json()[u"choices"_s][0];
    QCOMPARE(choice[u"message"_s][u"content"_s].toString(), u"one two"_s);
    QCOMPARE(choice[u"finish_reason"_s].toString(), u"stop"_s);
    QCOMPARE(choice[u"stop_reason"_s].toString(), u" three"_s);
    QCOMPARE(
        answer(u"Say: one two"_s, {{u"stop"_s, u"two"_s}, {u"include_stop_str_in_output"_s, true}}),
        u"one two"_s);
}

void tst_SimulatorOpenAi::writesToTheLimitIfAsked()
{
    const QJsonObject json
        = chat(u"Hello"_s, {{u"max_tokens"_s, 600}, {u"ignore_eos"_s, true}}).json();
    QCOMPARE(json[u"usage"_s][u"completion_tokens"_s].toInt(), 600);
    const QJsonObject least
        = chat(u"Hello"_s, {{u"max_tokens"_s, 600}, {u"min_tokens"_s, 300}}).json();
    QVERIFY(least[u"usage"_s][u"completion_tokens"_s].toInt() >= 300);
}

void tst_SimulatorOpenAi::severalChoices()
{
    const QJsonObject three{{u"n"_s, 3}, {u"temperature"_s, 1.5}, {u"seed"_s, 3}};
    const QJsonArray whole = chat(u"Hello"_s, three).json()[u"choices"_s].toArray();
    QCOMPARE(whole.size(), 3);
    QJsonObject streamed = three;
    streamed.insert(u"stream"_s, true);
    QStringList texts(3);
    QStringList finishes(3);
    const QList<QJsonObject> chunks = chat(u"Hello"_s, streamed).chunks();
    for (const QJsonObject &chunk : chunks) {
        const QJsonValue choice = chunk[u"choices"_s][0];
        texts[choice[u"index"_s].toInt()] += choice[u"delta"_s][u"content"_s].toString();
        finishes[choice[u"index"_s].toInt()] += choice[u"finish_reason"_s].toString();
    }
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(texts[i], whole[i][u"message"_s][u"content"_s].toString());
        QCOMPARE(finishes[i], u"stop"_s);
    }
    QVERIFY(!(texts[0] == texts[1] && texts[1] == texts[2]));
}

void tst_SimulatorOpenAi::givesProbabilities()
{
    const QJsonObject wanted{{u"logprobs"_s, true}, {u"top_logprobs"_s, 3}, {u"seed"_s, 1}};
    const QJsonArray content = chat(u"Say: Grüße 🦜"_s, wanted)
                                   .json()[u"choices"_s][0][u"logprobs"_s][u"content"_s]
                                   .toArray();
    QVERIFY(!content.isEmpty());
    QByteArray bytes;
    for (const QJsonValue &token : content) {
        QVERIFY(token[u"logprob"_s].toDouble(1) < 0);
        QCOMPARE(token[u"top_logprobs"_s].toArray().size(), 3);
        const QJsonArray own = token[u"bytes"_s].toArray();
        for (const QJsonValue &byte : own) {
            bytes += static_cast<char>(byte.toInt());
        }
    }
    QCOMPARE(QString::fromUtf8(bytes), u"Grüße 🦜"_s);
    QJsonObject streamed = wanted;
    streamed.insert(u"stream"_s, true);
    const QList<QJsonObject> chunks = chat(u"Say: Grüße 🦜"_s, streamed).chunks();
    QCOMPARE(chunks[1][u"choices"_s][0][u"logprobs"_s][u"content"_s][0], content[0]);
}

namespace {

QJsonObject weatherTool()
{
    return QJsonDocument::fromJson(R"({"type":"function","function":{"name":"get_weather",
        "description":"The weather of a city","parameters":{"type":"object","properties":{
        "city":{"type":"string"},"unit":{"type":"string","enum":["celsius","fahrenheit"]}},
        "required":["city","unit"]}}})")
        .object();
}

} // namespace

void tst_SimulatorOpenAi::callsTools()
{
    const QJsonObject tools{{u"tools"_s, QJsonArray{weatherTool()}}};
    const QJsonValue choice = chat(u"What is the weather in Ulm?"_s, tools).json()[u"choices"_s][0];
    QCOMPARE(choice[u"finish_reason"_s].toString(), u"tool_calls"_s);
    QVERIFY(choice[u"message"_s][u"content"_s].isNull());
    const QJsonValue call = choice[u"message"_s][u"tool_calls"_s][0];
    QCOMPARE(call[u"type"_s].toString(), u"function"_s);
    QVERIFY(!call[u"id"_s].toString().isEmpty());
    QCOMPARE(call[u"function"_s][u"name"_s].toString(), u"get_weather"_s);
    const QJsonObject arguments
        = QJsonDocument::fromJson(call[u"function"_s][u"arguments"_s].toString().toUtf8()).object();
    QCOMPARE(arguments.keys(), (QStringList{u"city"_s, u"unit"_s}));
    QCOMPARE(arguments[u"unit"_s].toString(), u"celsius"_s);
    // What has nothing to do with the tool is answered in words; a named tool finishes with "stop".
    QCOMPARE(
        chat(u"Hello"_s, tools).json()[u"choices"_s][0][u"finish_reason"_s].toString(), u"stop"_s);
    QJsonObject named = tools;
    named.insert(u"tool_choice"_s,
        QJsonObject{{u"type"_s, u"function"_s},
            {u"function"_s, QJsonObject{{u"name"_s, u"get_weather"_s}}}});
    const QJsonValue forced = chat(u"Hello"_s, named).json()[u"choices"_s][0];
    QCOMPARE(forced[u"finish_reason"_s].toString(), u"stop"_s);
    QCOMPARE(forced[u"message"_s][u"tool_calls"_s].toArray().size(), 1);
}

void tst_SimulatorOpenAi::streamsToolCalls()
{
    const QList<QJsonObject> chunks = chat(u"Hello"_s,
        {{u"tools"_s, QJsonArray{weatherTool()}}, {u"tool_choice"_s, u"required"_s},
            {u"stream"_s, true}}).chunks();
    const QJsonValue first = chunks[1][u"choices"_s][0][u"delta"_s][u"tool_calls"_s][0];
    QCOMPARE(first[u"index"_s].toInt(-1), 0);
    QCOMPARE(first[u"function"_s][u"name"_s].toString(), u"get_weather"_s);
    QCOMPARE(first[u"function"_s][u"arguments"_s].toString(), QString());
    QString arguments;
    for (const QJsonObject &chunk : chunks) {
        const QJsonValue call = chunk[u"choices"_s][0][u"delta"_s][u"tool_calls"_s][0];
        arguments += call[u"function"_s][u"arguments"_s].toString();
    }
    QVERIFY(QJsonDocument::fromJson(arguments.toUtf8()).isObject());
    QCOMPARE(chunks.constLast()[u"choices"_s][0][u"finish_reason"_s].toString(), u"tool_calls"_s);
}

void tst_SimulatorOpenAi::reasons()
{
    const QJsonObject thinking{
        {u"chat_template_kwargs"_s, QJsonObject{{u"enable_thinking"_s, true}}}};
    const QJsonValue message
        = chat(u"Explain rate limits"_s, thinking).json()[u"choices"_s][0][u"message"_s];
    QVERIFY(message[u"reasoning"_s].toString().contains(u"rate limits"_s, Qt::CaseInsensitive));
    QVERIFY(!message[u"content"_s].toString().isEmpty());
    const QList<QJsonObject> chunks = chat(u"Explain rate limits"_s,
        {{u"reasoning_effort"_s, u"high"_s},
            {u"stream"_s, true}}).chunks();
    QVERIFY(chunks[1][u"choices"_s][0][u"delta"_s].toObject().contains(u"reasoning"_s));
    QVERIFY(chat(u"Hello"_s).json()[u"choices"_s][0][u"message"_s][u"reasoning"_s].isNull());
}

void tst_SimulatorOpenAi::answersInJson()
{
    const QJsonObject any{{u"response_format"_s, QJsonObject{{u"type"_s, u"json_object"_s}}}};
    QVERIFY(QJsonDocument::fromJson(answer(u"Hello"_s, any).toUtf8()).isObject());
    const QJsonObject schema = QJsonDocument::fromJson(R"({"type":"object","properties":{
        "label":{"type":"string"},"priority":{"enum":["low","normal","high"]},
        "confidence":{"type":"number","minimum":0,"maximum":1}},
        "required":["label","priority","confidence"],"additionalProperties":false})")
                                   .object();
    const QJsonObject format{{u"response_format"_s,
        QJsonObject{{u"type"_s, u"json_schema"_s},
            {u"json_schema"_s, QJsonObject{{u"name"_s, u"ticket"_s}, {u"schema"_s, schema}}}}}};
    QJsonObject v4 = format;
    v4.insert(u"model"_s, u"support-v4"_s);
    const QJsonObject ticket
        = QJsonDocument::fromJson(answer(u"Charged twice"_s, v4).toUtf8()).object();
    QCOMPARE(ticket[u"priority"_s].toString(), u"high"_s);
    QCOMPARE(ticket[u"confidence"_s].toDouble(), 0.93);
}

void tst_SimulatorOpenAi::refuses_data()
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

void tst_SimulatorOpenAi::refuses()
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

void tst_SimulatorOpenAi::countsTokens()
{
    const QJsonObject json
        = post(m_port, "/tokenize", {{u"prompt"_s, u"Tokenizers cut words"_s}}).json();
    QCOMPARE(json[u"count"_s].toInteger(), json[u"tokens"_s].toArray().size());
    QVERIFY(json[u"count"_s].toInt() >= 4);
    QCOMPARE(json[u"max_model_len"_s].toInt(), 8192);
    QCOMPARE(post(m_port, "/tokenize", {{u"nothing"_s, 1}}).status, 400);
}

void tst_SimulatorOpenAi::toldVersionAndHealth()
{
    QVERIFY(!ask(m_port, "GET", "/version").json()[u"version"_s].toString().isEmpty());
    const RawReply health = ask(m_port, "GET", "/health");
    QCOMPARE(health.status, 200);
    QVERIFY(health.body.isEmpty());
}

void tst_SimulatorOpenAi::hasMetrics()
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

void tst_SimulatorOpenAi::wantsItsKey()
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

void tst_SimulatorOpenAi::canSpeakOnlyThis()
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

QTEST_GUILESS_MAIN(tst_SimulatorOpenAi)

#include "tst_simulatoropenai.moc"
