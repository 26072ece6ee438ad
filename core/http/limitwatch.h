// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/deadline.h"
#include "http/streamlimits.h"

#include <functional>

namespace Lorikeet {

/// Watches the limits of one answer with one deadline, which is not touched as bytes come.
class LimitWatch final
{
public:
    /// `next` tells the limit that applies now, if there is one and the answer has not ended;
    /// `passed` is called, from the event loop, for one that has passed.
    LimitWatch(std::function<std::optional<StreamLimit>()> next,
        std::function<void(ApiError::Kind, TimePoint)> passed);

    /// To be called at the start, and when a limit begins to apply.
    void look();

private:
    std::function<std::optional<StreamLimit>()> m_next;
    std::function<void(ApiError::Kind, TimePoint)> m_passed;
    Deadline m_deadline;
    bool m_overdue = false;
};

} // namespace Lorikeet
