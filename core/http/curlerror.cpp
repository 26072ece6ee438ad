// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/curlerror.h"

#include "http/transporterror.h"

#include <QSslCertificate>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

// OpenSSL's numbers (x509_vfy.h), which are part of its stable interface.
constexpr long certificateNotYetValid = 9;
constexpr long certificateExpired = 10;
constexpr long selfSignedCertificate = 18;
constexpr long selfSignedInChain = 19;
constexpr long unknownIssuer = 20;
constexpr long unverifiableLeaf = 21;
constexpr long hostMismatch = 62;
constexpr long addressMismatch = 64;

TlsFault toTlsFault(const CurlEnd &end)
{
    if (end.isOther) {
        return TlsFault::NotThePinned;
    }
    switch (end.verifyResult) {
    case certificateNotYetValid:
        return TlsFault::NotYetValid;
    case certificateExpired:
        return TlsFault::Expired;
    case selfSignedCertificate:
        return TlsFault::SelfSigned;
    case selfSignedInChain:
    case unknownIssuer:
    case unverifiableLeaf:
        return TlsFault::UnknownAuthority;
    case hostMismatch:
    case addressMismatch:
        return TlsFault::WrongHost;
    default:
        break;
    }
    // libcurl takes the alert for an expired certificate, which is about ours, for its own finding.
    const bool isAlert = end.code == CURLE_PEER_FAILED_VERIFICATION
        && end.detail == "SSL certificate verification failed"_L1;
    if (isAlert || saysClientCertificate(end.detail)) {
        return TlsFault::ClientCertificate;
    }
    // libcurl compares the name itself, after OpenSSL found the chain good.
    return end.code == CURLE_PEER_FAILED_VERIFICATION ? TlsFault::WrongHost : TlsFault::Handshake;
}

ApiError::Kind kindOf(const CurlEnd &end)
{
    using Kind = ApiError::Kind;
    if (end.isOther) {
        return Kind::Tls;
    }
    switch (end.code) {
    case CURLE_URL_MALFORMAT:
        return Kind::InvalidRequest;
    case CURLE_COULDNT_RESOLVE_HOST:
        return Kind::Dns;
    case CURLE_COULDNT_CONNECT:
        // ENOENT is a UNIX socket that is not there.
        return end.systemError == ECONNREFUSED || end.systemError == ENOENT ? Kind::Refused
                                                                            : Kind::Unreachable;
    case CURLE_OPERATION_TIMEDOUT:
        return Kind::ConnectTimeout; // the only limit libcurl is given
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
        return Kind::Proxy;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CLIENTCERT:
    case CURLE_USE_SSL_FAILED:
        return Kind::Tls;
    case CURLE_UNSUPPORTED_PROTOCOL: // what came is no status line: libcurl takes it for HTTP/0.9
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_TOO_LARGE:
        return Kind::Protocol;
    case CURLE_RECV_ERROR:
        // A malformed chunk has this code too, and no other mark than the text.
        if (end.hasAnswer && end.systemError == 0 && end.detail.contains("chunk"_L1)) {
            return Kind::Protocol;
        }
        // With TLS 1.3 a server refuses a client's certificate after the handshake.
        if (!end.hasAnswer && end.detail.contains("alert"_L1)) {
            return Kind::Tls;
        }
        break;
    case CURLE_OUT_OF_MEMORY:
    case CURLE_FAILED_INIT:
        return Kind::Internal;
    default:
        break;
    }
    return end.hasAnswer ? Kind::Truncated : Kind::Unreachable;
}

} // namespace

CurlEnd CurlEnd::from(CURL *handle, CURLcode code)
{
    CurlEnd end{.code = code};
    curl_easy_getinfo(handle, CURLINFO_OS_ERRNO, &end.systemError);
    curl_easy_getinfo(handle, CURLINFO_SSL_VERIFYRESULT, &end.verifyResult);
    return end;
}

ApiError toApiError(const CurlEnd &end)
{
    using Kind = ApiError::Kind;
    const Kind kind = kindOf(end);
    if (kind == Kind::ConnectTimeout) {
        return connectTimeoutError(end.url, end.connectTimeout);
    }
    if (kind == Kind::Tls) {
        return tlsError(
            end.url, toTlsFault(end), QSslCertificate(end.shown, QSsl::Der), end.detail);
    }
    if (end.lacksFiles) {
        return noMoreFilesError(end.url);
    }
    if (end.throughProxy && !end.connected && kind != Kind::InvalidRequest) {
        return transportFailure(Kind::Proxy, end.url, end.detail);
    }
    if (kind == Kind::Unreachable && end.connected) {
        return closedWithoutAnswerError(end.url);
    }
    return transportFailure(kind, end.url, end.detail);
}

} // namespace Lorikeet
