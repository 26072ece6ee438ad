// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rawclient.h"
#include "simulator/simulatorthread.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// The servers the simulator can be, compared with what those send.
class tst_SimulatorServers : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimulatorThread> m_simulator;
    quint16 m_port = 0;

    [[nodiscard]] bool startAs(const QString &server, const QString &key = {})
    {
        SimulatorOptions options;
        options.server = server;
        options.key = Secret(key);
        options.timing = *simulatorProfile(u"unpaced");
        m_simulator = std::make_unique<SimulatorThread>(options);
        const bool started = bool(m_simulator->start());
        m_port = m_simulator->port();
        return started;
    }

    static void forEachServer()
    {
        QTest::addColumn<QString>("name");
        for (const SimulatorServerHelp &server : simulatorServerHelp()) {
            QTest::newRow(qPrintable(server.name)) << server.name;
        }
    }

private Q_SLOTS:

    void everyServerIsTold_data() { forEachServer(); }

    void everyServerIsTold()
    {
        QFETCH(const QString, name);
        QVERIFY(startAs(name, u"open-sesame"_s));
        // What it did is told whoever it is, and what it does not know is refused.
        QCOMPARE(ask(m_port, "GET", "/sim/log").status, 200);
        QVERIFY(ask(m_port, "GET", "/klingon").status >= 400 || name == "lmstudio"_L1);
    }

    void ollamaIsRecognised()
    {
        QVERIFY(startAs(u"ollama"_s));
        QCOMPARE(ask(m_port, "GET", "/").body, "Ollama is running");
        QVERIFY(ask(m_port, "GET", "/api/version").json()[u"version"_s].isString());
        const QJsonArray models = ask(m_port, "GET", "/api/tags").json()[u"models"_s].toArray();
        QCOMPARE(models.size(), 4);
        QCOMPARE(models[0][u"name"_s].toString(), simulatorBaseModel() + u":latest"_s);
        QCOMPARE(models[1][u"details"_s][u"parent_model"_s].toString(),
            simulatorBaseModel() + u":latest"_s);
        QCOMPARE(ask(m_port, "GET", "/api/ps").json()[u"models"_s][0][u"context_length"_s].toInt(),
            8192);
        QCOMPARE(post(m_port, "/api/show", {{u"model"_s, u"support-v3"_s}})
                     .json()[u"model_info"_s][u"llama.context_length"_s]
                     .toInt(),
            8192);
        QCOMPARE(ask(m_port, "GET", "/v1/models").json()[u"data"_s][0][u"owned_by"_s].toString(),
            u"library"_s);
        QCOMPARE(ask(m_port, "GET", "/version").status, 404);
    }

    void ollamaStreamsLines()
    {
        QVERIFY(startAs(u"ollama"_s));
        // A stream unless told otherwise.
        const RawReply reply = post(m_port, "/api/chat",
            {{u"model"_s, u"simulated-8b"_s},
                {u"messages"_s, chatBody(u"Say: one two three"_s)[u"messages"_s]},
                {u"options"_s, QJsonObject{{u"unknown"_s, 1}, {u"num_predict"_s, -1}}}});
        QCOMPARE(reply.header("content-type"), "application/x-ndjson");
        QString text;
        QJsonObject last;
        const QByteArrayList lines = reply.body.split('\n');
        for (const QByteArray &line : lines) {
            if (!line.isEmpty()) {
                QVERIFY(!last[u"done"_s].toBool());
                last = QJsonDocument::fromJson(line).object();
                QCOMPARE(last[u"model"_s].toString(), u"simulated-8b"_s);
                text += last[u"message"_s][u"content"_s].toString();
            }
        }
        QCOMPARE(text, u"one two three"_s);
        QCOMPARE(last[u"done_reason"_s].toString(), u"stop"_s);
        QVERIFY(last[u"eval_count"_s].toInt() >= 3);
        QVERIFY(last[u"total_duration"_s].isDouble());
    }

    void ollamaRefuses_data()
    {
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("error");
        const QJsonValue messages = chatBody(u"Hi"_s)[u"messages"_s];
        const auto row = [&](const char *name, QJsonObject body, int status, const QString &error) {
            body.insert(u"messages"_s, messages);
            QTest::newRow(name) << body << status << error;
        };
        row("model", {{u"model"_s, u"none"_s}}, 404, u"model 'none' not found"_s);
        row("no model", {}, 400, u"model is required"_s);
        row("type",
            {{u"model"_s, u"support-v3"_s}, {u"options"_s, QJsonObject{{u"top_k"_s, u"many"_s}}}},
            400, u"option \"top_k\" must be of type integer"_s);
        row("stop as text",
            {{u"model"_s, u"support-v3"_s}, {u"options"_s, QJsonObject{{u"stop"_s, u"."_s}}}}, 400,
            u"option \"stop\" must be of type array"_s);
    }

    void ollamaRefuses()
    {
        QFETCH(const QJsonObject, body);
        QVERIFY(startAs(u"ollama"_s));
        const RawReply reply = post(m_port, "/api/chat", body);
        QTEST(reply.status, "status");
        QTEST(reply.json()[u"error"_s].toString(), "error");
    }

    void ollamaEmbeds()
    {
        QVERIFY(startAs(u"ollama"_s));
        const auto embed = [this](const QJsonValue &input) {
            return post(m_port, "/api/embed",
                {{u"model"_s, u"simulated-8b:latest"_s}, {u"input"_s, input}});
        };
        const RawReply reply = embed(QJsonArray{u"the blue parrot"_s, u"stock market"_s});
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.json()[u"model"_s].toString(), u"simulated-8b:latest"_s);
        const QJsonArray vectors = reply.json()[u"embeddings"_s].toArray();
        QCOMPARE(vectors.size(), 2);
        QVERIFY(vectors[0] != vectors[1]);
        QVERIFY(reply.json()[u"prompt_eval_count"_s].toInt() >= 5);
        QVERIFY(reply.json()[u"total_duration"_s].toInteger() > 0);
        // One alone is a list of one, and the same vector.
        QCOMPARE(
            embed(u"the blue parrot"_s).json()[u"embeddings"_s].toArray(), QJsonArray{vectors[0]});
        for (const QJsonValue &input : {QJsonValue(7), QJsonValue(QJsonArray{u"x"_s, 7})}) {
            const RawReply wrong = embed(input);
            QCOMPARE(wrong.status, 400);
            QCOMPARE(wrong.json()[u"error"_s].toString(), u"invalid input type"_s);
        }
        QCOMPARE(post(m_port, "/api/embed", {{u"model"_s, u"none"_s}, {u"input"_s, u"x"_s}}).status,
            404);
    }

    void ollamaFailsWithinTheStream()
    {
        QVERIFY(startAs(u"ollama"_s));
        const RawReply reply = post(m_port, "/api/chat",
            {{u"model"_s, u"simulated-8b"_s},
                {u"messages"_s, chatBody(u"Explain queues"_s)[u"messages"_s]}},
            {{"X-Lorikeet-Fault", "error;3"}});
        QCOMPARE(reply.status, 200);
        const QByteArrayList lines = reply.body.trimmed().split('\n');
        QCOMPARE(lines.size(), 4);
        QVERIFY(QJsonDocument::fromJson(lines.constLast())[u"error"_s].isString());
    }
};

QTEST_GUILESS_MAIN(tst_SimulatorServers)
#include "tst_simulatorservers.moc"
