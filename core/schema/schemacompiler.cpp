// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/invalidrequest.h"
#include "schema/compiledschema.h"

#include <QUrl>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Kind = JsonNode::Kind;
using enum SchemaDraft;

/// Where subschemas stand, under which keyword and in which form.
enum class Holds { One, List, OneOrList, Named };

struct Holder
{
    QLatin1StringView keyword;
    Holds holds;
};

constexpr std::array holders{Holder{"additionalItems"_L1, Holds::One},
    Holder{"additionalProperties"_L1, Holds::One}, Holder{"contains"_L1, Holds::One},
    Holder{"contentSchema"_L1, Holds::One}, Holder{"else"_L1, Holds::One},
    Holder{"if"_L1, Holds::One}, Holder{"not"_L1, Holds::One},
    Holder{"propertyNames"_L1, Holds::One}, Holder{"then"_L1, Holds::One},
    Holder{"unevaluatedItems"_L1, Holds::One}, Holder{"unevaluatedProperties"_L1, Holds::One},
    Holder{"allOf"_L1, Holds::List}, Holder{"anyOf"_L1, Holds::List},
    Holder{"oneOf"_L1, Holds::List}, Holder{"prefixItems"_L1, Holds::List},
    Holder{"items"_L1, Holds::OneOrList}, Holder{"$defs"_L1, Holds::Named},
    Holder{"definitions"_L1, Holds::Named}, Holder{"dependencies"_L1, Holds::Named},
    Holder{"dependentSchemas"_L1, Holds::Named}, Holder{"patternProperties"_L1, Holds::Named},
    Holder{"properties"_L1, Holds::Named}};

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

bool isSchema(const JsonNode &node) { return node.is(Kind::Object) || node.is(Kind::Boolean); }

QString textMember(const JsonNode &node, QLatin1StringView key)
{
    const JsonNode *member = node.find(key);
    return member && member->is(Kind::String) ? member->text : QString();
}

QString keyOf(const QUrl &url)
{
    return url.adjusted(QUrl::RemoveFragment).toString(QUrl::FullyEncoded);
}

QStringList textsOf(const JsonNode &list)
{
    QStringList texts;
    for (const JsonNode &item : list.items) {
        texts.append(item.text);
    }
    return texts;
}

class SchemaCompiler final
{
public:
    explicit SchemaCompiler(const QHash<QString, JsonNode> &documents)
    {
        for (auto it = documents.begin(); it != documents.end(); ++it) {
            m_given.insert(keyOf(QUrl(it.key())), &it.value());
        }
    }

    [[nodiscard]] Result<std::shared_ptr<const JsonSchema::Compiled>> run(
        const JsonNode &schema, SchemaDraft draft)
    {
        m_out.source = schema;
        m_out.draft = draft;
        // Relative references need something to be relative to.
        SchemaResource *resource = addResource(u"schema:///schema"_s, m_out.source, draft, u"#"_s);
        index(m_out.source, resource, u"#"_s);
        m_out.root = m_out.byNode.value(&m_out.source);
        // Compiling may find more, behind references.
        for (size_t i = 0; i < m_out.subschemas.size() && !m_error; ++i) {
            compile(m_out.subschemas[i]);
        }
        if (m_error) {
            return Failure(*m_error);
        }
        return std::move(m_compiled);
    }

private:
    void refuse(const QString &pointer, const QString &sentence)
    {
        if (!m_error) {
            m_error
                = invalidRequest(u"The schema cannot be used: at %1, %2"_s.arg(pointer, sentence))
                      .value();
        }
    }

    SchemaResource *addResource(
        const QString &uri, const JsonNode &root, SchemaDraft draft, const QString &pointer)
    {
        SchemaResource &resource = m_out.resources.emplace_back(
            SchemaResource{.uri = uri, .root = &root, .draft = draft, .pointer = pointer});
        m_out.byUri.insert(uri, &resource);
        return &resource;
    }

    /// Registers a schema and all within it, with what they are called.
    void index(const JsonNode &node, SchemaResource *resource, const QString &pointer)
    {
        if (!isSchema(node) || m_out.byNode.contains(&node)) {
            return;
        }
        const JsonNode *recursive = node.find("$recursiveAnchor"_L1);
        QString dynamicAnchor;
        if (node.is(Kind::Object)) {
            resource = resourceWithin(node, resource, pointer);
            if (!isHiddenByRef(node, resource->draft)) {
                dynamicAnchor = textMember(node, "$dynamicAnchor"_L1);
                addAnchors(node, *resource, dynamicAnchor);
            }
            if (&node == resource->root && recursive && recursive->boolean) {
                resource->isRecursiveAnchor = true;
            }
        }
        m_out.byNode.insert(&node,
            &m_out.subschemas.emplace_back(CompiledSubschema{.node = &node,
                .resource = resource,
                .pointer = pointer,
                .constant = {},
                .rules = {},
                .dynamicAnchor = dynamicAnchor}));
        for (const Holder &holder : holders) {
            if (const JsonNode *value = node.find(holder.keyword)) {
                indexHeld(*value, holder.holds, resource, pointer + u'/' + holder.keyword);
            }
        }
    }

