// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadreport.h"
#include "load/loadrun.h"
#include "load/samplescsv.h"
#include "load/taskexchange.h"
#include "load/workloadsource.h"
#include "runrecord.h"
#include "scriptedserver.h"
#include "simulator/simulatorthread.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>
#include <memory>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

using Task = LoadTask::Kind;

namespace {

LoadWorkload workloadOf(Task task, qint64 tokens = 20)
{
    LoadWorkload workload;
    workload.task.kind = task;
    workload.lengths = {{.input = LengthDistribution::fixed(tokens)}};
    return workload;
}

std::shared_ptr<const LoadSource> sourceOf(const LoadWorkload &workload)
{
    return makeLoadSource(workload, 3, {}, {}).value_or(nullptr);
}

constexpr std::array tokenTimes{LoadMetric::TimeToFirstToken, LoadMetric::TimeToFirstVisible,
    LoadMetric::InterTokenLatency, LoadMetric::TimePerOutputToken, LoadMetric::PlannedToFirstToken};

} // namespace

/// Embeddings and rerankings under load: what goes over the wire, and what is made of the answers,
/// against the simulator's own record.
class TestLoadTasks final : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimulatorThread> m_simulator;
    Target m_target;

    void serve(const SimulatorOptions &options = {}, const QString &server = u"vLLM"_s)
    {
        m_simulator = std::make_unique<SimulatorThread>(options);
        QVERIFY(m_simulator->start());
        m_target = targetAt(m_simulator->url());
        m_target.endpoint.server = server;
    }

    [[nodiscard]] RunRecord record(const LoadPlan &plan, const LoadWorkload &workload) const
    {
        LoadRun run(plan, m_target, sourceOf(workload));
        return recordOf(run);
    }

    [[nodiscard]] static LoadReport reportOf(const RunRecord &found, const LoadWorkload &workload)
    {
        LoadReport report;
        report.startedAt = QDateTime::fromMSecsSinceEpoch(0, QTimeZone::UTC);
        report.plan.curve = {users(4, 1h)};
        report.workload = toJson(workload);
        report.end = u"finished"_s;
        report.summary = found.summary();
        report.timeline = found.timeline;
        return report;
    }

