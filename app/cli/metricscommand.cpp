// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "metricscommand.h"

#include "endpointoptions.h"
#include "exitcode.h"
#include "http/apiclient.h"
#include "metrics/scrape.h"
#include "standardoutput.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// JSON has no word for the others.
QJsonValue toJson(double value)
{
    return std::isfinite(value) ? QJsonValue(value)
        : std::isnan(value)     ? QJsonValue(u"NaN"_s)
                                : QJsonValue(value > 0 ? u"+Inf"_s : u"-Inf"_s);
}

QJsonObject toJson(const MetricFamily &family)
{
    QJsonArray samples;
    for (const MetricSample &sample : family.samples) {
        QJsonObject labels;
        for (const auto &[name, value] : sample.labels) {
            labels.insert(name, value);
        }
        samples.append(QJsonObject{
            {u"name"_s, sample.name}, {u"labels"_s, labels}, {u"value"_s, toJson(sample.value)}});
    }
    return {{u"name"_s, family.name}, {u"type"_s, family.type}, {u"help"_s, family.help},
        {u"samples"_s, samples}};
}

QString toText(const MetricSample &sample)
{
    QStringList labels;
    for (const auto &[name, value] : sample.labels) {
        labels.append(u"%1=\"%2\""_s.arg(name, value));
    }
    const QString value = toJson(sample.value).isString()
        ? toJson(sample.value).toString()
        : QString::number(sample.value, 'g', QLocale::FloatingPointShortest);
    return u"%1%2 %3\n"_s.arg(
        sample.name, labels.isEmpty() ? QString() : u'{' + labels.join(u',') + u'}', value);
}

} // namespace

CommandHelp MetricsCommand::help()
{
    return {
        .name = u"metrics"_s,
        .arguments = u"[PART]…"_s,
        .summary = u"print what a server has counted"_s,
        .description
        = {u"Fetches the metrics that a server exposes for Prometheus, from /metrics beside its "
           "API (Triton: from port 8002), and prints them, a line each. With PART only those "
           "whose names hold one of the parts."_s,
            u"With --json one JSON object a line for each name: name, type, help, and samples with "
            "their labels. NaN and infinities are texts there."_s},
        .options = endpointOptions()
            + QList<OptionHelp>{{{u"json"_s}, {}, u"Prints JSON, a name a line."_s}}
            + requestOptions(),
        .examples
        = {{u"How many requests wait?"_s, u"lori metrics -e http://localhost:8000 waiting queue"_s},
            {u"All of a LoRAX server, as JSON:"_s,
                u"lori metrics -e http://localhost:8080 --json | jq ."_s}},
    };
}

Result<std::unique_ptr<Command>> MetricsCommand::make(const CommandLine &line, ApiClient &client)
{
    return std::unique_ptr<Command>(new MetricsCommand(line, client));
}

MetricsCommand::MetricsCommand(const CommandLine &line, ApiClient &client)
    : m_line(line)
    , m_client(client)
{ }

void MetricsCommand::start()
{
    findTarget(m_line, m_client)
        .then(this,
            [this](const Result<Target> &target) {
                return target ? fetchMetrics(m_client, *target)
                              : QtFuture::makeReadyValueFuture(
                                    Result<QList<MetricFamily>>(Failure(target.error())));
            })
        .unwrap()
        .then(this, [this](const Result<QList<MetricFamily>> &families) {
            if (families) {
                print(*families);
            } else {
                endWith(families.error());
            }
        });
}

void MetricsCommand::interrupt() { endInterrupted(); }

void MetricsCommand::print(const QList<MetricFamily> &families)
{
    if (isOver()) {
        return;
    }
    const QStringList parts = m_line.arguments();
    std::optional<ExitCode> over;
    bool isFound = false;
    for (const MetricFamily &family : families) {
        const bool isWanted = parts.isEmpty()
            || std::ranges::any_of(
                parts, [&family](const QString &part) { return family.name.contains(part); });
        if (over || !isWanted) {
            continue;
        }
        isFound = true;
        if (m_line.has(u"json"_s)) {
            over = StandardOutput::writeLine(toJson(family));
            continue;
        }
        QString text;
        for (const MetricSample &sample : family.samples) {
            text += toText(sample);
        }
        over = StandardOutput::write(text.toUtf8());
    }
    if (!isFound && !parts.isEmpty()) {
        printNote(u"No metric of this server has “%1” in its name."_s.arg(parts.join(u"” or “"_s)));
    }
    end(over.value_or(ExitCode::Done));
}

} // namespace Lorikeet
