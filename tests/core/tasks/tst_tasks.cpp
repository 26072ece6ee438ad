// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/apiclient.h"
#include "http/curlaccessmanager.h"
#include "scriptedserver.h"
#include "tasks/taskclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

Script json(const QByteArray &body, int status = 200)
{
    return Script::reply(status, "application/json"_ba, body);
}

} // namespace

/// Embeddings, reranking and classifying: how each server is asked, and how often.
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
