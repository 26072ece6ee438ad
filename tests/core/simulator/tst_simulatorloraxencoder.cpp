// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rawclient.h"
#include "simulator/simulatorthread.h"

#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// LoRAX's routes that judge a text instead of writing one.
class tst_SimulatorLoraxEncoder : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimulatorThread> m_simulator;
    quint16 m_port = 0;

    [[nodiscard]] QJsonArray embedding(const QString &text, const QJsonValue &parameters = {}) const
    {
        return post(m_port, "/embed", {{u"inputs"_s, text}, {u"parameters"_s, parameters}})
            .json()[u"embeddings"_s]
            .toArray();
    }

    [[nodiscard]] static double product(const QJsonArray &a, const QJsonArray &b)
    {
        double sum = 0;
        for (qsizetype i = 0; i < a.size(); ++i) {
            sum += a.at(i).toDouble() * b.at(i).toDouble();
        }
        return sum;
    }

private Q_SLOTS:

    void initTestCase()
    {
        SimulatorOptions options;
        options.timing = *simulatorProfile(u"unpaced");
        options.dialect = SimulatorDialect::Lorax;
        m_simulator = std::make_unique<SimulatorThread>(options);
        QVERIFY(m_simulator->start());
        m_port = m_simulator->port();
    }

    void embedsOneText()
    {
        const QJsonArray vector = embedding(u"the blue parrot"_s);
        QVERIFY(!vector.isEmpty());
        QVERIFY(std::abs(product(vector, vector) - 1) < 1e-9);
        QCOMPARE(embedding(u"the blue parrot"_s), vector);
        QVERIFY(product(vector, embedding(u"a blue parrot"_s))
            > product(vector, embedding(u"stock market news"_s)));
        QCOMPARE(embedding(QString()).size(), vector.size());
    }

    void adaptersTurnIt()
    {
        const QJsonObject adapter{{u"adapter_id"_s, simulatorAdapters().constFirst()}};
        QVERIFY(embedding(u"the blue parrot"_s, adapter) != embedding(u"the blue parrot"_s));
        const RawReply unknown = post(m_port, "/embed",
            {{u"inputs"_s, u"a"_s}, {u"parameters"_s, QJsonObject{{u"adapter_id"_s, u"x/y"_s}}}});
        QCOMPARE(unknown.status, 424);
    }

    void embedsForClientsOfOpenAiInItsOwnShape()
    {
        const RawReply reply = post(m_port, "/v1/embeddings",
            {{u"model"_s, u"anything"_s}, {u"input"_s, QJsonArray{u"one"_s, u"two"_s}}});
        const QJsonArray list = reply.json()[u"embeddings"_s].toArray();
        QCOMPARE(list.size(), 2);
        QCOMPARE(list.at(1)[u"index"_s].toInt(), 1);
        QCOMPARE(list.at(1)[u"object"_s].toString(), u"embedding"_s);
        QCOMPARE(list.at(1)[u"embedding"_s].toArray(), embedding(u"two"_s));
        const QJsonObject single
            = post(m_port, "/v1/embeddings", {{u"model"_s, QString()}, {u"input"_s, u"one"_s}})
                  .json();
        QCOMPARE(single[u"embeddings"_s].toArray().size(), 1);
        QVERIFY(!single.contains(u"data"_s));
    }

    void classifies()
    {
        const RawReply reply
            = post(m_port, "/classify", {{u"inputs"_s, u"😀 we met Ada in 1842"_s}});
        QVERIFY(!reply.header("x-compute-time").isEmpty());
        const QJsonArray found = QJsonDocument::fromJson(reply.body).array();
        QCOMPARE(found.size(), 2);
        QCOMPARE(found[0][u"word"_s].toString(), u"Ada"_s);
        QCOMPARE(found[0][u"entity_group"_s].toString(), u"MISC"_s);
        // In characters.
        QCOMPARE(found[0][u"start"_s].toInt(), 9);
        QCOMPARE(found[0][u"end"_s].toInt(), 12);
        QCOMPARE(found[1][u"entity_group"_s].toString(), u"NUM"_s);
        QVERIFY(found[1][u"score"_s].toDouble() <= 1);

        const RawReply batch
            = post(m_port, "/classify_batch", {{u"inputs"_s, QJsonArray{u"nothing"_s, u"Ada"_s}}});
        const QJsonArray results = QJsonDocument::fromJson(batch.body).array();
        QCOMPARE(results.size(), 2);
        QCOMPARE(results[0].toArray().size(), 0);
        QCOMPARE(results[1].toArray().size(), 1);
    }

    void refuses()
    {
        for (const QByteArray path : {"/embed", "/classify", "/classify_batch", "/v1/embeddings"}) {
            QCOMPARE(ask(m_port, "POST", path, "{").status, 400);
            QCOMPARE(ask(m_port, "POST", path, "{}").status, 422);
            QCOMPARE(ask(m_port, "POST", path, R"({"inputs":1,"input":1,"model":""})").status, 422);
            QCOMPARE(ask(m_port, "GET", path).status, 405);
        }
    }
};

QTEST_GUILESS_MAIN(tst_SimulatorLoraxEncoder)

#include "tst_simulatorloraxencoder.moc"
