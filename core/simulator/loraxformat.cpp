// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/loraxformat.h"

#include "simulator/wire.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

LoraxFormat::LoraxFormat(Script script, const LoraxCall &call)
    : AnswerFormat(std::move(script))
    , m_call(call)
{ }

ServerResponse LoraxFormat::streamHead() const
{
    ServerResponse head{.contentType = "text/event-stream", .headers = commonHeaders()};
    head.headers.append(Header{"cache-control", "no-cache"});
    head.headers.append(Header{"x-accel-buffering", "no"});
    return head;
}

QList<QByteArray> LoraxFormat::failure() const { return {"data: " + wholeFailure().body + "\n\n"}; }

ServerResponse LoraxFormat::wholeFailure() const
{
    return jsonResponse(loraxError(u"Request failed during generation: Server error: The "
                                   "simulated shard failed on purpose."_s,
                            u"generation"_s),
        424);
}

qint64 LoraxFormat::generatedTokens(const Answer &answer)
{
    return static_cast<qint64>(answer.count()) + (answer.end == AnswerEnd::Natural ? 1 : 0);
}

Headers LoraxFormat::commonHeaders() const
{
    Headers headers{{"x-compute-type", "gpu+optimized"},
        {"x-compute-characters", QByteArray::number(m_call.inputs.toUcs4().size())},
        {"x-request-id", script().requestId}};
    if (m_call.asTgi) {
        return headers;
    }
    headers.append(Header{"x-model-id", script().model.toUtf8()});
    if (!m_call.adapterIds.isEmpty()) {
        headers.append(Header{"x-adapter-id", m_call.adapterIds.join(u',').toUtf8()});
        headers.append(Header{"x-adapter-source", m_call.adapterSource.toUtf8()});
    }
    return headers;
}

Headers LoraxFormat::timingHeaders(const SimulatorRecord &record) const
{
    const auto milliseconds = [](TimePoint from, TimePoint to) {
        return QByteArray::number(
            qint64(std::chrono::duration_cast<Milliseconds>(to - from).count()));
    };
    const qint64 tokens = generatedTokens(winner());
    const TimePoint first = record.planned.empty() ? record.finished : record.planned.front();
    const Nanoseconds perToken = (record.finished - record.admitted) / std::max<qint64>(tokens, 1);
    const Nanoseconds perOutput = (record.finished - first) / std::max<qint64>(tokens - 1, 1);
    const auto toMs = [](Nanoseconds value) {
        return QByteArray::number(qint64(std::chrono::duration_cast<Milliseconds>(value).count()));
    };
    const QByteArray total = milliseconds(record.received, record.finished);
    return {{"x-compute-time", total}, {"x-total-time", total},
        {"x-prompt-tokens", QByteArray::number(script().promptTokens)},
        {"x-generated-tokens", QByteArray::number(tokens)}, {"x-skipped-tokens", "0"},
        {"x-total-tokens", QByteArray::number(script().promptTokens + tokens)},
        {"x-validation-time", "0"},
        {"x-queue-time", milliseconds(record.received, record.admitted)},
        {"x-inference-time", milliseconds(record.admitted, record.finished)},
        {"x-time-per-token", toMs(perToken)},
        {"x-time-to-first-token", milliseconds(record.admitted, first)},
        {"x-time-per-output-token", toMs(perOutput)}};
}

QJsonObject loraxError(const QString &message, const QString &type)
{
    return {{"error"_L1, message}, {"error_type"_L1, type}};
}

ServerResponse toResponse(const LoraxRefusal &refused)
{
    if (refused.type.isEmpty()) {
        return {.status = refused.status,
            .contentType = "text/plain; charset=utf-8",
            .body = refused.message.toUtf8()};
    }
    const QJsonObject body = loraxError(refused.message, refused.type);
    // Once the body could be read a stream is 200, whatever it says.
    return refused.stream
        ? ServerResponse{.contentType = "text/event-stream", .body = sseEvent(body)}
        : jsonResponse(body, refused.status);
}

} // namespace Lorikeet::Sim
