// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "schema/jsonnode.h"

#include <QList>

namespace Lorikeet {

/// One schema of a file.
struct ImportedSchema
{
    QString name; ///< its component's, else its title; empty where it has neither
    JsonNode schema; ///< whole: what it refers to within the file is in it

    friend bool operator==(const ImportedSchema &a, const ImportedSchema &b)
    {
        return a.name == b.name && sameJson(a.schema, b.schema);
    }
};

/// The schemas in a JSON text: a JSON Schema (such as Pydantic's model_json_schema()), the
/// definitions of one that says nothing else, the components of an OpenAPI or Swagger document, or
/// the schema within a request's response_format or function. Whether they are fit for use is for
/// JsonSchema to say.
[[nodiscard]] Result<QList<ImportedSchema>> importSchemas(const QByteArray &utf8);

/// A schema that a value like `example` keeps to: types, members in their order, all of them
/// required but those that not all items of a list have.
[[nodiscard]] JsonNode inferSchema(const JsonNode &example);

} // namespace Lorikeet
