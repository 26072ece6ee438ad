// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/schemaindex.h"

#include "base/invalidrequest.h"

#include <QUrl>

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Kind = JsonNode::Kind;
using enum SchemaDraft;

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

} // namespace

bool isHiddenByRef(const JsonNode &node, SchemaDraft draft)
{
    const JsonNode *ref = node.find("$ref"_L1);
    return draft <= Draft7 && ref && ref->is(Kind::String);
}

SchemaIndex::SchemaIndex(JsonSchema::Compiled &out, const QHash<QString, JsonNode> &documents)
    : m_out(out)
{
    for (auto it = documents.begin(); it != documents.end(); ++it) {
        m_given.insert(keyOf(QUrl(it.key())), &it.value());
    }
}

/// Where subschemas stand, under which keyword and in which form.
std::span<const SchemaIndex::Holder> SchemaIndex::holders()
{
    static constexpr std::array all{Holder{"additionalItems"_L1, Holds::One},
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
    return all;
}

void SchemaIndex::addRoot(SchemaDraft draft)
{
    // Relative references need something to be relative to.
    SchemaResource *resource = addResource(u"schema:///schema"_s, m_out.source, draft, u"#"_s);
    index(m_out.source, resource, u"#"_s);
    m_out.root = m_out.byNode.value(&m_out.source);
}

void SchemaIndex::refuse(const QString &pointer, const QString &sentence)
{
    if (!m_error) {
        m_error = invalidRequest(u"The schema cannot be used: at %1, %2"_s.arg(pointer, sentence))
                      .value();
        m_error->param = pointer;
    }
}

SchemaResource *SchemaIndex::addResource(
    const QString &uri, const JsonNode &root, SchemaDraft draft, const QString &pointer)
{
    SchemaResource &resource = m_out.resources.emplace_back(
        SchemaResource{.uri = uri, .root = &root, .draft = draft, .pointer = pointer});
    m_out.byUri.insert(uri, &resource);
    return &resource;
}

/// Registers a schema and all within it, with what they are called.
void SchemaIndex::index(const JsonNode &node, SchemaResource *resource, const QString &pointer)
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
    for (const Holder &holder : holders()) {
        if (const JsonNode *value = node.find(holder.keyword)) {
            indexHeld(*value, holder.holds, resource, pointer + u'/' + holder.keyword);
        }
    }
}

void SchemaIndex::indexHeld(
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

SchemaResource *SchemaIndex::resourceWithin(
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

void SchemaIndex::addAnchors(
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
SchemaResource *SchemaIndex::document(const QString &uri, SchemaDraft draft)
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
const CompiledSubschema *SchemaIndex::target(
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
const JsonNode *SchemaIndex::follow(
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

} // namespace Lorikeet
