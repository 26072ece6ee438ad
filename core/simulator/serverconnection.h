// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/clock.h"
#include "model/endpoint.h"
#include "simulator/requestparser.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTcpSocket>
#include <QTimer>

namespace Lorikeet::Sim {

/// An answer, or with an empty body the head of one that is streamed.
struct ServerResponse
{
    int status = 200;
    QByteArray contentType; ///< empty: no such header
    QByteArray body;
    Headers headers; ///< further ones
};

/// One client's connection: reads requests one after the other (what is pipelined waits its turn),
/// writes their answers. Each send() is one write to the system, so that whoever calls it decides
/// what travels together.
///
/// requestReceived() comes from the event loop, never from within a call; so does closed(), once,
/// after which nothing else comes. The owner deletes it then.
class ServerConnection final : public QObject
{
    Q_OBJECT

public:
    ServerConnection(qintptr descriptor, RequestParser::Limits limits, QObject *parent);
    ~ServerConnection() override;

    /// False once the client has gone, or the connection was ended from here.
    [[nodiscard]] bool isOpen() const { return m_open; }

    /// Headers of every answer, such as the server's name.
    void setCommonHeaders(const Headers &headers);

    /// The request being answered, valid until the answer is complete.
    [[nodiscard]] const ServerRequest &request() const { return m_parser.request(); }

    void respond(const ServerResponse &response);

    /// As respond(), but only so many bytes of the body; for connections about to fail.
    void respondPart(const ServerResponse &response, qsizetype bodyBytes);

    /// Streams: the head at once, then parts, each framed by appendPart(), the last followed by
    /// appendEnd(), all sent with send(); then endStream().
    void beginStream(const ServerResponse &head);
    void appendPart(QByteArray &out, QByteArrayView payload) const;
    void appendEnd(QByteArray &out) const;
    void send(QByteArrayView bytes);
    void endStream();

    /// More is waiting to be sent than a client that reads would leave.
    [[nodiscard]] bool isCongested() const;

    /// From now on the body of the answer goes out one byte each `interval`.
    void setDrip(Milliseconds interval);

    /// Ends the connection at once: orderly (FIN), or with a reset.
    void cut();
    void reset();

    /// Called by the owner now and then: ends connections on which the head of a request, a pause
    /// within its body, or the end takes longer than `head`, or that are kept without a request
    /// for longer than `idle`.
    void checkTimeouts(Milliseconds head, Milliseconds idle);

Q_SIGNALS:
    void requestReceived();
    void closed();

private:
    void read();
    void takeRequests();
    void finishResponse();
    void refuse();
    void write(QByteArrayView bytes);
    void dripByte();
    void close();
    [[nodiscard]] QByteArray head(const ServerResponse &response, bool streamed) const;

    QTcpSocket m_socket;
    Headers m_commonHeaders;
    RequestParser m_parser;
    QByteArray m_unread; ///< received, and not part of the request being answered
    QElapsedTimer m_since; ///< the last step towards a request
    QTimer m_drip;
    QByteArray m_dripping; ///< what still goes out byte by byte
    bool m_open = true;
    bool m_answering = false;
    bool m_chunked = false;
    bool m_keepAlive = true;
    bool m_endAfterDrip = false;
    bool m_draining = false; ///< ending: what still comes is read and thrown away
};

} // namespace Lorikeet::Sim
