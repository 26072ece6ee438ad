// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "schema/jsonschema.h"
#include "schema/schemapattern.h"

#include <deque>
#include <utility>
#include <vector>

namespace Lorikeet {

enum class SchemaKeyword {
    // In the order in which they are applied: those before that tell most, those last that depend
    // on what the others looked at.
    Ref,
    RecursiveRef,
    DynamicRef,
    Type,
    Const,
    Enum,
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
    MultipleOf,
    MinLength,
    MaxLength,
    Pattern,
    MinItems,
    MaxItems,
    MinProperties,
    MaxProperties,
    Required,
    DependentRequired,
    PropertyNames,
    Properties,
    PatternProperties,
    AdditionalProperties,
    PrefixItems,
    Items,
    Contains,
    UniqueItems,
    DependentSchemas,
    AllOf,
    AnyOf,
    OneOf,
    Not,
    If,
    UnevaluatedItems,
    UnevaluatedProperties,
};

struct CompiledRule;

/// A document, or a part of one that has an identifier of its own.
struct SchemaResource
{
    QString uri; ///< absolute, without fragment
    const JsonNode *root = nullptr;
    SchemaDraft draft = SchemaDraft::Draft202012;
    QString pointer; ///< of the root within its document
    QHash<QString, const JsonNode *> anchors;
    QHash<QString, const JsonNode *> dynamicAnchors;
    bool isRecursiveAnchor = false;
};

struct CompiledSubschema
{
    const JsonNode *node = nullptr;
    const SchemaResource *resource = nullptr;
    QString pointer; ///< "#/properties/age"
    std::optional<bool> constant; ///< true and false, which allow everything and nothing
    std::vector<CompiledRule> rules; ///< in the order of SchemaKeyword
    /// $dynamicAnchor: name.
    QString dynamicAnchor;
};

/// One keyword of a subschema, ready to be applied.
struct CompiledRule
{
    SchemaKeyword keyword;
    QString name; ///< as written: "dependencies"
    const JsonNode *value = nullptr;
    std::vector<const CompiledSubschema *> parts; ///< of a list; else one, in front
    QHash<QString, const CompiledSubschema *> named;
    std::vector<std::pair<SchemaPattern, const CompiledSubschema *>> patterns;
    QHash<QString, QStringList> lists; ///< of DependentRequired
    QString anchor; ///< of DynamicRef, where it is one that moves
    // Of siblings, for those that apply to what these leave.
    const CompiledSubschema *thenPart = nullptr;
    const CompiledSubschema *elsePart = nullptr;
    qsizetype prefix = 0; ///< of Items: how many are those of PrefixItems
    qint64 least = 1; ///< of Contains
    std::optional<qint64> most; ///< of Contains
};

struct JsonSchema::Compiled
{
    JsonNode source;
    SchemaDraft draft = SchemaDraft::Draft202012;
    std::deque<JsonNode> documents; ///< those given besides, and meta-schemas
    std::deque<SchemaResource> resources;
    std::deque<CompiledSubschema> subschemas;
    QHash<const JsonNode *, CompiledSubschema *> byNode;
    QHash<QString, SchemaResource *> byUri;
    const CompiledSubschema *root = nullptr;
    bool usesUnevaluated = false; ///< what was looked at must be kept
};

/// Makes all that is needed of `schema`, but does not hold it against its meta-schema.
[[nodiscard]] Result<std::shared_ptr<const JsonSchema::Compiled>> compileSchema(
    const JsonNode &schema, SchemaDraft draft, const QHash<QString, JsonNode> &documents);

/// What schemas of a draft must be like, themselves a schema of that draft.
[[nodiscard]] const JsonNode &metaSchema(SchemaDraft draft);
[[nodiscard]] QString metaSchemaUri(SchemaDraft draft);

} // namespace Lorikeet
