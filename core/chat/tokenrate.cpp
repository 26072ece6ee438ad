// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/tokenrate.h"

#include <algorithm>

namespace Lorikeet {

namespace {

constexpr double slotsOfASecond = 4;
static_assert(TokenRate::slotLength * 4 == std::chrono::seconds(1));

} // namespace

qint64 TokenRate::slotOf(TimePoint at) { return at.time_since_epoch() / slotLength; }

int TokenRate::countAt(qint64 slot) const
{
    return slot > m_last || slot <= m_last - slotCount || slot < m_first
        ? 0
        : m_counts[std::size_t(slot % slotCount)];
}

void TokenRate::add(const StreamEvents &events)
{
    for (const StreamEvent &event : events) {
        if (!bearsToken(event)) {
            continue;
        }
        const qint64 slot = slotOf(event.at);
        if (m_count == 0) {
            m_first = m_last = slot;
            m_began = event.at;
            m_counts.fill(0);
        }
        for (qint64 passed = std::max(m_last + 1, slot - slotCount + 1); passed <= slot; ++passed) {
            m_counts[std::size_t(passed % slotCount)] = 0;
        }
        m_last = std::max(m_last, slot);
        ++m_count;
        // Time does not go back within a stream; what a retry brings begins anew.
        if (slot > m_last - slotCount) {
            ++m_counts[std::size_t(slot % slotCount)];
        }
    }
}

double TokenRate::rate(TimePoint now) const
{
    if (m_count == 0) {
        return 0;
    }
    int events = 0;
    const qint64 last = slotOf(now);
    for (qint64 slot = last - window + 1; slot <= last; ++slot) {
        events += countAt(slot);
    }
    // The newest slot is not over yet.
    const TimePoint from = TimePoint(slotLength * (last - window + 1));
    const double span = toSeconds(now - std::max(from, m_began));
    return double(events) / std::max(span, 1 / slotsOfASecond);
}

QList<double> TokenRate::recent(TimePoint now) const
{
    QList<double> rates;
    if (m_count == 0) {
        return rates;
    }
    const qint64 last = slotOf(now);
    for (qint64 slot = std::max(m_first, last - slotCount + 1); slot <= last; ++slot) {
        rates.append(countAt(slot) * slotsOfASecond);
    }
    return rates;
}

} // namespace Lorikeet
