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
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { look(); });
}

void LimitWatch::look()
{
    const std::optional<StreamLimit> next = m_next();
    if (!next) {
        m_timer.stop();
        return;
    }
    const TimePoint now = Clock::now();
    if (now >= next->due) {
        // Where this thread was held up, what the limit waits for may have come already: one more
        // turn of the event loop brings it in.
        if (std::exchange(m_overdue, true)) {
            m_passed(next->kind, now);
        } else {
            m_timer.start(0ms);
        }
        return;
    }
    m_overdue = false;
    const auto wait = std::chrono::ceil<Milliseconds>(next->due - now);
    m_timer.start(std::min<Milliseconds>(wait, 1h));
}

} // namespace Lorikeet
