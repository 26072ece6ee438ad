// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QString>
#include <QTimeZone>
#include <QUuid>
#include <QVariant>

// How values stand in the columns of the database.

namespace Lorikeet {

/// Text without braces; null for a null id.
[[nodiscard]] inline QVariant toValue(QUuid id)
{
    return id.isNull() ? QVariant() : QVariant(id.toString(QUuid::WithoutBraces));
}

[[nodiscard]] inline QUuid toUuid(const QVariant &value)
{
    return QUuid::fromString(value.toString());
}

/// Milliseconds since 1970, UTC.
[[nodiscard]] inline QVariant toValue(const QDateTime &time) { return time.toMSecsSinceEpoch(); }

[[nodiscard]] inline QDateTime toDateTime(const QVariant &value)
{
    return QDateTime::fromMSecsSinceEpoch(value.toLongLong(), QTimeZone::UTC);
}

/// A null QString would become NULL, which the columns for text refuse.
[[nodiscard]] inline QVariant toValue(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

} // namespace Lorikeet
