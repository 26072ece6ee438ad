// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/endpoint.h"

#include <QProcess>
#include <QStringList>

namespace Lorikeet {

/// gRPC's own server (in Python), speaking KServe v2, in a process of its own: see kserve-server
/// for its models. Listens on a free port of 127.0.0.1.
class KserveServer final
{
public:
    /// `options` are those of kserve-server, as NAME=VALUE; with a certificate it speaks TLS.
    explicit KserveServer(const QStringList &options = {});
    ~KserveServer();
    Q_DISABLE_COPY_MOVE(KserveServer)

    /// At once, without a word to those who are connected.
    void stop();

    /// Its grpc:// or grpcs:// address, with a key.
    [[nodiscard]] Target target() const;

    /// 0 if it did not start.
    [[nodiscard]] int port() const { return m_port; }

private:
    QProcess m_process;
    int m_port = 0;
    bool m_isSecure = false;
};

} // namespace Lorikeet
