// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "soak.h"

#include "chat/networkthread.h"
#include "load/loadrun.h"
#include "load/loadsummary.h"
#include "load/workloadsource.h"
#include "measure.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "simulator/simulator.h"

#include <QCoreApplication>
#include <QProcess>

#include <cmath>
#include <cstdio>
#include <vector>

#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Bench {

namespace {

constexpr double mostGrowth = 0.05;
/// Of a median, from the first minutes to the last; what is told of it is known to 1 %.
constexpr double mostDrift = 0.03;

/// What some minutes were like.
struct Times
{
    LatencyHistogram firstTokens;
    LatencyHistogram gaps;

    void add(const Times &other)
    {
        firstTokens.add(other.firstTokens);
        gaps.add(other.gaps);
    }
};

/// What is left of a minute: no histograms, or the record would grow and not what is looked at.
struct Minute
{
    qint64 answered = 0;
    qint64 failed = 0;
    qint64 memory = 0; ///< bytes, at its end
    qint64 allocated = 0; ///< bytes of it, as the program asked for
};

/// Whether memory that grows is one that is held, or one in pieces.
qint64 allocatedBytes()
{
#ifdef __GLIBC__
    const struct mallinfo2 info = mallinfo2();
    return qint64(info.uordblks) + qint64(info.hblkhd);
#else
    return 0;
#endif
}

double milliseconds(const LatencyHistogram &times, double share)
{
    const std::optional<Nanoseconds> time = times.quantile(share);
    return time ? toMilliseconds(*time) : 0;
}

class SoakRun final : public QObject
{
public:
    SoakRun(const Soak &soak, const QUrl &url)
        : m_minutes(soak.minutes)
        , m_run(planOf(soak), targetOf(url), sourceOf())
    {
        connect(&m_run, &LoadRun::told, this, &SoakRun::onTold);
        connect(&m_run, &LoadRun::finished, QCoreApplication::instance(), &QCoreApplication::quit);
    }

    int run()
    {
        m_run.start();
        QCoreApplication::exec();
        return conclude();
    }

private:
    static LoadPlan planOf(const Soak &soak)
    {
        LoadPlan plan;
        plan.curve = {{.duration = std::chrono::minutes(soak.minutes),
            .from = double(soak.streams),
            .to = double(soak.streams),
            .arrival = {}}};
        plan.seed = 1;
        plan.ceiling.requests = 100'000'000;
        return plan;
    }

    static Target targetOf(const QUrl &url)
    {
        Target target;
        target.endpoint = simulatorEndpoint(url, u"openai"_s);
        return target;
    }

    static std::shared_ptr<const LoadSource> sourceOf()
    {
        LoadWorkload workload;
        workload.lengths
            = {{.input = LengthDistribution::fixed(200), .output = LengthDistribution::fixed(60)}};
        auto source
            = makeLoadSource(workload, 1, {}, findProvider(u"openai"_s)->parameters(u"vLLM"_s));
        if (!source) {
            qFatal("%s", qPrintable(source.error().message));
        }
        return *std::move(source);
    }

    void onTold(const LoadDelta &delta)
    {
        for (const LoadSample &sample : delta.samples) {
            m_minute.answered += sample.isAnswered() ? 1 : 0;
            m_minute.failed += sample.error && !sample.isCancelled() ? 1 : 0;
            if (const auto time = sample.timeToFirstToken(); time && sample.isAnswered()) {
                m_times.firstTokens.add(*time);
            }
        }
        for (const auto &[second, gaps] : delta.timeline.gaps()) {
            m_times.gaps.add(gaps);
        }
        if (Clock::now() - m_run.origin() >= std::chrono::minutes(m_past.size() + 1)
            && int(m_past.size()) < m_minutes) {
            m_minute.memory = residentBytes();
            m_minute.allocated = allocatedBytes();
            m_past.push_back(std::exchange(m_minute, {}));
            print(m_past.back());
            // Without the first minute, in which all begin at once.
            const int some = std::clamp(m_minutes / 4, 1, 5);
            if (const auto count = int(m_past.size()); count > 1 && count <= 1 + some) {
                m_early.add(m_times);
            } else if (count > m_minutes - some) {
                m_late.add(m_times);
            }
            m_times = {};
        }
    }

