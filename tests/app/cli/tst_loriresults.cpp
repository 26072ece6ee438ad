// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lorirun.h"
#include "simulator/simulatorthread.h"
#include "testfiles.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// What becomes of the runs of `lori load`: the history, comparisons, pages, files of other tools.
class TestLoriResults final : public QObject
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

    [[nodiscard]] QByteArray read(const QString &name) const { return readFile(*m_home, name); }

    [[nodiscard]] QStringList load(const QStringList &more) const
    {
        return QStringList{u"load"_s, u"-e"_s, m_simulator->url().toString()} + more;
    }

    [[nodiscard]] LoriEnd lori(const QStringList &words) const
    {
        return runLori(*m_home, QStringList{u"load"_s} + words);
    }

    [[nodiscard]] QJsonArray runs() const
    {
        return QJsonDocument::fromJson(lori({u"list"_s, u"--json"_s}).out)[u"runs"_s].toArray();
    }

    /// A short run, with whatever more.
    void run(const QStringList &more = {}) const
    {
        const LoriEnd end = runLori(*m_home,
            load({u"-c"_s, u"4"_s, u"--requests"_s, u"40"_s, u"--input-tokens"_s, u"32"_s,
                u"--output-tokens"_s, u"8"_s, u"--ignore-eos"_s})
                + more);
        QVERIFY2(end.code == 0, end.err.constData());
    }

