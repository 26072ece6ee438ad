// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "load/loadanswers.h"
#include "load/loadcost.h"
#include "load/loaddelta.h"
#include "load/loadplan.h"
#include "load/loadrequest.h"
#include "model/endpoint.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace Lorikeet {

class NetworkThread;
class LoadWorker;
struct LoadCommon;

/// Why a run ended.
enum class LoadEnd {
    Finished, ///< by its plan
    Stopped, ///< by a person
    Failures, ///< LoadStops::failures
    Failed, ///< it could not go on
};

/// "finished", "stopped", "failures", "failed".
[[nodiscard]] QString toWord(LoadEnd end);

/// What the figures of a plan are of, as far as its run went: without warm-up and cool-down. Of one
/// that ended before its curve it ends when the last request began; where no answer was there by
/// then, with the last answer.
[[nodiscard]] LoadWindow windowOf(const LoadPlan &plan, const LoadTimeline &timeline);

/// A load test under way, in as many threads as its plan says, each with a manager, a client and a
/// share of its own. Used from one thread, which sees what happened ten times a second and decides
/// nothing that is measured.
///
/// Keeps the timeline, whose size does not grow with the load, but no samples: who wants them keeps
/// them as they are told.
class LoadRun final : public QObject
{
    Q_OBJECT

public:
    /// A thread with a client, made for so many requests at once.
    using ThreadMaker = std::function<std::unique_ptr<NetworkThread>(int streams)>;

    /// Of libcurl, over HTTP alone.
    [[nodiscard]] static std::unique_ptr<NetworkThread> makeThread(int streams);

    /// The target's own retries do not hold in a load test.
    LoadRun(const LoadPlan &plan, const Target &target, std::shared_ptr<const LoadSource> source,
        ThreadMaker makeThread = &LoadRun::makeThread, QObject *parent = nullptr);
    /// Ends it where it stands, without a word.
    ~LoadRun() override;

    /// Before start(). Answers are kept, up to so many bytes; by default none are.
    void keepAnswers(qint64 most);

    /// Those that are kept, up to a moment ago; null: none are. They outlive the run.
    [[nodiscard]] std::shared_ptr<const LoadAnswers> answers() const;

    /// Once. A plan that cannot be run ends with LoadEnd::Failed.
    void start();
    /// Cancels what is under way; finished() follows at once. Harmless when it is over.
    void stop();

    [[nodiscard]] const LoadPlan &plan() const;
    /// What all moments are counted from; after start().
    [[nodiscard]] TimePoint origin() const;

    [[nodiscard]] const LoadTimeline &timeline() const { return m_timeline; }

    /// How the client did; whole once it has finished.
    [[nodiscard]] const LoadHealth &health() const { return m_health; }

    /// windowOf() its plan.
    [[nodiscard]] LoadWindow window() const;

    /// How well LoadStops::precision's percentiles are known.
    [[nodiscard]] const QList<PrecisionReached> &precision() const { return m_precision.reached(); }

    /// What the requests that ended have cost, by the plan's price; nothing where it has none.
    [[nodiscard]] std::optional<double> cost() const { return m_cost.spent(); }

    /// Why it failed; else the first record of the source that was no good.
    [[nodiscard]] const std::optional<ApiError> &error() const { return m_error; }

Q_SIGNALS:
    void told(const Lorikeet::LoadDelta &delta);
    /// Once and last, from the event loop.
    void finished(Lorikeet::LoadEnd end);

private:
    struct Thread;

    void onTold(const LoadDelta &delta);
    void onDone(Thread &thread, const LoadHealth &health);
    void stopFor(LoadEnd end);
    void judgeFailures(const LoadSamples &samples);
    void judgeCost(const LoadSamples &samples);
    void judgePrecision(const LoadSamples &samples);
    void fail(const ApiError &error);

    std::shared_ptr<LoadCommon> m_common;
    ThreadMaker m_makeThread;
    std::vector<std::unique_ptr<Thread>> m_threads;
    std::size_t m_done = 0; ///< threads
    LoadTimeline m_timeline;
    LoadHealth m_health;
    LoadCost m_cost;
    PrecisionWatch m_precision;
    bool m_isPrecise = false;
    std::vector<bool> m_lastFailed; ///< of the last requests, in a ring
    std::size_t m_ended = 0; ///< requests
    std::optional<LoadEnd> m_end;
    std::optional<ApiError> m_error;
};

} // namespace Lorikeet
