// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadclientrun.h"

#include "chat/networkthread.h"
#include "load/loadrun.h"
#include "load/loadsummary.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Bench {

namespace {

constexpr Nanoseconds settling = 800ms; // as in Measurement

/// The same request, again and again.
class BenchSource final : public LoadSource
{
public:
    explicit BenchSource(int bytes)
    {
        m_request.request.model = u"bench"_s;
        m_request.request.messages = {{.role = Role::User, .content = QString(bytes, u'x')}};
    }

    [[nodiscard]] std::optional<qint64> count() const override { return std::nullopt; }

    [[nodiscard]] Result<LoadRequest> request(
        qint64 /*conversation*/, int /*turn*/, const QList<Message> & /*before*/) const override
    {
        return m_request;
    }

private:
    LoadRequest m_request;
};

LoadPlan planOf(const Scenario &scenario)
{
    LoadPlan plan;
    plan.curve = {{.duration = 1h,
        .from = double(scenario.streams),
        .to = double(scenario.streams),
        .arrival = {}}};
    plan.stops.requests = scenario.mode == Mode::Single ? scenario.events
        : scenario.mode == Mode::Loop                   ? scenario.requests
                                                        : scenario.streams;
    plan.threads = scenario.threads;
    return plan;
}

Target targetOf(const Scenario &scenario)
{
    Target target;
    target.endpoint.url = QUrl(u"http://127.0.0.1:%1/v1"_s.arg(scenario.port));
    target.endpoint.provider = u"openai"_s;
    target.endpoint.headers = {{"x-bench"_ba, scenario.order()}};
    return target;
}

double mean(const std::vector<double> &values)
{
    return values.empty()
        ? 0
        : std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

double inMilliseconds(const std::optional<Nanoseconds> &time)
{
    return time ? toMilliseconds(*time) : 0;
}

class LoadClientRun final : public QObject
{
public:
    explicit LoadClientRun(const Scenario &scenario)
        : m_scenario(scenario)
        , m_run(planOf(scenario), targetOf(scenario),
              std::make_shared<BenchSource>(scenario.bodyBytes))
    {
        connect(&m_run, &LoadRun::told, this, &LoadClientRun::onTold);
        connect(&m_run, &LoadRun::finished, QCoreApplication::instance(), &QCoreApplication::quit);
    }

    QJsonObject run()
    {
        raiseFileLimit();
        m_memoryAtStart = residentBytes();
        m_cpuAtStart = cpuTime();
        const TimePoint began = Clock::now();
        m_run.start();
        QCoreApplication::exec();
        if (!m_isWindowOver) {
            m_cpu = cpuTime() - m_cpuAtStart;
            m_events = m_run.timeline().sum().chunks;
            m_windowLength = Clock::now() - began;
        }
        return result();
    }

private:
    void onTold(const LoadDelta &delta)
    {
        m_samples.insert(m_samples.end(), delta.samples.begin(), delta.samples.end());
        const std::vector<qint64> running = m_run.timeline().running();
        if (m_scenario.mode == Mode::Open && !running.empty()
            && running.back() == m_scenario.streams) {
            m_memory = residentBytes(); // the last time with all of them, each amid its answer
        }
        if (m_scenario.mode != Mode::Paced || m_isWindowOver) {
            return;
        }
        const Nanoseconds now = Clock::now() - m_run.origin();
        const qint64 events = m_run.timeline().sum().chunks;
        if (!m_isWindowOpen && now >= settling) {
            m_isWindowOpen = true;
            m_windowStart = now;
            m_cpuAtStart = cpuTime();
            m_eventsAtStart = events;
        } else if (m_isWindowOpen && now >= m_scenario.interval * m_scenario.events - settling) {
            m_isWindowOver = true;
            m_windowLength = now - m_windowStart;
            m_cpu = cpuTime() - m_cpuAtStart;
            m_events = events - m_eventsAtStart;
        }
    }

    [[nodiscard]] QJsonObject result() const;

    /// What the server did of it while it ran, and how far off the client was.
    void addTimes(QJsonObject &result) const;

    Scenario m_scenario;
    LoadRun m_run;
    LoadSamples m_samples;
    qint64 m_memoryAtStart = 0;
    qint64 m_memory = 0;
    Nanoseconds m_cpuAtStart{};
    Nanoseconds m_cpu{};
    Nanoseconds m_windowStart{};
    Nanoseconds m_windowLength{};
    qint64 m_eventsAtStart = 0;
    qint64 m_events = 0;
    bool m_isWindowOpen = false;
    bool m_isWindowOver = false;
};

QJsonObject LoadClientRun::result() const
{
    const double seconds = toSeconds(m_windowLength);
    const double cpu = std::chrono::duration<double, std::micro>(m_cpu).count();
    const std::vector<qint64> running = m_run.timeline().running();
    Nanoseconds lastSent{};
    for (const LoadSample &sample : m_samples) {
        lastSent = std::max(lastSent, sample.sent ? *sample.sent : Nanoseconds(0));
    }
    QJsonObject result{{u"events"_s, m_events}, {u"events_per_s"_s, double(m_events) / seconds},
        {u"cpu_us_per_event"_s, m_events > 0 ? cpu / double(m_events) : 0.0},
        {u"events_per_cpu_s"_s, cpu > 0 ? 1e6 * double(m_events) / cpu : 0.0},
        {u"all_sent_ms"_s, inMilliseconds(lastSent)},
        {u"kb_per_stream"_s,
            double(m_memory - m_memoryAtStart) / 1024.0 / double(m_scenario.streams)},
        {u"failed"_s, m_run.timeline().sum().failed},
        {u"answered"_s, m_run.timeline().sum().answered},
        {u"most_at_once"_s, running.empty() ? 0 : *std::ranges::max_element(running)}};
    addTimes(result);
    return result;
}

void LoadClientRun::addTimes(QJsonObject &result) const
{
    std::vector<double> latencies; // us, of the last event of each stream
    std::vector<double> overheads; // us, from handing over to the first token, without the server's
    std::vector<double> errors; // ms, of the reported TTFT
    const TimePoint origin = m_run.origin();
    for (const LoadSample &sample : m_samples) {
        if (!sample.isAnswered() || !sample.firstToken || !sample.sent) {
            continue;
        }
        latencies.push_back(
            betweenShortStamps(sample.reasoningTokens, shortStamp(origin + *sample.lastToken)));
        const double served = betweenShortStamps(sample.promptTokens, sample.cachedTokens);
        const auto since = [&sample](Moment from) {
            return std::chrono::duration<double, std::micro>(*sample.firstToken - *from).count();
        };
        overheads.push_back(since(sample.began) - served);
        errors.push_back(std::abs(since(sample.sent) - served) / 1000);
    }
    result.insert(u"latency_p50_us"_s, percentile(latencies, 0.5));
    result.insert(u"latency_p99_us"_s, percentile(latencies, 0.99));
    result.insert(u"ttft_overhead_us"_s, percentile(overheads, 0.5));
    result.insert(u"ttft_error_ms"_s, mean(errors));
    result.insert(u"ttft_error_p99_ms"_s, percentile(errors, 0.99));
    if (m_scenario.mode != Mode::Loop) {
        return;
    }
    // Without the beginning, where all start at once, and the end, where fewer and fewer run.
    const LoadSummary summary = summarise(
        m_samples, m_run.timeline(), {.from = 1s, .to = m_run.window().to - Nanoseconds(500ms)});
    result.insert(u"tokens_per_s"_s, summary.tokenRate().value_or(0));
    result.insert(u"requests_per_s"_s, summary.requestRate().value_or(0));
    result.insert(
        u"held_share"_s, summary.heldConcurrency().value_or(0) / double(m_scenario.streams));
    result.insert(
        u"itl_p50_ms"_s, inMilliseconds(summary.time(LoadMetric::InterTokenLatency).quantile(0.5)));
}

} // namespace

QJsonObject runLoad(const Scenario &scenario) { return LoadClientRun(scenario).run(); }

} // namespace Lorikeet::Bench
