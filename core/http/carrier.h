// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/chatrequest.h"
#include "model/description.h"
#include "model/endpoint.h"
#include "tasks/task.h"

#include <QFuture>

namespace Lorikeet {

class ChatStream;

/// A way to endpoints that are not asked over HTTP, told by their addresses. Made by the programs
/// and given to ApiClient, in whose thread it lives and is used.
class Carrier
{
public:
    Carrier() = default;
    Q_DISABLE_COPY_MOVE(Carrier)
    virtual ~Carrier() = default;

    [[nodiscard]] virtual bool carries(const QUrl &url) const = 0;
    /// The dialect of all that it carries: the id of a Provider.
    [[nodiscard]] virtual QString provider() const = 0;

    // As ApiClient's and as runTask(), of endpoints that it carries.

    [[nodiscard]] virtual ChatStream *chat(
        const Target &target, const ChatRequest &request, QObject *parent)
        = 0;
    [[nodiscard]] virtual QFuture<Result<EndpointDescription>> describe(const Target &target) = 0;
    [[nodiscard]] virtual QFuture<Result<EmbedReply>> embed(
        const Target &target, const EmbedRequest &request, const RetryNotice &told)
        = 0;
    [[nodiscard]] virtual QFuture<Result<RerankReply>> rerank(
        const Target &target, const RerankRequest &request, const RetryNotice &told)
        = 0;
};

} // namespace Lorikeet
