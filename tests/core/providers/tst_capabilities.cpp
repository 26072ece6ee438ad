// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "probedservers.h"
#include "transporttest.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

using State = CapabilityFinding::State;
using Ground = CapabilityFinding::Ground;
using Access = RouteAccess::Access;

const QByteArray exposition = "# HELP x Something.\n# TYPE x counter\nx 1\n";

Routes with(Routes routes, const QList<Route> &more)
{
    for (const Route &route : more) {
        routes.removeIf([&route](const Route &old) { return old.path == route.path; });
        routes.append(route);
    }
    return routes;
}

Route metricsRoute(int status = 200)
{
    return {"/metrics", status, status == 200 ? exposition : "{}", {}, "text/plain"};
}

Route openApi(const QByteArray &paths)
{
    return {"/openapi.json", 200, R"({"paths":{)" + paths + "}}"};
}

} // namespace

/// What a probe says a server can do, and why; and what it says is open to everyone.
class TestCapabilities final : public TransportTest
{
    Q_OBJECT

    [[nodiscard]] Result<ProbeResult> probed(const Routes &routes, const QString &key = {})
    {
        serve(*m_server, routes);
        return Lorikeet::probed(*m_client, m_server->url(QString()), key);
    }

    static CapabilityFinding finding(const ProbeResult &result, Capability capability)
    {
        return result.description.capabilities.value(static_cast<int>(capability));
    }

    static RouteAccess accessTo(const ProbeResult &result, const QString &route)
    {
        for (const RouteAccess &access : result.description.access) {
            if (access.route == route) {
                return access;
            }
        }
        return {};
    }

private Q_SLOTS:

