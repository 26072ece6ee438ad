// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/certificate.h"

#include <QByteArray>
#include <QMetaType>
#include <QString>
#include <QUrl>

#include <chrono>
#include <optional>

namespace Lorikeet {

/// Why something asked of an endpoint (or of the store) did not work. A value: copied across
/// threads, shown in an error card, printed by `lori`. Holds no secret.
struct ApiError
{
    enum class Kind {
        Cancelled, ///< the person stopped it; never shown as an error
        InvalidRequest, ///< refused here, before anything was sent
        Dns,
        Refused,
        Unreachable, ///< no route, network down, connection reset before an answer
        Tls,
        Proxy,
        ConnectTimeout,
        FirstTokenTimeout,
        IdleTimeout,
        TotalTimeout,
        Redirected, ///< the server points elsewhere; not followed, see `location`
        BadRequest, ///< 400, 422 and kin: the server did not like the request
        Unauthorized, ///< 401, 403
        NotFound, ///< 404, 405: no such path, model or adapter
        TooLarge, ///< 413, or the prompt exceeds the context
        RateLimited, ///< 429
        Unavailable, ///< 503, 529, 424: loading, overloaded, not ready
        Server, ///< any other 5xx, or an error event inside a stream
        ContentFilter,
        Truncated, ///< the body ended without the dialect's end marker
        Protocol, ///< not what the dialect promises: bad JSON, wrong content type, over a limit
        Storage, ///< the database or the keychain
        Internal, ///< our own mistake, or this computer has no more to give
    };

    Kind kind = Kind::Internal;
    /// One plain sentence: what, where, and what to do. Ends with a full stop.
    QString message;
    /// The server's own words, if it had any; shown below the message.
    QString serverMessage;
    int httpStatus = 0; ///< 0: there was no HTTP answer
    QString code; ///< the server's `code`, `type` or `error_type`
    QString param; ///< the request field the server named
    std::optional<std::chrono::milliseconds> retryAfter; ///< as the server asked
    QString requestId; ///< the server's id of the request, for its log
    QByteArray body; ///< the first 2 KiB of an answer that was not understood
    QUrl location; ///< where a redirect pointed
    /// What the server says of another try (`x-should-retry`), if it says so.
    std::optional<bool> mayRetry;
    /// With Kind::Tls: what the server showed, where it showed one and that was the reason.
    std::optional<ShownCertificate> certificate;

    friend bool operator==(const ApiError &, const ApiError &) = default;
};

/// A stable lower-case word for the kind ("refused", "idle_timeout"), for JSON output and tests.
[[nodiscard]] QString toWord(ApiError::Kind kind);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::ApiError)
