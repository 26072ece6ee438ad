// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"

#include <tl/expected.hpp>

namespace Lorikeet {

/// What a call that can fail returns: a value or an ApiError. tl::expected has the interface of
/// C++23's std::expected, which will replace it.
template<typename T = void>
using Result = tl::expected<T, ApiError>;

using Failure = tl::unexpected<ApiError>;

/// `return fail(ApiError::Kind::Storage, u"…"_s);`
[[nodiscard]] inline Failure fail(ApiError::Kind kind, QString message)
{
    ApiError error;
    error.kind = kind;
    error.message = std::move(message);
    return Failure(std::move(error));
}

} // namespace Lorikeet