    void indexHeld(
        const JsonNode &value, Holds holds, SchemaResource *resource, const QString &pointer)
    {
        if (holds == Holds::Named && value.is(Kind::Object)) {
            for (size_t i = 0; i < value.items.size(); ++i) {
                index(value.items[i], resource,
                    pointer + u'/' + pointerPart(value.keys.at(qsizetype(i))));
            }
        } else if (value.is(Kind::Array) && (holds == Holds::List || holds == Holds::OneOrList)) {
            for (size_t i = 0; i < value.items.size(); ++i) {
                index(value.items[i], resource, pointer + u'/' + QString::number(i));
            }
        } else if (holds == Holds::One || holds == Holds::OneOrList) {
            index(value, resource, pointer);
        }
    }

    /// Up to draft 7 a reference hides all beside it.
    [[nodiscard]] static bool isHiddenByRef(const JsonNode &node, SchemaDraft draft)
    {
        const JsonNode *ref = node.find("$ref"_L1);
        return draft <= Draft7 && ref && ref->is(Kind::String);
    }

    [[nodiscard]] SchemaResource *resourceWithin(
        const JsonNode &node, SchemaResource *resource, const QString &pointer)
    {
        const SchemaDraft draft
            = draftFromUri(textMember(node, "$schema"_L1)).value_or(resource->draft);
        const QString id = textMember(node, draft == Draft4 ? "id"_L1 : "$id"_L1);
        if (id.isEmpty() || id.startsWith(u'#') || isHiddenByRef(node, draft)) {
            return resource;
        }
        const QString uri = keyOf(QUrl(resource->uri).resolved(QUrl(id)));
        if (&node == resource->root) {
            resource->uri = uri;
            m_out.byUri.insert(uri, resource);
            return resource;
        }
        return addResource(uri, node, draft, pointer);
    }

    static void addAnchors(
        const JsonNode &node, SchemaResource &resource, const QString &dynamicAnchor)
    {
        const QString id = textMember(node, resource.draft == Draft4 ? "id"_L1 : "$id"_L1);
        if (resource.draft <= Draft7 && id.contains(u'#') && !id.endsWith(u'#')) {
            resource.anchors.insert(id.sliced(id.indexOf(u'#') + 1), &node);
        }
        const QString anchor = textMember(node, "$anchor"_L1);
        if (resource.draft >= Draft201909 && !anchor.isEmpty()) {
            resource.anchors.insert(anchor, &node);
        }
        if (resource.draft == Draft202012 && !dynamicAnchor.isEmpty()) {
            resource.anchors.insert(dynamicAnchor, &node);
            resource.dynamicAnchors.insert(dynamicAnchor, &node);
        }
    }

    /// The document with this URI: one that was met, one of the drafts' own, or one that was given.
    [[nodiscard]] SchemaResource *document(const QString &uri, SchemaDraft draft)
    {
        if (SchemaResource *resource = m_out.byUri.value(uri)) {
            return resource;
        }
        const auto own = draftFromUri(uri);
        const JsonNode *node = own ? &metaSchema(*own) : m_given.value(uri);
        if (!node) {
            return nullptr;
        }
        if (!own) {
            node = &m_out.documents.emplace_back(*node);
            draft = draftFromUri(textMember(*node, "$schema"_L1)).value_or(draft);
        }
        SchemaResource *resource = addResource(uri, *node, own.value_or(draft), uri + u'#');
        index(*node, resource, uri + u'#');
        return resource;
    }

    /// What a reference leads to.
    [[nodiscard]] const CompiledSubschema *target(
        const CompiledSubschema &from, const QString &reference)
    {
        const QUrl url = QUrl(from.resource->uri).resolved(QUrl(reference));
        SchemaResource *resource = document(keyOf(url), from.resource->draft);
        if (!resource) {
            refuse(from.pointer,
                u"“%1” refers to another document, which is not there, and nothing is fetched: put "
                "it into the schema's $defs."_s.arg(reference));
            return nullptr;
        }
        const QString fragment = url.fragment(QUrl::FullyDecoded);
        const JsonNode *node = nullptr;
        QString pointer = resource->pointer;
        if (fragment.isEmpty()) {
            node = resource->root;
        } else if (fragment.startsWith(u'/')) {
            pointer += fragment;
            node = follow(*resource->root, fragment, resource);
        } else {
            node = resource->anchors.value(fragment);
        }
        if (!node || !isSchema(*node)) {
            refuse(from.pointer, u"“%1” refers to what is not there."_s.arg(reference));
            return nullptr;
        }
        if (!m_out.byNode.contains(node)) {
            index(*node, resource, pointer); // in a place where no schema is expected
        }
        return m_out.byNode.value(node);
    }

    /// A JSON Pointer, and in `resource` which one its end is in.
    [[nodiscard]] const JsonNode *follow(
        const JsonNode &root, const QString &pointer, SchemaResource *&resource) const
    {
        const JsonNode *node = &root;
        for (const QString &part : pointer.sliced(1).split(u'/')) {
            node = atPointer(*node, u'/' + part);
            if (!node) {
                return nullptr;
            }
            if (const CompiledSubschema *met = m_out.byNode.value(node)) {
                resource = m_out.byUri.value(met->resource->uri, resource);
            }
        }
        return node;
    }

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
        if (fits && !m_error) {
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
        const CompiledSubschema *found = target(sub, rule.value->text);
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
            refuse(sub.pointer + u'/' + rule.name, pattern.error().message);
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
    QHash<QString, const JsonNode *> m_given;
    std::optional<ApiError> m_error;
};

} // namespace

Result<std::shared_ptr<const JsonSchema::Compiled>> compileSchema(
    const JsonNode &schema, SchemaDraft draft, const QHash<QString, JsonNode> &documents)
{
    return SchemaCompiler(documents).run(schema, draft);
}

} // namespace Lorikeet
