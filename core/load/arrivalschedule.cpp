// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/arrivalschedule.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace Lorikeet {

ArrivalSchedule::ArrivalSchedule(const LoadCurve &curve, quint64 seed, Recording recording)
    : m_random(seed)
    , m_recording(std::move(recording))
{
    double begin = 0;
    Nanoseconds played{};
    for (const LoadBlock &block : curve) {
        const double length = toSeconds(block.duration);
        const int steps = std::max(1, block.steps);
        for (int i = 0; i < steps && block.kind == LoadBlock::Kind::Rate; ++i) {
            Piece piece{.begin = begin + length * i / steps,
                .length = length / steps,
                .from = block.from,
                .to = block.steps == 0 ? block.to : block.from,
                .arrival = block.arrival};
            if (block.steps > 1) {
                piece.from = std::lerp(block.from, block.to, double(i) / (steps - 1));
                piece.to = piece.from;
            }
            if (isRecorded(block)) {
                piece.playedFrom = played;
                piece.playedTo = played += block.duration;
            }
            m_pieces.append(piece);
        }
        begin += length;
    }
    m_nextDrawn = recordedBefore(played);
}

qint64 ArrivalSchedule::recordedBefore(Nanoseconds end) const
{
    const auto isBefore = [this, end](qint64 number) {
        const std::optional<Nanoseconds> time = m_recording(number);
        return time && *time < end;
    };
    if (!m_recording || !isBefore(0)) {
        return 0;
    }
    // They are in the order of their times, and may be very many.
    qint64 before = 0;
    qint64 behind = 1;
    while (isBefore(behind)) {
        before = behind;
        behind *= 2;
    }
    while (behind - before > 1) {
        const qint64 middle = std::midpoint(before, behind);
        (isBefore(middle) ? before : behind) = middle;
    }
    return behind;
}

double ArrivalSchedule::gap(const ArrivalProcess &arrival)
{
    switch (arrival.kind) {
    case ArrivalProcess::Kind::Constant:
        return 1;
    case ArrivalProcess::Kind::Poisson:
        return m_random.exponential();
    case ArrivalProcess::Kind::Gamma:
        return m_random.gamma(arrival.burstiness);
    case ArrivalProcess::Kind::Recorded:
        break;
    }
    Q_UNREACHABLE_RETURN(1);
}

std::optional<ArrivalSchedule::Arrival> ArrivalSchedule::next()
{
    for (; m_at < m_pieces.size(); ++m_at) {
        const Piece &piece = m_pieces[m_at];
        const bool isOfTrace = piece.arrival.kind == ArrivalProcess::Kind::Recorded;
        if (const auto found = isOfTrace ? nextRecorded(piece) : nextDrawn(piece)) {
            return found;
        }
    }
    return std::nullopt;
}

std::optional<ArrivalSchedule::Arrival> ArrivalSchedule::nextDrawn(const Piece &piece)
{
    if (!std::exchange(m_isDrawn, true)) {
        const bool isAtOnce = !m_begun && piece.arrival.kind == ArrivalProcess::Kind::Constant;
        m_passed += isAtOnce ? 0 : gap(piece.arrival);
        m_begun = true;
    }
    // Counted from the piece's beginning, so that errors do not add up.
    const double most = (piece.from + piece.to) / 2 * piece.length;
    if (m_passed >= most) {
        m_passed -= most;
        return std::nullopt;
    }
    m_isDrawn = false;
    // Where from × x + slope × x² / 2 is what has passed.
    const double slope = (piece.to - piece.from) / piece.length;
    const double root = std::sqrt(std::max(0.0, piece.from * piece.from + 2 * slope * m_passed));
    const double within = m_passed > 0 ? 2 * m_passed / (piece.from + root) : 0;
    return Arrival{.time = fromSeconds(piece.begin + within), .conversation = m_nextDrawn++};
}

std::optional<ArrivalSchedule::Arrival> ArrivalSchedule::nextRecorded(const Piece &piece)
{
    const std::optional<Nanoseconds> time
        = m_recording ? m_recording(m_nextRecorded) : std::nullopt;
    if (!time || *time >= piece.playedTo) {
        // What follows begins anew.
        m_begun = false;
        m_isDrawn = false;
        m_passed = 0;
        return std::nullopt;
    }
    return Arrival{.time = fromSeconds(piece.begin) + (*time - piece.playedFrom),
        .conversation = m_nextRecorded++};
}

} // namespace Lorikeet
