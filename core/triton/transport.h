// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "triton/infer.h"
#include "triton/repository.h"
#include "triton/statistics.h"

#include <QFuture>

#include <memory>

namespace Lorikeet::Triton {

class ReplyStream;

/// One server, over HTTP or gRPC. Lives in one thread, where its futures end. Cancelling the future
/// of infer() ends the request; the others are short. Destroyed, it cancels all of them.
class InferTransport
{
public:
    InferTransport() = default;
    Q_DISABLE_COPY_MOVE(InferTransport)
    virtual ~InferTransport() = default;

    [[nodiscard]] virtual QFuture<Result<bool>> serverReady() = 0;
    [[nodiscard]] virtual QFuture<Result<bool>> modelReady(
        const QString &model, const QString &version)
        = 0;
    [[nodiscard]] virtual QFuture<Result<ServerMetadata>> serverMetadata() = 0;
    [[nodiscard]] virtual QFuture<Result<ModelMetadata>> metadata(
        const QString &model, const QString &version)
        = 0;
    /// Of a server without configurations: made of the model's metadata.
    [[nodiscard]] virtual QFuture<Result<ModelConfig>> config(
        const QString &model, const QString &version)
        = 0;
    [[nodiscard]] virtual QFuture<Result<QList<IndexEntry>>> index() = 0;
    /// Of all models where none is named.
    [[nodiscard]] virtual QFuture<Result<QList<ModelStatistics>>> statistics(
        const QString &model = {}, const QString &version = {})
        = 0;
    /// Asks for the change, once; it may take minutes. `timeout` 0: none.
    [[nodiscard]] virtual QFuture<Result<>> change(const ModelChange &change, Milliseconds timeout)
        = 0;
    /// `timeout` 0: none.
    [[nodiscard]] virtual QFuture<Result<InferReply>> infer(
        const InferRequest &request, Milliseconds timeout)
        = 0;
};

/// One over which a request may have any number of answers.
class StreamingTransport : public InferTransport
{
public:
    /// Of decoupled models and others alike. Each request has a stream of its own, so that
    /// cancelling one ends no other. `firstReply` and `idle` limit the waiting for the first and
    /// between two; 0: no limit.
    [[nodiscard]] virtual std::unique_ptr<ReplyStream> stream(
        const InferRequest &request, Milliseconds firstReply, Milliseconds idle)
        = 0;
};

} // namespace Lorikeet::Triton
