// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "base/clock.h"
#include "model/streamevent.h"

#include <QMetaType>
#include <QtTypes>

#include <limits>
#include <optional>
#include <vector>

namespace Lorikeet {

/// A moment of a run, counted from its origin, or none. Half the size of an optional: a long run
/// has millions of them.
class Moment final
{
public:
    constexpr Moment() = default;

    constexpr explicit Moment(Nanoseconds since)
        : m_since(since.count())
    { }

    constexpr explicit operator bool() const { return m_since != none; }

    /// Only of one that is.
    constexpr Nanoseconds operator*() const { return Nanoseconds(m_since); }

    friend bool operator==(const Moment &, const Moment &) = default;

private:
    static constexpr qint64 none = std::numeric_limits<qint64>::min();

    qint64 m_since = none;
};

/// The time from one to the other; nothing if one of them is none.
[[nodiscard]] inline std::optional<Nanoseconds> between(Moment from, Moment to)
{
    return from && to ? std::optional(*to - *from) : std::nullopt;
}

/// What became of one request of a load test. All moments count from the origin of the run, which
/// is the same for all its threads.
struct LoadSample
{
    /// Of its conversation in the plan (see LoadWorkload), from 0; the same in every run of one
    /// plan and seed.
    qint64 conversation = 0;
    qint32 turn = 0; ///< of the conversation, from 0
    qint16 choice = -1; ///< of the mix (LoadWorkload::mix), -1: there is none
    qint32 user = -1; ///< of a closed loop, -1: an open one

    /// When it was due: by the schedule of an open loop; in a closed one when its user was ready
    /// (the answer before it was there, and the time to think over).
    Moment planned;
    Moment began; ///< handed to the client
    Moment lookup; ///< the name resolved; none on a kept connection
    Moment connected;
    Moment secured; ///< TLS
    Moment sent; ///< its last byte handed to the system
    Moment firstByte;
    Moment firstToken; ///< text, reasoning or piece of a call
    Moment firstVisible; ///< text
    Moment lastToken;
    Moment ended; ///< the answer was whole, or failed

    /// The longest gap between two receptions of tokens, and all those over the plan's threshold.
    Nanoseconds longestGap{};
    Nanoseconds stalled{};

    qint64 bytes = 0; ///< of the body
    qint32 items = 0; ///< texts or documents that were asked for; 0: a chat
    qint32 chunks = 0; ///< pieces with tokens in them
    qint32 outputTokens = -1; ///< as the server counts them, -1: it did not
    qint32 promptTokens = -1;
    qint32 cachedTokens = -1; ///< of the prompt's
    qint32 reasoningTokens = -1; ///< of the output's
    qint16 httpStatus = 0; ///< 0: there was no answer
    bool connectionReused = false;
    FinishReason::Kind finish = FinishReason::Kind::Unknown;
    /// Why it failed; Cancelled: the run ended before it did.
    std::optional<ApiError::Kind> error;

    /// As in ChatMetrics: the server's count, else that of the pieces.
    [[nodiscard]] qint64 countedTokens() const { return outputTokens >= 0 ? outputTokens : chunks; }

    [[nodiscard]] bool isAnswered() const { return !error; }

    [[nodiscard]] bool isCancelled() const { return error == ApiError::Kind::Cancelled; }

    // By the definitions of ChatMetrics, from the request written.
    [[nodiscard]] std::optional<Nanoseconds> timeToFirstToken() const
    {
        return between(origin(), firstToken);
    }

    [[nodiscard]] std::optional<Nanoseconds> timeToFirstVisible() const
    {
        return between(origin(), firstVisible);
    }

    [[nodiscard]] std::optional<Nanoseconds> total() const { return between(origin(), ended); }

    [[nodiscard]] std::optional<Nanoseconds> timePerOutputToken() const;

    // The same from the moment it was due: what a user waits where the load does not wait for him.
    [[nodiscard]] std::optional<Nanoseconds> plannedToFirstToken() const
    {
        return between(planned, firstToken);
    }

    [[nodiscard]] std::optional<Nanoseconds> plannedToEnd() const
    {
        return between(planned, ended);
    }

    /// How late it left.
    [[nodiscard]] std::optional<Nanoseconds> lag() const { return between(planned, began); }

    friend bool operator==(const LoadSample &, const LoadSample &) = default;

private:
    /// Where the transport does not tell when it was written, when it was handed over.
    [[nodiscard]] Moment origin() const { return sent ? sent : began; }
};

struct ChatOutcome;

/// Of what an answer came to: all but what only the plan knows, and the gaps.
[[nodiscard]] LoadSample sampleOf(const ChatOutcome &outcome, TimePoint origin);

using LoadSamples = std::vector<LoadSample>;

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::LoadSample)
