// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/endpoint.h"
#include "providers/errorbody.h"

namespace Lorikeet {

/// ApiError::message for what a server refused: what happened, where, and what helps. `status` 0:
/// it came within a stream, after a good beginning.
[[nodiscard]] QString errorSentence(
    ApiError::Kind kind, const ErrorBody &error, int status, const QUrl &url);

/// True where these headers of a request say who asks.
[[nodiscard]] bool holdsCredentials(const Headers &headers);

/// ApiError::message for a refusal (401, 403) of a request without credentials. `who` is the server
/// as a sentence begins with it.
[[nodiscard]] QString missingKeySentence(const QString &who, int status);

} // namespace Lorikeet
