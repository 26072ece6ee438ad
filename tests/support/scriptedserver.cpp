// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "scriptedserver.h"

#include <QHostAddress>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>

#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK"_ba;
    case 307:
        return "Temporary Redirect"_ba;
    case 401:
        return "Unauthorized"_ba;
    case 404:
        return "Not Found"_ba;
    case 429:
        return "Too Many Requests"_ba;
    case 500:
        return "Internal Server Error"_ba;
    case 503:
        return "Service Unavailable"_ba;
    default:
        return "Status"_ba;
    }
}

QByteArray head(int status, const QByteArray &contentType, Headers headers)
{
    if (!contentType.isEmpty()) {
        headers.append({"Content-Type"_ba, contentType});
    }
    QByteArray text
        = "HTTP/1.1 "_ba + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\n"_ba;
    for (const Header &header : headers) {
        text += header.name + ": "_ba + header.value + "\r\n"_ba;
    }
    return text + "\r\n"_ba;
}

/// Ends the connection with a reset: what a close becomes once lingering is set to nothing.
void reset(QTcpSocket &socket)
{
    const linger option{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(
        int(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &option, socklen_t(sizeof option));
    socket.abort();
}

/// Takes a whole chunked body off `buffer` from `at`; nothing while it is not all there.
std::optional<QByteArray> takeChunkedBody(QByteArray &buffer, qsizetype at)
{
    QByteArray body;
    for (;;) {
        const qsizetype lineEnd = buffer.indexOf("\r\n", at);
        if (lineEnd < 0) {
            return std::nullopt;
        }
        const qsizetype size = buffer.sliced(at, lineEnd - at).trimmed().toLongLong(nullptr, 16);
        const qsizetype next = lineEnd + 2 + size + 2;
        if (buffer.size() < next) {
            return std::nullopt;
        }
        body += QByteArrayView(buffer).sliced(lineEnd + 2, size);
        at = next;
        if (size == 0) {
            buffer.remove(0, at);
            return body;
        }
    }
}

} // namespace

Script &Script::send(const QByteArray &bytes)
{
    m_steps.append(Send{bytes});
    return *this;
}

Script &Script::sendPieces(const QList<QByteArray> &pieces)
{
    for (const QByteArray &piece : pieces) {
        send(piece).pause(std::chrono::milliseconds(0));
    }
    return *this;
}

Script &Script::chunk(const QByteArray &bytes)
{
    return send(QByteArray::number(bytes.size(), 16) + "\r\n"_ba + bytes + "\r\n"_ba);
}

Script &Script::lastChunk() { return send("0\r\n\r\n"_ba); }

Script &Script::hold()
{
    m_steps.append(Hold{});
    return *this;
}

Script &Script::pause(std::chrono::milliseconds time)
{
    m_steps.append(Pause{time});
    return *this;
}

Script &Script::close()
{
    m_steps.append(Close{});
    return *this;
}

Script &Script::reset()
{
    m_steps.append(Reset{});
    return *this;
}

Script Script::reply(
    int status, const QByteArray &contentType, const QByteArray &body, const Headers &headers)
{
    const Headers all = headers + Headers{{"Content-Length"_ba, QByteArray::number(body.size())}};
    return Script().send(head(status, contentType, all) + body);
}

Script Script::chunked(int status, const QByteArray &contentType, const Headers &headers)
{
    const Headers all = headers + Headers{{"Transfer-Encoding"_ba, "chunked"_ba}};
    return Script().send(head(status, contentType, all));
}

Script Script::untilClose(int status, const QByteArray &contentType, const Headers &headers)
{
    const Headers all = headers + Headers{{"Connection"_ba, "close"_ba}};
    return Script().send(head(status, contentType, all));
}

/// Leaves the server's list as soon as it has ended, and dies later: a script may end its own
/// connection from within.
class ScriptedServer::Connection final : public QObject
{
public:
    Connection(QTcpSocket *itsSocket, int itsNumber, QObject *parent)
        : QObject(parent)
        , socket(itsSocket)
        , number(itsNumber)
    {
        socket->setParent(this);
    }

    [[nodiscard]] bool isIdle() const { return steps.isEmpty() && !held && !pausing; }

    QTcpSocket *socket;
    int number;
    QByteArray received;
    QList<Script::Step> steps; ///< still to be done
    bool held = false;
    bool pausing = false;
};

ScriptedServer::ScriptedServer(const std::optional<QSslConfiguration> &tls, QObject *parent)
    : QObject(parent)
    , m_tls(tls.has_value())
    , m_default(Script::reply(500, "text/plain"_ba, "no script left"_ba))
{
    if (tls) {
        auto *server = new QSslServer(this);
        server->setSslConfiguration(*tls);
        m_server = server;
    } else {
        m_server = new QTcpServer(this);
    }
    connect(m_server, &QTcpServer::pendingConnectionAvailable, this, &ScriptedServer::accept);
    m_server->setListenBacklogSize(1024);
    if (!m_server->listen(QHostAddress::LocalHost)) {
        qFatal("ScriptedServer: cannot listen: %s", qPrintable(m_server->errorString()));
    }
    m_port = m_server->serverPort();
}

void ScriptedServer::enqueue(const Script &script) { m_scripts.append(script); }

void ScriptedServer::setRoute(const QByteArray &target, const Script &script)
{
    m_routes.insert(target, script);
}

void ScriptedServer::setDefault(const Script &script) { m_default = script; }

QUrl ScriptedServer::url(const QString &path) const
{
    QUrl url;
    url.setScheme(m_tls ? u"https"_s : u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(m_port);
    url.setPath(path);
    return url;
}

quint16 ScriptedServer::port() const { return m_port; }

int ScriptedServer::heldConnections() const
{
    return int(std::ranges::count_if(
        m_connections, [](const Connection *connection) { return connection->held; }));
}

void ScriptedServer::release()
{
    // A copy: running a script may end its connection and so change the list.
    const QList<Connection *> connections = m_connections;
    for (Connection *connection : connections) {
        if (std::exchange(connection->held, false)) {
            run(*connection);
        }
    }
}

void ScriptedServer::closeConnections()
{
    const QList<Connection *> connections = m_connections;
    for (Connection *connection : connections) {
        connection->socket->disconnectFromHost();
    }
}

void ScriptedServer::resetConnections()
{
    const QList<Connection *> connections = m_connections;
    for (Connection *connection : connections) {
        reset(*connection->socket);
    }
}

void ScriptedServer::stopListening() { m_server->close(); }

void ScriptedServer::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        auto *connection = new Connection(socket, m_connectionCount++, this);
        m_connections.append(connection);
        connect(socket, &QTcpSocket::readyRead, this, [this, connection] {
            connection->received += connection->socket->readAll();
            run(*connection);
        });
        connect(socket, &QTcpSocket::disconnected, this, [this, connection] {
            m_connections.removeOne(connection);
            connection->received.clear();
            connection->steps.clear();
            connection->held = false;
            connection->deleteLater();
            Q_EMIT connectionEnded();
        });
        // What came before the signals were connected.
        connection->received = socket->readAll();
        run(*connection);
    }
}

