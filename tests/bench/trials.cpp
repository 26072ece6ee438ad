// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trials.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QProcess>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace Lorikeet::Bench {

namespace {

class Server final
{
public:
    explicit Server(bool pinned)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        if (pinned) {
            m_process.setChildProcessModifier([] { pinTo(0); });
        }
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
    if (scenario.pinned) {
        process.setChildProcessModifier([] { pinTo(1); });
    }
    process.start(QCoreApplication::applicationFilePath(),
        QStringList{u"run"_s, client} + scenario.toArguments());
    if (!process.waitForFinished(600'000) || process.exitCode() != 0) {
        qFatal("the %s client failed", qPrintable(client));
    }
    return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
}

QString spread(const Series &values)
{
    const auto [least, most] = std::ranges::minmax(values);
    return u"%1 [%2..%3]"_s.arg(median(values), 0, 'g', 4)
        .arg(least, 0, 'g', 4)
        .arg(most, 0, 'g', 4);
}

} // namespace

Table measure(const QStringList &clients, Scenario scenario, int repetitions)
{
    Table table;
    for (int i = 0; i < repetitions; ++i) {
        for (const QString &client : clients) {
            // A server for each run: what an earlier client left behind would be measured too.
            const Server server(scenario.pinned);
            scenario.port = server.port();
            const QJsonObject result = runClient(client, scenario);
            for (auto it = result.begin(); it != result.end(); ++it) {
                table[client][it.key()].push_back(it->toDouble());
            }
        }
    }
    return table;
}

Series pairedRatios(
    Table &table, const QString &client, const QString &base, const QString &quantity)
{
    const Series &own = table[client][quantity];
    const Series &other = table[base][quantity];
    Series ratios;
    for (size_t i = 0; i < own.size(); ++i) {
        ratios.push_back(own[i] / other[i]);
    }
    return ratios;
}

void Report::quantity(Table &table, const char *name, const QString &quantity)
{
    std::printf("  %-30s", name);
    for (auto &[client, measured] : table) {
        if (measured.contains(quantity)) {
            std::printf("  %s %s", qPrintable(client), qPrintable(spread(measured[quantity])));
        }
    }
    std::printf("\n");
}

void Report::atMost(const QString &what, const Series &values, double limit)
{
    bar(what, values, limit, median(values) <= limit, "<=");
}

void Report::atLeast(const QString &what, const Series &values, double limit)
{
    bar(what, values, limit, median(values) >= limit, ">=");
}

void Report::bar(
    const QString &what, const Series &values, double limit, bool isMet, const char *sign)
{
    m_missed += isMet ? 0 : 1;
    std::printf("  %-46s %28s  bar %s %-8.4g %s\n", qPrintable(what), qPrintable(spread(values)),
        sign, limit, isMet ? "met" : "MISSED");
    std::fflush(stdout);
}

} // namespace Lorikeet::Bench
