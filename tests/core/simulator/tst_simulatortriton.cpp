// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/apiclient.h"
#include "http/curlaccessmanager.h"
#include "simulator/simulator.h"
#include "tasks/taskclient.h"
#include "triton/httptransport.h"
#include "triton/infer.h"
#include "triton/modelclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

} // namespace

/// The simulated Triton: its routes, its models that do not write, and how its backend refuses.
class TestSimulatorTriton final : public QObject
{
    Q_OBJECT

    std::unique_ptr<Simulator> m_simulator;
    CurlAccessManager m_manager;
    std::unique_ptr<ApiClient> m_client;

    [[nodiscard]] HttpReply ask(
        const QByteArray &verb, const QString &path, const QJsonObject &body = {})
    {
        HttpRequest request{.verb = verb, .url = m_simulator->url()};
        request.url.setPath(path);
        if (verb == "POST") {
            request.headers = {{"Content-Type", "application/json"}};
            request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
        }
        const auto future = m_client->fetch(request, {}, Milliseconds(longWait));
        (void)QTest::qWaitFor([&future] { return future.isFinished(); }, longWait);
        return future.isFinished() && future.result() ? *future.result() : HttpReply();
    }

    [[nodiscard]] static QJsonDocument json(const HttpReply &reply)
    {
        return QJsonDocument::fromJson(reply.body);
    }

    [[nodiscard]] Target target(const QString &model) const
    {
        Target target;
        target.endpoint.url = m_simulator->url();
        target.endpoint.provider = u"triton"_s;
        target.endpoint.model = model;
        return target;
    }

    template<typename Request>
    [[nodiscard]] auto run(const QString &model, const Request &request) const
    {
        const auto future = runTask(*m_client, TaskDialect::Triton, target(model), request);
        (void)QTest::qWaitFor([&future] { return future.isFinished(); }, longWait);
        return future.result();
    }

private Q_SLOTS:

    void init()
    {
        m_simulator = std::make_unique<Simulator>(SimulatorOptions{.server = u"triton"_s});
        QVERIFY(m_simulator->start());
        m_client = std::make_unique<ApiClient>(m_manager);
    }

    void cleanup()
    {
        m_client.reset();
        m_simulator.reset();
    }

    void healthIsAStatusAlone()
    {
        for (const QString &path : {u"/v2/health/live"_s, u"/v2/health/ready"_s,
                 u"/v2/models/simulated-8b/ready"_s, u"/v2/models/embedder/versions/1/ready"_s}) {
            const HttpReply reply = ask("GET", path);
            QCOMPARE(reply.status, 200);
            QCOMPARE(reply.body, ""_ba);
        }
        QCOMPARE(ask("GET", u"/v2/models/nobody/ready"_s).status, 404);
    }

    void theRepositoryListsWhatIsThereAndWhatIsReady()
    {
        const QJsonArray models = json(ask("POST", u"/v2/repository/index"_s)).array();
        QCOMPARE(models.size(), 4);
        QCOMPARE(models.at(0)[u"state"_s], u"READY"_s);
        QVERIFY(models.at(3)[u"state"_s].isUndefined()); // never loaded
        QCOMPARE(ask("GET", u"/v2/repository/index"_s).status, 405);
    }

    /// The batch is a dimension of the metadata and none of the configuration, which calls text a
    /// string.
    void configurationAndMetadataDiffer()
    {
        const QJsonDocument config = json(ask("GET", u"/v2/models/embedder/config"_s));
        QCOMPARE(config[u"input"_s][0][u"dims"_s].toArray(), QJsonArray{1});
        QCOMPARE(config[u"input"_s][0][u"data_type"_s], u"TYPE_STRING"_s);
        const QJsonDocument metadata = json(ask("GET", u"/v2/models/embedder"_s));
        QCOMPARE(metadata[u"inputs"_s][0][u"shape"_s].toArray(), (QJsonArray{-1, 1}));
        QCOMPARE(metadata[u"inputs"_s][0][u"datatype"_s], u"BYTES"_s);
        QVERIFY(json(ask("GET",
            u"/v2/models/simulated-8b/config"_s))[u"model_transaction_policy"_s][u"decoupled"_s]
                .toBool());
    }

