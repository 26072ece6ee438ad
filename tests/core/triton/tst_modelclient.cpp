// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "futures.h"
#include "http/apiclient.h"
#include "http/curlaccessmanager.h"
#include "scriptedserver.h"
#include "triton/httptransport.h"
#include "triton/modelclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;
using namespace Lorikeet::Triton;

namespace {

constexpr int longWait = 30'000;

Script json(const QByteArray &body, int status = 200)
{
    return Script::reply(status, "application/json"_ba, body);
}

const auto configPath = "/v2/models/pair/config"_ba;
const auto inferPath = "/v2/models/pair/infer"_ba;

QByteArray configOf(int batch, const QByteArray &more = {})
{
    return R"({"name":"pair","max_batch_size":)" + QByteArray::number(batch)
        + R"(,"input":[{"name":"a","data_type":"TYPE_FP32","dims":[2]},)"
          R"({"name":"b","data_type":"TYPE_STRING","dims":[-1],"optional":true}],)"
          R"("output":[{"name":"sum","data_type":"TYPE_FP32","dims":[2]}])"
        + more + "}";
}

QByteArray answer(const QByteArray &shape, const QByteArray &data)
{
    return R"({"model_name":"pair","model_version":"1","outputs":[{"name":"sum",)"
           R"("datatype":"FP32","shape":)"
        + shape + R"(,"data":)" + data + "}]}";
}

Tensor pairOf(float first, float second, const QString &name = {})
{
    return Tensor::ofFloats({first, second}, TensorType::Fp32, name);
}

} // namespace

