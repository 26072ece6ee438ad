// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"

#include <optional>
#include <queue>
#include <vector>

namespace Lorikeet {

/// How long a user rests after so many failures without an answer between.
[[nodiscard]] Nanoseconds restAfter(int failures);

/// What the users of a closed loop are at, those of one thread, by their places from 0.
///
/// A user whose requests fail one after the other rests before the next, longer each time, up to a
/// second: a server that refuses everything would be asked as often as this computer can, which
/// says nothing of it and does not let it come back. One failure alone changes nothing.
class LoadUsers final
{
public:
    /// Neither asking nor resting.
    [[nodiscard]] bool isIdle(std::size_t place) const;
    void begin(std::size_t place);
    /// What it asked could not be sent.
    void free(std::size_t place);
    /// A turn of its conversation was, and others follow.
    void answered(std::size_t place);
    /// Its conversation ended. True: it is idle; false: it rests.
    [[nodiscard]] bool end(std::size_t place, bool isFailure, Nanoseconds now);

    struct Rested
    {
        Nanoseconds due{};
        std::size_t place = 0;

        friend auto operator<=>(const Rested &, const Rested &) = default;
    };

    /// When the next one has rested.
    [[nodiscard]] std::optional<Nanoseconds> nextRested() const;
    /// One that has, and is idle now.
    [[nodiscard]] std::optional<Rested> takeRested(Nanoseconds now);

private:
    struct User
    {
        bool isIdle = true;
        int failures = 0; ///< the last ones, without an answer between
    };

    std::vector<User> m_users; ///< those behind its end have not begun
    std::priority_queue<Rested, std::vector<Rested>, std::greater<>> m_resting;
};

} // namespace Lorikeet
