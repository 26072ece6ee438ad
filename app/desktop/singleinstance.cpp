// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "singleinstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr int patience = 1000;

} // namespace

SingleInstance::SingleInstance(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_name("lorikeet-"_L1
          + QString::fromLatin1(QCryptographicHash::hash(
              QDir(folder).canonicalPath().toUtf8(), QCryptographicHash::Sha256)
                  .toHex()
                  .first(24)))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection()) {
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            Q_EMIT raiseWanted();
        }
    });
}

bool SingleInstance::raiseOther() const
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    return socket.waitForConnected(patience);
}

void SingleInstance::hold()
{
    // Nobody answered, so a socket file of that name is what a killed program left behind.
    QLocalServer::removeServer(m_name);
    m_server.listen(m_name);
}

} // namespace Lorikeet
