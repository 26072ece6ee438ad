// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

namespace Lorikeet {

/// What a person or a file asked for makes no sense; nothing was sent. `sentence` says what is
/// wrong and what would be right.
[[nodiscard]] inline Failure invalidRequest(const QString &sentence)
{
    return fail(ApiError::Kind::InvalidRequest, sentence);
}

} // namespace Lorikeet
