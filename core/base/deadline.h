// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"

#include <QtClassHelperMacros>

#include <functional>
#include <memory>
#include <optional>

namespace Lorikeet {

class DeadlineTable;

/// A moment at which something is to be done in the event loop of the thread that made this, where
/// it is used and destroyed too. All of a thread share one timer: Qt keeps its timers in a list,
/// and with one for each of a thousand requests it is the list that takes the time.
class Deadline final
{
public:
    /// `passed` is called from the event loop, at the moment that was set or up to some
    /// milliseconds later, and never before it. It may set, clear or destroy this and any other.
    explicit Deadline(std::function<void()> passed);
    ~Deadline();
    Q_DISABLE_COPY_MOVE(Deadline)

    /// Instead of the moment set before. One that has passed is due in the event loop's next turn.
    void set(TimePoint at);
    void clear();

    [[nodiscard]] bool isSet() const { return m_at.has_value(); }

private:
    friend class DeadlineTable;

    std::shared_ptr<DeadlineTable> m_table;
    std::function<void()> m_passed;
    std::optional<TimePoint> m_at;
};

} // namespace Lorikeet
