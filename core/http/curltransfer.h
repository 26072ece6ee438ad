// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "http/transport.h"

#include <QByteArray>
#include <QUrl>

#include <memory>

#include <curl/curl.h>

class QNetworkRequest;

namespace Lorikeet {

/// What one request asks of libcurl, apart from its callbacks. Must live as long as the transfer:
/// libcurl does not copy the list of headers.
struct CurlTransfer
{
    struct ListDeleter
    {
        void operator()(curl_slist *list) const { curl_slist_free_all(list); }
    };

    QByteArray verb;
    QByteArray url;
    QUrl proxy; ///< empty: none
    TransportOptions options;
    bool isSecure = false;
    /// Of the body; -1: not known, nothing: there is no body.
    std::optional<qint64> bodySize;
    QByteArray caBundle; ///< path; empty: the system's
    std::unique_ptr<curl_slist, ListDeleter> headers;

    /// Fails where the proxy cannot be used.
    [[nodiscard]] static Result<CurlTransfer> from(
        const QByteArray &verb, const QNetworkRequest &request, const TransportOptions &options);

    void applyTo(CURL *handle) const;

    /// It may travel over a connection that others use at the same time.
    [[nodiscard]] bool sharesConnections() const
    {
        return options.httpVersion != HttpVersion::Http1;
    }

private:
    void applyMethod(CURL *handle) const;
    void applyProxy(CURL *handle) const;
    void applyTls(CURL *handle) const;
};

} // namespace Lorikeet
