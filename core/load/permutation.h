// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/random.h"

#include <algorithm>
#include <array>
#include <bit>

namespace Lorikeet {

/// An order of the numbers from 0 up to but not `count`, as good as shuffled, in which each place
/// is worked out by itself and none is kept. The same for the same key on every platform.
///
/// A Feistel network over the next even power of two; what falls beyond the count goes through it
/// again.
class Permutation final
{
public:
    Permutation(qint64 count, quint64 key)
        : m_count(quint64(count))
        , m_half(std::max(1, (std::bit_width(quint64(count)) + 1) / 2))
    {
        Random random(key);
        for (quint64 &round : m_rounds) {
            round = random.next();
        }
    }

    /// What stands at this place, from 0.
    [[nodiscard]] qint64 at(qint64 place) const
    {
        quint64 value = quint64(place);
        do {
            value = through(value);
        } while (value >= m_count);
        return qint64(value);
    }

private:
    [[nodiscard]] quint64 through(quint64 value) const
    {
        const quint64 mask = (quint64(1) << m_half) - 1;
        quint64 left = value >> m_half;
        quint64 right = value & mask;
        for (const quint64 round : m_rounds) {
            const quint64 mixed = left ^ (Random(round ^ right).next() & mask);
            left = right;
            right = mixed;
        }
        return (left << m_half) | right;
    }

    quint64 m_count;
    int m_half; ///< bits of one half
    std::array<quint64, 6> m_rounds{};
};

} // namespace Lorikeet
