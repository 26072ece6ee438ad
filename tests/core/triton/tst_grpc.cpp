// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "futures.h"
#include "kserveserver.h"
#include "triton/decoupledclient.h"
#include "triton/grpctransport.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;
using namespace Lorikeet::Triton;

namespace {

constexpr int longWait = 60'000;

InferRequest requestTo(const QString &model)
{
    return {.model = model,
        .id = u"7"_s,
        .inputs = {Tensor::ofFloats({1, 2}, TensorType::Fp32, u"x"_s)},
        .outputs = {}};
}

/// What the server noted of all it was asked.
QStringList logOf(GrpcTransport &transport)
{
    const auto reply = waitFor(transport.infer(requestTo(u"log"_s), Milliseconds(0)));
    return reply ? reply->output(u"log").value_or(Tensor()).texts() : QStringList();
}

struct Heard
{
    QStringList texts;
    bool isOver = false;
    std::optional<ApiError> error;
};

} // namespace

/// KServe v2 over gRPC, against gRPC's own server: what Qt's channel does wrong is set right.
class TestGrpc final : public QObject
{
    Q_OBJECT

    std::unique_ptr<KserveServer> m_server;
    std::unique_ptr<GrpcTransport> m_transport;

    static void listen(DecoupledModelClient &client, const std::shared_ptr<Heard> &heard,
        const QJsonObject &parameters = {})
    {
        client.infer(
            {.inputs = {Tensor::ofTexts({u"Hi"_s})}, .outputs = {}, .parameters = parameters}, true,
            [heard](const InferReply &reply, TimePoint) {
                heard->texts += reply.output(u"text_output").value_or(Tensor()).texts();
            },
            [heard](const std::optional<ApiError> &error) {
                heard->isOver = true;
                heard->error = error;
            });
    }

    [[nodiscard]] Heard heardFrom(const QString &model, const QJsonObject &parameters = {}) const
    {
        DecoupledModelClient client(
            std::make_shared<GrpcTransport>(m_server->target()), {.model = model});
        const auto heard = std::make_shared<Heard>();
        listen(client, heard, parameters);
        (void)QTest::qWaitFor([&heard] { return heard->isOver; }, longWait);
        return *heard;
    }

private Q_SLOTS:

    void initTestCase()
    {
        m_server = std::make_unique<KserveServer>();
        QVERIFY(m_server->port() > 0);
    }

    void init() { m_transport = std::make_unique<GrpcTransport>(m_server->target()); }

    void cleanup() { m_transport.reset(); }

    void readinessAndIndex()
    {
        QCOMPARE(waitFor(m_transport->serverReady()).value_or(false), true);
        QCOMPARE(waitFor(m_transport->modelReady(u"echo"_s, {})).value_or(false), true);
        QCOMPARE(waitFor(m_transport->modelReady(u"loading"_s, {})).value_or(true), false);
        const auto index = waitFor(m_transport->index());
        QVERIFY2(index, qPrintable(sentence(index)));
        QCOMPARE(index->at(0), (IndexEntry{u"echo"_s, u"1"_s, u"READY"_s, {}}));
        QCOMPARE(index->at(1).name, u"old"_s);
    }

    /// 22: the number of an input's dims is not that of an output's.
    void configuration()
    {
        const auto config = waitFor(m_transport->config(u"echo"_s, {}));
        QVERIFY2(config, qPrintable(sentence(config)));
        QCOMPARE(config->maxBatchSize, 8);
        QCOMPARE(config->inputs, (QList<TensorInfo>{{u"x"_s, TensorType::Fp32, {-1}, false}}));
        QCOMPARE(config->outputs, (QList<TensorInfo>{{u"y"_s, TensorType::Fp32, {-1}, false}}));
        QCOMPARE(config->parameters.value(u"k"_s), u"v"_s);
        QVERIFY(!config->decoupled);
        QVERIFY(waitFor(m_transport->config(u"stream"_s, {})).value_or(ModelConfig()).decoupled);
        // One without configurations has metadata.
        const auto other = waitFor(m_transport->config(u"other"_s, {}));
        QVERIFY2(other, qPrintable(sentence(other)));
        QCOMPARE(other->inputs.constFirst().name, u"x"_s);
    }

