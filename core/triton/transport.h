// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "triton/infer.h"

#include <QFuture>

namespace Lorikeet::Triton {

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
    /// Of a server without configurations: made of the model's metadata.
    [[nodiscard]] virtual QFuture<Result<ModelConfig>> config(
        const QString &model, const QString &version)
        = 0;
    [[nodiscard]] virtual QFuture<Result<QList<IndexEntry>>> index() = 0;
    /// `timeout` 0: none.
    [[nodiscard]] virtual QFuture<Result<InferReply>> infer(
        const InferRequest &request, Milliseconds timeout)
        = 0;
};

} // namespace Lorikeet::Triton
