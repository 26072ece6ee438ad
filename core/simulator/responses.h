// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/openai.h"

namespace Lorikeet::Sim {

/// POST /v1/responses, of any server that has it; `style` says how it refuses and adapts bodies.
[[nodiscard]] RouteReply openAiResponses(
    const ServerRequest &request, const RouteContext &context, const OpenAiStyle &style);

} // namespace Lorikeet::Sim
