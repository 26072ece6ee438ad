// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/endpoint.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSslConfiguration>
#include <QUrl>

#include <chrono>
#include <optional>
#include <variant>

class QTcpServer;

namespace Lorikeet {

/// What a ScriptedServer does after it has read one whole request. Built step by step:
///
///     Script().send("HTTP/1.1 200 OK\r\n\r\n").hold().send("data: x\n\n").close()
///
/// A script that does not end in close() or reset() leaves the connection open for a next request.
class Script final
{
public:
    struct Send
    {
        QByteArray bytes;
    };

    struct Hold
    { };

    struct Pause
    {
        std::chrono::milliseconds time;
    };

    struct Close
    { };

    struct Reset
    { };

    using Step = std::variant<Send, Hold, Pause, Close, Reset>;

    /// Handed to the system at once. Whether it comes in one read there nobody promises; only what
    /// a hold() separates is sure to come apart.
    Script &send(const QByteArray &bytes);
    /// Each piece in a write of its own, with a turn of the event loop between.
    Script &sendPieces(const QList<QByteArray> &pieces);
    /// `bytes` as one chunk of a chunked body.
    Script &chunk(const QByteArray &bytes);
    /// The end of a chunked body.
    Script &lastChunk();
    /// Waits for release().
    Script &hold();
    Script &pause(std::chrono::milliseconds time);
    /// Ends the connection in good order, after what was sent.
    Script &close();
    /// Ends it with a TCP reset, which may overtake what was sent before: hold() in between.
    Script &reset();

    /// A whole answer with a Content-Length.
    [[nodiscard]] static Script reply(int status, const QByteArray &contentType,
        const QByteArray &body, const Headers &headers = {});
    /// The head of a chunked answer; continue with chunk().
    [[nodiscard]] static Script chunked(
        int status, const QByteArray &contentType, const Headers &headers = {});
    /// The head of an answer that ends with its connection; continue with send().
    [[nodiscard]] static Script untilClose(
        int status, const QByteArray &contentType, const Headers &headers = {});

    [[nodiscard]] const QList<Step> &steps() const { return m_steps; }

private:
    QList<Step> m_steps;
};

/// An HTTP server for tests that sends exactly the bytes it is told to, right or wrong. Listens
/// on a free port of 127.0.0.1 and lives in the thread that made it, which must run an event loop
/// (QTRY_*, QSignalSpy::wait). Every request takes the next script in the queue; with none left
/// it takes the one given to setRoute() for its target, and failing that the one given to
/// setDefault(), which at first answers 500.
class ScriptedServer final : public QObject
{
    Q_OBJECT

public:
    struct Request
    {
        QByteArray verb;
        QByteArray target; ///< path and query, as sent
        Headers headers;
        QByteArray body; ///< with a chunked encoding removed
        int connection = 0; ///< counted from 0: tells whether a connection was reused

        [[nodiscard]] QByteArray header(QByteArrayView name) const
        {
            return headerValue(headers, name);
        }
    };

    /// With a TLS configuration (certificate and key inside) it speaks https.
    explicit ScriptedServer(
        const std::optional<QSslConfiguration> &tls = std::nullopt, QObject *parent = nullptr);

    void enqueue(const Script &script);
    /// For requests that may come in any order; `target` is path and query.
    void setRoute(const QByteArray &target, const Script &script);
    void setDefault(const Script &script);

    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/")) const;
    [[nodiscard]] quint16 port() const;

    [[nodiscard]] const QList<Request> &requests() const { return m_requests; }

    /// Connections accepted since the start.
    [[nodiscard]] int connectionCount() const { return m_connectionCount; }

    /// Connections open now.
    [[nodiscard]] int openConnections() const { return int(m_connections.size()); }

    /// Connections that wait in a hold() now.
    [[nodiscard]] int heldConnections() const;

    /// Lets every connection that waits in a hold() go on.
    void release();
    /// Ends all connections; new ones are still accepted.
    void closeConnections();
    void resetConnections();
    /// Accepts no more: connecting is refused from now on. Open connections stay.
    void stopListening();

Q_SIGNALS:
    void requestReceived(const Lorikeet::ScriptedServer::Request &request);
    /// The other side, or the script, ended a connection.
    void connectionEnded();

private:
    class Connection;

    void accept();
    void run(Connection &connection);
    void perform(Connection &connection, const Script::Step &step);
    [[nodiscard]] static bool takeRequest(QByteArray &buffer, Request &request);

    QTcpServer *m_server; ///< a child of this
    bool m_tls = false;
    quint16 m_port = 0;
    int m_connectionCount = 0;
    QList<Connection *> m_connections; ///< children of this
    QList<Script> m_scripts;
    QHash<QByteArray, Script> m_routes;
    Script m_default;
    QList<Request> m_requests;
};

} // namespace Lorikeet
