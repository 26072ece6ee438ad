// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/endpoint.h"
#include "tasks/task.h"
#include "triton/transport.h"

#include <QFuture>

#include <memory>

namespace Lorikeet::Triton {

// Tasks as models at Triton do them, by tensors. There is no route for them and no name that all
// models share: inputs count by their order, outputs by name or, failing that, by their type.
// The endpoint's limit of the first token is that of each request, and its retry policy holds for
// each. Futures end in the transport's
// thread.

/// Texts go to the first input, as many at once as the model's batches may be. Dense vectors are
/// its `dense_vecs`, or its first output of floats; sparse ones its `sparse_vecs`, or its first of
/// text, of which each is a JSON object of weights by token.
[[nodiscard]] QFuture<Result<EmbedReply>> embed(const std::shared_ptr<InferTransport> &transport,
    const Target &target, const EmbedRequest &request, const RetryNotice &told);

/// The query goes to the first input, all documents to the second, in one sample. Scores are the
/// output `score`, or the first of floats, as the model has them: logits or probabilities.
[[nodiscard]] QFuture<Result<RerankReply>> rerank(const std::shared_ptr<InferTransport> &transport,
    const Target &target, const RerankRequest &request, const RetryNotice &told);

} // namespace Lorikeet::Triton
