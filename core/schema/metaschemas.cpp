// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the drafts say of the value of each keyword. Where a draft's own meta-schema is in several
// parts, this is all of them as one.

#include "schema/compiledschema.h"
#include "schema/partialjson.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

enum class Shape {
    Schema,
    SchemaOrBoolean,
    Schemas, ///< a list of them, at least one
    NamedSchemas,
    ItemSchemas, ///< one, or a list
    Dependencies,
    Count,
    Positive,
    Number,
    Boolean,
    Text,
    Pattern,
    Texts, ///< each once
    NeededTexts, ///< … and at least one
    NamedTexts,
    NamedBooleans,
    Types,
    List,
    NeededList,
    Anything,
};

struct Row
{
    QLatin1StringView keyword;
    Shape shape;
    SchemaDraft since = SchemaDraft::Draft4;
    SchemaDraft until = SchemaDraft::Draft202012;
};

using enum SchemaDraft;

constexpr std::array rows{
    Row{"$schema"_L1, Shape::Text},
    Row{"id"_L1, Shape::Text, Draft4, Draft4},
    Row{"$id"_L1, Shape::Text, Draft6},
    Row{"$ref"_L1, Shape::Text, Draft6},
    Row{"$anchor"_L1, Shape::Text, Draft201909},
    Row{"$dynamicRef"_L1, Shape::Text, Draft202012},
    Row{"$dynamicAnchor"_L1, Shape::Text, Draft202012},
    Row{"$recursiveRef"_L1, Shape::Text, Draft201909, Draft201909},
    Row{"$recursiveAnchor"_L1, Shape::Boolean, Draft201909, Draft201909},
    Row{"$vocabulary"_L1, Shape::NamedBooleans, Draft201909},
    Row{"$comment"_L1, Shape::Text, Draft7},
    Row{"$defs"_L1, Shape::NamedSchemas, Draft201909},
    Row{"definitions"_L1, Shape::NamedSchemas},
    Row{"title"_L1, Shape::Text},
    Row{"description"_L1, Shape::Text},
    Row{"default"_L1, Shape::Anything},
    Row{"examples"_L1, Shape::List, Draft6},
    Row{"deprecated"_L1, Shape::Boolean, Draft201909},
    Row{"readOnly"_L1, Shape::Boolean, Draft7},
    Row{"writeOnly"_L1, Shape::Boolean, Draft7},
    Row{"multipleOf"_L1, Shape::Positive},
    Row{"maximum"_L1, Shape::Number},
    Row{"exclusiveMaximum"_L1, Shape::Boolean, Draft4, Draft4},
    Row{"exclusiveMaximum"_L1, Shape::Number, Draft6},
    Row{"minimum"_L1, Shape::Number},
    Row{"exclusiveMinimum"_L1, Shape::Boolean, Draft4, Draft4},
    Row{"exclusiveMinimum"_L1, Shape::Number, Draft6},
    Row{"maxLength"_L1, Shape::Count},
    Row{"minLength"_L1, Shape::Count},
    Row{"pattern"_L1, Shape::Pattern},
    Row{"items"_L1, Shape::ItemSchemas, Draft4, Draft201909},
    Row{"items"_L1, Shape::Schema, Draft202012},
    Row{"prefixItems"_L1, Shape::Schemas, Draft202012},
    Row{"additionalItems"_L1, Shape::SchemaOrBoolean, Draft4, Draft4},
    Row{"additionalItems"_L1, Shape::Schema, Draft6, Draft201909},
    Row{"unevaluatedItems"_L1, Shape::Schema, Draft201909},
    Row{"maxItems"_L1, Shape::Count},
    Row{"minItems"_L1, Shape::Count},
    Row{"uniqueItems"_L1, Shape::Boolean},
    Row{"contains"_L1, Shape::Schema, Draft6},
    Row{"maxContains"_L1, Shape::Count, Draft201909},
    Row{"minContains"_L1, Shape::Count, Draft201909},
    Row{"maxProperties"_L1, Shape::Count},
    Row{"minProperties"_L1, Shape::Count},
    Row{"required"_L1, Shape::NeededTexts, Draft4, Draft4},
    Row{"required"_L1, Shape::Texts, Draft6},
    Row{"properties"_L1, Shape::NamedSchemas},
    Row{"patternProperties"_L1, Shape::NamedSchemas},
    Row{"additionalProperties"_L1, Shape::SchemaOrBoolean, Draft4, Draft4},
    Row{"additionalProperties"_L1, Shape::Schema, Draft6},
    Row{"unevaluatedProperties"_L1, Shape::Schema, Draft201909},
    Row{"propertyNames"_L1, Shape::Schema, Draft6},
    Row{"dependencies"_L1, Shape::Dependencies},
    Row{"dependentSchemas"_L1, Shape::NamedSchemas, Draft201909},
    Row{"dependentRequired"_L1, Shape::NamedTexts, Draft201909},
    Row{"const"_L1, Shape::Anything, Draft6},
    Row{"enum"_L1, Shape::NeededList, Draft4, Draft4},
    Row{"enum"_L1, Shape::List, Draft6},
    Row{"type"_L1, Shape::Types},
    Row{"format"_L1, Shape::Text},
    Row{"contentMediaType"_L1, Shape::Text, Draft7},
    Row{"contentEncoding"_L1, Shape::Text, Draft7},
    Row{"contentSchema"_L1, Shape::Schema, Draft201909},
    Row{"if"_L1, Shape::Schema, Draft7},
    Row{"then"_L1, Shape::Schema, Draft7},
    Row{"else"_L1, Shape::Schema, Draft7},
    Row{"allOf"_L1, Shape::Schemas},
    Row{"anyOf"_L1, Shape::Schemas},
    Row{"oneOf"_L1, Shape::Schemas},
    Row{"not"_L1, Shape::Schema},
};

