// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bars.h"

#include "measure.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QProcess>

#include <array>
#include <cstdio>
#include <map>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Bench {

namespace {

using Series = std::vector<double>;

/// What each client measured of one quantity, a value a repetition.
using Table = std::map<QString, std::map<QString, Series>>; ///< client, quantity

class Server final
{
public:
    Server()
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(), {u"serve"_s});
        if (!m_process.waitForReadyRead(10'000)) {
            qFatal("the stub server does not start");
        }
        m_port = m_process.readLine().trimmed().toUShort();
    }

    ~Server()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished();
    }

    [[nodiscard]] quint16 port() const { return m_port; }

private:
    QProcess m_process;
    quint16 m_port = 0;
};

QJsonObject runClient(const QString &client, const Scenario &scenario)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(),
        QStringList{u"run"_s, client} + scenario.toArguments());
    if (!process.waitForFinished(120'000) || process.exitCode() != 0) {
        qFatal("the %s client failed", qPrintable(client));
    }
    return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
}

Table measure(const QStringList &clients, Scenario scenario, int repetitions)
{
    Table table;
    for (int i = 0; i < repetitions; ++i) {
        for (const QString &client : clients) {
            // A server for each run: what an earlier client left behind would be measured too.
            const Server server;
            scenario.port = server.port();
            const QJsonObject result = runClient(client, scenario);
            for (auto it = result.begin(); it != result.end(); ++it) {
                table[client][it.key()].push_back(it->toDouble());
            }
        }
    }
    return table;
}

/// The median of the ratios within each repetition: what disturbed one disturbed both.
double pairedRatio(Table &table, const QString &client, const QString &quantity)
{
    const Series &own = table[client][quantity];
    const Series &base = table[u"epoll"_s][quantity];
    Series ratios;
    for (size_t i = 0; i < own.size(); ++i) {
        ratios.push_back(own[i] / base[i]);
    }
    return median(ratios);
}

class Report final
{
public:
    void quantity(Table &table, const char *name, const QString &quantity)
    {
        std::printf("  %-34s", name);
        for (const QString &client : {u"epoll"_s, u"curl"_s, u"api"_s}) {
            if (table.contains(client)) {
                std::printf("  %s %.4g", qPrintable(client), median(table[client][quantity]));
            }
        }
        std::printf("\n");
    }

    void bar(const QString &what, double value, double limit)
    {
        const bool met = value <= limit;
        m_missed += met ? 0 : 1;
        std::printf("  %-50s %9.3g  bar %.3g  %s\n", qPrintable(what), value, limit,
            met ? "met" : "MISSED");
        std::fflush(stdout);
    }

    [[nodiscard]] int missed() const { return m_missed; }

private:
    int m_missed = 0;
};

const QStringList allClients{u"epoll"_s, u"curl"_s, u"api"_s};

void paced(Report &report, int repetitions)
{
    std::printf("Bars 1 and 3: 1024 streams, an event each every 20 ms\n");
    Table table = measure(allClients,
        {.mode = Mode::Paced, .streams = 1024, .events = 180, .interval = 20ms}, repetitions);
    report.quantity(table, "CPU, us an event", u"cpu_us_per_event"_s);
    report.quantity(table, "events a second", u"events_per_s"_s);
    report.quantity(table, "latency p50, us", u"latency_p50_us"_s);
    report.quantity(table, "latency p99, us", u"latency_p99_us"_s);
    report.quantity(table, "latency until the slot p50, us", u"seen_p50_us"_s);
    report.bar(u"1. CPU a token, ratio to epoll"_s,
        pairedRatio(table, u"api"_s, u"cpu_us_per_event"_s), 2.0);
    report.bar(u"3. added latency p50, us"_s, median(table[u"api"_s][u"latency_p50_us"_s]),
        std::max(2 * median(table[u"epoll"_s][u"latency_p50_us"_s]), 100.0));
    report.bar(u"3. added latency p99, ratio to epoll"_s,
        pairedRatio(table, u"api"_s, u"latency_p99_us"_s), 4.0);
}

void bulk(Report &report, int repetitions)
{
    std::printf("Bar 2: 64 streams, events as fast as they go\n");
    Table table
        = measure(allClients, {.mode = Mode::Bulk, .streams = 64, .events = 8000}, repetitions);
    report.quantity(table, "CPU, us an event", u"cpu_us_per_event"_s);
    report.quantity(table, "events a second", u"events_per_s"_s);
    report.bar(u"2. CPU a token, ratio to epoll"_s,
        pairedRatio(table, u"api"_s, u"cpu_us_per_event"_s), 2.5);
}

void single(Report &report, int repetitions)
{
    for (const int bytes : {200, 300'000}) {
        std::printf("Bar 4: one request after the other, %d bytes of prompt\n", bytes);
        Table table = measure(allClients,
            {.mode = Mode::Single, .streams = 1, .events = 300, .bodyBytes = bytes}, repetitions);
        report.quantity(table, "TTFT overhead, us", u"ttft_overhead_us"_s);
        const double own = median(table[u"api"_s][u"ttft_overhead_us"_s]);
        if (bytes > 100'000) {
            report.bar(u"4. TTFT overhead, us"_s, own, 2000);
        } else {
            report.bar(u"4. TTFT overhead, us"_s, own,
                median(table[u"epoll"_s][u"ttft_overhead_us"_s]) + 50);
        }
    }
}

void open(Report &report, int repetitions)
{
    std::printf("Bar 6: 1024 streams started at once\n");
    Table table = measure(allClients,
        {.mode = Mode::Open, .streams = 1024, .events = 6, .interval = 500ms}, repetitions);
    report.quantity(table, "all sent, ms", u"all_sent_ms"_s);
    report.quantity(table, "memory, kB a stream", u"kb_per_stream"_s);
    report.bar(u"6. all requests sent, ms"_s, median(table[u"api"_s][u"all_sent_ms"_s]), 200);
    report.bar(u"6. memory, kB a stream"_s, median(table[u"api"_s][u"kb_per_stream"_s]), 70);
}

} // namespace

int measureBars(int repetitions, const char *only)
{
    using Group = void (*)(Report &, int);
    constexpr std::array<std::pair<const char *, Group>, 4> groups{
        {{"paced", paced}, {"bulk", bulk}, {"single", single}, {"open", open}}};
    Report report;
    for (const auto &[name, group] : groups) {
        if (!only || qstrcmp(only, name) == 0) {
            group(report, repetitions);
        }
    }
    return report.missed() == 0 ? 0 : 1;
}

} // namespace Lorikeet::Bench
