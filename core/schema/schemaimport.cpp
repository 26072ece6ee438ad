// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/schemaimport.h"

#include "base/invalidrequest.h"
#include "schema/partialjson.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Kind = JsonNode::Kind;

JsonNode stringNode(const QString &text)
{
    JsonNode node;
    node.kind = Kind::String;
    node.text = text;
    return node;
}

JsonNode emptyNode(Kind kind)
{
    JsonNode node;
    node.kind = kind;
    return node;
}

void put(JsonNode &object, const QString &key, JsonNode value)
{
    if (const qsizetype at = object.keys.indexOf(key); at >= 0) {
        object.items[size_t(at)] = std::move(value);
    } else {
        object.keys.append(key);
        object.items.push_back(std::move(value));
    }
}

QString textOf(const JsonNode &object, QLatin1StringView key)
{
    const JsonNode *found = object.find(key);
    return found && found->is(Kind::String) ? found->text : QString();
}

const JsonNode *objectOf(const JsonNode &object, QLatin1StringView key)
{
    const JsonNode *found = object.find(key);
    return found && found->is(Kind::Object) ? found : nullptr;
}

/// What `$ref`s below `node` name behind `prefix`.
void findReferences(const JsonNode &node, const QString &prefix, QSet<QString> &found)
{
    if (const QString target = textOf(node, "$ref"_L1); target.startsWith(prefix)) {
        found.insert(target.sliced(prefix.size()).section(u'/', 0, 0));
    }
    for (const JsonNode &item : node.items) {
        findReferences(item, prefix, found);
    }
}

/// OpenAPI 3.0's own words as those of JSON Schema, and references to where the definitions go.
void translate(JsonNode &node, const QString &prefix, const QString &definitions)
{
    for (size_t i = 0; i < node.items.size(); ++i) {
        JsonNode &item = node.items[i];
        if (node.is(Kind::Object) && node.keys[qsizetype(i)] == "$ref"_L1 && item.is(Kind::String)
            && item.text.startsWith(prefix)) {
            item.text = u"#/%1/%2"_s.arg(definitions, item.text.sliced(prefix.size()));
        }
        translate(item, prefix, definitions);
    }
    const JsonNode *nullable = node.find("nullable"_L1);
    const JsonNode *type = node.find("type"_L1);
    if (nullable && nullable->is(Kind::Boolean) && nullable->boolean && type
        && type->is(Kind::String)) {
        JsonNode types = emptyNode(Kind::Array);
        types.items = {*type, stringNode(u"null"_s)};
        put(node, u"type"_s, types);
        const qsizetype at = node.keys.indexOf("nullable"_L1);
        node.keys.removeAt(at);
        node.items.erase(node.items.begin() + at);
    }
}

/// Each of `components`, with those it refers to as definitions of its own.
QList<ImportedSchema> componentsOf(const JsonNode &components, const QString &prefix,
    const QString &definitions, const QString &draft)
{
    QList<ImportedSchema> schemas;
    for (size_t i = 0; i < components.items.size(); ++i) {
        const QString name = components.keys[qsizetype(i)];
        ImportedSchema imported{.name = name, .schema = components.items[i]};
        QSet<QString> needed;
        findReferences(imported.schema, prefix, needed);
        QList<QString> toLookAt(needed.begin(), needed.end());
        while (!toLookAt.isEmpty()) {
            QSet<QString> more;
            if (const JsonNode *component = components.find(QStringView(toLookAt.takeLast()))) {
                findReferences(*component, prefix, more);
            }
            for (const QString &further : std::as_const(more)) {
                if (!needed.contains(further)) {
                    needed.insert(further);
                    toLookAt.append(further);
                }
            }
        }
        JsonNode held = emptyNode(Kind::Object);
        for (size_t j = 0; j < components.items.size(); ++j) {
            if (needed.contains(components.keys[qsizetype(j)])) {
                put(held, components.keys[qsizetype(j)], components.items[j]);
            }
        }
        if (!imported.schema.is(Kind::Object)) {
            schemas.append(imported); // true or false
            continue;
        }
        if (!held.items.empty()) {
            put(imported.schema, definitions, held);
        }
        translate(imported.schema, prefix, definitions);
        if (!draft.isEmpty() && !imported.schema.find("$schema"_L1)) {
            imported.schema.keys.prepend(u"$schema"_s);
            imported.schema.items.insert(imported.schema.items.begin(), stringNode(draft));
        }
        schemas.append(imported);
    }
    return schemas;
}

/// Keywords that say something of a value; one that has none of them only holds definitions.
bool saysNothing(const JsonNode &schema)
{
    static const QStringList silent{u"$schema"_s, u"$id"_s, u"id"_s, u"$defs"_s, u"definitions"_s,
        u"title"_s, u"description"_s, u"$comment"_s};
    return std::ranges::all_of(
        schema.keys, [](const QString &key) { return silent.contains(key); });
}

