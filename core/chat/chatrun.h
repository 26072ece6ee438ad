// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "http/chatstream.h"
#include "model/chatrequest.h"
#include "model/endpoint.h"

#include <QFuture>
#include <QObject>

#include <functional>
#include <memory>

namespace Lorikeet {

class ChatService;

/// One request for an answer, from looking up its endpoint to its end. Signals come from the event
/// loop; `finished()` exactly once and last, unless this is deleted, which aborts without a word.
class ChatRun final : public QObject
{
    Q_OBJECT

public:
    /// Makes the request once the endpoint is known, or says why there is none.
    using Prepare = std::function<Result<ChatRequest>(const Endpoint &)>;

    ChatRun(ChatService &service, Prepare prepare, QObject *parent);

    /// A cancelled future ends the run like an error.
    void start(const QFuture<Result<Target>> &target);
    /// Leads to finished() with an error of Kind::Cancelled and what has arrived.
    void stop();

Q_SIGNALS:
    void retrying(const Lorikeet::Retry &retry);
    void events(const Lorikeet::StreamEvents &events);
    void finished(const Lorikeet::ChatOutcome &outcome);

private:
    void onTarget(const Result<Target> &target);
    void endSoon(const ApiError &error);

    ChatService &m_service;
    Prepare m_prepare;
    std::unique_ptr<ChatStream> m_stream;
    bool m_ended = false; ///< an end without a stream is on its way
};

} // namespace Lorikeet
