// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "triton/infer.h"

#include <QObject>

#include <functional>
#include <optional>

namespace Lorikeet::Triton {

/// The answers to one request, as they come. Lives in the thread that asked; deleted, it cancels.
/// Made by StreamingTransport::stream(). Its signals come from the event loop.
class ReplyStream final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~ReplyStream() override;

    /// Ends it with Kind::Cancelled; harmless once it has ended.
    void cancel();

    // For the transport that makes it.

    /// What ends the request where it is under way; called at most once.
    void setCancel(std::function<void()> cancel) { m_cancel = std::move(cancel); }

    /// The first end counts.
    void finish(const std::optional<ApiError> &error);

Q_SIGNALS:
    /// The request was handed to a connection that stands. Again where that was in vain, since the
    /// server had turned the connection away without seeing it.
    void sent(Lorikeet::TimePoint at);
    /// One answer; `at` is when it arrived.
    void received(const Lorikeet::Triton::InferReply &reply, Lorikeet::TimePoint at);
    /// Once and last: nothing where the server said which answer was the last one.
    void finished(const std::optional<Lorikeet::ApiError> &error);

private:
    std::function<void()> m_cancel;
    bool m_over = false;
};

} // namespace Lorikeet::Triton
