// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/transporterror.h"

#include "base/logging.h"
#include "http/httpexchange.h"
#include "http/tlstrust.h"

#include <QRegularExpression>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString inBrackets(const QString &detail)
{
    return detail.isEmpty() ? QString() : u" (%1)"_s.arg(redacted(detail));
}

ApiError error(ApiError::Kind kind, const QString &message)
{
    ApiError error;
    error.kind = kind;
    error.message = message;
    return error;
}

/// What a person may do who knows that certificate.
QString orPin(const ShownCertificate &shown)
{
    return shown.fingerprint.isEmpty()
        ? QString()
        : u", or pin it if you know its fingerprint, "_s + shown.fingerprint;
}

QString tlsSentence(
    const QString &place, TlsFault fault, const ShownCertificate &shown, const QString &reason)
{
    switch (fault) {
    case TlsFault::Expired:
        return u"The certificate of %1 has expired: it must be renewed on the server%2."_s.arg(
            place, orPin(shown));
    case TlsFault::NotYetValid:
        return u"The certificate of %1 is not valid yet: compare this machine's clock with the "
               "server's%2."_s.arg(place, orPin(shown));
    case TlsFault::SelfSigned:
        return u"The certificate of %1 is signed by itself: if you trust that server, give its "
               "certificate as the endpoint's CA file%2."_s.arg(place, orPin(shown));
    case TlsFault::UnknownAuthority:
        return u"The certificate of %1 comes from an authority unknown here: if you trust it, give "
               "its certificate as the endpoint's CA file%2."_s.arg(place, orPin(shown));
    case TlsFault::WrongHost:
        return u"The certificate of %1 was made for another name%2: use the name in the "
               "certificate, and be sure that this is your server%3."_s.arg(
                   place, inBrackets(shown.names.join(u", "_s)), orPin(shown));
    case TlsFault::NotThePinned:
        return u"%1 shows another certificate than the one pinned for this endpoint%2: if it was "
               "renewed, compare and pin the new one; if not, this is not your server."_s.arg(
                   place, inBrackets(shown.fingerprint));
    case TlsFault::ClientCertificate:
        return u"%1 asks for a client certificate that it accepts%2: set one for this endpoint, or "
               "another."_s.arg(place, inBrackets(reason));
    case TlsFault::Handshake:
        return u"No secure connection to %1%2: check that this port speaks https, and whether it "
               "wants a client certificate."_s.arg(place, inBrackets(reason));
    }
    Q_UNREACHABLE_RETURN(QString());
}

ApiError socketFailure(ApiError::Kind kind, const QUrl &socket, const QString &reason)
{
    switch (kind) {
    case ApiError::Kind::Refused:
        return error(kind,
            u"Nothing answers at the socket %1: check that the server runs, and its path."_s.arg(
                placeOf(socket)));
    case ApiError::Kind::Dns: // libcurl's word for a path that is too long
    case ApiError::Kind::Unreachable:
        return error(kind,
            u"The socket %1 could not be reached%2: check its path, which may have about a hundred "
            "signs, and who may use it."_s.arg(placeOf(socket), reason));
    default:
        return error(kind, {});
    }
}

} // namespace

QUrl transportPlace(const QUrl &url, const QString &unixSocket)
{
    if (unixSocket.isEmpty()) {
        return url;
    }
    QUrl place;
    place.setScheme(u"unix"_s);
    place.setPath(unixSocket);
    return place;
}

ApiError transportFailure(ApiError::Kind kind, const QUrl &url, const QString &detail)
{
    const QString reason = inBrackets(detail);
    if (url.scheme() == "unix"_L1) {
        if (const ApiError failure = socketFailure(kind, url, reason); !failure.message.isEmpty()) {
            return failure;
        }
    }
    switch (kind) {
    case ApiError::Kind::Dns:
        return error(kind,
            u"The name %1 could not be found: check how it is spelt, and the network."_s.arg(
                url.host()));
    case ApiError::Kind::Refused:
        return error(kind,
            u"Nothing answers at %1 (connection refused): check that the server runs and that "
            "the port is right."_s.arg(placeOf(url)));
    case ApiError::Kind::Unreachable:
        return error(kind,
            u"%1 could not be reached%2: check the address and the network."_s.arg(
                placeOf(url), reason));
    case ApiError::Kind::Proxy:
        return error(kind,
            u"%1 could not be reached through the proxy%2: check the proxy setting of this "
            "endpoint."_s.arg(placeOf(url), reason));
    case ApiError::Kind::Truncated:
        return error(kind,
            u"The answer of %1 broke off before its end%2: the server, or something between, "
            "closed the connection."_s.arg(placeOf(url), reason));
    case ApiError::Kind::Protocol:
        return error(kind,
            u"What %1 sent is not valid HTTP%2: check the port, and http against https."_s.arg(
                placeOf(url), reason));
    case ApiError::Kind::Cancelled:
        return error(kind, u"The request to %1 was cancelled."_s.arg(placeOf(url)));
    default:
        return error(kind, u"The request to %1 failed%2."_s.arg(placeOf(url), reason));
    }
}

