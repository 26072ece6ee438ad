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
    std::optional<Nanoseconds> firstTokenP50;
    std::optional<Nanoseconds> firstTokenP95;
    std::optional<Nanoseconds> gapP50;
    std::optional<Nanoseconds> gapP95;

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
    struct Second
    {
        qint64 chunks = 0;
        qint64 answered = 0;
        LatencyHistogram firstTokens;
        LatencyHistogram gaps;
    };

    std::map<qint64, Second> m_seconds; ///< the last ones
    LoadTick m_all;
    qint64 m_tokens = 0; ///< of answers that ended
    qint64 m_pieces = 0;
};

} // namespace Lorikeet
