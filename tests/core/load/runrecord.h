// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/networkthread.h"
#include "load/loadrun.h"
#include "load/loadsummary.h"
#include "simulator/simulatorthread.h"

#include <QTest>

#include <algorithm>
#include <set>

namespace Lorikeet {

/// What a run told, from its beginning to its end.
struct RunRecord
{
    LoadSamples samples;
    LoadTimeline timeline;
    LoadWindow window;
    LoadHealth health;
    LoadHealth told; ///< the deltas', added up
    LoadEnd end = LoadEnd::Failed;
    QString problem;
    bool isOver = false;

    [[nodiscard]] std::set<std::pair<qint64, qint32>> asked() const
    {
        std::set<std::pair<qint64, qint32>> all;
        for (const LoadSample &sample : samples) {
            all.emplace(sample.conversation, sample.turn);
        }
        return all;
    }

    /// The most requests that were under way at one moment.
    [[nodiscard]] int mostAtOnce() const
    {
        std::vector<std::pair<Nanoseconds, int>> changes;
        for (const LoadSample &sample : samples) {
            if (sample.began) {
                changes.emplace_back(*sample.began, 1);
                changes.emplace_back(*sample.ended, -1);
            }
        }
        std::ranges::sort(changes);
        int now = 0;
        int most = 0;
        for (const auto &[at, change] : changes) {
            now += change;
            most = std::max(most, now);
        }
        return most;
    }

    /// Of all that happened, drain included: to the end of a second, as gaps are kept by seconds.
    [[nodiscard]] LoadSummary summary() const
    {
        const Nanoseconds ticks = LoadTimeline::tickLength * qint64(timeline.ticks().size());
        const Nanoseconds gaps = timeline.gapLength() * qint64(timeline.gaps().size());
        return summarise(samples, timeline, {.from = {}, .to = std::max(ticks, gaps)});
    }
};

/// Starts the run and writes down what it tells, until it has finished. Both live until then.
inline void follow(LoadRun &run, RunRecord &record)
{
    QObject::connect(&run, &LoadRun::told, &run, [&record](const LoadDelta &delta) {
        record.samples.insert(record.samples.end(), delta.samples.begin(), delta.samples.end());
        record.told.add(delta.health);
    });
    QObject::connect(&run, &LoadRun::finished, &run, [&run, &record](LoadEnd end) {
        record.timeline = run.timeline();
        record.window = run.window();
        record.health = run.health();
        record.problem = run.error() ? run.error()->message : QString();
        record.end = end;
        record.isOver = true;
    });
    run.start();
}

[[nodiscard]] inline RunRecord recordOf(LoadRun &run)
{
    RunRecord record;
    follow(run, record);
    if (!QTest::qWaitFor([&record] { return record.isOver; }, 60'000)) {
        qWarning("the run does not end");
    }
    return record;
}

[[nodiscard]] inline LoadBlock users(double count, Nanoseconds duration)
{
    return {.kind = LoadBlock::Kind::Users,
        .duration = duration,
        .from = count,
        .to = count,
        .arrival = {}};
}

[[nodiscard]] inline LoadBlock arrivals(
    double rate, Nanoseconds duration, ArrivalProcess::Kind kind = ArrivalProcess::Kind::Constant)
{
    return {.kind = LoadBlock::Kind::Rate,
        .duration = duration,
        .from = rate,
        .to = rate,
        .arrival = {.kind = kind}};
}

[[nodiscard]] inline Target targetAt(const QUrl &server)
{
    Target target;
    target.endpoint.url = server;
    target.endpoint.url.setPath(QStringLiteral("/v1"));
    target.endpoint.provider = QStringLiteral("openai");
    target.endpoint.model = simulatorBaseModel();
    return target;
}

} // namespace Lorikeet
