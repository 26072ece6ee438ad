// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/schemacarrier.h"

#include "base/invalidrequest.h"
#include "providers/servers.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QVersionNumber>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// The forms in which dialects have a schema.
enum class Form {
    ResponseFormat, ///< response_format {"type":"json_schema","json_schema":{name, schema}}
    StrictResponseFormat, ///< the same with strict, which takes only some schemas
    ValueFormat, ///< response_format {"type":"json","value":schema}
    PlainFormat, ///< response_format {"type":"json_object","schema":schema}
    StructuredOutputs, ///< structured_outputs {"json":schema}
    GuidedJson, ///< guided_json schema
    TextFormat, ///< text {"format":{"type":"json_schema", …}}, strict as above
    Grammar, ///< grammar {"type":"json","value":schema}
    JsonSchema, ///< json_schema schema
    OllamaFormat, ///< format schema
    OutputConfig, ///< output_config {"format":{"type":"json_schema","schema":schema}}
    ResponseSchema, ///< responseMimeType and responseJsonSchema
    GuidedDecoding, ///< guided_decoding_guide_type and guided_decoding_guide, as text
    None, ///< the dialect has no place for it
};

struct Row
{
    QLatin1StringView provider;
    Server server; ///< Unknown: any that has no row of its own
    Form form;
};

/// Which dialect has it how. The first row that fits counts.
constexpr std::array rows{
    Row{"openai"_L1, Server::OpenAi, Form::StrictResponseFormat},
    Row{"openai"_L1, Server::Azure, Form::StrictResponseFormat},
    Row{"openai"_L1, Server::Vllm, Form::StructuredOutputs},
    Row{"openai"_L1, Server::Tgi, Form::ValueFormat},
    Row{"openai"_L1, Server::Unknown, Form::ResponseFormat},
    Row{"responses"_L1, Server::Unknown, Form::TextFormat},
    Row{"lorax"_L1, Server::Unknown, Form::PlainFormat},
    Row{"predibase"_L1, Server::Unknown, Form::PlainFormat},
    Row{"llamacpp"_L1, Server::Unknown, Form::JsonSchema},
    Row{"tgi"_L1, Server::Unknown, Form::Grammar},
    Row{"ollama"_L1, Server::Unknown, Form::OllamaFormat},
    Row{"anthropic"_L1, Server::Unknown, Form::OutputConfig},
    Row{"gemini"_L1, Server::Unknown, Form::ResponseSchema},
    Row{"triton"_L1, Server::TritonTensorRtLlm, Form::GuidedDecoding},
    Row{"triton"_L1, Server::Unknown, Form::StructuredOutputs},
    Row{"langformers"_L1, Server::Unknown, Form::None},
};

/// Keywords that the grammars of llama.cpp, and so of what is built on it, leave out in silence.
constexpr std::array notInGrammars{"not"_L1, "if"_L1, "patternProperties"_L1, "propertyNames"_L1,
    "uniqueItems"_L1, "contains"_L1, "minProperties"_L1, "maxProperties"_L1, "multipleOf"_L1,
    "dependentRequired"_L1, "dependentSchemas"_L1, "unevaluatedProperties"_L1,
    "unevaluatedItems"_L1};

Server serverOf(const Target &target) { return serverFromName(target.endpoint.server); }

Form formOf(const Target &target)
{
    const Server server = serverOf(target);
    for (const Row &row : rows) {
        if (target.endpoint.provider == row.provider
            && (row.server == server || row.server == Server::Unknown)) {
            if (row.form != Form::StructuredOutputs || row.server != Server::Vllm) {
                return row.form;
            }
            // Each name is ignored without a word where it is the wrong one; the third is
            // everywhere.
            const auto version = QVersionNumber::fromString(target.endpoint.serverVersion);
            return version < QVersionNumber(0, 2)     ? Form::ResponseFormat
                : version >= QVersionNumber(0, 10, 2) ? Form::StructuredOutputs
                                                      : Form::GuidedJson;
        }
    }
    return Form::None;
}

QString nameOf(const JsonNode &schema, const QString &wanted)
{
    const JsonNode *title = schema.find("title"_L1);
    QString name = !wanted.isEmpty()                 ? wanted
        : title && title->is(JsonNode::Kind::String) ? title->text
                                                     : QString();
    for (QChar &c : name) {
        const bool isFine = c.unicode() < 128 && (c.isLetterOrNumber() || c == u'_' || c == u'-');
        c = isFine ? c : QChar(u'_');
    }
    constexpr qsizetype most = 64;
    return name.isEmpty() ? u"answer"_s : name.left(most);
}

