// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/engine.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Sim {

namespace {

constexpr Nanoseconds tickInterval = 1ms;
constexpr qsizetype largestSend = 32 * 1024; ///< of one stream in one tick, where nothing paces it
constexpr size_t recordLimit = 4096;

Nanoseconds scaled(Nanoseconds median, double sigma, double factor, Random &random)
{
    const double value = random.logNormal(static_cast<double>(median.count()), sigma);
    return Nanoseconds(static_cast<qint64>(value * factor));
}

} // namespace

Engine::Engine(const SimulatorOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QChronoTimer::timeout, this, &Engine::tick);
}

void Engine::submit(
    ServerConnection &connection, std::unique_ptr<AnswerFormat> format, TimePoint received)
{
    ++m_statistics.requests;
    m_statistics.promptTokens += format->script().promptTokens;
    const quint64 seed = m_options.seed ^ (static_cast<quint64>(m_statistics.requests) * 0x9e37ULL);
    auto job = std::make_unique<Job>(
        connection, std::move(format), received, m_statistics.requests, seed);
    job->ready = loaded(job->script(), received);
    job->begin();
    m_waiting.push_back(std::move(job));
    const TimePoint now = Clock::now();
    admit(now);
    arm(now);
}

/// When the adapters of a request asked for at `asked` are there; loads those that never were.
TimePoint Engine::loaded(const Script &script, TimePoint asked)
{
    TimePoint ready = asked;
    for (const WeightedAdapter &adapter : script.adapters) {
        if (!m_adapters.contains(adapter.id)) {
            m_adapters.insert(adapter.id, asked + m_options.timing.adapterLoad);
        }
        ready = std::max(ready, m_adapters.value(adapter.id));
    }
    return ready;
}

void Engine::cancel(ServerConnection &connection)
{
    const auto isOurs = [&](const JobPointer &job) { return &job->connection() == &connection; };
    const TimePoint now = Clock::now();
    if (const auto waiting = std::find_if(m_waiting.begin(), m_waiting.end(), isOurs);
        waiting != m_waiting.end()) {
        end(**waiting, u"aborted"_s);
        m_waiting.erase(waiting);
    } else if (const auto running = std::find_if(m_running.begin(), m_running.end(), isOurs);
        running != m_running.end()) {
        end(**running, u"aborted"_s);
        m_freed.push_back(now);
        m_running.erase(running);
        admit(now);
    } else {
        return;
    }
    arm(now);
}

Statistics Engine::statistics() const
{
    Statistics statistics = m_statistics;
    statistics.running = std::ssize(m_running);
    statistics.waiting = std::ssize(m_waiting);
    for (auto it = m_adapters.begin(); it != m_adapters.end(); ++it) {
        statistics.loadedAdapters.append(it.key().toUtf8());
    }
    std::sort(statistics.loadedAdapters.begin(), statistics.loadedAdapters.end());
    return statistics;
}

void Engine::tick()
{
    const TimePoint now = Clock::now();
    m_lastTick = now;
    std::erase_if(m_running, [&](const JobPointer &job) {
        if (job->due > now || advance(*job, now)) {
            return false;
        }
        m_freed.push_back(std::min(job->due, now));
        return true;
    });
    admit(now);
    sendKeepAlives(now);
    arm(now);
}

/// Gives free slots to those who wait and whose adapters are loaded. A request counts as admitted
/// when it could be, not when this was noticed.
void Engine::admit(TimePoint now)
{
    std::sort(m_freed.begin(), m_freed.end());
    auto freed = m_freed.cbegin();
    for (auto it = m_waiting.begin(); it != m_waiting.end() && hasFreeSlot();) {
        Job &job = **it;
        if (job.ready > now) {
            ++it;
            continue;
        }
        TimePoint at = job.ready;
        if (freed != m_freed.cend()) {
            at = std::max(at, *freed++);
        }
        job.record().admitted = at;
        job.due = at + firstGap(job);
        m_statistics.queue.observe(at - job.record().received);
        m_running.push_back(std::move(*it));
        it = m_waiting.erase(it);
    }
    m_freed.clear();
}

void Engine::sendKeepAlives(TimePoint now)
{
    const auto send = [&](Job &job) {
        if (now - job.lastSent() >= m_options.keepAlive) {
            job.sendKeepAlive(now);
        }
    };
    for (const JobPointer &job : m_waiting) {
        send(*job);
    }
    for (const JobPointer &job : m_running) {
        if (!job->isStarted()) {
            send(*job);
        }
    }
}

/// Sets the timer to the next thing to do, but not to more than one tick a millisecond: what falls
/// due meanwhile travels together.
void Engine::arm(TimePoint now)
{
    TimePoint next = TimePoint::max();
    bool behind = false;
    for (const JobPointer &job : m_running) {
        next = std::min(next, job->due);
        if (!job->isStarted()) {
            next = std::min(next, job->lastSent() + m_options.keepAlive);
        }
        behind = behind || (!isPaced() && job->due <= now && !job->connection().isCongested());
    }
    for (const JobPointer &job : m_waiting) {
        next = std::min(next, job->lastSent() + m_options.keepAlive);
        if (hasFreeSlot()) {
            next = std::min(next, job->ready);
        }
    }
    if (next == TimePoint::max()) {
        m_timer.stop();
        return;
    }
    const TimePoint earliest = behind ? now : m_lastTick + tickInterval;
    m_timer.setInterval(std::max(std::max(next, earliest) - now, Nanoseconds(0)));
    m_timer.start();
}

bool Engine::advance(Job &job, TimePoint now)
{
    if (!job.connection().isOpen()) {
        end(job, u"aborted"_s);
        return false;
    }
    if (job.connection().isCongested()) {
        return true; // the client reads slowly: its tokens wait
    }
    while (job.due <= now && job.collected() < largestSend) {
        if (job.isFaultDue()) {
            if (job.strike()) {
                return true;
            }
            end(job, u"fault"_s);
            return false;
        }
        if (job.isComplete()) {
            job.finish();
            end(job, job.script().fault ? u"fault"_s : u"done"_s);
            return false;
        }
        job.step(m_statistics);
        if (!job.isComplete()) {
            job.due += nextGap(job);
        }
    }
    job.flush();
    return true;
}

void Engine::end(Job &job, const QString &outcome)
{
    SimulatorRecord &record = job.record();
    record.finished = Clock::now();
    record.outcome = outcome;
    if (outcome == "aborted"_L1) {
        ++m_statistics.dropped;
    }
    m_statistics.total.observe(record.finished - record.received);
    if (m_records.size() == recordLimit) {
        m_records.pop_front();
    }
    m_records.push_back(std::move(record));
}

Nanoseconds Engine::firstGap(Job &job) const
{
    const SimulatorTiming &timing = m_options.timing;
    return scaled(timing.firstToken, timing.firstTokenSigma, 1, job.random)
        + timing.promptToken * job.script().promptTokens;
}

Nanoseconds Engine::nextGap(Job &job) const
{
    const SimulatorTiming &timing = m_options.timing;
    if (!isPaced()) {
        return 0ns;
    }
    const double crowd = 1 + timing.slowdown * static_cast<double>(m_running.size() - 1);
    return scaled(timing.interToken, timing.interTokenSigma, crowd, job.random);
}

} // namespace Lorikeet::Sim

#include "moc_engine.cpp"
