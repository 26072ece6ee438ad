// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QFuture>
#include <QTest>

namespace Lorikeet {

/// What a future ends with; Kind::Internal if it does not, within what a busy machine may need.
template<typename T>
[[nodiscard]] Result<T> waitFor(const QFuture<Result<T>> &future)
{
    constexpr int longest = 60'000;
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longest)
        || future.resultCount() == 0) {
        return fail(ApiError::Kind::Internal, QStringLiteral("no result"));
    }
    return future.result();
}

/// What went wrong, for the output of a test.
template<typename T>
[[nodiscard]] QString sentence(const Result<T> &result)
{
    return result ? QString() : result.error().message + u' ' + result.error().serverMessage;
}

} // namespace Lorikeet