void ScriptedServer::run(Connection &connection)
{
    for (;;) {
        while (!connection.steps.isEmpty() && !connection.held && !connection.pausing) {
            perform(connection, connection.steps.takeFirst());
        }
        // A next request may have come while the script was still running.
        Request request;
        if (!connection.isIdle() || !takeRequest(connection.received, request)) {
            return;
        }
        request.connection = connection.number;
        m_requests.append(request);
        connection.steps = (m_scripts.isEmpty() ? m_routes.value(request.target, m_default)
                                                : m_scripts.takeFirst())
                               .steps();
        Q_EMIT requestReceived(request);
    }
}

void ScriptedServer::perform(Connection &connection, const Script::Step &step)
{
    if (const auto *send = std::get_if<Script::Send>(&step)) {
        connection.socket->write(send->bytes);
        connection.socket->flush();
    } else if (std::holds_alternative<Script::Hold>(step)) {
        connection.held = true;
    } else if (const auto *pause = std::get_if<Script::Pause>(&step)) {
        connection.pausing = true;
        QTimer::singleShot(pause->time, &connection, [this, &connection] {
            connection.pausing = false;
            run(connection);
        });
    } else if (std::holds_alternative<Script::Close>(step)) {
        connection.socket->disconnectFromHost();
    } else {
        reset(*connection.socket);
    }
}

bool ScriptedServer::takeRequest(QByteArray &buffer, Request &request)
{
    const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
    if (headEnd < 0) {
        return false;
    }
    QList<QByteArray> lines = buffer.first(headEnd).split('\n');
    const QList<QByteArray> words = lines.takeFirst().trimmed().split(' ');
    request.verb = words.value(0);
    request.target = words.value(1);
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0) {
            request.headers.append({line.first(colon), line.sliced(colon + 1).trimmed()});
        }
    }
    const qsizetype bodyStart = headEnd + 4;
    if (request.header("transfer-encoding").compare("chunked", Qt::CaseInsensitive) == 0) {
        std::optional<QByteArray> body = takeChunkedBody(buffer, bodyStart);
        request.body = body.value_or(QByteArray());
        return body.has_value();
    }
    const qsizetype length = request.header("content-length").toLongLong();
    if (buffer.size() < bodyStart + length) {
        return false;
    }
    request.body = buffer.sliced(bodyStart, length);
    buffer.remove(0, bodyStart + length);
    return true;
}

} // namespace Lorikeet
