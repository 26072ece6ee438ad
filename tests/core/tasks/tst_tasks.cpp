// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/apiclient.h"
#include "http/curlaccessmanager.h"
#include "scriptedserver.h"
#include "tasks/taskclient.h"
#include "tasks/taskreplies.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

HttpReply replyOf(const QByteArray &body, int status = 200)
{
    return {.status = status,
        .headers = {{"Content-Type", "application/json"}},
        .body = body,
        .url = QUrl(u"http://server:8000/v1/embeddings"_s)};
}

Script json(const QByteArray &body, int status = 200)
{
    return Script::reply(status, "application/json"_ba, body);
}

QList<int> indexes(const RerankReply &reply)
{
    QList<int> list;
    for (const RerankReply::Rank &rank : reply.ranks) {
        list.append(rank.index);
    }
    return list;
}

} // namespace

/// Embeddings, reranking and classifying, as each server speaks them.
class TestTasks final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<CurlAccessManager> m_manager;
    std::unique_ptr<ApiClient> m_client;

    [[nodiscard]] Target target() const
    {
        Target target;
        target.endpoint.url = m_server->url();
        target.endpoint.provider = u"openai"_s;
        target.key = Secret(u"sk-canary-0123456789"_s);
        return target;
    }

    template<typename Reply>
    [[nodiscard]] static Result<Reply> waitFor(const QFuture<Result<Reply>> &future)
    {
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longWait)) {
            return fail(ApiError::Kind::Internal, u"no end"_s);
        }
        return future.result();
    }

