// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/apiclient.h"
#include "http/curlaccessmanager.h"
#include "scriptedserver.h"
#include "tasks/taskclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

Script json(const QByteArray &body) { return Script::reply(200, "application/json"_ba, body); }

QByteArray embedder(int batch, const QByteArray &dims = "[1]")
{
    return R"({"name":"m","max_batch_size":)" + QByteArray::number(batch)
        + R"(,"input":[{"name":"sentence","data_type":"TYPE_STRING","dims":)" + dims
        + R"(}],"output":[{"name":"sparse_vecs","data_type":"TYPE_STRING","dims":[1]},)"
          R"({"name":"dense_vecs","data_type":"TYPE_FP32","dims":[2]}]})";
}

const auto reranker = R"({"name":"m","max_batch_size":8,"input":[
    {"name":"query","data_type":"TYPE_STRING","dims":[1]},
    {"name":"docs","data_type":"TYPE_STRING","dims":[-1]}],
    "output":[{"name":"score","data_type":"TYPE_FP32","dims":[-1]}]})"_ba;

QByteArray answer(
    const char *name, const char *type, const QByteArray &shape, const QByteArray &data)
{
    return R"({"model_name":"m","model_version":"1","outputs":[{"name":")" + QByteArray(name)
        + R"(","datatype":")" + type + R"(","shape":)" + shape + R"(,"data":)" + data + "}]}";
}

} // namespace

