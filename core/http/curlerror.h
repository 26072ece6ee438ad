// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "base/clock.h"

#include <QUrl>

#include <curl/curl.h>

namespace Lorikeet {

/// How a transfer ended, as far as libcurl's result code does not say.
struct CurlEnd
{
    CURLcode code = CURLE_OK;
    QUrl url; ///< see transportPlace()
    QByteArray shown; ///< the server's certificate (DER), if it showed one in this transfer
    bool isOther = false; ///< than the one that was pinned
    QString detail; ///< libcurl's error buffer
    Milliseconds connectTimeout{};
    long systemError = 0; ///< errno
    long verifyResult = 0; ///< OpenSSL's X509_V_ERR_…
    bool throughProxy = false;
    bool connected = false; ///< to the server itself, TLS included
    bool lacksFiles = false; ///< no more can be opened, so that there was no socket
    bool hasAnswer = false; ///< the head of an answer is there

    [[nodiscard]] static CurlEnd from(CURL *handle, CURLcode code);
};

[[nodiscard]] ApiError toApiError(const CurlEnd &end);

} // namespace Lorikeet
