// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/engine.h"

#include "base/logging.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Sim {

namespace {

using Kind = SimulatorFault::Kind;

constexpr Nanoseconds tickInterval = 1ms;
constexpr qsizetype largestSend = 32 * 1024; ///< of one stream in one tick, where nothing paces it
constexpr size_t recordLimit = 4096;

QByteArray finishWord(AnswerEnd end) { return end == AnswerEnd::Length ? "length" : "stop"; }

Nanoseconds scaled(Nanoseconds median, double sigma, double factor, Random &random)
{
    const double value = random.logNormal(static_cast<double>(median.count()), sigma);
    return Nanoseconds(static_cast<qint64>(value * factor));
}

} // namespace

struct Engine::Job
{
    ServerConnection &connection;
    std::unique_ptr<AnswerFormat> format;
    SimulatorRecord record;
    Random random;
    TimePoint ready; ///< its adapters are loaded
    TimePoint due; ///< of the next step
    TimePoint lastSent;
    size_t step = 0;
    size_t steps = 0;
    bool paced = true;

    [[nodiscard]] const Script &script() const { return format->script(); }

    /// The fault strikes before this step; -1: there is none that does.
    [[nodiscard]] qint64 faultStep() const
    {
        if (!script().fault) {
            return -1;
        }
        switch (script().fault->kind) {
        case Kind::Cut:
        case Kind::Reset:
        case Kind::Stall:
        case Kind::Malformed:
        case Kind::ErrorEvent:
            return std::min<qint64>(script().fault->number(), static_cast<qint64>(steps));
        default:
            return -1;
        }
    }
};

Engine::Engine(const SimulatorOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QChronoTimer::timeout, this, &Engine::tick);
}

Engine::~Engine() = default;

void Engine::submit(
    ServerConnection &connection, std::unique_ptr<AnswerFormat> format, TimePoint received)
{
    const Script &script = format->script();
    ++m_statistics.requests;
    m_statistics.promptTokens += script.promptTokens;
    const quint64 seed = m_options.seed ^ static_cast<quint64>(m_statistics.requests) * 0x9e37ULL;
    auto job
        = std::make_unique<Job>(connection, std::move(format), SimulatorRecord(), Random(seed));
    SimulatorRecord &record = job->record;
    record.number = m_statistics.requests;
    record.id = script.requestId;
    record.path = connection.request().path;
    record.model = script.model;
    record.fault = script.fault ? script.fault->toString() : QString();
    record.stream = script.stream;
    record.promptTokens = script.promptTokens;
    record.received = received;
    QStringList adapters;
    job->ready = received;
    for (const WeightedAdapter &adapter : script.adapters) {
        adapters.append(adapter.id);
        if (!m_adapters.contains(adapter.id)) {
            m_adapters.insert(adapter.id, received + m_options.timing.adapterLoad);
        }
        job->ready = std::max(job->ready, m_adapters.value(adapter.id));
    }
    record.adapter = adapters.join(u',');
    for (const Answer &answer : script.answers) {
        job->steps = std::max(job->steps, answer.count());
    }
    job->paced = m_options.timing.interToken > 0ns;
    job->lastSent = received;
    if (script.hasFault(Kind::Drip)) {
        connection.setDrip(Milliseconds(std::max(script.fault->number(), 1)));
    }
    if (script.stream) {
        connection.beginStream(job->format->streamHead());
    }
    m_waiting.push_back(std::move(job));
    const TimePoint now = Clock::now();
    admit(now);
    arm(now);
}