/// The reference to the whole meta-schema, from within.
QString selfOf(SchemaDraft draft)
{
    switch (draft) {
    case Draft201909:
        return uR"({"$recursiveRef":"#"})"_s;
    case Draft202012:
        return uR"({"$dynamicRef":"#meta"})"_s;
    default:
        return uR"({"$ref":"#"})"_s;
    }
}

QString shapeText(Shape shape, SchemaDraft draft)
{
    const QString self = selfOf(draft);
    const auto named = [](const QString &each) {
        return u"{\"type\":\"object\",\"additionalProperties\":"_s + each + u'}';
    };
    const QString texts = uR"({"type":"array","items":{"type":"string"},"uniqueItems":true)"_s;
    switch (shape) {
    case Shape::Schema:
        return self;
    case Shape::SchemaOrBoolean:
        return uR"({"anyOf":[{"type":"boolean"},%1]})"_s.arg(self);
    case Shape::Schemas:
        return uR"({"type":"array","minItems":1,"items":%1})"_s.arg(self);
    case Shape::NamedSchemas:
        return named(self);
    case Shape::ItemSchemas:
        return uR"({"anyOf":[%1,{"type":"array","minItems":1,"items":%1}]})"_s.arg(self);
    case Shape::Dependencies:
        return named(uR"({"anyOf":[%1,%2]})"_s.arg(
            self, texts + (draft == Draft4 ? u",\"minItems\":1}"_s : u"}"_s)));
    case Shape::Count:
        return uR"({"type":"integer","minimum":0})"_s;
    case Shape::Positive:
        return draft == Draft4 ? uR"({"type":"number","minimum":0,"exclusiveMinimum":true})"_s
                               : uR"({"type":"number","exclusiveMinimum":0})"_s;
    case Shape::Number:
        return uR"({"type":"number"})"_s;
    case Shape::Boolean:
        return uR"({"type":"boolean"})"_s;
    case Shape::Text:
    case Shape::Pattern:
        return uR"({"type":"string"})"_s;
    case Shape::Texts:
        return texts + u'}';
    case Shape::NeededTexts:
        return texts + u",\"minItems\":1}"_s;
    case Shape::NamedTexts:
        return named(texts + u'}');
    case Shape::NamedBooleans:
        return named(uR"({"type":"boolean"})"_s);
    case Shape::Types: {
        const QString types
            = uR"({"enum":["array","boolean","integer","null","number","object","string"]})"_s;
        return uR"({"anyOf":[%1,{"type":"array","items":%1,"minItems":1,"uniqueItems":true}]})"_s
            .arg(types);
    }
    case Shape::List:
        return uR"({"type":"array"})"_s;
    case Shape::NeededList:
        return uR"({"type":"array","minItems":1})"_s;
    case Shape::Anything:
        return u"{}"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

JsonNode make(SchemaDraft draft)
{
    QString text = uR"({"$schema":"%1","%2":"%1",)"_s.arg(
        metaSchemaUri(draft), draft == Draft4 ? u"id"_s : u"$id"_s);
    if (draft == Draft201909) {
        text += u"\"$recursiveAnchor\":true,"_s;
    } else if (draft == Draft202012) {
        text += u"\"$dynamicAnchor\":\"meta\","_s;
    }
    text += draft == Draft4 ? u"\"type\":\"object\",\"properties\":{"_s
                            : u"\"type\":[\"object\",\"boolean\"],\"properties\":{"_s;
    QStringList properties;
    for (const Row &row : rows) {
        if (row.since <= draft && draft <= row.until) {
            properties.append(u"\"%1\":"_s.arg(row.keyword) + shapeText(row.shape, draft));
        }
    }
    text += properties.join(u',') + u'}';
    if (draft == Draft4) { // the one that alone means nothing
        text += u",\"dependencies\":{\"exclusiveMaximum\":[\"maximum\"],"
                "\"exclusiveMinimum\":[\"minimum\"]}"_s;
    }
    text += u'}';
    const Result<JsonNode> node = parseJson(QStringView(text));
    Q_ASSERT(node);
    return *node;
}

} // namespace

QString metaSchemaUri(SchemaDraft draft)
{
    switch (draft) {
    case Draft4:
        return u"http://json-schema.org/draft-04/schema#"_s;
    case Draft6:
        return u"http://json-schema.org/draft-06/schema#"_s;
    case Draft7:
        return u"http://json-schema.org/draft-07/schema#"_s;
    case Draft201909:
        return u"https://json-schema.org/draft/2019-09/schema"_s;
    case Draft202012:
        return u"https://json-schema.org/draft/2020-12/schema"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

const JsonNode &metaSchema(SchemaDraft draft)
{
    static const std::array all{
        make(Draft4), make(Draft6), make(Draft7), make(Draft201909), make(Draft202012)};
    return all[size_t(draft)];
}

} // namespace Lorikeet
