// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/serverconnection.h"

#include "simulator/nativesocket.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

constexpr qsizetype pipelineLimit = 1024 * 1024; ///< bytes kept of requests not yet answered
constexpr qint64 congestion = 64 * 1024; ///< bytes waiting to be sent

QByteArrayView reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 307:
        return "Temporary Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 402:
        return "Payment Required";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 422:
        return "Unprocessable Entity";
    case 424:
        return "Failed Dependency";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Unknown";
    }
}

} // namespace

ServerConnection::ServerConnection(
    qintptr descriptor, RequestParser::Limits limits, QObject *parent)
    : QObject(parent)
    , m_parser(limits)
{
    m_open = m_socket.setSocketDescriptor(descriptor);
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(&m_socket, &QTcpSocket::readyRead, this, &ServerConnection::read);
    connect(&m_socket, &QTcpSocket::disconnected, this, &ServerConnection::close);
    connect(&m_socket, &QTcpSocket::errorOccurred, this, &ServerConnection::close);
    connect(&m_drip, &QTimer::timeout, this, &ServerConnection::dripByte);
    m_since.start();
}

ServerConnection::~ServerConnection()
{
    // The socket tells of its end when it is destroyed, and by then the rest of this is gone.
    m_socket.disconnect(this);
}

void ServerConnection::read()
{
    const QByteArray bytes = m_socket.readAll();
    if (m_draining || !m_open) {
        return;
    }
    m_unread += bytes;
    if (!m_answering) {
        takeRequests();
    } else if (m_unread.size() > pipelineLimit) {
        cut();
    }
}

void ServerConnection::takeRequests()
{
    if (!m_open || m_answering || m_unread.isEmpty()) {
        return;
    }
    const bool wasIdle = m_parser.isIdle();
    const bool wasHead = m_parser.state() == RequestParser::State::Head;
    m_unread.remove(0, m_parser.feed(m_unread));
    if (wasIdle || m_parser.state() != RequestParser::State::Head) {
        m_since.start();
    }
    switch (m_parser.state()) {
    case RequestParser::State::Head:
        break;
    case RequestParser::State::Body:
        if (wasHead && m_parser.expectsContinue()) {
            write("HTTP/1.1 100 Continue\r\n\r\n");
        }
        break;
    case RequestParser::State::Complete:
        m_answering = true;
        m_keepAlive = m_parser.request().keepAlive;
        Q_EMIT requestReceived();
        break;
    case RequestParser::State::Failed:
        refuse();
        break;
    }
}

/// The request could not be read. Where its end is nobody knows, so this connection has to go; but
/// closing it with unread bytes would reset it, and the client might lose the answer.
void ServerConnection::refuse()
{
    m_keepAlive = false;
    write(head({.status = m_parser.errorStatus(),
                   .contentType = "text/plain; charset=utf-8",
                   .body = m_parser.errorText()},
              false)
        + m_parser.errorText());
    m_draining = true;
    m_since.start();
    shutDownSending(m_socket);
}

QByteArray ServerConnection::head(const ServerResponse &response, bool streamed) const
{
    QByteArray text;
    text.reserve(512);
    text += "HTTP/1.1 " + QByteArray::number(response.status) + ' '
        + reasonPhrase(response.status).toByteArray() + "\r\ndate: "
        + QLocale::c()
              .toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s)
              .toLatin1()
        + "\r\n";
    if (!response.contentType.isEmpty()) {
        text += "content-type: " + response.contentType + "\r\n";
    }
    for (const auto &[name, value] : m_commonHeaders + response.headers) {
        text += name + ": " + value + "\r\n";
    }
    if (!streamed) {
        text += "content-length: " + QByteArray::number(response.body.size()) + "\r\n";
    } else if (m_chunked) {
        text += "transfer-encoding: chunked\r\n";
    }
    if (!m_keepAlive) {
        text += "connection: close\r\n";
    } else if (request().minorVersion == 0) {
        text += "connection: keep-alive\r\n";
    }
    return text + "\r\n";
}

