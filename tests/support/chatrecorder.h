// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "eventscript.h"
#include "http/apiclient.h"
#include "http/chatstream.h"
#include "managers.h"

#include <QNetworkAccessManager>
#include <QPointer>

#include <memory>

namespace Lorikeet {

/// Generous: it costs nothing when things work.
constexpr int longWait = 30'000;

/// The event that says why the answer ended; the same with the end marker behind it.
extern const QByteArray finishEvent;
extern const QByteArray doneEvents;
extern const QByteArray wholeAnswer; ///< one that is not streamed: "whole"

/// A server, and a client that asks it.
struct ClientSetup
{
    explicit ClientSetup(const QString &managerName);

    [[nodiscard]] Target target(const Timeouts &timeouts = {}) const;
    [[nodiscard]] static ChatRequest question(bool stream = true);
    [[nodiscard]] ChatStream *ask(const Timeouts &timeouts = {}, bool stream = true) const;

    std::unique_ptr<ScriptedServer> server;
    std::unique_ptr<QNetworkAccessManager> manager;
    std::unique_ptr<ApiClient> client;
};

/// Writes down what a stream says, and owns it.
class ChatRecorder final : public QObject
{
public:
    explicit ChatRecorder(ChatStream *stream);
    ~ChatRecorder() override;

    [[nodiscard]] bool isFinished() const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] ApiError::Kind errorKind() const;

    QStringList said; ///< the names of its signals
    QList<StreamEvents> batches;
    ChatOutcome outcome;

private:
    QPointer<ChatStream> m_stream;
};

} // namespace Lorikeet
