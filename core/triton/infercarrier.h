// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/carrier.h"
#include "triton/inferserver.h"

#include <functional>
#include <memory>

namespace Lorikeet::Triton {

/// Carries chats and tasks to servers of KServe v2 over gRPC. What was last asked keeps its
/// connections for the next time.
class InferCarrier final : public Carrier
{
public:
    using TransportMaker = std::function<std::unique_ptr<StreamingTransport>(const Target &)>;

    explicit InferCarrier(TransportMaker make);

    [[nodiscard]] bool carries(const QUrl &url) const override;
    [[nodiscard]] QString provider() const override;
    [[nodiscard]] ChatStream *chat(
        const Target &target, const ChatRequest &request, QObject *parent) override;
    [[nodiscard]] QFuture<Result<EndpointDescription>> describe(const Target &target) override;
    [[nodiscard]] QFuture<Result<EmbedReply>> embed(
        const Target &target, const EmbedRequest &request, const RetryNotice &told) override;
    [[nodiscard]] QFuture<Result<RerankReply>> rerank(
        const Target &target, const RerankRequest &request, const RetryNotice &told) override;

private:
    struct Known
    {
        Target target;
        std::shared_ptr<InferServer> server;
    };

    [[nodiscard]] std::shared_ptr<InferServer> serverFor(const Target &target);

    TransportMaker m_make;
    QList<Known> m_known; ///< the last asked last
};

} // namespace Lorikeet::Triton
