// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/personality.h"

#include <QJsonValue>

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

/// There is no model of that name.
[[nodiscard]] Refusal unknownModel(const QString &name);

/// The body of a request as an object, or why it is none.
[[nodiscard]] tl::expected<QJsonObject, Refusal> readObject(const QByteArray &body);

/// Reads a body of POST /v1/chat/completions, and refuses what vLLM refuses.
[[nodiscard]] tl::expected<ChatCall, Refusal> readChatCall(
    const QJsonObject &body, const SimulatorOptions &options);

} // namespace Lorikeet::Sim
