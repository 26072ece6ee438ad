// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/schemaindex.h"

#include <QUrl>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Kind = JsonNode::Kind;
using enum SchemaDraft;

struct Known
{
    QLatin1StringView name;
    SchemaKeyword keyword;
    SchemaDraft since = Draft4;
    SchemaDraft until = Draft202012;
};

using K = SchemaKeyword;

constexpr std::array known{Known{"$ref"_L1, K::Ref},
    Known{"$recursiveRef"_L1, K::RecursiveRef, Draft201909, Draft201909},
    Known{"$dynamicRef"_L1, K::DynamicRef, Draft202012}, Known{"type"_L1, K::Type},
    Known{"const"_L1, K::Const, Draft6}, Known{"enum"_L1, K::Enum}, Known{"minimum"_L1, K::Minimum},
    Known{"maximum"_L1, K::Maximum}, Known{"exclusiveMinimum"_L1, K::ExclusiveMinimum, Draft6},
    Known{"exclusiveMaximum"_L1, K::ExclusiveMaximum, Draft6},
    Known{"multipleOf"_L1, K::MultipleOf}, Known{"minLength"_L1, K::MinLength},
    Known{"maxLength"_L1, K::MaxLength}, Known{"pattern"_L1, K::Pattern},
    Known{"minItems"_L1, K::MinItems}, Known{"maxItems"_L1, K::MaxItems},
    Known{"minProperties"_L1, K::MinProperties}, Known{"maxProperties"_L1, K::MaxProperties},
    Known{"required"_L1, K::Required},
    Known{"dependentRequired"_L1, K::DependentRequired, Draft201909},
    Known{"propertyNames"_L1, K::PropertyNames, Draft6}, Known{"properties"_L1, K::Properties},
    Known{"patternProperties"_L1, K::PatternProperties},
    Known{"additionalProperties"_L1, K::AdditionalProperties},
    Known{"prefixItems"_L1, K::PrefixItems, Draft202012}, Known{"items"_L1, K::Items},
    Known{"additionalItems"_L1, K::Items, Draft4, Draft201909},
    Known{"contains"_L1, K::Contains, Draft6}, Known{"uniqueItems"_L1, K::UniqueItems},
    Known{"dependentSchemas"_L1, K::DependentSchemas, Draft201909},
    Known{"dependencies"_L1, K::DependentSchemas}, Known{"allOf"_L1, K::AllOf},
    Known{"anyOf"_L1, K::AnyOf}, Known{"oneOf"_L1, K::OneOf}, Known{"not"_L1, K::Not},
    Known{"if"_L1, K::If, Draft7}, Known{"unevaluatedItems"_L1, K::UnevaluatedItems, Draft201909},
    Known{"unevaluatedProperties"_L1, K::UnevaluatedProperties, Draft201909}};

QStringList textsOf(const JsonNode &list)
{
    QStringList texts;
    for (const JsonNode &item : list.items) {
        texts.append(item.text);
    }
    return texts;
}

/// Makes rules of keywords.
class SchemaCompiler final
{
public:
    explicit SchemaCompiler(const QHash<QString, JsonNode> &documents)
        : m_index(m_out, documents)
    { }

    [[nodiscard]] Result<std::shared_ptr<const JsonSchema::Compiled>> run(
        const JsonNode &schema, SchemaDraft draft)
    {
        m_out.source = schema;
        m_out.draft = draft;
        m_index.addRoot(draft);
        // Compiling may find more, behind references.
        for (size_t i = 0; i < m_out.subschemas.size() && !m_index.error(); ++i) {
            compile(m_out.subschemas[i]);
        }
        if (m_index.error()) {
            return Failure(*m_index.error());
        }
        return std::move(m_compiled);
    }

private:
    void compile(CompiledSubschema &sub)
    {
        const JsonNode &node = *sub.node;
        if (node.is(Kind::Boolean)) {
            sub.constant = node.boolean;
            return;
        }
        const SchemaDraft draft = sub.resource->draft;
        const bool isReference = isHiddenByRef(node, draft);
        for (const Known &each : known) {
            const JsonNode *value = node.find(each.name);
            if (value && each.since <= draft && draft <= each.until
                && (!isReference || each.keyword == K::Ref)) {
                compileRule(sub, {.keyword = each.keyword, .name = each.name, .value = value});
            }
        }
        std::ranges::stable_sort(sub.rules, {}, &CompiledRule::keyword);
    }

