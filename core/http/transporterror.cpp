// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/transporterror.h"

#include "base/logging.h"
#include "http/httpexchange.h"

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

} // namespace

ApiError transportFailure(ApiError::Kind kind, const QUrl &url, const QString &detail)
{
    const QString reason = inBrackets(detail);
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
            .arg(double(limit.count()) / 1000.0));
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

ApiError tlsError(const QUrl &url, TlsFault fault, const QString &detail)
{
    const auto sentence
        = [&](const QString &text) { return error(ApiError::Kind::Tls, text.arg(placeOf(url))); };
    switch (fault) {
    case TlsFault::Expired:
        return sentence(u"The certificate of %1 has expired: it must be renewed on the server."_s);
    case TlsFault::NotYetValid:
        return sentence(u"The certificate of %1 is not valid yet: compare this machine's clock "
                        "with the server's."_s);
    case TlsFault::SelfSigned:
        return sentence(u"The certificate of %1 is signed by itself: if you trust that server, "
                        "give its certificate as the endpoint's CA file."_s);
    case TlsFault::UnknownAuthority:
        return sentence(u"The certificate of %1 comes from an authority unknown here: if you trust "
                        "it, give its certificate as the endpoint's CA file."_s);
    case TlsFault::WrongHost:
        return sentence(u"The certificate of %1 was made for another name: use the name in the "
                        "certificate, and be sure that this is your server."_s);
    case TlsFault::NotThePinned:
        return sentence(u"%1 shows another certificate than the one pinned for this endpoint: if "
                        "it was renewed, compare and pin the new one; if not, this is not your "
                        "server."_s);
    case TlsFault::ClientCertificate:
        return sentence(u"%1 asks for a client certificate: set one that it accepts for this "
                        "endpoint."_s);
    case TlsFault::Handshake:
        return error(ApiError::Kind::Tls,
            u"No secure connection to %1%2: check that this port speaks https."_s.arg(
                placeOf(url), inBrackets(detail)));
    }
    Q_UNREACHABLE_RETURN(ApiError());
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

} // namespace Lorikeet
