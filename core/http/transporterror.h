// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "base/clock.h"

#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslError>
#include <QString>
#include <QUrl>

namespace Lorikeet {

// The sentences for what goes wrong below HTTP, the same over every transport. `url` is where the
// request was to go (see transportPlace()), `detail` the transport's own short reason.

/// `url`, or where a UNIX socket is used instead "unix:/path", as sentences name it.
[[nodiscard]] QUrl transportPlace(const QUrl &url, const QString &unixSocket);

/// Kinds Dns, Refused, Unreachable, Proxy, Truncated, Protocol, Cancelled, Internal.
[[nodiscard]] ApiError transportFailure(
    ApiError::Kind kind, const QUrl &url, const QString &detail = {});

[[nodiscard]] ApiError connectTimeoutError(const QUrl &url, Milliseconds limit);

/// The system lets this program open no more files. Kind Internal.
[[nodiscard]] ApiError noMoreFilesError(const QUrl &url);

/// The connection was closed before a byte of the answer came.
[[nodiscard]] ApiError closedWithoutAnswerError(const QUrl &url);

[[nodiscard]] ApiError redirectedError(const QUrl &url, int status, const QUrl &location);

/// `shown`: the server's certificate, which then comes with the error where it is the reason; null
/// if there was none.
[[nodiscard]] ApiError tlsError(const QUrl &url, TlsFault fault,
    const QSslCertificate &shown = QSslCertificate(), const QString &detail = {});

/// Whether the words of a TLS library are those for a server that wants a client's certificate, or
/// did not like the one it got.
[[nodiscard]] bool saysClientCertificate(const QString &detail);

[[nodiscard]] TlsFault toTlsFault(QSslError::SslError error);

/// The nearest of Qt's codes.
[[nodiscard]] QNetworkReply::NetworkError toNetworkError(ApiError::Kind kind);

/// The code that Qt's own manager reports for an HTTP status; NoError below 400.
[[nodiscard]] QNetworkReply::NetworkError networkErrorOfStatus(int status);

} // namespace Lorikeet