/// The members by which a form says it.
QJsonObject membersOf(Form form, const QJsonObject &schema, const QByteArray &written,
    const QString &name, bool isStrict)
{
    const QJsonObject named{{u"name"_s, name}, {u"schema"_s, schema}};
    QJsonObject strict = named;
    strict.insert(u"strict"_s, isStrict);
    const auto member
        = [](const QString &key, const QJsonObject &value) { return QJsonObject{{key, value}}; };
    const auto typed = [](const QString &type, const QString &key, const QJsonValue &value) {
        return QJsonObject{{u"type"_s, type}, {key, value}};
    };
    switch (form) {
    case Form::ResponseFormat:
        return member(u"response_format"_s, typed(u"json_schema"_s, u"json_schema"_s, named));
    case Form::StrictResponseFormat:
        return member(u"response_format"_s, typed(u"json_schema"_s, u"json_schema"_s, strict));
    case Form::ValueFormat:
        return member(u"response_format"_s, typed(u"json"_s, u"value"_s, schema));
    case Form::PlainFormat:
        return member(u"response_format"_s, typed(u"json_object"_s, u"schema"_s, schema));
    case Form::StructuredOutputs:
        return member(u"structured_outputs"_s, {{u"json"_s, schema}});
    case Form::GuidedJson:
        return member(u"guided_json"_s, schema);
    case Form::TextFormat:
        strict.insert(u"type"_s, u"json_schema"_s);
        return member(u"text"_s, {{u"format"_s, strict}});
    case Form::Grammar:
        return member(u"grammar"_s, typed(u"json"_s, u"value"_s, schema));
    case Form::JsonSchema:
        return member(u"json_schema"_s, schema);
    case Form::OllamaFormat:
        return member(u"format"_s, schema);
    case Form::OutputConfig:
        return member(
            u"output_config"_s, {{u"format"_s, typed(u"json_schema"_s, u"schema"_s, schema)}});
    case Form::ResponseSchema:
        return {{u"responseMimeType"_s, u"application/json"_s}, {u"responseJsonSchema"_s, schema}};
    case Form::GuidedDecoding:
        return {{u"guided_decoding_guide_type"_s, u"json_schema"_s},
            {u"guided_decoding_guide"_s, QString::fromUtf8(written)}};
    case Form::None:
        return {};
    }
    Q_UNREACHABLE_RETURN({});
}

/// The members by which a tool of this name must be called; nothing where that cannot be said.
std::optional<QJsonObject> toolMembers(
    const Target &target, const QJsonObject &schema, const QString &name)
{
    const QString &provider = target.endpoint.provider;
    const QString description = u"Gives the answer."_s;
    if (provider == "anthropic"_L1) {
        return QJsonObject{{u"tools"_s,
                               QJsonArray{QJsonObject{{u"name"_s, name},
                                   {u"description"_s, description}, {u"input_schema"_s, schema}}}},
            {u"tool_choice"_s, QJsonObject{{u"type"_s, u"tool"_s}, {u"name"_s, name}}}};
    }
    if (provider != "openai"_L1 || serverOf(target) == Server::Ollama) {
        return std::nullopt;
    }
    const QJsonObject function{
        {u"name"_s, name}, {u"description"_s, description}, {u"parameters"_s, schema}};
    // LM Studio and llama.cpp take words alone; there is but one tool.
    const bool isWord
        = serverOf(target) == Server::LmStudio || serverOf(target) == Server::LlamaCpp;
    const QJsonValue choice = isWord ? QJsonValue(u"required"_s)
                                     : QJsonValue(QJsonObject{{u"type"_s, u"function"_s},
                                           {u"function"_s, QJsonObject{{u"name"_s, name}}}});
    return QJsonObject{
        {u"tools"_s,
            QJsonArray{QJsonObject{{u"type"_s, u"function"_s}, {u"function"_s, function}}}},
        {u"tool_choice"_s, choice}};
}

bool usesGrammars(const Target &target)
{
    const Server server = serverOf(target);
    return server == Server::LlamaCpp || server == Server::Ollama || server == Server::LmStudio
        || target.endpoint.provider == "llamacpp"_L1 || target.endpoint.provider == "ollama"_L1;
}

/// `areNames`: the keys are those of a person's own, and no keywords.
void findUnheld(const JsonNode &node, bool areNames, QStringList &found)
{
    for (size_t i = 0; i < node.items.size(); ++i) {
        const QString key = node.keys.value(qsizetype(i));
        if (!areNames && (key == "enum"_L1 || key == "const"_L1)) {
            continue;
        }
        if (!areNames && std::ranges::find(notInGrammars, key) != notInGrammars.end()
            && !found.contains(key)) {
            found.append(key);
        }
        const bool holdsNames
            = !areNames && (key == "properties"_L1 || key == "$defs"_L1 || key == "definitions"_L1);
        findUnheld(node.items[i], holdsNames, found);
    }
}

