// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "http/httpexchange.h"

#include <QList>
#include <QString>
#include <QUrl>

namespace Lorikeet {

// Why a probe failed, in words that help. `base` is the address in use.

/// Nothing answered. A server of plain http often meets TLS with silence.
[[nodiscard]] ApiError connectionFailure(ApiError error, const QUrl &base, Milliseconds waited);

/// The key is missing or wrong. `server` may be empty.
[[nodiscard]] ApiError keyFailure(
    const QList<HttpReply> &replies, const QUrl &base, const QString &server, bool keyWasSent);

[[nodiscard]] QString missingKey(const QString &who, const QUrl &base, int status);

/// Something answers, but as no server that is known.
[[nodiscard]] ApiError noServerFailure(const Result<HttpReply> &models, const QUrl &base);

} // namespace Lorikeet
