// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/personality.h"
#include "simulator/statistics.h"

namespace Lorikeet::Sim {

/// What sets one server of the OpenAI family apart from vLLM, which is the default.
struct OpenAiStyle
{
    /// {"error": {…}} and its kin.
    ServerResponse (*refuse)(const ServerRequest &, const Refusal &);
    /// Puts a body into vLLM's form before it is read, or says why it is refused. `context.name`
    /// holds what the path named.
    std::optional<Refusal> (*adapt)(QJsonObject &body, const RouteContext &) = nullptr;
    QByteArrayView reasoning = "reasoning"; ///< the member; "" where reasoning is not shown
    QByteArrayView stopMember = "stop_reason"; ///< of a choice; "" for none
    QByteArrayView extra; ///< further members of each chunk and reply: `,"name":value`
    QByteArrayView firstChunk; ///< the data of an event before all others
    bool usageWithFinish = false; ///< unasked, in the chunk with the finish reason
    bool wholeToolCalls = false; ///< a call comes in one chunk
    bool doneAfterError = true;
    bool timings = false; ///< llama.cpp's, in the last chunk
};

/// {"error": {…}} as vLLM has it.
[[nodiscard]] ServerResponse vllmRefusal(const ServerRequest &request, const Refusal &refusal);

/// POST …/chat/completions (facts on vLLM: its entrypoints/openai).
[[nodiscard]] RouteReply openAiChat(
    const ServerRequest &request, const RouteContext &context, const OpenAiStyle &style);
/// A token's probability and its alternatives, as OpenAI and Ollama write them.
[[nodiscard]] QJsonObject logprobObject(const Answer &answer, size_t index, int alternatives);

[[nodiscard]] ServerResponse openAiModels(const SimulatorOptions &options);
[[nodiscard]] RouteReply openAiTokenize(const ServerRequest &request, const RouteContext &context);
[[nodiscard]] QByteArray openAiMetrics(
    const Statistics &statistics, const SimulatorOptions &options);
[[nodiscard]] QByteArray sglangMetrics(
    const Statistics &statistics, const SimulatorOptions &options);

} // namespace Lorikeet::Sim
