// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/chatservice.h"

#include <QThread>

#include <memory>

namespace Lorikeet {

class ApiClient;

/// The thread in which all requests of chats are made, with one ApiClient for all of them, so that
/// no work of the caller's thread delays what is measured. Used from the thread that made it.
/// Destroying it aborts what runs; destroy the streams it gave out before.
class NetworkThread final : public ChatService
{
public:
    NetworkThread();
    ~NetworkThread() override;

    [[nodiscard]] std::unique_ptr<ChatStream> chat(
        const Target &target, const ChatRequest &request) override;
    [[nodiscard]] QFuture<Result<EndpointDescription>> describe(const Target &target) override;

private:
    QThread m_thread;
    ApiClient *m_client; ///< lives in m_thread
};

} // namespace Lorikeet
