// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/secret.h"
#include "model/chatoutcome.h"
#include "model/chatrequest.h"
#include "model/endpoint.h"
#include "testauthority.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <QUrl>

#include <optional>

namespace Lorikeet {

class ApiClient;

/// A real llama.cpp server on a free port of 127.0.0.1, with the tiny models of
/// tests/integration/llama-server. Ends with this object.
class LlamaServer final
{
public:
    enum class Model {
        Tiny, ///< a few thousand tokens a second
        Slow, ///< some twenty: slow enough to be stopped in the middle of an answer
        Embed, ///< a vector of 64 numbers for a text
        Rerank, ///< a score for a pair of texts
    };

    LlamaServer();
    Q_DISABLE_COPY_MOVE(LlamaServer)
    ~LlamaServer();

    /// Whether the server and its models have been made (`llama-server prepare`).
    [[nodiscard]] static bool isPrepared();

    /// Starts it and waits until it answers; both adapters at scale 0. Nothing, or what it printed.
    [[nodiscard]] QByteArray start(Model model, const QStringList &arguments = {});
    /// The same over TLS, showing `identity`.
    [[nodiscard]] QByteArray startSecure(Model model, const TestAuthority::Identity &identity);
    /// The same at a UNIX socket and nowhere else.
    [[nodiscard]] QByteArray startAtSocket(Model model);

    /// Ends it at once, as a crash would.
    void kill();

    [[nodiscard]] QUrl url() const;
    [[nodiscard]] Target target(const Secret &key = {}) const;

private:
    [[nodiscard]] bool isHealthy() const;

    QTemporaryDir m_dir; ///< which the server sees too
    QProcess m_process;
    quint16 m_port = 0;
    QString m_socket;
    bool m_isSecure = false;
};

/// What the adapters, 0 and 1, show by.
[[nodiscard]] const QStringList &pirateWords();
[[nodiscard]] const QStringList &legalWords();
[[nodiscard]] int countWords(const QString &text, const QStringList &words);

/// One answer to its end, or an error of Kind::Internal where a minute is not enough.
[[nodiscard]] ChatOutcome ask(ApiClient &client, const Target &target, const ChatRequest &request);

} // namespace Lorikeet
