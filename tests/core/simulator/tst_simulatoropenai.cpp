// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rawclient.h"
#include "simulator/simulatorthread.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

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

/// The answers of the OpenAI-compatible dialect, compared with what vLLM sends.
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
};

void tst_SimulatorOpenAi::initTestCase()
{
    SimulatorOptions options;
    options.timing = *simulatorProfile(u"unpaced");
    startWith(options);
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
    const QJsonObject &last = chunks.constLast();
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

QTEST_GUILESS_MAIN(tst_SimulatorOpenAi)

#include "tst_simulatoropenai.moc"
