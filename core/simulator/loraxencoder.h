// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/route.h"

#include <QJsonArray>

namespace Lorikeet::Sim {

// LoRAX's routes that write no text but judge one (facts: LoRAX router/src/server.rs). Texts with
// words in common have embeddings near each other; entities are capitalised words and numbers.

inline constexpr int embeddingDimensions = 384;

/// The embedding of a text, of length 1; adapters turn it.
[[nodiscard]] QJsonArray embeddingOf(const QString &text, const QStringList &adapters = {});

[[nodiscard]] RouteReply loraxEmbed(const ServerRequest &request, const RouteContext &context);
/// POST /v1/embeddings, whose answer is not OpenAI's.
[[nodiscard]] RouteReply loraxOpenAiEmbeddings(
    const ServerRequest &request, const RouteContext &context);
[[nodiscard]] RouteReply loraxClassify(const ServerRequest &request, const RouteContext &context);
[[nodiscard]] RouteReply loraxClassifyBatch(
    const ServerRequest &request, const RouteContext &context);

} // namespace Lorikeet::Sim
