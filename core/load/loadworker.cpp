// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadworker.h"

#include "http/apiclient.h"
#include "http/chatstream.h"
#include "load/loadhealth.h"
#include "load/loadmanners.h"
#include "load/taskexchange.h"

#include <algorithm>
#include <cmath>
#include <utility>

#ifdef Q_OS_UNIX
#include <ctime>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

constexpr Milliseconds pulseLength = 10ms;
constexpr Milliseconds tellingLength = 100ms;
/// Requests sent in one go; between two goes what has come is read, so that a burst does not make
/// answers seem late.
constexpr int mostAtOnce = 64;

/// Of the calling thread; zero where the system does not tell.
Nanoseconds processorTime()
{
#if defined(Q_OS_UNIX) && defined(CLOCK_THREAD_CPUTIME_ID)
    timespec time{};
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0) {
        return std::chrono::seconds(time.tv_sec) + Nanoseconds(time.tv_nsec);
    }
#endif
    return Nanoseconds(0);
}

} // namespace

LoadWorker::LoadWorker(std::shared_ptr<LoadCommon> common, int share)
    : m_common(std::move(common))
    , m_share(share)
    , m_due(this)
    , m_pulse(this)
    , m_telling(this)
    , m_end(durationOf(m_common->plan.curve))
    , m_hasUsers(std::ranges::any_of(m_common->plan.curve,
          [](const LoadBlock &block) { return block.kind == LoadBlock::Kind::Users; }))
{
    if (!m_common->plan.curve.isEmpty()) {
        m_schedule.emplace(m_common->plan.curve, m_common->plan.seed,
            [source = m_common->source](qint64 number) { return source->beginning(number); });
    }
    m_pulse.setTimerType(Qt::PreciseTimer);
    m_pulse.setInterval(pulseLength);
    m_telling.setInterval(tellingLength);
    connect(&m_due, &DueTimer::timeout, this, &LoadWorker::sendDue);
    connect(&m_pulse, &QChronoTimer::timeout, this, &LoadWorker::onPulse);
    connect(&m_telling, &QTimer::timeout, this, &LoadWorker::tell);
}

LoadWorker::~LoadWorker()
{
    for (auto &[stream, running] : m_running) {
        delete stream;
    }
}

void LoadWorker::start(ApiClient &client)
{
    m_client = &client;
    if (m_common->answers) {
        m_keeper.emplace(m_common->answers, m_common->origin, m_common->target.key);
    }
    m_began = Clock::now();
    m_health.processorTime = processorTime();
    m_told = m_began;
    m_toldProcessorTime = m_health.processorTime;
    m_arrival = nextArrival();
    m_pulseDue = m_began + pulseLength;
    m_pulse.start();
    m_telling.start();
    arm();
}

void LoadWorker::endSending()
{
    m_arrival.reset();
    m_hasUsers = false;
    m_usersDue.reset();
    endIfOver();
}

void LoadWorker::stop()
{
    if (std::exchange(m_isStopping, true)) {
        return;
    }
    m_due.stop();
    std::vector<ChatStream *> streams;
    streams.reserve(m_running.size());
    for (auto &[stream, running] : m_running) {
        streams.push_back(stream);
    }
    for (ChatStream *stream : streams) {
        stream->stop();
    }
    endIfOver();
}

bool LoadWorker::isMine(qint64 number) const { return number % m_common->shares == m_share; }

bool LoadWorker::isWithinStops(qint64 number) const
{
    // The end of a trace that is one block of several is not that of the others.
    const std::optional<qint64> count
        = hasRecorded(m_common->plan.curve) ? std::nullopt : m_common->source->count();
    const std::optional<qint64> &most = m_common->plan.stops.requests;
    return (!count || number < *count) && (!most || number < *most);
}

std::optional<LoadWorker::Conversation> LoadWorker::nextArrival()
{
    while (true) {
        const qint64 turn = m_nextNumber++;
        if (!isWithinStops(turn)) {
            return std::nullopt;
        }
        std::optional<ArrivalSchedule::Arrival> arrival;
        if (m_schedule) {
            arrival = m_schedule->next();
        } else if (const std::optional<Nanoseconds> time = m_common->source->beginning(turn)) {
            arrival = {.time = *time, .conversation = turn};
        }
        if (!arrival) {
            return std::nullopt;
        }
        if (isMine(turn)) {
            return Conversation{.number = arrival->conversation, .due = arrival->time, .said = {}};
        }
    }
}

