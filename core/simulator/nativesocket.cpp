// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/nativesocket.h"

#include <QTcpSocket>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace Lorikeet::Sim {

namespace {

#ifdef Q_OS_WIN
using Handle = SOCKET;
constexpr int sendingHalf = SD_SEND;
#else
using Handle = int;
constexpr int sendingHalf = SHUT_WR;
#endif

#ifdef MSG_NOSIGNAL
constexpr int sendFlags = MSG_NOSIGNAL;
#else
constexpr int sendFlags = 0;
#endif

Handle handleOf(const QTcpSocket &socket) { return static_cast<Handle>(socket.socketDescriptor()); }

} // namespace

qint64 sendNow(const QTcpSocket &socket, QByteArrayView bytes)
{
    const auto size = static_cast<decltype(sizeof 0)>(bytes.size());
#ifdef Q_OS_WIN
    const qint64 sent = ::send(handleOf(socket), bytes.data(), static_cast<int>(size), sendFlags);
#else
    const qint64 sent = ::send(handleOf(socket), bytes.data(), size, sendFlags);
#endif
    return std::max<qint64>(sent, 0);
}

void shutDownSending(const QTcpSocket &socket) { ::shutdown(handleOf(socket), sendingHalf); }

void resetOnClose(const QTcpSocket &socket)
{
    linger immediately{};
    immediately.l_onoff = 1;
    ::setsockopt(handleOf(socket), SOL_SOCKET, SO_LINGER,
        reinterpret_cast<const char *>(&immediately), sizeof immediately);
}

} // namespace Lorikeet::Sim
