// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/choicetimeline.h"
#include "load/prefixcache.h"
#include "loadresults/loadpage.h"
#include "loadresults/svgchart.h"
#include "resultfixture.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

/// Reports for people.
class TestLoadPage final : public QObject
{
    Q_OBJECT

    static QString html(const LoadResult &result) { return QString::fromUtf8(loadAsHtml(result)); }

private Q_SLOTS:

    void aRunIsOnePage()
    {
        LoadResult result = inventedResult({.failures = 0.02}, u"The <new> driver"_s);
        result.note = u"after the update"_s;
        const QString page = html(result);
        QVERIFY(page.contains(u"<h1>The &lt;new&gt; driver</h1>"_s));
        for (const QString &text :
            {u"It kept to its objective."_s, u"Kept: TTFT p95 was"_s,
                u"Can these figures be trusted? good: this computer was no limit."_s,
                u"after the update"_s, u"Output tokens a second"_s, u"Slowest requests"_s,
                u"rate_limited"_s, u"429"_s, u"What the words mean"_s, u"adapter-1"_s,
                u"Time to the first token by adapter or model, p50"_s,
                u"inter-token latency: gaps between receptions"_s, u"http://localhost:8000/v1"_s}) {
            QVERIFY2(page.contains(text), qPrintable(text));
        }
        QCOMPARE(page.count(u"<svg"_s), 7);
        QCOMPARE(page.count(u"</svg>"_s), 7);
    }

    /// Lines of more than six adapters could not be told apart: the workload says which they are,
    /// whoever happened to be asked most, and where it does not, what was asked.
    void thoseThatAreToBeAskedMostAreDrawn()
    {
        LoadResult result = inventedResult({});
        LoadReport &report = result.stages[0].report;
        LoadWorkload workload;
        report.choices.clear();
        for (int i = 0; i < 8; ++i) {
            workload.mix.choices.append({.name = u"one-%1"_s.arg(i), .weight = i == 2 ? 1.0 : 4.0});
            LoadSummary summary;
            summary.planned = i;
            report.choices += {workload.mix.choices.constLast().label(), summary};
        }
        report.workload = toJson(workload);
        QCOMPARE(ChoiceTimeline::greatest(sharesOf(report)), (std::vector{0, 1, 3, 4, 5, 6}));
        report.workload = {};
        QCOMPARE(ChoiceTimeline::greatest(sharesOf(report)), (std::vector{2, 3, 4, 5, 6, 7}));
    }

    /// What the terminal tells stands on the page as well.
    void whatIsBesideTheFiguresIsSaid()
    {
        LoadResult result = inventedResult({});
        LoadReport &report = result.stages[0].report;
        report.start
            = summarise(result.stages[0].samples, report.timeline, {.from = {}, .to = 2s}, {});
        report.precision = {{.goal = {.metric = LoadMetric::Total, .share = 0.5, .within = 0.25},
            .count = 60,
            .looks = 3,
            .confidence = 0.9,
            .value = 100ms,
            .range = std::pair(Nanoseconds(90ms), Nanoseconds(112ms)),
            .isReached = true}};
        report.cost = 1.5;
        report.plan.price.currency = u"EUR"_s;
        report.server.server = u"vLLM"_s;
        report.summary.firstTurnPromptTokens = 1000;
        report.summary.firstTurnCachedTokens = 900;
        report.explainedCacheShare = 0;
        for (int i = 0; i < 60; ++i) {
            ServerMoment moment{.at = i * 1s, .reading = {}};
            moment.reading.value(ServerFigure::Waiting) = i % 7;
            moment.reading.value(ServerFigure::KvCache) = 0.5;
            report.server.timeline.add(moment);
        }
        const QString steady = report.steady().isFound ? u"Steady state, found by itself"_s
                                                       : u"No steady state was found"_s;
        const QString warning = prefixCacheCheck(report).warning;
        QVERIFY(!warning.isEmpty());
        for (const QString &page : {html(result), QString::fromUtf8(loadAsMarkdown(result))}) {
            for (const QString &text :
                {steady, u"Start burst: 40 requests were due in the first 2.0 s"_s,
                    u"Known as well as was asked for"_s, u"It cost about 1.50 EUR"_s,
                    u"What the server told of itself (vLLM)"_s, u"6.0 at most"_s, u"50.0 %"_s,
                    warning.left(20), u"requests were under way, whatever became of them"_s}) {
                QVERIFY2(page.contains(text), qPrintable(text + u"\n"_s + page.left(6000)));
            }
            QVERIFY(!page.contains(u"Little"_s));
        }
        LoadResult sweep = inventedSweep();
        for (LoadStage &stage : sweep.stages) {
            stage.report.cost = 0.25;
        }
        QVERIFY(html(sweep).contains(u"It cost about 1.50"_s));
    }

