// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "probedservers.h"
#include "transporttest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// Recognising what stands behind an address, over every transport.
class TestEndpointProbe final : public TransportTest
{
    Q_OBJECT

    void serve(const Routes &routes) { Lorikeet::serve(*m_server, routes); }

    [[nodiscard]] Result<ProbeResult> probed(const QUrl &url, const QString &key = {})
    {
        return Lorikeet::probed(*m_client, url, key);
    }

    static QStringList modelIds(const ProbeResult &result)
    {
        QStringList ids;
        for (const ModelInfo &model : result.description.models) {
            ids.append(model.id);
        }
        return ids;
    }

    static QStringList adapterIds(const ProbeResult &result)
    {
        QStringList ids;
        for (const AdapterInfo &adapter : result.description.adapters) {
            ids.append(adapter.id);
        }
        return ids;
    }

private Q_SLOTS:

    void servers_data()
    {
        QTest::addColumn<Routes>("routes");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("version");
        QTest::addColumn<QStringList>("models");
        QTest::addColumn<QStringList>("adapters");
        QTest::addColumn<qint64>("context");
        const auto row
            = [](const char *name, const Routes &routes, const char *typed, const char *provider,
                  const char *path, const char *server, const char *version,
                  const QStringList &models, const QStringList &adapters, qint64 context) {
                  QTest::newRow(name)
                      << routes << QString::fromLatin1(typed) << QString::fromLatin1(provider)
                      << QString::fromLatin1(path) << QString::fromLatin1(server)
                      << QString::fromLatin1(version) << models << adapters << context;
              };
        row("llama.cpp", llamaCpp(), "", "openai", "/v1", "llama.cpp", "b11669-Debian",
            {u"tiny-chat"_s}, {u"0"_s, u"1"_s}, 4096);
        row("llama.cpp, at a wrong path",
            llamaCpp()
                + Routes{{"*", 404,
                    R"({"error":{"code":404,"message":"File Not Found","type":"not_found_error"}})",
                    {{"Server", "llama.cpp"}}}},
            "/wrong/path", "openai", "/v1", "llama.cpp", "b11669-Debian", {u"tiny-chat"_s},
            {u"0"_s, u"1"_s}, 4096);
        row("vllm", vllm(), "/v1", "openai", "/v1", "vLLM", "0.11.2", {u"base-8b"_s}, {u"legal"_s},
            8192);
        row("old vllm without parent", oldVllm(), "/v1/", "openai", "/v1", "vLLM", "",
            {u"base-8b"_s, u"base"_s}, {u"legal"_s}, 8192);
        row("sglang", sglang(), "", "openai", "/v1", "SGLang", "0.5.3", {u"base"_s}, {}, 4096);
        row("tgi", tgi(), "/", "openai", "/v1", "TGI", "3.3.4", {u"org/base"_s}, {}, 4096);
        row("tgi's own dialect, when its route is named", tgi(), "/generate_stream", "tgi", "",
            "TGI", "3.3.4", {u"org/base"_s}, {}, 4096);
        row("llama.cpp's own dialect, when its route is named", llamaCpp(), "/completion",
            "llamacpp", "", "llama.cpp", "b11669-Debian", {u"tiny-chat"_s}, {u"0"_s, u"1"_s}, 4096);
        row("responses, when their route is named", vllm(), "/v1/responses", "responses", "/v1",
            "vLLM", "0.11.2", {u"base-8b"_s}, {u"legal"_s}, 8192);
        row("lorax has no list of models", lorax(), "/v1", "lorax", "", "LoRAX", "0.1.0",
            {u"mistralai/Mistral-7B-v0.1"_s}, {}, 4096);
        row("lorax by its route", lorax(), "/generate_stream", "lorax", "", "LoRAX", "0.1.0",
            {u"mistralai/Mistral-7B-v0.1"_s}, {}, 4096);
        row("lorax' /v1, when its route is named", lorax(), "/v1/chat/completions", "openai", "/v1",
            "LoRAX", "0.1.0", {u"mistralai/Mistral-7B-v0.1"_s}, {}, 4096);
        row("lorax with a list of models, when /v1 is named",
            lorax()
                + Routes{{"/v1/models", 200,
                    R"({"object":"list","data":[{"id":"mistralai/Mistral-7B-v0.1"}]})"}},
            "/v1", "openai", "/v1", "LoRAX", "0.1.0", {u"mistralai/Mistral-7B-v0.1"_s}, {}, 4096);
        row("ollama speaks its own dialect", ollamaOwn(), "", "ollama", "", "Ollama", "0.33.0-rc2",
            {u"tiny:latest"_s}, {u"legal:latest"_s}, 4096);
        row("ollama by its route", ollamaOwn(), "/api/chat", "ollama", "", "Ollama", "0.33.0-rc2",
            {u"tiny:latest"_s}, {u"legal:latest"_s}, 4096);
        row("ollama when /v1 is named", ollama(), "/v1", "openai", "/v1", "Ollama", "0.33.0-rc2",
            {u"tiny:latest"_s}, {}, 0);
        row("ollama without a model", emptyOllama(), "", "ollama", "", "Ollama", "0.33.0", {}, {},
            0);
        row("anthropic by its list", anthropic(), "", "anthropic", "/v1", "Anthropic", "",
            {u"demo-sonnet"_s}, {}, 200000);
        row("gemini by its list", gemini(), "", "gemini", "/v1beta", "Gemini", "",
            {u"demo-flash"_s}, {}, 1048576);
        row("lm studio answers 200 to everything", lmStudio(), "", "openai", "/v1", "LM Studio", "",
            {u"qwen-7b"_s}, {}, 0);
        row("mistral lists aliases twice", mistral(), "/v1", "openai", "/v1", "Mistral", "",
            {u"mistral-small-2506"_s}, {}, 131072);
        row("openai by its headers", openAi(), "/v1", "openai", "/v1", "OpenAI", "", {u"gpt-x"_s},
            {}, 0);
        row("langformers", langformers(), "", "langformers", "", "Langformers", "",
            {u"llama3.1:8b & co"_s}, {}, 0);
        row("langformers by its route", langformers(), "/api/generate", "langformers", "",
            "Langformers", "", {u"llama3.1:8b & co"_s}, {}, 0);
        row("langformers behind another page", langformersWithoutItsPage(), "/v1", "langformers",
            "", "Langformers", "", {}, {}, 0);
        row("triton", triton(), "", "triton", "", "Triton", "2.60.0", {u"llm"_s}, {}, 0);
        row("triton by its routes", triton(), "/v2", "triton", "", "Triton", "2.60.0", {u"llm"_s},
            {}, 0);
        row("triton with TensorRT-LLM", tritonTensorRt(), "", "triton", "", "Triton TensorRT-LLM",
            "2.60.0", {u"ensemble"_s}, {}, 0);
        row("triton that hides its models", restrictedTriton(), "", "triton", "", "Triton",
            "2.60.0", {}, {}, 0);
        row("a gateway", liteLlm(), "", "openai", "/v1", "LiteLLM", "", {u"gpt"_s}, {}, 0);
        row("nothing known", generic(), "", "openai", "/v1", "", "", {u"some-model"_s}, {}, 0);
        row("v1 is missing", vllm(), "", "openai", "/v1", "vLLM", "0.11.2", {u"base-8b"_s},
            {u"legal"_s}, 8192);
        row("a route instead of the base", vllm(), "/v1/chat/completions", "openai", "/v1", "vLLM",
            "0.11.2", {u"base-8b"_s}, {u"legal"_s}, 8192);
        row("a prefix", moved(vllm(), "/team/llm"), "/team/llm/v1", "openai", "/team/llm/v1",
            "vLLM", "0.11.2", {u"base-8b"_s}, {u"legal"_s}, 8192);
        row("a path below the right prefix", moved(vllm(), "/team/llm"), "/team/llm/ui/chat",
            "openai", "/team/llm/v1", "vLLM", "0.11.2", {u"base-8b"_s}, {u"legal"_s}, 8192);
        row("a wrong prefix", generic(), "/ui/chat", "openai", "/v1", "", "", {u"some-model"_s}, {},
            0);
        row("an engine known by its metrics alone",
            generic()
                + Routes{{"/metrics", 200, "# HELP x\nvllm:num_requests_running 0\n", {},
                    "text/plain"}},
            "", "openai", "/v1", "vLLM", "", {u"some-model"_s}, {}, 0);
    }

