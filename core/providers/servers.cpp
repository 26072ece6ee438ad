// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/servers.h"

#include <QUrl>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr std::array<std::pair<Server, QStringView>, 17> names{{
    {Server::OpenAi, u"OpenAI"},
    {Server::Azure, u"Azure OpenAI"},
    {Server::Mistral, u"Mistral"},
    {Server::Vllm, u"vLLM"},
    {Server::LlamaCpp, u"llama.cpp"},
    {Server::Ollama, u"Ollama"},
    {Server::Tgi, u"TGI"},
    {Server::Sglang, u"SGLang"},
    {Server::LmStudio, u"LM Studio"},
    {Server::Lorax, u"LoRAX"},
    {Server::LiteLlm, u"LiteLLM"},
    {Server::Langformers, u"Langformers"},
    {Server::Predibase, u"Predibase"},
    {Server::Anthropic, u"Anthropic"},
    {Server::Gemini, u"Gemini"},
    {Server::Triton, u"Triton"},
    {Server::TritonTensorRtLlm, u"Triton TensorRT-LLM"},
}};

} // namespace

QString serverName(Server server)
{
    for (const auto &[known, name] : names) {
        if (known == server) {
            return name.toString();
        }
    }
    return {};
}

Server serverFromName(QStringView name)
{
    for (const auto &[server, known] : names) {
        if (known.compare(name, Qt::CaseInsensitive) == 0) {
            return server;
        }
    }
    return Server::Unknown;
}

Server serverFromHost(const QUrl &url)
{
    const QString host = url.host().toLower();
    if (host == "api.openai.com"_L1) {
        return Server::OpenAi;
    }
    if (host == "api.mistral.ai"_L1 || host == "codestral.mistral.ai"_L1) {
        return Server::Mistral;
    }
    // Whatever its host, since a private cloud may hold it: nobody else has such a path.
    if (host == "serving.app.predibase.com"_L1 || url.path().contains("/deployments/v2/llms/"_L1)) {
        return Server::Predibase;
    }
    if (host == "api.anthropic.com"_L1) {
        return Server::Anthropic;
    }
    if (host == "generativelanguage.googleapis.com"_L1) {
        return Server::Gemini;
    }
    for (const QLatin1StringView end :
        {".openai.azure.com"_L1, ".services.ai.azure.com"_L1, ".cognitiveservices.azure.com"_L1}) {
        if (host.endsWith(end)) {
            return Server::Azure;
        }
    }
    return Server::Unknown;
}

} // namespace Lorikeet
