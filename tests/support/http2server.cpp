// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http2server.h"

#include <QSslServer>
#include <QSslSocket>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr QByteArrayView preface("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
constexpr qsizetype frameHead = 9;

// RFC 9113, 6.
constexpr uchar dataFrame = 0;
constexpr uchar headersFrame = 1;
constexpr uchar resetFrame = 3;
constexpr uchar settingsFrame = 4;
constexpr uchar pingFrame = 6;
constexpr uchar goAwayFrame = 7;
constexpr uchar endStream = 1; // of data and headers
constexpr uchar acknowledged = 1; // of settings and pings
constexpr uchar endHeaders = 4;

QByteArray bigEndian(quint32 value, int bytes)
{
    QByteArray text;
    for (int i = bytes - 1; i >= 0; --i) {
        text.append(char(value >> (8 * i)));
    }
    return text;
}

quint32 number(const QByteArray &bytes, qsizetype at, int count)
{
    quint32 value = 0;
    for (int i = 0; i < count; ++i) {
        value = value << 8 | uchar(bytes[at + i]);
    }
    return value;
}

QSslConfiguration withProtocols(QSslConfiguration tls)
{
    tls.setAllowedNextProtocols({"h2"_ba, "http/1.1"_ba});
    return tls;
}

} // namespace

Http2Server::Http2Server(const QSslConfiguration &tls, QObject *parent)
    : QObject(parent)
    , m_server(new QSslServer(this))
{
    m_server->setSslConfiguration(withProtocols(tls));
    connect(m_server, &QSslServer::pendingConnectionAvailable, this, &Http2Server::accept);
    if (!m_server->listen(QHostAddress::LocalHost)) {
        qFatal("Http2Server: cannot listen: %s", qPrintable(m_server->errorString()));
    }
}

QUrl Http2Server::url() const
{
    return QUrl(u"https://127.0.0.1:%1/v1"_s.arg(m_server->serverPort()));
}

int Http2Server::openConnections() const
{
    return int(std::ranges::count_if(m_connections, [](const Connection &connection) {
        return connection.socket && connection.socket->state() == QSslSocket::ConnectedState;
    }));
}

void Http2Server::accept()
{
    while (auto *socket = qobject_cast<QSslSocket *>(m_server->nextPendingConnection())) {
        const int number = connectionCount();
        m_connections.append({.socket = socket});
        m_protocols.append(socket->sslConfiguration().nextNegotiatedProtocol());
        connect(socket, &QSslSocket::readyRead, this, [this, number] { read(number); });
        if (m_protocols.last() == "h2") {
            write(number, settingsFrame, 0, 0, {});
        }
        read(number);
    }
}

void Http2Server::read(int number)
{
    Connection &connection = m_connections[number];
    QByteArray &received = connection.received;
    received += connection.socket->readAll();
    if (!connection.isGreeted) {
        if (!received.startsWith(preface)) {
            return;
        }
        connection.isGreeted = true;
        received.remove(0, preface.size());
    }
    while (received.size() >= frameHead) {
        const qsizetype length = Lorikeet::number(received, 0, 3);
        if (received.size() < frameHead + length) {
            return;
        }
        const auto type = uchar(received[3]);
        const auto flags = uchar(received[4]);
        const quint32 stream = Lorikeet::number(received, 5, 4);
        const QByteArray payload = received.sliced(frameHead, length);
        received.remove(0, frameHead + length);
        take(number, type, flags, stream, payload);
    }
}

Http2Server::Request &Http2Server::requestOf(int number, quint32 stream)
{
    QList<Request> &open = m_connections[number].open;
    const auto known = std::ranges::find(open, stream, &Request::stream);
    if (known != open.end()) {
        return *known;
    }
    open.append({.connection = number, .stream = stream});
    return open.last();
}

void Http2Server::take(
    int number, uchar type, uchar flags, quint32 stream, const QByteArray &payload)
{
    if (type == settingsFrame && (flags & acknowledged) == 0) {
        write(number, settingsFrame, acknowledged, 0, {});
    } else if (type == pingFrame && (flags & acknowledged) == 0) {
        write(number, pingFrame, acknowledged, 0, payload);
    } else if (type == resetFrame) {
        for (Request &request : m_requests) {
            request.isReset
                = request.isReset || (request.connection == number && request.stream == stream);
        }
    } else if (type == headersFrame || type == dataFrame) {
        Request &request = requestOf(number, stream);
        request.body += type == dataFrame ? payload : QByteArray();
        if ((flags & endStream) != 0) {
            m_requests.append(request);
            m_connections[number].open.removeIf(
                [stream](const Request &open) { return open.stream == stream; });
        }
    }
}

void Http2Server::write(
    int number, uchar type, uchar flags, quint32 stream, const QByteArray &payload)
{
    QSslSocket *socket = m_connections.at(number).socket;
    socket->write(bigEndian(quint32(payload.size()), 3) + char(type) + char(flags)
        + bigEndian(stream, 4) + payload);
    socket->flush();
}

void Http2Server::sendHead(qsizetype index)
{
    // HPACK (RFC 7541): entry 8 of the table, ":status: 200"; then the name of entry 31,
    // "content-type", with a literal value.
    const QByteArray type = "text/event-stream"_ba;
    const QByteArray fields = "\x88\x0f\x10"_ba + char(type.size()) + type;
    const Request &request = m_requests.at(index);
    write(request.connection, headersFrame, endHeaders, request.stream, fields);
}

void Http2Server::send(qsizetype index, const QByteArray &bytes, bool isLast)
{
    const Request &request = m_requests.at(index);
    write(request.connection, dataFrame, isLast ? endStream : uchar(0), request.stream, bytes);
}

void Http2Server::reset(qsizetype index)
{
    constexpr quint32 internalError = 2;
    const Request &request = m_requests.at(index);
    write(request.connection, resetFrame, 0, request.stream, bigEndian(internalError, 4));
}

void Http2Server::goAway(int connection)
{
    quint32 last = 0;
    for (const Request &request : m_requests) {
        last = request.connection == connection ? std::max(last, request.stream) : last;
    }
    write(connection, goAwayFrame, 0, 0, bigEndian(last, 4) + bigEndian(0, 4));
    m_connections.at(connection).socket->disconnectFromHost();
}

} // namespace Lorikeet
