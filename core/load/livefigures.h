// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loaddelta.h"

#include <map>
#include <optional>

namespace Lorikeet {

/// How a run goes just now. Rates and times are of its last few seconds, counts of all of it.
struct LiveState
{
    qint64 began = 0;
    qint64 answered = 0;
    qint64 failed = 0;
    qint64 running = 0;
    double tokenRate = 0; ///< output tokens a second
    double requestRate = 0; ///< answers a second
    std::optional<double> itemRate; ///< texts or documents a second; nothing of chats
    // Of what is no chat, to the end of the answer.
    std::optional<Nanoseconds> totalP50;
    std::optional<Nanoseconds> totalP95;
    std::optional<Nanoseconds> totalP99;
    std::optional<Nanoseconds> firstTokenP50;
    std::optional<Nanoseconds> firstTokenP95;
    std::optional<Nanoseconds> firstTokenP99;
    std::optional<Nanoseconds> gapP50;
    std::optional<Nanoseconds> gapP95;
    std::optional<Nanoseconds> gapP99;

    friend bool operator==(const LiveState &, const LiveState &) = default;
};

/// Follows a run by what it tells. In little memory, however long it lasts.
class LiveFigures final
{
public:
    void add(const LoadDelta &delta);

    /// `now`: since the origin.
    [[nodiscard]] LiveState at(Nanoseconds now) const;

private:
    void addItems(const LoadSample &sample);

    struct Second
    {
        qint64 chunks = 0;
        qint64 answered = 0;
        qint64 items = 0;
        LatencyHistogram firstTokens;
        LatencyHistogram gaps;
        LatencyHistogram totals; ///< of what is no chat
    };

    std::map<qint64, Second> m_seconds; ///< the last ones
    LoadTick m_all;
    qint64 m_tokens = 0; ///< of answers that ended
    qint64 m_pieces = 0;
    bool m_hasItems = false; ///< they are no chats
};

} // namespace Lorikeet
