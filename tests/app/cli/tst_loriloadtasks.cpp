// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loriloadfixture.h"

#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// `lori load --task`: what is no chat, as a person or a pipeline runs it.
class TestLoriLoadTasks final : public LoriLoadFixture
{
    Q_OBJECT

private Q_SLOTS:

    void embeddingsAreReported()
    {
        const LoriEnd end = loaded({u"--task"_s, u"embeddings"_s, u"--batch"_s, u"8"_s, u"-c"_s,
            u"4"_s, u"--requests"_s, u"30"_s, u"--input-tokens"_s, u"50"_s, u"--slo"_s,
            u"e2e_p95=1min,errors=0%"_s, u"-o"_s, path(u"report.json"_s), u"--samples"_s,
            path(u"samples.csv"_s), u"--html"_s, path(u"page.html"_s), u"--markdown"_s,
            path(u"page.md"_s), u"--param"_s, u"dimensions=64"_s});
        QVERIFY2(end.code == 0, end.err.constData());
        QVERIFY2(end.out.contains("30 due, 30 answered"), end.out.constData());
        QVERIFY(end.out.contains("texts/s"));
        QVERIFY(end.out.contains("240 texts asked for, 12000 tokens in"));
        QVERIFY2(
            !end.out.contains("TTFT") && !end.out.contains("output tokens"), end.out.constData());
        const QJsonObject report = QJsonDocument::fromJson(read(u"report.json"_s)).object();
        const QJsonObject workload = report.value(u"workload"_s).toObject();
        QCOMPARE(workload.value(u"task"_s).toString(), u"embeddings"_s);
        QCOMPARE(workload.value(u"batch"_s).toInt(), 8);
        QCOMPARE(workload.value(u"extra_body"_s)[u"dimensions"_s].toInt(), 64);
        const QJsonObject figures = report.value(u"figures"_s).toObject();
        QVERIFY(figures.value(u"items_per_s"_s).toDouble() > 0);
        QVERIFY(figures.value(u"prompt_tokens_per_s"_s).toDouble() > 0);
        QVERIFY(figures.value(u"output_tokens_per_s"_s).isNull());
        const QByteArrayList lines = read(u"samples.csv"_s).trimmed().split('\n');
        QCOMPARE(lines.size(), 31);
        QVERIFY(lines.constLast().endsWith(",8"));
        // Pages speak of what there is.
        for (const QByteArray &page : {read(u"page.html"_s), read(u"page.md"_s)}) {
            QVERIFY(page.contains("Texts a second"));
            QVERIFY2(!page.contains("TTFT") && !page.contains("Output tokens a second"),
                page.constData());
        }
        const QList<SimulatorRecord> served = m_simulator->records();
        QVERIFY(std::ranges::all_of(
            served, [](const SimulatorRecord &each) { return each.path == "/v1/embeddings"; }));
        // It is kept with the others, and shown again.
        const LoriEnd shown = runLori(*m_home, {u"load"_s, u"show"_s, u"last"_s});
        QCOMPARE(shown.code, 0);
        QVERIFY2(shown.out.contains("240 texts asked for"), shown.out.constData());
    }

    void rerankingsAreReported()
    {
        const LoriEnd end = loaded({u"--task"_s, u"rerank"_s, u"--documents"_s, u"10"_s,
            u"--query-tokens"_s, u"16"_s, u"--input-tokens"_s, u"40"_s, u"-r"_s, u"50"_s,
            u"--requests"_s, u"20"_s, u"--json"_s});
        QVERIFY2(end.code == 0, end.err.constData());
        const QJsonObject report = QJsonDocument::fromJson(end.out).object();
        QCOMPARE(report.value(u"figures"_s)[u"answered"_s].toInt(), 20);
        QCOMPARE(report.value(u"summary"_s)[u"items"_s].toInt(), 200);
    }

    void textsOfAFileAreEmbedded()
    {
        const LoriEnd end
            = loaded({u"--task"_s, u"embeddings"_s, u"--batch"_s, u"2"_s, u"--requests"_s, u"5"_s,
                u"--prompts"_s, file(u"t.txt"_s, "one\ntwo\nthree\n"_ba), u"--json"_s});
        QVERIFY2(end.code == 0, end.err.constData());
        const QJsonObject report = QJsonDocument::fromJson(end.out).object();
        QCOMPARE(report.value(u"summary"_s)[u"items"_s].toInt(), 10);
    }

