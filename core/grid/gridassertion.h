// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "schema/jsonschema.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace Lorikeet {

/// What is demanded of an answer.
struct GridAssertion
{
    enum class Kind { Contains, Regex, Equals, Number, Schema, MaxLatency, MaxTokens };

    Kind kind = Kind::Contains;
    QString spec; ///< as written: "number=42~0.5"
    /// What is looked for; a template with the columns of the row as variables. Empty where
    /// `limit` says all.
    QString text;
    double limit = 0; ///< Number: how far off it may be; seconds; tokens
    std::optional<JsonSchema> schema;
};

/// Reads a file that an assertion names.
using FileReader = std::function<Result<QByteArray>(const QString &name)>;

/// Of contains=TEXT, regex=PATTERN, equals=TEXT, number=VALUE or number=VALUE~TOLERANCE,
/// schema=FILE, max-latency=SECONDS, max-tokens=COUNT.
[[nodiscard]] Result<GridAssertion> assertionFromText(const QString &spec, const FileReader &read);

/// Where “~TOLERANCE” begins in the value of a number; -1: there is none, what looks like it
/// belongs to the template.
[[nodiscard]] qsizetype toleranceIn(const QString &value);

/// The names of columns that its text uses.
[[nodiscard]] Result<QStringList> columnsOf(const GridAssertion &assertion);

/// What it looks for in the answer to a row with these values; fails where the text cannot be made,
/// is no number, or no pattern.
[[nodiscard]] Result<QString> expectedOf(const GridAssertion &assertion, const QJsonObject &row);

/// Whether an answer keeps to it: nothing if so, else a clause that says why not. `result` is a
/// line of a batch's output (see toJson(BatchResult)), `expected` from expectedOf(). Blanks around
/// the answer do not count for equals; number takes the last number in it.
[[nodiscard]] std::optional<QString> violation(
    const GridAssertion &assertion, const QString &expected, const QJsonObject &result);

} // namespace Lorikeet