    void compileRule(CompiledSubschema &sub, CompiledRule rule)
    {
        const JsonNode &value = *rule.value;
        bool fits = true;
        switch (rule.keyword) {
        case K::Ref:
        case K::RecursiveRef:
        case K::DynamicRef:
            fits = value.is(Kind::String) && addTarget(sub, rule);
            break;
        case K::Minimum:
        case K::Maximum:
            setExclusive(*sub.node, sub.resource->draft, rule);
            [[fallthrough]];
        case K::ExclusiveMinimum:
        case K::ExclusiveMaximum:
        case K::MultipleOf:
        case K::MinLength:
        case K::MaxLength:
        case K::MinItems:
        case K::MaxItems:
        case K::MinProperties:
        case K::MaxProperties:
            fits = value.is(Kind::Number);
            break;
        case K::Enum:
            fits = value.is(Kind::Array);
            break;
        case K::Required:
            // Draft 3 had it as a boolean, within the property.
            fits = value.is(Kind::Array);
            rule.lists.insert({}, textsOf(value));
            break;
        case K::UniqueItems:
            fits = value.is(Kind::Boolean) && value.boolean;
            break;
        case K::Pattern:
            fits = value.is(Kind::String) && addPattern(sub, rule, value.text, nullptr);
            break;
        case K::DependentRequired:
            addLists(value, rule);
            break;
        case K::Properties:
        case K::PatternProperties:
        case K::DependentSchemas:
            addNamed(sub, rule);
            break;
        case K::AdditionalProperties:
            fits = addPart(value, rule);
            addSiblings(sub, rule);
            break;
        case K::Items:
            fits = addItems(*sub.node, sub.resource->draft, rule);
            break;
        case K::Contains:
            fits = addPart(value, rule);
            setCounts(*sub.node, sub.resource->draft, rule);
            break;
        case K::PrefixItems:
        case K::AllOf:
        case K::AnyOf:
        case K::OneOf:
            addParts(value, rule);
            break;
        case K::If:
            fits = addPart(value, rule);
            rule.thenPart = part(sub.node->find("then"_L1));
            rule.elsePart = part(sub.node->find("else"_L1));
            break;
        case K::UnevaluatedItems:
        case K::UnevaluatedProperties:
            m_out.usesUnevaluated = true;
            [[fallthrough]];
        case K::PropertyNames:
        case K::Not:
            fits = addPart(value, rule);
            break;
        case K::Type:
        case K::Const:
            break;
        }
        if (fits && !m_index.error()) {
            sub.rules.push_back(std::move(rule));
        }
    }

    [[nodiscard]] const CompiledSubschema *part(const JsonNode *node) const
    {
        return node ? m_out.byNode.value(node) : nullptr;
    }

    bool addPart(const JsonNode &value, CompiledRule &rule) const
    {
        const CompiledSubschema *found = part(&value);
        if (found) {
            rule.parts.push_back(found);
        }
        return found != nullptr;
    }

    void addParts(const JsonNode &list, CompiledRule &rule) const
    {
        for (const JsonNode &item : list.items) {
            addPart(item, rule);
        }
    }

    bool addTarget(const CompiledSubschema &sub, CompiledRule &rule)
    {
        const CompiledSubschema *found = m_index.target(sub, rule.value->text);
        if (!found) {
            return false;
        }
        rule.parts.push_back(found);
        const QString fragment = QUrl(rule.value->text).fragment(QUrl::FullyDecoded);
        if (rule.keyword == K::DynamicRef && !fragment.isEmpty()
            && found->dynamicAnchor == fragment) {
            rule.anchor = fragment;
        }
        return true;
    }

    bool addPattern(const CompiledSubschema &sub, CompiledRule &rule, const QString &text,
        const CompiledSubschema *part)
    {
        Result<SchemaPattern> pattern = SchemaPattern::from(text);
        if (!pattern) {
            m_index.refuse(sub.pointer + u'/' + rule.name, pattern.error().message);
            return false;
        }
        rule.patterns.emplace_back(*std::move(pattern), part);
        return true;
    }

