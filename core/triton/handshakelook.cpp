// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/handshakelook.h"

#include "http/httpexchange.h"
#include "http/transporterror.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Triton {

namespace {

/// With TLS 1.3 a server looks at the client's certificate, or at there being none, after the
/// client is done, and hangs up then; so long is waited for that.
constexpr Milliseconds afterHandshake = 1s;

} // namespace

HandshakeLook::HandshakeLook(
    const QUrl &url, const QSslConfiguration &configuration, Milliseconds limit, QObject *parent)
    : QObject(parent)
    , m_url(url)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { end(std::nullopt); });
    connect(&m_socket, &QSslSocket::sslErrors, this,
        [this](const QList<QSslError> &errors) { m_errors += errors; });
    connect(&m_socket, &QSslSocket::errorOccurred, this, &HandshakeLook::onError);
    connect(&m_socket, &QSslSocket::encrypted, this, [this] { m_timer.start(afterHandshake); });
    m_socket.setSslConfiguration(configuration);
    m_timer.start(limit.count() > 0 ? limit : Milliseconds(10s));
    m_socket.connectToHostEncrypted(url.host(), quint16(url.port()));
}

void HandshakeLook::onError()
{
    // The first that names a cause; a chain that is not trusted lists several.
    TlsFault fault = TlsFault::Handshake;
    for (const QSslError &error : std::as_const(m_errors)) {
        if (fault == TlsFault::Handshake) {
            fault = toTlsFault(error.error());
        }
    }
    const QString text = m_socket.errorString();
    // gRPC's own server says nothing about it: it is content with the handshake and hangs up.
    if (m_socket.isEncrypted()) {
        fault = TlsFault::ClientCertificate;
    }
    const bool isTls = fault != TlsFault::Handshake || !m_errors.isEmpty()
        || m_socket.error() == QAbstractSocket::SslHandshakeFailedError
        || m_socket.error() == QAbstractSocket::RemoteHostClosedError;
    if (!isTls) {
        end(std::nullopt);
        return;
    }
    ApiError error = tlsError(m_url, fault, QSslCertificate(), text);
    if (fault == TlsFault::Handshake) {
        error.message = u"No secure connection to %1 (%2): check that gRPC is spoken there over "
                        "TLS; without TLS it is grpc://."_s.arg(placeOf(m_url), text);
    }
    end(error);
}

void HandshakeLook::end(const std::optional<ApiError> &fault)
{
    if (!std::exchange(m_isOver, true)) {
        m_timer.stop();
        Q_EMIT finished(fault);
        deleteLater(); // this may be within a signal of the socket
    }
}

bool mayBeTls(const ApiError &error)
{
    return error.kind == ApiError::Kind::Tls || error.kind == ApiError::Kind::Unreachable;
}

} // namespace Lorikeet::Triton

#include "moc_handshakelook.cpp"
