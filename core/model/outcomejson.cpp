// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/outcomejson.h"

#include "base/logging.h"

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

} // namespace

QJsonObject toJson(const StreamTiming &timing)
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

QJsonObject toJson(const ChatMetrics &metrics)
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

QJsonObject toJson(const ShownCertificate &certificate)
{
    return {{u"fault"_s, toWord(certificate.fault)}, {u"fingerprint"_s, certificate.fingerprint},
        {u"subject"_s, certificate.subject}, {u"issuer"_s, certificate.issuer},
        {u"names"_s, QJsonArray::fromStringList(certificate.names)},
        {u"not_before"_s, certificate.notBefore.toString(Qt::ISODate)},
        {u"not_after"_s, certificate.notAfter.toString(Qt::ISODate)}};
}

QJsonObject toJson(const ApiError &error)
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
    if (error.certificate) {
        object.insert(u"certificate"_s, toJson(*error.certificate));
    }
    return object;
}

QJsonObject toJson(const Usage &usage, const ServerTiming &timing)
{
    QJsonObject object = toJson(StreamEvent{{}, UsageReport{usage, timing}}, TimePoint());
    object.remove(u"type"_s);
    object.remove(u"t_ns"_s);
    return object;
}

QJsonObject measuresToJson(const ChatOutcome &outcome)
{
    QJsonObject object{{u"usage"_s, toJson(outcome.usage, outcome.serverTiming)},
        {u"timing"_s, toJson(outcome.timing)}, {u"metrics"_s, toJson(ChatMetrics::from(outcome))}};
    if (outcome.httpStatus != 0) {
        object.insert(u"status"_s, outcome.httpStatus);
    }
    if (!outcome.model.isEmpty()) {
        object.insert(u"model"_s, outcome.model);
    }
    if (!outcome.notes.isEmpty()) {
        object.insert(u"notes"_s, QJsonArray::fromStringList(outcome.notes));
    }
    if (outcome.error) {
        object.insert(u"error"_s, toJson(*outcome.error));
    }
    return object;
}

} // namespace Lorikeet
