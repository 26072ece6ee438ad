// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lorirun.h"
#include "scriptedserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

Script json(const QByteArray &body) { return Script::reply(200, "application/json"_ba, body); }

} // namespace

/// `lori embed`, `lori rerank` and `lori classify` as a person or a script runs them.
class TestLoriTasks final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;
    std::unique_ptr<ScriptedServer> m_server;

    [[nodiscard]] LoriEnd lori(
        const QString &command, const QStringList &more, const QByteArray &input = {}) const
    {
        return runLori(m_home,
            QStringList{command, u"-e"_s, m_server->url().toString(), u"-p"_s, u"openai"_s} + more,
            input);
    }

private Q_SLOTS:

    void init() { m_server = std::make_unique<ScriptedServer>(); }

    void embeddingsAreLinesOfJson()
    {
        m_server->enqueue(
            json(R"({"data":[{"index":0,"embedding":[0.1,1e-7]},{"index":1,"embedding":[2,3]}]})"));
        const LoriEnd ended
            = lori(u"embed"_s, {u"-m"_s, u"e5"_s, u"--file"_s, u"-"_s}, "one\n\ntwo\n");
        QCOMPARE(ended.err, ""_ba);
        QCOMPARE(ended.code, 0);
        // The shortest digits that mean the same 32 bits.
        QCOMPARE(ended.out,
            "{\"index\":0,\"embedding\":[0.1,1e-07]}\n{\"index\":1,\"embedding\":[2,3]}\n"_ba);
        const QJsonDocument sent = QJsonDocument::fromJson(m_server->requests().constFirst().body);
        QCOMPARE(sent[u"model"_s].toString(), u"e5"_s);
        QCOMPARE(sent[u"input"_s].toArray(), (QJsonArray{u"one"_s, u"two"_s}));
    }

    void eachRetryIsTold()
    {
        m_server->enqueue(
            Script::reply(503, "text/plain"_ba, "loading"_ba, {{"Retry-After"_ba, "0.05"_ba}}));
        m_server->enqueue(json(R"({"data":[{"index":0,"embedding":[1]}]})"));
        const LoriEnd ended = lori(u"embed"_s, {u"--retries"_s, u"1"_s, u"one"_s});
        QCOMPARE(ended.code, 0);
        QCOMPARE(ended.out, "{\"index\":0,\"embedding\":[1]}\n"_ba);
        QVERIFY2(ended.err.contains("HTTP 503"), ended.err);
        QVERIFY2(ended.err.contains("try 2 of 2"), ended.err);
        QCOMPARE(lori(u"embed"_s, {u"--retries"_s, u"often"_s, u"one"_s}).code, 2);
    }

    void documentsComeBestFirst()
    {
        m_server->enqueue(json(R"({"results":[{"index":0,"relevance_score":0.25},)"
                               R"({"index":1,"relevance_score":0.75}]})"));
        const LoriEnd ended = lori(
            u"rerank"_s, {u"--dialect"_s, u"jina"_s, u"-q"_s, u"loud"_s, u"owl"_s, u"a\tparrot"_s});
        QCOMPARE(ended.code, 0);
        QCOMPARE(ended.out, "0.75\t1\ta parrot\n0.25\t0\towl\n"_ba);
    }

    void classesOfEachText()
    {
        m_server->enqueue(json(R"({"data":[{"label":"good","probs":[0.1,0.9]}]})"));
        const LoriEnd ended
            = lori(u"classify"_s, {u"--dialect"_s, u"vllm"_s, u"--json"_s, u"fine"_s});
        QCOMPARE(ended.code, 0);
        QCOMPARE(QJsonDocument::fromJson(ended.out)[u"label"_s].toString(), u"good"_s);
    }

    void mistakes_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("no text") << u"embed"_s << QStringList() << "no text"_ba;
        QTest::newRow("no query") << u"rerank"_s << QStringList{u"a"_s} << "--query"_ba;
        QTest::newRow("dialect") << u"embed"_s << QStringList{u"--dialect"_s, u"x"_s, u"a"_s}
                                 << "no dialect"_ba;
        QTest::newRow("top") << u"rerank"_s
                             << QStringList{u"-q"_s, u"a"_s, u"--top"_s, u"0"_s, u"b"_s}
                             << "--top"_ba;
        QTest::newRow("no route") << u"rerank"_s << QStringList{u"-q"_s, u"a"_s, u"b"_s}
                                  << "no route for reranking"_ba;
        QTest::newRow("no file") << u"embed"_s << QStringList{u"-f"_s, u"nowhere"_s}
                                 << "cannot be read"_ba;
    }

    void mistakes()
    {
        QFETCH(const QString, command);
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, word);
        const LoriEnd ended = lori(command, arguments);
        QCOMPARE(ended.code, 2);
        QVERIFY2(ended.err.contains(word), ended.err.constData());
        QVERIFY(m_server->requests().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLoriTasks)
#include "tst_loritasks.moc"
