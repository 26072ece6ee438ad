// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/limitwatch.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace Lorikeet {

LimitWatch::LimitWatch(std::function<std::optional<StreamLimit>()> next,
    std::function<void(ApiError::Kind, TimePoint)> passed)
    : m_next(std::move(next))
    , m_passed(std::move(passed))
    , m_deadline([this] { look(); })
{ }

void LimitWatch::look()
{
    const std::optional<StreamLimit> next = m_next();
    if (!next) {
        m_deadline.clear();
        return;
    }
    const TimePoint now = Clock::now();
    if (now >= next->due) {
        // Where this thread was held up, what the limit waits for may have come already: the event
        // loop is given as long again to bring it in.
        if (std::exchange(m_overdue, true)) {
            m_passed(next->kind, now);
        } else {
            m_deadline.set(now + std::min<Nanoseconds>(now - next->due, 1s));
        }
        return;
    }
    m_overdue = false;
    m_deadline.set(next->due);
}

} // namespace Lorikeet
