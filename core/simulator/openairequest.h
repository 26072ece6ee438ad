// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/route.h"

#include <tl/expected.hpp>

namespace Lorikeet::Sim {

/// A chat completion request, understood.
struct ChatCall
{
    QString model; ///< as the answer names it
    GenerationRequest generation;
    std::optional<SimulatorFault> fault;
    bool stream = false;
    bool includeUsage = false;
    bool continuousUsage = false;
    bool logprobs = false;
    int topLogprobs = 0;
    bool toolWasNamed = false; ///< then vLLM's finish reason is "stop", not "tool_calls"
};

/// Reads a body of POST /v1/chat/completions, and refuses what vLLM refuses, in its words' shape.
[[nodiscard]] tl::expected<ChatCall, ServerResponse> readChatCall(
    const QByteArray &body, const SimulatorOptions &options);

/// {"error": {…}} as vLLM has it.
[[nodiscard]] ServerResponse openAiError(
    int status, const QString &type, const QString &message, const QString &param = {});

} // namespace Lorikeet::Sim