void Engine::cancel(ServerConnection &connection)
{
    const auto isOurs = [&](const JobPointer &job) { return &job->connection == &connection; };
    const TimePoint now = Clock::now();
    if (const auto it = std::find_if(m_waiting.begin(), m_waiting.end(), isOurs);
        it != m_waiting.end()) {
        end(**it, u"aborted"_s);
        m_waiting.erase(it);
    } else if (const auto run = std::find_if(m_running.begin(), m_running.end(), isOurs);
        run != m_running.end()) {
        end(**run, u"aborted"_s);
        m_freed.push_back(now);
        m_running.erase(run);
        admit(now);
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
        m_freed.push_back(job->due);
        return true;
    });
    admit(now);
    for (const JobPointer &job : m_waiting) {
        sendKeepAlive(*job, now);
    }
    for (const JobPointer &job : m_running) {
        if (job->step == 0) {
            sendKeepAlive(*job, now);
        }
    }
    arm(now);
}

/// Gives free slots to those who wait and whose adapters are loaded. A request counts as admitted
/// when it could be, not when this was noticed.
void Engine::admit(TimePoint now)
{
    std::sort(m_freed.begin(), m_freed.end());
    auto freed = m_freed.cbegin();
    for (auto it = m_waiting.begin();
        it != m_waiting.end() && std::ssize(m_running) < m_options.timing.slots;) {
        Job &job = **it;
        if (job.ready > now) {
            ++it;
            continue;
        }
        TimePoint at = job.ready;
        if (freed != m_freed.cend()) {
            at = std::max(at, *freed++);
        }
        job.record.admitted = at;
        job.due = at + firstGap(job);
        m_statistics.queue.observe(at - job.record.received);
        m_running.push_back(std::move(*it));
        it = m_waiting.erase(it);
    }
    m_freed.clear();
}

