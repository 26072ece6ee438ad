// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/capabilities.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using State = CapabilityFinding::State;
using enum Capability;

constexpr State yes = State::Yes;
constexpr State no = State::No;
constexpr State depends = State::Unknown;

struct Row
{
    Server server;
    Capability capability;
    State state;
    QStringView reason;
};

constexpr QStringView includeUsage = u"asked for by stream_options.include_usage";
constexpr QStringView withTheEnd = u"told unasked at the end of a stream";
constexpr QStringView noSuchRoute = u"it has no route for that";
constexpr QStringView noAdapters = u"it has no LoRA adapters";
constexpr QStringView fixedAtStart = u"adapters are those it was started with";
constexpr QStringView byTheModel = u"depends on the model";

// Tools, schemas and probabilities are not here where the table of the server's parameters tells
// them; those that are depend on how the server was started.
constexpr std::array rows{
    Row{Server::OpenAi, StreamUsage, yes, includeUsage},
    Row{Server::OpenAi, Tokenize, no, noSuchRoute},
    Row{Server::OpenAi, Metrics, no, noSuchRoute},
    Row{Server::OpenAi, Embeddings, yes, u"POST /v1/embeddings, with models made for it"},
    Row{Server::OpenAi, Rerank, no, noSuchRoute},
    Row{Server::OpenAi, Adapters, no, u"what is tuned there is a model of its own"},
    Row{Server::OpenAi, AdapterLoading, no, noAdapters},

    Row{Server::Azure, StreamUsage, depends, u"from api-version 2024-09-01-preview on"},
    Row{Server::Azure, JsonSchema, depends, u"from api-version 2024-08-01-preview on"},
    Row{Server::Azure, Tokenize, no, noSuchRoute},
    Row{Server::Azure, Metrics, no, u"they are in Azure Monitor"},
    Row{Server::Azure, Embeddings, depends, u"depends on what is deployed"},
    Row{Server::Azure, Rerank, no, noSuchRoute},
    Row{Server::Azure, Adapters, no, u"what is tuned there is a deployment of its own"},
    Row{Server::Azure, AdapterLoading, no, noAdapters},

    Row{Server::Mistral, StreamUsage, yes, u"told unasked with the reason of the end"},
    Row{Server::Mistral, Tokenize, no, noSuchRoute},
    Row{Server::Mistral, Metrics, no, noSuchRoute},
    Row{Server::Mistral, Embeddings, yes, u"POST /v1/embeddings, with models made for it"},
    Row{Server::Mistral, Rerank, no, noSuchRoute},
    Row{Server::Mistral, Adapters, no, u"what is tuned there is a model of its own"},
    Row{Server::Mistral, AdapterLoading, no, noAdapters},

    Row{Server::Vllm, StreamUsage, yes, includeUsage},
    Row{Server::Vllm, Tools, depends,
        u"depends on its flags --enable-auto-tool-choice and --tool-call-parser, which it does not "
        u"tell"},
    Row{Server::Vllm, Tokenize, yes, u"POST /tokenize"},
    Row{Server::Vllm, Embeddings, depends, byTheModel},
    Row{Server::Vllm, Rerank, depends, byTheModel},
    Row{Server::Vllm, Adapters, depends, u"none is listed; a plugin may load one at its first use"},
    Row{Server::Vllm, AdapterLoading, depends,
        u"depends on its variable VLLM_ALLOW_RUNTIME_LORA_UPDATING"},

    Row{Server::Sglang, StreamUsage, yes, includeUsage},
    Row{Server::Sglang, Tools, depends, u"depends on its flag --tool-call-parser"},
    Row{Server::Sglang, Tokenize, depends, u"newer versions have POST /tokenize"},
    Row{Server::Sglang, Embeddings, depends, byTheModel},
    Row{Server::Sglang, Rerank, depends, byTheModel},
    Row{Server::Sglang, Adapters, depends, u"depends on its flag --enable-lora"},
    Row{Server::Sglang, AdapterLoading, depends, u"depends on its flag --enable-lora"},

    Row{Server::LlamaCpp, StreamUsage, yes, includeUsage},
    Row{Server::LlamaCpp, Tools, depends, u"depends on the model's template and the flag --jinja"},
    Row{Server::LlamaCpp, Tokenize, yes, u"POST /tokenize"},
    Row{Server::LlamaCpp, Metrics, depends, u"depends on its flag --metrics"},
    Row{Server::LlamaCpp, Embeddings, depends,
        u"depends on its flag --embeddings, which it does not tell"},
    Row{Server::LlamaCpp, Rerank, depends,
        u"depends on its flag --reranking, which it does not tell"},
    Row{Server::LlamaCpp, AdapterLoading, no, fixedAtStart},

    Row{Server::Ollama, StreamUsage, yes, withTheEnd},
    Row{Server::Ollama, Tools, depends, byTheModel},
    Row{Server::Ollama, Tokenize, no, noSuchRoute},
    Row{Server::Ollama, Metrics, no, noSuchRoute},
    Row{Server::Ollama, Embeddings, depends, byTheModel},
    Row{Server::Ollama, Rerank, no, noSuchRoute},
    Row{Server::Ollama, Adapters, depends, u"an adapter is a model of its own there"},
    Row{Server::Ollama, AdapterLoading, no, u"an adapter is a model of its own there"},

    Row{Server::Tgi, StreamUsage, yes, u"details with the end; on /v1 include_usage"},
    Row{Server::Tgi, Tokenize, yes, u"POST /tokenize"},
    Row{Server::Tgi, Embeddings, no, noSuchRoute},
    Row{Server::Tgi, Rerank, no, noSuchRoute},
    Row{Server::Tgi, Adapters, depends,
        u"depends on its variable LORA_ADAPTERS; it does not list them"},
    Row{Server::Tgi, AdapterLoading, no, fixedAtStart},

    Row{Server::Lorax, StreamUsage, yes, u"details with the end"},
    Row{Server::Lorax, Tokenize, yes, u"POST /tokenize"},
    Row{Server::Lorax, Embeddings, depends, byTheModel},
    Row{Server::Lorax, Rerank, no, noSuchRoute},
    Row{Server::Lorax, Adapters, yes, u"any that fits the model, loaded when it is asked for"},
    Row{Server::Lorax, AdapterLoading, yes, u"it loads what a request names"},

    Row{Server::Predibase, StreamUsage, yes, u"details with the end"},
    Row{Server::Predibase, Embeddings, depends, byTheModel},
    Row{Server::Predibase, Rerank, no, noSuchRoute},
    Row{Server::Predibase, Adapters, yes, u"any of the account, loaded when it is asked for"},
    Row{Server::Predibase, AdapterLoading, yes, u"it loads what a request names"},

    Row{Server::LmStudio, StreamUsage, depends, u"from version 0.3.18 on"},
    Row{Server::LmStudio, Tools, depends, byTheModel},
    Row{Server::LmStudio, Tokenize, no, noSuchRoute},
    Row{Server::LmStudio, Metrics, no, noSuchRoute},
    Row{Server::LmStudio, Embeddings, yes, u"POST /v1/embeddings, with models made for it"},
    Row{Server::LmStudio, Rerank, no, noSuchRoute},
    Row{Server::LmStudio, Adapters, no, noAdapters},
    Row{Server::LmStudio, AdapterLoading, no, noAdapters},

    Row{Server::Anthropic, StreamUsage, yes, u"told unasked at both ends of a stream"},
    Row{Server::Anthropic, Metrics, no, noSuchRoute},
    Row{Server::Anthropic, Embeddings, no, noSuchRoute},
    Row{Server::Anthropic, Rerank, no, noSuchRoute},
    Row{Server::Anthropic, Adapters, no, noAdapters},
    Row{Server::Anthropic, AdapterLoading, no, noAdapters},

    Row{Server::Gemini, StreamUsage, yes, u"told unasked with each chunk"},
    Row{Server::Gemini, Metrics, no, noSuchRoute},
    Row{Server::Gemini, Embeddings, depends, byTheModel},
    Row{Server::Gemini, Rerank, no, noSuchRoute},
    Row{Server::Gemini, Adapters, no, noAdapters},
    Row{Server::Gemini, AdapterLoading, no, noAdapters},

    Row{Server::Langformers, StreamUsage, no, u"it counts no tokens"},
    Row{Server::Langformers, Tokenize, no, noSuchRoute},
    Row{Server::Langformers, Metrics, no, noSuchRoute},
    Row{Server::Langformers, Embeddings, no, noSuchRoute},
    Row{Server::Langformers, Rerank, no, noSuchRoute},
    Row{Server::Langformers, Adapters, no, noAdapters},
    Row{Server::Langformers, AdapterLoading, no, noAdapters},

    Row{Server::Triton, StreamUsage, yes, u"asked for by return_num_output_tokens"},
    Row{Server::Triton, Tokenize, no, noSuchRoute},
    Row{Server::Triton, Metrics, depends, u"they have a port of their own, usually 8002"},
    Row{Server::Triton, Embeddings, depends, byTheModel},
    Row{Server::Triton, Rerank, depends, byTheModel},
    Row{Server::Triton, Adapters, depends, u"depends on the model's multi_lora.json"},
    Row{Server::Triton, AdapterLoading, no, fixedAtStart},

    Row{Server::TritonTensorRtLlm, StreamUsage, no, u"its model has no output for it"},
    Row{Server::TritonTensorRtLlm, Tokenize, no, noSuchRoute},
    Row{Server::TritonTensorRtLlm, Metrics, depends,
        u"they have a port of their own, usually 8002"},
    Row{Server::TritonTensorRtLlm, Embeddings, depends, byTheModel},
    Row{Server::TritonTensorRtLlm, Rerank, depends, byTheModel},
    Row{Server::TritonTensorRtLlm, AdapterLoading, no, u"weights come with requests"},
};

} // namespace

std::optional<CapabilityFinding> capabilityOfKind(Server server, Capability capability)
{
    for (const Row &row : rows) {
        if (row.server == server && row.capability == capability) {
            const auto ground = row.state == State::Unknown ? CapabilityFinding::Ground::None
                                                            : CapabilityFinding::Ground::Kind;
            return CapabilityFinding{capability, row.state, ground, row.reason.toString()};
        }
    }
    return std::nullopt;
}

} // namespace Lorikeet
