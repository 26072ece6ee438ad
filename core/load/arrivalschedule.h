// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/random.h"
#include "load/loadcurve.h"

#include <optional>

namespace Lorikeet {

/// When the requests of an open loop are to leave: the same times for the same curve and seed, on
/// every platform. They are worked out one by one, so that a schedule takes no memory.
///
/// Gaps are drawn at a rate of one a second, and the curve's rate stretches time: so every kind of
/// arrival follows every kind of ramp. What is left of a gap at the end of a block goes on in the
/// next.
class ArrivalSchedule final
{
public:
    /// problemOf(curve) is empty. Blocks without a rate let time pass.
    ArrivalSchedule(const LoadCurve &curve, quint64 seed);

    /// The next one, since the beginning; never before the one before it. Nothing: that was all.
    [[nodiscard]] std::optional<Nanoseconds> next();

private:
    /// A stretch whose rate is a straight line.
    struct Piece
    {
        double begin = 0; ///< s
        double length = 0; ///< s
        double from = 0; ///< requests a second
        double to = 0;
        ArrivalProcess arrival;
    };

    [[nodiscard]] double gap(const ArrivalProcess &arrival);

    QList<Piece> m_pieces;
    Random m_random;
    qsizetype m_at = 0; ///< the piece
    double m_passed = 0; ///< gaps since its beginning, at a rate of one a second
    bool m_begun = false;
};

} // namespace Lorikeet
