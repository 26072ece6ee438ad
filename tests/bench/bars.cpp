// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bars.h"

#include "trials.h"

#include <array>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Bench {

namespace {

const QString lowest = QStringLiteral("epoll");

void paced(Report &report, const QStringList &clients, int repetitions)
{
    const QString &judged = clients.constLast();
    std::printf("Bars 1 and 3: 1024 streams, an event each every 20 ms\n");
    Table table = measure(clients,
        {.mode = Mode::Paced, .streams = 1024, .events = 180, .interval = 20ms}, repetitions);
    report.quantity(table, "CPU, us an event", u"cpu_us_per_event"_s);
    report.quantity(table, "events a second", u"events_per_s"_s);
    report.quantity(table, "latency p50, us", u"latency_p50_us"_s);
    report.quantity(table, "latency p99, us", u"latency_p99_us"_s);
    report.quantity(table, "latency until the slot p50, us", u"seen_p50_us"_s);
    report.atMost(u"1. CPU a token, ratio to epoll"_s,
        pairedRatios(table, judged, lowest, u"cpu_us_per_event"_s), 2.0);
    report.atMost(u"3. added latency p50, us"_s, table[judged][u"latency_p50_us"_s],
        std::max(2 * median(table[lowest][u"latency_p50_us"_s]), 100.0));
    report.atMost(u"3. added latency p99, ratio to epoll"_s,
        pairedRatios(table, judged, lowest, u"latency_p99_us"_s), 4.0);
}

void bulk(Report &report, const QStringList &clients, int repetitions)
{
    const QString &judged = clients.constLast();
    std::printf("Bar 2: 64 streams, events as fast as they go\n");
    Table table
        = measure(clients, {.mode = Mode::Bulk, .streams = 64, .events = 8000}, repetitions);
    report.quantity(table, "CPU, us an event", u"cpu_us_per_event"_s);
    report.quantity(table, "events a second", u"events_per_s"_s);
    report.atMost(u"2. CPU a token, ratio to epoll"_s,
        pairedRatios(table, judged, lowest, u"cpu_us_per_event"_s), 2.5);
}

void single(Report &report, const QStringList &clients, int repetitions)
{
    const QString &judged = clients.constLast();
    for (const int bytes : {200, 300'000}) {
        std::printf("Bar 4: one request after the other, %d bytes of prompt\n", bytes);
        Table table = measure(clients,
            {.mode = Mode::Single, .streams = 1, .events = 300, .bodyBytes = bytes}, repetitions);
        report.quantity(table, "TTFT overhead, us", u"ttft_overhead_us"_s);
        report.atMost(u"4. TTFT overhead, us"_s, table[judged][u"ttft_overhead_us"_s],
            bytes > 100'000 ? 2000 : median(table[lowest][u"ttft_overhead_us"_s]) + 50);
    }
}

void open(Report &report, const QStringList &clients, int repetitions)
{
    const QString &judged = clients.constLast();
    std::printf("Bar 6: 1024 streams started at once\n");
    Table table = measure(clients,
        {.mode = Mode::Open, .streams = 1024, .events = 6, .interval = 500ms}, repetitions);
    report.quantity(table, "all sent, ms", u"all_sent_ms"_s);
    report.quantity(table, "memory, kB a stream", u"kb_per_stream"_s);
    report.atMost(u"6. all requests sent, ms"_s, table[judged][u"all_sent_ms"_s], 200);
    report.atMost(u"6. memory, kB a stream"_s, table[judged][u"kb_per_stream"_s], 70);
}

} // namespace

int measureBars(const QStringList &clients, int repetitions, const char *only)
{
    using Group = void (*)(Report &, const QStringList &, int);
    constexpr std::array<std::pair<const char *, Group>, 4> groups{
        {{"paced", paced}, {"bulk", bulk}, {"single", single}, {"open", open}}};
    Report report;
    for (const auto &[name, group] : groups) {
        if (!only || qstrcmp(only, name) == 0) {
            group(report, clients, repetitions);
        }
    }
    return report.missed();
}

} // namespace Lorikeet::Bench
