// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/stockexchange.h"

#include "http/tlstrust.h"
#include "http/transporterror.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

StockExchange::StockExchange(
    QNetworkReply &reply, const TransportOptions &options, bool throughProxy, TimePoint start)
    : QObject(&reply)
    , m_reply(reply)
    , m_connectTimeout(options.connectTimeout)
    , m_pin(options.tls.pin)
    , m_unixSocket(options.unixSocket)
    , m_throughProxy(throughProxy)
    , m_phases{.start = start}
{
    connect(&reply, &QNetworkReply::socketStartedConnecting, this,
        [this] { m_startedConnecting = true; });
    connect(&reply, &QNetworkReply::encrypted, this, &StockExchange::onEncrypted);
    connect(&reply, &QNetworkReply::requestSent, this, [this] {
        m_phases.sent = Clock::now();
        onConnected();
    });
    // Qt reads a body only to write it.
    connect(&reply, &QNetworkReply::uploadProgress, this, &StockExchange::onConnected);
    connect(&reply, &QNetworkReply::metaDataChanged, this, [this] {
        m_phases.firstByte = Clock::now();
        onConnected();
    });
    connect(&reply, &QNetworkReply::finished, this, &StockExchange::onConnected);
    connect(&reply, &QNetworkReply::sslErrors, this, &StockExchange::onTlsErrors);
    // Not QNetworkRequest::setTransferTimeout(), which runs on while an answer streams and ends
    // like an abort by the user.
    m_connectTimer.setSingleShot(true);
    connect(&m_connectTimer, &QTimer::timeout, this, [this] {
        m_timedOut = true;
        m_reply.abort();
    });
    if (m_connectTimeout.count() > 0) {
        m_connectTimer.start(m_connectTimeout);
    }
}

void StockExchange::onConnected()
{
    m_connectTimer.stop();
    m_phases.connectionReused = !m_startedConnecting;
}

void StockExchange::onTlsErrors(const QList<QSslError> &errors)
{
    m_shown = m_reply.sslConfiguration().peerCertificate();
    if (!m_pin.isEmpty()) {
        if (fingerprintOf(m_shown.toDer()) == m_pin) {
            m_reply.ignoreSslErrors();
        } else {
            m_tlsFault = TlsFault::NotThePinned;
        }
        return;
    }
    for (const QSslError &error : errors) {
        // The first that names a cause; a chain that is not trusted lists several.
        if (!m_tlsFault || m_tlsFault == TlsFault::Handshake) {
            m_tlsFault = toTlsFault(error.error());
        }
    }
}

void StockExchange::onEncrypted()
{
    m_phases.tls = Clock::now();
    onConnected();
    // Here Qt has not written anything yet.
    const QSslCertificate shown = m_reply.sslConfiguration().peerCertificate();
    if (!m_pin.isEmpty() && fingerprintOf(shown.toDer()) != m_pin) {
        m_shown = shown;
        m_tlsFault = TlsFault::NotThePinned;
        m_reply.abort();
    }
}

void StockExchange::eachReceived(const ReceivedVisitor &visit)
{
    const TimePoint now = Clock::now();
    // Qt closes an aborted reply.
    const QByteArray bytes = m_reply.isOpen() ? m_reply.readAll() : QByteArray();
    if (!bytes.isEmpty()) {
        visit(bytes, now);
    }
}

ApiError::Kind StockExchange::kindOf(QNetworkReply::NetworkError error, bool hasAnswer) const
{
    using Kind = ApiError::Kind;
    switch (error) {
    case QNetworkReply::OperationCanceledError:
        return Kind::Cancelled;
    case QNetworkReply::SslHandshakeFailedError:
        return Kind::Tls;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
        return Kind::Protocol;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return Kind::Proxy;
    case QNetworkReply::HostNotFoundError:
        return Kind::Dns;
    case QNetworkReply::ConnectionRefusedError:
        return Kind::Refused;
    default:
        return hasAnswer ? Kind::Truncated : Kind::Unreachable;
    }
}

std::optional<ApiError> StockExchange::failure() const
{
    const QNetworkReply::NetworkError error = m_reply.error();
    const int status = replyHead(m_reply).status;
    const bool isAboutTheAnswer = error >= QNetworkReply::ContentAccessDenied
        && error <= QNetworkReply::UnknownServerError && error != QNetworkReply::ContentReSendError
        && error != QNetworkReply::ProtocolFailure && error != QNetworkReply::ProtocolUnknownError;
    if (error == QNetworkReply::NoError || (status != 0 && isAboutTheAnswer)) {
        return {};
    }
    const QUrl url = transportPlace(m_reply.url(), m_unixSocket);
    if (m_timedOut) {
        return connectTimeoutError(url, m_connectTimeout);
    }
    if (m_tlsFault) {
        return tlsError(url, *m_tlsFault, m_shown);
    }
    // With TLS 1.3 a server refuses a client's certificate after the handshake.
    if (status == 0 && saysClientCertificate(m_reply.errorString())) {
        return tlsError(url, TlsFault::ClientCertificate, QSslCertificate(), m_reply.errorString());
    }
    // Qt would have sent it again, had the body allowed it; at times it thinks of that also when a
    // connection ends within the answer.
    const bool closedEarly = status == 0
        && (error == QNetworkReply::ContentReSendError
            || error == QNetworkReply::RemoteHostClosedError);
    if (closedEarly && m_startedConnecting && !m_phases.tls && url.scheme() == "https"_L1) {
        return tlsError(url, TlsFault::Handshake, QSslCertificate(), m_reply.errorString());
    }
    if (closedEarly) {
        return closedWithoutAnswerError(url);
    }
    ApiError::Kind kind = kindOf(error, status != 0);
    if (kind == ApiError::Kind::Dns && !m_unixSocket.isEmpty()) {
        kind = ApiError::Kind::Refused; // Qt's word for a socket that is not there
    }
    const bool isAboutTheWay = kind == ApiError::Kind::Unreachable || kind == ApiError::Kind::Dns
        || kind == ApiError::Kind::Refused;
    if (m_throughProxy && isAboutTheWay && !m_phases.sent) {
        // Qt has no code for a tunnel that is denied, and hands on what a SOCKS proxy says of the
        // host as if it had been seen from here.
        kind = ApiError::Kind::Proxy;
    }
    if (kind == ApiError::Kind::Tls) {
        return tlsError(url, TlsFault::Handshake, QSslCertificate(), m_reply.errorString());
    }
    return transportFailure(kind, url, m_reply.errorString());
}

} // namespace Lorikeet

#include "moc_stockexchange.cpp"