    /// Of dependencies, those that are lists are DependentRequired's.
    void addNamed(CompiledSubschema &sub, CompiledRule &rule)
    {
        const JsonNode &value = *rule.value;
        CompiledRule lists{.keyword = K::DependentRequired, .name = rule.name, .value = &value};
        addLists(value, lists);
        for (size_t i = 0; value.is(Kind::Object) && i < value.items.size(); ++i) {
            const CompiledSubschema *found = part(&value.items[i]);
            if (!found) {
                continue;
            }
            const QString &key = value.keys.at(qsizetype(i));
            if (rule.keyword == K::PatternProperties) {
                addPattern(sub, rule, key, found);
            } else {
                rule.named.insert(key, found);
            }
        }
        if (rule.keyword == K::DependentSchemas && !lists.lists.isEmpty()) {
            sub.rules.push_back(std::move(lists));
        }
    }

    static void addLists(const JsonNode &value, CompiledRule &rule)
    {
        for (size_t i = 0; value.is(Kind::Object) && i < value.items.size(); ++i) {
            if (value.items[i].is(Kind::Array)) {
                rule.lists.insert(value.keys.at(qsizetype(i)), textsOf(value.items[i]));
            } else if (value.items[i].is(Kind::String)) { // as draft 3 had it
                rule.lists.insert(value.keys.at(qsizetype(i)), {value.items[i].text});
            }
        }
    }

    void addSiblings(const CompiledSubschema &sub, CompiledRule &rule)
    {
        if (const JsonNode *properties = sub.node->find("properties"_L1)) {
            for (const QString &key : properties->keys) {
                rule.named.insert(key, nullptr);
            }
        }
        if (const JsonNode *patterns = sub.node->find("patternProperties"_L1)) {
            for (const QString &key : patterns->keys) {
                addPattern(sub, rule, key, nullptr);
            }
        }
    }

    bool addItems(const JsonNode &node, SchemaDraft draft, CompiledRule &rule) const
    {
        const JsonNode *before = node.find(draft == Draft202012 ? "prefixItems"_L1 : "items"_L1);
        const bool isList = before && before->is(Kind::Array);
        if (rule.name == "additionalItems"_L1 && !isList) {
            return false; // then it means nothing
        }
        if (rule.value->is(Kind::Array)) {
            rule.keyword = K::PrefixItems;
            addParts(*rule.value, rule);
            return draft != Draft202012;
        }
        rule.prefix = isList ? qsizetype(before->items.size()) : 0;
        return addPart(*rule.value, rule);
    }

    static void setCounts(const JsonNode &node, SchemaDraft draft, CompiledRule &rule)
    {
        const JsonNode *least = node.find("minContains"_L1);
        const JsonNode *most = node.find("maxContains"_L1);
        if (draft >= Draft201909 && least && least->integer) {
            rule.least = *least->integer;
        }
        if (draft >= Draft201909 && most && most->integer) {
            rule.most = most->integer;
        }
    }

    /// In draft 4 a boolean beside it says so.
    static void setExclusive(const JsonNode &node, SchemaDraft draft, CompiledRule &rule)
    {
        const bool isLeast = rule.keyword == K::Minimum;
        const JsonNode *flag = node.find(isLeast ? "exclusiveMinimum"_L1 : "exclusiveMaximum"_L1);
        if (draft == Draft4 && flag && flag->is(Kind::Boolean) && flag->boolean) {
            rule.keyword = isLeast ? K::ExclusiveMinimum : K::ExclusiveMaximum;
        }
    }

    std::shared_ptr<JsonSchema::Compiled> m_compiled = std::make_shared<JsonSchema::Compiled>();
    JsonSchema::Compiled &m_out = *m_compiled;
    SchemaIndex m_index;
};

} // namespace

Result<std::shared_ptr<const JsonSchema::Compiled>> compileSchema(
    const JsonNode &schema, SchemaDraft draft, const QHash<QString, JsonNode> &documents)
{
    return SchemaCompiler(documents).run(schema, draft);
}

} // namespace Lorikeet
