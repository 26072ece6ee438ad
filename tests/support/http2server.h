// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QSslConfiguration>
#include <QUrl>

class QSslServer;
class QSslSocket;

namespace Lorikeet {

/// A server that speaks just enough HTTP/2 (RFC 9113) to be streamed from: it does what a test
/// tells it, and understands of a request no more than its body. Limits: bodies below the first
/// flow-control window of 64 KiB.
class Http2Server final : public QObject
{
public:
    /// One that has been received whole.
    struct Request
    {
        int connection = 0; ///< counted from 0
        quint32 stream = 0;
        QByteArray body;
        bool isReset = false; ///< the client gave it up
    };

    explicit Http2Server(const QSslConfiguration &tls, QObject *parent = nullptr);

    [[nodiscard]] QUrl url() const;

    [[nodiscard]] const QList<Request> &requests() const { return m_requests; }

    [[nodiscard]] int connectionCount() const { return int(m_connections.size()); }

    [[nodiscard]] int openConnections() const;

    /// What was negotiated for each connection: "h2", "http/1.1", or nothing.
    [[nodiscard]] const QList<QByteArray> &protocols() const { return m_protocols; }

    /// Status 200 and the type of an event stream, as the answer to request number `index`.
    void sendHead(qsizetype index);
    void send(qsizetype index, const QByteArray &bytes, bool isLast = false);
    /// Ends one answer with an error.
    void reset(qsizetype index);
    /// Announces that no more requests are taken, and ends the connection.
    void goAway(int connection);

private:
    struct Connection
    {
        QPointer<QSslSocket> socket;
        QByteArray received;
        bool isGreeted = false;
        QList<Request> open; ///< not yet received whole
    };

    void accept();
    void read(int number);
    void take(int number, uchar type, uchar flags, quint32 stream, const QByteArray &payload);
    void write(int number, uchar type, uchar flags, quint32 stream, const QByteArray &payload);
    [[nodiscard]] Request &requestOf(int number, quint32 stream);

    QSslServer *m_server; ///< a child of this
    QList<Connection> m_connections;
    QList<QByteArray> m_protocols;
    QList<Request> m_requests;
};

} // namespace Lorikeet
