// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/streamevent.h"
#include "providers/wirejson.h"

#include <optional>

namespace Lorikeet {

// The parts of a chat completion that can be read without knowing what came before.

/// The members of a chunk or reply that matter here, found in one pass over all of them.
struct OpenAiChunk
{
    explicit OpenAiChunk(const WireJson::Object &record);

    std::optional<WireJson::Array> choices;
    std::optional<WireJson::Object> usage;
    std::optional<WireJson::Object> timings; ///< llama.cpp
    /// It reports a failure, although the answer began with 200 (vLLM, SGLang, TGI, llama.cpp,
    /// OpenRouter, LoRAX; LM Studio for whole answers).
    bool isError = false;
};

/// The `bytes` of a token: of some, parts of a character.
[[nodiscard]] QByteArray bytesMember(const WireJson::Object &token);

/// One entry of a list of logprobs, with its alternatives.
[[nodiscard]] LogprobDelta::Token readLogprob(const WireJson::Object &entry);

/// Text, reasoning and refusal of a delta or message, as events.
void readTexts(int choice, const WireJson::Object &message, TimePoint at, StreamEvents &out);

/// The `logprobs` of a choice, as one event.
void readLogprobs(int choice, const WireJson::Object &source, TimePoint at, StreamEvents &out);

/// vLLM's `prompt_logprobs`, as one event: for each token of the prompt null (the first) or an
/// object by token id, the prompt's own token before the likeliest ones.
void readPromptLogprobs(const WireJson::Object &reply, TimePoint at, StreamEvents &out);

/// The same entries as the top-level `logprobs` of Ollama's own lines.
void readLogprobList(const WireJson::Object &line, TimePoint at, StreamEvents &out);

[[nodiscard]] Usage usageFrom(const WireJson::Object &usage);

/// llama.cpp's own times, and the counts they imply.
[[nodiscard]] UsageReport timingsFrom(const WireJson::Object &timings);

/// The arguments of a call: pieces of a JSON text, or (Mistral, Ollama's kin) a whole object.
[[nodiscard]] QString argumentsOf(const WireJson::Object &function);

} // namespace Lorikeet