    void aProfileSaysTheTask()
    {
        const QString profile = file(u"p.toml"_s,
            "[workload]\ntask = \"rerank\"\ndocuments = 4\nquery = 8\nlengths = [{ input = 30 }]\n"
            "[plan]\nseed = 3\ncurve = [{ kind = \"users\", seconds = 3600, from = 2 }]\n"
            "[plan.stop]\nrequests = 6\n"_ba);
        const LoriEnd end = loaded({u"--profile"_s, profile, u"--json"_s});
        QVERIFY2(end.code == 0, end.err.constData());
        const QJsonObject report = QJsonDocument::fromJson(end.out).object();
        QCOMPARE(report.value(u"summary"_s)[u"items"_s].toInt(), 24);
        // The report's own preset runs it again.
        const LoriEnd preset
            = runLori(*m_home, {u"load"_s, u"preset"_s, u"last"_s, u"-o"_s, path(u"again.json"_s)});
        QVERIFY2(preset.code == 0, preset.err.constData());
    }

    void aSweepIsOfItems()
    {
        const LoriEnd end = loaded(
            {u"--task"_s, u"embeddings"_s, u"--input-tokens"_s, u"20"_s, u"--sweep"_s, u"users"_s,
                u"--sweep-to"_s, u"2"_s, u"--duration"_s, u"1"_s, u"--warmup"_s, u"0"_s});
        QVERIFY2(end.code == 0, end.err.constData());
        QVERIFY2(end.out.contains("items/s") && !end.out.contains("TTFT"), end.out.constData());
    }

    void shardsAddUp()
    {
        QStringList reports;
        for (const QString &shard : {u"1/2"_s, u"2/2"_s}) {
            reports += path(shard.left(1) + u".json"_s);
            const LoriEnd end = loaded({u"--task"_s, u"embeddings"_s, u"--batch"_s, u"3"_s, u"-c"_s,
                u"2"_s, u"--requests"_s, u"20"_s, u"--input-tokens"_s, u"20"_s, u"--seed"_s, u"1"_s,
                u"--shard"_s, shard, u"-o"_s, reports.constLast()});
            QVERIFY2(end.code == 0, end.err.constData());
        }
        const LoriEnd merged
            = runLori(*m_home, QStringList{u"load"_s, u"merge"_s, u"--json"_s} + reports);
        QVERIFY2(merged.code == 0, merged.err.constData());
        const QJsonObject report = QJsonDocument::fromJson(merged.out).object();
        QCOMPARE(report.value(u"summary"_s)[u"items"_s].toInt(), 60);
    }

    void whatCannotBeIsSaidBefore_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("no task") << QStringList{u"--task"_s, u"sing"_s}
                                 << "--task takes chat, embeddings or rerank"_ba;
        QTest::newRow("times of tokens") << QStringList{u"--task"_s, u"embeddings"_s, u"--slo"_s,
            u"ttft_p95=1s"_s} << "they have no ttft"_ba;
        QTest::newRow("gaps") << QStringList{u"--task"_s, u"rerank"_s, u"--slo"_s, u"itl_p95=1s"_s}
                              << "Rerankings are answered whole"_ba;
        QTest::newRow("waiting for them") << QStringList{u"--task"_s, u"rerank"_s, u"--until"_s,
            u"ttft_p95=5%"_s} << "they have no ttft"_ba;
        QTest::newRow("answers") << QStringList{u"--task"_s, u"rerank"_s, u"--output-tokens"_s,
            u"5"_s} << "a length of answers"_ba;
        QTest::newRow("a batch of documents") << QStringList{u"--task"_s, u"rerank"_s, u"--batch"_s,
            u"5"_s} << "--batch goes with --task embeddings"_ba;
        QTest::newRow("a query to embed") << QStringList{u"--task"_s, u"embeddings"_s,
            u"--query-tokens"_s, u"5"_s} << "--query-tokens goes with --task rerank"_ba;
        QTest::newRow("a trace") << QStringList{u"--task"_s, u"embeddings"_s, u"--trace"_s, u"x"_s}
                                 << "synthetic, or those of a file"_ba;
    }

    void whatCannotBeIsSaidBefore()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, words);
        const LoriEnd end = loaded(arguments);
        QCOMPARE(end.code, 2);
        QVERIFY2(end.err.contains(words), end.err.constData());
        QVERIFY(m_simulator->records().isEmpty());
    }

    void aServerWithoutTheRouteIsNotAsked()
    {
        serve(*simulatorProfile(u"fast"), u"ollama"_s);
        const LoriEnd end = loaded({u"--task"_s, u"rerank"_s});
        QCOMPARE(end.code, 2);
        QVERIFY2(end.err.contains("have no known HTTP route for it"), end.err.constData());
        QVERIFY(m_simulator->records().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLoriLoadTasks)
#include "tst_loriloadtasks.moc"
