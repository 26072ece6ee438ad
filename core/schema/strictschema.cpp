// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The limits of OpenAI's strict mode, as its documentation states them.

#include "schema/schemacarrier.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Kind = JsonNode::Kind;

constexpr int mostProperties = 5000;
constexpr int mostLevels = 10;
constexpr int mostEnumValues = 1000;
constexpr qsizetype mostCharacters = 120'000;

constexpr std::array refused{"allOf"_L1, "not"_L1, "if"_L1, "then"_L1, "else"_L1,
    "dependentRequired"_L1, "dependentSchemas"_L1, "dependencies"_L1, "patternProperties"_L1};

JsonNode textNode(const QString &text)
{
    JsonNode node;
    node.kind = Kind::String;
    node.text = text;
    return node;
}

JsonNode *memberOf(JsonNode &node, QLatin1StringView key)
{
    const qsizetype at = node.keys.indexOf(key);
    return at < 0 ? nullptr : &node.items[size_t(at)];
}

void addMember(JsonNode &node, QLatin1StringView key, JsonNode value)
{
    node.keys.append(key);
    node.items.push_back(std::move(value));
}

bool isObjectType(const JsonNode &schema)
{
    const JsonNode *type = schema.find("type"_L1);
    return type && type->is(Kind::String) && type->text == "object"_L1;
}

class Narrowing final
{
public:
    explicit Narrowing(StrictSchema &out)
        : m_out(out)
    { }

    void run()
    {
        if (!isObjectType(m_out.schema)) {
            m_out.obstacles.append(u"the whole is not of type object"_s);
        }
        visit(m_out.schema, {}, 1);
        const auto limit = [this](bool isOver, const QString &sentence) {
            if (isOver) {
                m_out.obstacles.append(sentence);
            }
        };
        limit(m_properties > mostProperties,
            u"it has %1 properties, of %2 that may be"_s.arg(m_properties).arg(mostProperties));
        limit(m_levels > mostLevels,
            u"it is nested %1 levels deep, of %2 that may be"_s.arg(m_levels).arg(mostLevels));
        limit(m_enumValues > mostEnumValues,
            u"it has %1 values in enums, of %2 that may be"_s.arg(m_enumValues)
                .arg(mostEnumValues));
        limit(m_characters > mostCharacters,
            u"its names and values have %1 characters, of %2 that may be"_s.arg(m_characters)
                .arg(mostCharacters));
    }

private:
    void visit(JsonNode &schema, const QString &pointer, int level)
    {
        if (!schema.is(Kind::Object)) {
            return;
        }
        m_levels = std::max(m_levels, level);
        for (const QLatin1StringView keyword : refused) {
            if (schema.find(keyword)) {
                m_out.obstacles.append(u"“%1” at #%2"_s.arg(keyword, pointer));
            }
        }
        countValues(schema);
        if (isObjectType(schema) || schema.find("properties"_L1)) {
            narrow(schema, pointer);
        }
        for (const QLatin1StringView keyword : {"properties"_L1, "$defs"_L1, "definitions"_L1}) {
            JsonNode *named = memberOf(schema, keyword);
            for (size_t i = 0; named && named->is(Kind::Object) && i < named->items.size(); ++i) {
                const QString &name = named->keys.at(qsizetype(i));
                m_characters += name.size();
                visit(named->items[i], pointer + u'/' + keyword + u'/' + pointerPart(name),
                    keyword == "properties"_L1 ? level + 1 : 1);
            }
        }
        for (const QLatin1StringView keyword : {"items"_L1, "anyOf"_L1, "prefixItems"_L1}) {
            JsonNode *parts = memberOf(schema, keyword);
            if (parts && parts->is(Kind::Object)) {
                visit(*parts, pointer + u'/' + keyword, level + 1);
            }
            for (size_t i = 0; parts && parts->is(Kind::Array) && i < parts->items.size(); ++i) {
                visit(parts->items[i], u"%1/%2/%3"_s.arg(pointer, keyword).arg(i), level);
            }
        }
    }

    void countValues(const JsonNode &schema)
    {
        const JsonNode *values = schema.find("enum"_L1);
        for (size_t i = 0; values && i < values->items.size(); ++i) {
            ++m_enumValues;
            m_characters += values->items[i].text.size();
        }
        if (const JsonNode *value = schema.find("const"_L1)) {
            m_characters += value->text.size();
        }
    }

    void narrow(JsonNode &schema, const QString &pointer)
    {
        const JsonNode *additional = schema.find("additionalProperties"_L1);
        if (!additional) {
            JsonNode no;
            no.kind = Kind::Boolean;
            addMember(schema, "additionalProperties"_L1, no);
            m_out.narrowed.append(u"#%1 allows no other properties"_s.arg(pointer));
        } else if (!additional->is(Kind::Boolean) || additional->boolean) {
            m_out.obstacles.append(u"additional properties at #%1"_s.arg(pointer));
        }
        const JsonNode *properties = schema.find("properties"_L1);
        if (!properties || !properties->is(Kind::Object)) {
            return;
        }
        const QStringList names = properties->keys;
        m_properties += int(names.size());
        if (!schema.find("required"_L1)) {
            JsonNode list;
            list.kind = Kind::Array;
            addMember(schema, "required"_L1, list);
        }
        JsonNode &required = *memberOf(schema, "required"_L1);
        for (const QString &name : names) {
            const bool isRequired = std::ranges::any_of(
                required.items, [&name](const JsonNode &item) { return item.text == name; });
            if (!isRequired) {
                required.items.push_back(textNode(name));
                m_out.narrowed.append(u"#%1/properties/%2 is required"_s.arg(pointer, name));
            }
        }
    }

    StrictSchema &m_out;
    int m_properties = 0;
    int m_levels = 0;
    int m_enumValues = 0;
    qsizetype m_characters = 0;
};

} // namespace

StrictSchema strictSchema(const JsonNode &schema)
{
    StrictSchema out{.schema = schema, .obstacles = {}, .narrowed = {}};
    Narrowing(out).run();
    return out;
}

} // namespace Lorikeet
