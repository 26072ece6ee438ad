// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kserveserver.h"
#include "lorirun.h"
#include "scriptedserver.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

Script json(const QByteArray &body, int status = 200)
{
    return Script::reply(status, "application/json"_ba, body);
}

} // namespace

/// lori at Triton over gRPC, as a person or a script runs it.
class TestLoriTriton final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;
    std::unique_ptr<KserveServer> m_server;

    [[nodiscard]] LoriEnd lori(const QString &command, const QStringList &more) const
    {
        const QString address = m_server->target().endpoint.url.toString();
        return runLori(m_home, QStringList{command, u"-e"_s, address} + more);
    }

private Q_SLOTS:

    void initTestCase()
    {
        m_server = std::make_unique<KserveServer>();
        QVERIFY(m_server->port() > 0);
    }

    void chat()
    {
        const LoriEnd ended
            = lori(u"chat"_s, {u"-m"_s, u"llm"_s, u"-P"_s, u"max_tokens=3"_s, u"Why?"_s});
        QCOMPARE(ended.code, 0);
        QCOMPARE(ended.out, "The sky is"_ba);
        QVERIFY(ended.err.contains("limit of tokens"));
        const LoriEnd events = lori(u"chat"_s, {u"-m"_s, u"llm"_s, u"--events"_s, u"Why?"_s});
        QCOMPARE(events.code, 0);
        const QList<QJsonObject> lines = jsonLines(events.out);
        QCOMPARE(lines.constFirst()[u"type"_s].toString(), u"started"_s);
        for (const QJsonObject &line : lines) {
            QVERIFY(line[u"t_ns"_s].toInteger(-1) >= 0); // counted from when it was sent
        }
        QVERIFY(lines.constLast()[u"metrics"_s][u"ttft_ns"_s].toInteger() > 0);
    }

    void chatThatFails()
    {
        const LoriEnd failed = lori(u"chat"_s, {u"-m"_s, u"llm"_s, u"fail"_s});
        QCOMPARE(failed.code, 5);
        QCOMPARE(failed.out, "The"_ba);
        QVERIFY2(failed.err.contains("out of memory"), failed.err.constData());
        const LoriEnd cut = lori(u"chat"_s, {u"-m"_s, u"llm"_s, u"end without a word"_s});
        QCOMPARE(cut.code, 6);
        const LoriEnd nobody = lori(u"chat"_s, {u"-m"_s, u"nobody"_s, u"Hi"_s});
        QCOMPARE(nobody.code, 5);
        QVERIFY2(nobody.err.contains("the server has"), nobody.err.constData());
    }

    void interruptingReachesTheServer()
    {
        const QString address = m_server->target().endpoint.url.toString();
        Lori lori(m_home, {u"chat"_s, u"-e"_s, address, u"-m"_s, u"llm"_s, u"wait"_s});
        QTRY_COMPARE_WITH_TIMEOUT(lori.out(), "The"_ba, longWait);
        lori.process.terminate();
        QVERIFY(lori.wait());
        // As a batch, since of a sample the outermost dimension is taken away.
        QTRY_VERIFY_WITH_TIMEOUT(
            this->lori(u"infer"_s, {u"-m"_s, u"log"_s, u"--batch"_s, u"x=[[1]]"_s})
                .out.contains("llm let go"),
            longWait);
    }

    void adaptersAreTried()
    {
        const LoriEnd good = lori(u"adapters"_s, {u"-m"_s, u"llm"_s, u"--try"_s, u"poet"_s});
        QCOMPARE(good.err, ""_ba);
        QVERIFY(good.out.startsWith("“poet” loads;"));
        const LoriEnd bad = lori(u"adapters"_s, {u"-m"_s, u"llm"_s, u"--try"_s, u"lawyer"_s});
        QCOMPARE(bad.code, 5);
        QVERIFY2(bad.err.contains("no such adapter"), bad.err.constData());
    }

    void embeddingsAndRanks()
    {
        const LoriEnd dense = lori(u"embed"_s, {u"-m"_s, u"embedder"_s, u"a"_s, u"abc"_s});
        QCOMPARE(dense.err, ""_ba);
        QCOMPARE(
            dense.out, "{\"index\":0,\"embedding\":[1,1]}\n{\"index\":1,\"embedding\":[3,1]}\n"_ba);
        const LoriEnd sparse = lori(u"embed"_s, {u"-m"_s, u"embedder"_s, u"--sparse"_s, u"ab"_s});
        QCOMPARE(sparse.out, "{\"index\":0,\"embedding\":{\"7\":0.5}}\n"_ba);
        const LoriEnd ranks = lori(
            u"rerank"_s, {u"-m"_s, u"reranker"_s, u"-q"_s, u"loud"_s, u"owl"_s, u"parrot"_s});
        QCOMPARE(ranks.out, "6\t1\tparrot\n3\t0\towl\n"_ba);
    }

    void models()
    {
        const LoriEnd listed = lori(u"models"_s, {});
        QCOMPARE(listed.code, 0);
        QVERIFY(listed.out.startsWith("Triton 2.60.0\n"));
        QVERIFY(listed.out.contains("  llm\n"));
    }

    void loadingAndUnloading()
    {
        const LoriEnd loaded = lori(u"models"_s, {u"--load"_s, u"fresh"_s});
        QCOMPARE(loaded.err, ""_ba);
        QCOMPARE(loaded.out, "“fresh” is loaded.\n"_ba);
        QVERIFY(lori(u"models"_s, {}).out.contains("  fresh\n"));
        const LoriEnd gone = lori(u"models"_s, {u"--unload"_s, u"fresh"_s, u"--json"_s});
        QCOMPARE(QJsonDocument::fromJson(gone.out)[u"loaded"_s], QJsonValue(false));
        QVERIFY(!lori(u"models"_s, {}).out.contains("fresh"));
        QFile file(m_home.filePath(u"new.onnx"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("bytes") == 5);
        file.close();
        const LoriEnd replaced = lori(u"models"_s,
            {u"--load"_s, u"other"_s, u"--load-config"_s, u"{\"backend\":\"x\"}"_s,
                u"--load-file"_s, u"1/model.onnx="_s + file.fileName()});
        QCOMPARE(replaced.code, 0);
        const LoriEnd fixed = lori(u"models"_s, {u"--load"_s, u"fixed"_s});
        QCOMPARE(fixed.code, 5);
        QVERIFY2(fixed.err.contains("--model-control-mode=explicit"), fixed.err.constData());
    }

    void statistics()
    {
        const LoriEnd text = lori(u"models"_s, {u"--stats"_s});
        QCOMPARE(text.err, ""_ba);
        QVERIFY(text.out.contains("echo, version 1\n"));
        QVERIFY(text.out.contains("12 good, 0 failed"));
        QVERIFY(text.out.contains("24 in 6 runs, 4 at once in the mean"));
        const LoriEnd object = lori(u"models"_s, {u"--stats"_s, u"-m"_s, u"echo"_s, u"--json"_s});
        QCOMPARE(jsonLines(object.out).constFirst()[u"inference_count"_s].toInt(), 24);
        QCOMPARE(lori(u"models"_s, {u"--stats"_s, u"-m"_s, u"nobody"_s}).code, 5);
    }

    void overHttpToo()
    {
        ScriptedServer http;
        http.setRoute("/v2/repository/models/m/load", json({}));
        http.setRoute("/v2/models/m/stats",
            json(R"({"model_stats":[{"name":"m","version":"2","inference_count":3}]})"));
        const QStringList where{u"models"_s, u"-e"_s, http.url().toString(), u"-p"_s, u"triton"_s};
        QCOMPARE(
            runLori(m_home, where + QStringList{u"--load"_s, u"m"_s}).out, "“m” is loaded.\n"_ba);
        QVERIFY(runLori(m_home, where + QStringList{u"--stats"_s, u"-m"_s, u"m"_s})
                .out.contains("m, version 2"));
        // Any other server has no such thing.
        const LoriEnd other = runLori(m_home,
            {u"models"_s, u"-e"_s, http.url().toString(), u"-p"_s, u"openai"_s, u"--stats"_s});
        QCOMPARE(other.code, 2);
    }

    void mistakes_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("two") << QStringList{u"--load"_s, u"a"_s, u"--stats"_s} << "Say one of"_ba;
        QTest::newRow("slash") << QStringList{u"--load"_s, u"a/b"_s} << "slash"_ba;
        QTest::newRow("no JSON") << QStringList{u"--load"_s, u"a"_s, u"--load-config"_s, u"{"_s}
                                 << "JSON object"_ba;
        QTest::newRow("no file") << QStringList{u"--load"_s, u"a"_s, u"--load-config"_s, u"{}"_s,
            u"--load-file"_s, u"1/m=/nonexistent/x"_s}
                                 << "cannot be read"_ba;
        QTest::newRow("files alone") << QStringList{u"--load"_s, u"a"_s, u"--load-file"_s,
            u"1/m="_s + QCoreApplication::applicationFilePath()}
                                     << "configuration"_ba;
    }

    void mistakes()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, word);
        const LoriEnd ended = lori(u"models"_s, arguments);
        QCOMPARE(ended.code, 2);
        QVERIFY2(ended.err.contains(word), ended.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestLoriTriton)
#include "tst_loritriton.moc"
