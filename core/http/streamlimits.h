// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "base/clock.h"
#include "model/endpoint.h"

#include <QUrl>

#include <optional>

namespace Lorikeet {

/// The next moment at which an answer has taken too long, and in which way.
struct StreamLimit
{
    TimePoint due;
    ApiError::Kind kind;
};

/// How far an answer is.
struct StreamProgress
{
    TimePoint start;
    std::optional<TimePoint> sent; ///< the request is written
    std::optional<TimePoint> received; ///< the last bytes of the body, if there were any
    bool awaitsToken = true;
};

/// Nothing where no limit is set that applies now. See HttpChatStream for what each runs from.
[[nodiscard]] std::optional<StreamLimit> nextStreamLimit(
    const Timeouts &timeouts, const StreamProgress &progress);

/// What a person is told when a limit has passed.
[[nodiscard]] ApiError streamLimitError(
    ApiError::Kind kind, const Timeouts &timeouts, const QUrl &url);

} // namespace Lorikeet
