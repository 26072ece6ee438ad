// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringView>

class QUrl;

namespace Lorikeet {

/// The servers whose habits are known. Endpoint::server and EndpointDescription::server hold the
/// name, so that what is stored can be read; serverFromName() brings it back.
enum class Server {
    Unknown,
    OpenAi,
    Azure,
    Mistral,
    Vllm,
    LlamaCpp,
    Ollama,
    Tgi,
    Sglang,
    LmStudio,
    Lorax,
    LiteLlm,
    Langformers,
    Predibase,
    Anthropic,
    Gemini,
    Triton, ///< its vLLM backend, or another server of KServe v2
    TritonTensorRtLlm,
};

/// "llama.cpp", "vLLM" …; empty for Unknown.
[[nodiscard]] QString serverName(Server server);
/// Unknown for a name that is none; case is ignored.
[[nodiscard]] Server serverFromName(QStringView name);
/// The hosted services that an address alone tells; else Unknown.
[[nodiscard]] Server serverFromHost(const QUrl &url);

} // namespace Lorikeet
