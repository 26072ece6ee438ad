// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lorirun.h"
#include "simulator/simulatorthread.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// `lori compare` as a person or a script runs it.
class TestLoriCompare final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;
    std::unique_ptr<SimulatorThread> m_simulator;

    [[nodiscard]] LoriEnd lori(const QStringList &more, const QByteArray &input = {}) const
    {
        return runLori(m_home,
            QStringList{u"compare"_s, u"-e"_s, m_simulator->url().toString()} + more, input);
    }

private Q_SLOTS:

    void initTestCase()
    {
        SimulatorOptions options;
        options.server = u"vllm"_s;
        options.timing = *simulatorProfile(u"fast");
        m_simulator = std::make_unique<SimulatorThread>(options);
        QVERIFY(m_simulator->start());
    }

    void baseAndAllItsAdapters()
    {
        const LoriEnd ended = lori({u"--json"_s, u"--seed"_s, u"7"_s, u"-"_s}, "Hello");
        QCOMPARE(ended.code, 0);
        QVERIFY2(ended.err.contains("share a server"), ended.err.constData());
        const QJsonDocument out = QJsonDocument::fromJson(ended.out);
        QCOMPARE(out[u"prompt"_s].toString(), u"Hello"_s);
        const QJsonArray lanes = out[u"lanes"_s].toArray();
        QCOMPARE(lanes.size(), 1 + simulatorAdapters().size());
        QCOMPARE(lanes[0][u"name"_s].toString(), u"base"_s);
        QVERIFY(lanes[0][u"diff"_s].isUndefined());
        for (qsizetype i = 1; i < lanes.size(); ++i) {
            const QJsonObject lane = lanes[i].toObject();
            QCOMPARE(lane[u"name"_s].toString(), simulatorAdapters().at(i - 1));
            QVERIFY(!lane[u"text"_s].toString().isEmpty());
            QVERIFY(lane[u"metrics"_s].isObject());
            const double similarity = lane[u"diff"_s][u"similarity"_s].toDouble(-1);
            QVERIFY(similarity >= 0 && similarity < 1);
            QVERIFY(!lane[u"diff"_s][u"changes"_s].toArray().isEmpty());
        }
    }

    void differencesAreMarked()
    {
        const LoriEnd ended = lori({u"-l"_s, u"base"_s, u"-l"_s, u"support-v4,temperature=0.2"_s,
            u"--order"_s, u"one-by-one"_s, u"--diff"_s, u"Hello"_s});
        QCOMPARE(ended.err, ""_ba);
        QCOMPARE(ended.code, 0);
        QVERIFY(ended.out.startsWith("A  base\n"));
        const qsizetype second = ended.out.indexOf("\n\nB  support-v4,temperature=0.2\n");
        QVERIFY(second > 0);
        QVERIFY(ended.out.indexOf("{+", second) > 0);
        QVERIFY(ended.out.indexOf("% like A, ", second) > 0);
        QVERIFY(!ended.out.first(second).contains("{+"));
    }

    void theSameLaneTwiceSaysTheSame()
    {
        const LoriEnd ended = lori(
            {u"-l"_s, u"sql-expert"_s, u"-l"_s, u"sql-expert"_s, u"--seed"_s, u"3"_s, u"Hello"_s});
        QCOMPARE(ended.code, 0);
        QVERIFY2(ended.out.contains("the same words as A"), ended.out.constData());
    }

    /// The answer of the other lane is not lost.
    void aLaneThatFailsIsSaid()
    {
        const LoriEnd ended = lori({u"-l"_s, u"base"_s, u"-l"_s, u"base,model=fault/500"_s,
            u"--order"_s, u"one-by-one"_s, u"Hello"_s});
        QCOMPARE(ended.code, 5);
        QVERIFY(ended.out.startsWith("A  base\n"));
        QVERIFY2(ended.out.contains("500"), ended.out.constData());
    }

    void lanesAreAskedAgainWhereThatIsAllowed()
    {
        ScriptedServer server;
        server.setRoute("/v1/models"_ba, Script::reply(404, "text/plain"_ba, "no"_ba));
        server.setDefault(eventStream().chunk(piece("fine") + done).lastChunk());
        const Script busy
            = Script::reply(503, "text/plain"_ba, "loading"_ba, {{"Retry-After"_ba, "0.1"_ba}});
        const auto compare = [&](const QStringList &more) {
            int chats = 0;
            const auto counting = connect(&server, &ScriptedServer::requestReceived, this,
                [&chats](const ScriptedServer::Request &request) {
                    chats += request.verb == "POST" ? 1 : 0;
                });
            const LoriEnd ended = runLori(m_home,
                QStringList{u"compare"_s, u"-e"_s, server.url().toString(), u"-p"_s, u"openai"_s,
                    u"-l"_s, u"base"_s, u"-l"_s, u"base,temperature=0.5"_s, u"--order"_s,
                    u"one-by-one"_s, u"--json"_s, u"Hello"_s}
                    + more);
            disconnect(counting);
            return std::pair(ended, chats);
        };
        server.setRoute("/v1/chat/completions"_ba, busy);
        const auto [refused, once] = compare({});
        QCOMPARE(refused.code, 5);
        QCOMPARE(once, 2);
        QVERIFY2(!refused.err.contains("Trying again"), refused.err);
        const auto [tried, thrice] = compare({u"--retries"_s, u"2"_s});
        QCOMPARE(tried.code, 5);
        QCOMPARE(thrice, 6);
        QVERIFY2(tried.err.contains("lori: A, base: "), tried.err);
        QVERIFY2(tried.err.contains("Trying again in 0.1 s: try 3 of 3."), tried.err);
        const QJsonDocument out = QJsonDocument::fromJson(tried.out);
        QCOMPARE(out[u"lanes"_s][1][u"attempts"_s].toInt(), 3);
    }

    void mistakes_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("one lane") << QStringList{u"-l"_s, u"base"_s, u"x"_s} << "2 to 6 lanes"_ba;
        QTest::newRow("no =") << QStringList{u"-l"_s, u"base,cool"_s, u"-l"_s, u"base"_s, u"x"_s}
                              << "cool"_ba;
        QTest::newRow("order") << QStringList{u"--order"_s, u"first"_s, u"x"_s} << "one-by-one"_ba;
        QTest::newRow("seed") << QStringList{u"--seed"_s, u"-1"_s, u"x"_s} << "--seed"_ba;
        QTest::newRow("retries") << QStringList{u"--retries"_s, u"often"_s, u"x"_s}
                                 << "--retries"_ba;
        QTest::newRow("no such adapter")
            << QStringList{u"-l"_s, u"base"_s, u"-l"_s, u"poet"_s, u"x"_s} << "support-v3"_ba;
        QTest::newRow("parameter")
            << QStringList{u"-l"_s, u"base"_s, u"-l"_s, u"base,temperature=-5"_s, u"x"_s}
            << "temperature"_ba;
    }

    void mistakes()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, word);
        const LoriEnd ended = lori(arguments);
        QCOMPARE(ended.code, 2);
        QCOMPARE(ended.out, ""_ba);
        QVERIFY2(ended.err.contains(word), ended.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestLoriCompare)
#include "tst_loricompare.moc"
