// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadrun.h"

#include "chat/networkthread.h"
#include "http/curlaccessmanager.h"
#include "http/inclient.h"
#include "load/loadmanners.h"
#include "load/loadworker.h"
#include "load/taskexchange.h"

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

/// All threads have begun by the origin, or the first requests would be late.
constexpr Milliseconds lead = 50ms;
/// Of the last so many requests the share of failures is taken.
constexpr std::size_t failuresLookedAt = 100;
constexpr std::size_t failuresAlone = 20; ///< where nothing was answered
constexpr double byChance = 0.001;

Target plainly(Target target)
{
    target.endpoint.retry = {};
    return target;
}

/// In the curve's stretches with users.
int mostUsers(const LoadCurve &curve)
{
    double most = 0;
    for (const LoadBlock &block : curve) {
        if (block.kind == LoadBlock::Kind::Users) {
            most = std::max({most, block.from, block.to});
        }
    }
    return int(std::ceil(most));
}

qint64 arrivalsOf(const LoadPlan &plan, const LoadSource &source)
{
    ArrivalSchedule schedule(
        plan.curve, plan.seed, [&source](qint64 number) { return source.beginning(number); });
    qint64 count = 0;
    while (schedule.next()) {
        ++count;
    }
    return count;
}

} // namespace

struct LoadRun::Thread
{
    std::unique_ptr<NetworkThread> network;
    LoadWorker *worker = nullptr; ///< lives in that thread
    bool isDone = false;
};

