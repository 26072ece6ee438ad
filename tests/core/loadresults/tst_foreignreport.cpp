// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/foreignreport.h"
#include "loadresults/loadcomparison.h"
#include "loadresults/loadexport.h"
#include "resultfixture.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

QByteArray fixture(const QString &name)
{
    QFile file(QStringLiteral(LORIKEET_FIXTURES "/loadtools/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<ForeignReport> reportsIn(const QString &name)
{
    const auto reports = foreignReportsFrom(fixture(name), name);
    if (!reports) {
        qWarning("%s", qPrintable(reports.error().message));
    }
    return reports.value_or(QList<ForeignReport>());
}

double valueOf(const ForeignReport &report, const QString &word)
{
    const auto found = std::ranges::find(report.figures, word, &LoadFigure::word);
    return found == report.figures.end() ? -1 : found->value.value_or(-2);
}

bool isNear(double value, double expected)
{
    return std::abs(value - expected) < 1e-9 + 0.001 * std::abs(expected);
}

QString keyOf(const ForeignReport &report, const QString &word)
{
    const auto found = std::ranges::find(report.figures, word, &LoadFigure::word);
    return found == report.figures.end() ? QString() : found->definition.key;
}

} // namespace

/// Files of other load testers, whose figures keep the meaning they have there.
class TestForeignReport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void vllmIsRead()
    {
        const QList<ForeignReport> reports = reportsIn(u"vllm-before.json"_s);
        QCOMPARE(reports.size(), 1);
        const ForeignReport &report = reports.constFirst();
        QCOMPARE(report.tool, u"vllm bench serve"_s);
        QCOMPARE(report.name, u"before"_s);
        QCOMPARE(report.model, u"meta-llama/Llama-3.1-8B"_s);
        QCOMPARE(valueOf(report, u"answered"_s), 238.0);
        QVERIFY(isNear(valueOf(report, u"errors"_s), 2.0 / 240));
        const QJsonObject file = QJsonDocument::fromJson(fixture(u"vllm-before.json"_s)).object();
        QVERIFY(isNear(valueOf(report, u"ttft_p99"_s), file[u"p99_ttft_ms"_s].toDouble() / 1000));
        QVERIFY(isNear(valueOf(report, u"e2e_p50"_s), file[u"median_e2el_ms"_s].toDouble() / 1000));
        // It has no p95 of its own; the requests tell.
        QVERIFY(valueOf(report, u"ttft_p95"_s) > valueOf(report, u"ttft_p50"_s));
        QCOMPARE(keyOf(report, u"tpot_p50"_s), u"vllm/tpot"_s);
    }

    void oneObjectALineIsSeveralRuns()
    {
        const QList<ForeignReport> reports = reportsIn(u"vllm-appended.jsonl"_s);
        QCOMPARE(reports.size(), 2);
        QCOMPARE(reports[0].name, u"before"_s);
        QCOMPARE(reports[1].name, u"after"_s);
    }

    void theCousinOfVllmIsRead()
    {
        const QList<ForeignReport> reports = reportsIn(u"sglang.json"_s);
        QCOMPARE(reports.size(), 1);
        QCOMPARE(reports[0].tool, u"sglang bench_serving"_s);
        QVERIFY(isNear(valueOf(reports[0], u"e2e_p50"_s), 0.48));
        QVERIFY(reports[0].notes.join(u' ').contains(u"how many requests failed"_s));
    }

    /// The difference is as large as it was made, and beyond chance.
    void twoRunsOfVllmAreCompared()
    {
        const LoadComparison comparison
            = *compare({reportsIn(u"vllm-before.json"_s)[0].comparable(),
                reportsIn(u"vllm-after.json"_s)[0].comparable()});
        const auto row = std::ranges::find(comparison.rows, u"ttft_p50"_s, &ComparisonRow::word);
        QVERIFY(row != comparison.rows.end());
        const ComparisonCell &cell = row->cells[1];
        QCOMPARE(cell.outcome, ComparisonCell::Outcome::Worse);
        QCOMPARE(cell.method, TestMethod::Blocks);
        QVERIFY(*cell.relative > 0.2 && *cell.relative < 0.4);
        const auto errors = std::ranges::find(comparison.rows, u"errors"_s, &ComparisonRow::word);
        QCOMPARE(errors->cells[1].outcome, ComparisonCell::Outcome::Alike);
    }

    void guidellmIsRead()
    {
        const QList<ForeignReport> reports = reportsIn(u"guidellm.json"_s);
        QCOMPARE(reports.size(), 2);
        const ForeignReport &report = reports[0];
        QCOMPARE(report.tool, u"guidellm"_s);
        QCOMPARE(report.version, u"0.7.0"_s);
        QVERIFY(report.name.endsWith(u"(concurrent)"_s));
        QVERIFY(isNear(valueOf(report, u"ttft_mean"_s), 0.040));
        QVERIFY(isNear(valueOf(report, u"ttft_p99"_s), 0.060));
        QVERIFY(isNear(valueOf(report, u"requests_per_s"_s), 2.0));
        QVERIFY(isNear(valueOf(report, u"errors"_s), 1.0 / 31));
        // Theirs has the TTFT inside: 240 ms / 21; from the requests it is 200 ms / 20.
        QVERIFY(isNear(valueOf(report, u"tpot_guidellm_mean"_s), 0.24 / 21));
        QVERIFY(isNear(valueOf(report, u"tpot_mean"_s), 0.010));
    }

    void aiperfIsRead_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("0.12") << u"aiperf.json"_s;
        QTest::newRow("0.1.1") << u"aiperf-0.1.1.json"_s;
    }

    void aiperfIsRead()
    {
        QFETCH(const QString, name);
        const QList<ForeignReport> reports = reportsIn(name);
        QCOMPARE(reports.size(), 1);
        const ForeignReport &report = reports[0];
        QCOMPARE(report.tool, u"AIPerf"_s);
        QVERIFY(isNear(valueOf(report, u"ttft_mean"_s), 0.060));
        QVERIFY(isNear(valueOf(report, u"e2e_p95"_s), 0.56));
        QVERIFY(isNear(valueOf(report, u"output_tokens_per_s"_s), 160));
        QVERIFY(isNear(valueOf(report, u"errors"_s), 4.0 / 204));
        // Its ITL is what others call TPOT, and stands there by its own name.
        QVERIFY(isNear(valueOf(report, u"tpot_mean"_s), 0.010));
        QVERIFY(isNear(valueOf(report, u"itl_mean"_s), 0.0105));
        const auto tpot = std::ranges::find(report.figures, u"tpot_mean"_s, &LoadFigure::word);
        QVERIFY(tpot->label.startsWith(u"ITL of AIPerf"_s));
    }

    void requestsOfAiperfAreRead()
    {
        const QList<ForeignReport> reports = reportsIn(u"aiperf.jsonl"_s);
        QCOMPARE(reports.size(), 1);
        // 60 lines, of which three are warm-up and one failed.
        QCOMPARE(valueOf(reports[0], u"answered"_s), 56.0);
        QVERIFY(isNear(valueOf(reports[0], u"errors"_s), 1.0 / 57));
        QVERIFY(valueOf(reports[0], u"ttft_p50"_s) > 0.049);
        QVERIFY(valueOf(reports[0], u"ttft_p99"_s) < 0.055);
    }

    void inferencePerfIsRead()
    {
        const QList<ForeignReport> reports = reportsIn(u"inference-perf.json"_s);
        QCOMPARE(reports.size(), 1);
        QCOMPARE(reports[0].tool, u"inference-perf"_s);
        QVERIFY(isNear(valueOf(reports[0], u"ttft_p50"_s), 0.08 * 0.97));
        QVERIFY(isNear(valueOf(reports[0], u"e2e_p99"_s), 0.8));
        QVERIFY(isNear(valueOf(reports[0], u"errors"_s), 0.01));
    }

    void endpointsIsRead()
    {
        const QList<ForeignReport> reports = reportsIn(u"endpoints.json"_s);
        QCOMPARE(reports.size(), 1);
        const ForeignReport &report = reports[0];
        QCOMPARE(report.tool, u"MLPerf Endpoints"_s);
        QVERIFY(isNear(valueOf(report, u"ttft_p95"_s), 0.065));
        QVERIFY(isNear(valueOf(report, u"requests_per_s"_s), 8.33));
        // It certifies no 99th percentile of 500 samples.
        const auto at = [&report](const QString &word) {
            return std::ranges::find(report.figures, word, &LoadFigure::word)->isReliable;
        };
        QVERIFY(!at(u"ttft_p99"_s));
        QVERIFY(at(u"ttft_p95"_s));
    }

    /// No two of them mean the same by a word.
    void toolsAreNotSubtractedFromEachOther()
    {
        QList<ComparableRun> runs{comparable(inventedResult({}))};
        for (const QString &name : {u"vllm-before.json"_s, u"guidellm.json"_s, u"aiperf.json"_s,
                 u"inference-perf.json"_s, u"endpoints.json"_s}) {
            runs += reportsIn(name)[0].comparable();
        }
        for (const ComparableRun &first : std::as_const(runs)) {
            for (const ComparableRun &second : std::as_const(runs)) {
                if (first.tool == second.tool) {
                    continue;
                }
                const LoadComparison comparison = *compare({first, second});
                for (const ComparisonRow &row : comparison.rows) {
                    QVERIFY2(row.word == "answered"_L1 || !row.cells[1].difference,
                        qPrintable(u"%1: %2, %3"_s.arg(row.word, first.tool, second.tool)));
                }
            }
        }
    }

    void whatIsNoReportIsSaidWithItsPlace_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("sentence");
        const QByteArray vllm = fixture(u"vllm-summary.json"_s);
        QTest::newRow("nothing") << QByteArray() << u"x.json is no JSON"_s;
        QTest::newRow("cut") << vllm.first(200) << u"x.json is no JSON: "_s;
        QTest::newRow("a list") << "[1,2]"_ba << u"x.json is no JSON"_s;
        QTest::newRow("of nobody") << "{\"a\":1}"_ba << u"x.json is no report of Lorikeet, vllm"_s;
        QTest::newRow("wrong kind")
            << QByteArray(vllm).replace("\"completed\": 238", "\"completed\": \"many\"")
            << u"x.json: “completed” must be a number."_s;
        QTest::newRow("a line of two") << fixture(u"vllm-appended.jsonl"_s) + "{\"duration\":"
                                       << u"x.json, line 3: it is no JSON object"_s;
        QTest::newRow("a wrong unit")
            << fixture(u"aiperf.json"_s).replace("\"unit\": \"ms\"", "\"unit\": \"fortnights\"")
            << u"“unit” must be a unit of time, not “fortnights”."_s;
        QTest::newRow("a line without its start")
            << fixture(u"aiperf.jsonl"_s).replace("1767322001000000000", "\"soon\"")
            << u"x.json, line 3: metadata: “request_start_ns” must be a number."_s;
        QTest::newRow("guidellm, cut")
            << fixture(u"guidellm.json"_s).first(30'000) << u"x.json is no JSON: "_s;
        QTest::newRow("guidellm, a request of another kind")
            << fixture(u"guidellm.json"_s)
                   .replace("\"output_tokens\": 21", "\"output_tokens\": \"21\"")
            << u"benchmark 1 is damaged or of another form."_s;
        QTest::newRow("guidellm, another kind")
            << "{\"benchmarks\":{\"a\":1}}"_ba << u"“benchmarks” is damaged or of another form."_s;
        QTest::newRow("guidellm, none")
            << "{\"benchmarks\":[]}"_ba << u"x.json has no benchmarks in it."_s;
    }

    void whatIsNoReportIsSaidWithItsPlace()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QString, sentence);
        const auto reports = foreignReportsFrom(content, u"x.json"_s);
        QVERIFY(!reports);
        QVERIFY2(reports.error().message.contains(sentence), qPrintable(reports.error().message));
    }

    /// Whatever is cut off, there is a sentence or a report, and nothing worse.
    void filesThatEndAnywhereDoNoHarm()
    {
        for (const QString &name : {u"vllm-summary.json"_s, u"guidellm.json"_s, u"aiperf.json"_s,
                 u"aiperf.jsonl"_s, u"inference-perf.json"_s, u"endpoints.json"_s}) {
            const QByteArray whole = fixture(name);
            for (qsizetype end = 0; end < whole.size(); end += 1 + whole.size() / 60) {
                const auto reports = foreignReportsFrom(whole.first(end), name);
                QVERIFY(reports || !reports.error().message.isEmpty());
            }
        }
    }

    void itIsShownWithItsDefinitions()
    {
        const QString text = toText(reportsIn(u"guidellm.json"_s)[0]);
        QVERIFY(text.contains(u"by guidellm 0.7.0"_s));
        QVERIFY(text.contains(u"so that the TTFT is inside"_s));
    }

    // What leaves comes back as it was.

    void vllmComesBack()
    {
        const LoadResult result = inventedResult({.failures = 0.02}, u"mine"_s);
        const QByteArray file = *exported(result, LoadExport::Vllm);
        const auto reports = foreignReportsFrom(file, u"v.json"_s);
        QVERIFY2(reports, reports ? "" : qPrintable(reports.error().message));
        const ForeignReport &report = reports->constFirst();
        QCOMPARE(report.name, u"mine"_s);
        // With the requests in it the file is of the whole run, and our figures are of the window.
        QCOMPARE(keyOf(report, u"ttft_p95"_s), u"lorikeet/whole-run/ttft"_s);
        QCOMPARE(keyOf(report, u"answered"_s), u"vllm/answered"_s);
        qint64 answered = 0;
        LatencyHistogram ttft;
        for (const LoadSample &sample : result.stages[0].samples) {
            answered += sample.isAnswered() ? 1 : 0;
            if (sample.isAnswered()) {
                ttft.add(*sample.timeToFirstToken());
            }
        }
        QCOMPARE(valueOf(report, u"answered"_s), double(answered));
        QVERIFY(std::abs(
                    valueOf(report, u"ttft_p95"_s) * 1e9 / double(ttft.quantile(0.95)->count()) - 1)
            < 0.01);
        const QJsonObject object = QJsonDocument::fromJson(file).object();
        for (const QString &name : {u"input_lens"_s, u"output_lens"_s, u"ttfts"_s, u"latencies"_s,
                 u"start_times"_s, u"queue_times"_s, u"errors"_s}) {
            QCOMPARE(object[name].toArray().size(), qsizetype(result.stages[0].samples.size()));
        }
        QCOMPARE(object[u"request_rate"_s].toDouble(), 20.0);
        QVERIFY(object[u"max_concurrency"_s].isNull());
        const auto outcome = [&result](const ForeignReport &other) {
            const LoadComparison comparison = *compare({comparable(result), other.comparable()});
            return std::ranges::find(comparison.rows, u"ttft_p95"_s, &ComparisonRow::word)
                ->cells[1]
                .outcome;
        };
        QCOMPARE(outcome(report), ComparisonCell::Outcome::Unlike);
        // Without, it is of the window: our figures keep our definition, and are the same.
        const auto summed
            = *foreignReportsFrom(*exported(withoutSamples(result), LoadExport::Vllm), u"v.json"_s);
        QCOMPARE(keyOf(summed[0], u"ttft_p95"_s), u"lorikeet/ttft"_s);
        const LatencyHistogram &gaps
            = result.stages[0].report.summary.time(LoadMetric::InterTokenLatency);
        QVERIFY(isNear(valueOf(summed[0], u"itl_p95"_s), toSeconds(*gaps.quantile(0.95))));
        QCOMPARE(
            valueOf(summed[0], u"answered"_s), double(result.stages[0].report.summary.answered));
        QVERIFY(outcome(summed[0]) != ComparisonCell::Outcome::Unlike);
    }

    /// An answer that has no first token has no time of it, and not one of zero.
    void whatHasNoTimeIsNotWritten()
    {
        LoadResult result = inventedResult({.seconds = 4});
        LoadSamples samples = result.stages[0].samples;
        for (size_t i = 0; i < samples.size(); ++i) {
            if (i % 2 == 0) {
                samples[i].firstToken = {};
            }
            samples[i].lastToken = {};
        }
        result.stages[0].samples = samples;
        const QJsonObject file
            = QJsonDocument::fromJson(*exported(result, LoadExport::Vllm)).object();
        QVERIFY(file[u"ttfts"_s][0].isNull());
        QVERIFY(file[u"ttfts"_s][1].toDouble() > 0);
        QVERIFY(file[u"p50_ttft_ms"_s].toDouble() > 10);
        QVERIFY(!file.contains(u"mean_tpot_ms"_s) && !file.contains(u"p99_tpot_ms"_s));
        const auto reports
            = foreignReportsFrom(QJsonDocument(file).toJson(QJsonDocument::Compact), u"v.json"_s);
        QVERIFY(valueOf((*reports)[0], u"ttft_p50"_s) > 0.01);
    }

    /// A tag or a name may hold what nobody is to see.
    void whatLeavesTellsNoSecret()
    {
        LoadResult result = inventedResult({}, u"with sk-canary0123456789"_s);
        result.tags = {u"Bearer canary-0123456789"_s};
        for (const LoadExport form : {LoadExport::Vllm, LoadExport::Llmd}) {
            const QByteArray file = *exported(result, form);
            QVERIFY2(!file.contains("canary"), file.constData());
        }
    }

    void aSweepIsALineAStage()
    {
        const auto reports
            = foreignReportsFrom(*exported(inventedSweep(), LoadExport::Vllm), u"v.jsonl"_s);
        QVERIFY(reports);
        QCOMPARE(reports->size(), 6);
    }

    void aiperfComesBack()
    {
        const LoadResult result = inventedResult({.failures = 0.02});
        const auto reports
            = foreignReportsFrom(*exported(result, LoadExport::AiperfJsonLines), u"p.jsonl"_s);
        QVERIFY2(reports, reports ? "" : qPrintable(reports.error().message));
        const ForeignReport &report = reports->constFirst();
        QCOMPARE(keyOf(report, u"ttft_p50"_s), u"lorikeet/ttft"_s);
        // What is not in the window is warm-up there, and left out.
        const LoadSummary &summary = result.stages[0].report.summary;
        QCOMPARE(valueOf(report, u"answered"_s), double(summary.answered));
        QVERIFY(isNear(valueOf(report, u"errors"_s), *summary.failureShare()));
        QVERIFY(summary.planned < qint64(result.stages[0].samples.size()));
    }

    /// Nothing is no time of zero, and a text is none at all.
    void whatIsNoNumberIsNoTime()
    {
        const auto line = [](const QByteArray &value) -> QByteArray {
            return QByteArray(
                R"({"metadata":{"request_start_ns":1000},"metrics":{"time_to_first_token":{"value":)"
                + value + R"(,"unit":"ms"},"inter_chunk_latency":{"value":[5,null,)" + value
                + R"(],"unit":"ms"}}})" + '\n');
        };
        const auto reports = foreignReportsFrom(line("20") + line("null"), u"p.jsonl"_s);
        QVERIFY2(reports, reports ? "" : qPrintable(reports.error().message));
        QVERIFY(isNear(valueOf((*reports)[0], u"ttft_mean"_s), 0.020));
        QVERIFY(isNear(valueOf((*reports)[0], u"itl_mean"_s), 0.010));
        const auto refused = foreignReportsFrom(line("20") + line("\"slow\""), u"p.jsonl"_s);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(u"p.jsonl, line 2"_s),
            qPrintable(refused.error().message));
        const auto vllm = foreignReportsFrom(
            R"({"completed":1,"duration":1,"request_throughput":1,"start_times":[0],"errors":[""],"itls":[[0.02,null]]})"_ba,
            u"v.json"_s);
        QVERIFY(isNear(valueOf((*vllm)[0], u"itl_mean"_s), 0.020));
    }

    /// Numbers that cannot be are no figures, and take no time.
    void whatCannotBeDoesNoHarm()
    {
        for (const QByteArray &count : {"1e300"_ba, "-5"_ba, "9e18"_ba}) {
            const auto reports = foreignReportsFrom(R"({"completed":)" + count
                    + R"(,"failed":1e300,"duration":1,"request_throughput":1,"start_times":[-1e308,1e308,1],"ttfts":[1,2,1e300],"errors":["","",""]})",
                u"v.json"_s);
            QVERIFY2(reports, reports ? "" : qPrintable(reports.error().message));
            QCOMPARE(valueOf((*reports)[0], u"errors"_s), -1.0);
        }
    }

    void aiperfCsvHasItsColumns()
    {
        const QByteArrayList lines
            = exported(withoutSamples(inventedResult({})), LoadExport::AiperfCsv)->split('\n');
        QCOMPARE(lines[0], "Metric,avg,min,max,p1,p5,p10,p25,p50,p75,p90,p95,p99,std"_ba);
        QVERIFY(lines[1].startsWith("Time to First Token (ms),"));
        QCOMPARE(lines[1].count(','), 13);
    }

    void llmdHasItsKeys()
    {
        const LoadResult result = withoutSamples(inventedResult({}));
        const QJsonObject report
            = QJsonDocument::fromJson(*exported(result, LoadExport::Llmd)).object();
        QCOMPARE(report[u"version"_s].toString(), u"0.2"_s);
        QCOMPARE(report.keys(), (QStringList{u"results"_s, u"run"_s, u"scenario"_s, u"version"_s}));
        const QJsonValue aggregate = report[u"results"_s][u"request_performance"_s][u"aggregate"_s];
        QCOMPARE(aggregate[u"requests"_s][u"total"_s].toInteger(),
            result.stages[0].report.summary.planned);
        const QJsonObject ttft = aggregate[u"latency"_s][u"time_to_first_token"_s].toObject();
        QCOMPARE(ttft[u"units"_s].toString(), u"s"_s);
        QVERIFY(ttft[u"p95"_s].toDouble() > ttft[u"p50"_s].toDouble());
        QVERIFY(ttft.contains(u"p0p1"_s) && ttft.contains(u"p99p9"_s));
        QCOMPARE(
            aggregate[u"throughput"_s][u"request_rate"_s][u"units"_s].toString(), u"queries/s"_s);
        QCOMPARE(
            report[u"scenario"_s][u"load"_s][u"standardized"_s][u"rate_qps"_s].toDouble(), 20.0);
    }

    void whatAFormCannotHoldIsRefused()
    {
        QVERIFY(exported(inventedSweep(), LoadExport::Llmd)
                .error()
                .message.contains(u"choose one of its stages"_s));
        QVERIFY(exported(withoutSamples(inventedResult({})), LoadExport::AiperfJsonLines)
                .error()
                .message.contains(u"name a run of the history"_s));
        QVERIFY(!exported({}, LoadExport::Vllm));
        QCOMPARE(loadExportFrom(u"vllm"_s), std::optional(LoadExport::Vllm));
        QVERIFY(!loadExportFrom(u"excel"_s));
    }
};

QTEST_GUILESS_MAIN(TestForeignReport)
#include "tst_foreignreport.moc"
