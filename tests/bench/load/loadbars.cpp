// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadbars.h"

#include "trials.h"

#include <algorithm>
#include <array>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Bench {

namespace {

const QStringList load{QStringLiteral("load")};

/// Answers of one event, 64 at a time: as many requests as there can be.
void tiny(Report &report, int repetitions)
{
    std::printf("Bar 5: 64 at once, answers of one event\n");
    Table table = measure(load,
        {.mode = Mode::Loop,
            .streams = 64,
            .events = 1,
            .interval = 0ms,
            .requests = 60'000, // over two seconds of them, of which 1.5 are left out
            .pinned = true},
        repetitions);
    report.quantity(table, "requests a second, all of it", u"events_per_s"_s);
    report.quantity(table, "requests a second, one core", u"requests_per_s"_s);
    std::printf("  2x aiohttp+uvloop: not judged, there is no such client here\n");
}

/// How the server writes.
struct Writes
{
    int events = 1; ///< each
    int turn = 128; ///< events of an answer, before the next one has its turn
};

/// Beside bare clients, one that waits for each token and one that does not: what a write costs the
/// server depends on whether someone waits for it, and it may be the server that can do no more.
Table measureUnpaced(Report &report, Writes writes, int repetitions)
{
    Table table = measure({u"epoll"_s, u"lazy"_s, load.constFirst()},
        {.mode = Mode::Loop,
            .streams = 256,
            .events = 128,
            .interval = 0ms,
            .requests = 16'000,
            .eventsAWrite = writes.events,
            .eventsATurn = writes.turn,
            .pinned = true},
        repetitions);
    report.quantity(table, "tokens a second, all of it", u"events_per_s"_s);
    report.quantity(table, "tokens a CPU-second", u"events_per_cpu_s"_s);
    return table;
}

void judgeUnpaced(Report &report, Table &table)
{
    auto &own = table[load.constFirst()];
    report.atLeast(u"8. streamed tokens/s on one core"_s, own[u"tokens_per_s"_s], 410'000);
    report.atLeast(u"8. requests/s of 128 tokens on one core"_s, own[u"requests_per_s"_s], 3'200);
}

void unpaced(Report &report, int repetitions)
{
    std::printf("Bar 8: 256 at once, 128 tokens as fast as they go, one write each, an answer "
                "after the other, client on one core\n");
    Table table = measureUnpaced(report, {}, repetitions);
    double most = 0;
    for (const auto &[client, measured] : table) {
        most = std::max(most, median(measured.at(u"events_per_s"_s)));
    }
    if (most >= 1.1 * 410'000) {
        judgeUnpaced(report, table);
    } else {
        std::printf("  the server hardly writes 410,000 times a second here, whoever reads: judged "
                    "is two tokens a write\n");
        report.atLeast(u"8. tokens/s with one write each, ratio to epoll"_s,
            pairedRatios(table, load.constFirst(), u"epoll"_s, u"events_per_s"_s), 1);
        std::printf("Bar 8, as above, but two tokens a write\n");
        Table pairs = measureUnpaced(report, {.events = 2}, repetitions);
        judgeUnpaced(report, pairs);
    }
    std::printf("One write each, eight tokens of an answer, then the next one's: not judged, the "
                "server can do no more\n");
    static_cast<void>(measureUnpaced(report, {.turn = 8}, repetitions));
}

void truth(Report &report, int repetitions)
{
    std::printf("Bar 9: 1024 at once, 128 tokens, TTFT 20 ms, ITL 10 ms, client on one core\n");
    Table table = measure(load,
        {.mode = Mode::Loop,
            .streams = 1024,
            .events = 128,
            .interval = 10ms,
            .requests = 8'192,
            .firstDelay = 20ms,
            .pinned = true},
        repetitions);
    auto &own = table[load.constFirst()];
    report.quantity(table, "CPU, us a token", u"cpu_us_per_event"_s);
    report.quantity(table, "requests a second", u"requests_per_s"_s);
    report.atLeast(u"9. tokens/s"_s, own[u"tokens_per_s"_s], 99'000);
    report.atMost(u"9. mean error of TTFT, ms"_s, own[u"ttft_error_ms"_s], 4.5);
    report.atMost(u"9. p99 error of TTFT, ms"_s, own[u"ttft_error_p99_ms"_s], 113);
    report.atLeast(u"9. held concurrency, share of 1024"_s, own[u"held_share"_s], 0.99);
    report.atLeast(u"9. median ITL, ms"_s, own[u"itl_p50_ms"_s], 9.9);
    report.atMost(u"9. median ITL, ms"_s, own[u"itl_p50_ms"_s], 10.1);
}

void many(Report &report, int repetitions)
{
    std::printf("5000 streams held at once, on two cores with the server\n");
    Table table = measure(load,
        {.mode = Mode::Open, .streams = 5000, .events = 20, .interval = 500ms, .threads = 2},
        repetitions);
    auto &own = table[load.constFirst()];
    report.quantity(table, "all sent, ms", u"all_sent_ms"_s);
    report.quantity(table, "memory, kB a stream", u"kb_per_stream"_s);
    report.atLeast(u"streams at once"_s, own[u"most_at_once"_s], 5000);
    report.atLeast(u"answered"_s, own[u"answered"_s], 5000);
    report.atMost(u"failed"_s, own[u"failed"_s], 0);
}

} // namespace

int measureLoadBars(int repetitions, const char *only)
{
    using Group = void (*)(Report &, int);
    constexpr std::array<std::pair<const char *, Group>, 4> groups{
        {{"tiny", tiny}, {"unpaced", unpaced}, {"truth", truth}, {"many", many}}};
    Report report;
    for (const auto &[name, group] : groups) {
        if (!only || qstrcmp(only, name) == 0) {
            group(report, repetitions);
        }
    }
    return report.missed();
}

} // namespace Lorikeet::Bench