/// Sets the timer to the next thing to do, but not to more than one tick a millisecond: what falls
/// due meanwhile travels together.
void Engine::arm(TimePoint now)
{
    TimePoint next = TimePoint::max();
    bool behind = false;
    const bool slotFree = std::ssize(m_running) < m_options.timing.slots;
    for (const JobPointer &job : m_running) {
        next = std::min(next, job->due);
        behind = behind || (!job->paced && job->due <= now && !job->connection.isCongested());
    }
    for (const JobPointer &job : m_waiting) {
        if (slotFree) {
            next = std::min(next, job->ready);
        }
        next = std::min(next, job->lastSent + m_options.keepAlive);
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
    if (!job.connection.isOpen()) {
        end(job, u"aborted"_s);
        return false;
    }
    if (job.connection.isCongested()) {
        return true; // the client reads slowly: its tokens wait
    }
    m_out.clear();
    while (job.due <= now && m_out.size() < largestSend) {
        if (std::cmp_equal(job.step, job.faultStep())) {
            return strike(job);
        }
        sendStep(job);
        if (job.step >= job.steps) {
            if (std::cmp_equal(job.step, job.faultStep())) {
                return strike(job); // it was to come later than the answer is long
            }
            if (job.script().stream) {
                append(job, job.format->end());
                job.connection.appendEnd(m_out);
                flush(job);
                job.connection.endStream();
            } else {
                flush(job);
                sendWhole(job);
            }
            end(job, job.script().fault ? u"fault"_s : u"done"_s);
            return false;
        }
        job.due += nextGap(job);
    }
    flush(job);
    return true;
}

/// Writes the next token of every choice that has one.
void Engine::sendStep(Job &job)
{
    const Script &script = job.script();
    if (job.step == 0) {
        m_statistics.timeToFirstToken.observe(job.due - job.record.received);
        if (script.stream) {
            append(job, job.format->begin());
        }
    } else {
        m_statistics.interToken.observe(job.due - job.record.planned.back());
    }
    for (size_t choice = 0; choice < script.answers.size(); ++choice) {
        const size_t count = script.answers[choice].count();
        if (job.step < count) {
            ++job.record.completionTokens;
            ++m_statistics.generatedTokens;
            if (script.stream) {
                m_event.clear();
                job.format->appendToken(m_event, choice, job.step);
                job.connection.appendPart(m_out, m_event);
            }
        }
        // An answer without tokens ends at the first step.
        if (job.step + 1 == std::max<size_t>(count, 1)) {
            ++m_statistics.finished[finishWord(script.answers[choice].end)];
            if (script.countsEos && script.answers[choice].end == AnswerEnd::Natural) {
                ++job.record.completionTokens;
                ++m_statistics.generatedTokens;
            }
            if (script.stream) {
                append(job, job.format->finish(choice));
            }
        }
    }
    job.record.planned.push_back(job.due);
    ++job.step;
}

/// The job's fault happens now. False: the job has ended.
bool Engine::strike(Job &job)
{
    const Script &script = job.script();
    if (!script.stream) {
        flush(job);
        sendWhole(job);
        if (script.hasFault(Kind::Stall)) {
            job.due = TimePoint::max();
            return true;
        }
        end(job, u"fault"_s);
        return false;
    }
    if (job.step == 0) {
        append(job, job.format->begin());
    }
    switch (script.fault->kind) {
    case Kind::Stall:
        flush(job);
        job.due = TimePoint::max(); // it holds its slot until the client goes
        return true;
    case Kind::Malformed:
        job.connection.appendPart(m_out, "data: {\"choices\": [{\"delta\": {\"content\": \n\n");
        break;
    case Kind::ErrorEvent:
        append(job, job.format->failure());
        break;
    default:
        break;
    }
    if (script.hasFault(Kind::Cut) || script.hasFault(Kind::Reset)) {
        flush(job);
        if (script.hasFault(Kind::Cut)) {
            job.connection.cut();
        } else {
            job.connection.reset();
        }
    } else {
        job.connection.appendEnd(m_out);
        flush(job);
        job.connection.endStream();
    }
    end(job, u"fault"_s);
    return false;
}

void Engine::sendWhole(Job &job)
{
    job.record.finished = Clock::now();
    const Script &script = job.script();
    ServerResponse response = script.hasFault(Kind::ErrorEvent) ? job.format->wholeFailure()
                                                                : job.format->whole(job.record);
    if (script.hasFault(Kind::Malformed)) {
        response.body.truncate(response.body.size() / 2);
    }
    if (script.hasFault(Kind::Cut) || script.hasFault(Kind::Reset)
        || script.hasFault(Kind::Stall)) {
        job.connection.respondPart(response, response.body.size() / 2);
        if (script.hasFault(Kind::Cut)) {
            job.connection.cut();
        } else if (script.hasFault(Kind::Reset)) {
            job.connection.reset();
        }
    } else {
        job.connection.respond(response);
    }
}

void Engine::sendKeepAlive(Job &job, TimePoint now)
{
    if (now - job.lastSent < m_options.keepAlive) {
        return;
    }
    job.lastSent = now;
    if (const QByteArray comment = job.format->keepAlive();
        job.script().stream && !comment.isEmpty() && job.connection.isOpen()) {
        m_out.clear();
        job.connection.appendPart(m_out, comment);
        job.connection.send(m_out);
    }
}

void Engine::append(const Job &job, const QList<QByteArray> &events)
{
    for (const QByteArray &event : events) {
        job.connection.appendPart(m_out, event);
    }
}

/// Sends what the tick has collected. The moment before is what the record calls sent.
void Engine::flush(Job &job)
{
    job.lastSent = Clock::now();
    job.record.sent.resize(job.record.planned.size(), job.lastSent);
    if (!m_out.isEmpty()) {
        job.connection.send(m_out);
        m_out.clear();
    }
}

void Engine::end(Job &job, const QString &outcome)
{
    job.record.finished = Clock::now();
    job.record.outcome = outcome;
    if (outcome == "aborted"_L1) {
        ++m_statistics.dropped;
    }
    m_statistics.total.observe(job.record.finished - job.record.received);
    if (m_records.size() == recordLimit) {
        m_records.pop_front();
    }
    m_records.push_back(std::move(job.record));
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
    if (!job.paced) {
        return 0ns;
    }
    const double crowd = 1 + timing.slowdown * static_cast<double>(m_running.size() - 1);
    return scaled(timing.interToken, timing.interTokenSigma, crowd, job.random);
}

} // namespace Lorikeet::Sim

#include "moc_engine.cpp"
