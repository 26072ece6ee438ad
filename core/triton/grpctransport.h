// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/endpoint.h"
#include "triton/transport.h"

#include <QObject>
#include <QThread>

#include <functional>
#include <memory>

namespace Lorikeet {

class Carrier;

}

namespace Lorikeet::Triton {

class GrpcPool;

/// KServe v2 over gRPC. All its connections live in one thread of its own, where times are taken,
/// so that nothing waits for the thread that asks.
class GrpcTransport final : public StreamingTransport
{
public:
    explicit GrpcTransport(const Target &target);
    ~GrpcTransport() override;

    [[nodiscard]] QFuture<Result<bool>> serverReady() override;
    [[nodiscard]] QFuture<Result<bool>> modelReady(
        const QString &model, const QString &version) override;
    [[nodiscard]] QFuture<Result<ServerMetadata>> serverMetadata() override;
    [[nodiscard]] QFuture<Result<ModelMetadata>> metadata(
        const QString &model, const QString &version) override;
    [[nodiscard]] QFuture<Result<ModelConfig>> config(
        const QString &model, const QString &version) override;
    [[nodiscard]] QFuture<Result<QList<IndexEntry>>> index() override;
    [[nodiscard]] QFuture<Result<QList<ModelStatistics>>> statistics(
        const QString &model = {}, const QString &version = {}) override;
    [[nodiscard]] QFuture<Result<>> change(
        const ModelChange &change, Milliseconds timeout) override;
    [[nodiscard]] QFuture<Result<InferReply>> infer(
        const InferRequest &request, Milliseconds timeout) override;
    [[nodiscard]] std::unique_ptr<ReplyStream> stream(
        const InferRequest &request, Milliseconds firstReply, Milliseconds idle) override;

private:
    template<typename Reply, typename Begin, typename Read>
    [[nodiscard]] QFuture<Result<Reply>> call(const Begin &begin, Milliseconds timeout, Read read);

    QObject m_context; ///< in the thread that asks: what comes from the other arrives here
    QThread m_thread;
    GrpcPool *m_pool = nullptr; ///< of m_thread, deleted there
    QString m_place;
    Secret m_key; ///< only to keep it out of errors a server echoes it in
    std::optional<ApiError> m_refusal;
};

/// For ApiClient, which then asks endpoints whose addresses begin with grpc:// or grpcs://.
[[nodiscard]] std::unique_ptr<Carrier> grpcCarrier();

} // namespace Lorikeet::Triton