void ServerConnection::respond(const ServerResponse &response)
{
    respondPart(response, response.body.size());
    endStream();
}

void ServerConnection::respondPart(const ServerResponse &response, qsizetype bodyBytes)
{
    const QByteArrayView body = request().method == "HEAD"
        ? QByteArrayView()
        : QByteArrayView(response.body).first(bodyBytes);
    QByteArray bytes = head(response, false);
    if (m_drip.isActive()) {
        write(bytes);
        send(body);
    } else {
        write(bytes.append(body));
    }
}

void ServerConnection::beginStream(const ServerResponse &response)
{
    m_chunked = request().minorVersion >= 1;
    // Without chunks only the end of the connection can tell the end of the body.
    m_keepAlive = m_keepAlive && m_chunked;
    write(head(response, true));
}

void ServerConnection::appendPart(QByteArray &out, QByteArrayView payload) const
{
    if (m_chunked) {
        out += QByteArray::number(payload.size(), 16) + "\r\n";
        out += payload;
        out += "\r\n";
    } else {
        out += payload;
    }
}

void ServerConnection::send(QByteArrayView bytes)
{
    if (m_drip.isActive()) {
        m_dripping += bytes;
    } else {
        write(bytes);
    }
}

void ServerConnection::appendEnd(QByteArray &out) const
{
    if (m_chunked) {
        out += "0\r\n\r\n";
    }
}

void ServerConnection::endStream()
{
    m_chunked = false;
    if (m_drip.isActive()) {
        m_endAfterDrip = true;
    } else {
        finishResponse();
    }
}

void ServerConnection::finishResponse()
{
    if (!m_open) {
        return;
    }
    m_answering = false;
    m_since.start();
    if (!m_keepAlive) {
        m_draining = true;
        m_socket.disconnectFromHost();
        return;
    }
    m_parser.reset();
    if (!m_unread.isEmpty()) {
        QMetaObject::invokeMethod(this, &ServerConnection::takeRequests, Qt::QueuedConnection);
    }
}

void ServerConnection::write(QByteArrayView bytes)
{
    if (!m_open || bytes.isEmpty()) {
        return;
    }
    // What the system does not take now, and any error, the socket deals with in its time.
    const qint64 sent = m_socket.bytesToWrite() == 0 ? sendNow(m_socket, bytes) : 0;
    if (sent < bytes.size()) {
        m_socket.write(bytes.data() + sent, bytes.size() - sent);
    }
}

bool ServerConnection::isCongested() const
{
    return m_socket.bytesToWrite() + m_dripping.size() > congestion;
}

void ServerConnection::setCommonHeaders(const Headers &headers) { m_commonHeaders = headers; }

void ServerConnection::setDrip(Milliseconds interval) { m_drip.start(interval); }

void ServerConnection::dripByte()
{
    if (!m_dripping.isEmpty()) {
        write(QByteArrayView(m_dripping).first(1));
        m_dripping.remove(0, 1);
    } else if (std::exchange(m_endAfterDrip, false)) {
        m_drip.stop();
        finishResponse();
    }
}

void ServerConnection::cut()
{
    m_socket.disconnectFromHost();
    close();
}

void ServerConnection::reset()
{
    if (m_open) {
        resetOnClose(m_socket);
        m_socket.abort();
    }
    close();
}

void ServerConnection::checkTimeouts(Milliseconds headLimit, Milliseconds idleLimit)
{
    if (m_answering || !m_open) {
        return;
    }
    const Milliseconds since{m_since.elapsed()};
    const bool idle = !m_draining && m_parser.isIdle() && m_unread.isEmpty();
    if (since > (idle ? idleLimit : headLimit)) {
        cut();
    }
}

void ServerConnection::close()
{
    if (std::exchange(m_open, false)) {
        m_drip.stop();
        // Queued: this may come from within a write in the middle of somebody's loop.
        QMetaObject::invokeMethod(this, &ServerConnection::closed, Qt::QueuedConnection);
    }
}

} // namespace Lorikeet::Sim

#include "moc_serverconnection.cpp"
