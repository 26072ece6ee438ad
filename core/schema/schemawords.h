// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "schema/jsonschema.h"

/// What is said of values that do not keep to a schema: clauses behind the place of the value.
namespace Lorikeet::SchemaWords {

[[nodiscard]] QString type(const QStringList &types, const JsonNode &node);
[[nodiscard]] QString values(const JsonNode &value, bool isConst, const JsonNode &node);
[[nodiscard]] QString count(const QString &verb, double limit, double size, const QString &unit);
[[nodiscard]] QString pattern(const QString &pattern, const JsonNode &node);
[[nodiscard]] QString negation(const JsonNode &schema);
[[nodiscard]] QString noneOf(size_t alternatives, const QList<SchemaViolation> &nearest);

/// Whether an alternative that failed for `a` is nearer to what was meant than one that failed
/// for `b`.
[[nodiscard]] bool isNearer(const QList<SchemaViolation> &a, const QList<SchemaViolation> &b);

} // namespace Lorikeet::SchemaWords