    void print(const Minute &minute) const
    {
        std::printf("%3zu min  %.1f MB, %.2f of it allocated  %lld answered  %lld failed  "
                    "TTFT %.2f / %.2f ms  ITL %.2f / %.2f ms (p50 / p99)\n",
            m_past.size(), double(minute.memory) / 1e6, double(minute.allocated) / 1e6,
            minute.answered, minute.failed, milliseconds(m_times.firstTokens, 0.5),
            milliseconds(m_times.firstTokens, 0.99), milliseconds(m_times.gaps, 0.5),
            milliseconds(m_times.gaps, 0.99));
        std::fflush(stdout);
    }

    [[nodiscard]] int conclude() const
    {
        if (m_past.size() < 3) {
            std::printf("Too short to tell.\n");
            return 1;
        }
        const double growth = double(m_past.back().memory) / double(m_past.front().memory) - 1;
        bool isWell = std::abs(growth) <= mostGrowth;
        std::printf("Memory        %.1f MB after the first minute, %.1f MB at the end: %+.1f %%, "
                    "bar 5 %%\n",
            double(m_past.front().memory) / 1e6, double(m_past.back().memory) / 1e6, growth * 100);
        for (const auto &[name, of] :
            {std::pair{"TTFT", &Times::firstTokens}, std::pair{"ITL", &Times::gaps}}) {
            const double first = milliseconds(m_early.*of, 0.5);
            const double last = milliseconds(m_late.*of, 0.5);
            const double drift = last / first - 1;
            isWell = isWell && std::abs(drift) <= mostDrift;
            std::printf(
                "%-4s p50      %.2f ms in the first minutes, %.2f ms in the last: %+.1f %%, "
                "bar 3 %%\n",
                name, first, last, drift * 100);
        }
        qint64 failed = 0;
        for (const Minute &minute : m_past) {
            failed += minute.failed;
        }
        isWell = isWell && failed == 0;
        const LoadHealth &health = m_run.health();
        std::printf("Failed        %lld\nClient        %.0f %% of a core, timers late by %.2f ms "
                    "(p99)\n%s\n",
            failed, health.busiestShare().value_or(0) * 100, milliseconds(health.loopLag, 0.99),
            isWell ? "All is well." : "Not all is well.");
        return isWell ? 0 : 1;
    }

    int m_minutes;
    LoadRun m_run;
    Minute m_minute;
    Times m_times; ///< of this minute
    Times m_early;
    Times m_late;
    std::vector<Minute> m_past;
};

} // namespace

int soak(const Soak &soak)
{
    QProcess simulator;
    simulator.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    simulator.start(soak.simulator,
        {u"--profile"_s, u"fast"_s, u"--ttft"_s, u"200"_s, u"--itl"_s, u"25"_s, u"--sigma"_s,
            u"0.1"_s, u"--slots"_s, QString::number(soak.streams)});
    // Its first line is its address.
    const bool isUp = simulator.waitForReadyRead(10'000);
    const QUrl url(QString::fromUtf8(simulator.readLine()).trimmed());
    if (!isUp || !url.isValid()) {
        std::fprintf(
            stderr, "Say which program the simulator is: soak build/release/bin/lori-sim\n");
        return 2;
    }
    std::printf(
        "%d streams at %s, %d minutes\n", soak.streams, qPrintable(url.toString()), soak.minutes);
    const int result = SoakRun(soak, url).run();
    simulator.terminate();
    simulator.waitForFinished();
    return result;
}

} // namespace Lorikeet::Bench
