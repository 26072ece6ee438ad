// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "batch/batchinput.h"

#include <QBuffer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

QList<BatchItem> readAll(const QByteArray &text,
    BatchInput::Format format = BatchInput::Format::JsonLines, const ChatRequest &defaults = {})
{
    QBuffer buffer;
    buffer.setData(text);
    buffer.open(QIODevice::ReadOnly);
    BatchInput input(buffer, format, defaults);
    QList<BatchItem> items;
    while (auto item = input.next()) {
        items.append(*item);
    }
    return items;
}

BatchItem readOne(const QByteArray &line, const ChatRequest &defaults = {})
{
    return readAll(line, BatchInput::Format::JsonLines, defaults).value(0);
}

const ChatRequest common{.model = u"base"_s,
    .messages = {{.role = Role::System, .content = u"Be brief."_s}},
    .parameters = {{u"temperature"_s, 0.5}, {u"max_tokens"_s, 10}}};

} // namespace

class TestBatchInput final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void promptsAsText()
    {
        const QList<BatchItem> items
            = readAll("First\r\n\n  \nSecond, “quoted”", BatchInput::Format::Text, common);
        QCOMPARE(items.size(), 2);
        QCOMPARE(items[1].index, 1);
        QCOMPARE(items[1].request->messages.size(), 2);
        QCOMPARE(items[1].request->messages[1].content, u"Second, “quoted”"_s);
        QCOMPARE(items[0].request->messages[1].content, u"First"_s);
        QCOMPARE(items[0].request->model, u"base"_s);
    }

    void aJsonTextIsThePrompt()
    {
        const BatchItem item = readOne("\"Two\\nlines\"\n");
        QVERIFY(item.request);
        QCOMPARE(item.request->messages.constFirst().content, u"Two\nlines"_s);
    }

    void whatALineSaysGoesOverWhatIsCommon()
    {
        const BatchItem item = readOne(
            R"({"id":7,"system":"Be long.","prompt":"Why?","model":"other","adapter":"legal",)"
            R"("parameters":{"max_tokens":99},"extra_body":{"x":1}})",
            common);
        QVERIFY2(item.request, qPrintable(item.request ? QString() : item.request.error().message));
        QCOMPARE(item.id, u"7"_s);
        const ChatRequest &request = *item.request;
        QCOMPARE(request.messages.size(), 2);
        QCOMPARE(request.messages[0].content, u"Be long."_s);
        QCOMPARE(request.messages[1].content, u"Why?"_s);
        QCOMPARE(request.model, u"other"_s);
        QCOMPARE(request.adapter.id, u"legal"_s);
        QCOMPARE(request.parameters[u"temperature"_s].toDouble(), 0.5);
        QCOMPARE(request.parameters[u"max_tokens"_s].toInt(), 99);
        QCOMPARE(request.extraBody[u"x"_s].toInt(), 1);
    }

    void aConversationWithToolCalls()
    {
        const BatchItem item = readOne(
            R"({"messages":[{"role":"user","content":[{"type":"text","text":"Hi "},)"
            R"({"type":"text","text":"there"}]},{"role":"assistant","content":null,"tool_calls":)"
            R"([{"id":"a","function":{"name":"f","arguments":"{}"}}]},)"
            R"({"role":"tool","tool_call_id":"a","content":"42"}]})",
            common);
        QVERIFY(item.request);
        QCOMPARE(item.request->messages.size(), 4);
        QCOMPARE(item.request->messages[1].content, u"Hi there"_s);
        QCOMPARE(item.request->messages[2].toolCalls.constFirst().name, u"f"_s);
        QCOMPARE(item.request->messages[3].toolCallId, u"a"_s);
    }

    void aLineOfOpenAisBatchFiles()
    {
        const BatchItem item = readOne(
            R"({"custom_id":"q-1","method":"POST","url":"/v1/chat/completions","body":)"
            R"({"model":"m","stream":true,"max_tokens":5,"messages":[{"role":"user","content":"Hi"}]}})");
        QVERIFY(item.request);
        QCOMPARE(item.id, u"q-1"_s);
        QCOMPARE(item.request->model, u"m"_s);
        QCOMPARE(item.request->parameters.keys(), QStringList{u"max_tokens"_s});
    }

    void scalesOfAdapters()
    {
        const BatchItem item
            = readOne(R"({"prompt":"Hi","adapter":{"scales":[{"id":1,"scale":0.5}]}})");
        QVERIFY(item.request);
        QCOMPARE(item.request->adapter.scales, (QList<AdapterScale>{{.id = 1, .scale = 0.5}}));
    }

    void aWrongLineCostsOnlyItself_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("word");
        QTest::newRow("no JSON") << "{\"prompt\":"_ba << u"not JSON"_s;
        QTest::newRow("two values") << "\"a\" , \"b\""_ba << u"behind the first"_s;
        QTest::newRow("a number") << "12"_ba << u"neither a text nor an object"_s;
        QTest::newRow("nothing asked") << R"({"id":"a"})"_ba << u"“prompt”"_s;
        QTest::newRow("misspelt") << R"({"prompt":"a","temperature":1})"_ba << u"“temperature”"_s;
        QTest::newRow("role") << R"({"messages":[{"role":"boss","content":"a"}]})"_ba << u"role"_s;
        QTest::newRow("image")
            << R"({"messages":[{"role":"user","content":[{"type":"image_url"}]}]})"_ba
            << u"only text"_s;
        QTest::newRow("prompt is a list") << R"({"prompt":["a"]})"_ba << u"“prompt”"_s;
        QTest::newRow("another route")
            << R"({"url":"/v1/embeddings","body":{"input":"a"}})"_ba << u"/v1/embeddings"_s;
        QTest::newRow("adapter") << R"({"prompt":"a","adapter":3})"_ba << u"“adapter”"_s;
    }

    void aWrongLineCostsOnlyItself()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const QString, word);
        const QList<BatchItem> items = readAll("\"one\"\n" + line + "\n\"three\"\n");
        QCOMPARE(items.size(), 3);
        QVERIFY(items[0].request);
        QVERIFY(items[2].request);
        QVERIFY(!items[1].request);
        QVERIFY2(items[1].request.error().message.contains(word),
            qPrintable(items[1].request.error().message));
    }

    void theKeyTellsRequestsApart()
    {
        const QByteArray key = readOne(R"({"prompt":"a","parameters":{"x":1,"y":2}})").key;
        QVERIFY(!key.isEmpty());
        // Neither the id nor the order of members decides an answer.
        QCOMPARE(readOne(R"({"id":"z","parameters":{"y":2,"x":1},"prompt":"a"})").key, key);
        for (const QByteArray &other : {R"({"prompt":"b","parameters":{"x":1,"y":2}})"_ba,
                 R"({"prompt":"a","parameters":{"x":1,"y":3}})"_ba,
                 R"({"prompt":"a","parameters":{"x":1,"y":2},"model":"m"})"_ba,
                 R"({"prompt":"a","parameters":{"x":1,"y":2},"adapter":"m"})"_ba,
                 R"({"prompt":"a","parameters":{"x":1,"y":2},"system":"m"})"_ba,
                 R"({"prompt":"a","parameters":{"x":1,"y":2},"extra_body":{"m":1}})"_ba}) {
            QVERIFY2(readOne(other).key != key, other.constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestBatchInput)
#include "tst_batchinput.moc"
