// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <QTemporaryDir>

class QLocalServer;

namespace Lorikeet {

/// A UNIX socket through which a server at a port of 127.0.0.1 is reached.
class SocketDoor final : public QObject
{
    Q_OBJECT

public:
    explicit SocketDoor(quint16 port, QObject *parent = nullptr);

    [[nodiscard]] QString path() const { return m_dir.filePath(QStringLiteral("server.sock")); }

    /// Those accepted since the start.
    [[nodiscard]] int connectionCount() const { return m_count; }

private:
    void accept();

    QTemporaryDir m_dir;
    quint16 m_port;
    QLocalServer *m_server; ///< a child of this
    int m_count = 0;
};

} // namespace Lorikeet