    void textsHaveVectors()
    {
        EmbedRequest request;
        for (int i = 0; i < 40; ++i) { // more than one batch
            request.inputs.append(u"text %1"_s.arg(i % 39));
        }
        const auto reply = run(u"embedder"_s, request);
        QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().message));
        QCOMPARE(reply->vectors.size(), 40);
        QCOMPARE(reply->report.requests, 3);
        QCOMPARE(reply->vectors.at(0), reply->vectors.at(39));
        QVERIFY(reply->vectors.at(0) != reply->vectors.at(1));
    }

    void documentsAreRanked()
    {
        RerankRequest request;
        request.query = u"green parrot"_s;
        request.documents = {u"a grey owl"_s, u"a green parrot"_s, u"a green frog"_s};
        const auto reply = run(u"reranker"_s, request);
        QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().message));
        QCOMPARE(reply->ranks.at(0).index, 1);
        QCOMPARE(reply->ranks.at(1).index, 2);
        QCOMPARE(reply->ranks.at(2).score, 0.0);
    }

    /// In JSON and with bytes behind it, the same is said.
    void tensorsTravelInBothForms()
    {
        QList<QList<float>> answers;
        for (const auto form : {Triton::BodyForm::Json, Triton::BodyForm::Binary}) {
            Triton::ModelClient model(
                std::make_unique<Triton::HttpTransport>(*m_client, target(u"embedder"_s), form),
                {.model = u"embedder"_s});
            Triton::Tensor text = Triton::Tensor::ofTexts({u"Grüße"_s}, u"sentence"_s);
            text.shape = {1};
            const auto future = model.inferSample({.inputs = {text}});
            QVERIFY(QTest::qWaitFor([&future] { return future.isFinished(); }, longWait));
            QVERIFY2(future.result(),
                qPrintable(future.result() ? QString() : future.result().error().message));
            answers.append(future.result()->output(u"dense_vecs"_s)->floats());
        }
        QCOMPARE(answers.at(0), answers.at(1));
        QVERIFY(!answers.at(0).isEmpty());
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("route");
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("words");
        const QJsonObject text{{u"text_input"_s, u"hi"_s}};
        const auto with = [&text](const QString &name, const QJsonValue &value) {
            QJsonObject body = text;
            body.insert(name, value);
            return body;
        };
        QTest::newRow("a decoupled model")
            << u"simulated-8b/infer"_s << text << 501 << "decoupled"_ba;
        QTest::newRow("no such model") << u"nobody/generate"_s << text << 404 << "unknown model"_ba;
        QTest::newRow("no prompt")
            << u"simulated-8b/generate"_s << QJsonObject() << 400 << "text_input"_ba;
        QTest::newRow("a list is no parameter")
            << u"simulated-8b/generate"_s << with(u"stop"_s, QJsonArray{u"x"_s}) << 400
            << "invalid type"_ba;
        QTest::newRow("a word that vLLM dropped")
            << u"simulated-8b/generate"_s
            << with(u"sampling_parameters"_s, u"{\"use_beam_search\":false}"_s) << 500
            << "Unexpected keyword argument"_ba;
        QTest::newRow("an adapter it was not started with")
            << u"simulated-8b/generate"_s
            << with(u"sampling_parameters"_s, u"{\"lora_name\":\"nobody\"}"_s) << 500
            << "LoRA nobody is not supported"_ba;
        QTest::newRow("a stream where one answer is expected")
            << u"simulated-8b/generate"_s << with(u"stream"_s, true) << 500 << "exactly 1"_ba;
        QTest::newRow("too large a batch")
            << u"embedder/infer"_s
            << QJsonObject{{u"inputs"_s,
                   QJsonArray{QJsonObject{{u"name"_s, u"sentence"_s}, {u"datatype"_s, u"BYTES"_s},
                       {u"shape"_s, QJsonArray{17, 1}},
                       {u"data"_s, QJsonArray::fromStringList(QStringList(17, u"x"_s))}}}}}
            << 400 << "batch-size must be <= 16"_ba;
        QTest::newRow("an input that is not there")
            << u"reranker/infer"_s << QJsonObject() << 400 << "expected 2 inputs"_ba;
    }

    void refusals()
    {
        QFETCH(const QString, route);
        QFETCH(const QJsonObject, body);
        QFETCH(const int, status);
        QFETCH(const QByteArray, words);
        const HttpReply reply = ask("POST", u"/v2/models/"_s + route, body);
        QCOMPARE(reply.status, status);
        QVERIFY2(reply.body.contains(words), reply.body);
        QVERIFY(json(reply)[u"error"_s].isString());
    }

    /// An error before the first token is an event, under its own status.
    void anEarlyErrorOfAStreamIsAnEvent()
    {
        const HttpReply reply = ask("POST", u"/v2/models/simulated-8b/generate_stream"_s,
            {{u"text_input"_s, u"hi"_s}, {u"sampling_parameters"_s, u"{\"oops\":1}"_s}});
        QCOMPARE(reply.status, 500);
        QCOMPARE(reply.contentType(), "text/event-stream"_ba);
        QVERIFY2(reply.body.startsWith("data: {\"error\""), reply.body);
    }

    /// Sixteen tokens unless more are asked for; the prompt comes first unless it is left out.
    void theBackendsOwnDefaults()
    {
        const QString prompt = u"Explain tides"_s;
        const QJsonDocument reply = json(ask("POST", u"/v2/models/simulated-8b/generate"_s,
            {{u"text_input"_s, prompt}, {u"return_num_output_tokens"_s, true},
                {u"return_finish_reason"_s, true}}));
        QVERIFY(reply[u"text_output"_s].toString().startsWith(prompt));
        QCOMPARE(reply[u"num_output_tokens"_s].toInt(), 16);
        QCOMPARE(reply[u"finish_reason"_s], u"length"_s);
    }

    void severalAnswersComeAsArrays()
    {
        const QJsonDocument reply = json(ask("POST", u"/v2/models/simulated-8b/generate"_s,
            {{u"text_input"_s, u"Say: hello"_s},
                {u"sampling_parameters"_s, u"{\"n\":2,\"temperature\":1}"_s}}));
        QCOMPARE(reply[u"text_output"_s].toArray().size(), 2);
    }

    void whatWasAskedIsCounted()
    {
        (void)ask("POST", u"/v2/models/simulated-8b/generate"_s, {{u"text_input"_s, u"hi"_s}});
        const QJsonDocument statistics = json(ask("GET", u"/v2/models/simulated-8b/stats"_s));
        QCOMPARE(statistics[u"model_stats"_s][0][u"inference_count"_s].toInt(), 1);
        QCOMPARE(json(ask("GET", u"/v2/models/stats"_s))[u"model_stats"_s].toArray().size(), 3);
    }
};

QTEST_GUILESS_MAIN(TestSimulatorTriton)
#include "tst_simulatortriton.moc"
