// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadreport.h"
#include "load/samplescsv.h"
#include "model/endpoint.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

LoadSamples samplesOf(int from, int to)
{
    LoadSamples samples;
    for (int i = from; i < to; ++i) {
        LoadSample sample;
        sample.conversation = i;
        sample.choice = qint16(i % 2);
        sample.planned = Moment(i * 20ms);
        sample.began = Moment(i * 20ms + 100us);
        sample.connected = Moment(i * 20ms + 300us);
        sample.sent = Moment(i * 20ms + 400us);
        sample.firstToken = Moment(i * 20ms + 30ms + i * 1us);
        sample.lastToken = Moment(i * 20ms + 130ms);
        sample.ended = Moment(i * 20ms + 131ms);
        sample.chunks = 11;
        sample.promptTokens = 20 + i;
        if (i % 7 == 3) {
            sample.error = ApiError::Kind::RateLimited;
            sample.httpStatus = 429;
        }
        samples.push_back(sample);
    }
    return samples;
}

/// Of the samples [from, to), as a shard.
LoadReport reportOf(int from, int to, const LoadShard &shard)
{
    LoadReport report;
    report.startedAt = QDateTime({2026, 1, 2}, {3, 4, 5, 678}, QTimeZone::UTC);
    report.subject = {.url = u"http://localhost:8000/v1"_s,
        .provider = u"openai"_s,
        .server = u"vLLM"_s,
        .serverVersion = u"0.11"_s,
        .model = u"base"_s};
    report.plan
        = {.curve = {{.kind = LoadBlock::Kind::Rate,
                         .duration = 4s,
                         .from = 50,
                         .to = 50,
                         .arrival = {.kind = ArrivalProcess::Kind::Gamma, .burstiness = 0.5}},
               {.kind = LoadBlock::Kind::Pause, .duration = 1s, .arrival = {}},
               {.kind = LoadBlock::Kind::Rate,
                   .duration = 2s,
                   .from = 3,
                   .to = 3,
                   .arrival = {.kind = ArrivalProcess::Kind::Recorded}},
               {.duration = 2s, .from = 1, .to = 9, .steps = 3, .arrival = {}}},
            .seed = 0xfedcba9876543210,
            .warmUp = 250ms,
            .coolDown = 1s,
            .stops = {.requests = 500, .failures = 0.25, .precisionLeast = 30},
            .ceiling = {.concurrency = 77, .cost = 12.5, .holdsElsewhere = true},
            .objective = *serviceObjectiveFrom(u"ttft_p95=500ms,errors=20%"_s),
            .price = {.prompt = 0.15, .output = 0.6, .currency = u"€"_s},
            .shard = shard,
            .threads = 2};
    report.workload = {{u"kind"_s, u"synthetic"_s}};
    report.end = u"finished"_s;
    const LoadSamples samples = samplesOf(from, to);
    LoadTimelinePart part;
    for (const LoadSample &sample : samples) {
        ++part.at(*sample.planned).planned;
        ++part.at(*sample.began).began;
        ++part.at(*sample.ended).answered;
        part.at(*sample.firstToken).chunks += 11;
        part.addGap(*sample.lastToken, 10ms, 10);
    }
    report.timeline.add(part);
    const LoadWindow window{.from = 250ms, .to = 3s};
    report.summary = summarise(samples, report.timeline, window, report.plan.objective);
    report.start = summarise(samples, report.timeline, {.from = {}, .to = 400ms});
    for (const qint16 choice : {0, 1}) {
        report.choices += {u"adapter-%1"_s.arg(choice), summariseChoice(samples, choice, window)};
    }
    report.health.loopLag.add(200us, to - from);
    report.health.busiest = 500ms;
    report.health.elapsed = 4s;
    report.health.reads = 11 * (to - from);
    report.health.pieces = 11 * (to - from);
    report.cost = 0.5;
    report.explainedCacheShare = 0.125;
    report.calibration = {.tokenRate = 2000,
        .streams = 256,
        .machine = u"mybox"_s,
        .version = u"0.1"_s,
        .at = QDateTime({2026, 1, 2}, {3, 4}, QTimeZone::UTC)};
    report.precision = {{.goal = {.metric = LoadMetric::Total, .share = 0.5, .within = 0.25},
        .count = 60,
        .looks = 3,
        .confidence = 0.9,
        .value = 100ms,
        .range = std::pair(Nanoseconds(90ms), Nanoseconds(112ms))}};
    report.server.server = u"vLLM"_s;
    for (int i = 0; i < 4 + shard.index; ++i) {
        ServerMoment moment{.at = i * 1s, .reading = {}};
        moment.reading.value(ServerFigure::Waiting) = i;
        report.server.timeline.add(moment);
    }
    return report;
}