private Q_SLOTS:

    void init()
    {
        m_server = std::make_unique<ScriptedServer>();
        m_manager = std::make_unique<CurlAccessManager>();
        m_client = std::make_unique<ApiClient>(*m_manager);
    }

    void cleanup()
    {
        m_client.reset();
        m_manager.reset();
        m_server.reset();
    }

    void requests_data()
    {
        QTest::addColumn<QString>("dialect");
        QTest::addColumn<QString>("task");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *dialect, const char *task, const QString &url,
                             const QByteArray &body) {
            QTest::addRow("%s %s", dialect, task)
                << QString::fromLatin1(dialect) << QString::fromLatin1(task) << url << body;
        };
        const QByteArray plain = R"({"model":"m","input":["a","b"],"dimensions":2})";
        row("openai", "embed", u"http://h:1/v1/embeddings"_s, plain);
        row("mistral", "embed", u"http://h:1/v1/embeddings"_s,
            R"({"model":"m","input":["a","b"],"output_dimension":2})");
        row("vllm", "embed", u"http://h:1/v1/embeddings"_s, plain);
        row("llama.cpp", "embed", u"http://h:1/v1/embeddings"_s, plain);
        row("ollama", "embed", u"http://h:1/api/embed"_s, plain);
        row("infinity", "embed", u"http://h:1/embeddings"_s, plain);
        // The text-embeddings server has one model; its member is "inputs".
        row("tei", "embed", u"http://h:1/embed"_s, R"({"inputs":["a","b"],"dimensions":2})");
        row("tei", "sparse", u"http://h:1/embed_sparse"_s, R"({"inputs":["a","b"]})");
        const QByteArray ranking = R"({"model":"m","query":"q","documents":["a","b"],"top_n":1})";
        row("vllm", "rerank", u"http://h:1/rerank"_s, ranking);
        row("vllm", "score", u"http://h:1/score"_s,
            R"({"model":"m","text_1":"q","text_2":["a","b"]})");
        row("llama.cpp", "rerank", u"http://h:1/v1/rerank"_s, ranking);
        row("sglang", "rerank", u"http://h:1/v1/rerank"_s, ranking);
        row("cohere", "rerank", u"http://h:1/v2/rerank"_s, ranking);
        row("jina", "rerank", u"http://h:1/v1/rerank"_s, ranking);
        row("infinity", "rerank", u"http://h:1/rerank"_s, ranking);
        row("tei", "rerank", u"http://h:1/rerank"_s, R"({"query":"q","texts":["a","b"]})");
        row("vllm", "classify", u"http://h:1/classify"_s, R"({"model":"m","input":["a","b"]})");
        row("lorax", "classify", u"http://h:1/classify_batch"_s, R"({"inputs":["a","b"]})");
        // A list of two texts would be one pair.
        row("tei", "classify", u"http://h:1/predict"_s, R"({"inputs":[["a"],["b"]]})");
    }

    void requests()
    {
        QFETCH(const QString, dialect);
        QFETCH(const QString, task);
        QFETCH(const QString, url);
        QFETCH(const QByteArray, body);
        Target target;
        target.endpoint.url = QUrl(u"http://h:1"_s);
        const TaskOptions options{.model = u"m"_s, .adapter = {}, .extraBody = {}};
        const QStringList texts{u"a"_s, u"b"_s};
        const TaskDialect spoken = *taskDialectFromName(dialect);
        const bool isSparse = task == "sparse"_L1;
        const Result<HttpRequest> request = task == "classify"_L1
            ? encodeTask(spoken, target, ClassifyRequest{.options = options, .inputs = texts})
            : task == "embed"_L1 || isSparse
            ? encodeTask(spoken, target,
                  EmbedRequest{.options = options,
                      .inputs = texts,
                      .dimensions = isSparse ? std::nullopt : std::optional(2),
                      .sparse = isSparse})
            : encodeTask(spoken, target,
                  RerankRequest{.options = options,
                      .query = u"q"_s,
                      .documents = texts,
                      .top = 1,
                      .scores = task == "score"_L1});
        QVERIFY2(request, qPrintable(request ? QString() : request.error().message));
        QCOMPARE(request->url.toString(), url);
        QCOMPARE(request->verb, "POST"_ba);
        QCOMPARE(QJsonDocument::fromJson(request->body), QJsonDocument::fromJson(body));
    }

    void loraxTakesItsAdapterInParameters()
    {
        Target target;
        target.endpoint.url = QUrl(u"http://h:1"_s);
        const auto request = encodeTask(TaskDialect::Lorax, target,
            EmbedRequest{.options = {.model = {},
                             .adapter = {.id = u"org/ad"_s, .source = u"hub"_s},
                             .extraBody = {}},
                .inputs = {u"a"_s}});
        QVERIFY(request);
        QCOMPARE(QJsonDocument::fromJson(request->body).object(),
            (QJsonObject{{u"input"_s, QJsonArray{u"a"_s}}, {u"model"_s, u""_s},
                {u"parameters"_s,
                    QJsonObject{
                        {u"adapter_id"_s, u"org/ad"_s}, {u"adapter_source"_s, u"hub"_s}}}}));
        QVERIFY(!encodeTask(TaskDialect::Vllm, target,
            EmbedRequest{.options = {.model = {}, .adapter = {.id = u"x"_s}, .extraBody = {}},
                .inputs = {u"a"_s}}));
    }

    void whatCannotBeAskedIsNotSent()
    {
        Target target;
        target.endpoint.url = QUrl(u"http://h:1"_s);
        const auto sentence
            = [](const auto &result) { return result ? QString() : result.error().message; };
        QVERIFY(sentence(encodeTask(TaskDialect::OpenAi, target,
                             RerankRequest{.options = {}, .query = u"q"_s, .documents = {u"a"_s}}))
                .contains(u"reranking"_s));
        QVERIFY(sentence(encodeTask(TaskDialect::OpenAi, target, EmbedRequest{}))
                .contains(u"no text"_s));
        QVERIFY(sentence(encodeTask(TaskDialect::OpenAi, target,
                             EmbedRequest{.options = {}, .inputs = {u"a"_s, QString()}}))
                .contains(u"empty"_s));
        QVERIFY(sentence(encodeTask(TaskDialect::Vllm, target,
                             RerankRequest{.options = {}, .query = {}, .documents = {u"a"_s}}))
                .contains(u"query"_s));
        QVERIFY(sentence(encodeTask(TaskDialect::Ollama, target,
                             EmbedRequest{.options = {}, .inputs = {u"a"_s}, .sparse = true}))
                .contains(u"sparse"_s));
    }

    void embeddings_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("OpenAI") << R"({"object":"list","data":[{"index":0,"embedding":[0.5,1]},)"
                                   R"({"index":1,"embedding":[2,-0.25]}],"model":"m",)"
                                   R"("usage":{"prompt_tokens":3,"total_tokens":3}})"_ba;
        QTest::newRow("out of order")
            << R"({"data":[{"index":1,"embedding":[2,-0.25]},{"index":0,"embedding":[0.5,1]}]})"_ba;
        // Little-endian floats.
        QTest::newRow("base64") << R"({"data":[{"index":0,"embedding":"AAAAPwAAgD8="},)"
                                   R"({"index":1,"embedding":"AAAAQAAAgL4="}]})"_ba;
        QTest::newRow("LoRAX") << R"({"embeddings":[{"index":0,"embedding":[0.5,1],)"
                                  R"("object":"embedding"},{"index":1,"embedding":[2,-0.25]}]})"_ba;
        QTest::newRow("Ollama") << R"({"model":"m","embeddings":[[0.5,1],[2,-0.25]],)"
                                   R"("total_duration":5,"prompt_eval_count":3})"_ba;
        QTest::newRow("TEI") << "[[0.5,1],[2,-0.25]]"_ba;
    }

    void embeddings()
    {
        QFETCH(const QByteArray, body);
        const Result<EmbedReply> reply = readEmbedReply(replyOf(body), 2);
        QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().message));
        QCOMPARE(reply->vectors, (QList<QList<float>>{{0.5F, 1.0F}, {2.0F, -0.25F}}));
        QVERIFY(reply->sparse.isEmpty());
    }

    void countsAreToldWhereTheServerCounts()
    {
        const auto reply = readEmbedReply(
            replyOf(R"({"model":"m","embeddings":[[1]],"prompt_eval_count":3})"), 1);
        QCOMPARE(reply->report.model, u"m"_s);
        QCOMPARE(reply->report.usage.promptTokens, 3);
        const auto uncounted = readEmbedReply(
            replyOf(R"({"data":[{"embedding":[1]}],"usage":{"prompt_tokens":-1}})"), 1);
        QVERIFY(!uncounted->report.usage.promptTokens);
    }

    void oneVectorMayComeUnwrapped()
    {
        const auto reply = readEmbedReply(replyOf(R"({"embeddings":[0.5,1]})"), 1);
        QVERIFY(reply);
        QCOMPARE(reply->vectors, (QList<QList<float>>{{0.5F, 1.0F}}));
    }

    void sparse_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("token");
        QTest::newRow("TEI") << R"([[{"index":17,"value":0.5}]])"_ba << u"17"_s;
        QTest::newRow("Xinference")
            << R"({"data":[{"object":"sparse_embedding","index":0,"embedding":{"par":0.5}}]})"_ba
            << u"par"_s;
    }

    void sparse()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QString, token);
        const auto reply = readEmbedReply(replyOf(body), 1);
        QVERIFY(reply);
        QVERIFY(reply->vectors.isEmpty());
        QCOMPARE(reply->sparse, (QList<EmbedReply::SparseVector>{{{token, 0.5F}}}));
    }

    void wrongEmbeddings_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("too few") << "[[1]]"_ba;
        QTest::newRow("too many") << "[[1],[2],[3]]"_ba;
        QTest::newRow("twice the same")
            << R"({"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[2]}]})"_ba;
        QTest::newRow("beyond")
            << R"({"data":[{"index":0,"embedding":[1]},{"index":2,"embedding":[2]}]})"_ba;
        QTest::newRow("not numbers") << R"([["a"],["b"]])"_ba;
        QTest::newRow("half a number")
            << R"({"data":[{"embedding":"AAAA"},{"embedding":"AAAA"}]})"_ba;
        QTest::newRow("something else") << R"({"object":"list"})"_ba;
        QTest::newRow("no JSON") << "<html>"_ba;
        QTest::newRow("an error under 200") << R"({"error":"Unexpected endpoint or method."})"_ba;
    }

    void wrongEmbeddings()
    {
        QFETCH(const QByteArray, body);
        QVERIFY(!readEmbedReply(replyOf(body), 2));
    }

    void ranking_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("Cohere") << R"({"id":"x","results":[{"index":1,"relevance_score":0.9},)"
                                   R"({"index":0,"relevance_score":0.2},)"
                                   R"({"index":2,"relevance_score":0.1}],"meta":{}})"_ba;
        QTest::newRow("unsorted")
            << R"({"data":[{"index":0,"score":0.2},{"index":1,"score":0.9},{"index":2,"score":0.1}]})"_ba;
        QTest::newRow("TEI")
            << R"([{"index":1,"score":0.9,"text":"b"},{"index":0,"score":0.2},{"index":2,"score":0.1}])"_ba;
        QTest::newRow("SGLang")
            << R"([{"score":0.2,"document":"a","index":0},)"
               R"({"score":0.9,"document":"b","index":1},{"score":0.1,"index":2}])"_ba;
    }

    void ranking()
    {
        QFETCH(const QByteArray, body);
        const auto all = readRerankReply(replyOf(body), 3, std::nullopt);
        QVERIFY(all);
        QCOMPARE(indexes(*all), (QList<int>{1, 0, 2}));
        QCOMPARE(indexes(*readRerankReply(replyOf(body), 3, 2)), (QList<int>{1, 0}));
    }

    void equalScoresKeepTheOrderOfTheDocuments()
    {
        const auto reply = readRerankReply(
            replyOf(R"([{"index":2,"score":1},{"index":0,"score":1},{"index":1,"score":1}])"), 3,
            std::nullopt);
        QCOMPARE(indexes(*reply), (QList<int>{0, 1, 2}));
    }

    void aRankOfNoDocumentIsAnError()
    {
        QVERIFY(!readRerankReply(replyOf(R"([{"index":3,"score":1}])"), 3, std::nullopt));
        QVERIFY(!readRerankReply(replyOf(R"([{"index":0}])"), 3, std::nullopt));
    }

    void classes()
    {
        const auto vllm
            = readClassifyReply(replyOf(R"({"data":[{"index":0,"label":"good","probs":[0.1,0.9]},)"
                                        R"({"index":1,"label":"bad","probs":[0.8,0.2]}]})"),
                2);
        QVERIFY(vllm);
        QCOMPARE(vllm->labels[0].constFirst().name, u"good"_s);
        QCOMPARE(vllm->labels[1].constFirst().score, 0.8);
        const auto lorax = readClassifyReply(
            replyOf(R"([[{"entity_group":"PER","score":0.9,"word":"Ada","start":0,"end":3}],[]])"),
            2);
        QVERIFY(lorax);
        QCOMPARE(lorax->labels[0].constFirst().text, u"Ada"_s);
        QCOMPARE(lorax->labels[0].constFirst().end, 3);
        QVERIFY(lorax->labels[1].isEmpty());
        const auto one = readClassifyReply(
            replyOf(R"([{"label":"a","score":0.7},{"label":"b","score":0.3}])"), 1);
        QVERIFY(one);
        QCOMPARE(one->labels.constFirst().size(), 2);
    }

    void manyTextsAreAskedInSeveralRequests()
    {
        m_server->enqueue(json("[" + QByteArray("[1],").repeated(31) + "[1]]"));
        m_server->enqueue(json("[[2],[2]]"));
        QStringList texts;
        for (int i = 0; i < 34; ++i) {
            texts.append(QString::number(i));
        }
        const auto reply = waitFor(runTask(
            *m_client, TaskDialect::Tei, target(), EmbedRequest{.options = {}, .inputs = texts}));
        QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().message));
        QCOMPARE(reply->vectors.size(), 34);
        QCOMPARE(reply->vectors.constLast(), QList<float>{2.0F});
        QCOMPARE(reply->report.requests, 2);
        QCOMPARE(m_server->requests().size(), 2);
        QCOMPARE(QJsonDocument::fromJson(m_server->requests()[1].body)[u"inputs"_s].toArray(),
            (QJsonArray{u"32"_s, u"33"_s}));
    }

    /// Each of several requests has its tries; what was done is not asked again.
    void aRequestIsSentAgainAsThePolicySays()
    {
        const Headers soon{{"Retry-After"_ba, "0.05"_ba}};
        m_server->enqueue(Script::reply(503, "text/plain"_ba, "loading"_ba, soon));
        m_server->enqueue(json("[" + QByteArray("[1],").repeated(31) + "[1]]"));
        m_server->enqueue(Script::reply(429, "text/plain"_ba, "busy"_ba, soon));
        m_server->enqueue(json("[[2]]"));
        Target target = this->target();
        target.endpoint.retry.retries = 1;
        QList<Retry> told;
        const EmbedRequest request{
            .options = {}, .inputs = QStringList(32, u"a"_s) + QStringList(u"last"_s)};
        const auto reply = waitFor(runTask(*m_client, TaskDialect::Tei, target, request,
            [&told](const Retry &retry) { told.append(retry); }));
        QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().message));
        QCOMPARE(reply->vectors.size(), 33);
        QCOMPARE(m_server->requests().size(), 4);
        QCOMPARE(m_server->requests()[1].body, m_server->requests()[0].body);
        QCOMPARE(m_server->requests()[3].body, m_server->requests()[2].body);
        QCOMPARE(told.size(), 2);
        QCOMPARE(told.constFirst().error.httpStatus, 503);
        QCOMPARE(told.constFirst().wait, Milliseconds(50));
        QCOMPARE(told.constLast().error.httpStatus, 429);
        QCOMPARE(told.constLast().next, 2);
    }

    void nothingIsSentAgainUnasked_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("retries");
        QTest::newRow("no policy") << 503 << 0;
        QTest::newRow("a refusal") << 422 << 3;
        QTest::newRow("an answer that is wrong") << 200 << 3;
    }

    void nothingIsSentAgainUnasked()
    {
        QFETCH(const int, status);
        QFETCH(const int, retries);
        m_server->enqueue(json(R"({"error":"no"})", status));
        Target target = this->target();
        target.endpoint.retry.retries = retries;
        const auto reply = waitFor(runTask(*m_client, TaskDialect::OpenAi, target,
            EmbedRequest{.options = {}, .inputs = {u"a"_s}}));
        QVERIFY(!reply);
        QCOMPARE(m_server->requests().size(), 1);
    }

    void aFailureIsOneSentenceWithoutTheKey()
    {
        m_server->enqueue(
            json(R"({"error":{"message":"Bad key sk-canary-0123456789","code":401}})", 401));
        const auto reply = waitFor(runTask(*m_client, TaskDialect::OpenAi, target(),
            EmbedRequest{.options = {}, .inputs = {u"a"_s}}));
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ApiError::Kind::Unauthorized);
        QVERIFY(!reply.error().serverMessage.contains(u"canary"_s));
        QCOMPARE(m_server->requests().constFirst().header("authorization"),
            "Bearer sk-canary-0123456789"_ba);
    }

    void theDialectFollowsFromTheEndpoint_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("dialect");
        QTest::newRow("recognised") << u"http://h"_s << u"vLLM"_s << u"vllm"_s;
        QTest::newRow("llama.cpp") << u"http://h"_s << u"llama.cpp"_s << u"llama.cpp"_s;
        QTest::newRow("not known") << u"http://h"_s << QString() << u"openai"_s;
        QTest::newRow("host") << u"https://api.mistral.ai/v1"_s << QString() << u"mistral"_s;
        QTest::newRow("Cohere") << u"https://api.cohere.com"_s << QString() << u"cohere"_s;
        QTest::newRow("Jina") << u"https://api.jina.ai/v1"_s << QString() << u"jina"_s;
    }

    void theDialectFollowsFromTheEndpoint()
    {
        QFETCH(const QString, url);
        QFETCH(const QString, server);
        QFETCH(const QString, dialect);
        Endpoint endpoint;
        endpoint.url = QUrl(url);
        endpoint.server = server;
        endpoint.provider = u"openai"_s;
        QCOMPARE(taskDialectName(taskDialectOf(endpoint)), dialect);
    }
};

QTEST_GUILESS_MAIN(TestTasks)
#include "tst_tasks.moc"