    void servers()
    {
        QFETCH(const Routes, routes);
        QFETCH(const QString, typed);
        QFETCH(const QString, provider);
        QFETCH(const QString, path);
        QFETCH(const QString, server);
        QFETCH(const QString, version);
        QFETCH(const QStringList, models);
        QFETCH(const QStringList, adapters);
        QFETCH(const qint64, context);
        serve(routes);
        const Result<ProbeResult> result = probed(m_server->url(typed), u"some-key"_s);
        QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
        QCOMPARE(result->provider, provider);
        QCOMPARE(result->url, m_server->url(path));
        QCOMPARE(result->description.server, server);
        QCOMPARE(result->description.version, version);
        QCOMPARE(modelIds(*result), models);
        QCOMPARE(adapterIds(*result), adapters);
        QCOMPARE(result->description.contextLength.value_or(0), context);
        QVERIFY(result->description.latency);
        // A correction is told.
        const bool isChanged = typed != path && typed != path + u'/';
        QCOMPARE(result->description.notes.join(u' ').contains(u"The API lies at"_s), isChanged);
        for (const ScriptedServer::Request &request : m_server->requests()) {
            // What is to be had by POST alone: Triton's list of models, and what one of Ollama's
            // is.
            const bool isPost
                = request.target == "/v2/repository/index" || request.target == "/api/show";
            QCOMPARE(request.verb, isPost ? "POST" : "GET");
            // Once with the key, to be told; and without, to learn who else is.
            const bool isBearer = request.header("authorization") == "Bearer some-key";
            const bool isOwn = request.header("x-api-key") == "some-key"
                || request.header("x-goog-api-key") == "some-key";
            const bool isAnonymous = request.header("authorization").isEmpty()
                && request.header("x-api-key").isEmpty()
                && request.header("x-goog-api-key").isEmpty();
            QCOMPARE(int(isBearer) + int(isOwn) + int(isAnonymous), 1);
        }
    }