Result<QList<ImportedSchema>> openApi(const JsonNode &document)
{
    const QString version = textOf(document, "openapi"_L1);
    const JsonNode *components = objectOf(document, "components"_L1);
    const JsonNode *schemas = components ? objectOf(*components, "schemas"_L1) : nullptr;
    if (!version.isEmpty() && schemas && !schemas->items.empty()) {
        return version.startsWith("3.0"_L1)
            ? componentsOf(*schemas, u"#/components/schemas/"_s, u"definitions"_s,
                  u"http://json-schema.org/draft-04/schema#"_s)
            : componentsOf(*schemas, u"#/components/schemas/"_s, u"$defs"_s, {});
    }
    const JsonNode *definitions = objectOf(document, "definitions"_L1);
    if (version.isEmpty() && definitions && !definitions->items.empty()) {
        return componentsOf(*definitions, u"#/definitions/"_s, u"definitions"_s,
            u"http://json-schema.org/draft-04/schema#"_s);
    }
    return invalidRequest(
        u"This is an OpenAPI document without schemas among its components: there is nothing to "
        "take from it."_s);
}

JsonNode merged(const std::vector<JsonNode> &examples);

JsonNode objectSchema(const std::vector<const JsonNode *> &objects)
{
    JsonNode properties = emptyNode(Kind::Object);
    JsonNode required = emptyNode(Kind::Array);
    QStringList keys;
    for (const JsonNode *object : objects) {
        for (const QString &key : object->keys) {
            if (!keys.contains(key)) {
                keys.append(key);
            }
        }
    }
    for (const QString &key : std::as_const(keys)) {
        std::vector<JsonNode> values;
        for (const JsonNode *object : objects) {
            if (const JsonNode *value = object->find(QStringView(key))) {
                values.push_back(*value);
            }
        }
        if (values.size() == objects.size()) {
            required.items.push_back(stringNode(key));
        }
        put(properties, key, merged(values));
    }
    JsonNode schema = emptyNode(Kind::Object);
    put(schema, u"type"_s, stringNode(u"object"_s));
    put(schema, u"properties"_s, properties);
    if (!required.items.empty()) {
        put(schema, u"required"_s, required);
    }
    put(schema, u"additionalProperties"_s, emptyNode(Kind::Boolean));
    return schema;
}

QString typeOf(const JsonNode &node)
{
    switch (node.kind) {
    case Kind::Null:
        return u"null"_s;
    case Kind::Boolean:
        return u"boolean"_s;
    case Kind::Number:
        return node.isInteger() ? u"integer"_s : u"number"_s;
    case Kind::String:
        return u"string"_s;
    case Kind::Array:
        return u"array"_s;
    case Kind::Object:
        return u"object"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

/// A schema that all of `examples` keep to.
JsonNode merged(const std::vector<JsonNode> &examples)
{
    QStringList types;
    std::vector<const JsonNode *> objects;
    std::vector<JsonNode> items;
    for (const JsonNode &example : examples) {
        if (const QString type = typeOf(example); !types.contains(type)) {
            types.append(type);
        }
        if (example.is(Kind::Object)) {
            objects.push_back(&example);
        } else if (example.is(Kind::Array)) {
            items.insert(items.end(), example.items.begin(), example.items.end());
        }
    }
    if (types.contains("number"_L1)) {
        types.removeAll("integer"_L1);
    }
    JsonNode schema = objects.empty() ? emptyNode(Kind::Object) : objectSchema(objects);
    if (types.size() == 1) {
        put(schema, u"type"_s, stringNode(types.constFirst()));
    } else if (!types.isEmpty()) {
        JsonNode list = emptyNode(Kind::Array);
        for (const QString &type : std::as_const(types)) {
            list.items.push_back(stringNode(type));
        }
        put(schema, u"type"_s, list);
    }
    if (!items.empty()) {
        put(schema, u"items"_s, merged(items));
    }
    return schema;
}

} // namespace

Result<QList<ImportedSchema>> importSchemas(const QByteArray &utf8)
{
    const Result<JsonNode> parsed = parseJson(utf8);
    if (!parsed) {
        return invalidRequest(u"The file is no JSON. YAML is not read: convert it first. "_s
            + parsed.error().message);
    }
    const JsonNode *document = &*parsed;
    if (document->find("openapi"_L1) || document->find("swagger"_L1)) {
        return openApi(*document);
    }
    // {"type":"json_schema","json_schema":{"schema":…}}, {"function":{"parameters":…}} and parts.
    for (const QLatin1StringView wrapper :
        {"response_format"_L1, "json_schema"_L1, "function"_L1}) {
        if (const JsonNode *inner = objectOf(*document, wrapper)) {
            document = inner;
        }
    }
    const QString name = textOf(*document, "name"_L1);
    for (const QLatin1StringView member : {"schema"_L1, "parameters"_L1, "input_schema"_L1}) {
        const JsonNode *inner = objectOf(*document, member);
        if (inner && !document->find("properties"_L1)) {
            return QList<ImportedSchema>{{.name = name, .schema = *inner}};
        }
    }
    if (document->is(Kind::Object) && saysNothing(*document)) {
        for (const QString &definitions : {u"$defs"_s, u"definitions"_s}) {
            const JsonNode *held = document->find(QStringView(definitions));
            if (held && held->is(Kind::Object) && !held->items.empty()) {
                return componentsOf(*held, u"#/%1/"_s.arg(definitions), definitions,
                    textOf(*document, "$schema"_L1));
            }
        }
    }
    return QList<ImportedSchema>{{.name = textOf(*document, "title"_L1), .schema = *document}};
}

JsonNode inferSchema(const JsonNode &example) { return merged({example}); }

} // namespace Lorikeet