    void everyTypeGoesThereAndBack()
    {
        Tensor bytes = Tensor::ofBytes({"a\0b"_ba, QByteArray(), "\xff"_ba}, u"x"_s);
        for (const Tensor &tensor : {bytes, Tensor::ofFloats({1.5F}, TensorType::Bf16, u"x"_s),
                 Tensor::ofFloats({}, TensorType::Fp16, u"x"_s), Tensor::ofBool(true, u"x"_s)}) {
            InferRequest request = requestTo(u"echo"_s);
            request.inputs = {tensor};
            request.parameters = {{u"b"_s, false}, {u"i"_s, -5}, {u"s"_s, u""_s}};
            const auto reply = waitFor(m_transport->infer(request, Milliseconds(0)));
            QVERIFY2(reply, qPrintable(sentence(reply)));
            QCOMPARE(reply->outputs.constFirst().data, tensor.data);
            QCOMPARE(reply->outputs.constFirst().shape, tensor.shape);
            QCOMPARE(reply->parameters, request.parameters);
            QCOMPARE(reply->id, u"7"_s);
        }
    }

    /// 19: servers other than Triton answer with lists instead of bytes.
    void outputsMayBeLists()
    {
        const auto reply = waitFor(m_transport->infer(requestTo(u"listed"_s), Milliseconds(0)));
        QVERIFY2(reply, qPrintable(sentence(reply)));
        QCOMPARE(reply->output(u"y")->floats(), (QList<float>{1.5F, -2}));
    }

    void aModelClientWorksOverGrpc()
    {
        ModelClient client(
            std::make_unique<GrpcTransport>(m_server->target()), {.model = u"echo"_s});
        const auto reply = waitFor(client.inferSample({.inputs = {Tensor::ofFloats({3, 4})}}));
        QVERIFY2(reply, qPrintable(sentence(reply)));
        QCOMPARE(reply->output(u"y")->shape, (QList<qint64>{2}));
        QCOMPARE(reply->output(u"y")->floats(), (QList<float>{3, 4}));
    }

    /// 24: messages come percent-encoded.
    void messagesAreDecoded()
    {
        const auto config = waitFor(m_transport->config(u"nobody"_s, {}));
        QVERIFY(!config);
        QCOMPARE(config.error().kind, ApiError::Kind::NotFound);
        QCOMPARE(config.error().serverMessage, u"模型 not found: 100%"_s);
    }

    /// A restricted protocol has the code of a server that is down.
    void aRestrictedProtocolIsNoServerThatIsDown()
    {
        const auto config = waitFor(m_transport->config(u"restricted"_s, {}));
        QVERIFY(!config);
        QCOMPARE(config.error().kind, ApiError::Kind::Unauthorized);
    }

