// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "schema/compiledschema.h"

#include <span>

namespace Lorikeet {

/// Finds the schemas in a document, what they are called, and what references lead to.
class SchemaIndex final
{
public:
    /// `out` gets what is found; both must outlive this.
    SchemaIndex(JsonSchema::Compiled &out, const QHash<QString, JsonNode> &documents);

    void addRoot(SchemaDraft draft);
    /// What a reference leads to; null, and an error, where it is nothing.
    [[nodiscard]] const CompiledSubschema *target(
        const CompiledSubschema &from, const QString &reference);

    /// The first of all counts.
    void refuse(const QString &pointer, const QString &sentence);

    [[nodiscard]] const std::optional<ApiError> &error() const { return m_error; }

private:
    enum class Holds { One, List, OneOrList, Named };

    struct Holder
    {
        QLatin1StringView keyword;
        Holds holds;
    };

    [[nodiscard]] static std::span<const Holder> holders();
    SchemaResource *addResource(
        const QString &uri, const JsonNode &root, SchemaDraft draft, const QString &pointer);
    void index(const JsonNode &node, SchemaResource *resource, const QString &pointer);
    void indexHeld(
        const JsonNode &value, Holds holds, SchemaResource *resource, const QString &pointer);
    [[nodiscard]] SchemaResource *resourceWithin(
        const JsonNode &node, SchemaResource *resource, const QString &pointer);
    static void addAnchors(
        const JsonNode &node, SchemaResource &resource, const QString &dynamicAnchor);
    [[nodiscard]] SchemaResource *document(const QString &uri, SchemaDraft draft);
    [[nodiscard]] const JsonNode *follow(
        const JsonNode &root, const QString &pointer, SchemaResource *&resource) const;

    JsonSchema::Compiled &m_out;
    QHash<QString, const JsonNode *> m_given;
    std::optional<ApiError> m_error;
};

/// Up to draft 7 a reference hides all beside it.
[[nodiscard]] bool isHiddenByRef(const JsonNode &node, SchemaDraft draft);

} // namespace Lorikeet
