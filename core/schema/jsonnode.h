// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace Lorikeet {

/// A value of JSON, whole or still growing: what QJsonValue is, but with the order of members,
/// numbers as they were written, and the knowledge of what may still come. A value; deep copies.
struct JsonNode
{
    enum class Kind { Null, Boolean, Number, String, Array, Object };

    Kind kind = Kind::Null;
    /// More of it may come: a text, a number, a list or an object whose end was not there.
    bool isOpen = false;
    bool boolean = false;
    double number = 0; ///< unknown while it is open
    std::optional<qint64> integer; ///< the number, where it is one that fits
    QString text; ///< a String's characters; a Number as it was written
    std::vector<JsonNode> items; ///< of an Array; an Object's values
    QStringList keys; ///< an Object's, in order, each once; as many as items

    /// A member of an object; null where there is none.
    [[nodiscard]] const JsonNode *find(QStringView key) const;
    [[nodiscard]] const JsonNode *find(QLatin1StringView key) const;
    /// Whether it is a number without a fraction, however it is written.
    [[nodiscard]] bool isInteger() const;

    [[nodiscard]] bool is(Kind other) const { return kind == other; }
};

/// Equal as JSON Schema means it: 1 is 1.0, members in any order.
[[nodiscard]] bool sameJson(const JsonNode &a, const JsonNode &b);
/// Equal nodes have equal ones.
[[nodiscard]] size_t hashOfJson(const JsonNode &node);
/// Less than 0, 0 or more: a is less than, equal to or greater than b. Both are numbers.
[[nodiscard]] int compareNumbers(const JsonNode &a, const JsonNode &b);

[[nodiscard]] QJsonValue toQJson(const JsonNode &node);
[[nodiscard]] JsonNode fromQJson(const QJsonValue &value);
/// On one line; what is beyond `most` characters is left out, and "…" stands for it.
[[nodiscard]] QString compactJson(const JsonNode &node, qsizetype most = -1);

/// On lines of their own, with two spaces a level; empty objects and lists on one.
[[nodiscard]] QString indentedJson(const JsonNode &node);

/// A key as a part of a JSON Pointer.
[[nodiscard]] QString pointerPart(QStringView key);
/// What a JSON Pointer ("", "/a/0") leads to; null where that is nothing.
[[nodiscard]] const JsonNode *atPointer(const JsonNode &root, QStringView pointer);

} // namespace Lorikeet
