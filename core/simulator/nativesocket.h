// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

class QTcpSocket;

namespace Lorikeet::Sim {

// What a server needs of a socket and QTcpSocket does not offer.

/// Hands bytes to the system in this very call, by one system call; returns how many it took.
/// QTcpSocket::write() waits for the event loop instead, also when opened Unbuffered (that works
/// only for connections it made itself), and flush() after it costs two system calls more.
[[nodiscard]] qint64 sendNow(const QTcpSocket &socket, QByteArrayView bytes);

/// Ends the sending half; the other side reads the end once it has read everything.
void shutDownSending(const QTcpSocket &socket);

/// Lets the connection end with a reset when it is closed.
void resetOnClose(const QTcpSocket &socket);

} // namespace Lorikeet::Sim
