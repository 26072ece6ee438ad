// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/random.h"
#include "loadresults/loadresult.h"

namespace Lorikeet {

/// A run that was not run. Its times drift from second to second, as those of servers do: a
/// request is like the one before it.
struct InventedRun
{
    quint64 seed = 1;
    double factor = 1; ///< of all times
    double failures = 0; ///< share of the requests
    double drift = 0.7; ///< how much of a second's level is the last one's
    int seconds = 60;
    int perSecond = 20;
};

inline LoadStage inventedStage(const InventedRun &run, double load = 0)
{
    using namespace Qt::StringLiterals;
    using namespace std::chrono_literals;
    Random random(run.seed);
    LoadStage stage{.load = load, .report = {}, .samples = {}};
    LoadSamples samples;
    LoadTimelinePart part;
    double level = 0;
    const auto after
        = [](Nanoseconds since, double seconds) { return since + fromSeconds(seconds); };
    for (int i = 0; i < run.seconds * run.perSecond; ++i) {
        if (i % run.perSecond == 0) {
            level = run.drift * level + 0.1 * random.normal();
        }
        const Nanoseconds due = Nanoseconds(1s) * i / run.perSecond;
        LoadSample sample;
        sample.conversation = i;
        sample.choice = qint16(i % 2);
        sample.planned = Moment(due);
        sample.began = Moment(due + 200us);
        sample.sent = Moment(due + 300us);
        const Nanoseconds first
            = after(due, run.factor * 0.05 * std::exp(level + 0.1 * random.normal()));
        const double gap = run.factor * 0.01 * std::exp(level + 0.05 * random.normal());
        const Nanoseconds last = after(first, 10 * gap);
        sample.firstToken = Moment(first);
        sample.firstVisible = sample.firstToken;
        sample.lastToken = Moment(last);
        sample.ended = Moment(last + 500us);
        sample.firstByte = sample.firstToken;
        sample.longestGap = fromSeconds(gap);
        sample.chunks = 11;
        sample.outputTokens = 11;
        sample.promptTokens = 64;
        sample.httpStatus = 200;
        sample.connectionReused = i > 8;
        sample.finish = FinishReason::Kind::Length;
        if (random.chance(run.failures)) {
            sample.error = ApiError::Kind::RateLimited;
            sample.httpStatus = 429;
        }
        ++part.at(due).planned;
        ++part.at(due).began;
        if (sample.error) {
            ++part.at(last).failed;
        } else {
            ++part.at(last).answered;
            part.at(first).chunks += 1;
            part.at(last).chunks += 10;
            part.addGap(last, sample.longestGap, 10);
        }
        samples.push_back(sample);
    }
    stage.samples = std::move(samples);
    LoadReport &report = stage.report;
    report.startedAt = QDateTime({2026, 1, 2}, {3, 4, 5, 678}, QTimeZone::UTC);
    report.subject = {.url = u"http://localhost:8000/v1"_s,
        .provider = u"openai"_s,
        .server = u"vLLM"_s,
        .serverVersion = u"0.11"_s,
        .model = u"base-8b"_s};
    report.plan.curve = {{.kind = LoadBlock::Kind::Rate,
        .duration = std::chrono::seconds(run.seconds),
        .from = double(run.perSecond),
        .to = double(run.perSecond),
        .arrival = {.kind = ArrivalProcess::Kind::Constant}}};
    report.plan.seed = run.seed;
    report.plan.warmUp = 2s;
    report.plan.objective = *serviceObjectiveFrom(u"ttft_p95=200ms,errors=5%"_s);
    report.workload = toJson(LoadWorkload());
    report.end = u"finished"_s;
    report.timeline.add(part);
    const LoadWindow window{.from = 2s, .to = std::chrono::seconds(run.seconds)};
    report.summary = summarise(stage.samples, report.timeline, window, report.plan.objective);
    for (const qint16 choice : {0, 1}) {
        report.choices += {u"adapter-%1"_s.arg(choice),
            summariseChoice(stage.samples, choice, window, report.plan.objective)};
    }
    report.health.loopLag.add(200us, 1000);
    report.health.busiest = 5s;
    report.health.elapsed = 60s;
    report.health.reads = 1000;
    report.health.pieces = 1000;
    return stage;
}

inline LoadResult inventedResult(const InventedRun &run, const QString &name = {})
{
    LoadResult result;
    result.name = name;
    result.stages += inventedStage(run);
    return result;
}

/// Of a server that is full at eight users.
inline LoadResult inventedSweep()
{
    using namespace std::chrono_literals;
    LoadResult result;
    result.sweep = SweepPlan{.most = 32, .stage = 12s};
    for (const int users : {1, 2, 4, 8, 16, 32}) {
        const int borne = std::min(users, 8);
        LoadStage stage = inventedStage({.seed = quint64(users),
                                            .factor = double(users) / borne,
                                            .seconds = 12,
                                            .perSecond = 4 * borne},
            users);
        stage.report.plan.curve = {{.kind = LoadBlock::Kind::Users,
            .duration = 12s,
            .from = double(users),
            .to = double(users),
            .arrival = {}}};
        result.stages += stage;
    }
    return result;
}

/// The same without its samples, as a report has it.
inline LoadResult withoutSamples(LoadResult result)
{
    for (LoadStage &stage : result.stages) {
        stage.samples = {};
    }
    return result;
}

} // namespace Lorikeet