private Q_SLOTS:

    void cleanup() { m_simulator.reset(); }

    void requestsAreThoseOfTheServer_data()
    {
        QTest::addColumn<LoadWorkload>("workload");
        QTest::addColumn<QString>("server");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("list");
        QTest::addColumn<int>("items");
        LoadWorkload embeddings = workloadOf(Task::Embeddings);
        embeddings.task.batch = 3;
        embeddings.extraBody = {{u"dimensions"_s, 2}};
        QTest::newRow("vLLM embeds")
            << embeddings << u"vLLM"_s
            << R"({"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1]},{"index":2,"embedding":[2]}],"usage":{"prompt_tokens":60,"total_tokens":60}})"_ba
            << "/v1/embeddings"_ba << u"input"_s << 3;
        QTest::newRow("Ollama embeds")
            << embeddings << u"Ollama"_s
            << R"({"embeddings":[[1],[2],[3]],"prompt_eval_count":60})"_ba << "/api/embed"_ba
            << u"input"_s << 3;
        LoadWorkload rerank = workloadOf(Task::Rerank);
        rerank.task.documents = 2;
        QTest::newRow("vLLM ranks")
            << rerank << u"vLLM"_s
            << R"({"results":[{"index":1,"relevance_score":0.9},{"index":0,"relevance_score":0.1}],"usage":{"total_tokens":60}})"_ba
            << "/rerank"_ba << u"documents"_s << 2;
        QTest::newRow("SGLang ranks")
            << rerank << u"SGLang"_s << R"([{"index":1,"score":0.9},{"index":0,"score":0.1}])"_ba
            << "/v1/rerank"_ba << u"documents"_s << 2;
    }

    void requestsAreThoseOfTheServer()
    {
        QFETCH(const LoadWorkload, workload);
        QFETCH(const QString, server);
        QFETCH(const QByteArray, answer);
        QFETCH(const QByteArray, path);
        QFETCH(const QString, list);
        QFETCH(const int, items);
        ScriptedServer scripted;
        scripted.setDefault(Script::reply(200, "application/json"_ba, answer));
        m_target = targetAt(scripted.url());
        m_target.endpoint.server = server;
        const RunRecord found
            = record({.curve = {users(1, 1h)}, .stops = {.requests = 2}}, workload);
        QCOMPARE(found.end, LoadEnd::Finished);
        QCOMPARE(scripted.requests().size(), 2);
        const auto source = sourceOf(workload);
        for (qint64 i = 0; i < 2; ++i) {
            const ScriptedServer::Request &sent = scripted.requests().at(i);
            const LoadRequest asked = *source->request(i, 0, {});
            QCOMPARE(sent.verb, "POST"_ba);
            QCOMPARE(sent.target, path);
            const QJsonObject body = QJsonDocument::fromJson(sent.body).object();
            QCOMPARE(body.value(list).toArray(), QJsonArray::fromStringList(asked.texts));
            QCOMPARE(body.value(list).toArray().size(), items);
            QCOMPARE(body.value(u"model"_s).toString(), simulatorBaseModel());
            QCOMPARE(body.value(u"query"_s).toString(), asked.query);
            QCOMPARE(body.value(u"dimensions"_s), workload.extraBody.value(u"dimensions"_s));
            QVERIFY(!body.contains(u"stream"_s) && !body.contains(u"messages"_s));
        }
        QCOMPARE(found.summary().answered, 2);
        const bool isCounted = answer.contains("60");
        QCOMPARE(found.samples.front().promptTokens, isCounted ? 60 : -1);
        QCOMPARE(found.summary().promptTokenRate().has_value(), isCounted);
    }

    void countsAreTheServers_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<LoadWorkload>("workload");
        QTest::addColumn<LoadCurve>("curve");
        LoadWorkload embeddings = workloadOf(Task::Embeddings);
        embeddings.task.batch = 8;
        QTest::newRow("embeddings of Ollama")
            << u"Ollama"_s << embeddings << LoadCurve{users(4, 1h)};
        LoadWorkload rerank = workloadOf(Task::Rerank);
        rerank.task.documents = 5;
        for (const auto &[name, workload] :
            {std::pair{"embeddings", embeddings}, std::pair{"rerank", rerank}}) {
            QTest::addRow("%s, closed loop", name)
                << u"vLLM"_s << workload << LoadCurve{users(4, 1h)};
            QTest::addRow("%s, open loop", name)
                << u"vLLM"_s << workload << LoadCurve{arrivals(200, 1h)};
        }
    }

    void countsAreTheServers()
    {
        QFETCH(const QString, server);
        QFETCH(const LoadWorkload, workload);
        QFETCH(const LoadCurve, curve);
        constexpr qint64 requests = 60;
        serve({.server = server.toLower(), .timing = {.firstToken = 5ms, .promptToken = 50us}},
            server);
        const RunRecord found
            = record({.curve = curve, .stops = {.requests = requests}, .threads = 2}, workload);
        QCOMPARE(found.end, LoadEnd::Finished);
        const LoadSummary summary = found.summary();
        QCOMPARE(summary.failures, (QMap<QString, qint64>()));
        QCOMPARE(summary.answered, requests);
        QCOMPARE(summary.items, requests * workload.task.items());
        QCOMPARE(summary.completedItems, summary.items);
        const QList<SimulatorRecord> served = m_simulator->records();
        QCOMPARE(served.size(), requests);
        QCOMPARE(summary.promptTokens,
            std::accumulate(served.begin(), served.end(), qint64(0),
                [](qint64 sum, const SimulatorRecord &each) { return sum + each.promptTokens; }));
        // They are answered whole: nothing of tokens is there, and nothing is marked as guessed.
        for (const LoadMetric metric : tokenTimes) {
            QVERIFY2(summary.time(metric).isEmpty(), qPrintable(toWord(metric)));
        }
        QCOMPARE(summary.time(LoadMetric::Total).count(), requests);
        QCOMPARE(summary.time(LoadMetric::PlannedToEnd).count(), requests);
        QVERIFY(*summary.time(LoadMetric::Total).quantile(0.5) >= 5ms);
        QCOMPARE(summary.outputTokens, 0);
        QCOMPARE(summary.estimated, 0);
        QVERIFY(!summary.tokenRate() && !summary.tokenRatePerUser() && !summary.tokensPerChunk());
        QCOMPARE(*summary.itemRate(), *summary.requestRate() * workload.task.items());
    }

    /// A batch takes the time to read all its texts, and no more.
    void aBatchTakesItsPrefill()
    {
        serve({.timing = {.firstToken = 1ms, .promptToken = 200us, .interToken = 1h}});
        LoadWorkload workload = workloadOf(Task::Embeddings, 50);
        workload.task.batch = 10;
        const RunRecord found
            = record({.curve = {users(1, 1h)}, .stops = {.requests = 3}}, workload);
        QCOMPARE(found.summary().answered, 3);
        for (const SimulatorRecord &each : m_simulator->records()) {
            QCOMPARE(each.planned.size(), std::size_t(1));
            QCOMPARE(each.planned.front() - each.admitted, 1ms + each.promptTokens * 200us);
            QVERIFY(each.promptTokens > 400);
        }
    }

    void faultsAreCountedByKind_data()
    {
        QTest::addColumn<Task>("task");
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("word");
        for (const Task task : {Task::Embeddings, Task::Rerank}) {
            for (const auto &[fault, word] :
                {std::pair{u"short"_s, u"protocol"_s}, std::pair{u"malformed"_s, u"protocol"_s},
                    std::pair{u"html"_s, u"protocol"_s}, std::pair{u"429"_s, u"rate_limited"_s},
                    std::pair{u"500"_s, u"server"_s}, std::pair{u"error"_s, u"server"_s},
                    std::pair{u"cut"_s, u"truncated"_s}, std::pair{u"reset"_s, u"truncated"_s},
                    std::pair{u"redirect"_s, u"redirected"_s},
                    std::pair{u"stall"_s, u"idle_timeout"_s},
                    std::pair{u"silent"_s, u"first_token_timeout"_s}}) {
                QTest::addRow("%s, %s", qPrintable(toWord(task)), qPrintable(fault))
                    << task << fault << word;
            }
        }
    }

    void faultsAreCountedByKind()
    {
        QFETCH(const Task, task);
        QFETCH(const QString, fault);
        QFETCH(const QString, word);
        constexpr qint64 requests = 60;
        SimulatorOptions options;
        options.seed = 5;
        options.faults = {{.fault = *parseSimulatorFault(fault), .probability = 0.2}};
        serve(options);
        m_target.endpoint.timeouts.firstToken = 2s;
        m_target.endpoint.timeouts.idle = 2s;
        const RunRecord found
            = record({.curve = {users(8, 1h)}, .stops = {.requests = requests}}, workloadOf(task));
        QCOMPARE(found.end, LoadEnd::Finished);
        const qint64 faults = m_simulator->faults().value(fault);
        QVERIFY(faults > 0 && faults < requests);
        const LoadSummary summary = found.summary();
        QCOMPARE(summary.failures, (QMap<QString, qint64>{{word, faults}}));
        QCOMPARE(summary.answered, requests - faults);
        QCOMPARE(summary.time(LoadMetric::Total).count(), requests - faults);
        QCOMPARE(summary.completedItems, (requests - faults) * workloadOf(task).task.items());
    }

    void whatIsUnderWayAtTheEndIsCancelled()
    {
        SimulatorOptions options;
        options.faults = {{.fault = *parseSimulatorFault(u"silent"_s), .probability = 1}};
        serve(options);
        const RunRecord found
            = record({.curve = {users(3, 300ms)}, .grace = 100ms}, workloadOf(Task::Embeddings));
        QCOMPARE(found.end, LoadEnd::Finished);
        QCOMPARE(found.summary().cancelled, 3);
        QCOMPARE(found.summary().failed(), 0);
    }

    /// Goodput holds them to the end of their answers.
    void goodputIsOfWholeAnswers()
    {
        serve({.timing = {.firstToken = 20ms}});
        const LoadWorkload workload = workloadOf(Task::Embeddings);
        const RunRecord found
            = record({.curve = {users(2, 1h)}, .stops = {.requests = 20}}, workload);
        const auto goodOf = [&found](const QString &objective) {
            return summarise(found.samples, found.timeline, {.from = {}, .to = 1h},
                *serviceObjectiveFrom(objective))
                .good;
        };
        QCOMPARE(goodOf(u"e2e_p95=1min"_s), 20);
        QCOMPARE(goodOf(u"e2e_p95=0.001ms"_s), 0);
    }

    void adaptersAreMixed()
    {
        serve();
        LoadWorkload workload = workloadOf(Task::Embeddings);
        workload.mix = {.mode = AdapterMix::Mode::RoundRobin,
            .choices
            = {{.adapter = {.id = simulatorAdapters().constFirst()}}, {.name = u"base"_s}}};
        const RunRecord found
            = record({.curve = {users(2, 1h)}, .stops = {.requests = 20}}, workload);
        QCOMPARE(found.summary().answered, 20);
        const QList<SimulatorRecord> served = m_simulator->records();
        QCOMPARE(
            std::ranges::count(served, simulatorAdapters().constFirst(), &SimulatorRecord::adapter),
            10);
        const LoadSummary one = summariseChoice(found.samples, 0, {.from = {}, .to = 1h});
        QCOMPARE(one.answered, 10);
        QCOMPARE(one.items, 10);
    }

    void aServerWithoutTheRouteIsNotAsked()
    {
        serve({}, u"Ollama"_s);
        const LoadWorkload workload = workloadOf(Task::Rerank);
        const RunRecord found
            = record({.curve = {users(2, 1h)}, .stops = {.requests = 20}}, workload);
        QCOMPARE(found.end, LoadEnd::Failed);
        QVERIFY2(found.problem.contains(u"servers of its kind (ollama) have no known HTTP route"_s),
            qPrintable(found.problem));
        QCOMPARE(problemAt(m_target, workload), found.problem);
        QVERIFY(found.samples.empty());
        QVERIFY(m_simulator->records().isEmpty());
        m_target.endpoint.server = u"vLLM"_s;
        QCOMPARE(problemAt(m_target, workload), QString());
        m_target.endpoint.url = QUrl(u"grpc://127.0.0.1:8001"_s);
        QVERIFY(problemAt(m_target, workload).contains(u"triton"_s));
    }

    /// One that should have it and does not says so itself.
    void aRouteThatIsNotThereIsAFailure()
    {
        serve({.server = u"tgi"_s});
        const RunRecord found = record(
            {.curve = {users(1, 1h)}, .stops = {.requests = 3}}, workloadOf(Task::Embeddings));
        QCOMPARE(found.end, LoadEnd::Finished);
        QCOMPARE(found.summary().failed(), 3);
        QCOMPARE(found.samples.front().httpStatus, 404);
    }

    void reportsTellItems()
    {
        serve();
        LoadWorkload workload = workloadOf(Task::Embeddings);
        workload.task.batch = 4;
        const RunRecord found
            = record({.curve = {users(2, 1h)}, .stops = {.requests = 10}}, workload);
        const LoadReport report = reportOf(found, workload);
        QCOMPARE(report.task(), Task::Embeddings);
        const QByteArray text = QJsonDocument(toJson(report)).toJson();
        const Result<LoadReport> read = loadReportFrom(text);
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(read->summary, report.summary);
        const QJsonObject figures
            = QJsonDocument::fromJson(text).object().value(u"figures"_s).toObject();
        QVERIFY(figures.value(u"items_per_s"_s).toDouble() > 0);
        for (const QString &name :
            {u"output_tokens_per_s"_s, u"output_tokens_per_s_per_user"_s, u"tokens_per_chunk"_s}) {
            QVERIFY2(figures.value(name).isNull(), qPrintable(name));
        }
        for (const LoadMetric metric : tokenTimes) {
            const QJsonObject times = figures.value(toWord(metric)).toObject();
            QVERIFY2(times.value(u"p50"_s).isNull(), qPrintable(toWord(metric)));
        }
        QVERIFY(figures.value(u"e2e"_s).toObject().value(u"p50"_s).isObject());
        // Parts of one plan add up.
        LoadReport other = report;
        LoadReport first = report;
        first.plan.shard = {.index = 0, .count = 2};
        other.plan.shard = {.index = 1, .count = 2};
        const Result<LoadReport> whole = merged({first, other});
        QVERIFY(whole);
        QCOMPARE(whole->summary.items, 80);
        QCOMPARE(whole->summary.completedItems, 80);
        QVERIFY(samplesCsvHead().trimmed().endsWith(",items"));
        QVERIFY(toCsv(found.samples.front()).trimmed().endsWith(",4"));
    }

    /// A report of chats is as it was.
    void chatsHaveNoItems()
    {
        LoadReport report;
        report.startedAt = QDateTime::fromMSecsSinceEpoch(0, QTimeZone::UTC);
        const QJsonObject written = toJson(report);
        QVERIFY(written.value(u"figures"_s)[u"items_per_s"_s].isNull());
        QVERIFY(!written.value(u"summary"_s).toObject().contains(u"items"_s));
        QCOMPARE(report.task(), Task::Chat);
    }
};

QTEST_GUILESS_MAIN(TestLoadTasks)
#include "tst_loadtasks.moc"
