// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "futures.h"
#include "http/apiclient.h"
#include "http/curlaccessmanager.h"
#include "kserveserver.h"
#include "scriptedserver.h"
#include "triton/grpctransport.h"
#include "triton/httptransport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;
using namespace Lorikeet::Triton;

namespace {

Script json(const QByteArray &body, int status = 200)
{
    return Script::reply(status, "application/json"_ba, body);
}

ModelChange load(const QString &model)
{
    return {.kind = ModelChange::Kind::Load,
        .model = model,
        .config = {{u"backend"_s, u"onnxruntime"_s}},
        .files = {{u"1/model.onnx"_s, "a\0b"_ba}}};
}

} // namespace

/// Loading, unloading and statistics, over HTTP and over gRPC.
class TestRepository final : public QObject
{
    Q_OBJECT

    std::unique_ptr<KserveServer> m_peer;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<CurlAccessManager> m_manager;
    std::unique_ptr<ApiClient> m_client;
    std::unique_ptr<HttpTransport> m_http;
    std::unique_ptr<GrpcTransport> m_grpc;

    template<typename T>
    [[nodiscard]] static Result<T> changed(InferTransport &transport, const ModelChange &change)
    {
        return waitFor(transport.change(change, Milliseconds(60'000)));
    }

    /// What the gRPC server noted of all it was asked.
    [[nodiscard]] QStringList log() const
    {
        const auto reply = waitFor(m_grpc->infer({.model = u"log"_s}, Milliseconds(0)));
        return reply ? reply->output(u"log").value_or(Tensor()).texts() : QStringList();
    }

private Q_SLOTS:

    void initTestCase()
    {
        m_peer = std::make_unique<KserveServer>();
        QVERIFY(m_peer->port() > 0);
    }

    void init()
    {
        m_server = std::make_unique<ScriptedServer>();
        m_manager = std::make_unique<CurlAccessManager>();
        m_client = std::make_unique<ApiClient>(*m_manager);
        Target target = m_peer->target();
        m_grpc = std::make_unique<GrpcTransport>(target);
        target.endpoint.url = m_server->url();
        m_http = std::make_unique<HttpTransport>(*m_client, target);
    }

    void cleanup()
    {
        m_http.reset();
        m_grpc.reset();
        m_client.reset();
        m_manager.reset();
        m_server.reset();
    }

    void loadingOverHttp()
    {
        m_server->setRoute("/v2/repository/models/m%20x/load", json({}));
        const auto done = changed<void>(*m_http, load(u"m x"_s));
        QVERIFY2(done, qPrintable(sentence(done)));
        const ScriptedServer::Request sent = m_server->requests().constLast();
        QCOMPARE(sent.verb, "POST"_ba);
        QCOMPARE(sent.header("triton-access-token"), "canary-0123456789"_ba);
        // The configuration is JSON within JSON, files are base64.
        const QJsonValue parameters = QJsonDocument::fromJson(sent.body)[u"parameters"_s];
        QCOMPARE(parameters[u"config"_s].toString(), u"{\"backend\":\"onnxruntime\"}"_s);
        QCOMPARE(parameters[u"file:1/model.onnx"_s].toString(), u"YQBi"_s);
    }

    void unloadingOverHttp()
    {
        m_server->setRoute("/v2/repository/models/m/unload", json("{}"));
        QVERIFY(changed<void>(*m_http, {.kind = ModelChange::Kind::Unload, .model = u"m"_s}));
        QCOMPARE(m_server->requests().constLast().body, "{}"_ba);
        QVERIFY(changed<void>(*m_http,
            {.kind = ModelChange::Kind::Unload, .model = u"m"_s, .unloadDependents = true}));
        QCOMPARE(m_server->requests().constLast().body,
            R"({"parameters":{"unload_dependents":true}})"_ba);
    }

    void changingOverGrpc()
    {
        const auto loaded = changed<void>(*m_grpc, load(u"fresh"_s));
        QVERIFY2(loaded, qPrintable(sentence(loaded)));
        QVERIFY(log().contains(
            u"load fresh config={\"backend\":\"onnxruntime\"} file:1/model.onnx=b'a\\x00b'"_s));
        const auto index = waitFor(m_grpc->index());
        QVERIFY(index);
        QVERIFY(index->contains(IndexEntry{u"fresh"_s, u"1"_s, u"READY"_s, {}}));
        QVERIFY(changed<void>(*m_grpc, {.kind = ModelChange::Kind::Unload, .model = u"fresh"_s}));
        QVERIFY(changed<void>(*m_grpc,
            {.kind = ModelChange::Kind::Unload, .model = u"whole"_s, .unloadDependents = true}));
        QVERIFY(log().contains(u"unload fresh parts=False"_s));
        QVERIFY(log().contains(u"unload whole parts=True"_s));
    }

    /// A server whose models are fixed says that it is unavailable, which time would not heal.
    void aServerThatLetsNobodyChangeItsModels()
    {
        m_server->setRoute("/v2/repository/models/fixed/load",
            json(R"({"error":"explicit model load / unload is not allowed if polling is enabled"})",
                503));
        for (InferTransport *transport : {static_cast<InferTransport *>(m_http.get()),
                 static_cast<InferTransport *>(m_grpc.get())}) {
            const auto refused = changed<void>(*transport, {.model = u"fixed"_s});
            QVERIFY(!refused);
            QCOMPARE(refused.error().kind, ApiError::Kind::BadRequest);
            QVERIFY(refused.error().message.contains(u"--model-control-mode=explicit"_s));
        }
    }

    void aModelThatDoesNotLoad()
    {
        m_server->setRoute("/v2/repository/models/broken/load",
            json(R"({"error":"failed to load 'broken', no version is available"})", 400));
        for (InferTransport *transport : {static_cast<InferTransport *>(m_http.get()),
                 static_cast<InferTransport *>(m_grpc.get())}) {
            const auto failed = changed<void>(*transport, {.model = u"broken"_s});
            QVERIFY(!failed);
            QVERIFY(failed.error().message.contains(u"could not load “broken”"_s));
            QVERIFY(failed.error().serverMessage.contains(u"no version"_s));
        }
    }

    void whatCannotBeAskedIsNotSent()
    {
        const QList<ModelChange> wrong{
            {.model = {}}, {.model = u"a/b"_s}, {.model = u"m"_s, .files = {{u"1/m"_s, "x"_ba}}}};
        for (const ModelChange &change : wrong) {
            const auto overHttp = changed<void>(*m_http, change);
            const auto overGrpc = changed<void>(*m_grpc, change);
            QVERIFY(!overHttp && !overGrpc);
            QCOMPARE(overHttp.error().kind, ApiError::Kind::InvalidRequest);
            QCOMPARE(overHttp.error(), overGrpc.error());
        }
        QVERIFY(m_server->requests().isEmpty());
    }

    /// 23: cumulative; items are not requests; nanoseconds, and one time in milliseconds.
    void statisticsAreCumulative()
    {
        const auto read = [](int inferences, int executions, int success, qint64 ns) {
            return readStatistics(
                u"{\"model_stats\":[{\"name\":\"m\",\"version\":\"1\","
                "\"last_inference\":1700000000123,\"inference_count\":%1,"
                "\"execution_count\":%2,\"inference_stats\":{\"success\":"
                "{\"count\":%3,\"ns\":%4},\"queue\":{\"count\":\"7\",\"ns\":\"9\"}},"
                "\"batch_stats\":[{\"batch_size\":4,\"compute_infer\":{\"count\":%2,\"ns\":1}}],"
                "\"response_stats\":{\"10\":{\"success\":{\"count\":1,\"ns\":1}},"
                "\"2\":{\"success\":{\"count\":%3,\"ns\":1}}}}]}"_s.arg(inferences)
                    .arg(executions)
                    .arg(success)
                    .arg(ns)
                    .toUtf8());
        };
        const auto before = read(10, 5, 8, 1000);
        const auto after = read(34, 11, 20, 5000);
        QVERIFY(before && after);
        QCOMPARE(before->constFirst().lastInference, Milliseconds(1700000000123));
        QCOMPARE(before->constFirst().queue.total, Nanoseconds(9));
        const ModelStatistics between = subtract(after->constFirst(), before->constFirst());
        QCOMPARE(between.inferences, 24U);
        QCOMPARE(between.executions, 6U);
        QCOMPARE(between.success, (DurationStatistic{12, Nanoseconds(4000)}));
        QCOMPARE(between.batches.constFirst().computeInfer.count, 6U);
        // By number, not by text.
        QCOMPARE(between.responses.constFirst().index, 2);
        QCOMPARE(between.responses.constFirst().success.count, 12U);
        QVERIFY(!readStatistics("{}"));
    }

    void statisticsOverGrpc()
    {
        const auto statistics = waitFor(m_grpc->statistics());
        QVERIFY2(statistics, qPrintable(sentence(statistics)));
        const ModelStatistics &echo = statistics->constFirst();
        QCOMPARE(echo.name, u"echo"_s);
        QCOMPARE(echo.lastInference, Milliseconds(1700000000123));
        QCOMPARE(echo.inferences, 24U);
        QCOMPARE(echo.executions, 6U);
        QCOMPARE(echo.success, (DurationStatistic{12, Nanoseconds(qint64(1) << 40)}));
        QCOMPARE(echo.cacheHit.count, 3U);
        QCOMPARE(echo.batches.constFirst().size, 4U);
        QCOMPARE(echo.responses.size(), 2);
        QCOMPARE(echo.responses.constFirst().index, 2);
        QCOMPARE(echo.responses.constFirst().cancelled.count, 4U);
        // As the server writes them over HTTP.
        const QByteArray body
            = QJsonDocument(QJsonObject{{u"model_stats"_s, QJsonArray{toJson(echo)}}}).toJson();
        QCOMPARE(readStatistics(body).value_or(QList<ModelStatistics>()).constFirst(), echo);
        const auto none = waitFor(m_grpc->statistics(u"nobody"_s));
        QVERIFY(!none);
        QCOMPARE(none.error().kind, ApiError::Kind::NotFound);
    }

    void statisticsOverHttp()
    {
        m_server->setRoute("/v2/models/stats", json(R"({"model_stats":[]})"));
        m_server->setRoute("/v2/models/m/versions/2/stats",
            json(R"({"model_stats":[{"name":"m","version":"2"}]})"));
        QVERIFY(waitFor(m_http->statistics()));
        const auto one = waitFor(m_http->statistics(u"m"_s, u"2"_s));
        QVERIFY2(one, qPrintable(sentence(one)));
        QCOMPARE(one->constFirst().version, u"2"_s);
    }
};

QTEST_GUILESS_MAIN(TestRepository)
#include "tst_repository.moc"
