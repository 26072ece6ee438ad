// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "conformancesubjects.h"

namespace Lorikeet {

namespace {

const QByteArray schemaItself
    = R"({"type":"object","properties":{"priority":{"type":"string","enum":["low","high"]}},)"
      R"("required":["priority"],"additionalProperties":false})";
const QByteArray place = R"({"type":"object","properties":{"city":{"type":"string"}},)"
                         R"("required":["city"]})";
const QByteArray function
    = R"("name":"get_weather","description":"The weather of a city","parameters":)" + place;
const QByteArray tools = R"({"tools":[{"type":"function","function":{)" + function + "}}]}";
const QByteArray schema = R"({"response_format":{"type":"json_schema","json_schema":)"
                          R"({"name":"ticket","strict":true,"schema":)"
    + schemaItself + "}}}";
const QByteArray loraxSchema
    = R"({"response_format":{"type":"json_object","schema":)" + schemaItself + "}}";
const QByteArray logprobs = R"({"logprobs":true,"top_logprobs":2})";
const QByteArray template_ = R"({"chat_template_kwargs":{"enable_thinking":true}})";

} // namespace

const QList<FeatureText> &features()
{
    static const QList<FeatureText> list{
        {Feature::Stream, "stream",
            "an answer comes in pieces, its text is whole and nothing is reported as wrong"},
        {Feature::Whole, "non-stream", "the same answer comes as one reply that is no stream"},
        {Feature::Tools, "tools",
            "a declared function is called with arguments that are JSON, streamed and not, and its "
            "result is taken back"},
        {Feature::Schema, "schema", "the answer is JSON of the schema that was sent"},
        {Feature::Logprobs, "logprobs",
            "each token of a stream has its probability, and together they are the text"},
        {Feature::Reasoning, "reasoning", "reasoning comes apart from the text, streamed and not"},
        {Feature::Usage, "usage", "the counts of a stream are those the server truly had"},
        {Feature::Cancel, "cancel",
            "stopping amid an answer keeps its text, and the server notices at once"},
        {Feature::Errors, "errors",
            "a wrong key, 429, 503, a failure amid the answer and a body that is cut are told "
            "apart, in the server's words where it has any; what had come is kept"},
        {Feature::Adapters, "adapters",
            "two adapters answer differently, and one that is not there is refused by name"},
    };
    return list;
}

const QList<Subject> &subjects()
{
    static const QList<Subject> list{
        {.title = "OpenAI, chat completions",
            .as = "openai",
            .typed = "/v1",
            .provider = "openai",
            .limit = "max_completion_tokens",
            .tools = tools,
            .schema = schema,
            .logprobs = logprobs},
        {.title = "OpenAI, Responses",
            .as = "openai",
            .typed = "/v1/responses",
            .provider = "responses",
            .limit = "max_output_tokens",
            .tools = R"({"tools":[{"type":"function",)" + function + "}]}",
            .schema = R"({"text":{"format":{"type":"json_schema","name":"ticket","schema":)"
                + schemaItself + "}}}",
            .logprobs = R"({"top_logprobs":2,"include":["message.output_text.logprobs"]})",
            .reasoning = R"({"reasoning":{"effort":"high","summary":"auto"}})",
            .recorded = "stream-logprobs"},
        {.title = "Azure OpenAI, v1",
            .as = "azure",
            .typed = "/openai/v1",
            .provider = "openai",
            .limit = "max_completion_tokens",
            .tools = tools,
            .schema = schema,
            .logprobs = logprobs},
        {.title = "Azure OpenAI, dated",
            .as = "azure",
            .typed = "/openai/deployments/simulated-8b?api-version=2024-10-21",
            .provider = "openai",
            .limit = "max_completion_tokens",
            .tools = tools,
            .schema = schema,
            .logprobs = logprobs},
        {.title = "Mistral",
            .as = "mistral",
            .typed = "/v1",
            .provider = "openai",
            .limit = "max_tokens",
            .tools = tools,
            .schema = schema,
            .reasoning = R"({"reasoning_effort":"high"})",
            .recorded = "mistral"},
        {.title = "vLLM",
            .as = "vllm",
            .typed = "/v1",
            .provider = "openai",
            .limit = "max_tokens",
            .tools = tools,
            .schema = schema,
            .logprobs = logprobs,
            .reasoning = template_},
        {.title = "SGLang",
            .as = "sglang",
            .typed = "/v1",
            .provider = "openai",
            .limit = "max_tokens",
            .tools = tools,
            .schema = schema,
            .logprobs = logprobs,
            .reasoning = template_},
        {.title = "llama.cpp, chat completions",
            .as = "llama.cpp",
            .typed = "/v1",
            .provider = "openai",
            .limit = "max_tokens",
            .tools = tools,
            .schema = schema,
            .logprobs = logprobs,
            .reasoning = template_},
        {.title = "llama.cpp, /completion",
            .as = "llama.cpp",
            .typed = "/completion",
            .provider = "llamacpp",
            .limit = "n_predict",
            .schema = R"({"json_schema":)" + schemaItself + "}",
            .logprobs = R"({"n_probs":2})"},
        {.title = "LM Studio",
            .as = "lmstudio",
            .typed = "/v1",
            .provider = "openai",
            .limit = "max_tokens",
            .tools = tools,
            .schema = schema,
            .reasoning = R"({"reasoning_effort":"high"})"},
        {.title = "Ollama, /api/chat",
            .as = "ollama",
            .typed = "",
            .provider = "ollama",
            .limit = "num_predict",
            .tools = tools,
            .schema = R"({"format":)" + schemaItself + "}",
            .logprobs = logprobs,
            .reasoning = R"({"think":"true"})"},
        {.title = "Ollama, /v1",
            .as = "ollama",
            .typed = "/v1",
            .provider = "openai",
            .limit = "max_tokens",
            .tools = tools,
            .schema = schema,
            .logprobs = logprobs,
            .reasoning = R"({"reasoning_effort":"high"})"},
        {.title = "TGI, chat completions",
            .as = "tgi",
            .typed = "/v1",
            .provider = "openai",
            .limit = "max_tokens",
            .tools = tools,
            .schema = R"({"response_format":{"type":"json","value":)" + schemaItself + "}}",
            .logprobs = logprobs},
        {.title = "TGI, /generate",
            .as = "tgi",
            .typed = "/generate",
            .provider = "tgi",
            .limit = "max_new_tokens",
            .schema = R"({"grammar":{"type":"json","value":)" + schemaItself + "}}",
            .logprobs = R"({"top_n_tokens":2})"},
        {.title = "LoRAX, /generate",
            .as = "lorax",
            .typed = "",
            .provider = "lorax",
            .limit = "max_new_tokens",
            .schema = loraxSchema,
            .logprobs = R"({"return_k_alternatives":2})"},
        {.title = "LoRAX, /v1",
            .as = "lorax",
            .typed = "/v1/chat/completions",
            .provider = "openai",
            .limit = "max_tokens",
            .tools = tools,
            .schema = loraxSchema},
        {.title = "Predibase",
            .as = "predibase",
            .typed = "/demo/deployments/v2/llms/simulated-8b",
            .provider = "predibase",
            .limit = "max_new_tokens",
            .schema = loraxSchema,
            .logprobs = R"({"return_k_alternatives":2})"},
        {.title = "Anthropic Messages",
            .as = "anthropic",
            .typed = "",
            .provider = "anthropic",
            .limit = "max_tokens",
            .tools = R"({"tools":[{"name":"get_weather","description":"The weather of a city",)"
                     R"("input_schema":)"
                + place + "}]}",
            .schema = R"({"output_config":{"format":{"type":"json_schema","schema":)" + schemaItself
                + "}}}",
            .reasoning = R"({"thinking":{"type":"enabled","budget_tokens":1024},)"
                         R"("max_tokens":2048})"},
        {.title = "Gemini",
            .as = "gemini",
            .typed = "",
            .provider = "gemini",
            .limit = "maxOutputTokens",
            .tools = R"({"tools":[{"functionDeclarations":[{)" + function + "}]}]}",
            .schema = R"({"responseMimeType":"application/json","responseJsonSchema":)"
                + schemaItself + "}",
            .logprobs = R"({"responseLogprobs":true,"logprobs":2})",
            .reasoning = R"({"thinkingConfig":{"includeThoughts":true,"thinkingBudget":1024}})",
            .recorded = "stream-logprobs"},
        {.title = "Langformers",
            .as = "langformers",
            .typed = "",
            .provider = "langformers",
            .limit = "max_length"},
        {.title = "Triton, generate of vLLM's backend",
            .as = "triton",
            .typed = "",
            .provider = "triton",
            .limit = "max_tokens",
            .schema = R"({"structured_outputs":{"json":)" + schemaItself + "}}",
            .logprobs = R"({"logprobs":2})",
            .recorded = "stream-logprobs"},
    };
    return list;
}

const QList<Lack> &lacks()
{
    using enum Feature;
    using enum Lack::Kind;
    static constexpr auto plainText = "its route takes and gives plain text";
    static constexpr auto hidden = "what a model thinks is not shown at this route";
    static constexpr auto models = "what is tuned is a model of its own there";
    static constexpr auto noProbabilities = "it tells no probabilities";
    static constexpr auto inText = "whatever a model thinks is part of the text";
    static const QList<Lack> list{
        {"OpenAI, chat completions", Reasoning, None, hidden},
        {"OpenAI, chat completions", Adapters, None, models},
        {"OpenAI, Responses", Adapters, None, models},
        {"Azure OpenAI, v1", Reasoning, None, hidden},
        {"Azure OpenAI, v1", Adapters, None, "what is tuned is a deployment of its own there"},
        {"Azure OpenAI, dated", Reasoning, None, hidden},
        {"Azure OpenAI, dated", Adapters, None, "what is tuned is a deployment of its own there"},
        {"Mistral", Logprobs, None, noProbabilities},
        {"Mistral", Adapters, None, models},
        {"llama.cpp, /completion", Tools, None, plainText},
        {"llama.cpp, /completion", Reasoning, None, inText},
        {"LM Studio", Logprobs, None, noProbabilities},
        {"LM Studio", Adapters, None, models},
        {"Ollama, /v1", Adapters, None, models},
        {"TGI, chat completions", Reasoning, None, inText},
        {"TGI, /generate", Tools, None, plainText},
        {"TGI, /generate", Reasoning, None, inText},
        {"LoRAX, /generate", Tools, None, plainText},
        {"LoRAX, /generate", Reasoning, None, inText},
        {"LoRAX, /v1", Tools, None,
            "its streams hold a call as text, in the form of its grammar; without streaming it is "
            "one"},
        {"LoRAX, /v1", Logprobs, None, "it takes logprobs and does nothing about them"},
        {"LoRAX, /v1", Reasoning, None, inText},
        {"Predibase", Tools, None, plainText},
        {"Predibase", Reasoning, None, inText},
        {"Anthropic Messages", Logprobs, None, noProbabilities},
        {"Anthropic Messages", Adapters, None, "it has no adapters"},
        {"Gemini", Adapters, None, models},
        {"Langformers", Whole, None, "it always streams, and the pieces are joined here"},
        {"Langformers", Tools, None, plainText},
        {"Langformers", Schema, None, plainText},
        {"Langformers", Logprobs, None, noProbabilities},
        {"Langformers", Reasoning, None, inText},
        {"Langformers", Usage, None, "it tells no counts; pieces are counted, and shown as that"},
        {"Langformers", Adapters, None, "one server has one model"},
        {"Triton, generate of vLLM's backend", Tools, None, plainText},
        {"Triton, generate of vLLM's backend", Reasoning, None, inText},
    };
    return list;
}

} // namespace Lorikeet