    /// 24: a compressed answer has the status OK and cannot be read.
    void anAnswerThatCannotBeReadIsAnError()
    {
        InferRequest request = requestTo(u"gzip"_s);
        request.inputs = {Tensor::ofFloats(QList<float>(10'000, 0.5F), TensorType::Fp32, u"x"_s)};
        const auto reply = waitFor(m_transport->infer(request, Milliseconds(0)));
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ApiError::Kind::Protocol);
        QVERIFY(reply.error().message.contains(u"compress"_s));
    }

    /// 24: Qt tells the server no deadline. The access token goes by gRPC's name for it.
    void theServerKnowsTheDeadlineAndTheToken()
    {
        QVERIFY(waitFor(m_transport->infer(requestTo(u"told"_s), Milliseconds(60'000))));
        QVERIFY(waitFor(m_transport->infer(requestTo(u"untold"_s), Milliseconds(0))));
        const QStringList log = logOf(*m_transport);
        QVERIFY(log.contains(u"told canary-0123456789 timeout=True"_s));
        QVERIFY(log.contains(u"untold canary-0123456789 timeout=False"_s));
    }

    void aDeadlineEndsACall()
    {
        const auto reply = waitFor(m_transport->infer(requestTo(u"slow"_s), Milliseconds(300)));
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ApiError::Kind::TotalTimeout);
    }

    /// 24: deleting a call does not cancel it, cancel() does.
    void cancellingReachesTheServer()
    {
        const qsizetype before = logOf(*m_transport).count(u"slow ended"_s);
        const qsizetype begun = logOf(*m_transport).count(u"slow begun"_s);
        QFuture<Result<InferReply>> future
            = m_transport->infer(requestTo(u"slow"_s), Milliseconds(0));
        QTRY_COMPARE_WITH_TIMEOUT(logOf(*m_transport).count(u"slow begun"_s), begun + 1, longWait);
        future.cancel();
        QTRY_COMPARE_WITH_TIMEOUT(logOf(*m_transport).count(u"slow ended"_s), before + 1, longWait);
    }

    /// 24: what is cancelled before the connection stands would be sent all the same.
    void whatIsCancelledBeforeTheConnectionIsNotSent()
    {
        GrpcTransport fresh(m_server->target());
        QFuture<Result<InferReply>> future = fresh.infer(requestTo(u"unsent"_s), Milliseconds(0));
        future.cancel();
        const QStringList log = logOf(fresh); // over the same connection, so after it
        QVERIFY(!log.join(u'\n').contains(u"unsent"_s));
    }

    /// 24: one connection carries 100 calls, and fails at once for more. All of these are at the
    /// server at the same time, else none is answered.
    void moreCallsThanAConnectionCarries()
    {
        constexpr int calls = 150;
        QList<QFuture<Result<InferReply>>> futures;
        for (int i = 0; i < calls; ++i) {
            InferRequest request = requestTo(u"gate"_s);
            request.parameters = {{u"together"_s, calls}};
            futures.append(m_transport->infer(request, Milliseconds(0)));
        }
        for (const auto &future : futures) {
            const auto reply = waitFor(future);
            QVERIFY2(reply, qPrintable(sentence(reply)));
        }
    }

    void fewerStreamsThanExpected()
    {
        const KserveServer narrow({u"grpc.max_concurrent_streams=5"_s});
        GrpcTransport transport(narrow.target());
        QList<QFuture<Result<InferReply>>> futures;
        for (int i = 0; i < 40; ++i) {
            futures.append(transport.infer(requestTo(u"echo"_s), Milliseconds(0)));
        }
        for (const auto &future : futures) {
            const auto reply = waitFor(future);
            QVERIFY2(reply, qPrintable(sentence(reply)));
        }
    }

    /// 24: a server that lets go of connections (as behind a gateway) fails no call.
    void goingAwayFailsNoCall()
    {
        const KserveServer leaving(
            {u"grpc.max_connection_age_ms=200"_s, u"grpc.max_connection_age_grace_ms=60000"_s});
        GrpcTransport transport(leaving.target());
        int peers = 0;
        for (int i = 0; i < 20'000 && peers < 4; ++i) {
            const auto reply = waitFor(transport.infer(requestTo(u"echo"_s), Milliseconds(0)));
            QVERIFY2(reply, qPrintable(sentence(reply)));
            if (i % 20 == 0) {
                const QStringList log = logOf(transport);
                QVERIFY(!log.isEmpty());
                peers = QStringView(log.last()).mid(6).toInt(); // "peers N"
            }
        }
        QVERIFY(peers >= 4);
    }

    void nobodyListens()
    {
        KserveServer gone;
        GrpcTransport transport(gone.target());
        QVERIFY(waitFor(transport.serverReady()));
        gone.stop();
        const auto lost = waitFor(transport.infer(requestTo(u"echo"_s), Milliseconds(0)));
        QVERIFY(!lost);
        GrpcTransport fresh(gone.target());
        const auto refused = waitFor(fresh.serverReady());
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ApiError::Kind::Refused);
        QVERIFY(refused.error().message.contains(u"127.0.0.1"_s));
    }

    /// 15: the last text may come with the flag.
    void aStreamWhoseLastTextIsTheEnd()
    {
        const Heard heard = heardFrom(u"stream"_s, {{u"more"_s, 2}});
        QVERIFY2(!heard.error, qPrintable(heard.error ? heard.error->message : QString()));
        QCOMPARE(heard.texts, (QStringList{u"The"_s, u" sky"_s, u" sky"_s, u"."_s}));
    }

    /// 16: an end that is nothing but a flag must be asked for.
    void aStreamThatEndsWithAFlagAlone()
    {
        const Heard heard = heardFrom(u"flag"_s);
        QVERIFY(heard.isOver && !heard.error);
        QCOMPARE(heard.texts, QStringList{u"The"_s});
    }

    /// Qt keeps the newest message alone: all must be read as they come.
    void noMessageIsLost()
    {
        const Heard heard = heardFrom(u"stream"_s, {{u"more"_s, 5000}});
        QVERIFY(heard.isOver && !heard.error);
        QCOMPARE(heard.texts.size(), 5002);
    }

    /// 17: an error before the model ran has no flag; one after it ends the answer too.
    void errorsInAStreamAreErrors()
    {
        const Heard early = heardFrom(u"early"_s);
        QVERIFY(early.error);
        QCOMPARE(early.error->serverMessage, u"input 'x' is missing"_s);
        const Heard late = heardFrom(u"fails"_s);
        QVERIFY(late.error);
        QCOMPARE(late.error->serverMessage, u"out of memory"_s);
        QCOMPARE(late.texts, QStringList{u"The"_s});
    }

    void aStreamWithoutItsEndIsTruncated()
    {
        const Heard heard = heardFrom(u"unfinished"_s);
        QVERIFY(heard.error);
        QCOMPARE(heard.error->kind, ApiError::Kind::Truncated);
        QCOMPARE(heard.texts, QStringList{u"The"_s});
    }

    /// 18: each request has its own stream, so that cancelling one ends no other.
    void cancellingOneStreamEndsNoOther()
    {
        const qsizetype before = logOf(*m_transport).count(u"endless ended"_s);
        DecoupledModelClient endless(
            std::make_shared<GrpcTransport>(m_server->target()), {.model = u"endless"_s});
        const auto first = std::make_shared<Heard>();
        const auto second = std::make_shared<Heard>();
        listen(endless, first);
        listen(endless, second);
        QTRY_VERIFY_WITH_TIMEOUT(!first->texts.isEmpty() && !second->texts.isEmpty(), longWait);
        endless.cancel(1);
        QTRY_VERIFY_WITH_TIMEOUT(first->isOver, longWait);
        QCOMPARE(first->error->kind, ApiError::Kind::Cancelled);
        QTRY_COMPARE_WITH_TIMEOUT(
            logOf(*m_transport).count(u"endless ended"_s), before + 1, longWait);
        QVERIFY(!second->isOver);
    }

    /// 6: one answer cannot be awaited of a model that gives many.
    void decoupledModelsAreRefusedWhereOneAnswerIsAwaited()
    {
        const auto reply = waitFor(m_transport->infer(requestTo(u"decoupled"_s), Milliseconds(0)));
        QVERIFY(!reply);
        QVERIFY(reply.error().message.contains(u"stream"_s));
        // And any model may be asked as a stream.
        const Heard wrong = heardFrom(u"nobody"_s);
        QVERIFY(wrong.error);
        QCOMPARE(wrong.error->kind, ApiError::Kind::NotFound);
    }

    void httpAddressesAreNotAskedOverGrpc()
    {
        Target http = m_server->target();
        http.endpoint.url.setScheme(u"http"_s);
        GrpcTransport transport(http);
        const auto ready = waitFor(transport.serverReady());
        QVERIFY(!ready && ready.error().kind == ApiError::Kind::InvalidRequest);
    }
};

QTEST_GUILESS_MAIN(TestGrpc)
#include "tst_grpc.moc"
