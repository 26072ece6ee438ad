// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonValue>
#include <QList>
#include <QString>

namespace Lorikeet {

/// One difference of two JSON values.
struct JsonChange
{
    enum class Kind { Removed, Added, Changed };

    Kind kind = Kind::Changed;
    /// A JSON Pointer (RFC 6901). Indices of lists are the base's where something was removed,
    /// otherwise the other's.
    QString path;
    QJsonValue base; ///< undefined if added
    QJsonValue other; ///< undefined if removed

    friend bool operator==(const JsonChange &, const JsonChange &) = default;
};

/// What differs, in the order of the other (what was removed, before what comes in its place). The
/// order of an object's members means nothing; elements of lists are matched as words of a text
/// are, and what remains is compared pair by pair. Numbers are equal by value: 1 is 1.0.
[[nodiscard]] QList<JsonChange> diffJson(const QJsonValue &base, const QJsonValue &other);

/// How like two values are that differ so: 2 × the texts, numbers, booleans and nulls in common ÷
/// those of both, an empty list or object counted as one. 1 for equal values.
[[nodiscard]] double jsonSimilarity(
    const QJsonValue &base, const QJsonValue &other, const QList<JsonChange> &changes);

} // namespace Lorikeet
