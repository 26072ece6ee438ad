// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "triton/infer.h"
#include "triton/repository.h"
#include "triton/statistics.h"

#include "kserve.qpb.h"

namespace Lorikeet::Triton {

// Values as gRPC's messages, and back.

/// Tensors go as bytes (raw_input_contents), which every type can be and which must not be mixed
/// with the other way.
[[nodiscard]] Result<inference::ModelInferRequest> toMessage(const InferRequest &request);
/// Outputs in either way: Triton answers with bytes, other servers with lists.
[[nodiscard]] Result<InferReply> fromMessage(const inference::ModelInferResponse &message);
[[nodiscard]] Result<ModelConfig> fromMessage(const inference::Configuration &message);
[[nodiscard]] Result<ModelMetadata> fromMessage(const inference::ModelMetadataResponse &message);
[[nodiscard]] ServerMetadata fromMessage(const inference::ServerMetadataResponse &message);
[[nodiscard]] QList<ModelStatistics> fromMessage(const inference::ModelStatisticsResponse &message);
[[nodiscard]] inference::RepositoryModelLoadRequest loadMessage(const ModelChange &change);
[[nodiscard]] inference::RepositoryModelUnloadRequest unloadMessage(const ModelChange &change);
[[nodiscard]] QList<IndexEntry> fromMessage(const inference::RepositoryIndexResponse &message);

} // namespace Lorikeet::Triton
