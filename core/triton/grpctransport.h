// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/endpoint.h"
#include "triton/transport.h"

#include <QObject>
#include <QThread>

#include <functional>
#include <memory>

namespace Lorikeet::Triton {

class GrpcPool;

/// The answers to one request over gRPC, as they come. Lives in the thread that asked; deleted, it
/// cancels. Made by GrpcTransport::stream().
class ReplyStream final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~ReplyStream() override;

    /// Ends it with Kind::Cancelled; harmless once it has ended.
    void cancel();

Q_SIGNALS:
    /// One answer; `at` is when it arrived.
    void received(const Lorikeet::Triton::InferReply &reply, Lorikeet::TimePoint at);
    /// Once and last: nothing where the server said which answer was the last one.
    void finished(const std::optional<Lorikeet::ApiError> &error);

private:
    friend class GrpcTransport;

    /// The first end counts.
    void finish(const std::optional<ApiError> &error);

    std::function<void()> m_cancel;
    bool m_over = false;
};

/// KServe v2 over gRPC. All its connections live in one thread of its own, where times are taken,
/// so that nothing waits for the thread that asks.
class GrpcTransport final : public InferTransport
{
public:
    explicit GrpcTransport(const Target &target);
    ~GrpcTransport() override;

    [[nodiscard]] QFuture<Result<bool>> serverReady() override;
    [[nodiscard]] QFuture<Result<bool>> modelReady(
        const QString &model, const QString &version) override;
    [[nodiscard]] QFuture<Result<ModelConfig>> config(
        const QString &model, const QString &version) override;
    [[nodiscard]] QFuture<Result<QList<IndexEntry>>> index() override;
    [[nodiscard]] QFuture<Result<InferReply>> infer(
        const InferRequest &request, Milliseconds timeout) override;

    /// Any number of answers, of decoupled models and others alike. Each request has a stream of
    /// its own, so that cancelling one ends no other. `firstReply` and `idle` limit the waiting for
    /// the first and between two; 0: no limit.
    [[nodiscard]] std::unique_ptr<ReplyStream> stream(
        const InferRequest &request, Milliseconds firstReply, Milliseconds idle);

private:
    template<typename Reply, typename Begin, typename Read>
    [[nodiscard]] QFuture<Result<Reply>> call(const Begin &begin, Milliseconds timeout, Read read);

    QObject m_context; ///< in the thread that asks: what comes from the other arrives here
    QThread m_thread;
    GrpcPool *m_pool = nullptr; ///< of m_thread, deleted there
    QString m_place;
    Secret m_key; ///< only to keep it out of errors a server echoes it in
    std::optional<ApiError> m_wrongAddress;
};

} // namespace Lorikeet::Triton