/// 25 of the points most easily got wrong: embeddings are batches, reranking is one sample.
class TestTritonTasks final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<CurlAccessManager> m_manager;
    std::unique_ptr<ApiClient> m_client;

    [[nodiscard]] Target target() const
    {
        Target target;
        target.endpoint.url = m_server->url();
        target.endpoint.model = u"m"_s;
        return target;
    }

    template<typename Request>
    [[nodiscard]] auto run(const Request &request) const
    {
        const auto future = runTask(*m_client, TaskDialect::Triton, target(), request);
        (void)QTest::qWaitFor([&future] { return future.isFinished(); }, longWait);
        return future.result();
    }

    /// The JSON before the bytes of the request at `place`; the first one asks for the
    /// configuration.
    [[nodiscard]] QJsonDocument sent(int place = 1) const
    {
        const ScriptedServer::Request request = m_server->requests().value(place);
        return QJsonDocument::fromJson(
            request.body.first(request.header("Inference-Header-Content-Length").toLongLong()));
    }

    void serve(const QByteArray &config, const QList<QByteArray> &answers)
    {
        m_server->enqueue(json(config));
        for (const QByteArray &each : answers) {
            m_server->enqueue(json(each));
        }
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

    void denseVectors()
    {
        serve(embedder(12), {answer("dense_vecs", "FP32", "[2,2]", "[1,2,3,4]")});
        const auto reply = run(EmbedRequest{.options = {}, .inputs = {u"a"_s, u"b"_s}});
        QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().message));
        QCOMPARE(reply->vectors, (QList<QList<float>>{{1, 2}, {3, 4}}));
        QVERIFY(reply->sparse.isEmpty());
        QCOMPARE(sent()[u"inputs"_s][0][u"name"_s].toString(), u"sentence"_s);
        QCOMPARE(sent()[u"inputs"_s][0][u"shape"_s], (QJsonArray{2, 1}));
        QCOMPARE(sent()[u"outputs"_s].toArray().size(), 1);
        QCOMPARE(sent()[u"outputs"_s][0][u"name"_s].toString(), u"dense_vecs"_s);
        QCOMPARE(reply->report.requests, 1);
    }

    void sparseVectors()
    {
        serve(embedder(12),
            {answer("sparse_vecs", "BYTES", "[2,1]",
                QJsonDocument(QJsonArray{u"{\"903\":0.25}"_s, u"{}"_s}).toJson())});
        const auto reply
            = run(EmbedRequest{.options = {}, .inputs = {u"a"_s, u"b"_s}, .sparse = true});
        QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().message));
        QVERIFY(reply->vectors.isEmpty());
        QCOMPARE(reply->sparse, (QList<EmbedReply::SparseVector>{{{u"903"_s, 0.25F}}, {}}));
        QCOMPARE(sent()[u"outputs"_s][0][u"name"_s].toString(), u"sparse_vecs"_s);
    }

    void noMoreThanABatchAtOnce()
    {
        serve(embedder(2),
            {answer("dense_vecs", "FP32", "[2,2]", "[1,1,2,2]"),
                answer("dense_vecs", "FP32", "[1,2]", "[3,3]")});
        const auto reply = run(EmbedRequest{.options = {}, .inputs = {u"a"_s, u"b"_s, u"c"_s}});
        QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().message));
        QCOMPARE(reply->vectors, (QList<QList<float>>{{1, 1}, {2, 2}, {3, 3}}));
        QCOMPARE(reply->report.requests, 2);
        QCOMPARE(sent(2)[u"inputs"_s][0][u"shape"_s], (QJsonArray{1, 1}));
    }

    void aModelWithoutBatches()
    {
        serve(embedder(0, "[-1]"), {answer("dense_vecs", "FP32", "[2,2]", "[1,2,3,4]")});
        const auto many = run(EmbedRequest{.options = {}, .inputs = {u"a"_s, u"b"_s}});
        QVERIFY2(many, qPrintable(many ? QString() : many.error().message));
        QCOMPARE(sent()[u"inputs"_s][0][u"shape"_s], (QJsonArray{2}));
        serve(embedder(0),
            {answer("dense_vecs", "FP32", "[2]", "[1,2]"),
                answer("dense_vecs", "FP32", "[2]", "[3,4]")});
        const auto single = run(EmbedRequest{.options = {}, .inputs = {u"a"_s, u"b"_s}});
        QVERIFY2(single, qPrintable(single ? QString() : single.error().message));
        QCOMPARE(single->vectors, (QList<QList<float>>{{1, 2}, {3, 4}}));
    }

    void ranks()
    {
        serve(reranker, {answer("score", "FP32", "[1,4]", "[-1.5,2,0.5,2]")});
        const auto reply = run(RerankRequest{.options = {},
            .query = u"q"_s,
            .documents = {u"a"_s, u"b"_s, u"c"_s, u"d"_s},
            .top = 3});
        QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().message));
        QCOMPARE(reply->ranks, (QList<RerankReply::Rank>{{1, 2}, {3, 2}, {2, 0.5}}));
        QCOMPARE(sent()[u"inputs"_s][0][u"shape"_s], (QJsonArray{1, 1}));
        QCOMPARE(sent()[u"inputs"_s][1][u"shape"_s], (QJsonArray{1, 4}));
        QCOMPARE(sent()[u"inputs"_s][1][u"name"_s].toString(), u"docs"_s);
    }

    void whatDoesNotFit()
    {
        serve(embedder(12), {answer("dense_vecs", "FP32", "[1,2]", "[1,2]")});
        QVERIFY(!run(EmbedRequest{.options = {}, .inputs = {u"a"_s, u"b"_s}}));
        serve(embedder(12), {answer("sparse_vecs", "BYTES", "[1]", "[\"weights\"]")});
        QVERIFY(!run(EmbedRequest{.options = {}, .inputs = {u"a"_s}, .sparse = true}));
        serve(reranker, {answer("score", "FP32", "[1,1]", "[1]")});
        QVERIFY(!run(RerankRequest{.options = {}, .query = u"q"_s, .documents = {u"a"_s, u"b"_s}}));
    }

    void whatCannotBeAskedIsNotSent()
    {
        const auto embedded = run(EmbedRequest{.options = {}, .inputs = {}});
        QVERIFY(!embedded && embedded.error().message.contains(u"no text"_s));
        QVERIFY(!run(EmbedRequest{.options = {}, .inputs = {u"a"_s}, .dimensions = 5}));
        QVERIFY(!run(RerankRequest{.options = {}, .query = {}, .documents = {u"a"_s}}));
        QVERIFY(!run(ClassifyRequest{.options = {}, .inputs = {u"a"_s}}));
        QVERIFY(m_server->requests().isEmpty());
        // The wrong kind of model.
        serve(reranker, {});
        const auto wrong = run(EmbedRequest{.options = {}, .inputs = {u"a"_s}, .sparse = true});
        QVERIFY(!wrong && wrong.error().message.contains(u"no output “sparse_vecs”"_s));
        QCOMPARE(m_server->requests().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestTritonTasks)
#include "tst_tritontasks.moc"
