// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadsample.h"

#include "model/chatoutcome.h"

#include <algorithm>

namespace Lorikeet {

namespace {

qint32 countOf(const std::optional<qint64> &count)
{
    constexpr qint64 most = std::numeric_limits<qint32>::max();
    return count ? qint32(std::clamp<qint64>(*count, 0, most)) : -1;
}

} // namespace

LoadSample sampleOf(const ChatOutcome &outcome, TimePoint origin)
{
    const StreamTiming &timing = outcome.timing;
    const Nanoseconds start = timing.start - origin;
    const auto moment = [start](const std::optional<Nanoseconds> &since) {
        return since ? Moment(start + *since) : Moment();
    };
    LoadSample sample;
    sample.began = Moment(start);
    sample.lookup = moment(timing.lookup);
    sample.connected = moment(timing.connect);
    sample.secured = moment(timing.tls);
    sample.sent = moment(timing.sent);
    sample.firstByte = moment(timing.firstByte);
    sample.firstToken = moment(timing.firstToken);
    sample.firstVisible = moment(timing.firstVisible);
    sample.lastToken = moment(timing.lastToken);
    sample.ended = moment(timing.end);
    sample.bytes = timing.bytesReceived;
    sample.chunks = countOf(timing.chunks);
    sample.outputTokens = countOf(outcome.usage.completionTokens);
    sample.promptTokens = countOf(outcome.usage.promptTokens);
    sample.cachedTokens = countOf(outcome.usage.cachedTokens);
    sample.reasoningTokens = countOf(outcome.usage.reasoningTokens);
    sample.httpStatus = qint16(outcome.httpStatus);
    sample.connectionReused = timing.connectionReused;
    sample.finish = outcome.choice().finish.kind;
    if (outcome.error) {
        sample.error = outcome.error->kind;
    }
    return sample;
}

std::optional<Nanoseconds> LoadSample::timePerOutputToken() const
{
    const std::optional<Nanoseconds> span = between(firstToken, lastToken);
    if (!span || *span <= Nanoseconds(0) || countedTokens() < 2) {
        return std::nullopt;
    }
    return *span / (countedTokens() - 1);
}

} // namespace Lorikeet