    /// A list in pages is followed to its end.
    void everyPageOfModelsIsAsked()
    {
        const QByteArray first = R"({"data":[{"type":"model","id":"one","display_name":"One"}],)"
                                 R"("has_more":true,"last_id":"one"})";
        serve({{"/v1/models", 200, first}, {"/v1/models?limit=1000", 200, first},
            {"/v1/models?limit=1000&after_id=one", 200,
                R"({"data":[{"type":"model","id":"two","display_name":"Two"}],)"
                R"("has_more":false,"last_id":"two"})"}});
        const Result<ProbeResult> result = probed(m_server->url(QString()), u"key"_s);
        QVERIFY(result);
        QCOMPARE(modelIds(*result), (QStringList{u"one"_s, u"two"_s}));
        QCOMPARE(result->description.models.at(1).name, u"Two"_s);
    }

    void llamaCppsAdaptersHaveNamesAndScales()
    {
        serve(llamaCpp());
        const Result<ProbeResult> result = probed(m_server->url(QString()));
        QVERIFY(result);
        QCOMPARE(result->description.adapterStyle, AdapterStyle::Scales);
        QCOMPARE(result->description.adapters.at(0).name, u"tiny-lora-pirate"_s);
        QCOMPARE(result->description.adapters.at(1).name, u"tiny-lora-legal"_s);
        QCOMPARE(result->description.adapters.at(1).scale, 0.5);
    }

    void whatLangformersRemembersIsTold()
    {
        serve(langformers());
        const Result<ProbeResult> result = probed(m_server->url(QString()));
        QVERIFY(result);
        QCOMPARE(result->description.adapterStyle, AdapterStyle::None);
        const QString notes = result->description.notes.join(u' ');
        QVERIFY(notes.contains(u"remembers the conversation itself, one for all"_s));
        QVERIFY(notes.contains(u"system prompt clears that memory"_s));
        QVERIFY(notes.contains(u"one request at a time"_s));
        QVERIFY(notes.contains(u"whether the key is right shows"_s));
    }

    void loraxsListOfAdaptersIsTheUsers()
    {
        serve(lorax());
        const Result<ProbeResult> result = probed(m_server->url(QString()));
        QVERIFY(result);
        QCOMPARE(result->description.adapterStyle, AdapterStyle::FreeText);
        QVERIFY(result->description.notes.join(u' ').contains(u"lists no adapters"_s));
    }

    /// A gateway before it may have both routes, LoRAX' own and a list as vLLM gives it.
    void adaptersThatAreListedAreNotSaidToBeMissing()
    {
        serve(lorax() + vllm());
        const Result<ProbeResult> result = probed(m_server->url(u"/v1"_s));
        QVERIFY(result);
        QCOMPARE(result->description.server, u"LoRAX"_s);
        QCOMPARE(adapterIds(*result), QStringList{u"legal"_s});
        QVERIFY(!result->description.notes.join(u' ').contains(u"lists no adapters"_s));
    }

    void theUsualLocalAddressesAreReady()
    {
        const QList<LocalEndpoint> list = localEndpoints();
        QCOMPARE(list.size(), 4);
        for (const LocalEndpoint &endpoint : list) {
            QVERIFY(!endpoint.server.isEmpty());
            QCOMPARE(endpoint.url.host(), u"127.0.0.1"_s);
        }
    }
};

QTEST_GUILESS_MAIN(TestEndpointProbe)
#include "tst_endpointprobe.moc"
