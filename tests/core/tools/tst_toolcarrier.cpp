// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/toolcarrier.h"

#include "providers/provider.h"
#include "providers/registry.h"
#include "providers/servers.h"
#include "schema/schemacarrier.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

using Kind = ToolChoice::Kind;

/// Its members are in no alphabetical order, which a QJsonObject would give them.
const QByteArray schema
    = R"({"type":"object","properties":{"why":{"type":"string"},"city":{"type":"string"}},)"
      R"("required":["why","city"],"additionalProperties":false})";

QList<Tool> twoTools()
{
    return toolsFrom(R"([{"name":"weather","description":"The weather of a city.","parameters":)"
        + schema + R"(},{"name":"now"}])")
        .value();
}

QList<Tool> oneTool() { return twoTools().first(1); }

Target targetOf(const QString &provider, const QString &server)
{
    Target target;
    target.endpoint.url = QUrl(u"http://localhost:8000"_s);
    target.endpoint.provider = provider;
    target.endpoint.server = server;
    target.endpoint.model = u"m"_s;
    return target;
}

ChatRequest question()
{
    ChatRequest request{.model = u"m"_s};
    request.messages = {{.role = Role::User, .content = u"What?"_s}};
    return request;
}

/// The bytes that go out, of which "m" and "What?" are no part of what is looked for.
QByteArray sent(const Target &target, const QList<Tool> &tools, const ToolChoice &choice = {})
{
    const auto carried = carryTools(target, question(), tools, choice);
    if (!carried) {
        return carried.error().message.toUtf8();
    }
    const auto request
        = encodeChat(*findProvider(target.endpoint.provider), target, carried->request);
    return request ? request->body : request.error().message.toUtf8();
}

QString refusal(const Target &target, const QList<Tool> &tools, const ToolChoice &choice = {},
    const ChatRequest &request = question())
{
    const auto carried = carryTools(target, request, tools, choice);
    return carried ? u"carried"_s : carried.error().message;
}

} // namespace

