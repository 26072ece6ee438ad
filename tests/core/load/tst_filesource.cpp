// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/workloadsource.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

using Kind = LoadWorkload::Kind;

namespace {

Target vllmTarget()
{
    Target target;
    target.endpoint.url = QUrl(u"http://h:8000"_s);
    target.endpoint.provider = u"openai"_s;
    target.endpoint.server = u"vLLM"_s;
    return target;
}

const Provider &provider() { return *findProvider(u"openai"_s); }

/// What goes over the wire.
QJsonObject bodyOf(const LoadRequest &request)
{
    const auto encoded = encodeChat(provider(), vllmTarget(), request.request);
    return encoded ? QJsonDocument::fromJson(encoded->body).object()
                   : QJsonObject{{u"refused"_s, encoded.error().message}};
}

} // namespace

/// Prompts that come from files.
class TestFileSource final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    LoadWorkload workloadOf(Kind kind, const QString &name, const QByteArray &content)
    {
        LoadWorkload workload{.kind = kind, .lengths = {}};
        workload.file = m_dir.filePath(name);
        QFile file(workload.file);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
            qFatal("cannot write");
        }
        return workload;
    }

    static std::shared_ptr<const LoadSource> sourceOf(
        const LoadWorkload &workload, quint64 seed = 1)
    {
        const auto source = makeLoadSource(workload, seed, {}, provider().parameters(u"vLLM"_s));
        if (!source) {
            qFatal("%ls", qUtf16Printable(source.error().message));
        }
        return *source;
    }

    static QString problemOf(const LoadWorkload &workload)
    {
        const auto source = makeLoadSource(workload, 1, {}, {});
        return source ? QString() : source.error().message;
    }

    /// What is asked first, in all conversations.
    static QStringList promptsOf(const LoadSource &source, qint64 count)
    {
        QStringList prompts;
        for (qint64 i = 0; i < count; ++i) {
            const auto request = source.request(i, 0, {});
            prompts.append(
                request ? request->request.messages.constLast().content : request.error().message);
        }
        return prompts;
    }

