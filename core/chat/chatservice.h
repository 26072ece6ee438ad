// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "adapters/adapteradmin.h"
#include "base/result.h"
#include "model/chatrequest.h"
#include "model/description.h"
#include "model/endpoint.h"
#include "providers/endpointprobe.h"

#include <QFuture>

#include <memory>

namespace Lorikeet {

class ChatStream;

/// Who asks endpoints on behalf of a chat: NetworkThread in the programs, a fake in tests.
class ChatService
{
public:
    ChatService() = default;
    Q_DISABLE_COPY_MOVE(ChatService)
    virtual ~ChatService() = default;

    /// Starts a request. The stream lives in the caller's thread and belongs to the caller;
    /// otherwise it keeps the contract of ChatStream. Deleting it aborts the request.
    [[nodiscard]] virtual std::unique_ptr<ChatStream> chat(
        const Target &target, const ChatRequest &request)
        = 0;

    /// As ApiClient::describe().
    [[nodiscard]] virtual QFuture<Result<EndpointDescription>> describe(const Target &target) = 0;

    /// As Lorikeet::probe().
    [[nodiscard]] virtual QFuture<Result<ProbeResult>> probe(const Target &target) = 0;

    /// As Lorikeet::changeAdapters().
    [[nodiscard]] virtual QFuture<Result<QString>> changeAdapters(
        const Target &target, const AdapterChange &change)
        = 0;
};

} // namespace Lorikeet