/// A model asked over HTTP, as PyTriton's clients do it.
class TestModelClient final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<CurlAccessManager> m_manager;
    std::unique_ptr<ApiClient> m_client;

    [[nodiscard]] Target target() const
    {
        Target target;
        target.endpoint.url = m_server->url();
        target.key = Secret(u"canary-0123456789"_s);
        return target;
    }

    [[nodiscard]] std::unique_ptr<ModelClient> model(
        ModelClient::Options options = {}, BodyForm form = BodyForm::Json) const
    {
        options.model = u"pair"_s;
        return std::make_unique<ModelClient>(
            std::make_unique<HttpTransport>(*m_client, target(), form), options);
    }

    [[nodiscard]] QJsonDocument sent() const
    {
        return QJsonDocument::fromJson(m_server->requests().constLast().body);
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

    void aSampleOfABatchingModelGetsAndLosesADimension()
    {
        m_server->setRoute(configPath, json(configOf(4)));
        m_server->setRoute(inferPath, json(answer("[1,2]", "[1,2]")));
        const auto client = model();
        const auto reply = waitFor(client->inferSample({.inputs = {pairOf(1, 2)}}));
        QVERIFY2(reply, qPrintable(sentence(reply)));
        QCOMPARE(reply->output(u"sum")->shape, (QList<qint64>{2}));
        QCOMPARE(reply->output(u"sum")->floats(), (QList<float>{1, 2}));
        QCOMPARE(sent()[u"inputs"_s][0][u"shape"_s], (QJsonArray{1, 2}));
        QCOMPARE(sent()[u"inputs"_s][0][u"name"_s].toString(), u"a"_s);
        QCOMPARE(sent()[u"outputs"_s][0][u"name"_s].toString(), u"sum"_s);
        QCOMPARE(
            m_server->requests().constLast().header("triton-access-token"), "canary-0123456789"_ba);
    }

    void aSampleOfAModelWithoutBatchesGoesAsItIs()
    {
        m_server->setRoute(configPath, json(configOf(0)));
        m_server->setRoute(inferPath, json(answer("[2]", "[3,4]")));
        const auto client = model();
        const auto reply = waitFor(client->inferSample({.inputs = {pairOf(3, 4, u"a"_s)}}));
        QVERIFY2(reply, qPrintable(sentence(reply)));
        QCOMPARE(reply->output(u"sum")->floats(), (QList<float>{3, 4}));
        QCOMPARE(sent()[u"inputs"_s][0][u"shape"_s], (QJsonArray{2}));
    }

    void aBatchGoesAsItIs()
    {
        m_server->setRoute(configPath, json(configOf(4)));
        m_server->setRoute(inferPath, json(answer("[2,2]", "[1,2,3,4]")));
        const auto client = model();
        Tensor batch = Tensor::ofFloats({1, 2, 3, 4});
        batch.shape = {2, 2};
        const auto reply = waitFor(client->inferBatch({.inputs = {batch}}));
        QVERIFY2(reply, qPrintable(sentence(reply)));
        QCOMPARE(reply->output(u"sum")->shape, (QList<qint64>{2, 2}));
    }

    void mistakesAreNotSent_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QList<Tensor>>("inputs");
        QTest::addColumn<bool>("isSample");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *name, const QByteArray &config, const QList<Tensor> &inputs,
                             const QString &word, bool isSample = true) {
            QTest::newRow(name) << config << inputs << isSample << word;
        };
        const Tensor good = pairOf(1, 2);
        const Tensor named = pairOf(1, 2, u"a"_s);
        row("none", configOf(4), {}, u"no input"_s);
        row("mixed", configOf(4), {named, Tensor::ofTexts({u"x"_s})}, u"Some inputs are named"_s);
        row("too many", configOf(4), {good, good, good}, u"takes 2 inputs"_s);
        row("unknown", configOf(4), {pairOf(1, 2, u"z"_s)}, u"no input “z”"_s);
        row("twice", configOf(4), {named, named}, u"twice"_s);
        row("missing", configOf(4), {Tensor::ofTexts({u"x"_s}, u"b"_s)}, u"“a” is missing"_s);
        row("type", configOf(4), {Tensor::ofFloats({1, 2}, TensorType::Fp64)}, u"is FP32"_s);
        row("shape", configOf(4), {Tensor::ofFloats({1, 2, 3})}, u"shape [any, 2]"_s);
        row("no batches", configOf(0), {good}, u"no batches"_s, false);
        Tensor large = Tensor::ofFloats(QList<float>(10, 1));
        large.shape = {5, 2};
        row("too large", configOf(4), {large}, u"at most 4"_s, false);
        Tensor two = Tensor::ofFloats({1, 2, 3, 4});
        two.shape = {2, 2};
        row("unequal", configOf(4), {two, batchOfOne(Tensor::ofTexts({u"x"_s}))}, u"equally many"_s,
            false);
        row("decoupled", configOf(0, R"(,"model_transaction_policy":{"decoupled":true})"), {good},
            u"decoupled"_s);
    }

    void mistakesAreNotSent()
    {
        QFETCH(const QByteArray, config);
        QFETCH(const QList<Tensor>, inputs);
        QFETCH(const bool, isSample);
        QFETCH(const QString, word);
        m_server->setRoute(configPath, json(config));
        const auto client = model();
        const auto reply = waitFor(isSample ? client->inferSample({.inputs = inputs})
                                            : client->inferBatch({.inputs = inputs}));
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ApiError::Kind::InvalidRequest);
        QVERIFY2(reply.error().message.contains(word), qPrintable(reply.error().message));
        QCOMPARE(m_server->requests().size(), 1);
    }

    void anUnknownModelFailsAtOnceAndNamesTheOthers()
    {
        m_server->setDefault(json(R"({"error":"Request for unknown model: 'pair'"})", 404));
        m_server->setRoute("/v2/repository/index",
            json(R"([{"name":"emb","version":"1","state":"READY"},{"name":"old"}])"));
        // Waiting would heal nothing.
        const auto client = model({.wait = Milliseconds(300'000)});
        const auto reply = waitFor(client->inferSample({.inputs = {pairOf(1, 2)}}));
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ApiError::Kind::NotFound);
        QVERIFY(reply.error().message.contains(u"emb, old"_s));
        const QList<ScriptedServer::Request> &requests = m_server->requests();
        QCOMPARE(requests.constLast().verb, "POST"_ba);
    }

    void aRestrictedIndexIsNoReasonToWait()
    {
        m_server->setDefault(json(R"({"error":"Request for unknown model: 'pair'"})", 404));
        m_server->setRoute("/v2/repository/index", json(R"({"error":"restricted"})", 403));
        const auto client = model({.wait = Milliseconds(300'000)});
        const auto config = waitFor(client->config());
        QVERIFY(!config);
        QCOMPARE(config.error().kind, ApiError::Kind::NotFound);
    }

    void aModelThatDidNotLoadSaysWhy()
    {
        m_server->setDefault(json(R"({"error":"Request for unknown model: 'pair'"})", 400));
        m_server->setRoute("/v2/repository/index",
            json(R"([{"name":"pair","version":"1","state":"UNAVAILABLE","reason":"oom"}])"));
        const auto config = waitFor(model()->config());
        QVERIFY(!config);
    }

    void aModelThatIsLoadingIsWaitedForIfAsked()
    {
        const Script unknown = json(R"({"error":"Request for unknown model: 'pair'"})", 400);
        const auto loading = json(R"([{"name":"pair","version":"1","state":"LOADING"}])");
        m_server->enqueue(unknown);
        m_server->enqueue(loading);
        m_server->enqueue(json(configOf(4)));
        const auto patient = model({.wait = Milliseconds(60'000)});
        const auto config = waitFor(patient->config());
        QVERIFY2(config, qPrintable(sentence(config)));
        m_server->enqueue(unknown);
        m_server->enqueue(loading);
        const auto hasty = model();
        const auto none = waitFor(hasty->config());
        QVERIFY(!none);
        QCOMPARE(none.error().kind, ApiError::Kind::Unavailable);
        QVERIFY(none.error().message.contains(u"being loaded"_s));
    }

    /// 5: a status and no body; other servers write JSON.
    void readinessIsAStatus()
    {
        const auto client = model();
        m_server->setRoute("/v2/health/ready", Script::reply(200, "text/plain", ""));
        m_server->setRoute("/v2/models/pair/ready", Script::reply(400, "text/plain", ""));
        QCOMPARE(waitFor(client->isReady()).value_or(true), false);
        m_server->setRoute("/v2/models/pair/ready", json(R"({"name":"pair","ready":true})"));
        QCOMPARE(waitFor(client->isReady()).value_or(false), true);
        m_server->setRoute("/v2/health/ready", Script::reply(400, "text/plain", ""));
        QCOMPARE(waitFor(client->isReady()).value_or(true), false);
    }

    void aServerWithoutConfigurationsIsAskedForMetadata()
    {
        m_server->setRoute(configPath, json(R"({"detail":"Not Found"})", 404));
        m_server->setRoute("/v2/models/pair", json(R"({"name":"pair","platform":"sklearn",
            "inputs":[{"name":"a","datatype":"FP32","shape":[-1,2]}],
            "outputs":[{"name":"sum","datatype":"FP32","shape":[-1,2]}]})"));
        m_server->setRoute(inferPath, json(answer("[1,2]", "[[1,2]]")));
        const auto client = model({}, BodyForm::Binary);
        const auto reply = waitFor(client->inferSample({.inputs = {batchOfOne(pairOf(1, 2))}}));
        QVERIFY2(reply, qPrintable(sentence(reply)));
        QCOMPARE(reply->output(u"sum")->shape, (QList<qint64>{1, 2}));
        QCOMPARE(m_server->requests().constLast().header("Content-Type"), "application/json"_ba);
    }

    void bytesBothWays()
    {
        m_server->setRoute(configPath, json(configOf(0)));
        const auto head
            = R"({"model_name":"pair","model_version":"1","outputs":[{"name":"sum",)"
              R"("datatype":"FP32","shape":[2],"parameters":{"binary_data_size":8}}]})"_ba;
        m_server->setRoute(inferPath,
            Script::reply(200, "application/octet-stream", head + pairOf(5, 6).data,
                {{"Inference-Header-Content-Length", QByteArray::number(head.size())}}));
        const auto client = model({}, BodyForm::Binary);
        const auto reply = waitFor(client->inferSample({.inputs = {pairOf(1, 2)}}));
        QVERIFY2(reply, qPrintable(sentence(reply)));
        QCOMPARE(reply->output(u"sum")->floats(), (QList<float>{5, 6}));
        QVERIFY(m_server->requests().constLast().body.endsWith(pairOf(1, 2).data));
    }

    void noMoreThanAllowedRunAtOnce()
    {
        m_server->setRoute(configPath, json(configOf(0)));
        m_server->setRoute(inferPath, Script().hold().send("HTTP/1.1 500 no\r\n\r\n").close());
        const auto client = model({.atOnce = 2, .queue = 3});
        QVERIFY(waitFor(client->config()));
        QList<QFuture<Result<InferReply>>> calls;
        for (int i = 0; i < 5; ++i) {
            calls.append(client->inferSample({.inputs = {pairOf(1, 2)}}));
        }
        const auto refused = waitFor(client->inferSample({.inputs = {pairOf(1, 2)}}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ApiError::Kind::RateLimited);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 2, longWait);
        // Queued: not sent. Running: ended, and the next takes its place.
        calls[3].cancel();
        calls[0].cancel();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 1 + 3, longWait);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 2, longWait);
        m_server->release();
        for (const int i : {1, 2}) {
            QVERIFY(!waitFor(calls[i]));
        }
        m_server->release();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 1, longWait);
        m_server->release();
        QVERIFY(!waitFor(calls[4]));
        QCOMPARE(m_server->requests().size(), 1 + 4);
        calls[4].cancel(); // ended already: nothing
    }

    void whatFailsIsSentAgainByAPolicyAlone()
    {
        m_server->setRoute(configPath, json(configOf(4)));
        m_server->setRoute(inferPath, json(R"({"error":"exceeds maximum queue size"})", 503));
        const auto without = model();
        QVERIFY(!waitFor(without->inferSample({.inputs = {pairOf(1, 2)}})));
        QCOMPARE(m_server->requests().size(), 2);

        QList<int> told;
        const auto client = model({.retry = {.retries = 2, .firstDelay = Milliseconds(1)},
            .told = [&](const Retry &retry) {
                told.append(retry.next);
                if (retry.next == 3) {
                    m_server->setRoute(inferPath, json(answer("[1,2]", "[1,2]")));
                }
            }});
        const auto reply = waitFor(client->inferSample({.inputs = {pairOf(1, 2)}}));
        QVERIFY2(reply, qPrintable(sentence(reply)));
        QCOMPARE(told, (QList<int>{2, 3}));
        QCOMPARE(m_server->requests().size(), 6);
    }

    void whatIsCancelledIsNotSentAgain()
    {
        m_server->setRoute(configPath, json(configOf(4)));
        m_server->setRoute(inferPath, json(R"({"error":"exceeds maximum queue size"})", 503));
        QFuture<Result<InferReply>> future;
        const auto client = model({.atOnce = 1,
            .retry = {.retries = 9, .firstDelay = Milliseconds(0)}, // sooner than any answer
            .told = [&](const Retry &retry) {
                if (retry.next == 3) {
                    future.cancel();
                    m_server->setRoute(inferPath, json(answer("[1,2]", "[1,2]")));
                }
            }});
        future = client->inferSample({.inputs = {pairOf(1, 2)}});
        QTRY_VERIFY_WITH_TIMEOUT(future.isCanceled(), longWait);
        // The next takes its place; nothing comes between.
        QVERIFY(waitFor(client->inferSample({.inputs = {pairOf(3, 4)}})));
        QCOMPARE(m_server->requests().size(), 4);
        QVERIFY(m_server->requests().constLast().body.contains("3"));
    }

    void deletedItCancelsAll()
    {
        m_server->setRoute(configPath, json(configOf(0)));
        m_server->setRoute(inferPath, Script().hold());
        auto client = model({.atOnce = 1});
        const auto running = client->inferSample({.inputs = {pairOf(1, 2)}});
        const auto queued = client->inferSample({.inputs = {pairOf(1, 2)}});
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 1, longWait);
        client.reset();
        QVERIFY(running.isCanceled() && queued.isCanceled());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->heldConnections(), 0, longWait);
    }

    void theKeyIsInNoError()
    {
        m_server->setRoute(configPath, json(R"({"error":"bad token canary-0123456789"})", 403));
        const auto config = waitFor(model()->config());
        QVERIFY(!config);
        QVERIFY(!config.error().serverMessage.contains(u"canary-0123456789"_s));
    }

    void grpcAddressesAreNotAskedOverHttp()
    {
        Target elsewhere = target();
        elsewhere.endpoint.url = QUrl(u"grpc://127.0.0.1:1"_s);
        HttpTransport transport(*m_client, elsewhere);
        const auto ready = waitFor(transport.serverReady());
        QVERIFY(!ready && ready.error().kind == ApiError::Kind::InvalidRequest);
    }

    void statisticsAndMetadata()
    {
        m_server->setRoute("/v2/models/stats",
            json(R"({"model_stats":[{"name":"pair","version":"1","inference_count":3}]})"));
        m_server->setRoute(
            "/v2", json(R"({"name":"triton","version":"2.60.0","extensions":["parameters"]})"));
        HttpTransport transport(*m_client, target());
        const auto statistics = waitFor(transport.statistics());
        QVERIFY(statistics && statistics->constFirst().inferences == 3);
        QCOMPARE(
            waitFor(transport.serverMetadata()).value_or(ServerMetadata()).version, u"2.60.0"_s);
    }
};

QTEST_GUILESS_MAIN(TestModelClient)
#include "tst_modelclient.moc"