    void grounds_data()
    {
        QTest::addColumn<Routes>("routes");
        QTest::addColumn<Capability>("capability");
        QTest::addColumn<State>("state");
        QTest::addColumn<Ground>("ground");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *name, const Routes &routes, Capability capability,
                             State state, Ground ground, const char *reason) {
            QTest::newRow(name) << routes << capability << state << ground
                                << QString::fromLatin1(reason);
        };
        using enum Capability;
        const Routes templates = with(llamaCpp(),
            {{"/props", 200,
                R"({"default_generation_settings":{"n_ctx":4096},"build_info":"b11669",)"
                R"("chat_template_caps":{"supports_tools":true}})",
                {{"Server", "llama.cpp"}}}});
        row("llama.cpp, a template with tools", templates, Tools, State::Yes, Ground::Wire,
            "GET /props: chat_template_caps.supports_tools is true");
        row("llama.cpp, nothing told of tools", llamaCpp(), Tools, State::Unknown, Ground::None,
            "--jinja");
        row("llama.cpp, metrics on", with(llamaCpp(), {metricsRoute()}), Metrics, State::Yes,
            Ground::Wire, "GET /metrics");
        row("llama.cpp, metrics off", with(llamaCpp(), {metricsRoute(501)}), Metrics, State::No,
            Ground::Wire, "501");
        row("llama.cpp, embeddings are not told", llamaCpp(), Embeddings, State::Unknown,
            Ground::None, "--embeddings");
        row("llama.cpp, adapters", llamaCpp(), Adapters, State::Yes, Ground::Wire, "lists 2");
        row("llama.cpp, no adapters", with(llamaCpp(), {{"/lora-adapters", 200, "[]"}}), Adapters,
            State::No, Ground::Wire, "GET /lora-adapters lists none");
        row("llama.cpp, the parameter tells", llamaCpp(), Logprobs, State::Yes, Ground::Kind,
            "logprobs");
        const Routes loading = with(vllm(),
            {openApi(R"("/tokenize":{},"/v1/load_lora_adapter":{},"/v1/embeddings":{})"),
                metricsRoute()});
        row("vllm, adapters can be loaded", loading, AdapterLoading, State::Yes, Ground::Wire,
            "GET /openapi.json lists /v1/load_lora_adapter");
        row("vllm, adapters cannot be loaded", with(vllm(), {openApi(R"("/tokenize":{})")}),
            AdapterLoading, State::No, Ground::Wire, "does not list");
        row("vllm, nothing told of loading", vllm(), AdapterLoading, State::No, Ground::Wire,
            "GET /v1/load_lora_adapter: 404");
        row("vllm, loading by a wrong method", with(vllm(), {{"/v1/load_lora_adapter", 405, "{}"}}),
            AdapterLoading, State::Yes, Ground::Wire, "405");
        row("vllm, a route is no ability", loading, Embeddings, State::Unknown, Ground::None,
            "whether the model can is not told");
        row("vllm, no route for it", loading, Rerank, State::No, Ground::Wire,
            "does not list /v1/rerank");
        row("vllm, tools need flags", loading, Tools, State::Unknown, Ground::None,
            "--enable-auto-tool-choice");
        row("vllm, usage", vllm(), StreamUsage, State::Yes, Ground::Kind, "include_usage");
        const auto started = [](const QByteArray &members) {
            return with(
                sglang(), {{"/get_server_info", 200, R"({"version":"0.5.3",)" + members + "}"}});
        };
        row("sglang, adapters on", started(R"("enable_lora":true)"), AdapterLoading, State::Yes,
            Ground::Wire, "GET /get_server_info: enable_lora is true");
        row("sglang, adapters off", started(R"("enable_lora":false)"), Adapters, State::No,
            Ground::Wire, "enable_lora is false");
        row("sglang, calls are read", started(R"("tool_call_parser":"qwen25")"), Tools, State::Yes,
            Ground::Wire, "qwen25");
        row("sglang, calls are not read", started(R"("tool_call_parser":null)"), Tools, State::No,
            Ground::Wire, "null");
        row("sglang, an encoder",
            with(sglang(), {{"/model_info", 200, R"({"model_path":"m","is_generation":false})"}}),
            Embeddings, State::Yes, Ground::Wire, "is_generation is false");
        row("ollama, a model with tools",
            with(ollamaOwn(), {{"/api/show", 200, R"({"capabilities":["completion","tools"]})"}}),
            Tools, State::Yes, Ground::Wire, "POST /api/show");
        row("ollama, a model without tools",
            with(ollamaOwn(), {{"/api/show", 200, R"({"capabilities":["completion"]})"}}), Tools,
            State::No, Ground::Wire, "completion");
        row("ollama, an older one", ollamaOwn(), Tools, State::Unknown, Ground::None, "model");
        row("ollama has no metrics, whatever answers there", with(ollamaOwn(), {metricsRoute()}),
            Metrics, State::No, Ground::Kind, "no route");
        row("tgi, adapters are not listed", tgi(), Adapters, State::Unknown, Ground::None,
            "LORA_ADAPTERS");
        row("lorax, any adapter", lorax(), Adapters, State::Yes, Ground::Kind, "any that fits");
        row("lorax' own route takes no tools", lorax(), Tools, State::No, Ground::Kind,
            "no parameter");
        row("langformers counts nothing", langformers(), StreamUsage, State::No, Ground::Kind,
            "counts no tokens");
        row("mistral, by the model's record",
            with(mistral(),
                {{"/v1/models", 200,
                    R"({"data":[{"id":"m","capabilities":{"completion_chat":true,)"
                    R"("function_calling":false}}]})"}}),
            Tools, State::No, Ground::Wire, "function_calling of m is false");
        row("lm studio, a model trained for it",
            with(lmStudio(),
                {{"/api/v1/models", 200,
                    R"({"models":[{"key":"qwen-7b","loaded_instances":[],)"
                    R"("capabilities":{"trained_for_tool_use":true}}]})"}}),
            Tools, State::Yes, Ground::Wire, "trained_for_tool_use of qwen-7b is true");
        row("lm studio answers 200 to everything", lmStudio(), Metrics, State::No, Ground::Kind,
            "no route");
        row("triton's metrics have their own port", triton(), Metrics, State::Unknown, Ground::None,
            "8002");
        row("anthropic", anthropic(), JsonSchema, State::Yes, Ground::Kind, "output_config");
        row("nothing known of it", generic(), Tools, State::Unknown, Ground::None, "");
        row("nothing known of it but metrics", with(generic(), {metricsRoute()}), Metrics,
            State::Yes, Ground::Wire, "GET /metrics");
        row("a gateway", liteLlm(), Logprobs, State::Unknown, Ground::None, "");
    }

    void grounds()
    {
        QFETCH(const Routes, routes);
        QFETCH(const Capability, capability);
        QFETCH(const State, state);
        QFETCH(const Ground, ground);
        QFETCH(const QString, reason);
        const Result<ProbeResult> result = probed(routes);
        QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
        const CapabilityFinding found = finding(*result, capability);
        QCOMPARE(found.capability, capability);
        QVERIFY2(found.reason.contains(reason) && (reason.isEmpty() == found.reason.isEmpty()),
            qPrintable(found.reason));
        QCOMPARE(toWord(found.state), toWord(state));
        QCOMPARE(toWord(found.ground), toWord(ground));
    }

    /// Whoever it is, each capability has its line, and a ground wherever it is said to be known.
    void everyCapabilityIsAnswered()
    {
        for (const Routes &routes : {llamaCpp(), vllm(), sglang(), tgi(), lorax(), ollamaOwn(),
                 anthropic(), gemini(), lmStudio(), mistral(), openAi(), generic(), liteLlm(),
                 langformers(), triton(), tritonTensorRt()}) {
            const Result<ProbeResult> result = probed(routes);
            QVERIFY(result);
            const QList<CapabilityFinding> &all = result->description.capabilities;
            QCOMPARE(all.size(), static_cast<int>(lastOf(Capability())) + 1);
            for (int i = 0; i < int(all.size()); ++i) {
                QCOMPARE(all[i].capability, static_cast<Capability>(i));
                const bool isKnown = all[i].state != State::Unknown;
                QCOMPARE(all[i].ground != Ground::None, isKnown);
                QVERIFY(!isKnown || !all[i].reason.isEmpty());
            }
        }
    }

    /// The routes that tell who else may ask are asked without the key, and once only.
    void whatIsOpenIsAskedWithoutTheKey()
    {
        const Result<ProbeResult> result = probed(
            with(vllm(), {metricsRoute(), {"/v1/load_lora_adapter", 401, "{}"}}), u"my-own-key"_s);
        QVERIFY(result);
        QCOMPARE(accessTo(*result, u"GET /metrics"_s).access, Access::Open);
        QCOMPARE(accessTo(*result, u"GET /v1/models"_s).access, Access::Open);
        QCOMPARE(accessTo(*result, u"GET /version"_s).reason, u"200"_s);
        QCOMPARE(accessTo(*result, u"POST /v1/load_lora_adapter"_s).access, Access::Guarded);
        QSet<QByteArray> anonymous;
        for (const ScriptedServer::Request &request : m_server->requests()) {
            // Nothing is loaded to learn who may load.
            QCOMPARE(request.verb, "GET"_ba);
            if (request.header("authorization").isEmpty()) {
                QVERIFY(!anonymous.contains(request.target));
                anonymous.insert(request.target);
            }
        }
        QCOMPARE(anonymous,
            (QSet<QByteArray>{"/v1/models", "/metrics", "/version", "/v1/load_lora_adapter"}));
    }

    void withoutAKeyNothingIsAskedTwice()
    {
        const Result<ProbeResult> result = probed(with(vllm(), {metricsRoute(404)}));
        QVERIFY(result);
        QCOMPARE(accessTo(*result, u"GET /v1/models"_s).access, Access::Open);
        QCOMPARE(accessTo(*result, u"GET /metrics"_s).access, Access::Absent);
        QSet<QByteArray> asked;
        for (const ScriptedServer::Request &request : m_server->requests()) {
            QVERIFY2(!asked.contains(request.target), request.target);
            asked.insert(request.target);
        }
    }

    void accesses_data()
    {
        QTest::addColumn<Route>("route");
        QTest::addColumn<Access>("access");
        QTest::newRow("403") << Route{"/metrics", 403, "{}"} << Access::Guarded;
        QTest::newRow("501") << Route{"/metrics", 501, "{}"} << Access::Absent;
        QTest::newRow("503") << Route{"/metrics", 503, "{}"} << Access::Unknown;
        QTest::newRow("a page") << Route{"/metrics", 200, "<html>", {}, "text/html"}
                                << Access::Unknown;
        QTest::newRow("an error under 200")
            << Route{"/metrics", 200, R"({"error":"Unexpected endpoint"})"} << Access::Absent;
    }

    void accesses()
    {
        QFETCH(const Route, route);
        QFETCH(const Access, access);
        const Result<ProbeResult> result = probed(with(vllm(), {route}), u"key"_s);
        QVERIFY(result);
        QCOMPARE(toWord(accessTo(*result, u"GET /metrics"_s).access), toWord(access));
    }

    /// Each refusal counts there, and everything wants a key.
    void hostedServicesAreNotAskedWithoutTheKey()
    {
        const Result<ProbeResult> result = probed(mistral(), u"key"_s);
        QVERIFY(result);
        QVERIFY(result->description.access.isEmpty());
        for (const ScriptedServer::Request &request : m_server->requests()) {
            QVERIFY(!request.header("authorization").isEmpty());
        }
    }

    /// Who keeps silent about what it can do is recognised all the same.
    void silenceOfTheLastQuestionsCostsNothing()
    {
        serve(*m_server, vllm());
        m_server->setRoute("/metrics", Script().close());
        m_server->setRoute("/openapi.json", Script().close());
        const Result<ProbeResult> result
            = Lorikeet::probed(*m_client, m_server->url(QString()), {});
        QVERIFY(result);
        QCOMPARE(result->description.server, u"vLLM"_s);
        QCOMPARE(finding(*result, Capability::Metrics).state, State::Unknown);
        QCOMPARE(accessTo(*result, u"GET /metrics"_s).reason, u"no answer"_s);
    }
};

QTEST_GUILESS_MAIN(TestCapabilities)
#include "tst_capabilities.moc"
