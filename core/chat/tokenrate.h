// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/streamevent.h"

#include <QList>

#include <array>

namespace Lorikeet {

/// How fast an answer comes just now: its token-bearing events, counted by when their bytes
/// arrived. Not the speed that is kept of an answer (ChatMetrics), which goes by the server's count
/// of tokens over the whole of it: this one moves. A value; takes no memory as it grows.
class TokenRate
{
public:
    static constexpr Nanoseconds slotLength = std::chrono::milliseconds(250);
    /// The rate is of so many slots, two seconds.
    static constexpr int window = 8;
    /// So many are remembered, ten seconds.
    static constexpr int slotCount = 40;

    void add(const StreamEvents &events);

    /// Of all.
    [[nodiscard]] qint64 count() const { return m_count; }

    /// Events a second in the two seconds up to `now`, or since the first where that is less.
    [[nodiscard]] double rate(TimePoint now) const;
    /// Events a second in each slot up to `now`, the oldest first, from the first one that had any.
    [[nodiscard]] QList<double> recent(TimePoint now) const;

private:
    [[nodiscard]] static qint64 slotOf(TimePoint at);
    [[nodiscard]] int countAt(qint64 slot) const;

    std::array<int, slotCount> m_counts{}; ///< by slot, round and round
    qint64 m_last = 0; ///< the newest slot that is in m_counts
    qint64 m_first = 0; ///< the slot of the first event
    TimePoint m_began;
    qint64 m_count = 0;
};

} // namespace Lorikeet
