// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "socketdoor.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QTcpSocket>

namespace Lorikeet {

SocketDoor::SocketDoor(quint16 port, QObject *parent)
    : QObject(parent)
    , m_port(port)
    , m_server(new QLocalServer(this))
{
    connect(m_server, &QLocalServer::newConnection, this, &SocketDoor::accept);
    if (!m_server->listen(path())) {
        qFatal("SocketDoor: cannot listen: %s", qPrintable(m_server->errorString()));
    }
}

void SocketDoor::accept()
{
    while (QLocalSocket *outside = m_server->nextPendingConnection()) {
        ++m_count;
        auto *inside = new QTcpSocket(outside);
        connect(outside, &QLocalSocket::readyRead, inside,
            [outside, inside] { inside->write(outside->readAll()); });
        connect(inside, &QTcpSocket::readyRead, outside,
            [outside, inside] { outside->write(inside->readAll()); });
        connect(outside, &QLocalSocket::disconnected, inside, &QTcpSocket::disconnectFromHost);
        connect(inside, &QTcpSocket::disconnected, outside, &QLocalSocket::disconnectFromServer);
        inside->connectToHost(QStringLiteral("127.0.0.1"), m_port);
    }
}

} // namespace Lorikeet
