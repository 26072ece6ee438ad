// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "probedservers.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace Lorikeet {

Routes llamaCpp()
{
    const Headers server{{"Server", "llama.cpp"}};
    return {{"/v1/models", 200,
                R"({"models":[{"name":"tiny-chat"}],"object":"list","data":[{"id":"tiny-chat",)"
                R"("aliases":["tiny-chat"],"object":"model","created":1795199287,)"
                R"("owned_by":"llamacpp","meta":{"n_ctx":4096,"n_ctx_train":131072}}]})",
                server},
        {"/props", 200,
            R"({"default_generation_settings":{"params":{"seed":4294967295},"n_ctx":4096},)"
            R"("total_slots":4,"model_path":"tiny.gguf","build_info":"b11669-Debian"})",
            server},
        {"/lora-adapters", 200,
            R"([{"id":0,"path":"/models/tiny-lora-pirate.gguf","scale":0.0,"task_name":"",)"
            R"("prompt_prefix":""},{"id":1,"path":"tiny-lora-legal.gguf","scale":0.5}])",
            server}};
}

Routes vllm()
{
    return {{"/v1/models", 200,
                R"({"object":"list","data":[{"id":"base-8b","object":"model","created":1,)"
                R"("owned_by":"vllm","root":"org/base-8b","parent":null,"max_model_len":8192,)"
                R"("permission":[{}]},{"id":"legal","object":"model","created":1,)"
                R"("owned_by":"vllm","root":"/ad/legal","parent":"base-8b",)"
                R"("max_model_len":null,"permission":[{}]}]})"},
        {"/version", 200, R"({"version":"0.11.2"})"}};
}

Routes oldVllm()
{
    return {{"/v1/models", 200,
        R"({"object":"list","data":[{"id":"base-8b","owned_by":"vllm","root":"org/base-8b",)"
        R"("max_model_len":8192},{"id":"base","owned_by":"vllm","root":"org/base-8b",)"
        R"("max_model_len":8192},{"id":"legal","owned_by":"vllm","root":"/ad/legal"}]})"}};
}

Routes sglang()
{
    return {{"/v1/models", 200,
                R"({"object":"list","data":[{"id":"base","owned_by":"sglang","root":"base",)"
                R"("max_model_len":4096}]})"},
        {"/get_server_info", 200, R"({"version":"0.5.3","enable_lora":true})"}};
}

Routes tgi()
{
    return {{"/v1/models", 200,
                R"({"object":"list","data":[{"id":"org/base","object":"model","created":0,)"
                R"("owned_by":"org/base"}]})"},
        {"/info", 200,
            R"({"model_id":"org/base","max_total_tokens":4096,"max_input_tokens":4095,)"
            R"("router":"text-generation-router","version":"3.3.4"})"}};
}

Routes lorax()
{
    return {{"/info", 200,
        R"({"model_id":"mistralai/Mistral-7B-v0.1","model_dtype":"torch.float16",)"
        R"("model_device_type":"cuda","max_concurrent_requests":1024,"max_best_of":2,)"
        R"("max_total_tokens":4096,"max_input_length":4095,"version":"0.1.0",)"
        R"("eager_prefill":false,"request_logger_url":null})"}};
}

Routes ollama()
{
    return {{"/v1/models", 200,
                R"({"object":"list","data":[{"id":"tiny:latest","object":"model",)"
                R"("created":1795199318,"owned_by":"library"}]})"},
        {"/api/version", 200, R"({"version":"0.33.0-rc2"})"},
        {"/", 200, "Ollama is running", {}, "text/plain"}};
}

Routes ollamaOwn()
{
    return ollama()
        + Routes{{"/api/tags", 200,
                     R"({"models":[{"name":"tiny:latest","model":"tiny:latest","digest":"ab",)"
                     R"("details":{"parent_model":"","format":"gguf","context_length":8192}},)"
                     R"({"name":"legal:latest","model":"legal:latest","digest":"cd",)"
                     R"("details":{"parent_model":"tiny:latest","format":"gguf"}}]})"},
            {"/api/ps", 200,
                R"({"models":[{"name":"tiny:latest","model":"tiny:latest",)"
                R"("context_length":4096,"size_vram":1}]})"}};
}

Routes emptyOllama()
{
    return {{"/v1/models", 200, R"({"object":"list","data":null})"},
        {"/api/version", 200, R"({"version":"0.33.0"})"}, {"/api/tags", 200, R"({"models":null})"},
        {"/", 200, "Ollama is running", {}, "text/plain"}};
}

Routes anthropic()
{
    const QByteArray models
        = R"({"data":[{"type":"model","id":"demo-sonnet","display_name":"Demo Sonnet",)"
          R"("created_at":"2026-02-19T00:00:00Z","max_input_tokens":200000}],)"
          R"("has_more":false,"first_id":"demo-sonnet","last_id":"demo-sonnet"})";
    return {{"/v1/models", 200, models}, {"/v1/models?limit=1000", 200, models}};
}

