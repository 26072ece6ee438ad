// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rawclient.h"
#include "simulator/simulatorthread.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// What LoRAX refuses, and what it tells besides answers.
class tst_SimulatorLoraxRoutes : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimulatorThread> m_simulator;
    quint16 m_port = 0;

    [[nodiscard]] RawReply generate(const QByteArray &path, const QString &inputs,
        const QJsonObject &parameters = {}, bool stream = false) const
    {
        QJsonObject body{{u"inputs"_s, inputs}, {u"parameters"_s, parameters}};
        if (stream) {
            body.insert(u"stream"_s, true);
        }
        return post(m_port, path, body);
    }

private Q_SLOTS:
    void initTestCase();
    void refuses_data();
    void refuses();
    void refusesWithinStreams();
    void unreadableBodies_data();
    void unreadableBodies();
    void overloaded();
    void tellsInfoAndHealth();
    void countsTokens();
    void canSpeakOnlyThis();
};

void tst_SimulatorLoraxRoutes::initTestCase()
{
    SimulatorOptions options;
    options.timing = *simulatorProfile(u"unpaced");
    m_simulator = std::make_unique<SimulatorThread>(options);
    QVERIFY(m_simulator->start());
    m_port = m_simulator->port();
}

void tst_SimulatorLoraxRoutes::refuses_data()
{
    QTest::addColumn<QByteArray>("parameters");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("type");
    const auto row = [](const char *name, const char *parameters, int status = 422,
                         const char *type = "validation") {
        QTest::newRow(name) << QByteArray(parameters) << status << QString::fromLatin1(type);
    };
    row("best_of limit", R"("best_of":3,"do_sample":true)");
    row("best_of greedy", R"("best_of":2)");
    row("best_of seed", R"("best_of":2,"do_sample":true,"seed":1)");
    row("temperature", R"("temperature":-0.5)");
    row("repetition", R"("repetition_penalty":0)");
    row("frequency", R"("frequency_penalty":2.1)");
    row("presence", R"("presence_penalty":-2.1)");
    row("top_p 0", R"("top_p":0.0)");
    row("top_p", R"("top_p":1.1)");
    row("typical_p", R"("typical_p":1.0)");
    row("top_k", R"("top_k":0)");
    row("alternatives", R"("return_k_alternatives":0)");
    row("max_new_tokens", R"("max_new_tokens":0)");
    row("total", R"("max_new_tokens":8192)");
    row("stops", R"("stop":["a","b","c","d","e"])");
    row("truncate", R"("truncate":0)");
    row("both", R"("adapter_id":"","merged_adapters":{"ids":["support-v3"],"weights":[1]})");
    row("no ids", R"("merged_adapters":{"ids":[],"weights":[]})");
    row("weights", R"("merged_adapters":{"ids":["support-v3"]})");
    row("control characters", R"("adapter_id":"support-v3/\r\nX: y")");
    row("adapter", R"("adapter_id":"nobody/nothing")", 424, "generation");
    row("source", R"("adapter_id":"support-v3","adapter_source":"ftp")", 424, "generation");
}

void tst_SimulatorLoraxRoutes::refuses()
{
    QFETCH(const QByteArray, parameters);
    const QByteArray body = R"({"inputs":"Hello","parameters":{)" + parameters + "}}";
    const RawReply reply = ask(m_port, "POST", "/generate", body);
    QTEST(reply.status, "status");
    QCOMPARE(reply.json().keys(), (QStringList{u"error"_s, u"error_type"_s}));
    QTEST(reply.json()[u"error_type"_s].toString(), "type");
    // The same as a stream: 200, and the error is the only event.
    const RawReply stream = ask(m_port, "POST", "/generate_stream", body);
    QCOMPARE(stream.status, 200);
    QCOMPARE(stream.header("content-type"), "text/event-stream");
    QCOMPARE(stream.chunks().size(), 1);
    QTEST(stream.chunks()[0][u"error_type"_s].toString(), "type");
}

void tst_SimulatorLoraxRoutes::refusesWithinStreams()
{
    for (const QJsonObject &parameters : {QJsonObject{{u"best_of"_s, 2}, {u"do_sample"_s, true}},
             QJsonObject{{u"decoder_input_details"_s, true}}}) {
        QCOMPARE(generate("/generate", u"Say: x"_s, parameters).status, 200);
        const RawReply stream = generate("/generate_stream", u"Say: x"_s, parameters);
        QCOMPARE(stream.chunks()[0][u"error_type"_s].toString(), u"validation"_s);
    }
    QCOMPARE(generate("/generate", QString()).json()[u"error_type"_s].toString(), u"validation"_s);
    const QString longPrompt = u"word "_s.repeated(9000);
    QCOMPARE(generate("/generate", longPrompt).json()[u"error_type"_s].toString(), u"validation"_s);
}