QByteArray written(const LoadReport &report) { return QJsonDocument(toJson(report)).toJson(); }

} // namespace

/// Reports as they are kept, sent around and put together.
class TestLoadReport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void isReadAsItWasWritten()
    {
        const LoadReport report = reportOf(0, 100, {.index = 1, .count = 3});
        const Result<LoadReport> read = loadReportFrom(written(report));
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(*read, report);
    }

    void saysWhatPeopleLookFor()
    {
        const QJsonObject figures = toJson(reportOf(0, 400, {})).value(u"figures"_s).toObject();
        QCOMPARE(figures.value(u"requests"_s).toInt(), 137); // from 250 ms to 3 s, every 20 ms
        QCOMPARE(figures.value(u"answered"_s).toInt() + figures.value(u"failed"_s).toInt(), 137);
        const QJsonObject ttft = figures.value(u"ttft"_s).toObject();
        QVERIFY(ttft.value(u"p50"_s).toObject().contains("low_ns"_L1));
        QVERIFY(!ttft.value(u"p99.9"_s).toObject().contains("low_ns"_L1));
        QVERIFY(figures.value(u"first_visible"_s).toObject().value(u"p50"_s).isNull());
    }

    /// Where it was steady stands beside the figures, and how it began.
    void saysWhereItWasSteady()
    {
        const QJsonObject json = toJson(reportOf(0, 400, {}));
        const QJsonObject steady = json.value(u"steady"_s).toObject();
        QVERIFY(steady.value(u"found"_s).toBool());
        QVERIFY(steady.value(u"to_ns"_s).toInteger() > steady.value(u"from_ns"_s).toInteger());
        QVERIFY(std::abs(steady.value(u"output_tokens_per_s"_s).toDouble() - 550) < 5);
        const QJsonObject start = json.value(u"start"_s).toObject().value(u"figures"_s).toObject();
        QCOMPARE(start.value(u"requests"_s).toInt(), 20);
    }

    void whatWasWrittenBeforeIsRead()
    {
        LoadReport report = reportOf(0, 100, {});
        QJsonObject older = toJson(report);
        older.insert(u"version"_s, 1);
        older.remove(u"steady"_s);
        older.remove(u"start"_s);
        report.start = {};
        const Result<LoadReport> read = loadReportFrom(QJsonDocument(older).toJson());
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(*read, report);
    }

    /// Reports from before a server's metrics, costs and prices were part of them.
    void anEarlierReportIsRead()
    {
        LoadReport report = reportOf(0, 10, {});
        report.server = {};
        report.cost.reset();
        report.precision.clear();
        report.calibration.reset();
        report.explainedCacheShare.reset();
        report.plan.price = {};
        report.plan.ceiling = {};
        const QJsonObject object = toJson(report);
        for (const QString &later :
            {u"server"_s, u"cost"_s, u"precision"_s, u"prefix_cache"_s, u"calibration"_s}) {
            QVERIFY(!object.contains(later));
        }
        const Result<LoadReport> read = loadReportFrom(QJsonDocument(object).toJson());
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(*read, report);
    }

    /// Shards of a plan together are what one machine would have reported.
    void shardsAddUp()
    {
        const QList<LoadReport> shards{reportOf(0, 12, {.index = 0, .count = 3}),
            reportOf(12, 110, {.index = 1, .count = 3}),
            reportOf(110, 200, {.index = 2, .count = 3})};
        const LoadReport whole = reportOf(0, 200, {});
        const Result<LoadReport> together = merged(shards);
        QVERIFY(together);
        QCOMPARE(together->summary, whole.summary);
        QCOMPARE(together->choices, whole.choices);
        QCOMPARE(together->start, whole.start);
        QCOMPARE(together->steady(), whole.steady());
        QCOMPARE(together->timeline, whole.timeline);
        QCOMPARE(together->health.loopLag, whole.health.loopLag);
        QCOMPARE(together->place, QString());
        QCOMPARE(merged(shards.first(2))->place, u"1/3, 2/3"_s);
        QCOMPARE(together->cost, 1.5);
        // All saw one server; who saw most of it tells.
        QCOMPARE(together->server, shards.last().server);
    }

    /// What was merged before is taken for the shards that are in it.
    void mergedPartsAddUp()
    {
        QList<LoadReport> shards;
        for (int i = 0; i < 4; ++i) {
            shards += reportOf(i * 50, i * 50 + 50, {.index = i, .count = 4});
        }
        const LoadReport first = *merged(shards.first(2));
        const LoadReport second = *merged(shards.last(2));
        QCOMPARE(second.place, u"3/4, 4/4"_s);
        QCOMPARE(merged({first, shards[1]}).error().message, u"Shard 2/4 is there twice."_s);
        QCOMPARE(merged({shards[3], second}).error().message, u"Shard 4/4 is there twice."_s);
        const Result<LoadReport> whole = merged({first, second});
        QVERIFY(whole);
        QCOMPARE(whole->place, QString());
        QCOMPARE(whole->plan.shard, LoadShard());
        QCOMPARE(whole->summary, reportOf(0, 200, {}).summary);
    }

    void figuresOfUnlikeTimesAreNotAddedUp()
    {
        const LoadReport first = reportOf(0, 100, {.index = 0, .count = 2});
        LoadReport second = reportOf(100, 200, {.index = 1, .count = 2});
        second.summary.window.to += LoadTimeline::tickLength;
        QCOMPARE(merged({first, second})->summary.window.to, 3100ms);
        QCOMPARE(merged({first, second})->trust(), first.trust());
        second.summary.window.to += LoadTimeline::tickLength;
        const LoadReport together = *merged({first, second});
        QVERIFY(together.trust().level >= LoadTrust::Level::Doubtful);
        QVERIFY(together.trust().reasons.constLast().contains(u"their windows differ by 200 ms"_s));
        QCOMPARE(loadReportFrom(written(together))->windowsApart, 200ms);
        second.summary.window.to = 1s;
        QVERIFY2(
            merged({first, second})
                .error()
                .message.startsWith(
                    u"The figures of report 2/2 are of 250 ms to 1.0 s, those of the first of 250 ms to 3.0 s"_s),
            qPrintable(merged({first, second}).error().message));
    }

    void whatDoesNotBelongTogetherIsRefused()
    {
        const LoadReport first = reportOf(0, 10, {.index = 0, .count = 2});
        const LoadReport second = reportOf(10, 20, {.index = 1, .count = 2});
        QCOMPARE(merged({first, first}).error().message, u"Shard 1/2 is there twice."_s);
        LoadReport other = second;
        other.plan.seed = 1;
        QCOMPARE(merged({first, other}).error().message,
            u"Report 2/2 is of another plan than the first: only shards of one plan add up."_s);
        other = second;
        other.workload.insert(u"kind"_s, u"file"_s);
        QVERIFY(!merged({first, other}));
        QVERIFY(!merged({}));
        other = second;
        other.end = u"failures"_s;
        QCOMPARE(merged({first, other})->end, u"failures"_s);
        other.end = u"killed"_s;
        QCOMPARE(merged({first, other})->end, u"killed"_s);
        QCOMPARE(merged({other, first})->end, u"killed"_s);
    }

    void whatIsNoReportIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("no JSON")
            << "nonsense"_ba
            << u"This is no report of a load test: it has no “format” that says “lorikeet-load”."_s;
        QTest::newRow("of another program")
            << "{\"benchmarks\":[]}"_ba
            << u"This is no report of a load test: it has no “format” that says “lorikeet-load”."_s;
        QTest::newRow("of tomorrow")
            << "{\"format\":\"lorikeet-load\",\"version\":99}"_ba
            << u"The report was written by a later version of Lorikeet, which reads it."_s;
        QTest::newRow("broken")
            << "{\"format\":\"lorikeet-load\",\"version\":1,\"summary\":{\"planned\":\"many\"}}"_ba
            << u"The report, “summary”: “planned” must be a whole number."_s;
    }

    void whatIsNoReportIsRefused()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, sentence);
        const Result<LoadReport> report = loadReportFrom(text);
        QVERIFY(!report);
        QCOMPARE(report.error().message, sentence);
    }

    /// What a file says may be anything; reading it takes no time and no room for that.
    void whatCannotBeIsRefused_data()
    {
        QTest::addColumn<QString>("part");
        QTest::addColumn<QJsonObject>("members");
        for (const qint64 gap : {qint64(3'000'000'000), qint64(1'500'000'000), qint64(1) << 60,
                 qint64(1'000'000'000) << 25}) {
            QTest::addRow("gaps of %lld ns", gap)
                << u"timeline"_s << QJsonObject{{u"gap_ns"_s, gap}};
        }
        QTest::newRow("a window of ages")
            << u"summary"_s << QJsonObject{{u"to_ns"_s, qint64(9'000'000'000'000'000'000)}};
        QTest::newRow("a window before the run") << u"summary"_s << QJsonObject{{u"from_ns"_s, -1}};
        QTest::newRow("a window that ends before it begins")
            << u"summary"_s << QJsonObject{{u"to_ns"_s, 1}};
    }

    void whatCannotBeIsRefused()
    {
        QFETCH(const QString, part);
        QFETCH(const QJsonObject, members);
        QJsonObject report = toJson(reportOf(0, 10, {}));
        QJsonObject changed = report.value(part).toObject();
        for (auto member = members.begin(); member != members.end(); ++member) {
            changed.insert(member.key(), member.value());
        }
        report.insert(part, changed);
        const Result<LoadReport> read = loadReportFrom(QJsonDocument(report).toJson());
        QVERIFY(!read);
        QVERIFY2(read.error().message.contains(part), qPrintable(read.error().message));
    }

    void tellsNoSecret()
    {
        Endpoint endpoint;
        endpoint.url = QUrl(u"https://user:canary-1@host:8000/v1?key=canary-2#canary-3"_s);
        endpoint.headers = {{"authorization"_ba, "Bearer canary-4"_ba}};
        LoadReport report;
        report.subject = LoadSubject::from(endpoint);
        QCOMPARE(report.subject.url, u"https://host:8000/v1"_s);
        QVERIFY(!written(report).contains("canary"));
    }

    void askedConcurrencyIsThatOfUsers()
    {
        LoadReport report;
        report.plan.curve = {{.duration = 2s, .from = 4, .to = 4, .arrival = {}},
            {.duration = 2s, .from = 8, .to = 8, .arrival = {}}};
        report.summary.window = {.from = 1s, .to = 4s};
        QVERIFY(std::abs(*report.askedConcurrency() - 20.0 / 3) < 0.01);
        report.workload = {{u"thinking"_s, QJsonObject()}};
        QVERIFY(!report.askedConcurrency());
        report.workload = {};
        report.plan.curve[1].kind = LoadBlock::Kind::Rate;
        QVERIFY(!report.askedConcurrency());
    }

    /// A shard is not to hold the users of all of them.
    void askedConcurrencyIsThatOfItsShards()
    {
        LoadReport report;
        report.plan.curve = {{.duration = 2s, .from = 6, .to = 6, .arrival = {}}};
        report.summary.window = {.from = 0s, .to = 2s};
        report.plan.shard.count = 4; // 0 and 4, 1 and 5, 2, 3
        for (const auto &[index, users] : {std::pair(0, 2), {1, 2}, {2, 1}, {3, 1}}) {
            report.plan.shard.index = index;
            QCOMPARE(report.askedConcurrency(), double(users));
        }
        report.place = u"1/4, 3/4"_s;
        QCOMPARE(report.askedConcurrency(), 3.0);
    }

    /// A window may go on behind the curve, in a file for ages.
    void askedConcurrencyEndsWithTheCurve()
    {
        LoadReport report;
        report.plan.curve = {{.duration = 2s, .from = 6, .to = 6, .arrival = {}}};
        report.summary.window = {.from = 0s, .to = 3s};
        QCOMPARE(report.askedConcurrency(), 4.0);
        report.summary.window.to = Nanoseconds::max();
        QVERIFY(*report.askedConcurrency() < 1);
    }

    /// Those under way when the program died left no sample, so that too few seem to have been.
    void aKilledRunIsNotCalledClientBound()
    {
        LoadReport report = reportOf(0, 100, {});
        report.plan.curve = {{.duration = 1h, .from = 500, .to = 500, .arrival = {}}};
        report.summary.failures.clear();
        QCOMPARE(report.trust().level, LoadTrust::Level::ClientBound);
        report.end = u"killed"_s;
        QCOMPARE(report.trust().level, LoadTrust::Level::Doubtful);
        QVERIFY(report.trust().reasons.constLast().startsWith(u"How this computer did"_s));
    }

    /// Five answers of a few milliseconds fill no slice of the timeline.
    void aRunOfAMomentIsNotCalledClientBound()
    {
        LoadReport report = reportOf(0, 100, {});
        report.plan.curve = {{.duration = 1h, .from = 500, .to = 500, .arrival = {}}};
        QCOMPARE(report.trust().level, LoadTrust::Level::ClientBound);
        report.summary.window = {.from = 0ms, .to = 100ms};
        QVERIFY(report.trust().level != LoadTrust::Level::ClientBound);
    }

    /// Users whose requests fail one after the other rest.
    void aRunOfFailuresIsNotCalledClientBound()
    {
        LoadReport report = reportOf(0, 100, {});
        report.plan.curve = {{.duration = 1h, .from = 500, .to = 500, .arrival = {}}};
        QCOMPARE(report.trust().level, LoadTrust::Level::ClientBound);
        // All but those that are held.
        const double resting = 500 - *report.summary.heldConcurrency();
        report.summary.rested
            = Nanoseconds(std::llround(double(report.summary.window.length().count()) * resting));
        QVERIFY(report.trust().level < LoadTrust::Level::ClientBound);
        QCOMPARE(loadReportFrom(written(report))->summary.rested, report.summary.rested);
    }

    void aRunBeyondTheCalibrationIsDoubtful()
    {
        LoadReport report = reportOf(0, 100, {});
        const LoadTrust without = trustOf(report.summary, report.health, report.askedConcurrency());
        QVERIFY(report.trust() == without); // some 500 tokens/s
        report.calibration->tokenRate = 100;
        const LoadTrust trust = report.trust();
        QVERIFY(trust.level >= LoadTrust::Level::Doubtful);
        QVERIFY2(trust.reasons.constLast().contains(
                     u"Calibrated for 100 tokens/s at 256 streams (mybox, 2026-01-02)."_s),
            qPrintable(trust.reasons.constLast()));
    }

    void aSampleIsALine()
    {
        const QByteArrayList names = samplesCsvHead().trimmed().split(',');
        const LoadSamples samples = samplesOf(3, 4);
        const QByteArrayList values = toCsv(samples.front()).chopped(1).split(',');
        QCOMPARE(values.size(), names.size());
        const auto value = [&](const QByteArray &name) { return values.at(names.indexOf(name)); };
        QCOMPARE(value("conversation"), "3"_ba);
        QCOMPARE(value("planned_ns"), "60000000"_ba);
        QCOMPARE(value("first_visible_ns"), ""_ba);
        QCOMPARE(value("output_tokens"), ""_ba);
        QCOMPARE(value("error"), "rate_limited"_ba);
        QCOMPARE(value("http_status"), "429"_ba);
    }
};

QTEST_GUILESS_MAIN(TestLoadReport)
#include "tst_loadreport.moc"
