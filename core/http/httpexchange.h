// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "base/clock.h"
#include "model/endpoint.h"

#include <QByteArray>
#include <QMetaType>
#include <QUrl>

namespace Lorikeet {

/// A request as a provider encodes it: data, not yet a connection.
struct HttpRequest
{
    QByteArray verb = "GET";
    QUrl url;
    Headers headers;
    QByteArray body;

    friend bool operator==(const HttpRequest &, const HttpRequest &) = default;
};

/// A whole answer.
struct HttpReply
{
    int status = 0;
    Headers headers;
    QByteArray body;
    QUrl url;
    Nanoseconds latency{}; ///< request handed over -> last byte

    [[nodiscard]] QByteArray header(QByteArrayView name) const
    {
        return headerValue(headers, name);
    }

    /// The media type, lower case, without parameters ("application/json").
    [[nodiscard]] QByteArray contentType() const;
};

/// Bytes of a body with the moment the transport received them.
struct TimedBytes
{
    QByteArray bytes;
    TimePoint at;
};

/// The error with the key it was asked with replaced wherever a server echoed it.
[[nodiscard]] ApiError withoutKey(ApiError error, const Secret &key);

/// "host:port", to name a server in a sentence; of "unix:/path" the path.
[[nodiscard]] QString placeOf(const QUrl &url);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::HttpReply)
