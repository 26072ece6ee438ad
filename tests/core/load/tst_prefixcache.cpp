// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadreport.h"
#include "load/prefixcache.h"
#include "load/tokencalibration.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

/// Of ten answers to first turns of 1000 tokens each, of which the server knew so many; and of as
/// many second turns, which it knew all.
LoadReport reportOf(int cached)
{
    LoadSamples samples;
    for (int i = 0; i < 20; ++i) {
        LoadSample sample;
        sample.conversation = i / 2;
        sample.turn = i % 2;
        sample.planned = Moment(i * 1ms);
        sample.promptTokens = 1000;
        sample.cachedTokens = cached < 0 ? -1 : sample.turn > 0 ? 1000 : cached;
        samples.push_back(sample);
    }
    LoadReport report;
    report.explainedCacheShare = 0.1;
    report.workload = {{u"kind"_s, u"synthetic"_s}};
    report.summary = summarise(samples, {}, {.from = 0s, .to = 10s});
    return report;
}

/// A server whose counters grew by 1000 tokens, of which it knew so many.
ServerSide serverThatKnew(double hits)
{
    ServerSide side;
    for (int i = 0; i < 2; ++i) {
        ServerMoment moment{.at = i * 10s, .reading = {}};
        moment.reading.value(ServerFigure::CacheQueries) = 5000 + i * 1000;
        moment.reading.value(ServerFigure::CacheHits) = 4000 + i * hits;
        side.timeline.add(moment);
    }
    return side;
}

} // namespace

/// Whether a server knew more of the prompts than it should.
class TestPrefixCache final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void whatAWorkloadExplains()
    {
        LoadWorkload workload;
        workload.lengths = {{.input = LengthDistribution::fixed(1000)}};
        const TokenCalibration calibration{.fixedTokens = 50};
        QCOMPARE(explainedCacheShare(workload, calibration), 0.05);
        workload.prefix = {.share = 0.5, .part = 0.6};
        QCOMPARE(explainedCacheShare(workload, calibration), 0.35);
        workload.prefix = {.share = 1, .tokens = 2000};
        QCOMPARE(explainedCacheShare(workload, calibration), 1.0);
        workload.kind = LoadWorkload::Kind::Trace;
        QCOMPARE(explainedCacheShare(workload, calibration), std::nullopt);
    }

    void usageIsHeldAgainstTheWorkload_data()
    {
        QTest::addColumn<int>("cached");
        QTest::addColumn<bool>("isWarned");
        QTest::newRow("not told") << -1 << false;
        QTest::newRow("nothing") << 0 << false;
        QTest::newRow("as explained") << 100 << false;
        QTest::newRow("a block more") << 140 << false;
        QTest::newRow("far more") << 380 << true;
    }

    /// Later turns are known with good reason, and say nothing.
    void usageIsHeldAgainstTheWorkload()
    {
        QFETCH(const int, cached);
        QFETCH(const bool, isWarned);
        const PrefixCacheCheck check = prefixCacheCheck(reportOf(cached));
        QCOMPARE(check.known, cached < 0 ? std::nullopt : std::optional(cached / 1000.0));
        QCOMPARE(!check.warning.isEmpty(), isWarned);
        if (isWarned) {
            QVERIFY2(
                check.warning.startsWith(
                    u"The server knew 38 % of the prompts’ tokens from before (by its usage), where the workload explains 10 %"_s),
                qPrintable(check.warning));
        }
    }

    void countersTellWhereUsageDoesNot()
    {
        LoadReport report = reportOf(-1);
        report.server = serverThatKnew(600);
        // Turns that the counters cannot tell apart.
        PrefixCacheCheck check = prefixCacheCheck(report);
        QCOMPARE(check.known, 0.6);
        QVERIFY(check.warning.isEmpty());
        report.summary.laterTurns = 0;
        check = prefixCacheCheck(report);
        QCOMPARE(check.source, PrefixCacheCheck::Source::Metrics);
        QVERIFY2(check.warning.contains(u"by its metrics"_s), qPrintable(check.warning));
        report.server = serverThatKnew(100);
        QVERIFY(prefixCacheCheck(report).warning.isEmpty());
        // Its own requests count more than everybody's.
        LoadReport both = reportOf(0);
        both.server = serverThatKnew(900);
        QVERIFY(prefixCacheCheck(both).warning.isEmpty());
    }

    void promptsOfFilesAreWarnedOfWhereMostAreKnown()
    {
        LoadReport report = reportOf(900);
        report.explainedCacheShare.reset();
        report.workload = {{u"kind"_s, u"file"_s}};
        QVERIFY(prefixCacheCheck(report).warning.contains(u"the same in each run"_s));
        report.workload = {{u"kind"_s, u"trace"_s}};
        QVERIFY(prefixCacheCheck(report).warning.isEmpty());
        LoadReport little = reportOf(100);
        little.explainedCacheShare.reset();
        little.workload = {{u"kind"_s, u"file"_s}};
        QVERIFY(prefixCacheCheck(little).warning.isEmpty());
    }

    void isPartOfTheReport()
    {
        const LoadReport report = reportOf(380);
        const QJsonObject written = toJson(report);
        const QJsonObject cache = written.value("prefix_cache"_L1).toObject();
        QCOMPARE(cache.value("source"_L1).toString(), u"usage"_s);
        QCOMPARE(cache.value("known"_L1).toDouble(), 0.38);
        QCOMPARE(cache.value("explained"_L1).toDouble(), 0.1);
        QVERIFY(!cache.value("warning"_L1).toString().isEmpty());
        const Result<LoadReport> read = loadReportFrom(QJsonDocument(written).toJson());
        QVERIFY(read);
        QCOMPARE(prefixCacheCheck(*read), prefixCacheCheck(report));
    }
};

QTEST_GUILESS_MAIN(TestPrefixCache)
#include "tst_prefixcache.moc"