Routes gemini()
{
    const QByteArray models = R"({"models":[{"name":"models/demo-flash","displayName":"Flash",)"
                              R"("inputTokenLimit":1048576,"supportedGenerationMethods":)"
                              R"(["generateContent"]},{"name":"models/embedding",)"
                              R"("supportedGenerationMethods":["embedContent"]}]})";
    return {{"/v1/models", 200, models}, {"/v1beta/models?pageSize=1000", 200, models}};
}

Routes lmStudio()
{
    const Headers express{{"X-Powered-By", "Express"}};
    return {{"/v1/models", 200,
                R"({"data":[{"id":"qwen-7b","object":"model","owned_by":"organization_owner"}],)"
                R"("object":"list"})",
                express},
        {"*", 200, R"j({"error":"Unexpected endpoint or method. (GET /x)"})j", express}};
}

Routes mistral()
{
    return {{"/v1/models", 200,
        R"({"object":"list","data":[{"id":"mistral-small-2506","object":"model","created":1,)"
        R"("owned_by":"mistralai","capabilities":{"completion_chat":true},)"
        R"("max_context_length":131072,"aliases":["mistral-small-latest"]},)"
        R"({"id":"mistral-small-latest","object":"model","created":1,"owned_by":"mistralai",)"
        R"("capabilities":{"completion_chat":true},"max_context_length":131072,)"
        R"("aliases":["mistral-small-2506"]}]})"}};
}

Routes openAi()
{
    return {{"/v1/models", 200,
        R"({"object":"list","data":[{"id":"gpt-x","object":"model","created":1,)"
        R"("owned_by":"system"}]})",
        {{"openai-version", "2020-10-01"}, {"x-request-id", "req_1"}}}};
}

Routes generic()
{
    return {{"/v1/models", 200,
        R"({"object":"list","data":[{"id":"some-model","object":"model","owned_by":"me"}]})"}};
}

Routes liteLlm()
{
    return {{"/v1/models", 200,
        R"({"object":"list","data":[{"id":"gpt","object":"model","owned_by":"openai"}]})",
        {{"x-litellm-version", "1.70"}}}};
}

Routes langformers()
{
    return {{"/", 200,
                "<!DOCTYPE html><html><head><title>Langformers Chat</title></head><body><h2>Hello! "
                "I'm <span class=\"text-blue-500\">llama3.1:8b &amp; co</span></h2></body></html>",
                {}, "text/html; charset=utf-8"},
        {"/openapi.json", 200,
            R"({"openapi":"3.1.0","info":{"title":"FastAPI","version":"0.1.0"},)"
            R"("paths":{"/":{"get":{}},"/api/generate":{"post":{}}}})"}};
}

Routes triton()
{
    return {
        {"/v2", 200, R"({"name":"triton","version":"2.60.0","extensions":["binary_tensor_data"]})"},
        {"/v2/repository/index", 200,
            R"([{"name":"old"},{"name":"llm","version":"1","state":"READY","reason":""},)"
            R"({"name":"bad","version":"1","state":"UNAVAILABLE","reason":"oom"}])"},
        {"/v2/models/llm", 200,
            R"({"name":"llm","versions":["1"],"platform":"vllm","inputs":[{"name":"text_input",)"
            R"("datatype":"BYTES","shape":[1]}],"outputs":[]})"}};
}

Routes tritonTensorRt()
{
    return {{"/v2", 200, R"({"name":"triton","version":"2.60.0","extensions":[]})"},
        {"/v2/repository/index", 200,
            R"([{"name":"preprocessing","version":"1","state":"READY"},)"
            R"({"name":"tensorrt_llm","version":"1","state":"READY"},)"
            R"({"name":"ensemble","version":"1","state":"READY"}])"},
        {"/v2/models/ensemble", 200,
            R"({"name":"ensemble","inputs":[{"name":"text_input","datatype":"BYTES",)"
            R"("shape":[-1,1]},{"name":"max_tokens","datatype":"INT32","shape":[-1,1]}]})"}};
}

Routes restrictedTriton()
{
    return {{"/v2", 200, R"({"name":"triton","version":"2.60.0","extensions":[]})"},
        {"/v2/repository/index", 403, R"({"error":"This API is restricted"})"}};
}

Routes langformersWithoutItsPage() { return langformers().mid(1); }

Routes webPage()
{
    return {
        {"*", 200, "<!doctype html><html><head><title>App</title></head></html>", {}, "text/html"}};
}

Routes moved(Routes routes, const QByteArray &prefix)
{
    for (Route &route : routes) {
        route.path.prepend(prefix);
    }
    return routes;
}

void serve(ScriptedServer &server, const Routes &routes)
{
    server.setDefault(Script::reply(404, "application/json", "{\"detail\":\"Not Found\"}"));
    for (const Route &route : routes) {
        const Script script = Script::reply(route.status, route.type, route.body, route.headers);
        if (route.path == "*") {
            server.setDefault(script);
        } else {
            server.setRoute(route.path, script);
        }
    }
}

Result<ProbeResult> probed(ApiClient &client, const QUrl &url, const QString &key)
{
    constexpr int longWait = 30'000;
    Target target;
    target.endpoint.url = url;
    target.key = Secret(key);
    const auto future = probe(client, target);
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longWait)) {
        return fail(ApiError::Kind::Internal, u"The probe did not end."_s);
    }
    return future.result();
}

} // namespace Lorikeet