ApiError connectTimeoutError(const QUrl &url, Milliseconds limit)
{
    return error(ApiError::Kind::ConnectTimeout,
        u"No connection to %1 within %2 s: check the address, a firewall between, or allow "
        "more time."_s.arg(placeOf(url))
            .arg(toSeconds(limit)));
}

ApiError noMoreFilesError(const QUrl &url)
{
    return error(ApiError::Kind::Internal,
        u"This computer lets Lorikeet open no further connection to %1%2: ask with fewer requests "
        "at once, or raise its limit of open files (ulimit -Hn)."_s.arg(
            placeOf(url), inBrackets(qt_error_string(EMFILE))));
}

ApiError closedWithoutAnswerError(const QUrl &url)
{
    return error(ApiError::Kind::Unreachable,
        u"%1 closed the connection without an answer: the request may have been received, so it "
        "was not sent again."_s.arg(placeOf(url)));
}

ApiError redirectedError(const QUrl &url, int status, const QUrl &location)
{
    ApiError result = error(ApiError::Kind::Redirected,
        u"%1 points to %2 (status %3), where the key must not go unasked: use that address if "
        "you trust it."_s.arg(placeOf(url), redacted(location))
            .arg(status));
    result.httpStatus = status;
    result.location = location;
    return result;
}

ApiError tlsError(
    const QUrl &url, TlsFault fault, const QSslCertificate &shown, const QString &detail)
{
    ApiError result = error(ApiError::Kind::Tls, {});
    const bool isAboutIt = fault != TlsFault::ClientCertificate && fault != TlsFault::Handshake;
    if (isAboutIt && !shown.isNull()) {
        result.certificate = shownCertificate(shown, fault);
    }
    result.message
        = tlsSentence(placeOf(url), fault, result.certificate.value_or(ShownCertificate()), detail);
    return result;
}

bool saysClientCertificate(const QString &detail)
{
    // OpenSSL's words for the alerts of RFC 8446, section 6.2, that concern a client's certificate.
    static const QRegularExpression words(
        u"alert (?:certificate required|bad certificate|unknown ca|unsupported certificate|"
        "certificate (?:revoked|expired|unknown))"_s);
    return words.match(detail).hasMatch();
}

TlsFault toTlsFault(QSslError::SslError error)
{
    switch (error) {
    case QSslError::CertificateExpired:
        return TlsFault::Expired;
    case QSslError::CertificateNotYetValid:
        return TlsFault::NotYetValid;
    case QSslError::SelfSignedCertificate:
        return TlsFault::SelfSigned;
    case QSslError::SelfSignedCertificateInChain: // the chain's root, sent along
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return TlsFault::UnknownAuthority;
    case QSslError::HostNameMismatch:
        return TlsFault::WrongHost;
    default:
        return TlsFault::Handshake;
    }
}

QNetworkReply::NetworkError toNetworkError(ApiError::Kind kind)
{
    switch (kind) {
    case ApiError::Kind::Cancelled:
        return QNetworkReply::OperationCanceledError;
    case ApiError::Kind::Dns:
        return QNetworkReply::HostNotFoundError;
    case ApiError::Kind::Refused:
        return QNetworkReply::ConnectionRefusedError;
    case ApiError::Kind::Tls:
        return QNetworkReply::SslHandshakeFailedError;
    case ApiError::Kind::Proxy:
        return QNetworkReply::UnknownProxyError;
    case ApiError::Kind::ConnectTimeout:
        return QNetworkReply::TimeoutError;
    case ApiError::Kind::Unreachable:
    case ApiError::Kind::Truncated:
        return QNetworkReply::RemoteHostClosedError;
    case ApiError::Kind::Protocol:
        return QNetworkReply::ProtocolFailure;
    case ApiError::Kind::InvalidRequest:
        return QNetworkReply::ProtocolInvalidOperationError;
    default:
        return QNetworkReply::UnknownNetworkError;
    }
}

QNetworkReply::NetworkError networkErrorOfStatus(int status)
{
    switch (status) {
    case 400:
        return QNetworkReply::ProtocolInvalidOperationError;
    case 401:
        return QNetworkReply::AuthenticationRequiredError;
    case 403:
        return QNetworkReply::ContentAccessDenied;
    case 404:
        return QNetworkReply::ContentNotFoundError;
    case 405:
        return QNetworkReply::ContentOperationNotPermittedError;
    case 407:
        return QNetworkReply::ProxyAuthenticationRequiredError;
    case 409:
        return QNetworkReply::ContentConflictError;
    case 410:
        return QNetworkReply::ContentGoneError;
    case 500:
        return QNetworkReply::InternalServerError;
    case 501:
        return QNetworkReply::OperationNotImplementedError;
    case 503:
        return QNetworkReply::ServiceUnavailableError;
    default:
        break;
    }
    if (status >= 500) {
        return QNetworkReply::UnknownServerError;
    }
    return status >= 400 ? QNetworkReply::UnknownContentError : QNetworkReply::NoError;
}

} // namespace Lorikeet
