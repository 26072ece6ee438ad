// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/endpoint.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>

namespace Lorikeet {

/// An answer as it came over the wire.
struct RawReply
{
    enum class End {
        Complete, ///< by its length, or its last chunk
        Closed, ///< the connection ended before that
        Waiting, ///< nothing more came in time
    };

    int status = 0;
    Headers headers;
    QByteArray body;
    End end = End::Waiting;

    [[nodiscard]] QByteArray header(QByteArrayView name) const
    {
        return headerValue(headers, name);
    }

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }

    /// The data of each event of an event stream; comments as they are.
    [[nodiscard]] QByteArrayList events() const;

    /// The same as JSON, without a final "[DONE]".
    [[nodiscard]] QList<QJsonObject> chunks() const;
};

/// A client that writes and reads bytes, blocking: what the tests of the simulator (which runs in a
/// thread of its own) need to see exactly what goes over the wire.
class RawClient final
{
public:
    explicit RawClient(quint16 port);

    void send(const QByteArray &bytes);
    void sendRequest(const QByteArray &method, const QByteArray &path, const QByteArray &body = {},
        const Headers &headers = {});

    /// The next answer. Gives up waiting after `milliseconds` without a byte.
    [[nodiscard]] RawReply receive(int milliseconds = 30'000, bool toHead = false);

    /// Until the connection's bytes contain `text`; false after 30 s.
    [[nodiscard]] bool waitFor(const QByteArray &text);

    [[nodiscard]] bool waitForClose();

    [[nodiscard]] QTcpSocket &socket() { return m_socket; }

private:
    [[nodiscard]] bool more(int milliseconds);
    [[nodiscard]] bool takeChunks(QByteArray &body, int milliseconds);

    QTcpSocket m_socket;
    QByteArray m_bytes; ///< received and not taken
};

/// One request on a connection of its own.
[[nodiscard]] RawReply ask(quint16 port, const QByteArray &method, const QByteArray &path,
    const QByteArray &body = {}, const Headers &headers = {});

/// The same with a JSON body.
[[nodiscard]] RawReply post(
    quint16 port, const QByteArray &path, const QJsonObject &body, const Headers &headers = {});

/// A chat of one message, as JSON for post().
[[nodiscard]] QJsonObject chatBody(const QString &prompt, const QJsonObject &more = {});

/// The text of a streamed chat: the contents joined.
[[nodiscard]] QString joinedContent(const RawReply &reply);

} // namespace Lorikeet
