// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loriloadfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QSysInfo>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// What a load test from the command line reports.
class TestLoriLoad final : public LoriLoadFixture
{
    Q_OBJECT

private Q_SLOTS:

    void usersAreReported()
    {
        const LoriEnd end = loaded({u"-c"_s, u"4"_s, u"--requests"_s, u"40"_s, u"--input-tokens"_s,
            u"64"_s, u"--output-tokens"_s, u"16"_s, u"--ignore-eos"_s, u"-o"_s,
            path(u"report.json"_s), u"--samples"_s, path(u"samples.csv"_s)});
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

    /// What the figures are of is chosen afterwards as well as before.
    void theWindowCanBeMoved()
    {
        const QStringList arguments = load({u"-r"_s, u"50"_s, u"--arrival"_s, u"constant"_s,
            u"--duration"_s, u"3"_s, u"--output-tokens"_s, u"4"_s, u"--ignore-eos"_s});
        const LoriEnd moved
            = runLori(*m_home, arguments + QStringList{u"--window"_s, u"1-2.5"_s, u"--json"_s});
        QCOMPARE(moved.code, 0);
        const QJsonObject report = QJsonDocument::fromJson(moved.out).object();
        QCOMPARE(figuresOf(moved.out).value(u"requests"_s).toInt(), 75);
        const QJsonObject steady = report.value(u"steady"_s).toObject();
        QVERIFY(steady.value(u"to_ns"_s).toInteger() > steady.value(u"from_ns"_s).toInteger());
        QVERIFY(steady.value(u"found"_s).toBool() != steady.contains(u"problem"_s));
        const LoriEnd found = runLori(
            *m_home, load({u"-c"_s, u"4"_s, u"--duration"_s, u"3"_s, u"--window"_s, u"steady"_s}));
        QCOMPARE(found.code, 0);
        QVERIFY2(found.out.contains("Steady state"), found.out.constData());
        QVERIFY2(found.out.contains("Start burst"), found.out.constData());
        for (const QString &wrong : {u"5"_s, u"2-1"_s, u"a-b"_s, u"-1-5"_s}) {
            QCOMPARE(runLori(*m_home, arguments + QStringList{u"--window="_s + wrong}).code, 2);
        }
        const LoriEnd shard = runLori(*m_home,
            arguments
                + QStringList{
                    u"--window"_s, u"steady"_s, u"--shard"_s, u"1/2"_s, u"--seed"_s, u"1"_s});
        QCOMPARE(shard.code, 2);
    }

    /// What is behind the run's end dilutes nothing, and a window behind it is told.
    void aWindowEndsWithTheRun()
    {
        const QStringList arguments = load({u"-r"_s, u"50"_s, u"--arrival"_s, u"constant"_s,
            u"--duration"_s, u"1"_s, u"--output-tokens"_s, u"4"_s, u"--json"_s});
        const auto windowOf = [](const LoriEnd &end) {
            const QJsonValue summary
                = QJsonDocument::fromJson(end.out).object().value(u"summary"_s);
            return std::pair(summary[u"from_ns"_s].toInteger(), summary[u"to_ns"_s].toInteger());
        };
        const LoriEnd cut = runLori(*m_home, arguments + QStringList{u"--window"_s, u"0.5-60"_s});
        QCOMPARE(windowOf(cut), std::pair(qint64(500'000'000), qint64(1'000'000'000)));
        QCOMPARE(figuresOf(cut.out).value(u"requests"_s).toInt(), 25);
        const LoriEnd beyond = runLori(*m_home, arguments + QStringList{u"--window"_s, u"30-60"_s});
        QCOMPARE(beyond.code, 0);
        QVERIFY2(beyond.err.contains("--window begins after the run, which sent until 1.0 s"),
            beyond.err.constData());
        QCOMPARE(figuresOf(beyond.out).value(u"requests"_s).toInt(), 50);
    }

    /// All users begin within the warm-up: they were answered, and nothing of it is measured.
    void answersOutsideTheWindowAreNoFailure()
    {
        const LoriEnd end
            = loaded({u"-r"_s, u"20"_s, u"--arrival"_s, u"constant"_s, u"--requests"_s, u"5"_s,
                u"--duration"_s, u"10"_s, u"--warmup"_s, u"5"_s, u"--output-tokens"_s, u"4"_s});
        QCOMPARE(end.code, 0);
        QVERIFY2(end.err.contains("None of the 5 answers is of a request that was due in the "
                                  "window of the figures"),
            end.err.constData());
    }

    /// What a body of one's own has of secrets is in no report.
    void aReportTellsNoSecret()
    {
        const QString profile = file(u"s.json"_s,
            R"({"workload":{"extra_body":{"api_key":"canary-0123"}},"plan":{"stop":{"requests":2}}})"_ba);
        const LoriEnd end = runLori(
            *m_home, load({u"--profile"_s, profile, u"--json"_s, u"-o"_s, path(u"r.json"_s)}));
        QVERIFY2(end.code == 0, end.err.constData());
        QVERIFY(end.out.contains("api_key"));
        QVERIFY(!end.out.contains("canary"));
        QVERIFY(!read(u"r.json"_s).contains("canary"));
    }

    /// A ceiling that ends a stage leaves what was found until then.
    void aSweepThatEndsEarlyIsReported_data()
    {
        QTest::addColumn<QStringList>("ceiling");
        QTest::addColumn<QByteArray>("sentence");
        // A token costs 1, an answer 4; a stage of one user has some fifty.
        QTest::newRow("cost") << QStringList{u"--price"_s, u"0,1000000"_s, u"--max-cost"_s,
            u"600"_s} << "The ceiling of the cost"_ba;
        QTest::newRow("requests") << QStringList{u"--max-requests"_s, u"130"_s}
                                  << "The ceiling of 130 requests is reached"_ba;
    }

    void aSweepThatEndsEarlyIsReported()
    {
        QFETCH(const QStringList, ceiling);
        QFETCH(const QByteArray, sentence);
        SimulatorTiming timing;
        timing.firstToken = std::chrono::milliseconds(10);
        timing.slots = 64;
        serve(timing);
        const LoriEnd end = loaded(
            QStringList{u"--sweep"_s, u"users"_s, u"--duration"_s, u"1"_s, u"--warmup"_s, u"0.1"_s,
                u"--output-tokens"_s, u"4"_s, u"--ignore-eos"_s, u"-o"_s, path(u"sweep.json"_s)}
            + ceiling);
        QVERIFY(end.code != 0);
        QVERIFY2(end.err.contains(sentence), end.err.constData());
        const QJsonObject sweep = QJsonDocument::fromJson(read(u"sweep.json"_s)).object();
        QVERIFY(!sweep.value(u"stages"_s).toArray().isEmpty());
        double cost = 0;
        for (const QJsonValue &stage : sweep.value(u"stages"_s).toArray()) {
            cost += stage[u"cost"_s].toDouble();
        }
        // The ceiling is that of all stages; the prompts' lengths were asked for before.
        QVERIFY(!ceiling.contains(u"--max-requests"_s) || m_simulator->records().size() <= 140);
        // What is under way when it is reached has been asked for already.
        QVERIFY2(cost <= 700, qPrintable(QString::number(cost)));
    }

    void aRateIsReportedAsJson()
    {
        const LoriEnd end = loaded({u"-r"_s, u"100"_s, u"--arrival"_s, u"constant"_s,
            u"--requests"_s, u"50"_s, u"--output-tokens"_s, u"4"_s, u"--json"_s});
        QCOMPARE(end.code, 0);
        QCOMPARE(figuresOf(end.out).value(u"requests"_s).toInt(), 50);
    }

    /// Also where nothing says how many users there are.
    void itEndsAfterItsDuration()
    {
        const LoriEnd end = loaded(
            {u"--duration"_s, u"0.5"_s, u"--output-tokens"_s, u"4"_s, u"-o"_s, path(u"r.json"_s)});
        QCOMPARE(end.code, 0);
        const QJsonValue plan
            = QJsonDocument::fromJson(read(u"r.json"_s)).object().value(u"plan"_s);
        QCOMPARE(plan[u"curve"_s].toArray().at(0)[u"seconds"_s].toDouble(), 0.5);
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
            const LoriEnd end = loaded({u"-r"_s, u"200"_s, u"--requests"_s, u"30"_s,
                u"--output-tokens"_s, u"2"_s, u"--input-tokens"_s, u"20-200"_s, u"--seed"_s, seed,
                u"--samples"_s, path(u"s.csv"_s)});
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

    /// The server's own figures stand in the report, with the run's time.
    void theServersMetricsAreReported()
    {
        // It is asked once a second; a shorter run may be over between two times.
        const QStringList arguments = {u"-r"_s, u"15"_s, u"--arrival"_s, u"constant"_s,
            u"--requests"_s, u"30"_s, u"--output-tokens"_s, u"4"_s};
        const LoriEnd end = loaded(arguments + QStringList{u"-o"_s, path(u"r.json"_s)});
        QCOMPARE(end.code, 0);
        QVERIFY2(end.out.contains("Server        vLLM: running"), end.out.constData());
        const QJsonObject server
            = QJsonDocument::fromJson(read(u"r.json"_s)).object().value(u"server"_s).toObject();
        QVERIFY(server.value(u"at_ns"_s).toArray().size() >= 2);
        const QJsonValue grown = server.value(u"figures"_s)[u"output_tokens"_s][u"growth"_s];
        QVERIFY(grown.toDouble() > 0);
        const LoriEnd without = loaded(arguments + QStringList{u"--no-server-metrics"_s});
        QCOMPARE(without.code, 0);
        QVERIFY(!without.out.contains("Server  "));
    }

    void aPriceIsAnEstimateAndACost()
    {
        const LoriEnd end
            = loaded({u"-r"_s, u"100"_s, u"--requests"_s, u"10"_s, u"--input-tokens"_s, u"64"_s,
                u"--output-tokens"_s, u"5"_s, u"--ignore-eos"_s, u"--price"_s, u"0,1000000,EUR"_s});
        QCOMPARE(end.code, 0);
        QVERIFY2(end.err.contains("About 10 requests with 640 tokens in and at most 50 out: about "
                                  "50.00 EUR."),
            end.err.constData());
        QVERIFY2(end.out.contains("Cost          about 50.00 EUR"), end.out.constData());
    }

    void itWaitsUntilAPercentileIsKnown()
    {
        const LoriEnd end = loaded({u"-c"_s, u"4"_s, u"--until"_s, u"e2e_p50=±90%"_s,
            u"--until-least"_s, u"50"_s, u"--output-tokens"_s, u"4"_s, u"-o"_s, path(u"r.json"_s)});
        QCOMPARE(end.code, 0);
        QVERIFY2(end.out.contains("Precision     reached  End-to-end latency p50 is"),
            end.out.constData());
        const QJsonValue precision
            = QJsonDocument::fromJson(read(u"r.json"_s)).object().value(u"precision"_s);
        QVERIFY(precision[0][u"reached"_s].toBool());
        QVERIFY(precision[0][u"count"_s].toInt() >= 50);
    }

    /// What was found out is kept, and told with each run.
    void thisComputerIsCalibrated()
    {
        const LoriEnd end = runLori(*m_home, {u"load"_s, u"--calibrate"_s, u"--json"_s});
        QVERIFY2(end.code == 0, end.err.constData());
        const QJsonObject found = QJsonDocument::fromJson(end.out).object();
        QCOMPARE(found.value(u"machine"_s).toString(), QSysInfo::machineHostName());
        QVERIFY(found.value(u"streams"_s).toInt(-1) >= 0);
        const LoriEnd run = runLori(
            *m_home, load({u"--requests"_s, u"5"_s, u"--output-tokens"_s, u"4"_s, u"--json"_s}));
        QCOMPARE(
            QJsonDocument::fromJson(run.out).object().value(u"calibration"_s).toObject(), found);
    }

    void aMixIsReportedByAdapter()
    {
        const LoriEnd end = loaded({u"-c"_s, u"4"_s, u"--requests"_s, u"60"_s, u"--output-tokens"_s,
            u"2"_s, u"--adapters"_s, u"support-v3:3,sql-expert:1,base:1"_s, u"--json"_s});
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
        const LoriEnd end = loaded({u"--sweep"_s, u"users"_s, u"--sweep-to"_s, u"16"_s,
            u"--duration"_s, u"1.2"_s, u"--warmup"_s, u"0.2"_s, u"--output-tokens"_s, u"4"_s,
            u"-o"_s, path(u"sweep.json"_s)});
        QCOMPARE(end.code, 0);
        const QJsonObject sweep = QJsonDocument::fromJson(read(u"sweep.json"_s)).object();
        QCOMPARE(sweep.value(u"format"_s).toString(), u"lorikeet-sweep"_s);
        QVERIFY(sweep.value(u"stages"_s).toArray().size() >= 4);
        // The loads at the edge were run until most of three runs agreed.
        QCOMPARE(sweep[u"sweep"_s][u"repeats"_s].toInt(), 3);
        for (const QString &runs : {u"holds_runs"_s, u"breaks_runs"_s}) {
            QCOMPARE(sweep[runs][u"agreed"_s].toInt(), 2);
        }
        QVERIFY2(end.out.contains(" times) and breaks at "), end.out.constData());
        QVERIFY2(end.out.contains("The server is full at"), end.out.constData());
    }

    void aProfileIsRead()
    {
        const QString profile = file(u"p.toml"_s,
            "[workload]\nlengths = [{ input = 32, output = 5 }]\nignore_end = true\n"
            "[plan]\nseed = 3\ncurve = [{ kind = \"users\", seconds = 3600, from = 2 }]\n"
            "[plan.stop]\nrequests = 8\n"_ba);
        const LoriEnd end = loaded({u"--profile"_s, profile, u"--json"_s});
        QVERIFY2(end.code == 0, end.err.constData());
        QCOMPARE(figuresOf(end.out).value(u"answered"_s).toInt(), 8);
        const LoriEnd wrong = loaded({u"--profile"_s,
            file(u"w.json"_s, "{\"plan\":{\"curve\":[{\"kind\":\"stairs\"}]}}"_ba)});
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
};

QTEST_GUILESS_MAIN(TestLoriLoad)
#include "tst_loriload.moc"
