// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadsource.h"
#include "simulator/simulatorthread.h"
#include "sweeprun.h"

#include <QTest>

#include <cmath>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 280'000;
constexpr int batchLimit = 32;
constexpr int tokens = 8;
constexpr SimulatorTiming timing{.firstToken = 120ms,
    .firstTokenSigma = 0.2,
    .interToken = 40ms,
    .interTokenSigma = 0.2,
    .slots = batchLimit};

/// How long a slot is held on average: both times are log-normal.
double serviceSeconds()
{
    constexpr double sigma = 0.2;
    return (0.120 + (tokens - 1) * 0.040) * std::exp(sigma * sigma / 2);
}

} // namespace

/// Sweeps of simulated servers, over real sockets: the knee is where the servers' model has it.
class TestLoadKnee final : public QObject
{
    Q_OBJECT

    struct Trial
    {
        std::unique_ptr<SimulatorThread> simulator;
        std::unique_ptr<SweepRun> sweep;
    };

    static std::vector<Trial> swept(const SweepPlan &plan, int seeds)
    {
        std::vector<Trial> trials;
        const auto source = std::make_shared<PlainSource>();
        source->tokens = tokens;
        for (int seed = 1; seed <= seeds; ++seed) {
            SimulatorOptions options;
            options.timing = timing;
            options.seed = quint64(seed);
            Trial trial{.simulator = std::make_unique<SimulatorThread>(options), .sweep = {}};
            if (trial.simulator->start()) {
                trial.sweep = std::make_unique<SweepRun>(LoadPlan{.seed = quint64(seed) * 1000},
                    plan, targetAt(trial.simulator->url()), source);
            }
            trials.push_back(std::move(trial));
        }
        const auto areOver = [&trials] {
            return std::ranges::all_of(
                trials, [](const Trial &trial) { return trial.sweep && trial.sweep->isOver(); });
        };
        if (!QTest::qWaitFor(areOver, longWait)) {
            qWarning("the sweeps do not end");
        }
        return trials;
    }

    static void verify(const std::vector<Trial> &trials, double knee)
    {
        for (const Trial &trial : trials) {
            const SweepFinding finding = trial.sweep->finding();
            QVERIFY2(finding.knee, qPrintable(trial.sweep->toText()));
            QVERIFY2(std::abs(*finding.knee / knee - 1) <= 0.1,
                qPrintable(u"knee at %1, not %2: %3"_s.arg(*finding.knee)
                        .arg(knee)
                        .arg(trial.sweep->toText())));
        }
    }

private Q_SLOTS:

    /// Of 32 at once the 33rd waits.
    void ofUsersIsTheBatchLimit()
    {
        verify(swept({.from = 8, .stage = 5s, .warmUp = 1s, .refinements = 2}, 10), batchLimit);
    }

    /// As many a second as leave the slots.
    void ofARateIsWhatTheSlotsGive()
    {
        verify(swept({.kind = LoadBlock::Kind::Rate,
                         .arrival = {.kind = ArrivalProcess::Kind::Constant},
                         .from = 30,
                         .stage = 4s,
                         .warmUp = 1s,
                         .refinements = 2},
                   4),
            batchLimit / serviceSeconds());
    }
};

QTEST_GUILESS_MAIN(TestLoadKnee)
#include "tst_loadknee.moc"
