// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/personality.h"

namespace Lorikeet::Sim {

// Models that judge texts instead of writing one, as vLLM and its kin have them. They take a slot,
// and the time to read all their texts (SimulatorTiming::firstToken and promptToken) and no more.
// Texts with words in common have vectors near each other.

/// POST /v1/embeddings
[[nodiscard]] RouteReply openAiEmbeddings(
    const ServerRequest &request, const RouteContext &context);
/// Ollama's POST /api/embed; `name` is the model's without its tag, `refuse` writes its errors.
[[nodiscard]] RouteReply ollamaEmbeddings(const QJsonObject &request, const QString &name,
    const RouteContext &context, ServerResponse (*refuse)(const ServerRequest &, const Refusal &));
/// POST /rerank, which vLLM has as /v1/rerank and /v2/rerank too.
[[nodiscard]] RouteReply vllmRerank(const ServerRequest &request, const RouteContext &context);

} // namespace Lorikeet::Sim
