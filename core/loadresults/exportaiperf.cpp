// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/loadexport.h"
#include "loadresults/timestatistics.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr std::array aiperfPercents{1, 5, 10, 25, 50, 75, 90, 95, 99};

constexpr std::array csvTimes{
    std::pair{LoadMetric::TimeToFirstToken, "Time to First Token (ms)"_L1},
    std::pair{LoadMetric::TimeToFirstVisible, "Time to First Output Token (ms)"_L1},
    std::pair{LoadMetric::Total, "Request Latency (ms)"_L1},
    // Theirs is what is called TPOT here.
    std::pair{LoadMetric::TimePerOutputToken, "Inter Token Latency (ms)"_L1},
    std::pair{LoadMetric::InterTokenLatency, "Inter Chunk Latency (ms)"_L1}};

QByteArray csvNumber(double number) { return QByteArray::number(number, 'f', 4); }

QJsonObject inMilliseconds(Nanoseconds time)
{
    return {{u"value"_s, toMilliseconds(time)}, {u"unit"_s, u"ms"_s}};
}

QJsonObject inTokens(qint64 count) { return {{u"value"_s, count}, {u"unit"_s, u"tokens"_s}}; }

QJsonObject metricsOf(const LoadSample &sample)
{
    QJsonObject metrics;
    const auto put = [&metrics](const QString &tag, const std::optional<Nanoseconds> &time) {
        if (time) {
            metrics.insert(tag, inMilliseconds(*time));
        }
    };
    put(u"request_latency"_s, sample.total());
    put(u"time_to_first_token"_s, sample.timeToFirstToken());
    put(u"time_to_first_output_token"_s, sample.timeToFirstVisible());
    put(u"inter_token_latency"_s, sample.timePerOutputToken());
    if (sample.items == 0) {
        metrics.insert(u"output_sequence_length"_s, inTokens(sample.countedTokens()));
    }
    if (sample.promptTokens >= 0) {
        metrics.insert(u"input_sequence_length"_s, inTokens(sample.promptTokens));
    }
    if (sample.reasoningTokens >= 0) {
        metrics.insert(u"reasoning_token_count"_s, inTokens(sample.reasoningTokens));
    }
    return metrics;
}

} // namespace

QByteArray aiperfCsv(const LoadReport &report)
{
    const LoadSummary &summary = report.summary;
    QByteArray csv = "Metric,avg,min,max";
    for (const int percent : aiperfPercents) {
        csv += ",p" + QByteArray::number(percent);
    }
    csv += ",std\n";
    for (const auto &[metric, name] : csvTimes) {
        const TimeStatistics times = TimeStatistics::of(summary.time(metric));
        if (times.isEmpty()) {
            continue;
        }
        csv += QByteArray(name.data(), name.size());
        for (const double value : {times.mean, times.least, times.greatest}) {
            csv += ',' + csvNumber(value * 1000);
        }
        for (const int percent : aiperfPercents) {
            csv += ',' + csvNumber(times.quantile(percent / 100.0) * 1000);
        }
        csv += ',' + csvNumber(times.deviation * 1000) + '\n';
    }
    csv += "\nMetric,Value\n";
    const auto put = [&csv](const QByteArray &name, const std::optional<double> &value) {
        if (value) {
            csv += name + ',' + csvNumber(*value) + '\n';
        }
    };
    put("Output Token Throughput (tokens/sec)", summary.tokenRate());
    put("Request Throughput (requests/sec)", summary.requestRate());
    put("Request Count (requests)", double(summary.answered));
    put("Error Request Count (requests)", double(summary.failed()));
    return csv;
}

QByteArray aiperfJsonLines(const LoadStage &stage)
{
    const LoadWindow &window = stage.report.summary.window;
    const qint64 origin = stage.report.startedAt.toMSecsSinceEpoch() * 1'000'000;
    QByteArray lines;
    qint64 number = 0;
    for (const LoadSample &sample : stage.samples) {
        if (!sample.began) {
            continue;
        }
        const Moment start = sample.sent ? sample.sent : sample.began;
        // Whatever is not measured is warm-up there.
        const bool isMeasured = sample.planned && window.contains(*sample.planned);
        QJsonObject metadata{{u"session_num"_s, number++},
            {u"conversation_id"_s, QString::number(sample.conversation)},
            {u"turn_index"_s, sample.turn},
            {u"request_start_ns"_s, origin + qint64((*start).count())},
            // Import tells by it whose definitions these are.
            {u"worker_id"_s, u"lorikeet"_s},
            {u"benchmark_phase"_s, isMeasured ? u"profiling"_s : u"warmup"_s},
            {u"was_cancelled"_s, sample.isCancelled()}};
        if (sample.firstByte) {
            metadata.insert(u"request_ack_ns"_s, origin + qint64((*sample.firstByte).count()));
        }
        if (sample.ended) {
            metadata.insert(u"request_end_ns"_s, origin + qint64((*sample.ended).count()));
        }
        if (sample.isCancelled() && sample.ended) {
            metadata.insert(u"cancellation_time_ns"_s, origin + qint64((*sample.ended).count()));
        }
        QJsonObject line{{u"metadata"_s, metadata}};
        if (sample.isAnswered()) {
            line.insert(u"metrics"_s, metricsOf(sample));
            line.insert(u"error"_s, QJsonValue::Null);
        } else {
            line.insert(u"metrics"_s, QJsonObject());
            line.insert(u"error"_s,
                QJsonObject{{u"code"_s,
                                sample.httpStatus > 0 ? QJsonValue(sample.httpStatus)
                                                      : QJsonValue(QJsonValue::Null)},
                    {u"type"_s, toWord(*sample.error)}, {u"message"_s, toWord(*sample.error)}});
        }
        lines += QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    }
    return lines;
}

} // namespace Lorikeet