void LoadWorker::sendDue()
{
    int sent = 0;
    const auto mayGoOn = [this, &sent] { return !m_isStopping && sent < mostAtOnce; };
    while (mayGoOn() && m_arrival && m_arrival->due <= now()) {
        Conversation next = std::move(*m_arrival);
        m_arrival = nextArrival();
        send(std::move(next));
        ++sent;
    }
    while (mayGoOn() && !m_thinking.empty() && m_thinking.top().due <= now()) {
        Conversation next = m_thinking.top();
        m_thinking.pop();
        send(std::move(next));
        ++sent;
    }
    while (mayGoOn()) {
        const std::optional<LoadUsers::Rested> rested = m_users.takeRested(now());
        if (!rested) {
            break;
        }
        goOnOfUser(int(rested->place) * m_common->shares + m_share, rested->due);
        ++sent;
    }
    fillUsers();
    arm();
    endIfOver();
}

void LoadWorker::fillUsers()
{
    if (!m_hasUsers || m_isStopping) {
        return;
    }
    const Nanoseconds time = now();
    const auto wanted = static_cast<qint64>(std::floor(usersAt(m_common->plan.curve, time)));
    int begun = 0;
    for (std::size_t place = 0;; ++place) {
        const qint64 user = qint64(place) * m_common->shares + m_share;
        if (user >= wanted || m_isStopping) {
            m_usersDue.reset();
            return;
        }
        if (!m_users.isIdle(place)) {
            continue;
        }
        if (!m_usersDue) {
            m_usersDue = time;
        }
        if (begun == mostAtOnce || !beginOfUser(int(user), *m_usersDue)) {
            return;
        }
        ++begun;
    }
}

qint64 LoadWorker::numberOfUsers(qint64 turn) const
{
    const LoadShard &shard = m_common->plan.shard;
    return m_common->firstOfUsers + turn * shard.count + shard.index;
}

bool LoadWorker::beginOfUser(int user, Nanoseconds due)
{
    const qint64 number = numberOfUsers(m_common->conversationsOfUsers.fetch_add(1));
    if (!isWithinStops(number)) {
        m_hasUsers = false; // none of them has anything left to ask
        m_usersDue.reset();
        return false;
    }
    m_users.begin(placeOf(user));
    send({.number = number, .user = user, .due = due, .said = {}});
    return true;
}

void LoadWorker::send(Conversation conversation)
{
    LoadCommon &common = *m_common;
    ++m_delta.timeline.at(conversation.due).planned;
    if (common.running.fetch_add(1) >= common.plan.ceiling.concurrency) {
        common.running.fetch_sub(1);
        m_waiting.push_back(std::move(conversation));
        return;
    }
    begin(std::move(conversation));
}

void LoadWorker::begin(Conversation conversation)
{
    LoadCommon &common = *m_common;
    if (common.requests.fetch_add(1) >= common.plan.ceiling.requests) {
        common.running.fetch_sub(1);
        neverSent(conversation);
        fail(ceilingReached(common.plan, CeilingBreach::Part::Requests));
        return;
    }
    Result<LoadRequest> asked = conversation.asked
        ? *std::exchange(conversation.asked, std::nullopt)
        : common.source->request(conversation.number, conversation.turn, conversation.said);
    if (!asked) {
        common.running.fetch_sub(1);
        refuse(conversation, asked.error());
        return;
    }
    ChatStream *stream = startRequest(*m_client, common.target, *asked);
    Running &running = m_running[stream];
    running.choice = asked->choice;
    running.items = asked->items();
    running.turns = asked->turns;
    if (asked->turns > conversation.turn + 1) {
        running.messages = std::move(asked->request.messages);
    }
    running.conversation = std::move(conversation);
    ++m_delta.timeline.at(now()).began;
    connect(stream, &ChatStream::events, this,
        [this, of = &running](const StreamEvents &events) { onEvents(*of, events); });
    connect(stream, &ChatStream::finished, this,
        [this, stream](const ChatOutcome &outcome) { onFinished(stream, outcome); });
}

void LoadWorker::goOnOfUser(int user, Nanoseconds due)
{
    if (m_hasUsers && user < std::floor(usersAt(m_common->plan.curve, now()))) {
        static_cast<void>(beginOfUser(user, due));
    }
}

