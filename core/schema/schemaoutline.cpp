// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/schemaoutline.h"

#include "schema/outlinevalues.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Kind = JsonNode::Kind;

constexpr qsizetype mostOfAnother = 48; ///< characters of what a form leaves alone

bool isSchema(const JsonNode &node) { return node.is(Kind::Object) || node.is(Kind::Boolean); }

bool areTexts(const JsonNode &node)
{
    return node.is(Kind::Array) && std::ranges::all_of(node.items, [](const JsonNode &item) {
        return item.is(Kind::String);
    });
}

class Outline final
{
public:
    void add(OutlineRow row, const JsonNode *node)
    {
        const qsizetype at = m_rows.size();
        m_rows.append(OutlineRow());
        if (node) {
            read(row, *node);
        }
        row.children = node ? addChildren(row, *node) : 0;
        m_rows[at] = row;
    }

    [[nodiscard]] const QList<OutlineRow> &rows() const { return m_rows; }

private:
    static void read(OutlineRow &row, const JsonNode &node)
    {
        if (!node.is(Kind::Object)) {
            row.isFixed = true;
            row.others.append(compactJson(node, mostOfAnother));
            return;
        }
        for (qsizetype i = 0; i < node.keys.size(); ++i) {
            if (!take(row, node.keys[i], node.items[size_t(i)], node)) {
                row.others.append(
                    node.keys[i] + ": "_L1 + compactJson(node.items[size_t(i)], mostOfAnother));
            }
        }
        if (const JsonNode *values = node.find("enum"_L1); values && areScalars(*values)) {
            const auto typed = typedValues(*values, row.type, row.isNullable);
            row.values = typed.value_or(QString());
            if (!typed) {
                row.others.append("enum: "_L1 + compactJson(*values, mostOfAnother));
            }
        }
        row.isFixed = node.find("$ref"_L1) || node.find("$dynamicRef"_L1);
        const JsonNode *properties = node.find("properties"_L1);
        row.mayHaveProperties
            = !row.isFixed && (properties ? properties->is(Kind::Object) : row.type == "object"_L1);
    }

    /// Whether the row says all that this member does.
    static bool take(
        OutlineRow &row, const QString &key, const JsonNode &value, const JsonNode &node)
    {
        if (key == "type"_L1) {
            return takeType(row, value);
        }
        if (key == "description"_L1) {
            row.description = value.is(Kind::String) ? value.text : QString();
            return value.is(Kind::String);
        }
        if (key == "enum"_L1) {
            return areScalars(value); // read() writes them, once the type is known
        }
        if (key == "properties"_L1) {
            return value.is(Kind::Object);
        }
        if (key == "items"_L1) {
            return isSchema(value);
        }
        if (key == "required"_L1) {
            return areTexts(value) && hasAll(node.find("properties"_L1), value);
        }
        return (key == "$defs"_L1 || key == "definitions"_L1) && row.kind == OutlineRow::Kind::Root
            && value.is(Kind::Object);
    }

    static bool takeType(OutlineRow &row, const JsonNode &value)
    {
        if (value.is(Kind::String)) {
            row.type = value.text;
            return true;
        }
        if (!areTexts(value) || value.items.empty()) {
            return false;
        }
        QStringList types;
        for (const JsonNode &item : value.items) {
            types.append(item.text);
        }
        row.isNullable = types.size() > 1 && types.removeAll(u"null"_s) > 0;
        row.type = types.join(" | "_L1);
        return true;
    }

    static bool hasAll(const JsonNode *properties, const JsonNode &required)
    {
        return std::ranges::all_of(required.items,
            [&](const JsonNode &name) { return properties && properties->find(name.text); });
    }

    int addChildren(const OutlineRow &row, const JsonNode &node)
    {
        int count = 0;
        const auto child = [&](OutlineRow::Kind kind, const QString &pointer, const QString &name,
                               const JsonNode *value, bool isRequired) {
            OutlineRow below;
            below.kind = kind;
            below.pointer = row.pointer + pointer;
            below.name = name;
            below.depth = row.depth + 1;
            below.isRequired = isRequired;
            add(below, value);
            ++count;
        };
        const auto members = [&](QLatin1StringView key, OutlineRow::Kind kind) {
            const JsonNode *all = node.find(key);
            if (!all || !all->is(Kind::Object)) {
                return;
            }
            for (qsizetype i = 0; i < all->keys.size(); ++i) {
                const QString &name = all->keys[i];
                child(kind, u"/%1/%2"_s.arg(key, pointerPart(name)), name, &all->items[size_t(i)],
                    kind == OutlineRow::Kind::Property && isRequired(node, name));
            }
        };
        members("properties"_L1, OutlineRow::Kind::Property);
        const JsonNode *items = node.find("items"_L1);
        if (items ? isSchema(*items) : row.type == "array"_L1 && !row.isFixed) {
            child(OutlineRow::Kind::Items, u"/items"_s, {}, items, false);
        }
        if (row.kind == OutlineRow::Kind::Root) {
            members("$defs"_L1, OutlineRow::Kind::Definition);
            members("definitions"_L1, OutlineRow::Kind::Definition);
        }
        return count;
    }

    static bool isRequired(const JsonNode &node, const QString &name)
    {
        const JsonNode *required = node.find("required"_L1);
        return required && required->is(Kind::Array)
            && std::ranges::any_of(required->items,
                [&](const JsonNode &item) { return item.is(Kind::String) && item.text == name; });
    }

    QList<OutlineRow> m_rows;
};

} // namespace

QList<OutlineRow> outlineOf(const JsonNode &schema, const QString &base)
{
    if (!isSchema(schema)) {
        return {};
    }
    OutlineRow root;
    root.pointer = base;
    Outline outline;
    outline.add(root, &schema);
    return outline.rows();
}

} // namespace Lorikeet
