// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/sendatonce.h"

#include <QtSystemDetection>

#ifdef Q_OS_UNIX
#include <QDirIterator>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace Lorikeet::Triton {

#ifdef Q_OS_UNIX

namespace {

/// The port of the other end; 0: it is no connection over TCP.
quint16 peerPort(int handle)
{
    union {
        sockaddr any;
        sockaddr_in v4;
        sockaddr_in6 v6;
        sockaddr_storage storage;
    } peer{};

    socklen_t size = sizeof peer;
    if (getpeername(handle, &peer.any, &size) != 0) {
        return 0;
    }
    switch (peer.any.sa_family) {
    case AF_INET:
        return ntohs(peer.v4.sin_port);
    case AF_INET6:
        return ntohs(peer.v6.sin6_port);
    default:
        return 0;
    }
}

} // namespace

void sendAtOnce(quint16 port)
{
    // The folder lists the handles of the process that looks into it.
    QDirIterator handles(QStringLiteral("/dev/fd"), QDir::AllEntries | QDir::System);
    while (handles.hasNext()) {
        handles.next();
        bool isNumber = false;
        const int handle = handles.fileName().toInt(&isNumber);
        if (isNumber && peerPort(handle) == port) {
            const int on = 1;
            // Another connection there than the one meant loses nothing by it.
            setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        }
    }
}

#else

void sendAtOnce(quint16) { }

#endif

} // namespace Lorikeet::Triton
