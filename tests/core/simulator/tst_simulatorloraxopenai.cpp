// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rawclient.h"
#include "simulator/simulatorthread.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

QJsonArray weatherTools()
{
    return QJsonDocument::fromJson(R"([{"type":"function","function":{"name":"get_weather",
        "description":"The weather of a city","parameters":{"type":"object","properties":{
        "city":{"type":"string"}},"required":["city"]}}}])")
        .array();
}

} // namespace

/// LoRAX's answers on the paths of OpenAI, which are not quite OpenAI's.
class tst_SimulatorLoraxOpenAi : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimulatorThread> m_simulator;
    quint16 m_port = 0;

    [[nodiscard]] RawReply chat(const QString &prompt, const QJsonObject &more = {}) const
    {
        QJsonObject body = chatBody(prompt, more);
        if (!more.contains(u"model"_s)) {
            body.insert(u"model"_s, QString());
        }
        return post(m_port, "/v1/chat/completions", body);
    }

    [[nodiscard]] RawReply complete(const QString &prompt, const QJsonObject &more = {}) const
    {
        QJsonObject body{{u"model"_s, QString()}, {u"prompt"_s, prompt}};
        for (auto it = more.begin(); it != more.end(); ++it) {
            body.insert(it.key(), it.value());
        }
        return post(m_port, "/v1/completions", body);
    }

    [[nodiscard]] static QString content(const RawReply &reply)
    {
        return reply.json()[u"choices"_s][0][u"message"_s][u"content"_s].toString();
    }

