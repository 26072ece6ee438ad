// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/schemacarrier.h"

#include "providers/provider.h"
#include "providers/registry.h"
#include "providers/servers.h"
#include "schema/partialjson.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

using Way = SchemaCarrying::Way;

const QByteArray ticket
    = "{\"title\":\"A ticket\",\"type\":\"object\",\"properties\":{\"t\":{\"type\":\"string\"}},"
      "\"required\":[\"t\"],\"additionalProperties\":false}";

JsonSchema schemaOf(const QByteArray &text) { return JsonSchema::from(text, {}).value(); }

Target targetOf(const QString &provider, const QString &server, const QString &version = {})
{
    Target target;
    target.endpoint.url = QUrl(u"http://localhost:8000"_s);
    target.endpoint.provider = provider;
    target.endpoint.server = server;
    target.endpoint.serverVersion = version;
    target.endpoint.model = u"m"_s;
    return target;
}

ChatRequest question()
{
    ChatRequest request{.model = u"m"_s};
    request.messages = {{.role = Role::User, .content = u"What?"_s}};
    return request;
}

/// The body that would be sent.
QJsonObject bodyOf(const Target &target, const CarriedSchema &carried)
{
    const auto request = findProvider(target.endpoint.provider)->encode(target, carried.request);
    return request ? QJsonDocument::fromJson(request->body).object()
                   : QJsonObject{{u"error"_s, request.error().message}};
}

QJsonValue at(const QJsonObject &body, const QString &path)
{
    QJsonValue value = body;
    for (const QString &part : path.split(u'.')) {
        value = value.isArray() ? value[part.toInt()] : value[part];
    }
    return value;
}

} // namespace

