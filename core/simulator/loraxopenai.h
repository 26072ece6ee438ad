// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/answerformat.h"
#include "simulator/loraxrequest.h"

#include <memory>

namespace Lorikeet::Sim {

/// How LoRAX writes answers on /v1/chat/completions and /v1/completions, which is not quite how
/// OpenAI does (router/src/server.rs, tool_grammar.rs).
[[nodiscard]] std::unique_ptr<AnswerFormat> loraxOpenAiFormat(
    Script script, const LoraxCall &call, LoraxRoute route);

} // namespace Lorikeet::Sim
