// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lorirun.h"
#include "simulator/simulatorthread.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// `lori load` as a person or a pipeline runs it, against the simulated endpoint.
class TestLoriLoad final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<SimulatorThread> m_simulator;

    void serve(const SimulatorTiming &timing = *simulatorProfile(u"fast"))
    {
        SimulatorOptions options;
        options.server = u"vllm"_s;
        options.timing = timing;
        m_simulator = std::make_unique<SimulatorThread>(options);
        QVERIFY(m_simulator->start());
    }

    [[nodiscard]] QString path(const QString &name) const { return m_home->filePath(name); }

    [[nodiscard]] QString file(const QString &name, const QByteArray &content) const
    {
        QFile file(path(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size()
            ? file.fileName()
            : QString();
    }

    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    [[nodiscard]] QStringList load(const QStringList &more) const
    {
        return QStringList{u"load"_s, u"-e"_s, m_simulator->url().toString()} + more;
    }

    [[nodiscard]] static QJsonObject figuresOf(const QByteArray &report)
    {
        return QJsonDocument::fromJson(report).object().value(u"figures"_s).toObject();
    }

private Q_SLOTS:

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        serve();
    }

    void usersAreReported()
    {
        const LoriEnd end = runLori(*m_home,
            load({u"-c"_s, u"4"_s, u"--requests"_s, u"40"_s, u"--input-tokens"_s, u"64"_s,
                u"--output-tokens"_s, u"16"_s, u"--ignore-eos"_s, u"-o"_s, path(u"report.json"_s),
                u"--samples"_s, path(u"samples.csv"_s)}));
        QCOMPARE(end.code, 0);
        QVERIFY2(end.out.contains("40 due, 40 answered"), end.out.constData());
        QVERIFY(end.out.contains("TTFT"));
        QVERIFY(end.out.contains("Trust"));
        const QByteArray report = read(u"report.json"_s);
        const QJsonObject figures = figuresOf(report);
        QCOMPARE(figures.value(u"answered"_s).toInt(), 40);
        QVERIFY(figures.value(u"output_tokens_per_s"_s).toDouble() > 0);
        const QByteArrayList lines = read(u"samples.csv"_s).trimmed().split('\n');
        QCOMPARE(lines.size(), 41);
        const qsizetype column = lines.constFirst().split(',').indexOf("output_tokens");
        for (const QByteArray &line : lines.sliced(1)) {
            QCOMPARE(line.split(',').value(column), "16"_ba);
        }
        QVERIFY(!report.contains("canary"));
    }

    void aRateIsReportedAsJson()
    {
        const LoriEnd end = runLori(*m_home,
            load({u"-r"_s, u"100"_s, u"--arrival"_s, u"constant"_s, u"--requests"_s, u"50"_s,
                u"--output-tokens"_s, u"4"_s, u"--json"_s}));
        QCOMPARE(end.code, 0);
        QCOMPARE(figuresOf(end.out).value(u"requests"_s).toInt(), 50);
    }

    void aMissedObjectiveIsAnExitCode()
    {
        const QStringList arguments
            = load({u"--requests"_s, u"5"_s, u"--output-tokens"_s, u"4"_s, u"--slo"_s});
        const LoriEnd missed = runLori(*m_home, arguments + QStringList{u"ttft_p50=1us"_s});
        QCOMPARE(missed.code, 7);
        QVERIFY2(missed.out.contains("MISSED  TTFT p50 was"), missed.out.constData());
        QCOMPARE(runLori(*m_home, arguments + QStringList{u"ttft_p50=1min,errors=0%"_s}).code, 0);
    }

    void theSameSeedAsksTheSame()
    {
        const auto conversations = [this](const QString &seed) {
            const LoriEnd end = runLori(*m_home,
                load({u"-r"_s, u"200"_s, u"--requests"_s, u"30"_s, u"--output-tokens"_s, u"2"_s,
                    u"--input-tokens"_s, u"20-200"_s, u"--seed"_s, seed, u"--samples"_s,
                    path(u"s.csv"_s)}));
            QSet<QByteArray> told;
            for (const QByteArray &line : read(u"s.csv"_s).trimmed().split('\n').sliced(1)) {
                const QByteArrayList cells = line.split(',');
                // conversation, planned_ns and prompt_tokens
                told.insert(cells.value(0) + ' ' + cells.value(4) + ' ' + cells.value(20));
            }
            return end.code == 0 ? told : QSet<QByteArray>();
        };
        const QSet<QByteArray> first = conversations(u"11"_s);
        QCOMPARE(first.size(), 30);
        QCOMPARE(conversations(u"11"_s), first);
        QVERIFY(conversations(u"12"_s) != first);
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

    void aMixIsReportedByAdapter()
    {
        const LoriEnd end = runLori(*m_home,
            load({u"-c"_s, u"4"_s, u"--requests"_s, u"60"_s, u"--output-tokens"_s, u"2"_s,
                u"--adapters"_s, u"support-v3:3,sql-expert:1,base:1"_s, u"--json"_s}));
        QCOMPARE(end.code, 0);
        const QJsonArray choices
            = QJsonDocument::fromJson(end.out).object().value(u"choices"_s).toArray();
        QCOMPARE(choices.size(), 3);
        int sum = 0;
        for (const QJsonValue &choice : choices) {
            sum += choice.toObject().value(u"figures"_s).toObject().value(u"answered"_s).toInt();
        }
        QCOMPARE(sum, 60);
        QCOMPARE(choices.first().toObject().value(u"name"_s).toString(), u"support-v3"_s);
    }

    void aSweepFindsWhereTheServerIsFull()
    {
        SimulatorTiming timing;
        timing.firstToken = std::chrono::milliseconds(100);
        timing.slots = 4;
        serve(timing);
        const LoriEnd end = runLori(*m_home,
            load({u"--sweep"_s, u"users"_s, u"--sweep-to"_s, u"16"_s, u"--duration"_s, u"1.2"_s,
                u"--warmup"_s, u"0.2"_s, u"--output-tokens"_s, u"4"_s, u"-o"_s,
                path(u"sweep.json"_s)}));
        QCOMPARE(end.code, 0);
        const QJsonObject sweep = QJsonDocument::fromJson(read(u"sweep.json"_s)).object();
        QCOMPARE(sweep.value(u"format"_s).toString(), u"lorikeet-sweep"_s);
        QVERIFY(sweep.value(u"stages"_s).toArray().size() >= 4);
        QVERIFY2(end.out.contains("The server is full at"), end.out.constData());
    }

    void aProfileIsRead()
    {
        const QString profile = file(u"p.toml"_s,
            "[workload]\nlengths = [{ input = 32, output = 5 }]\nignore_end = true\n"
            "[plan]\nseed = 3\ncurve = [{ kind = \"users\", seconds = 3600, from = 2 }]\n"
            "[plan.stop]\nrequests = 8\n"_ba);
        const LoriEnd end = runLori(*m_home, load({u"--profile"_s, profile, u"--json"_s}));
        QVERIFY2(end.code == 0, end.err.constData());
        QCOMPARE(figuresOf(end.out).value(u"answered"_s).toInt(), 8);
        const LoriEnd wrong = runLori(*m_home,
            load({u"--profile"_s,
                file(u"w.json"_s, "{\"plan\":{\"curve\":[{\"kind\":\"stairs\"}]}}"_ba)}));
        QCOMPARE(wrong.code, 2);
        QVERIFY2(wrong.err.contains("entry 1"), wrong.err.constData());
    }

    void anInterruptEndsItWithWhatThereIs()
    {
        SimulatorTiming timing;
        timing.interToken = std::chrono::hours(1);
        serve(timing);
        Lori lori(*m_home,
            load({u"-c"_s, u"3"_s, u"--prompts"_s, file(u"p.txt"_s, "one\ntwo\n"_ba), u"-o"_s,
                path(u"report.json"_s)}));
        QTRY_VERIFY_WITH_TIMEOUT(lori.err().contains("3 running"), longWait);
        const auto process = pid_t(lori.process.processId());
        QVERIFY(process > 0);
        ::kill(process, SIGINT);
        QVERIFY(lori.wait());
        QCOMPARE(lori.process.exitCode(), 130);
        QCOMPARE(figuresOf(read(u"report.json"_s)).value(u"cancelled"_s).toInt(), 3);
    }

    void aDeadServerIsToldAtOnce()
    {
        const QStringList arguments = load({u"--requests"_s, u"5"_s});
        m_simulator->stop();
        const LoriEnd end = runLori(*m_home, arguments);
        QCOMPARE(end.code, 4);
        QVERIFY(end.out.isEmpty());
    }

    void whatMakesNoSenseIsRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("both loops")
            << QStringList{u"-c"_s, u"4"_s, u"-r"_s, u"4"_s} << "exclude each other"_ba;
        QTest::newRow("no number") << QStringList{u"-c"_s, u"many"_s} << "--concurrency takes"_ba;
        QTest::newRow("half a user") << QStringList{u"-c"_s, u"1.5"_s} << "a whole number"_ba;
        QTest::newRow("no arrival") << QStringList{u"-r"_s, u"4"_s, u"--arrival"_s, u"weekly"_s}
                                    << "constant, poisson or gamma"_ba;
        QTest::newRow("no objective")
            << QStringList{u"--slo"_s, u"fast"_s} << "no service-level objective"_ba;
        QTest::newRow("shard without a seed")
            << QStringList{u"--shard"_s, u"1/2"_s} << "--shard needs --seed"_ba;
        QTest::newRow("over the ceiling")
            << QStringList{u"-c"_s, u"20000"_s} << "over the ceiling"_ba;
        QTest::newRow("no length")
            << QStringList{u"--input-tokens"_s, u"long"_s} << "--input-tokens takes tokens"_ba;
        QTest::newRow("no such file")
            << QStringList{u"--profile"_s, u"/nonexistent.json"_s} << "cannot be read"_ba;
        QTest::newRow("no such word") << QStringList{u"join"_s} << "no argument but"_ba;
    }

    void whatMakesNoSenseIsRefused()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, sentence);
        const LoriEnd end = runLori(*m_home, load(arguments));
        QCOMPARE(end.code, 2);
        QVERIFY2(end.err.contains(sentence), end.err.constData());
        QVERIFY(m_simulator->records().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLoriLoad)
#include "tst_loriload.moc"
