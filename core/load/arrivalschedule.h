// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/random.h"
#include "load/loadcurve.h"

#include <functional>
#include <optional>

namespace Lorikeet {

/// When the requests of an open loop are to leave, and which conversation of the source each is of:
/// the same for the same curve and seed, on every platform. They are worked out one by one, so that
/// a schedule takes no memory.
///
/// Gaps are drawn at a rate of one a second, and the curve's rate stretches time: so every kind of
/// arrival follows every kind of ramp. What is left of a gap at the end of a block goes on in the
/// next, unless a trace comes between.
///
/// Blocks that play a trace play it from its beginning to its end, each from where the one before
/// stopped, and ask its requests; all others ask what comes after those.
class ArrivalSchedule final
{
public:
    /// When a conversation of a trace begins, as LoadSource::beginning().
    using Recording = std::function<std::optional<Nanoseconds>(qint64)>;

    struct Arrival
    {
        Nanoseconds time{}; ///< since the beginning
        qint64 conversation = 0;

        friend bool operator==(const Arrival &, const Arrival &) = default;
    };

    /// problemOf(curve) is empty. Blocks without a rate let time pass, and those of a trace too
    /// where there is no recording or no more of it.
    ArrivalSchedule(const LoadCurve &curve, quint64 seed, Recording recording = {});

    /// The next one, never before the one before it. Nothing: that was all.
    [[nodiscard]] std::optional<Arrival> next();

private:
    /// A stretch whose rate is a straight line, or one of a trace.
    struct Piece
    {
        double begin = 0; ///< s
        double length = 0; ///< s
        double from = 0; ///< requests a second
        double to = 0;
        ArrivalProcess arrival;
        Nanoseconds playedFrom{}; ///< of the trace
        Nanoseconds playedTo{};
    };

    [[nodiscard]] qint64 recordedBefore(Nanoseconds end) const;
    [[nodiscard]] double gap(const ArrivalProcess &arrival);
    [[nodiscard]] std::optional<Arrival> nextDrawn(const Piece &piece);
    [[nodiscard]] std::optional<Arrival> nextRecorded(const Piece &piece);

    QList<Piece> m_pieces;
    Random m_random;
    Recording m_recording;
    qsizetype m_at = 0; ///< the piece
    double m_passed = 0; ///< gaps since its beginning, at a rate of one a second
    bool m_begun = false;
    bool m_isDrawn = false; ///< the gap before the next arrival is in m_passed
    qint64 m_nextRecorded = 0;
    qint64 m_nextDrawn = 0;
};

} // namespace Lorikeet