/// What is sent, made narrower where that is allowed and needed, and whether strictly.
std::pair<JsonNode, bool> strictly(
    const JsonNode &schema, bool mayNarrow, const QString &server, QStringList &notes)
{
    const StrictSchema strict = strictSchema(schema);
    if (!strict.obstacles.isEmpty()) {
        notes.append(
            u"%1 takes no schema strictly in which there is %2: it is sent without strict, "
            "and the answer checked here."_s.arg(server, strict.obstacles.join(u", "_s)));
        return {schema, false};
    }
    if (strict.narrowed.isEmpty()) {
        return {schema, true};
    }
    if (!mayNarrow) {
        notes.append(u"%1 would take the schema strictly if it were narrower (%2): it is sent "
                     "without strict."_s.arg(server, strict.narrowed.join(u", "_s)));
        return {schema, false};
    }
    notes.append(u"The schema was made narrower so that %1 takes it strictly: %2. What keeps to it "
                 "keeps to the original."_s.arg(server, strict.narrowed.join(u", "_s)));
    return {strict.schema, true};
}

Result<CarriedSchema> inWords(
    const ChatRequest &request, const JsonSchema &schema, const QStringList &notes)
{
    CarriedSchema carried{.request = request, .way = SchemaCarrying::Way::Words, .notes = notes};
    const QString words = u"Answer with one JSON value and nothing else: no words around it, no "
                          "code fence. It must keep to this JSON Schema:\n"_s
        + compactJson(schema.source());
    QList<Message> &messages = carried.request.messages;
    if (!messages.isEmpty() && messages.constFirst().role == Role::System) {
        messages.first().content += u"\n\n"_s + words;
    } else {
        messages.prepend({.role = Role::System, .content = words});
    }
    return carried;
}

Result<CarriedSchema> withMembers(
    const ChatRequest &request, const QJsonObject &members, const CarriedSchema &start)
{
    CarriedSchema carried = start;
    carried.request = request;
    carried.request.written += start.request.written;
    for (auto it = members.begin(); it != members.end(); ++it) {
        if (request.parameters.contains(it.key()) || request.extraBody.contains(it.key())) {
            return invalidRequest(
                u"The request has “%1” already, where the schema would go: leave it out."_s.arg(
                    it.key()));
        }
        carried.request.parameters.insert(it.key(), it.value());
    }
    return carried;
}

} // namespace

Result<CarriedSchema> carrySchema(const Target &target, const ChatRequest &request,
    const JsonSchema &schema, const SchemaCarrying &carrying)
{
    const QString server
        = target.endpoint.server.isEmpty() ? target.endpoint.provider : target.endpoint.server;
    CarriedSchema start{.request = {}, .way = carrying.way, .notes = {}};
    if (carrying.way == SchemaCarrying::Way::Words) {
        return inWords(request, schema, {});
    }
    const Form form = formOf(target);
    const QString name = nameOf(schema.source(), carrying.name);
    JsonNode sent = schema.source();
    if (carrying.way == SchemaCarrying::Way::Tool) {
        start.request.written = {compactJson(sent).toUtf8()};
        const auto members = toolMembers(target, toQJson(sent).toObject(), name);
        return members
            ? withMembers(request, *members, start)
            : Result<CarriedSchema>(invalidRequest(
                  u"%1 cannot be told here to call one function: send the schema natively "
                  "or in words."_s.arg(server)));
    }
    if (form == Form::None) {
        return inWords(request, schema,
            {u"%1 has no place for a schema: it is sent in words, and nothing but the model's will "
             "keeps the answer to it."_s.arg(server)});
    }
    bool isStrict = false;
    if (form == Form::StrictResponseFormat || form == Form::TextFormat) {
        std::tie(sent, isStrict)
            = strictly(schema.source(), carrying.mayNarrow, server, start.notes);
    }
    if (usesGrammars(target)) {
        QStringList unheld;
        findUnheld(schema.source(), false, unheld);
        if (!unheld.isEmpty()) {
            start.notes.append(
                u"%1 may not hold the answer to %2 while it writes: it is checked here."_s.arg(
                    server, unheld.join(u", "_s)));
        }
    }
    const QByteArray written = compactJson(sent).toUtf8();
    start.request.written = {written};
    return withMembers(
        request, membersOf(form, toQJson(sent).toObject(), written, name, isStrict), start);
}

QString answerText(const QString &text, const QList<ToolCall> &calls, SchemaCarrying::Way way)
{
    return way == SchemaCarrying::Way::Tool && !calls.isEmpty() ? calls.constFirst().arguments
                                                                : text;
}

} // namespace Lorikeet
