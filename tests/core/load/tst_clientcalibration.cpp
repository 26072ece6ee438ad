// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/calibrationrun.h"

#include <QSignalSpy>
#include <QStandardPaths>
#include <QSysInfo>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 120'000;
constexpr KnownTimes known{.firstToken = 50ms, .interToken = 20ms, .tokens = 100};

/// Of a client that measured these times, all alike.
CalibrationStage stageOf(int streams, Nanoseconds firstToken, Nanoseconds perToken)
{
    CalibrationStage stage{.streams = streams, .summary = {}, .health = {}};
    LoadSummary &summary = stage.summary;
    summary.window = {.from = 0s, .to = 10s};
    summary.answered = 5 * streams;
    summary.completed = 5 * streams;
    summary.busy = 10s * streams;
    summary.outputTokens = 500 * streams;
    summary.outputChunks = 500 * streams;
    summary.chunks = 500.0 * streams;
    summary.time(LoadMetric::TimeToFirstToken).add(firstToken, 5 * streams);
    summary.time(LoadMetric::TimePerOutputToken).add(perToken, 5 * streams);
    summary.busy = 10s * streams;
    stage.health.elapsed = 10s;
    stage.health.busiest = 1s;
    stage.health.reads = 500 * streams;
    stage.health.pieces = 500 * streams;
    return stage;
}

} // namespace

/// Up to what load this computer measures right.
class TestClientCalibration final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setApplicationName(u"lorikeet-calibration-test"_s);
    }

    void whatIsMeasuredRight_data()
    {
        QTest::addColumn<CalibrationStage>("stage");
        QTest::addColumn<QString>("problem");
        QTest::newRow("right") << stageOf(8, 50ms, 20ms) << QString();
        QTest::newRow("a little late") << stageOf(8, 52ms, 20ms) << QString();
        QTest::newRow("late") << stageOf(8, 58ms, 20ms) << u"Its TTFT was measured as 5"_s;
        QTest::newRow("slow") << stageOf(8, 50ms, 23ms) << u"Its TPOT was measured as 2"_s;
        CalibrationStage failed = stageOf(8, 50ms, 20ms);
        failed.summary.failures.insert(u"refused"_s, 3);
        QTest::newRow("failed") << failed << u"3 requests failed."_s;
        CalibrationStage busy = stageOf(8, 50ms, 20ms);
        busy.health.busiest = 9s;
        QTest::newRow("busy") << busy << u"A sending thread needed"_s;
        CalibrationStage nothing{.streams = 8, .summary = {}, .health = {}};
        QTest::newRow("nothing") << nothing << u"No answer has a TTFT."_s;
    }

    void whatIsMeasuredRight()
    {
        QFETCH(const CalibrationStage, stage);
        QFETCH(const QString, problem);
        const QString found = problemOf(stage, known);
        QVERIFY2(
            problem.isEmpty() ? found.isEmpty() : found.startsWith(problem), qPrintable(found));
    }

    /// What is right behind what is not was luck.
    void theFirstThatIsWrongEndsIt()
    {
        const ClientCalibration found
            = calibrationOf({stageOf(8, 50ms, 20ms), stageOf(32, 50ms, 20ms),
                                stageOf(128, 90ms, 20ms), stageOf(256, 50ms, 20ms)},
                known);
        QCOMPARE(found.streams, 32);
        QCOMPARE(found.tokenRate, 1600.0);
        QCOMPARE(found.machine, QSysInfo::machineHostName());
        QCOMPARE(calibrationOf({stageOf(8, 90ms, 20ms)}, known).streams, 0);
    }

    void runsBeyondItAreNamed()
    {
        const ClientCalibration calibration{
            .tokenRate = 1600, .streams = 32, .machine = u"mybox"_s, .version = {}, .at = {}};
        QVERIFY(beyond(calibration, stageOf(32, 50ms, 20ms).summary).isEmpty());
        const QString sentence = beyond(calibration, stageOf(128, 50ms, 20ms).summary);
        QVERIFY2(sentence.startsWith(u"This run (6400 tokens/s at 128 streams) goes beyond"_s),
            qPrintable(sentence));
    }

    void itIsKeptForThisComputerAndVersion()
    {
        ClientCalibration calibration = calibrationOf({stageOf(8, 50ms, 20ms)}, known);
        calibration.at = QDateTime({2026, 1, 2}, {3, 4, 5}, QTimeZone::UTC);
        QVERIFY(Lorikeet::store(calibration));
        QCOMPARE(storedCalibration(), calibration);
        calibration.machine = u"another"_s;
        QVERIFY(Lorikeet::store(calibration));
        QCOMPARE(storedCalibration(), std::nullopt);
    }

    /// The simulator's own times are what is measured.
    void theSimulatorIsMeasured()
    {
        CalibrationRun run({2}, known);
        QSignalSpy stepped(&run, &CalibrationRun::stepped);
        QSignalSpy finished(&run, &CalibrationRun::finished);
        QVERIFY(run.start());
        QVERIFY(finished.wait(longWait));
        QCOMPARE(stepped.count(), 1);
        const auto calibration = finished.first().first().value<ClientCalibration>();
        // On a busy machine it may be right or not, and says which.
        QCOMPARE(calibration.streams > 0, stepped.first().at(1).toString().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestClientCalibration)
#include "tst_clientcalibration.moc"
