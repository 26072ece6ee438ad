// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "http/httpexchange.h"
#include "tasks/task.h"

namespace Lorikeet {

// Answers to tasks, in whichever of the known shapes: the servers imitate one another, and gateways
// hide which it is. An error status, an error body and results that do not fit what was asked are
// errors.

/// `data`, `embeddings` or a bare list; of vectors as numbers, as base64 of little-endian floats,
/// or (sparse) as objects or pairs of `index` and `value`; one vector may come unwrapped.
[[nodiscard]] Result<EmbedReply> readEmbedReply(const HttpReply &reply, qsizetype inputs);

/// `results`, `data` or a bare list; of `relevance_score` or `score`. Sorted here, since not every
/// server does; `top` best at most.
[[nodiscard]] Result<RerankReply> readRerankReply(
    const HttpReply &reply, qsizetype documents, std::optional<int> top);

/// `data` with `label` or `probs`, or bare lists of `label` or `entity_group` with `score`.
[[nodiscard]] Result<ClassifyReply> readClassifyReply(const HttpReply &reply, qsizetype inputs);

} // namespace Lorikeet
