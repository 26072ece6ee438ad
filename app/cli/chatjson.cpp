// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatjson.h"

#include "base/logging.h"
#include "model/chatmetrics.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

void put(QJsonObject &object, const QString &name, const std::optional<Nanoseconds> &time)
{
    if (time) {
        object.insert(name, qint64(time->count()));
    }
}

/// As of StreamTiming: since the request was handed over, so that the phases before it was written
/// are there too.
QJsonObject timingToJson(const StreamTiming &timing)
{
    QJsonObject object{{u"connection_reused"_s, timing.connectionReused},
        {u"bytes_received"_s, timing.bytesReceived}, {u"chunks"_s, timing.chunks}};
    put(object, u"lookup_ns"_s, timing.lookup);
    put(object, u"connect_ns"_s, timing.connect);
    put(object, u"tls_ns"_s, timing.tls);
    put(object, u"sent_ns"_s, timing.sent);
    put(object, u"first_byte_ns"_s, timing.firstByte);
    put(object, u"first_token_ns"_s, timing.firstToken);
    put(object, u"first_visible_ns"_s, timing.firstVisible);
    put(object, u"last_token_ns"_s, timing.lastToken);
    put(object, u"end_ns"_s, timing.end);
    return object;
}

QJsonObject metricsToJson(const ChatMetrics &metrics)
{
    QJsonObject object;
    put(object, u"ttft_ns"_s, metrics.timeToFirstToken);
    put(object, u"first_visible_ns"_s, metrics.timeToFirstVisible);
    put(object, u"total_ns"_s, metrics.total);
    put(object, u"itl_p50_ns"_s, metrics.interTokenP50);
    put(object, u"itl_p95_ns"_s, metrics.interTokenP95);
    put(object, u"tpot_ns"_s, metrics.timePerOutputToken);
    if (metrics.tokensPerSecond) {
        object.insert(u"tokens_per_second"_s, *metrics.tokensPerSecond);
    }
    if (metrics.outputTokens) {
        object.insert(u"output_tokens"_s, *metrics.outputTokens);
        object.insert(u"output_tokens_estimated"_s, metrics.outputTokensEstimated);
    }
    return object;
}

QJsonObject errorToJson(const ApiError &error)
{
    QJsonObject object{{u"kind"_s, toWord(error.kind)}, {u"message"_s, redacted(error.message)}};
    if (!error.serverMessage.isEmpty()) {
        object.insert(u"server_message"_s, redacted(error.serverMessage));
    }
    if (error.httpStatus != 0) {
        object.insert(u"status"_s, error.httpStatus);
    }
    if (!error.code.isEmpty()) {
        object.insert(u"code"_s, error.code);
    }
    if (error.retryAfter) {
        object.insert(u"retry_after_ms"_s, qint64(error.retryAfter->count()));
    }
    if (!error.requestId.isEmpty()) {
        object.insert(u"request_id"_s, error.requestId);
    }
    return object;
}

QString seconds(Nanoseconds time)
{
    return QString::number(std::chrono::duration<double>(time).count(), 'f', 3) + u" s"_s;
}

} // namespace

QJsonObject endToJson(const ChatOutcome &outcome)
{
    QJsonArray choices;
    for (const ChatChoice &choice : outcome.choices) {
        choices.append(QJsonObject{
            {u"finish"_s, toWord(choice.finish.kind)}, {u"word"_s, choice.finish.word}});
    }
    const StreamTiming &timing = outcome.timing;
    const Nanoseconds ended = timing.end.value_or(Nanoseconds(0));
    const Nanoseconds sent = timing.sent.value_or(Nanoseconds(0));
    QJsonObject usage
        = toJson(StreamEvent{{}, UsageReport{outcome.usage, outcome.serverTiming}}, {});
    usage.remove(u"type"_s);
    usage.remove(u"t_ns"_s);
    QJsonObject end{{u"type"_s, u"end"_s}, {u"t_ns"_s, qint64((ended - sent).count())},
        {u"usage"_s, usage}, {u"choices"_s, choices}, {u"timing"_s, timingToJson(timing)},
        {u"metrics"_s, metricsToJson(ChatMetrics::from(outcome))}};
    if (outcome.httpStatus != 0) {
        end.insert(u"status"_s, outcome.httpStatus);
    }
    if (!outcome.model.isEmpty()) {
        end.insert(u"model"_s, outcome.model);
    }
    if (!outcome.notes.isEmpty()) {
        end.insert(u"notes"_s, QJsonArray::fromStringList(outcome.notes));
    }
    if (outcome.error) {
        end.insert(u"error"_s, errorToJson(*outcome.error));
    }
    return end;
}

QString metricsLine(const ChatOutcome &outcome)
{
    const ChatMetrics metrics = ChatMetrics::from(outcome);
    QStringList parts;
    if (metrics.timeToFirstToken) {
        parts.append(u"TTFT "_s + seconds(*metrics.timeToFirstToken));
    }
    if (metrics.tokensPerSecond) {
        parts.append(QString::number(*metrics.tokensPerSecond, 'f', 1) + u" tok/s"_s);
    }
    if (metrics.outputTokens) {
        parts.append((metrics.outputTokensEstimated ? u"≈ "_s : QString())
            + QString::number(*metrics.outputTokens) + u" tokens"_s);
    }
    if (metrics.total) {
        parts.append(u"total "_s + seconds(*metrics.total));
    }
    parts.append(toWord(outcome.choice().finish.kind));
    return parts.join(u" · "_s);
}

} // namespace Lorikeet
