// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loriloadfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// A load test in parts: processes that add up to one, and a Job of Kubernetes.
class TestLoriLoadShards final : public LoriLoadFixture
{
    Q_OBJECT

private Q_SLOTS:

    void aManifestHoldsNoSecret_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("user") << u"http://me:canary-1@vllm:8000"_s << QByteArray();
        QTest::newRow("query") << u"http://vllm:8000/v1?key=canary-1"_s << QByteArray();
        QTest::newRow("body") << u"http://vllm:8000"_s
                              << R"({"workload":{"extra_body":{"api_key":"canary-1"}}})"_ba;
    }

    void aManifestHoldsNoSecret()
    {
        QFETCH(const QString, address);
        QFETCH(const QByteArray, body);
        QStringList arguments{u"load"_s, u"-e"_s, address, u"--emit-kubernetes"_s, u"2"_s,
            u"--image"_s, u"registry.example/lori:1"_s};
        if (!body.isEmpty()) {
            arguments += {u"--profile"_s, file(u"s.json"_s, body)};
        }
        const LoriEnd end = runLori(*m_home, arguments);
        QCOMPARE(end.code, 2);
        QVERIFY2(end.err.contains("holds a secret, which a manifest must not: use --key-secret."),
            end.err.constData());
        QVERIFY(!end.out.contains("canary") && !end.err.contains("canary"));
    }

    /// As many processes as one likes run a plan together.
    void shardsAreMerged()
    {
        const QStringList plan = load({u"-r"_s, u"150"_s, u"--requests"_s, u"60"_s,
            u"--output-tokens"_s, u"3"_s, u"--ignore-eos"_s, u"--seed"_s, u"5"_s});
        QStringList reports;
        for (int i = 1; i <= 3; ++i) {
            reports += path(u"%1.json"_s.arg(i));
            const LoriEnd end = runLori(*m_home,
                plan + QStringList{u"--shard"_s, u"%1/3"_s.arg(i), u"-o"_s, reports.last()});
            QCOMPARE(end.code, 0);
        }
        const LoriEnd merged = runLori(
            *m_home, QStringList{u"load"_s, u"merge"_s} + reports + QStringList{u"--json"_s});
        QCOMPARE(merged.code, 0);
        const LoriEnd whole = runLori(*m_home, plan + QStringList{u"--json"_s});
        const auto counts = [](const QByteArray &report) {
            const QJsonObject summary
                = QJsonDocument::fromJson(report).object().value(u"summary"_s).toObject();
            QList<qint64> values;
            for (const auto &name : {u"planned"_s, u"began"_s, u"answered"_s, u"output_tokens"_s,
                     u"output_chunks"_s, u"prompt_tokens"_s}) {
                values += summary.value(name).toInteger();
            }
            return values;
        };
        QCOMPARE(counts(merged.out), counts(whole.out));
        QCOMPARE(counts(whole.out).constFirst(), 60);
        const LoriEnd twice
            = runLori(*m_home, {u"load"_s, u"merge"_s, reports.first(), reports.first()});
        QCOMPARE(twice.code, 2);
        QVERIFY(twice.err.contains("Shard 1/3 is there twice."));
    }

    /// What all shards asked, and when, is what one process would have: each conversation once, at
    /// its time, with its prompt.
    void shardsAskWhatOneWould()
    {
        const QStringList plan = load({u"-r"_s, u"200"_s, u"--requests"_s, u"40"_s,
            u"--input-tokens"_s, u"20-200"_s, u"--output-tokens"_s, u"2"_s, u"--seed"_s, u"9"_s,
            u"--samples"_s, path(u"s.csv"_s)});
        const auto asked = [&](const QStringList &more) {
            QStringList lines;
            const LoriEnd end = runLori(*m_home, plan + more);
            const QByteArrayList rows = read(u"s.csv"_s).trimmed().split('\n');
            const QByteArrayList names = rows.constFirst().split(',');
            for (const QByteArray &row : rows.sliced(1)) {
                const QByteArrayList cells = row.split(',');
                QByteArray line;
                for (const auto *name : {"conversation", "turn", "planned_ns", "prompt_tokens"}) {
                    line += cells.value(names.indexOf(name)) + ' ';
                }
                lines += QString::fromLatin1(line);
            }
            return end.code == 0 ? lines : QStringList();
        };
        QStringList together;
        for (int i = 1; i <= 3; ++i) {
            together += asked({u"--shard"_s, u"%1/3"_s.arg(i)});
        }
        QStringList whole = asked({});
        QCOMPARE(whole.size(), 40);
        std::ranges::sort(together);
        std::ranges::sort(whole);
        QCOMPARE(together, whole);
    }

    /// What is written is what the pods run.
    void aJobOfKubernetesIsWritten()
    {
        const QString prompts = file(u"p.txt"_s, "one\ntwo\n"_ba);
        const LoriEnd end = runLori(*m_home,
            {u"load"_s, u"-e"_s, u"http://vllm.models.svc:8000"_s, u"-c"_s, u"8"_s, u"--requests"_s,
                u"100"_s, u"--prompts"_s, prompts, u"--emit-kubernetes"_s, u"4"_s, u"--image"_s,
                u"registry.example/lori:1"_s, u"--key-secret"_s, u"vllm/token"_s, u"--start-at"_s,
                u"2026-01-31T12:00:00Z"_s});
        QVERIFY2(end.code == 0, end.err.constData());
        QVERIFY(!end.out.contains("canary"));
        const QJsonObject manifest = QJsonDocument::fromJson(end.out).object();
        const QJsonValue map = manifest.value(u"items"_s)[0];
        QCOMPARE(map[u"data"_s][u"prompts.txt"_s].toString(), u"one\ntwo\n"_s);
        // The profile is one that lori takes; auto/4 is the shard that the Job gave the pod.
        const QString profile
            = file(u"profile.json"_s, map[u"data"_s][u"profile.json"_s].toString().toUtf8());
        const LoriEnd refused = loaded({u"--profile"_s, profile, u"--shard"_s, u"auto/4"_s});
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.err.contains("--shard takes which of how many"), refused.err.constData());
        const LoriEnd missing = loaded({u"--profile"_s, profile, u"--shard"_s, u"2/4"_s});
        QVERIFY2(missing.err.contains("/etc/lorikeet/prompts.txt"), missing.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestLoriLoadShards)
#include "tst_loriloadshards.moc"