/// Where each dialect has tools, byte for byte.
class TestToolCarrier final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void definitions_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("server");
        QTest::addColumn<QByteArray>("bytes");
        const auto row
            = [](const QString &provider, const QString &server, const QByteArray &bytes) {
                  QTest::addRow("%s %s", qPrintable(provider), qPrintable(server))
                      << provider << server << bytes;
              };
        const QByteArray empty = R"({"type":"object","properties":{}})";
        const QByteArray nested
            = R"("tools":[{"function":{"description":"The weather of a city.","name":"weather",)"
              R"("parameters":)"
            + schema + R"(},"type":"function"},{"function":{"name":"now","parameters":)" + empty
            + R"(},"type":"function"}])";
        for (const QString &server :
            {u"OpenAI"_s, u"Azure OpenAI"_s, u"Mistral"_s, u"vLLM"_s, u"SGLang"_s, u"llama.cpp"_s,
                u"LM Studio"_s, u"Ollama"_s, u"TGI"_s, u"LoRAX"_s, QString()}) {
            row(u"openai"_s, server, nested);
        }
        row(u"ollama"_s, u"Ollama"_s, nested);
        const QByteArray flat
            = R"("tools":[{"description":"The weather of a city.","name":"weather","parameters":)"
            + schema + R"(,"strict":false,"type":"function"},{"name":"now","parameters":)" + empty
            + R"(,"strict":false,"type":"function"}])";
        row(u"responses"_s, u"OpenAI"_s, flat);
        row(u"responses"_s, u"vLLM"_s, flat);
        row(u"anthropic"_s, u"Anthropic"_s,
            R"("tools":[{"description":"The weather of a city.","input_schema":)" + schema
                + R"(,"name":"weather"},{"input_schema":)" + empty + R"(,"name":"now"}])");
        row(u"gemini"_s, u"Gemini"_s,
            R"("tools":[{"functionDeclarations":[{"description":"The weather of a city.",)"
            R"("name":"weather","parametersJsonSchema":)"
                + schema + R"(},{"name":"now"}]}])");
    }

    void definitions()
    {
        QFETCH(const QString, provider);
        QFETCH(const QString, server);
        QFETCH(const QByteArray, bytes);
        QVERIFY(server.isEmpty() || serverFromName(server) != Server::Unknown);
        const QByteArray body = sent(targetOf(provider, server), twoTools());
        QVERIFY2(body.contains(bytes), (body + "\nlacks\n" + bytes).constData());
        QVERIFY2(!body.contains("tool_choice") && !body.contains("toolConfig"), body.constData());
    }

    void choices_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("server");
        QTest::addColumn<QByteArray>("automatic");
        QTest::addColumn<QByteArray>("none");
        QTest::addColumn<QByteArray>("required");
        QTest::addColumn<QByteArray>("named");
        const auto words = [](const QString &provider, const QString &server,
                               const QByteArray &required, const QByteArray &named) {
            QTest::addRow("%s %s", qPrintable(provider), qPrintable(server))
                << provider << server << QByteArray(R"("tool_choice":"auto")")
                << QByteArray(R"("tool_choice":"none")") << QByteArray(required)
                << QByteArray(R"("tool_choice":)" + named);
        };
        const QByteArray object = R"({"function":{"name":"weather"},"type":"function"})";
        const QByteArray required = R"("tool_choice":"required")";
        for (const QString &server :
            {u"OpenAI"_s, u"Azure OpenAI"_s, u"vLLM"_s, u"SGLang"_s, u"TGI"_s, QString()}) {
            words(u"openai"_s, server, required, object);
        }
        words(u"openai"_s, u"Mistral"_s, R"("tool_choice":"any")", object);
        words(u"openai"_s, u"llama.cpp"_s, required, R"("required")");
        words(u"openai"_s, u"LM Studio"_s, required, R"("required")");
        words(u"openai"_s, u"LoRAX"_s, R"("tool_choice":"weather")", R"("weather")");
        words(u"responses"_s, u"OpenAI"_s, required, R"({"name":"weather","type":"function"})");
        QTest::newRow("Anthropic")
            << u"anthropic"_s << u"Anthropic"_s << R"("tool_choice":{"type":"auto"})"_ba
            << R"("tool_choice":{"type":"none"})"_ba
            << R"("tool_choice":{"type":"any"})"_ba
            << R"("tool_choice":{"name":"weather","type":"tool"})"_ba;
        const auto mode = [](const QByteArray &word) {
            return QByteArray(R"("toolConfig":{"functionCallingConfig":{)" + word + R"("mode":)");
        };
        QTest::newRow("Gemini") << u"gemini"_s << u"Gemini"_s
                                << QByteArray(mode({}) + R"("AUTO"}})")
                                << QByteArray(mode({}) + R"("NONE"}})")
                                << QByteArray(mode({}) + R"("ANY"}})")
                                << QByteArray(mode(R"("allowedFunctionNames":["weather"],)")
                                       + R"("ANY"}})");
    }

    void choices()
    {
        QFETCH(const QString, provider);
        QFETCH(const QString, server);
        QFETCH(const QByteArray, automatic);
        QFETCH(const QByteArray, none);
        QFETCH(const QByteArray, required);
        QFETCH(const QByteArray, named);
        const Target target = targetOf(provider, server);
        for (const auto &[choice, bytes] :
            {std::pair(ToolChoice{.kind = Kind::Auto, .name = {}}, automatic),
                std::pair(ToolChoice{.kind = Kind::None, .name = {}}, none),
                std::pair(ToolChoice{.kind = Kind::Required, .name = {}}, required),
                std::pair(ToolChoice{.kind = Kind::Named, .name = u"weather"_s}, named)}) {
            const QByteArray body = sent(target, oneTool(), choice);
            QVERIFY2(body.contains(bytes), (body + "\nlacks\n" + bytes).constData());
        }
    }

    /// Words alone: which tool is said by sending no other.
    void oneOfSeveral()
    {
        const Target target = targetOf(u"openai"_s, u"llama.cpp"_s);
        const ToolChoice now{.kind = Kind::Named, .name = u"now"_s};
        const auto carried = carryTools(target, question(), twoTools(), now);
        QVERIFY(carried);
        QCOMPARE(carried->notes.size(), 1);
        QVERIFY2(carried->notes.constFirst().contains(u"“now” alone is sent"_s),
            qPrintable(carried->notes.constFirst()));
        const QByteArray body = sent(target, twoTools(), now);
        QVERIFY(!body.contains("weather"));
        QVERIFY(body.contains(R"("tool_choice":"required")"));
    }

    void noWordForIt()
    {
        for (const QString &provider : {u"ollama"_s, u"openai"_s}) {
            const Target target = targetOf(provider, u"Ollama"_s);
            QVERIFY(refusal(target, twoTools(), {.kind = Kind::Required, .name = {}})
                    .contains(u"Ollama cannot be told that a tool must be called"_s));
            const auto none
                = carryTools(target, question(), twoTools(), {.kind = Kind::None, .name = {}});
            QVERIFY(none);
            QCOMPARE(none->notes.size(), 1);
            QVERIFY(none->request.parameters.isEmpty());
            QVERIFY(!sent(target, twoTools(), {.kind = Kind::Auto, .name = {}})
                    .contains("tool_choice"));
        }
        const Target lorax = targetOf(u"openai"_s, u"LoRAX"_s);
        QVERIFY(refusal(lorax, twoTools(), {.kind = Kind::Required, .name = {}})
                .contains(u"name one"_s));
        QVERIFY(refusal(lorax, twoTools(), {.kind = Kind::Named, .name = u"other"_s})
                .contains(u"There is no tool “other”."_s));
    }

    /// LoRAX' streams hold no calls.
    void wholeAnswers()
    {
        const auto carried = carryTools(targetOf(u"openai"_s, u"LoRAX"_s), question(), twoTools());
        QVERIFY(carried);
        QVERIFY(!carried->request.stream);
        QCOMPARE(carried->notes.size(), 1);
    }

    void noPlaceForTools_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("words");
        const QString instead = u"name …/v1/chat/completions in the endpoint's address"_s;
        QTest::newRow("llamacpp") << u"llama.cpp"_s << instead;
        QTest::newRow("tgi") << u"TGI"_s << instead;
        QTest::newRow("lorax") << u"LoRAX"_s << instead;
        QTest::newRow("predibase") << u"Predibase"_s << instead;
        QTest::newRow("triton") << u"Triton"_s << u"takes no tools"_s;
        QTest::newRow("langformers") << u"Langformers"_s << u"takes no tools"_s;
    }

    void noPlaceForTools()
    {
        QFETCH(const QString, server);
        QFETCH(const QString, words);
        const QString provider = QString::fromLatin1(QTest::currentDataTag());
        QVERIFY(findProvider(provider));
        const QString said = refusal(targetOf(provider, server), oneTool());
        QVERIFY2(said.contains(words), qPrintable(said));
    }

    /// A dialect that takes tools and one that does not: none is forgotten.
    void everyDialect()
    {
        for (const Provider *provider : providers()) {
            const bool hasTools
                = findParameter(provider->parameters(QString()), u"tools") != nullptr;
            const bool carries
                = carryTools(targetOf(provider->id(), {}), question(), oneTool()).has_value();
            QVERIFY2(hasTools == carries, qPrintable(provider->id()));
        }
    }

    void strictly()
    {
        const auto strict = [](const QByteArray &parameters) {
            return toolsFrom(
                R"([{"name":"weather","strict":true,"parameters":)" + parameters + "}]")
                .value();
        };
        const Target openAi = targetOf(u"openai"_s, u"OpenAI"_s);
        QVERIFY(sent(openAi, strict(schema)).contains(R"("strict":true)"));
        QVERIFY(sent(targetOf(u"responses"_s, u"OpenAI"_s), strict(schema))
                .contains(R"("strict":true)"));
        const QString loose = refusal(
            openAi, strict(R"({"type":"object","properties":{"city":{"type":"string"}}})"));
        QVERIFY2(loose.contains(u"OpenAI takes “weather” strictly only if"_s), qPrintable(loose));
        const QString never
            = refusal(openAi, strict(R"({"type":"object","properties":{},"allOf":[{}]})"));
        QVERIFY2(never.contains(u"OpenAI takes no function strictly"_s), qPrintable(never));
        // Elsewhere the word means nothing, and is told of.
        const auto carried
            = carryTools(targetOf(u"anthropic"_s, u"Anthropic"_s), question(), strict(schema));
        QVERIFY(carried);
        QVERIFY(carried->notes.value(0).contains(u"are checked here"_s));
    }

    void whatIsThereAlready()
    {
        const Target target = targetOf(u"openai"_s, u"vLLM"_s);
        ChatRequest request = question();
        request.parameters.insert(u"tools"_s, QJsonArray());
        QVERIFY(refusal(target, oneTool(), {}, request).contains(u"has “tools” already"_s));
        request = question();
        request.extraBody.insert(u"tool_choice"_s, u"auto"_s);
        QVERIFY(refusal(target, oneTool(), {}, request).contains(u"has “tool_choice” already"_s));
        request = question();
        request.parameters.insert(
            u"thinking"_s, QJsonObject{{u"type"_s, u"enabled"_s}, {u"budget_tokens"_s, 2000}});
        // What was thought goes back with the results; but a call cannot be demanded.
        const Target anthropic = targetOf(u"anthropic"_s, u"Anthropic"_s);
        const auto carried = carryTools(anthropic, request, oneTool());
        QVERIFY(carried);
        const Provider &provider = *findProvider(anthropic.endpoint.provider);
        QVERIFY(encodeChat(provider, anthropic, carried->request));
        const auto demanded
            = carryTools(anthropic, request, oneTool(), {.kind = ToolChoice::Kind::Required});
        QVERIFY(demanded);
        QVERIFY(encodeChat(provider, anthropic, demanded->request)
                .error()
                .message.contains(u"cannot be demanded while the model thinks"_s));
    }

    /// Both go out, each in its place.
    void besideASchema()
    {
        for (const auto &[provider, server] :
            {std::pair(u"openai"_s, u"vLLM"_s), std::pair(u"responses"_s, u"OpenAI"_s),
                std::pair(u"anthropic"_s, u"Anthropic"_s)}) {
            const Target target = targetOf(provider, server);
            QVERIFY(carriesSchemaBesideTools(target));
            const auto held = carrySchema(target, question(), *JsonSchema::from(schema, {}));
            QVERIFY(held);
            const auto carried = carryTools(target, held->request, twoTools());
            QVERIFY(carried);
            const auto request = encodeChat(*findProvider(provider), target, carried->request);
            QVERIFY(request);
            QCOMPARE(request->body.count(schema), 2);
        }
        QVERIFY(!carriesSchemaBesideTools(targetOf(u"openai"_s, u"TGI"_s)));
        QVERIFY(!carriesSchemaBesideTools(targetOf(u"triton"_s, u"Triton"_s)));
    }
};

QTEST_GUILESS_MAIN(TestToolCarrier)
#include "tst_toolcarrier.moc"