QString toWord(LoadEnd end)
{
    switch (end) {
    case LoadEnd::Finished:
        return u"finished"_s;
    case LoadEnd::Stopped:
        return u"stopped"_s;
    case LoadEnd::Failures:
        return u"failures"_s;
    case LoadEnd::Failed:
        return u"failed"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

std::unique_ptr<NetworkThread> LoadRun::makeThread(int streams)
{
    return std::make_unique<NetworkThread>([streams]() -> std::unique_ptr<QNetworkAccessManager> {
        auto manager = std::make_unique<CurlAccessManager>();
        manager->sendDirectly();
        manager->reserve(streams);
        return manager;
    });
}

LoadRun::LoadRun(const LoadPlan &plan, const Target &target,
    std::shared_ptr<const LoadSource> source, ThreadMaker makeThread, QObject *parent)
    : QObject(parent)
    , m_common(std::make_shared<LoadCommon>())
    , m_makeThread(std::move(makeThread))
    , m_cost(plan.price)
    , m_precision(plan.stops.precision, plan.stops.precisionLeast)
{
    m_common->plan = plan;
    m_common->target = plainly(target);
    m_common->source = std::move(source);
    m_common->shares = plan.threads * plan.shard.count;
    m_common->requests = plan.spent.requests;
}

LoadRun::~LoadRun()
{
    for (const std::unique_ptr<Thread> &thread : m_threads) {
        thread->network->withClient([worker = thread->worker](ApiClient &) { delete worker; });
    }
}

void LoadRun::keepAnswers(qint64 most) { m_common->answers = std::make_shared<LoadAnswers>(most); }

std::shared_ptr<const LoadAnswers> LoadRun::answers() const { return m_common->answers; }

const LoadPlan &LoadRun::plan() const { return m_common->plan; }

TimePoint LoadRun::origin() const { return m_common->origin; }

LoadWindow LoadRun::window() const { return windowOf(m_common->plan, m_timeline); }

LoadWindow windowOf(const LoadPlan &plan, const LoadTimeline &timeline)
{
    Nanoseconds end = durationOf(plan.curve);
    const std::vector<LoadTick> &ticks = timeline.ticks();
    const auto begins = [](const LoadTick &tick) { return tick.began > 0; };
    const auto ends = [](const LoadTick &tick) { return tick.answered + tick.failed > 0; };
    auto last = std::find_if(ticks.crbegin(), ticks.crend(), begins);
    // Where all were sent before the first answer came, that would be a window without one.
    if (std::none_of(last, ticks.crend(), ends)) {
        last = std::min(last, std::find_if(ticks.crbegin(), ticks.crend(), ends));
    }
    const Nanoseconds sent = LoadTimeline::tickLength * qint64(ticks.crend() - last);
    // Of a trace the end is that of its last conversation.
    end = plan.curve.isEmpty() ? sent : std::min(end, sent);
    const Nanoseconds to = std::max(end - plan.coolDown, Nanoseconds(0));
    return {.from = std::min(plan.warmUp, to), .to = to};
}

void LoadRun::start()
{
    const LoadPlan &plan = m_common->plan;
    const bool isTrace = m_common->source->beginning(0).has_value();
    QString problem = problemOf(plan, isTrace);
    if (const auto first = m_common->source->request(0, 0, {}); problem.isEmpty() && first) {
        problem = problemAt(m_common->target, *first);
    }
    if (!problem.isEmpty()) {
        m_error = ApiError{.kind = ApiError::Kind::InvalidRequest, .message = problem};
        m_end = LoadEnd::Failed;
        QMetaObject::invokeMethod(this, [this] { Q_EMIT finished(*m_end); }, Qt::QueuedConnection);
        return;
    }
    const int users = mostUsers(plan.curve);
    m_common->firstOfUsers = users > 0 ? arrivalsOf(plan, *m_common->source) : 0;
    for (int i = 0; i < plan.threads; ++i) {
        auto thread = std::make_unique<Thread>();
        thread->network = m_makeThread(users / m_common->shares + 1);
        thread->worker = new LoadWorker(m_common, i * plan.shard.count + plan.shard.index);
        connect(thread->worker, &LoadWorker::told, this, &LoadRun::onTold);
        connect(thread->worker, &LoadWorker::refused, this,
            [this](const ApiError &error) { m_error = m_error.value_or(error); });
        connect(thread->worker, &LoadWorker::failed, this, &LoadRun::fail);
        connect(thread->worker, &LoadWorker::done, this,
            [this, thread = thread.get()](const LoadHealth &health) { onDone(*thread, health); });
        m_threads.push_back(std::move(thread));
    }
    m_common->origin = Clock::now() + lead;
    for (const std::unique_ptr<Thread> &thread : m_threads) {
        startInClient(
            [network = thread->network.get()](const auto &work) { network->withClient(work); },
            thread->worker);
    }
}

void LoadRun::stop() { stopFor(LoadEnd::Stopped); }

void LoadRun::stopFor(LoadEnd end)
{
    if (m_end || m_threads.empty()) {
        return;
    }
    m_end = end;
    for (const std::unique_ptr<Thread> &thread : m_threads) {
        if (!thread->isDone) {
            thread->network->withClient([worker = thread->worker](ApiClient &) { worker->stop(); });
        }
    }
}

void LoadRun::onTold(const LoadDelta &delta)
{
    m_timeline.add(delta.timeline);
    judgeFailures(delta.samples);
    judgeCost(delta.samples);
    judgePrecision(delta.samples);
    Q_EMIT told(delta);
}

void LoadRun::fail(const ApiError &error)
{
    m_error = error;
    stopFor(LoadEnd::Failed);
}

void LoadRun::judgeCost(const LoadSamples &samples)
{
    for (const LoadSample &sample : samples) {
        m_cost.add(sample);
    }
    const LoadPlan &plan = m_common->plan;
    if (!plan.ceiling.cost || m_end) {
        return;
    }
    // What is under way will be paid for as well.
    const std::optional<double> spent = m_cost.spentWith(m_common->running);
    if (spent && plan.spent.cost + *spent > *plan.ceiling.cost / plan.shard.count) {
        fail(ceilingReached(plan, CeilingBreach::Part::Cost));
    }
}

void LoadRun::judgePrecision(const LoadSamples &samples)
{
    const LoadPlan &plan = m_common->plan;
    if (plan.stops.precision.isEmpty() || m_isPrecise) {
        return;
    }
    for (const LoadSample &sample : samples) {
        if (*sample.planned >= plan.warmUp) {
            m_precision.add(sample);
        }
    }
    if (m_end || !m_precision.isReached()) {
        return;
    }
    // Those under way are not cut off, or the slow ones among them would be missing.
    m_isPrecise = true;
    for (const std::unique_ptr<Thread> &thread : m_threads) {
        if (!thread->isDone) {
            thread->network->withClient(
                [worker = thread->worker](ApiClient &) { worker->endSending(); });
        }
    }
}

void LoadRun::judgeFailures(const LoadSamples &samples)
{
    const std::optional<double> &most = m_common->plan.stops.failures;
    if (!most) {
        return;
    }
    for (const LoadSample &sample : samples) {
        if (sample.isCancelled()) {
            continue;
        }
        if (m_lastFailed.size() < failuresLookedAt) {
            m_lastFailed.push_back(sample.error.has_value());
        } else {
            m_lastFailed[m_ended % failuresLookedAt] = sample.error.has_value();
        }
        ++m_ended;
    }
    const auto failed = std::ranges::count(m_lastFailed, true);
    const bool isFull = m_lastFailed.size() == failuresLookedAt;
    // Of fewer, a few that fail at the beginning would end it; but where nothing is answered at
    // all, it takes long until there are more, since users rest.
    const bool isEnough = isFull
        || (m_lastFailed.size() >= failuresAlone && failed == std::ssize(m_lastFailed)
            && std::pow(*most, double(failed)) < byChance);
    // Failures are quicker than answers, so that the first to end are not all there are: what is
    // under way counts as answered then.
    const double judged = double(m_lastFailed.size()) + (isFull ? 0.0 : double(m_common->running));
    if (isEnough && double(failed) > *most * judged) {
        stopFor(LoadEnd::Failures);
    }
}

void LoadRun::onDone(Thread &thread, const LoadHealth &health)
{
    thread.isDone = true;
    m_health.add(health);
    if (++m_done == m_threads.size()) {
        m_end = m_end.value_or(LoadEnd::Finished);
        Q_EMIT finished(*m_end);
    }
}

} // namespace Lorikeet

#include "moc_loadrun.cpp"
#include "moc_loadworker.cpp"
