// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadusers.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

constexpr Nanoseconds firstRest = 10ms;
constexpr Nanoseconds longestRest = 1s;

} // namespace

Nanoseconds restAfter(int failures)
{
    constexpr int mostDoublings = 7;
    return failures < 2
        ? 0ns
        : std::min(firstRest * (1 << std::min(failures - 2, mostDoublings)), longestRest);
}

bool LoadUsers::isIdle(std::size_t place) const
{
    return place >= m_users.size() || m_users[place].isIdle;
}

void LoadUsers::begin(std::size_t place)
{
    if (place >= m_users.size()) {
        m_users.resize(place + 1);
    }
    m_users[place].isIdle = false;
}

void LoadUsers::free(std::size_t place) { m_users[place].isIdle = true; }

void LoadUsers::answered(std::size_t place) { m_users[place].failures = 0; }

bool LoadUsers::end(std::size_t place, bool isFailure, Nanoseconds now)
{
    User &user = m_users[place];
    user.failures = isFailure ? user.failures + 1 : 0;
    const Nanoseconds rest = restAfter(user.failures);
    if (rest > 0ns) {
        m_resting.push({.due = now + rest, .place = place});
        return false;
    }
    user.isIdle = true;
    return true;
}

std::optional<Nanoseconds> LoadUsers::nextRested() const
{
    return m_resting.empty() ? std::nullopt : std::optional(m_resting.top().due);
}

std::optional<LoadUsers::Rested> LoadUsers::takeRested(Nanoseconds now)
{
    if (m_resting.empty() || m_resting.top().due > now) {
        return std::nullopt;
    }
    const Rested rested = m_resting.top();
    m_resting.pop();
    free(rested.place);
    return rested;
}

} // namespace Lorikeet
