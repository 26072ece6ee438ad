// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tasks/taskreplies.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

HttpReply replyOf(const QByteArray &body, int status = 200)
{
    return {.status = status,
        .headers = {{"Content-Type", "application/json"}},
        .body = body,
        .url = QUrl(u"http://server:8000/v1/embeddings"_s)};
}

QList<int> indexes(const RerankReply &reply)
{
    QList<int> list;
    for (const RerankReply::Rank &rank : reply.ranks) {
        list.append(rank.index);
    }
    return list;
}

} // namespace

/// What servers answer to embeddings, reranking and classifying.
class TestTaskReplies final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void embeddings_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("OpenAI") << R"({"object":"list","data":[{"index":0,"embedding":[0.5,1]},)"
                                   R"({"index":1,"embedding":[2,-0.25]}],"model":"m",)"
                                   R"("usage":{"prompt_tokens":3,"total_tokens":3}})"_ba;
        QTest::newRow("out of order")
            << R"({"data":[{"index":1,"embedding":[2,-0.25]},{"index":0,"embedding":[0.5,1]}]})"_ba;
        // Little-endian floats.
        QTest::newRow("base64") << R"({"data":[{"index":0,"embedding":"AAAAPwAAgD8="},)"
                                   R"({"index":1,"embedding":"AAAAQAAAgL4="}]})"_ba;
        QTest::newRow("LoRAX") << R"({"embeddings":[{"index":0,"embedding":[0.5,1],)"
                                  R"("object":"embedding"},{"index":1,"embedding":[2,-0.25]}]})"_ba;
        QTest::newRow("Ollama") << R"({"model":"m","embeddings":[[0.5,1],[2,-0.25]],)"
                                   R"("total_duration":5,"prompt_eval_count":3})"_ba;
        QTest::newRow("TEI") << "[[0.5,1],[2,-0.25]]"_ba;
    }

    void embeddings()
    {
        QFETCH(const QByteArray, body);
        const Result<EmbedReply> reply = readEmbedReply(replyOf(body), 2);
        QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().message));
        QCOMPARE(reply->vectors, (QList<QList<float>>{{0.5F, 1.0F}, {2.0F, -0.25F}}));
        QVERIFY(reply->sparse.isEmpty());
    }

    void countsAreToldWhereTheServerCounts()
    {
        const auto reply = readEmbedReply(
            replyOf(R"({"model":"m","embeddings":[[1]],"prompt_eval_count":3})"), 1);
        QCOMPARE(reply->report.model, u"m"_s);
        QCOMPARE(reply->report.usage.promptTokens, 3);
        const auto uncounted = readEmbedReply(
            replyOf(R"({"data":[{"embedding":[1]}],"usage":{"prompt_tokens":-1}})"), 1);
        QVERIFY(!uncounted->report.usage.promptTokens);
    }

    void oneVectorMayComeUnwrapped()
    {
        const auto reply = readEmbedReply(replyOf(R"({"embeddings":[0.5,1]})"), 1);
        QVERIFY(reply);
        QCOMPARE(reply->vectors, (QList<QList<float>>{{0.5F, 1.0F}}));
    }

    void sparse_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("token");
        QTest::newRow("TEI") << R"([[{"index":17,"value":0.5}]])"_ba << u"17"_s;
        QTest::newRow("Xinference")
            << R"({"data":[{"object":"sparse_embedding","index":0,"embedding":{"par":0.5}}]})"_ba
            << u"par"_s;
    }

    void sparse()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QString, token);
        const auto reply = readEmbedReply(replyOf(body), 1);
        QVERIFY(reply);
        QVERIFY(reply->vectors.isEmpty());
        QCOMPARE(reply->sparse, (QList<EmbedReply::SparseVector>{{{token, 0.5F}}}));
    }

    void wrongEmbeddings_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("too few") << "[[1]]"_ba;
        QTest::newRow("too many") << "[[1],[2],[3]]"_ba;
        QTest::newRow("twice the same")
            << R"({"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[2]}]})"_ba;
        QTest::newRow("beyond")
            << R"({"data":[{"index":0,"embedding":[1]},{"index":2,"embedding":[2]}]})"_ba;
        QTest::newRow("not numbers") << R"([["a"],["b"]])"_ba;
        QTest::newRow("half a number")
            << R"({"data":[{"embedding":"AAAA"},{"embedding":"AAAA"}]})"_ba;
        QTest::newRow("something else") << R"({"object":"list"})"_ba;
        QTest::newRow("no JSON") << "<html>"_ba;
        QTest::newRow("an error under 200") << R"({"error":"Unexpected endpoint or method."})"_ba;
    }

    void wrongEmbeddings()
    {
        QFETCH(const QByteArray, body);
        QVERIFY(!readEmbedReply(replyOf(body), 2));
    }

    void ranking_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("Cohere") << R"({"id":"x","results":[{"index":1,"relevance_score":0.9},)"
                                   R"({"index":0,"relevance_score":0.2},)"
                                   R"({"index":2,"relevance_score":0.1}],"meta":{}})"_ba;
        QTest::newRow("unsorted")
            << R"({"data":[{"index":0,"score":0.2},{"index":1,"score":0.9},{"index":2,"score":0.1}]})"_ba;
        QTest::newRow("TEI")
            << R"([{"index":1,"score":0.9,"text":"b"},{"index":0,"score":0.2},{"index":2,"score":0.1}])"_ba;
        QTest::newRow("SGLang")
            << R"([{"score":0.2,"document":"a","index":0},)"
               R"({"score":0.9,"document":"b","index":1},{"score":0.1,"index":2}])"_ba;
    }

    void ranking()
    {
        QFETCH(const QByteArray, body);
        const auto all = readRerankReply(replyOf(body), 3, std::nullopt);
        QVERIFY(all);
        QCOMPARE(indexes(*all), (QList<int>{1, 0, 2}));
        QCOMPARE(indexes(*readRerankReply(replyOf(body), 3, 2)), (QList<int>{1, 0}));
    }

    void equalScoresKeepTheOrderOfTheDocuments()
    {
        const auto reply = readRerankReply(
            replyOf(R"([{"index":2,"score":1},{"index":0,"score":1},{"index":1,"score":1}])"), 3,
            std::nullopt);
        QCOMPARE(indexes(*reply), (QList<int>{0, 1, 2}));
    }

    void aRankOfNoDocumentIsAnError()
    {
        QVERIFY(!readRerankReply(replyOf(R"([{"index":3,"score":1}])"), 3, std::nullopt));
        QVERIFY(!readRerankReply(replyOf(R"([{"index":0}])"), 3, std::nullopt));
    }

    void classes()
    {
        const auto vllm
            = readClassifyReply(replyOf(R"({"data":[{"index":0,"label":"good","probs":[0.1,0.9]},)"
                                        R"({"index":1,"label":"bad","probs":[0.8,0.2]}]})"),
                2);
        QVERIFY(vllm);
        QCOMPARE(vllm->labels[0].constFirst().name, u"good"_s);
        QCOMPARE(vllm->labels[1].constFirst().score, 0.8);
        const auto lorax = readClassifyReply(
            replyOf(R"([[{"entity_group":"PER","score":0.9,"word":"Ada","start":0,"end":3}],[]])"),
            2);
        QVERIFY(lorax);
        QCOMPARE(lorax->labels[0].constFirst().text, u"Ada"_s);
        QCOMPARE(lorax->labels[0].constFirst().end, 3);
        QVERIFY(lorax->labels[1].isEmpty());
        const auto one = readClassifyReply(
            replyOf(R"([{"label":"a","score":0.7},{"label":"b","score":0.3}])"), 1);
        QVERIFY(one);
        QCOMPARE(one->labels.constFirst().size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestTaskReplies)

#include "tst_taskreplies.moc"
