// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rawclient.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace Lorikeet {

QByteArrayList RawReply::events() const
{
    QByteArrayList list;
    for (qsizetype from = 0; from < body.size();) {
        const qsizetype next = body.indexOf("\n\n", from);
        if (next < 0) {
            list.append(body.sliced(from));
            break;
        }
        QByteArray event = body.sliced(from, next - from);
        if (event.startsWith("data: ")) {
            event.remove(0, 6);
        }
        list.append(event);
        from = next + 2;
    }
    return list;
}

QList<QJsonObject> RawReply::chunks() const
{
    QList<QJsonObject> list;
    const QByteArrayList all = events();
    for (const QByteArray &event : all) {
        if (event != "[DONE]" && !event.startsWith(':')) {
            list.append(QJsonDocument::fromJson(event).object());
        }
    }
    return list;
}

RawClient::RawClient(quint16 port)
{
    m_socket.connectToHost(u"127.0.0.1"_s, port);
    m_socket.waitForConnected();
}

void RawClient::send(const QByteArray &bytes)
{
    m_socket.write(bytes);
    m_socket.flush();
}

void RawClient::sendRequest(const QByteArray &method, const QByteArray &path,
    const QByteArray &body, const Headers &headers)
{
    QByteArray bytes = method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    for (const auto &[name, value] : headers) {
        bytes += name + ": " + value + "\r\n";
    }
    if (!body.isEmpty()) {
        bytes += "Content-Type: application/json\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\n";
    }
    send(bytes + "\r\n" + body);
}

bool RawClient::more(int milliseconds)
{
    if (m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(milliseconds)
        && m_socket.bytesAvailable() == 0) {
        return false;
    }
    m_bytes += m_socket.readAll();
    return true;
}

RawReply RawClient::receive(int milliseconds, bool toHead)
{
    RawReply reply;
    const auto ended = [&] {
        reply.end = m_socket.state() == QAbstractSocket::ConnectedState ? RawReply::End::Waiting
                                                                        : RawReply::End::Closed;
        return reply;
    };
    while (!m_bytes.contains("\r\n\r\n")) {
        if (!more(milliseconds)) {
            return ended();
        }
    }
    const qsizetype headEnd = m_bytes.indexOf("\r\n\r\n");
    const QByteArrayList lines = m_bytes.first(headEnd).replace("\r\n", "\n").split('\n');
    m_bytes.remove(0, headEnd + 4);
    reply.status = lines.constFirst().split(' ').value(1).toInt();
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        reply.headers.append(Header{line.first(colon), line.sliced(colon + 1).trimmed()});
    }
    if (toHead || reply.status == 100) {
        reply.end = RawReply::End::Complete;
        return reply;
    }
    if (reply.header("transfer-encoding") == "chunked") {
        if (!takeChunks(reply.body, milliseconds)) {
            return ended();
        }
        reply.end = RawReply::End::Complete;
        return reply;
    }
    const QByteArray length = reply.header("content-length");
    while (length.isEmpty() || m_bytes.size() < length.toLongLong()) {
        if (!more(milliseconds)) {
            reply.body = std::exchange(m_bytes, {});
            return ended();
        }
    }
    reply.body = m_bytes.first(length.toLongLong());
    m_bytes.remove(0, length.toLongLong());
    reply.end = RawReply::End::Complete;
    return reply;
}

bool RawClient::takeChunks(QByteArray &body, int milliseconds)
{
    while (true) {
        qsizetype line = m_bytes.indexOf("\r\n");
        const qsizetype size = line < 0 ? -1 : m_bytes.first(line).toLongLong(nullptr, 16);
        if (line < 0 || m_bytes.size() < line + 2 + size + 2) {
            if (more(milliseconds)) {
                continue;
            }
            if (line >= 0) { // what there is of a broken chunk
                body += m_bytes.sliced(line + 2);
            }
            m_bytes.clear();
            return false;
        }
        body += m_bytes.sliced(line + 2, size);
        m_bytes.remove(0, line + 2 + size + 2);
        if (size == 0) {
            return true;
        }
    }
}

bool RawClient::waitFor(const QByteArray &text)
{
    while (!m_bytes.contains(text)) {
        if (!more(30'000)) {
            return false;
        }
    }
    return true;
}

bool RawClient::waitForClose()
{
    QElapsedTimer timer;
    timer.start();
    while (m_socket.state() == QAbstractSocket::ConnectedState && timer.elapsed() < 30'000) {
        static_cast<void>(more(100));
    }
    return m_socket.state() != QAbstractSocket::ConnectedState;
}

RawReply ask(quint16 port, const QByteArray &method, const QByteArray &path, const QByteArray &body,
    const Headers &headers)
{
    RawClient client(port);
    client.sendRequest(method, path, body, headers);
    return client.receive();
}

RawReply post(quint16 port, const QByteArray &path, const QJsonObject &body, const Headers &headers)
{
    return ask(port, "POST", path, QJsonDocument(body).toJson(QJsonDocument::Compact), headers);
}

QJsonObject chatBody(const QString &prompt, const QJsonObject &more)
{
    QJsonObject body{
        {u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, prompt}}}}};
    for (auto it = more.begin(); it != more.end(); ++it) {
        body.insert(it.key(), it.value());
    }
    return body;
}

QString joinedContent(const RawReply &reply)
{
    QString text;
    const QList<QJsonObject> chunks = reply.chunks();
    for (const QJsonObject &chunk : chunks) {
        text += chunk[u"choices"_s][0][u"delta"_s][u"content"_s].toString();
    }
    return text;
}

} // namespace Lorikeet
