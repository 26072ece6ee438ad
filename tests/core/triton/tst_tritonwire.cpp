// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/infer.h"
#include "triton/tritonaddress.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;
using namespace Lorikeet::Triton;

namespace {

HttpReply replyOf(const QByteArray &body, qsizetype jsonLength = 0, int status = 200)
{
    HttpReply reply{.status = status,
        .headers = {{"Content-Type", "application/json"}},
        .body = body,
        .url = QUrl(u"http://triton:8000/v2/models/m/infer"_s)};
    if (jsonLength > 0) {
        reply.headers.append(
            Header{"Inference-Header-Content-Length", QByteArray::number(jsonLength)});
    }
    return reply;
}

template<typename T>
QString sentence(const Result<T> &result)
{
    return result ? QString() : result.error().message;
}

} // namespace

/// What goes to and comes from Triton and other KServe v2 servers, byte for byte.
class TestTritonWire final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    /// 1: host and port alone mean HTTP, but gRPC where gRPC is all a client speaks.
    void addresses_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("http");
        QTest::addColumn<QString>("grpc");
        const auto row = [](const QString &typed, const QString &http, const QString &grpc) {
            QTest::newRow(qPrintable(typed)) << typed << http << grpc;
        };
        row(u"localhost"_s, u"http://localhost:8000"_s, u"grpc://localhost:8001"_s);
        row(u"localhost:8001"_s, u"http://localhost:8001"_s, u"grpc://localhost:8001"_s);
        row(u"10.0.0.9:8201"_s, u"http://10.0.0.9:8201"_s, u"grpc://10.0.0.9:8201"_s);
        row(u"grpc://h"_s, u"grpc://h:8001"_s, u"grpc://h:8001"_s);
        row(u"GRPC://h:8201/x?y#z"_s, u"grpc://h:8201"_s, u"grpc://h:8201"_s);
        row(u"grpcs://h"_s, u"grpcs://h:443"_s, u"grpcs://h:443"_s);
        row(u"HTTP://user:word@h:8200/v2/models"_s, u"http://h:8200"_s, u"http://h:8200"_s);
        row(u"https://h/prefix/v2"_s, u"https://h:443/prefix"_s, u"https://h:443/prefix"_s);
        row(u"grpc://[::1]:8001"_s, u"grpc://[::1]:8001"_s, u"grpc://[::1]:8001"_s);
        row(u"[::1]:8005"_s, u"http://[::1]:8005"_s, u"grpc://[::1]:8005"_s);
        row(u"::1"_s, u"http://[::1]:8000"_s, u"grpc://[::1]:8001"_s);
    }

    void addresses()
    {
        QFETCH(const QString, typed);
        QFETCH(const QString, http);
        QFETCH(const QString, grpc);
        const auto address = addressFrom(typed);
        QVERIFY2(address, qPrintable(sentence(address)));
        QCOMPARE(address->url.toString(), http);
        QCOMPARE(address->transport,
            http.startsWith(u"grpc"_s) ? Address::Transport::Grpc : Address::Transport::Http);
        QCOMPARE(addressFrom(typed, Address::Transport::Grpc)->url.toString(), grpc);
    }

    void addressesThatAreNone()
    {
        for (const QString &typed :
            {u""_s, u"ftp://h"_s, u"http://"_s, u"h:port"_s, u"http://h:99999"_s}) {
            const auto address = addressFrom(typed);
            QVERIFY2(!address, qPrintable(typed));
            QCOMPARE(address.error().kind, ApiError::Kind::InvalidRequest);
        }
    }

    /// 2: the batch is not in a configuration's dims, and is in a metadata's shapes.
    void configuration()
    {
        const auto config = readModelConfig(R"({"name":"emb","platform":"","backend":"python",
            "max_batch_size":16,
            "input":[{"name":"sentence","data_type":"TYPE_STRING","dims":[1],"optional":false},
                     {"name":"mode","data_type":"TYPE_INT32","dims":["-1"],"optional":true}],
            "output":[{"name":"dense_vecs","data_type":"TYPE_FP32","dims":[1024]}],
            "parameters":{"k":{"string_value":"v"}},
            "model_transaction_policy":{"decoupled":true}})");
        QVERIFY2(config, qPrintable(sentence(config)));
        QVERIFY(config->batches() && config->maxBatchSize == 16 && config->decoupled);
        QCOMPARE(config->inputs,
            (QList<TensorInfo>{{u"sentence"_s, TensorType::Bytes, {1}, false},
                {u"mode"_s, TensorType::Int32, {-1}, true}}));
        QCOMPARE(config->outputs,
            (QList<TensorInfo>{{u"dense_vecs"_s, TensorType::Fp32, {1024}, false}}));
        QCOMPARE(config->backend, u"python"_s);
        QCOMPARE(config->parameters.value(u"k"_s), u"v"_s);
        const auto scalar = readModelConfig(
            R"({"name":"s","input":[{"name":"a","data_type":"TYPE_FP32","dims":[]}]})");
        QVERIFY(scalar && !scalar->batches() && scalar->inputs.constFirst().shape.isEmpty());
        const auto metadata = readModelMetadata(R"({"name":"emb","versions":["1","3"],
            "platform":"python","inputs":[{"name":"sentence","datatype":"BYTES","shape":[-1,1]}],
            "outputs":[{"name":"dense_vecs","datatype":"FP32","shape":[-1,1024]}]})");
        QVERIFY2(metadata, qPrintable(sentence(metadata)));
        QCOMPARE(metadata->inputs.constFirst().shape, (QList<qint64>{-1, 1}));
        QCOMPARE(metadata->versions, (QStringList{u"1"_s, u"3"_s}));
        QVERIFY(!configFrom(*metadata).batches());
        for (const QByteArray &body : {"<html>"_ba, "{}"_ba, "[]"_ba,
                 R"({"name":"x","input":[{"name":"a","data_type":"TYPE_INVALID"}]})"_ba}) {
            QVERIFY(!readModelConfig(body));
        }
    }

    void serverMetadata()
    {
        const auto server = readServerMetadata(
            R"({"name":"triton","version":"2.60.0","extensions":["binary_tensor_data"]})");
        QVERIFY(server);
        QCOMPARE(server->version, u"2.60.0"_s);
        QVERIFY(!readServerMetadata(R"({"object":"list"})"));
    }

    /// 7: the index is an array, and most of its members may be missing.
    void index()
    {
        const auto index = readIndex(R"([{"name":"emb","version":"3","state":"READY","reason":""},
            {"name":"old"},{"name":"bad","version":"1","state":"UNAVAILABLE","reason":"oom"}])");
        QVERIFY(index);
        QCOMPARE(index->size(), 3);
        QCOMPARE(index->at(1), IndexEntry{.name = u"old"_s});
        QCOMPARE(index->at(2).reason, u"oom"_s);
        QVERIFY(!readIndex(R"({"models":[]})"));
    }

    void jsonRequests()
    {
        Tensor texts = Tensor::ofTexts({u"one"_s, u"zwö"_s}, u"sentence"_s);
        texts.shape = {2, 1};
        const auto http = encodeInfer({.model = u"emb"_s,
                                          .id = u"q7"_s,
                                          .inputs = {texts},
                                          .outputs = {u"dense_vecs"_s},
                                          .parameters = {{u"priority"_s, 1}}},
            BodyForm::Json);
        QVERIFY(http);
        QCOMPARE(QJsonDocument::fromJson(http->body), QJsonDocument::fromJson(R"({"id":"q7",
            "parameters":{"priority":1},"inputs":[{"name":"sentence","shape":[2,1],
            "datatype":"BYTES","data":["one","zwö"]}],"outputs":[{"name":"dense_vecs"}]})"));
        QCOMPARE(headerValue(http->headers, "Content-Type"), "application/json"_ba);
        QVERIFY(headerValue(http->headers, "Inference-Header-Content-Length").isEmpty());
    }

    /// 21: the length is that of the JSON in bytes, not characters; bytes follow in the order of
    /// the inputs.
    void binaryRequests()
    {
        const Tensor first = Tensor::ofTexts({u"é"_s}, u"ünlaut"_s);
        const Tensor second = Tensor::ofFloats({1}, TensorType::Fp16, u"b"_s);
        const auto http = encodeInfer({.inputs = {first, second}}, BodyForm::Binary);
        QVERIFY(http);
        const qsizetype length
            = headerValue(http->headers, "Inference-Header-Content-Length").toLongLong();
        QCOMPARE(headerValue(http->headers, "Content-Type"), "application/octet-stream"_ba);
        const QJsonDocument header = QJsonDocument::fromJson(http->body.first(length));
        QCOMPARE(header[u"inputs"_s][0][u"parameters"_s][u"binary_data_size"_s].toInt(), 6);
        QCOMPARE(header[u"inputs"_s][1][u"parameters"_s][u"binary_data_size"_s].toInt(), 2);
        QVERIFY(header[u"inputs"_s][0][u"data"_s].isUndefined());
        QVERIFY(header[u"parameters"_s][u"binary_data_output"_s].toBool());
        QCOMPARE(http->body.sliced(length), "\x02\0\0\0\xc3\xa9\0\x3c"_ba);
    }

    /// 20: half floats are never JSON, nor are bytes that are no text; the rest stays JSON.
    void whatJsonCannotSayGoesAsBytes()
    {
        const auto http = encodeInfer(
            {.inputs = {Tensor::ofFloats({1}, TensorType::Bf16, u"a"_s),
                 Tensor::ofBytes({"\xff"_ba}, u"b"_s), Tensor::ofTexts({u"c"_s}, u"c"_s),
                 *Tensor::fromJson(TensorType::Uint64, u"18446744073709551615"_s, u"d"_s)}},
            BodyForm::Json);
        QVERIFY(http);
        const qsizetype length
            = headerValue(http->headers, "Inference-Header-Content-Length").toLongLong();
        const QJsonValue inputs = QJsonDocument::fromJson(http->body.first(length))[u"inputs"_s];
        QVERIFY(!inputs[0][u"data"_s].isArray() && !inputs[1][u"data"_s].isArray());
        QCOMPARE(inputs[2][u"data"_s], QJsonArray{u"c"_s});
        QVERIFY(!inputs[3][u"data"_s].isArray());
        QCOMPARE(http->body.size() - length, 2 + 5 + 8);
    }

    void parameters()
    {
        QVERIFY(!parameterProblem({{u"a"_s, 1}, {u"b"_s, u"x"_s}, {u"c"_s, true}}));
        QVERIFY(parameterProblem({{u"a"_s, 1.5}}));
        QVERIFY(!parameterProblem({{u"a"_s, 1.5}}, true));
        QVERIFY(parameterProblem({{u"a"_s, QJsonArray()}}, true));
        QVERIFY(!encodeInfer({.inputs = {}, .parameters = {{u"a"_s, 0.5}}}, BodyForm::Json));
    }

    void routes()
    {
        QCOMPARE(modelRoute(u"m"_s, {}).value_or(QString()), u"v2/models/m"_s);
        QCOMPARE(modelRoute(u"m"_s, u"3"_s, u"infer").value_or(QString()),
            u"v2/models/m/versions/3/infer"_s);
        QVERIFY(!modelRoute(u"a/b"_s, {}));
        QVERIFY(!modelRoute(u"m"_s, u"latest"_s));
        QVERIFY(!modelRoute({}, {}));
    }

    void jsonReplies()
    {
        const auto reply = readInferReply(replyOf(R"({"id":"q7","model_name":"emb",
            "model_version":"3","parameters":{"sequence_id":0,"x":"y"},
            "outputs":[{"name":"v","datatype":"FP32","shape":[2,2],"data":[0.1,2,3,NaN]},
                       {"name":"t","datatype":"BYTES","shape":[1],"data":["é"]},
                       {"name":"n","datatype":"UINT64","shape":[1,1],
                        "data":[[18446744073709551615]]}]})"));
        QVERIFY2(reply, qPrintable(sentence(reply)));
        QCOMPARE(reply->model, u"emb"_s);
        QCOMPARE(reply->version, u"3"_s);
        QCOMPARE(reply->output(u"v")->floats().first(3), (QList<float>{0.1F, 2, 3}));
        QVERIFY(qIsNaN(reply->output(u"v")->floats().last()));
        QCOMPARE(reply->output(u"t")->texts(), QStringList{u"é"_s});
        QCOMPARE(reply->output(u"n")->data.toHex(), "ffffffffffffffff"_ba);
        QCOMPARE(reply->parameters[u"x"_s].toString(), u"y"_s);
        QVERIFY(!reply->output(u"w"));
    }

    /// One reply may hold both forms.
    void binaryReplies()
    {
        const auto json = R"({"model_name":"é","model_version":"1","outputs":[)"
                          R"({"name":"a","datatype":"BF16","shape":[2],)"
                          R"("parameters":{"binary_data_size":4}},)"
                          R"({"name":"b","datatype":"INT32","shape":[1],"data":[7]},)"
                          R"({"name":"c","datatype":"BYTES","shape":[1],)"
                          R"("parameters":{"binary_data_size":6}}]})"_ba;
        const auto blobs = "\x80\x3f\x00\xbf\x02\0\0\0xy"_ba;
        const auto reply = readInferReply(replyOf(json + blobs, json.size()));
        QVERIFY2(reply, qPrintable(sentence(reply)));
        QCOMPARE(reply->output(u"a")->floats(), (QList<float>{1, -0.5F}));
        QCOMPARE(reply->output(u"b")->numbers(), QList<double>{7});
        QCOMPARE(reply->output(u"c")->bytes(), QByteArrayList{"xy"_ba});
        // Wherever it breaks off, it is an error and no wrong number.
        for (qsizetype cut = 0; cut < blobs.size(); ++cut) {
            const auto broken = readInferReply(replyOf(json + blobs.first(cut), json.size()));
            QVERIFY2(!broken, qPrintable(QString::number(cut)));
            QCOMPARE(broken.error().kind, ApiError::Kind::Protocol);
        }
        for (const qsizetype wrong : {json.size() - 1, json.size() + 100}) {
            QVERIFY(!readInferReply(replyOf(json + blobs, wrong)));
        }
    }

    void brokenReplies_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("no JSON") << "<html>"_ba;
        QTest::newRow("no outputs") << "{}"_ba;
        QTest::newRow("a type unknown")
            << R"({"outputs":[{"name":"a","datatype":"FP8","shape":[1],"data":[1]}]})"_ba;
        QTest::newRow("too few")
            << R"({"outputs":[{"name":"a","datatype":"FP32","shape":[2],"data":[1]}]})"_ba;
        QTest::newRow("no data")
            << R"({"outputs":[{"name":"a","datatype":"FP32","shape":[2]}]})"_ba;
        QTest::newRow("not of its type")
            << R"({"outputs":[{"name":"a","datatype":"INT8","shape":[1],"data":[300]}]})"_ba;
        QTest::newRow("negative shape")
            << R"({"outputs":[{"name":"a","datatype":"FP32","shape":[-1],"data":[1]}]})"_ba;
        QTest::newRow("an error under 200") << R"({"error":"boom"})"_ba;
    }

    void brokenReplies()
    {
        QFETCH(const QByteArray, body);
        const auto reply = readInferReply(replyOf(body));
        QVERIFY(!reply);
        QVERIFY(reply.error().message.endsWith(u'.'));
    }

    /// 6: 501 is what a decoupled model answers with.
    void errors()
    {
        const ApiError decoupled = inferError(replyOf(
            R"({"error":"HTTP end point does not support models with decoupled transaction policy"})",
            0, 501));
        QVERIFY(decoupled.message.contains(u"generate"_s));
        const ApiError unknown = inferError(
            replyOf(R"({"error":"Request for unknown model: 'm' is not found"})", 0, 400));
        QCOMPARE(unknown.kind, ApiError::Kind::NotFound);
        QVERIFY(unknown.message.contains(u"triton:8000"_s));
        const ApiError restricted
            = inferError(replyOf(R"({"error":"This API is restricted"})", 0, 403));
        QCOMPARE(restricted.kind, ApiError::Kind::Unauthorized);
        QVERIFY(restricted.message.contains(u"token"_s));
        QCOMPARE(inferError(replyOf(R"({"error":"x"})", 0, 503)).kind, ApiError::Kind::Unavailable);
    }
};

QTEST_GUILESS_MAIN(TestTritonWire)
#include "tst_tritonwire.moc"
