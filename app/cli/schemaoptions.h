// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "commandline.h"
#include "schema/answerjson.h"

namespace Lorikeet {

/// The options that say which schema: --schema, --draft and --document.
[[nodiscard]] QList<OptionHelp> schemaOptions();
/// --embedded: JSON may have words around it.
[[nodiscard]] OptionHelp embeddedOption();

/// What schemaOptions() say. Reads the files.
[[nodiscard]] Result<JsonSchema> schemaFrom(const CommandLine &line);

/// A whole file, or stdin where it is "-".
[[nodiscard]] Result<QByteArray> contentsOf(const QString &name);

/// One line for each violation, with what is to be seen in the schema.
[[nodiscard]] QString toLines(const QList<SchemaViolation> &violations, bool hasMore);
[[nodiscard]] QJsonArray toJson(const QList<SchemaViolation> &violations);

} // namespace Lorikeet
