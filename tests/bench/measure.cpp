// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "measure.h"

#include <QFile>
#include <QStringList>

#include <algorithm>

#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Bench {

namespace {

constexpr auto settling = 800ms;

double microseconds(Nanoseconds time)
{
    return std::chrono::duration<double, std::micro>(time).count();
}

} // namespace

void pinTo(int processor)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(std::size_t(processor), &set);
    if (::sysconf(_SC_NPROCESSORS_ONLN) > processor) {
        ::sched_setaffinity(0, sizeof set, &set);
    }
}

Nanoseconds cpuTime()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval &time) {
        return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

qint64 residentBytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

void raiseFileLimit()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

double percentile(std::vector<double> values, double share)
{
    if (values.empty()) {
        return 0;
    }
    const auto middle = values.begin() + std::ptrdiff_t(double(values.size() - 1) * share);
    std::ranges::nth_element(values, middle);
    return *middle;
}

double median(std::vector<double> values) { return percentile(std::move(values), 0.5); }

QStringList Scenario::toArguments() const
{
    QStringList words;
    for (const qint64 value :
        {qint64(mode), qint64(streams), qint64(events), qint64(interval.count()), qint64(bodyBytes),
            qint64(port), qint64(requests), qint64(firstDelay.count()), qint64(eventsAWrite),
            qint64(eventsATurn), qint64(threads), qint64(pinned)}) {
        words.append(QString::number(value));
    }
    return words;
}

Scenario Scenario::fromArguments(const QStringList &arguments)
{
    return {.mode = Mode(arguments.value(0).toInt()),
        .streams = arguments.value(1).toInt(),
        .events = arguments.value(2).toInt(),
        .interval = std::chrono::microseconds(arguments.value(3).toLongLong()),
        .bodyBytes = arguments.value(4).toInt(),
        .port = arguments.value(5).toUShort(),
        .requests = arguments.value(6).toInt(),
        .firstDelay = std::chrono::microseconds(arguments.value(7).toLongLong()),
        .eventsAWrite = arguments.value(8).toInt(),
        .eventsATurn = arguments.value(9).toInt(),
        .threads = arguments.value(10).toInt(),
        .pinned = arguments.value(11).toInt() != 0};
}

QByteArray Scenario::order() const
{
    const bool paced = mode == Mode::Paced || mode == Mode::Open || mode == Mode::Loop;
    QByteArrayList words;
    for (const qint64 value :
        {paced ? qint64(interval.count()) : 0, qint64(mode == Mode::Single ? 1 : events),
            qint64(firstDelay.count()), qint64(eventsAWrite), qint64(eventsATurn)}) {
        words.append(QByteArray::number(value));
    }
    return words.join(' ');
}

Measurement::Measurement(const Scenario &scenario)
    : m_scenario(scenario)
{
    // Beforehand, as growing would be measured too.
    const auto all = size_t(scenario.streams) * size_t(scenario.events);
    if (scenario.mode == Mode::Paced) {
        m_latencies.reserve(all);
        m_seen.reserve(all);
    }
}

void Measurement::begin()
{
    m_start = Clock::now();
    m_memoryAtStart = residentBytes();
    m_cpuAtStart = cpuTime();
    m_windowStart = m_start;
    m_inWindow = m_scenario.mode != Mode::Paced;
}

void Measurement::updateWindow(TimePoint now)
{
    const Nanoseconds length = m_scenario.interval * m_scenario.events - 2 * settling;
    if (!m_inWindow && now >= m_start + settling) {
        m_inWindow = true;
        m_windowStart = now;
        m_cpuAtStart = cpuTime();
    } else if (m_inWindow && now >= m_start + settling + length) {
        m_windowOver = true;
        m_windowLength = now - m_windowStart;
        m_cpu = cpuTime() - m_cpuAtStart;
    }
}

void Measurement::event(const Stamps &stamps, TimePoint at, TimePoint seen)
{
    if (m_scenario.mode == Mode::Paced) {
        if (m_windowOver) {
            return;
        }
        updateWindow(seen);
        if (m_inWindow) {
            m_latencies.push_back(microseconds(at - stamps.sent));
            m_seen.push_back(microseconds(seen - stamps.sent));
        }
    }
    m_events += m_inWindow ? 1 : 0;
}

void Measurement::firstToken(TimePoint start, const Stamps &stamps, TimePoint at)
{
    m_overheads.push_back(microseconds((at - start) - (stamps.sent - stamps.received)));
}

void Measurement::requestSent(TimePoint at) { m_lastSent = std::max(m_lastSent, at); }

void Measurement::allOpen() { m_memory = residentBytes(); }

QJsonObject Measurement::result()
{
    if (!m_windowOver) {
        m_cpu = cpuTime() - m_cpuAtStart;
        m_windowLength = Clock::now() - m_windowStart;
    }
    const double seconds = toSeconds(m_windowLength);
    return {{u"events"_s, m_events}, {u"events_per_s"_s, double(m_events) / seconds},
        {u"cpu_us_per_event"_s, m_events ? microseconds(m_cpu) / double(m_events) : 0.0},
        {u"events_per_cpu_s"_s, 1e6 * double(m_events) / microseconds(m_cpu)},
        {u"latency_p50_us"_s, percentile(m_latencies, 0.5)},
        {u"latency_p99_us"_s, percentile(m_latencies, 0.99)},
        {u"seen_p50_us"_s, percentile(m_seen, 0.5)}, {u"seen_p99_us"_s, percentile(m_seen, 0.99)},
        {u"ttft_overhead_us"_s, percentile(m_overheads, 0.5)},
        {u"all_sent_ms"_s, m_lastSent > m_start ? microseconds(m_lastSent - m_start) / 1000 : 0.0},
        {u"kb_per_stream"_s,
            double(m_memory - m_memoryAtStart) / 1024.0 / double(m_scenario.streams)}};
}

} // namespace Lorikeet::Bench