private Q_SLOTS:

    void promptsInEachForm_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        const auto row = [](const char *title, const QString &name, const QByteArray &content) {
            QTest::newRow(title) << name << content;
        };
        row("prompts", u"a.jsonl"_s, "{\"prompt\":\"A\"}\n\n{\"prompt\":\"B\",\"id\":7}\n");
        row("texts", u"a.jsonl"_s, "\"A\"\n\"B\"\n");
        row("lines", u"a.txt"_s, "A\nB\n");
        row("messages", u"a.jsonl"_s,
            "{\"messages\":[{\"role\":\"user\",\"content\":\"A\"}]}\n"
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"B\"}]}]}"
            "\n");
        row("OpenAI's batches", u"a.jsonl"_s,
            "{\"custom_id\":\"1\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
            "{\"messages\":[{\"role\":\"user\",\"content\":\"A\"}],\"top_p\":0.5}}\n"
            "{\"custom_id\":\"2\",\"body\":{\"messages\":[{\"role\":\"user\",\"content\":\"B\"}]}}"
            "\n");
        row("table", u"a.csv"_s, "id,prompt,system,comment\n1,A,,x\n2,B,,y\n");
        row("list", u"a.json"_s, "[{\"prompt\":\"A\"},\n {\"prompt\":\"B\"}]");
        row("ShareGPT", u"sharegpt.json"_s,
            "[{\"id\":\"x_0\",\"conversations\":[{\"from\":\"human\",\"value\":\"A\"},"
            "{\"from\":\"gpt\",\"value\":\"Yes.\"}]},\n"
            "{\"id\":\"y_1\",\"conversations\":[{\"from\":\"gpt\",\"value\":\"Hello!\"},"
            "{\"from\":\"human\",\"value\":\"B\"}]}]\n");
        row("ShareGPT in lines", u"sharegpt.jsonl"_s,
            "{\"conversation\":[{\"role\":\"user\",\"content\":\"A\"}]}\n"
            "{\"conversation\":[{\"role\":\"user\",\"content\":\"B\"}]}\n");
    }

    void promptsInEachForm()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, content);
        const auto source = sourceOf(workloadOf(Kind::File, name, content));
        QCOMPARE(source->count(), std::optional<qint64>(2));
        QCOMPARE(promptsOf(*source, 2), (QStringList{u"A"_s, u"B"_s}));
        QVERIFY(!source->request(2, 0, {}));
        QVERIFY(!bodyOf(*source->request(0, 0, {})).contains(u"refused"_s));
    }

    void recordsGoFirst()
    {
        LoadWorkload workload = workloadOf(Kind::File, u"own.jsonl"_s,
            "{\"prompt\":\"A\",\"system\":\"Own.\",\"model\":\"own\",\"adapter\":\"a\","
            "\"parameters\":{\"temperature\":0.25,\"max_tokens\":7},\"extra_body\":{\"y\":2}}\n"
            "{\"prompt\":\"B\",\"output_tokens\":9}\n{\"prompt\":\"C\"}\n");
        workload.lengths = {{.output = LengthDistribution::fixed(50)}};
        workload.model = u"common"_s;
        workload.systemPrompt = u"Common."_s;
        workload.parameters = {{u"temperature"_s, 1}, {u"top_p"_s, 0.5}};
        workload.extraBody = {{u"x"_s, 1}};
        const auto source = sourceOf(workload);
        const LoadRequest own = *source->request(0, 0, {});
        QCOMPARE(own.request.model, u"own"_s);
        QCOMPARE(own.request.adapter.id, u"a"_s);
        QCOMPARE(own.request.messages.size(), 2);
        QCOMPARE(own.request.messages.constFirst().content, u"Own."_s);
        QCOMPARE(own.request.parameters,
            (ParameterSet{{u"temperature"_s, 0.25}, {u"top_p"_s, 0.5}, {u"max_tokens"_s, 7}}));
        QCOMPARE(own.request.extraBody, (QJsonObject{{u"x"_s, 1}, {u"y"_s, 2}}));
        QCOMPARE(own.outputTokens, std::optional<qint64>(7));
        QCOMPARE(own.inputTokens, std::nullopt);
        const LoadRequest second = *source->request(1, 0, {});
        QCOMPARE(second.request.model, u"common"_s);
        QCOMPARE(second.request.messages.constFirst().content, u"Common."_s);
        QCOMPARE(second.outputTokens, std::optional<qint64>(9));
        QCOMPARE(second.request.parameters.value(u"max_tokens"_s).toInt(), 9);
        QCOMPARE(source->request(2, 0, {})->outputTokens, std::optional<qint64>(50));
    }

    void mixGoesOverRecords()
    {
        LoadWorkload workload = workloadOf(
            Kind::File, u"mix.jsonl"_s, "{\"prompt\":\"A\",\"model\":\"own\",\"adapter\":\"a\"}\n");
        workload.mix.choices = {{.model = u"chosen"_s}};
        const LoadRequest request = *sourceOf(workload)->request(0, 0, {});
        QCOMPARE(request.request.model, u"chosen"_s);
        QVERIFY(request.request.adapter.isBase());
        QCOMPARE(request.choice, qint16(0));
    }

    void tables()
    {
        const auto source = sourceOf(workloadOf(Kind::File, u"table.csv"_s,
            "prompt,system,output_tokens,adapter,note\n"
            "\"A, \"\"quoted\"\"\nin two lines\",Own.,12,legal,x\nB,,,,\n"));
        const LoadRequest first = *source->request(0, 0, {});
        QCOMPARE(first.request.messages.constLast().content, u"A, \"quoted\"\nin two lines"_s);
        QCOMPARE(first.request.messages.constFirst().content, u"Own."_s);
        QCOMPARE(first.request.adapter.id, u"legal"_s);
        QCOMPARE(first.outputTokens, std::optional<qint64>(12));
        const LoadRequest second = *source->request(1, 0, {});
        QCOMPARE(second.request.messages.size(), 1);
        QVERIFY(second.request.adapter.isBase());
        QCOMPARE(second.outputTokens, std::nullopt);
    }

    void conversationsTurnByTurn()
    {
        LoadWorkload workload = workloadOf(Kind::File, u"talk.json"_s,
            R"([{"conversations":[{"from":"system","value":"Own."},{"from":"human","value":"A"},
                {"from":"gpt","value":"Sixteen letters."},{"from":"human","value":"B"},
                {"from":"gpt","value":"Then."},{"from":"human","value":"C"}]}])");
        workload.systemPrompt = u"Common."_s;
        const auto source = sourceOf(workload);
        const LoadRequest first = *source->request(0, 0, {});
        QCOMPARE(first.turns, 3);
        QCOMPARE(first.request.messages.size(), 2);
        QCOMPARE(first.request.messages.at(0).content, u"Own."_s);
        QCOMPARE(first.request.messages.at(1).content, u"A"_s);
        // As long as it was answered then, at four bytes a token.
        QCOMPARE(first.outputTokens, std::optional<qint64>(4));
        QList<Message> said = first.request.messages;
        said.append({.role = Role::Assistant, .content = u"Another answer."_s});
        const LoadRequest second = *source->request(0, 1, said);
        QCOMPARE(second.request.messages.size(), 4);
        QCOMPARE(second.request.messages.at(2).content, u"Another answer."_s);
        QCOMPARE(second.request.messages.at(3).content, u"B"_s);
        QCOMPARE(second.outputTokens, std::optional<qint64>(1));
        QCOMPARE(source->request(0, 2, said)->outputTokens, std::nullopt);
        QVERIFY(!source->request(0, 3, said));
        // What was asked for goes before a guess; and so few turns.
        workload.lengths = {{.output = LengthDistribution::fixed(50)}};
        workload.turns = LengthDistribution::fixed(2);
        const LoadRequest limited = *sourceOf(workload)->request(0, 0, {});
        QCOMPARE(limited.outputTokens, std::optional<qint64>(50));
        QCOMPARE(limited.turns, 2);
    }

    void shuffledBySeed()
    {
        QByteArray content;
        QStringList inOrder;
        for (int i = 0; i < 50; ++i) {
            content += '"' + QByteArray::number(i) + "\"\n";
            inOrder.append(QString::number(i));
        }
        LoadWorkload workload = workloadOf(Kind::File, u"order.jsonl"_s, content);
        QCOMPARE(promptsOf(*sourceOf(workload), 50), inOrder);
        workload.shuffled = true;
        workload.cycles = true;
        const auto source = sourceOf(workload, 4);
        QCOMPARE(source->count(), std::nullopt);
        const QStringList prompts = promptsOf(*source, 100);
        const QStringList first = prompts.first(50);
        const QStringList second = prompts.sliced(50);
        QCOMPARE(QSet(first.begin(), first.end()).size(), 50);
        QCOMPARE(QSet(second.begin(), second.end()).size(), 50);
        QVERIFY(first != inOrder);
        QVERIFY(first != second);
        QCOMPARE(promptsOf(*sourceOf(workload, 4), 100), prompts);
        QVERIFY(promptsOf(*sourceOf(workload, 5), 50) != first);
    }

    void uniqueWordsBeforeEach()
    {
        LoadWorkload workload = workloadOf(Kind::File, u"guard.jsonl"_s, "\"The same.\"\n");
        workload.cycles = true;
        workload.systemPrompt = u"Common."_s;
        QCOMPARE(promptsOf(*sourceOf(workload), 2), (QStringList{u"The same."_s, u"The same."_s}));
        workload.uniqueWords = 12;
        const auto source = sourceOf(workload, 1);
        QSet<QString> begun;
        for (const QString &prompt :
            promptsOf(*source, 500) + promptsOf(*sourceOf(workload, 2), 500)) {
            QVERIFY(prompt.endsWith(u"\n\nThe same."_s));
            begun.insert(prompt.first(24));
        }
        QCOMPARE(begun.size(), 1000);
        QCOMPARE(source->request(0, 0, {})->request.messages.constFirst().content, u"Common."_s);
    }

    void templatesFilledIn()
    {
        LoadWorkload workload = workloadOf(Kind::Template, u"rows.csv"_s,
            "text,count,unused,output_tokens\nred,2,x,5\ngreen,3,y,\n");
        workload.prompt = {.name = u"t"_s,
            .messages = {{.role = Role::System, .text = u"Say {{ tone }}."_s},
                {.role = Role::User, .text = u"{{ text }} and {{ count + 1 }}"_s}},
            .variables
            = {{.name = u"tone"_s, .fallback = u"kindly"_s}, {.name = u"count"_s, .fallback = 0}},
            .parameters = {{u"temperature"_s, 0.5}, {u"top_p"_s, 0.5}}};
        workload.systemPrompt = u"Common."_s;
        workload.parameters = {{u"temperature"_s, 1}};
        const auto source = sourceOf(workload);
        QCOMPARE(source->count(), std::optional<qint64>(2));
        QCOMPARE(promptsOf(*source, 2), (QStringList{u"red and 3"_s, u"green and 4"_s}));
        const ChatRequest request = source->request(0, 0, {})->request;
        QCOMPARE(request.messages.size(), 2);
        QCOMPARE(request.messages.constFirst().content, u"Say kindly."_s);
        QCOMPARE(request.parameters,
            (ParameterSet{{u"temperature"_s, 1}, {u"top_p"_s, 0.5}, {u"max_tokens"_s, 5}}));
        // Without a system message of its own the common one stays.
        workload.prompt.messages.removeFirst();
        workload.prompt.variables.removeFirst();
        QCOMPARE(sourceOf(workload)->request(0, 0, {})->request.messages.constFirst().content,
            u"Common."_s);
    }

    void templateAlone()
    {
        LoadWorkload workload{.kind = Kind::Template, .lengths = {}, .uniqueWords = 8};
        workload.prompt = {.name = u"t"_s, .messages = {{.role = Role::User, .text = u"Hello"_s}}};
        const auto source = sourceOf(workload);
        QCOMPARE(source->count(), std::nullopt);
        const QStringList prompts = promptsOf(*source, 100);
        QCOMPARE(QSet(prompts.begin(), prompts.end()).size(), 100);
    }

    void bodiesAsTheyAre()
    {
        LoadWorkload workload = workloadOf(Kind::Bodies, u"bodies.jsonl"_s,
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\","
            "\"text\":\"Look\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:x\"}}]}],"
            "\"max_tokens\":33,\"tools\":[{\"type\":\"function\"}],\"stream\":false,"
            "\"unheard_of\":{\"a\":1}}\n"
            "{\"custom_id\":\"2\",\"body\":{\"messages\":[{\"role\":\"user\",\"content\":\"B\"}],"
            "\"stream\":true,\"stream_options\":{\"include_usage\":false}}}\n");
        const auto source = sourceOf(workload);
        const LoadRequest first = *source->request(0, 0, {});
        QVERIFY(!first.request.stream);
        QCOMPARE(first.outputTokens, std::optional<qint64>(33));
        const QJsonObject body = bodyOf(first);
        QCOMPARE(body.value(u"model"_s).toString(), u"m"_s);
        QCOMPARE(body.value(u"messages"_s).toArray().at(0)[u"content"_s].toArray().size(), 2);
        QCOMPARE(body.value(u"max_tokens"_s).toInt(), 33);
        QCOMPARE(body.value(u"tools"_s).toArray().size(), 1);
        QCOMPARE(body.value(u"unheard_of"_s)[u"a"_s].toInt(), 1);
        QVERIFY(!body.value(u"stream"_s).toBool(true));
        const LoadRequest second = *source->request(1, 0, {});
        QVERIFY(second.request.stream);
        QCOMPARE(second.request.messages.constLast().content, u"B"_s);
        // The counts of tokens are what is measured; they are always asked for.
        QVERIFY(bodyOf(second).value(u"stream_options"_s)[u"include_usage"_s].toBool());
        workload.mix.choices = {{.adapter = {.id = u"legal"_s}}};
        QCOMPARE(bodyOf(*sourceOf(workload)->request(0, 0, {})).value(u"model"_s).toString(),
            u"legal"_s);
    }

    void badRecordsCostThemselves()
    {
        const auto source = sourceOf(workloadOf(Kind::File, u"bad.jsonl"_s,
            "{\"prompt\":\"A\"}\n{\"prompt\":7}\n{\"propmt\":\"B\"}\nnonsense\n"
            "{\"prompt\":\"C\",\"output_tokens\":\"many\"}\n{\"prompt\":\"D\"}\n"));
        QCOMPARE(promptsOf(*source, 6),
            (QStringList{u"A"_s, u"bad.jsonl, line 2: “prompt” is not a text."_s,
                u"bad.jsonl, line 3: “propmt” is not known here; a parameter belongs into "
                "“parameters”."_s,
                u"bad.jsonl, line 4: this is not JSON: illegal value."_s,
                u"bad.jsonl, line 5: “output_tokens” is not a number of tokens."_s, u"D"_s}));
    }

    void nothingGoodAtAll_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *title, Kind kind, const QString &name,
                             const QByteArray &content, const QString &sentence) {
            QTest::newRow(title) << int(kind) << name << content << sentence;
        };
        row("no prompt", Kind::File, u"a.csv"_s, "question\nWhy?\n",
            u"a.csv, line 2: There is neither a “prompt” nor “messages”."_s);
        row("nobody asks", Kind::File, u"a.json"_s,
            R"([{"conversations":[{"from":"gpt","value":"A"}]}])",
            u"a.json, line 1: In “conversations” nobody asks: there is no “from” of “human”."_s);
        row("no text", Kind::File, u"a.json"_s, R"([{"conversations":[{"from":"human"}]}])",
            u"a.json, line 1: What is said in “conversations” must be a text, “value”."_s);
        row("no body", Kind::Bodies, u"a.jsonl"_s, R"({"model":"m"})",
            u"a.jsonl, line 1: This is no body of a request: it has neither “messages” nor a "
            u"“prompt”, "
            "“inputs”, “input” or “contents”."_s);
        row("embeddings", Kind::File, u"a.jsonl"_s,
            R"({"url":"/v1/embeddings","body":{"input":"x"}})",
            u"a.jsonl, line 1: Only chat completions can be asked, not /v1/embeddings."_s);
    }

    void nothingGoodAtAll()
    {
        QFETCH(const int, kind);
        QFETCH(const QString, name);
        QFETCH(const QByteArray, content);
        QFETCH(const QString, sentence);
        QCOMPARE(problemOf(workloadOf(Kind(kind), name, content)), sentence);
    }

    void templateWithoutItsVariables()
    {
        LoadWorkload workload = workloadOf(Kind::Template, u"rows.csv"_s, "colour\nred\n");
        workload.prompt
            = {.name = u"t"_s, .messages = {{.role = Role::User, .text = u"{{ text }}"_s}}};
        const QString problem = problemOf(workload);
        QVERIFY2(problem.startsWith(u"rows.csv, line 2: "_s) && problem.contains(u"text"_s),
            qPrintable(problem));
        workload.prompt.messages = {{.role = Role::User, .text = u"{{ text"_s}};
        QVERIFY(!problemOf(workload).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestFileSource)
#include "tst_filesource.moc"