private Q_SLOTS:

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        serve();
    }

    void aRunIsKeptAndShownAgain()
    {
        QVERIFY(lori({u"list"_s}).out.startsWith("No load test is kept yet"));
        run({u"--name"_s, u"the first"_s});
        const QJsonArray all = runs();
        QCOMPARE(all.size(), 1);
        QCOMPARE(all[0][u"name"_s].toString(), u"the first"_s);
        QCOMPARE(all[0][u"state"_s].toString(), u"ended"_s);
        QCOMPARE(all[0][u"figures"_s][u"answered"_s].toInt(), 40);
        const LoriEnd shown = lori({u"show"_s, u"last"_s});
        QCOMPARE(shown.code, 0);
        QVERIFY2(shown.out.contains("40 due, 40 answered"), shown.out.constData());
        const LoriEnd list = lori({u"list"_s});
        QVERIFY(list.out.contains("the first"));
        QVERIFY2(list.out.contains("nothing goes unless you remove it."), list.out.constData());
    }

    void aRunThatIsNotToBeKeptIsNot()
    {
        run({u"--no-history"_s});
        QCOMPARE(runs().size(), 0);
    }

    /// The program is killed in the middle of it: the run is there, marked so, with what it had
    /// told.
    void aKilledRunIsInTheHistory()
    {
        SimulatorTiming timing;
        timing.firstToken = std::chrono::milliseconds(20);
        serve(timing);
        Lori running(*m_home,
            load({u"-c"_s, u"4"_s, u"--duration"_s, u"600"_s, u"--output-tokens"_s, u"4"_s,
                u"--name"_s, u"cut short"_s}));
        // So long that something was written, by what the history itself says.
        const auto samples = [this]() -> qint64 {
            const QJsonArray all = runs();
            return all.isEmpty() ? -1 : all[0][u"bytes"_s].toInteger();
        };
        QTRY_VERIFY_WITH_TIMEOUT(samples() > 8'000, longWait);
        QCOMPARE(runs()[0][u"state"_s].toString(), u"running"_s);
        running.process.kill();
        QVERIFY(running.wait());
        QCOMPARE(running.process.exitStatus(), QProcess::CrashExit);

        const QJsonArray all = runs();
        QCOMPARE(all.size(), 1);
        QCOMPARE(all[0][u"name"_s].toString(), u"cut short"_s);
        QCOMPARE(all[0][u"state"_s].toString(), u"killed"_s);
        QVERIFY(all[0][u"problem"_s].toString().startsWith(u"The program died during the run"_s));
        const int answered = all[0][u"figures"_s][u"answered"_s].toInt();
        QVERIFY(answered > 0);
        const LoriEnd shown = lori({u"show"_s, u"last"_s});
        QVERIFY2(
            shown.out.contains("The run did not go to its end (killed)."), shown.out.constData());
        QVERIFY(shown.out.contains("TTFT"));
        // What had been answered and was not told is what the last half second brought.
        const auto asked = qint64(m_simulator->records().size());
        qInfo("%d of %lld answers are kept", answered, asked);
        QVERIFY(answered <= asked);
    }

    void twoRunsAreCompared()
    {
        run({u"--duration"_s, u"14"_s, u"--requests"_s, u"100000"_s, u"-o"_s, path(u"a.json"_s)});
        SimulatorTiming slow = *simulatorProfile(u"fast");
        slow.firstToken = std::chrono::milliseconds(80);
        serve(slow);
        run({u"--duration"_s, u"14"_s, u"--requests"_s, u"100000"_s});
        const LoriEnd end = lori({u"compare"_s, path(u"a.json"_s), u"last"_s});
        QCOMPARE(end.code, 7);
        QVERIFY2(end.out.contains(" is worse in "), end.out.constData());
        const LoriEnd back = lori({u"compare"_s, u"last"_s, path(u"a.json"_s), u"--json"_s});
        const QJsonArray figures = QJsonDocument::fromJson(back.out)[u"figures"_s].toArray();
        // Which other figures are worse is a matter of this machine.
        const auto ttft = std::ranges::find_if(
            figures, [](const QJsonValue &row) { return row[u"figure"_s] == "ttft_p50"_L1; });
        QVERIFY(ttft != figures.end());
        QCOMPARE((*ttft)[u"runs"_s][1][u"outcome"_s].toString(), u"better"_s);
        const LoriEnd same = lori({u"compare"_s, u"last"_s, u"last"_s});
        QCOMPARE(same.code, 0);
        QVERIFY2(same.out.contains("cannot be told from the first"), same.out.constData());
    }

    void pagesAreWritten()
    {
        run({u"--html"_s, path(u"r.html"_s), u"--markdown"_s, path(u"r.md"_s)});
        QVERIFY(read(u"r.html"_s).startsWith("<!doctype html>"));
        QVERIFY(read(u"r.html"_s).contains("<svg"));
        QVERIFY(read(u"r.md"_s).startsWith("# "));
        QVERIFY(!read(u"r.html"_s).contains("canary"));
        QCOMPARE(lori({u"show"_s, u"last"_s, u"--html"_s, path(u"again.html"_s)}).code, 0);
        // The history has what the run had, single requests included.
        QVERIFY(read(u"again.html"_s).contains("Slowest requests"));
        QVERIFY(!read(u"again.html"_s).contains("Single requests are not in this report"));
    }

    /// Only of a run that was to keep them.
    void answersAreKeptWhenTheyAreWanted()
    {
        run();
        const LoriEnd without = lori({u"export"_s, u"last"_s, u"--to"_s, u"answers"_s});
        QCOMPARE(without.code, 2);
        QVERIFY2(without.err.contains("--keep-answers"), without.err.constData());
        run({u"--keep-answers"_s});
        const LoriEnd with = lori({u"export"_s, u"last"_s, u"--to"_s, u"answers"_s});
        QVERIFY2(with.code == 0, with.err.constData());
        const QByteArrayList lines = with.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 40);
        const QJsonDocument one = QJsonDocument::fromJson(lines[7]);
        QVERIFY(!one[u"text"_s].toString().isEmpty());
        QVERIFY(one[u"read_ns"_s].toArray().size() > 0);
        QCOMPARE(one[u"read_ns"_s].toArray().size(), one[u"pieces"_s].toArray().size());
        const LoriEnd nowhere = runLori(*m_home, load({u"--keep-answers"_s, u"--no-history"_s}));
        QCOMPARE(nowhere.code, 2);
        QVERIFY(nowhere.err.contains("--no-history does without"));
    }

    void filesOfOtherToolsGoOutAndIn()
    {
        run();
        for (const QString &form : {u"vllm"_s, u"aiperf-jsonl"_s}) {
            const QString file = path(form);
            QCOMPARE(lori({u"export"_s, u"last"_s, u"--to"_s, form, u"-o"_s, file}).code, 0);
            const LoriEnd shown = lori({u"show"_s, file});
            QVERIFY2(shown.code == 0, shown.err.constData());
            QVERIFY2(shown.out.contains("as Lorikeet defines it"), shown.out.constData());
        }
        for (const QString &form :
            {u"aiperf-csv"_s, u"llm-d"_s, u"samples"_s, u"markdown"_s, u"html"_s}) {
            const LoriEnd end = lori({u"export"_s, u"last"_s, u"--to"_s, form});
            QVERIFY2(end.code == 0 && end.out.size() > 300, end.err.constData());
        }
        const LoriEnd wrong = lori({u"export"_s, u"last"_s, u"--to"_s, u"excel"_s});
        QCOMPARE(wrong.code, 2);
        QVERIFY(wrong.err.contains("--to takes vllm, aiperf-csv"));
        const QString vllm = QStringLiteral(LORIKEET_FIXTURES "/loadtools/vllm-before.json");
        const LoriEnd compared = lori({u"compare"_s, vllm, u"last"_s});
        QCOMPARE(compared.code, 0);
        QVERIFY2(compared.out.contains("defined otherwise"), compared.out.constData());
    }

    void aPersonSaysSomethingOfARun()
    {
        run();
        QCOMPARE(lori({u"rename"_s, u"last"_s, u"before"_s, u"tuning"_s}).code, 0);
        QCOMPARE(lori({u"note"_s, u"last"_s, u"old driver"_s}).code, 0);
        QCOMPARE(lori({u"tag"_s, u"last"_s, u"h100"_s, u"nightly"_s}).code, 0);
        const QJsonValue kept = runs()[0];
        QCOMPARE(kept[u"name"_s].toString(), u"before tuning"_s);
        QCOMPARE(kept[u"note"_s].toString(), u"old driver"_s);
        QCOMPARE(kept[u"tags"_s], (QJsonArray{u"h100"_s, u"nightly"_s}));
        const LoriEnd removed = lori({u"remove"_s, u"last"_s});
        QVERIFY(removed.out.contains("“before tuning” is removed"));
        QCOMPARE(runs().size(), 0);
        QCOMPARE(lori({u"restore"_s, kept[u"id"_s].toString()}).code, 0);
        QCOMPARE(runs()[0][u"name"_s].toString(), u"before tuning"_s);
    }

    void aPresetRunsTheSameAgain()
    {
        run({u"--slo"_s, u"ttft_p95=10s"_s});
        QCOMPARE(lori({u"preset"_s, u"last"_s, u"-o"_s, path(u"p.toml"_s)}).code, 0);
        const LoriEnd end
            = runLori(*m_home, load({u"--profile"_s, path(u"p.toml"_s), u"--json"_s}));
        QVERIFY2(end.code == 0, end.err.constData());
        const QJsonDocument report = QJsonDocument::fromJson(end.out);
        QCOMPARE(report[u"figures"_s][u"answered"_s].toInt(), 40);
        QCOMPARE(report[u"objective"_s].toArray().size(), 1);
        // With prompts the server has not read yet.
        const QJsonArray all = runs();
        QVERIFY(all[0][u"profile"_s][u"plan"_s][u"seed"_s]
            != all[1][u"profile"_s][u"plan"_s][u"seed"_s]);
    }

    void aReportThatWasSentIsKept()
    {
        run({u"--no-history"_s, u"-o"_s, path(u"sent.json"_s)});
        const LoriEnd kept = lori({u"keep"_s, path(u"sent.json"_s)});
        QVERIFY2(kept.code == 0, kept.err.constData());
        QCOMPARE(runs()[0][u"name"_s].toString(), u"sent"_s);
    }

    void aSweepIsKeptWithItsStages()
    {
        const LoriEnd end = runLori(*m_home,
            load({u"--sweep"_s, u"users"_s, u"--sweep-to"_s, u"4"_s, u"--duration"_s, u"0.6"_s,
                u"--warmup"_s, u"0.1"_s, u"--output-tokens"_s, u"4"_s, u"--html"_s,
                path(u"s.html"_s)}));
        QVERIFY2(end.code == 0, end.err.constData());
        QVERIFY(runs()[0][u"figures"_s][u"stages"_s].toInt() >= 2);
        QVERIFY(read(u"s.html"_s).contains("Load by load"));
        QVERIFY(lori({u"show"_s, u"last"_s}).out.contains("tokens/s"));
        const LoriEnd one = lori({u"export"_s, u"last"_s, u"--to"_s, u"llm-d"_s});
        QCOMPARE(one.code, 2);
        QVERIFY(one.err.contains("choose one of its stages"));
        QCOMPARE(
            lori({u"export"_s, u"last"_s, u"--to"_s, u"llm-d"_s, u"--stage"_s, u"2"_s}).code, 0);
    }

    void whatIsNotThereIsSaid()
    {
        const LoriEnd end = lori({u"show"_s, u"nothing"_s});
        QCOMPARE(end.code, 2);
        QVERIFY2(end.err.contains("There is no run “nothing” in the history"), end.err.constData());
        QCOMPARE(lori({u"compare"_s, u"last"_s}).code, 2);
        QVERIFY(lori({u"show"_s}).err.contains("“lori load show” needs a run"));
        QVERIFY(lori({u"export"_s, u"last"_s}).err.contains("Say by --to in which form: "));
    }
};

QTEST_GUILESS_MAIN(TestLoriResults)
#include "tst_loriresults.moc"
