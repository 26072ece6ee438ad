// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/route.h"
#include "simulator/statistics.h"

namespace Lorikeet::Sim {

/// The OpenAI-compatible dialect as vLLM speaks it (facts: vLLM's entrypoints/openai).
[[nodiscard]] RouteReply openAiChat(const ServerRequest &request, const RouteContext &context);
[[nodiscard]] ServerResponse openAiModels(const SimulatorOptions &options);
[[nodiscard]] ServerResponse openAiTokenize(
    const ServerRequest &request, const SimulatorOptions &options);
[[nodiscard]] QByteArray openAiMetrics(
    const Statistics &statistics, const SimulatorOptions &options);

} // namespace Lorikeet::Sim
