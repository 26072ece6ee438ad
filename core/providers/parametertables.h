// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/parameters.h"
#include "providers/servers.h"

namespace Lorikeet {

/// What each server takes on its OpenAI-compatible chat route, by its own names.
[[nodiscard]] ParameterSpecs openAiParameters(Server server);

/// LoRAX' own routes: every parameter of its Python client and what the server takes besides.
[[nodiscard]] ParameterSpecs loraxParameters();

/// TGI's own routes.
[[nodiscard]] ParameterSpecs tgiParameters();

/// llama.cpp's own /completion.
[[nodiscard]] ParameterSpecs llamaCppParameters();

/// OpenAI's /responses.
[[nodiscard]] ParameterSpecs responsesParameters();

/// Langformers' /api/generate.
[[nodiscard]] ParameterSpecs langformersParameters();

/// Ollama's own /api/chat.
[[nodiscard]] ParameterSpecs ollamaParameters();

/// Anthropic's Messages; the default of max_tokens is what is sent where it is not set.
[[nodiscard]] ParameterSpecs anthropicParameters();

/// Gemini's generateContent.
[[nodiscard]] ParameterSpecs geminiParameters();

} // namespace Lorikeet