/// Where each dialect has a schema, and what it cannot carry.
class TestSchemaCarrier final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void whereTheSchemaGoes_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("path");
        const auto row = [](const char *name, const QString &provider, const QString &server,
                             const QString &path, const QString &version = {}) {
            QTest::newRow(name) << provider << server << version << path;
        };
        const QString envelope = u"response_format.json_schema.schema"_s;
        row("OpenAI", u"openai"_s, u"OpenAI"_s, envelope);
        row("Azure", u"openai"_s, u"Azure OpenAI"_s, envelope);
        row("Mistral", u"openai"_s, u"Mistral"_s, envelope);
        row("llama.cpp", u"openai"_s, u"llama.cpp"_s, envelope);
        row("LM Studio", u"openai"_s, u"LM Studio"_s, envelope);
        row("SGLang", u"openai"_s, u"SGLang"_s, envelope);
        row("LoRAX /v1", u"openai"_s, u"LoRAX"_s, envelope);
        row("unknown", u"openai"_s, {}, envelope);
        row("vLLM", u"openai"_s, u"vLLM"_s, u"structured_outputs.json"_s, u"0.11.0"_s);
        row("vLLM of before", u"openai"_s, u"vLLM"_s, u"guided_json"_s, u"0.10.1"_s);
        row("vLLM of no version", u"openai"_s, u"vLLM"_s, envelope);
        row("TGI /v1", u"openai"_s, u"TGI"_s, u"response_format.value"_s);
        row("Responses", u"responses"_s, u"OpenAI"_s, u"text.format.schema"_s);
        row("LoRAX", u"lorax"_s, u"LoRAX"_s, u"parameters.response_format.schema"_s);
        row("Predibase", u"predibase"_s, u"Predibase"_s, u"parameters.response_format.schema"_s);
        row("llama.cpp /completion", u"llamacpp"_s, u"llama.cpp"_s, u"json_schema"_s);
        row("TGI", u"tgi"_s, u"TGI"_s, u"parameters.grammar.value"_s);
        row("Ollama", u"ollama"_s, u"Ollama"_s, u"format"_s);
        row("Anthropic", u"anthropic"_s, u"Anthropic"_s, u"output_config.format.schema"_s);
        row("Gemini", u"gemini"_s, u"Gemini"_s, u"generationConfig.responseJsonSchema"_s);
    }

    void whereTheSchemaGoes()
    {
        QFETCH(const QString, provider);
        QFETCH(const QString, server);
        QFETCH(const QString, version);
        QFETCH(const QString, path);
        Target target = targetOf(provider, server, version);
        if (provider == u"predibase"_s) {
            target.endpoint.url = QUrl(u"http://localhost/t/deployments/v2/llms/d"_s);
            target.key = Secret(u"canary-0123456789"_s);
        }
        QVERIFY(server.isEmpty() || serverFromName(server) != Server::Unknown);
        const auto carried = carrySchema(target, question(), schemaOf(ticket));
        QVERIFY2(carried, qPrintable(carried ? QString() : carried.error().message));
        QVERIFY2(carried->notes.isEmpty(), qPrintable(carried->notes.join(u'\n')));
        const QJsonObject body = bodyOf(target, *carried);
        QVERIFY2(at(body, path) == QJsonDocument::fromJson(ticket).object(),
            QJsonDocument(body).toJson().constData());
    }

    /// Models answer in the order in which a schema has its properties.
    void membersKeepTheirOrder_data() { whereTheSchemaGoes_data(); }

    void membersKeepTheirOrder()
    {
        QFETCH(const QString, provider);
        QFETCH(const QString, server);
        QFETCH(const QString, version);
        Target target = targetOf(provider, server, version);
        if (provider == u"predibase"_s) {
            target.endpoint.url = QUrl(u"http://localhost/t/deployments/v2/llms/d"_s);
            target.key = Secret(u"canary-0123456789"_s);
        }
        const QByteArray schema
            = "{\"type\":\"object\",\"properties\":{\"why\":{\"type\":\"string\"},"
              "\"answer\":{\"type\":\"number\"}},\"required\":[\"why\",\"answer\"],"
              "\"additionalProperties\":false}";
        ChatRequest asked = question();
        asked.messages.first().content += QString::fromUtf8(schema);
        const auto carried = carrySchema(target, asked, schemaOf(schema));
        QVERIFY(carried);
        const auto request = encodeChat(*findProvider(provider), target, carried->request);
        QVERIFY(request);
        QVERIFY2(request->body.contains(schema), request->body.constData());
        QCOMPARE(QJsonDocument::fromJson(request->body).object(),
            QJsonDocument::fromJson(findProvider(provider)->encode(target, carried->request)->body)
                .object());
    }

    /// As texts: a model of Triton's takes nothing else.
    void tritons()
    {
        const QJsonObject schema = QJsonDocument::fromJson(ticket).object();
        const Target vllm = targetOf(u"triton"_s, u"Triton"_s);
        const QJsonObject body = bodyOf(vllm, *carrySchema(vllm, question(), schemaOf(ticket)));
        const auto sampling
            = QJsonDocument::fromJson(body[u"sampling_parameters"_s].toString().toUtf8());
        const auto shape
            = QJsonDocument::fromJson(sampling[u"structured_outputs"_s].toString().toUtf8());
        QCOMPARE(shape[u"json"_s].toObject(), schema);
        const Target engine = targetOf(u"triton"_s, serverName(Server::TritonTensorRtLlm));
        const QJsonObject other
            = bodyOf(engine, *carrySchema(engine, question(), schemaOf(ticket)));
        QCOMPARE(other[u"guided_decoding_guide_type"_s].toString(), u"json_schema"_s);
        QCOMPARE(
            QJsonDocument::fromJson(other[u"guided_decoding_guide"_s].toString().toUtf8()).object(),
            schema);
    }

    /// A new dialect must say where it has a schema, or that it has none.
    void everyDialectIsKnown()
    {
        for (const Provider *provider : providers()) {
            const Target target = targetOf(provider->id(), {});
            const auto carried = carrySchema(target, question(), schemaOf(ticket));
            QVERIFY(carried);
            QCOMPARE(carried->way, provider->id() == u"langformers"_s ? Way::Words : Way::Native);
            QVERIFY(carried->request != question());
        }
    }

    void strictIsSaid()
    {
        const Target target = targetOf(u"openai"_s, u"OpenAI"_s);
        const QJsonObject body = bodyOf(target, *carrySchema(target, question(), schemaOf(ticket)));
        QCOMPARE(at(body, u"response_format.json_schema.strict"_s), QJsonValue(true));
        QCOMPARE(at(body, u"response_format.json_schema.name"_s).toString(), u"A_ticket"_s);
    }

    /// Narrower, so that what keeps to it keeps to the original; and told.
    void theSchemaIsMadeNarrower()
    {
        const QByteArray loose
            = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":"
              "\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"c\":{}}}}},"
              "\"required\":[\"a\"]}";
        const Target target = targetOf(u"openai"_s, u"OpenAI"_s);
        const auto carried = carrySchema(target, question(), schemaOf(loose));
        QCOMPARE(carried->notes.size(), 1);
        for (const QString &place : {u"# allows no other"_s, u"#/properties/b is required"_s,
                 u"#/properties/b/items/properties/c is required"_s}) {
            QVERIFY2(carried->notes.constFirst().contains(place),
                qPrintable(carried->notes.constFirst()));
        }
        const QJsonObject sent
            = at(bodyOf(target, *carried), u"response_format.json_schema.schema"_s).toObject();
        const auto narrow = JsonSchema::from(fromQJson(sent));
        const auto wide = schemaOf(loose);
        for (const char *value : {"{\"a\":\"x\"}", "{\"a\":\"x\",\"b\":[]}", "{\"b\":[]}",
                 "{\"a\":\"x\",\"b\":[{\"c\":1}],\"d\":1}", "{\"a\":\"x\",\"b\":[{}]}"}) {
            const JsonNode node = parseJson(QByteArray(value)).value();
            QVERIFY(wide.check(node)->isValid() || !narrow->check(node)->isValid());
        }
        QVERIFY(narrow->check(parseJson("{\"a\":\"x\",\"b\":[{\"c\":1}]}"_ba).value())->isValid());
        // Not, if not wanted.
        const auto kept = carrySchema(target, question(), schemaOf(loose),
            {.way = Way::Native, .mayNarrow = false, .name = {}});
        QCOMPARE(
            at(bodyOf(target, *kept), u"response_format.json_schema.strict"_s), QJsonValue(false));
        QCOMPARE(kept->notes.size(), 1);
    }

    void whatCannotBeStrict_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QString>("word");
        const QByteArray start = "{\"type\":\"object\",";
        QTest::newRow("root") << "{\"type\":\"array\",\"items\":{}}"_ba << u"type object"_s;
        QTest::newRow("allOf") << start + "\"allOf\":[{}]}" << u"“allOf” at #"_s;
        QTest::newRow("not") << start + "\"properties\":{\"a\":{\"not\":{}}}}"
                             << u"“not” at #/properties/a"_s;
        QTest::newRow("more") << start + "\"additionalProperties\":{\"type\":\"string\"}}"
                              << u"additional properties at #"_s;
        QByteArray deep = "{}";
        for (int i = 0; i < 12; ++i) {
            deep = start + "\"properties\":{\"a\":" + deep + "}}";
        }
        QTest::newRow("deep") << deep << u"levels deep"_s;
        QByteArrayList values;
        for (int i = 0; i < 1001; ++i) {
            values.append(QByteArray::number(i));
        }
        QTest::newRow("enums") << start + "\"properties\":{\"a\":{\"enum\":[" + values.join(',')
                + "]}}}" << u"1001 values"_s;
    }

    void whatCannotBeStrict()
    {
        QFETCH(const QByteArray, schema);
        QFETCH(const QString, word);
        const Target target = targetOf(u"openai"_s, u"OpenAI"_s);
        const auto carried = carrySchema(target, question(), schemaOf(schema));
        QCOMPARE(carried->notes.size(), 1);
        QVERIFY2(
            carried->notes.constFirst().contains(word), qPrintable(carried->notes.constFirst()));
        const QJsonObject body = bodyOf(target, *carried);
        QCOMPARE(at(body, u"response_format.json_schema.strict"_s), QJsonValue(false));
        QCOMPARE(at(body, u"response_format.json_schema.schema"_s).toObject(),
            QJsonDocument::fromJson(schema).object());
    }

    void whatGrammarsDoNotHold()
    {
        const QByteArray schema
            = "{\"type\":\"object\",\"properties\":{\"not\":{\"type\":\"array\","
              "\"uniqueItems\":true}}}";
        for (const QString &server : {u"llama.cpp"_s, u"LM Studio"_s}) {
            const auto carried
                = carrySchema(targetOf(u"openai"_s, server), question(), schemaOf(schema));
            QCOMPARE(carried->notes.size(), 1);
            QVERIFY(carried->notes.constFirst().contains(u" uniqueItems "_s));
        }
    }

    void asATool()
    {
        const SchemaCarrying tool{.way = Way::Tool, .mayNarrow = true, .name = u"give"_s};
        const QJsonObject schema = QJsonDocument::fromJson(ticket).object();
        const Target mistral = targetOf(u"openai"_s, u"Mistral"_s);
        const QJsonObject body
            = bodyOf(mistral, *carrySchema(mistral, question(), schemaOf(ticket), tool));
        QCOMPARE(at(body, u"tools.0.function.parameters"_s).toObject(), schema);
        QCOMPARE(at(body, u"tool_choice.function.name"_s).toString(), u"give"_s);
        const Target anthropic = targetOf(u"anthropic"_s, u"Anthropic"_s);
        const QJsonObject other
            = bodyOf(anthropic, *carrySchema(anthropic, question(), schemaOf(ticket), tool));
        QCOMPARE(at(other, u"tools.0.input_schema"_s).toObject(), schema);
        QCOMPARE(at(other, u"tool_choice.name"_s).toString(), u"give"_s);
        const auto none
            = carrySchema(targetOf(u"lorax"_s, u"LoRAX"_s), question(), schemaOf(ticket), tool);
        QVERIFY(!none);
        QCOMPARE(
            answerText(u"text"_s, {{.id = {}, .name = u"give"_s, .arguments = u"{}"_s}}, Way::Tool),
            u"{}"_s);
        QCOMPARE(answerText(u"text"_s, {}, Way::Tool), u"text"_s);
    }

    void inWords()
    {
        const SchemaCarrying words{.way = Way::Words, .mayNarrow = true, .name = {}};
        ChatRequest request = question();
        request.messages.prepend({.role = Role::System, .content = u"Be kind."_s});
        const auto carried
            = carrySchema(targetOf(u"openai"_s, {}), request, schemaOf(ticket), words);
        const Message &system = carried->request.messages.constFirst();
        QVERIFY(system.content.startsWith(u"Be kind.\n"_s));
        // In the order in which it was written.
        QVERIFY(system.content.endsWith(QString::fromUtf8(ticket)));
        QCOMPARE(carried->request.messages.size(), 2);
        QCOMPARE(carried->request.parameters, request.parameters);
    }

    void thePlaceMayBeTaken()
    {
        ChatRequest request = question();
        request.parameters.insert(u"response_format"_s, QJsonObject());
        const auto carried = carrySchema(targetOf(u"openai"_s, {}), request, schemaOf(ticket));
        QVERIFY(!carried);
        QVERIFY(carried.error().message.contains(u"response_format"_s));
    }
};

QTEST_GUILESS_MAIN(TestSchemaCarrier)
#include "tst_schemacarrier.moc"