private Q_SLOTS:

    void initTestCase()
    {
        SimulatorOptions options;
        options.timing = *simulatorProfile(u"unpaced");
        options.dialect = SimulatorDialect::Lorax;
        m_simulator = std::make_unique<SimulatorThread>(options);
        QVERIFY(m_simulator->start());
        m_port = m_simulator->port();
    }

    void answersChats()
    {
        const RawReply reply = chat(u"Say: blue"_s);
        QCOMPARE(reply.status, 200);
        const QJsonObject json = reply.json();
        QCOMPARE(json[u"object"_s].toString(), u"text_completion"_s);
        QCOMPARE(json[u"id"_s].toString(), u"null"_s);
        QCOMPARE(json[u"model"_s].toString(), simulatorBaseModel());
        QCOMPARE(content(reply), u"blue"_s);
        QCOMPARE(json[u"choices"_s][0][u"finish_reason"_s].toString(), u"stop"_s);
        // The end-of-text token counts.
        QCOMPARE(json[u"usage"_s][u"completion_tokens"_s].toInt(), 2);
        QVERIFY(!reply.header("x-total-time").isEmpty());
        QVERIFY(reply.header("x-adapter-id").isEmpty());
    }

    void streamsChats()
    {
        const RawReply reply = chat(u"Say: light blue"_s, {{u"stream"_s, true}});
        QCOMPARE(reply.header("content-type"), "text/event-stream");
        QCOMPARE(reply.events().constLast(), "[DONE]");
        const QList<QJsonObject> chunks = reply.chunks();
        QCOMPARE(joinedContent(reply), u"light blue"_s);
        for (const QJsonObject &chunk : chunks.first(chunks.size() - 1)) {
            QCOMPARE(chunk[u"choices"_s][0][u"delta"_s][u"role"_s].toString(), u"assistant"_s);
            QVERIFY(chunk[u"choices"_s][0][u"finish_reason"_s].isNull());
            QVERIFY(!chunk.contains(u"usage"_s));
            QCOMPARE(chunk[u"model"_s].toString(), u"null"_s);
        }
        const QJsonObject &last = chunks.constLast();
        QCOMPARE(last[u"choices"_s][0][u"delta"_s].toObject(), QJsonObject());
        QCOMPARE(last[u"choices"_s][0][u"finish_reason"_s].toString(), u"stop"_s);
        QCOMPARE(last[u"usage"_s][u"completion_tokens"_s].toInt(), chunks.size());
    }

    void finishReasonsHaveNamesOfTheirOwn()
    {
        for (const bool stream : {false, true}) {
            const auto reason = [&](const QJsonObject &more) {
                QJsonObject all = more;
                all.insert(u"stream"_s, stream);
                const RawReply reply = chat(u"Say: one two three four"_s, all);
                const QJsonObject last = stream ? reply.chunks().constLast() : reply.json();
                return last[u"choices"_s][0][u"finish_reason"_s].toString();
            };
            QCOMPARE(reason({{u"stop"_s, QJsonArray{u"three"_s}}}), u"content_filter"_s);
            QCOMPARE(reason({{u"max_tokens"_s, 2}}), u"length"_s);
        }
        // The chunk that ends it still carries text.
        const QJsonObject last
            = chat(u"Say: one two three"_s, {{u"max_tokens"_s, 2}, {u"stream"_s, true}})
                  .chunks()
                  .constLast();
        QVERIFY(!last[u"choices"_s][0][u"delta"_s][u"content"_s].toString().isEmpty());
    }

    void modelIsTheAdapter()
    {
        const QString adapter = simulatorAdapters().constFirst();
        const QString ticket = u"Classify this ticket: I was charged twice"_s;
        const RawReply adapted = chat(ticket, {{u"model"_s, adapter}, {u"temperature"_s, 0}});
        QCOMPARE(adapted.header("x-adapter-id"), adapter.toUtf8());
        const QString base = content(chat(ticket, {{u"temperature"_s, 0}}));
        QVERIFY(content(adapted) != base);
        QCOMPARE(content(chat(ticket, {{u"model"_s, simulatorBaseModel()}, {u"temperature"_s, 0}})),
            base);
        const RawReply unknown = chat(ticket, {{u"model"_s, u"gpt-4"_s}});
        QCOMPARE(unknown.status, 424);
        QVERIFY(unknown.json()[u"error"_s].isString());
        QCOMPARE(unknown.json()[u"error_type"_s].toString(), u"generation"_s);
    }

    void chatsSampleAndCompletionsDoNot()
    {
        const auto differ = [](auto &&answer) {
            const QString first = answer();
            for (int i = 0; i < 20; ++i) {
                if (answer() != first) {
                    return true;
                }
            }
            return false;
        };
        const QString prompt = u"Write an essay on rivers"_s;
        QVERIFY(differ([&] { return content(chat(prompt)); }));
        QVERIFY(!differ([&] { return content(chat(prompt, {{u"temperature"_s, 0}})); }));
        QVERIFY(!differ(
            [&] { return complete(prompt).json()[u"choices"_s][0][u"text"_s].toString(); }));
        QVERIFY(differ([&] {
            return complete(prompt, {{u"n"_s, 1}}).json()[u"choices"_s][0][u"text"_s].toString();
        }));
    }

    void severalChoices()
    {
        const RawReply reply = chat(u"Write an essay on rivers"_s, {{u"n"_s, 2}});
        QCOMPARE(reply.json()[u"choices"_s].toArray().size(), 2);
        QCOMPARE(reply.json()[u"choices"_s][1][u"index"_s].toInt(), 1);
        const RawReply best
            = complete(u"Write an essay on rivers"_s, {{u"best_of"_s, 2}, {u"temperature"_s, 0.7}});
        QCOMPARE(best.json()[u"choices"_s].toArray().size(), 1);
    }

    void completes()
    {
        const QJsonObject json = complete(u"Say: blue"_s, {{u"echo"_s, true}}).json();
        QCOMPARE(json[u"object"_s].toString(), u"text_completion"_s);
        QCOMPARE(json[u"choices"_s][0][u"text"_s].toString(), u"Say: blueblue"_s);
        QVERIFY(json[u"choices"_s][0][u"logprobs"_s].isNull());

        const RawReply stream = complete(u"Say: light blue"_s, {{u"stream"_s, true}});
        QCOMPARE(stream.events().constLast(), "[DONE]");
        const QList<QJsonObject> chunks = stream.chunks();
        QString text;
        for (const QJsonObject &chunk : chunks) {
            text += chunk[u"choices"_s][0][u"text"_s].toString();
            const bool isLast = chunk == chunks.constLast();
            QCOMPARE(chunk[u"usage"_s][u"total_tokens"_s].toInt() > 0, isLast);
        }
        QCOMPARE(text, u"light blue"_s);
    }

    void callsTools()
    {
        const QString prompt = u"What is the weather in Bergen?"_s;
        const QJsonObject message = chat(prompt, {{u"tools"_s, weatherTools()}})
                                        .json()[u"choices"_s][0][u"message"_s]
                                        .toObject();
        const QJsonValue call = message[u"tool_calls"_s][0];
        QCOMPARE(call[u"id"_s].toString(), u"0"_s);
        QCOMPARE(call[u"function"_s][u"name"_s].toString(), u"get_weather"_s);
        const QByteArray arguments = call[u"function"_s][u"arguments"_s].toString().toUtf8();
        QVERIFY(QJsonDocument::fromJson(arguments).object().contains(u"city"_s));
        QVERIFY(!message.contains(u"content"_s));
        // A stream has the grammar's own text instead.
        const RawReply stream = chat(prompt, {{u"tools"_s, weatherTools()}, {u"stream"_s, true}});
        const QJsonObject raw = QJsonDocument::fromJson(joinedContent(stream).toUtf8()).object();
        QCOMPARE(raw[u"function"_s][u"_name"_s].toString(), u"get_weather"_s);
        QVERIFY(raw[u"function"_s][u"city"_s].isString());
        // Without need of a tool there is none.
        QCOMPARE(content(chat(u"Say: blue"_s, {{u"tools"_s, weatherTools()}})), u"blue"_s);
    }

    void answersInJson()
    {
        const QJsonObject schema{{u"type"_s, u"object"_s},
            {u"properties"_s, QJsonObject{{u"city"_s, QJsonObject{{u"type"_s, u"string"_s}}}}},
            {u"required"_s, QJsonArray{u"city"_s}}};
        const QJsonObject format{{u"type"_s, u"json_schema"_s},
            {u"json_schema"_s, QJsonObject{{u"name"_s, u"place"_s}, {u"schema"_s, schema}}}};
        const QString text = content(chat(u"Where?"_s, {{u"response_format"_s, format}}));
        QVERIFY(QJsonDocument::fromJson(text.toUtf8()).object()[u"city"_s].isString());
        // Unlike on the native routes "text" is no constraint.
        QCOMPARE(content(chat(u"Say: blue"_s,
                     {{u"response_format"_s, QJsonObject{{u"type"_s, u"text"_s}}}})),
            u"blue"_s);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("members");
        QTest::addColumn<QByteArray>("type"); // empty: plain text
        const QByteArray chat = "/v1/chat/completions";
        const QByteArray completions = "/v1/completions";
        const QByteArray hello = R"("model":"","messages":[{"role":"user","content":"Hello"}])";
        const QByteArray prompt = R"("model":"","prompt":"Hello")";
        const auto row
            = [](const char *name, const QByteArray &path, const QByteArray &members,
                  const QByteArray &type = {}) { QTest::newRow(name) << path << members << type; };
        row("no model", chat, R"("messages":[{"role":"user","content":"Hello"}])");
        row("no messages", chat, R"("model":"")");
        row("no role", chat, R"("model":"","messages":[{"content":"Hello"}])");
        row("a number for a text", chat, R"("model":"","messages":[{"role":"user","content":1}])");
        row("stop as text", chat, hello + R"(,"stop":"a")");
        row("unknown format", chat, hello + R"(,"response_format":{"type":"xml"})");
        row("nameless schema", chat,
            hello + R"(,"response_format":{"type":"json_schema","json_schema":{"schema":{}}})");
        row("OpenAI's way to name a tool", chat,
            hello + R"(,"tools":[],"tool_choice":{"type":"function","function":{"name":"a"}})");
        row("no such tool", chat, hello + R"(,"tools":[],"tool_choice":"required")", "tool_error");
        row("tools and JSON", chat,
            hello + R"(,"tools":[],"response_format":{"type":"json_object"})", "tool_error");
        row("negative length", chat, hello + R"(,"max_tokens":-1)", "validation");
        row("several, greedily", chat, hello + R"(,"n":2,"temperature":0)", "validation");
        row("no words", chat, R"("model":"","messages":[])", "validation");
        row("several prompts", completions, R"("model":"","prompt":["a","b"])");
        row("no prompt", completions, R"("model":"")");
        row("top_p", completions, prompt + R"(,"top_p":2)", "validation");
    }

    void refuses()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, members);
        QFETCH(const QByteArray, type);
        const RawReply reply = ask(m_port, "POST", path, '{' + members + '}');
        QCOMPARE(reply.status, 422);
        if (type.isEmpty()) {
            QVERIFY(reply.header("content-type").startsWith("text/plain"));
        } else {
            QVERIFY(reply.json()[u"error"_s].isString());
            QCOMPARE(reply.json()[u"error_type"_s].toString(), QString::fromUtf8(type));
        }
        // A stream is 200 once its body could be read, and ends without [DONE]; a tool's mistake is
        // found before.
        const RawReply stream = ask(m_port, "POST", path, '{' + members + R"(,"stream":true})");
        QCOMPARE(stream.status, type == "validation" ? 200 : 422);
        if (type == "validation") {
            QCOMPARE(stream.events().size(), 1);
        }
    }

    void faultsStrikeHereToo()
    {
        const RawReply amid = chat(
            u"Say: one two three"_s, {{u"model"_s, u"fault/error;1"_s}, {u"stream"_s, true}});
        QCOMPARE(amid.status, 200);
        QVERIFY(amid.chunks().constLast()[u"error"_s].isString());
        QVERIFY(amid.events().constLast() != "[DONE]");
        const RawReply refused = ask(m_port, "POST", "/v1/chat/completions",
            R"({"model":"","messages":[{"role":"user","content":"Hi"}]})",
            {{"X-Lorikeet-Fault", "429"}});
        QCOMPARE(refused.status, 429);
        QVERIFY(refused.json()[u"error"_s].isString());
    }

    void whereBothAreSpokenThePathsAreOpenAis()
    {
        SimulatorOptions options;
        options.timing = *simulatorProfile(u"unpaced");
        SimulatorThread both(options);
        QVERIFY(both.start());
        const RawReply reply = post(both.port(), "/v1/chat/completions", chatBody(u"Say: blue"_s));
        QCOMPARE(reply.json()[u"object"_s].toString(), u"chat.completion"_s);
        QCOMPARE(post(both.port(), "/v1/completions", {{u"prompt"_s, u"a"_s}}).status, 404);
    }
};

QTEST_GUILESS_MAIN(tst_SimulatorLoraxOpenAi)

#include "tst_simulatorloraxopenai.moc"
