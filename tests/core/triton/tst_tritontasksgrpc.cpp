// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "futures.h"
#include "http/apiclient.h"
#include "http/carrier.h"
#include "http/curlaccessmanager.h"
#include "kserveserver.h"
#include "tasks/taskclient.h"
#include "triton/grpctransport.h"
#include "triton/modelclient.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;
using namespace Lorikeet::Triton;

/// Embeddings, reranking and calls at once, over gRPC.
class TestTritonTasksGrpc final : public QObject
{
    Q_OBJECT

    std::unique_ptr<KserveServer> m_server;
    std::unique_ptr<CurlAccessManager> m_manager;
    std::unique_ptr<ApiClient> m_client;

    template<typename Request>
    [[nodiscard]] auto run(const QString &model, Request request) const
    {
        request.options.model = model;
        return waitFor(runTask(*m_client, TaskDialect::OpenAi, m_server->target(), request));
    }

private Q_SLOTS:

    void initTestCase()
    {
        m_server = std::make_unique<KserveServer>();
        QVERIFY(m_server->port() > 0);
        m_manager = std::make_unique<CurlAccessManager>();
        m_client = std::make_unique<ApiClient>(*m_manager);
        m_client->setCarrier(grpcCarrier());
    }

    void cleanupTestCase()
    {
        m_client.reset();
        m_manager.reset();
    }

    /// 25: texts are a batch, of at most as many as the model takes.
    void denseVectors()
    {
        const auto reply = run(
            u"embedder"_s, EmbedRequest{.options = {}, .inputs = {u"a"_s, u"äb"_s, u"abcd"_s}});
        QVERIFY2(reply, qPrintable(sentence(reply)));
        QCOMPARE(reply->vectors, (QList<QList<float>>{{1, 1}, {3, 1}, {4, 1}}));
        QCOMPARE(reply->report.requests, 2);
        QCOMPARE(reply->report.model, u"embedder"_s);
    }

    /// 25: sparse ones are JSON in text, of the same shape.
    void sparseVectors()
    {
        const auto reply = run(u"embedder"_s,
            EmbedRequest{.options = {}, .inputs = {u"a"_s, u"ab"_s}, .sparse = true});
        QVERIFY2(reply, qPrintable(sentence(reply)));
        QCOMPARE(
            reply->sparse, (QList<EmbedReply::SparseVector>{{{u"7"_s, 0.25F}}, {{u"7"_s, 0.5F}}}));
    }

    /// 25: query and documents are one sample; best first here, whatever the server's order.
    void ranks()
    {
        const auto reply = run(u"reranker"_s,
            RerankRequest{.options = {},
                .query = u"q"_s,
                .documents = {u"a"_s, u"abcd"_s, u"ab"_s, u"abcd"_s},
                .top = 3});
        QVERIFY2(reply, qPrintable(sentence(reply)));
        QCOMPARE(reply->ranks, (QList<RerankReply::Rank>{{1, 4}, {3, 4}, {2, 2}}));
    }

    void aModelOfAnotherKind()
    {
        const auto wrong
            = run(u"reranker"_s, EmbedRequest{.options = {}, .inputs = {u"a"_s}, .sparse = true});
        QVERIFY(!wrong);
        QVERIFY(wrong.error().message.contains(u"no output “sparse_vecs”"_s));
        const auto nobody = run(u"nobody"_s, EmbedRequest{.options = {}, .inputs = {u"a"_s}});
        QVERIFY(!nobody);
        QCOMPARE(nobody.error().kind, ApiError::Kind::NotFound);
    }

    /// As PyTriton's futures: some run, others wait, results belong to their questions, and one
    /// failure is one failure.
    void manyCallsAtOnce()
    {
        ModelClient model(std::make_shared<GrpcTransport>(m_server->target()),
            {.model = u"picky"_s, .atOnce = 5, .queue = 100});
        QList<QFuture<Result<InferReply>>> futures;
        for (int i = 0; i < 60; ++i) {
            Tensor batch = Tensor::ofFloats(i == 30 ? QList<float>{1, 2} : QList<float>{float(i)});
            batch.shape = {i == 30 ? 2 : 1, 1};
            futures.append(model.inferBatch({.inputs = {batch}}));
        }
        for (int i = 0; i < 60; ++i) {
            const auto reply = waitFor(futures[i]);
            QCOMPARE(reply.has_value(), i != 30);
            if (reply) {
                QCOMPARE(reply->output(u"y")->floats(), QList<float>{float(i)});
            } else {
                QCOMPARE(reply.error().kind, ApiError::Kind::BadRequest);
                QCOMPARE(reply.error().serverMessage, u"one at a time"_s);
            }
        }
    }

    void beyondItsQueueACallIsRefused()
    {
        ModelClient model(std::make_shared<GrpcTransport>(m_server->target()),
            {.model = u"slow"_s, .atOnce = 1, .queue = 2});
        QVERIFY(waitFor(model.config()));
        const ModelClient::Call call{.inputs = {Tensor::ofFloats({1})}};
        QFuture<Result<InferReply>> running = model.inferSample(call);
        QFuture<Result<InferReply>> waiting = model.inferSample(call);
        const auto next = model.inferSample(call);
        const auto refused = waitFor(model.inferSample(call));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ApiError::Kind::RateLimited);
        // One that waits and is cancelled makes room.
        waiting.cancel();
        QTRY_VERIFY(waiting.isFinished());
        QVERIFY(!model.inferSample(call).isFinished());
        running.cancel();
    }
};

QTEST_GUILESS_MAIN(TestTritonTasksGrpc)
#include "tst_tritontasksgrpc.moc"