    /// It needs nothing but itself, and nothing in it runs.
    void nothingIsLoaded()
    {
        for (const LoadResult &result : {inventedResult({}), inventedSweep()}) {
            const QString page = html(result);
            static const QRegularExpression loads(
                u"<script|<link|<img|<iframe|\\bsrc=|@import|url\\(|\\bon\\w+="_s,
                QRegularExpression::CaseInsensitiveOption);
            QVERIFY(!page.contains(loads));
            QVERIFY(page.contains(u"default-src 'none'"_s));
            QVERIFY(page.contains(u"prefers-color-scheme:dark"_s));
            QVERIFY(page.contains(u"@media print"_s));
        }
    }

    void noSecretIsOnIt()
    {
        LoadResult result = inventedResult({}, u"with sk-canary0123456789abcdef"_s);
        LoadReport &report = result.stages[0].report;
        report.workload.insert(u"extra_body"_s, QJsonObject{{u"api_key"_s, u"canary-2"_s}});
        report.problem = u"Authorization: Bearer canary0123456789abcdef0123"_s;
        report.end = u"failed"_s;
        QVERIFY(!html(result).contains(u"canary"_s));
        QVERIFY(!QString::fromUtf8(loadAsMarkdown(result)).contains(u"canary"_s));
    }

    void aMissedObjectiveAndAClientThatWasTheLimitAreSaid()
    {
        LoadResult result = inventedResult({});
        LoadReport &report = result.stages[0].report;
        report.plan.objective = *serviceObjectiveFrom(u"ttft_p95=1ms"_s);
        report.health.busiest = 59s;
        report.end = u"stopped"_s;
        const QString page = html(result);
        QVERIFY(page.contains(u"It missed its objective."_s));
        QVERIFY(page.contains(u"client-bound, do not quote"_s));
        QVERIFY(page.contains(u"A sending thread needed 98 % of a core"_s));
        QVERIFY(page.contains(u"The run did not go to its end (stopped)."_s));
    }

    void aLoadThatWasRunAgainSaysHowItsRunsAgree()
    {
        LoadResult sweep = inventedSweep();
        sweep.sweep->repeats = 3;
        for (const qsizetype edge : {4, 3}) { // what was not borne, and what was
            sweep.stages += sweep.stages[edge];
        }
        const SweepFinding finding = sweep.finding();
        QVERIFY2(finding.sentence.contains(u"8 users (2 of 2 times)"_s)
                && finding.sentence.contains(u"16 users (2 of 2 times)"_s),
            qPrintable(finding.sentence));
        QVERIFY(html(sweep).contains(finding.sentence));
        QVERIFY(html(sweep).contains(u"were run up to 3 times each"_s));
        QVERIFY(QString::fromUtf8(loadAsMarkdown(sweep)).contains(finding.sentence));
        const QJsonObject json = toJson(sweep);
        QCOMPARE(json[u"holds_runs"_s][u"agreed"_s].toInt(), 2);
        QCOMPARE(json[u"breaks_runs"_s][u"of"_s].toInt(), 2);
        const Result<LoadResult> read = loadResultFrom(QJsonDocument(json).toJson());
        QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
        QCOMPARE(read->sweep, sweep.sweep);
        QCOMPARE(read->finding(), finding);
    }

    void whatWasBrokenOffIsNoLimit()
    {
        LoadResult sweep = inventedSweep();
        const qsizetype all = sweep.points().size();
        QCOMPARE(all, sweep.stages.size());
        sweep.stages.first().report.end = u"stopped"_s;
        QCOMPARE(sweep.points().size(), all - 1);
        QCOMPARE(sweep.points()[0].stage, 1);
        for (LoadStage &stage : sweep.stages) {
            stage.report.end = u"stopped"_s;
        }
        QVERIFY(sweep.points().isEmpty());
        QVERIFY(!sweep.keepsObjective());
        QVERIFY(html(sweep).contains(u"Broken off before a load was measured."_s));
    }

