// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/arrivalschedule.h"

#include <algorithm>
#include <cmath>

namespace Lorikeet {

ArrivalSchedule::ArrivalSchedule(const LoadCurve &curve, quint64 seed)
    : m_random(seed)
{
    double begin = 0;
    for (const LoadBlock &block : curve) {
        const double length = std::chrono::duration<double>(block.duration).count();
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
            m_pieces.append(piece);
        }
        begin += length;
    }
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
    }
    Q_UNREACHABLE_RETURN(1);
}

std::optional<Nanoseconds> ArrivalSchedule::next()
{
    if (m_at >= m_pieces.size()) {
        return std::nullopt;
    }
    const ArrivalProcess &first = m_pieces[m_at].arrival;
    const bool isAtOnce = !m_begun && first.kind == ArrivalProcess::Kind::Constant;
    m_begun = true;
    m_passed += isAtOnce ? 0 : gap(first);
    for (; m_at < m_pieces.size(); ++m_at) {
        const Piece &piece = m_pieces[m_at];
        // Counted from the piece's beginning, so that errors do not add up.
        const double most = (piece.from + piece.to) / 2 * piece.length;
        if (m_passed < most) {
            // Where from × x + slope × x² / 2 is what has passed.
            const double slope = (piece.to - piece.from) / piece.length;
            const double root
                = std::sqrt(std::max(0.0, piece.from * piece.from + 2 * slope * m_passed));
            const double within = m_passed > 0 ? 2 * m_passed / (piece.from + root) : 0;
            return std::chrono::round<Nanoseconds>(
                std::chrono::duration<double>(piece.begin + within));
        }
        m_passed -= most;
    }
    return std::nullopt;
}

} // namespace Lorikeet
