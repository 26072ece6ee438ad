// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/apierror.h"

namespace Lorikeet {

QString toWord(ApiError::Kind kind)
{
    switch (kind) {
    case ApiError::Kind::Cancelled:
        return QStringLiteral("cancelled");
    case ApiError::Kind::InvalidRequest:
        return QStringLiteral("invalid_request");
    case ApiError::Kind::Dns:
        return QStringLiteral("dns");
    case ApiError::Kind::Refused:
        return QStringLiteral("refused");
    case ApiError::Kind::Unreachable:
        return QStringLiteral("unreachable");
    case ApiError::Kind::Tls:
        return QStringLiteral("tls");
    case ApiError::Kind::Proxy:
        return QStringLiteral("proxy");
    case ApiError::Kind::ConnectTimeout:
        return QStringLiteral("connect_timeout");
    case ApiError::Kind::FirstTokenTimeout:
        return QStringLiteral("first_token_timeout");
    case ApiError::Kind::IdleTimeout:
        return QStringLiteral("idle_timeout");
    case ApiError::Kind::TotalTimeout:
        return QStringLiteral("total_timeout");
    case ApiError::Kind::Redirected:
        return QStringLiteral("redirected");
    case ApiError::Kind::BadRequest:
        return QStringLiteral("bad_request");
    case ApiError::Kind::Unauthorized:
        return QStringLiteral("unauthorized");
    case ApiError::Kind::NotFound:
        return QStringLiteral("not_found");
    case ApiError::Kind::TooLarge:
        return QStringLiteral("too_large");
    case ApiError::Kind::RateLimited:
        return QStringLiteral("rate_limited");
    case ApiError::Kind::Unavailable:
        return QStringLiteral("unavailable");
    case ApiError::Kind::Server:
        return QStringLiteral("server");
    case ApiError::Kind::ContentFilter:
        return QStringLiteral("content_filter");
    case ApiError::Kind::Truncated:
        return QStringLiteral("truncated");
    case ApiError::Kind::Protocol:
        return QStringLiteral("protocol");
    case ApiError::Kind::Storage:
        return QStringLiteral("storage");
    case ApiError::Kind::Internal:
        return QStringLiteral("internal");
    }
    Q_UNREACHABLE_RETURN(QString());
}

} // namespace Lorikeet