    void aSweepShowsItsKnee()
    {
        const LoadResult sweep = inventedSweep();
        const QString page = html(sweep);
        QVERIFY(sweep.finding().knee.has_value());
        QVERIFY(page.contains(u"knee at %1"_s.arg(QString::number(*sweep.finding().knee, 'f', 1))));
        QVERIFY(page.contains(sweep.finding().sentence.toHtmlEscaped()));
        QVERIFY(page.contains(u"class=mark"_s));
        QCOMPARE(page.count(u" users</th>"_s), 5);
        QCOMPARE(page.count(u">1 user</th>"_s), 1);
    }

    void withoutSamplesTheRestIsThere()
    {
        const QString page = html(withoutSamples(inventedResult({})));
        QVERIFY(page.contains(u"Single requests are not in this report"_s));
        QCOMPARE(page.count(u"<svg"_s), 5); // without the times to the first token
    }

    void aRunOfNothingIsAPageToo()
    {
        LoadResult result;
        QVERIFY(html(result).contains(u"without a result"_s));
        result.stages += LoadStage();
        QVERIFY(html(result).contains(u"No request failed."_s));
        QVERIFY(!loadAsMarkdown(result).isEmpty());
    }

    void markdownHasTheTables()
    {
        const QString text = QString::fromUtf8(loadAsMarkdown(inventedResult({}, u"a|b"_s)));
        QVERIFY(text.startsWith(u"# a\\|b\n"_s));
        QVERIFY(text.contains(u"| Time | mean | p50 | p90 | p95 | p99 | of |\n|---|"_s));
        QVERIFY(text.contains(u"| TTFT | "_s));
        QVERIFY(!text.contains(u"<svg"_s));
        QVERIFY(!text.contains(u"As it went on"_s));
    }

    /// Names come from servers and people.
    void chartsAreSoundWhateverIsInThem()
    {
        SvgChart chart{.title = u"<b>\"&"_s,
            .xLabel = u"<x>"_s,
            .yLabel = u"&y"_s,
            .lines
            = {{.name = u"</svg>"_s, .points = {{0.001, 1}, {10, 5}, {1000, 0}}, .hasDots = true}},
            .isLogX = true,
            .mark = 20,
            .markLabel = u"<here>"_s};
        QString svg = toSvg(chart);
        QVERIFY(!svg.contains(u"<b>"_s) && !svg.contains(u"<here>"_s));
        QCOMPARE(svg.count(u"</svg>"_s), 1);
        QVERIFY(svg.contains(u"class=mark"_s));
        QVERIFY(!svg.contains(u"nan"_s) && !svg.contains(u"inf"_s));
        chart.lines.clear();
        QVERIFY(toSvg(chart).isEmpty());
        chart.lines = {{.name = u"one"_s, .points = {{1, 1}}}};
        QVERIFY(toSvg(chart).isEmpty());
        chart.lines = {{.name = u"flat"_s, .points = {{1, 0}, {2, 0}}}};
        QVERIFY(!toSvg(chart).contains(u"nan"_s));
    }

    /// Where nothing was measured there is no line, and what stands alone is seen.
    void aLineHasGaps()
    {
        constexpr double gap = std::numeric_limits<double>::quiet_NaN();
        SvgChart chart;
        chart.lines = {{.name = u"one"_s,
            .points = {{0, gap}, {1, 1}, {2, 2}, {3, gap}, {4, 1}, {5, gap}, {6, 1}, {7, 1}}}};
        const QString svg = toSvg(chart);
        QVERIFY(!svg.contains(u"nan"_s));
        QCOMPARE(svg.count(u"<circle"_s), 1);
        static const QRegularExpression path(u"d=\"([^\"]*)\""_s);
        const QString drawn = path.match(svg).captured(1);
        QCOMPARE(drawn.count(u'M'), 3);
        QCOMPARE(drawn.count(u'L'), 2);
        chart.lines = {{.name = u"none"_s, .points = {{0, gap}, {1, gap}}}};
        QVERIFY(toSvg(chart).isEmpty());
    }

    void stepsAreRound()
    {
        QCOMPARE(roundSteps(0, 97, 5), (std::vector<double>{0, 20, 40, 60, 80, 100}));
        QCOMPARE(roundSteps(0, 100, 5), (std::vector<double>{0, 20, 40, 60, 80, 100}));
        QCOMPARE(roundSteps(0, 1, 5).size(), 6u);
    }
};

QTEST_GUILESS_MAIN(TestLoadPage)
#include "tst_loadpage.moc"
