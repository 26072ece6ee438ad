// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/errorbody.h"

namespace Lorikeet {

/// ApiError::message for what a server refused: what happened, where, and what helps. `status` 0:
/// it came within a stream, after a good beginning.
[[nodiscard]] QString errorSentence(
    ApiError::Kind kind, const ErrorBody &error, int status, const QUrl &url);

} // namespace Lorikeet