void tst_SimulatorLoraxRoutes::unreadableBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("cut") << R"({"inputs":)"_ba << 400;
    QTest::newRow("no inputs") << R"({"parameters":{}})"_ba << 422;
    QTest::newRow("array") << R"({"inputs":["a"]})"_ba << 422;
    QTest::newRow("null parameters") << R"({"inputs":"a","parameters":null})"_ba << 422;
    QTest::newRow("null stop") << R"({"inputs":"a","parameters":{"stop":null}})"_ba << 422;
    QTest::newRow("text stop") << R"({"inputs":"a","parameters":{"stop":"b"}})"_ba << 422;
    QTest::newRow("null bool") << R"({"inputs":"a","parameters":{"do_sample":null}})"_ba << 422;
    QTest::newRow("fraction") << R"({"inputs":"a","parameters":{"top_k":3.0}})"_ba << 422;
    QTest::newRow("negative") << R"({"inputs":"a","parameters":{"best_of":-1}})"_ba << 422;
    QTest::newRow("format") << R"({"inputs":"a","parameters":{"response_format":{"type":"x"}}})"_ba
                            << 422;
    QTest::newRow("null density")
        << R"({"inputs":"a","parameters":{"merged_adapters":{"ids":["support-v3"],"density":null}}})"_ba
        << 422;
    QTest::newRow("large") << R"({"inputs":")" + QByteArray(2'100'000, 'a') + R"("})" << 413;
}

void tst_SimulatorLoraxRoutes::unreadableBodies()
{
    QFETCH(const QByteArray, body);
    for (const QByteArray path : {"/generate", "/generate_stream", "/"}) {
        const RawReply reply = ask(m_port, "POST", path, body);
        QTEST(reply.status, "status");
        QVERIFY(reply.header("content-type").startsWith("text/plain"));
    }
    RawClient plain(m_port);
    plain.send(
        "POST /generate HTTP/1.1\r\nHost: a\r\nContent-Length: 14\r\n\r\n{\"inputs\":\"a\"}");
    QCOMPARE(plain.receive().status, 415);
}

void tst_SimulatorLoraxRoutes::overloaded()
{
    SimulatorOptions options;
    options.timing = *simulatorProfile(u"slow");
    options.concurrency = 1;
    SimulatorThread busy(options);
    QVERIFY(busy.start());
    RawClient first(busy.port());
    first.sendRequest("POST", "/generate_stream", R"({"inputs":"Hello"})");
    QCOMPARE(first.receive(30'000, true).status, 200);
    const RawReply refused = post(busy.port(), "/generate", {{u"inputs"_s, u"Hello"_s}});
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.json()[u"error_type"_s].toString(), u"overloaded"_s);
    QVERIFY(refused.header("retry-after").isEmpty());
}

void tst_SimulatorLoraxRoutes::tellsInfoAndHealth()
{
    const QJsonObject info = ask(m_port, "GET", "/info").json();
    QCOMPARE(info[u"model_id"_s].toString(), simulatorBaseModel());
    QCOMPARE(info[u"max_total_tokens"_s].toInt(), 8192);
    QCOMPARE(info[u"max_input_length"_s].toInt(), 8191);
    QVERIFY(info.contains(u"eager_prefill"_s) && info.contains(u"request_logger_url"_s));
    QVERIFY(!info.contains(u"router"_s));
    for (const QByteArray path : {"/", "/health", "/ping"}) {
        const RawReply reply = ask(m_port, "GET", path);
        QCOMPARE(reply.status, 200);
        QVERIFY(reply.body.isEmpty());
    }
}

void tst_SimulatorLoraxRoutes::countsTokens()
{
    const QJsonArray tokens
        = QJsonDocument::fromJson(post(m_port, "/tokenize", {{u"inputs"_s, u"Grüße, Welt"_s}}).body)
              .array();
    QCOMPARE(tokens[0][u"text"_s].toString(), u"<s>"_s);
    QString joined;
    int at = 0;
    for (const QJsonValue &token : tokens) {
        if (token[u"id"_s].toInt() == 1) {
            continue;
        }
        QCOMPARE(token[u"start"_s].toInt(), at);
        at = token[u"stop"_s].toInt();
        joined += token[u"text"_s].toString();
    }
    QCOMPARE(joined, u"Grüße, Welt"_s);
    QCOMPARE(at, 11);
}

void tst_SimulatorLoraxRoutes::canSpeakOnlyThis()
{
    SimulatorOptions options;
    options.dialect = SimulatorDialect::Lorax;
    SimulatorThread strict(options);
    QVERIFY(strict.start());
    const RawReply models = ask(strict.port(), "GET", "/v1/models");
    QCOMPARE(models.status, 404);
    QVERIFY(models.body.isEmpty());
    QCOMPARE(ask(strict.port(), "GET", "/version").status, 404);
    QCOMPARE(ask(strict.port(), "GET", "/info").status, 200);
    const RawReply wrongMethod = ask(strict.port(), "GET", "/generate");
    QCOMPARE(wrongMethod.status, 405);
    QVERIFY(wrongMethod.body.isEmpty());
    QVERIFY(ask(strict.port(), "GET", "/metrics").body.contains("lorax_queue_length"));
}

QTEST_GUILESS_MAIN(tst_SimulatorLoraxRoutes)

#include "tst_simulatorloraxroutes.moc"
