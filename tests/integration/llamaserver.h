// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/secret.h"
#include "model/endpoint.h"

#include <QProcess>
#include <QStringList>
#include <QUrl>

namespace Lorikeet {

/// A real llama.cpp server on a free port of 127.0.0.1, with the tiny models of
/// tests/integration/llama-server. Ends with this object.
class LlamaServer final
{
public:
    enum class Model {
        Tiny, ///< a few thousand tokens a second
        Slow, ///< some twenty: slow enough to be stopped in the middle of an answer
    };

    LlamaServer() = default;
    Q_DISABLE_COPY_MOVE(LlamaServer)
    ~LlamaServer();

    /// Whether the server and its models have been made (`llama-server prepare`).
    [[nodiscard]] static bool isPrepared();

    /// Starts it and waits until it answers; both adapters at scale 0. Nothing, or what it printed.
    [[nodiscard]] QByteArray start(Model model, const QStringList &arguments = {});

    /// Ends it at once, as a crash would.
    void kill();

    [[nodiscard]] QUrl url() const;
    [[nodiscard]] Target target(const Secret &key = {}) const;

private:
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace Lorikeet
