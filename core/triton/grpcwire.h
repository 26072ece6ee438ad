// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "triton/infer.h"

#include "kserve.qpb.h"

class QGrpcStatus;

namespace Lorikeet::Triton {

// Values as gRPC's messages, and back.

/// Tensors go as bytes (raw_input_contents), which every type can be and which must not be mixed
/// with the other way.
[[nodiscard]] Result<inference::ModelInferRequest> toMessage(const InferRequest &request);
/// Outputs in either way: Triton answers with bytes, other servers with lists.
[[nodiscard]] Result<InferReply> fromMessage(const inference::ModelInferResponse &message);
[[nodiscard]] Result<ModelConfig> fromMessage(const inference::Configuration &message);
[[nodiscard]] Result<ModelMetadata> fromMessage(const inference::ModelMetadataResponse &message);
[[nodiscard]] QList<IndexEntry> fromMessage(const inference::RepositoryIndexResponse &message);

/// What a status that is not OK means; `place` is the server as "host:port".
[[nodiscard]] ApiError grpcError(const QGrpcStatus &status, const QString &place);
/// The connection failed, as Qt says it, and no server did.
[[nodiscard]] bool isNetworkError(const QGrpcStatus &status);
/// The server has certainly not seen the request, which may be sent again: it says GOAWAY, or has
/// as many streams as it allows on this connection.
[[nodiscard]] bool wasNotProcessed(const QGrpcStatus &status);
/// Of these, the latter.
[[nodiscard]] bool isFull(const QGrpcStatus &status);
/// The server understood nothing of what came, or the answer was compressed, which Qt cannot read.
[[nodiscard]] ApiError unreadableError(const QString &place);

} // namespace Lorikeet::Triton