std::size_t LoadWorker::placeOf(int user) const { return std::size_t(user / m_common->shares); }

void LoadWorker::sendWaiting()
{
    while (!m_isStopping && !m_waiting.empty()) {
        if (m_common->running.fetch_add(1) >= m_common->plan.ceiling.concurrency) {
            m_common->running.fetch_sub(1);
            return;
        }
        Conversation next = std::move(m_waiting.front());
        m_waiting.pop_front();
        begin(std::move(next));
    }
}

void LoadWorker::neverSent(const Conversation &conversation)
{
    LoadSample sample;
    sample.conversation = conversation.number;
    sample.turn = conversation.turn;
    sample.user = conversation.user;
    sample.planned = Moment(conversation.due);
    sample.error = ApiError::Kind::Cancelled;
    m_delta.samples.push_back(sample);
}

void LoadWorker::refuse(const Conversation &conversation, const ApiError &error)
{
    neverSent(conversation);
    m_delta.samples.back().error = error.kind;
    m_delta.samples.back().ended = Moment(now());
    ++m_delta.timeline.at(now()).failed;
    // What ended began, or more would end than begin.
    ++m_delta.timeline.at(now()).began;
    if (conversation.user >= 0) {
        m_users.free(placeOf(conversation.user));
    }
    Q_EMIT refused(error);
}

void LoadWorker::arm()
{
    if (m_isStopping) {
        return;
    }
    Nanoseconds due = Nanoseconds::max();
    if (m_arrival) {
        due = m_arrival->due;
    }
    if (!m_thinking.empty()) {
        due = std::min(due, m_thinking.top().due);
    }
    if (m_hasUsers) {
        const Nanoseconds time = now();
        due = std::min({due, m_usersDue.value_or(Nanoseconds::max()),
            m_users.nextRested().value_or(Nanoseconds::max()),
            nextStep(m_common->plan.curve, time).value_or(Nanoseconds::max())});
    }
    if (due != Nanoseconds::max()) {
        m_due.start(due - now());
    }
}

bool LoadWorker::isSendingOver() const { return !m_arrival && !(m_hasUsers && now() < m_end); }

void LoadWorker::onPulse()
{
    const TimePoint time = Clock::now();
    static_cast<void>(addPulse(m_health.loopLag, m_pulseDue, time, pulseLength));
    // The timer keeps to its grid, so that being late once does not make the next one late.
    m_pulseDue = addPulse(m_delta.health.loopLag, m_pulseDue, time, pulseLength);
    // Other threads may have asked the last that was to be asked, or have made room.
    m_hasUsers = m_hasUsers && isWithinStops(numberOfUsers(m_common->conversationsOfUsers));
    fillUsers();
    sendWaiting();
    if (!m_sendingOver && isSendingOver()) {
        m_sendingOver = now();
    }
    if (m_sendingOver && now() >= *m_sendingOver + m_common->plan.grace) {
        stop();
    }
    endIfOver();
}

void LoadWorker::tell()
{
    if (m_delta.samples.empty() && m_delta.timeline.isEmpty()) {
        return;
    }
    LoadHealth &health = m_delta.health;
    const Nanoseconds needed = processorTime();
    const TimePoint time = Clock::now();
    health.elapsed = time - std::exchange(m_told, time);
    health.processorTime = needed - std::exchange(m_toldProcessorTime, needed);
    health.busiest = health.processorTime;
    if (m_keeper) {
        m_keeper->settle();
    }
    Q_EMIT told(std::exchange(m_delta, {}));
}

void LoadWorker::endIfOver()
{
    const bool isIdle = isSendingOver() && m_thinking.empty() && m_waiting.empty();
    if (m_isOver || !m_running.empty() || !(m_isStopping || isIdle)) {
        return;
    }
    m_isOver = true;
    m_isStopping = true;
    m_pulse.stop();
    m_due.stop();
    m_telling.stop();
    for (const Conversation &conversation : m_waiting) {
        neverSent(conversation);
    }
    m_waiting.clear();
    tell();
    m_health.processorTime = processorTime() - m_health.processorTime;
    m_health.busiest = m_health.processorTime;
    m_health.elapsed = Clock::now() - m_began;
    Q_EMIT done(m_health);
}

void LoadWorker::fail(const ApiError &error)
{
    if (!std::exchange(m_hasFailed, true)) {
        Q_EMIT failed(error);
    }
    stop();
}

} // namespace Lorikeet
