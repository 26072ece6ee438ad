// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "schema/jsonnode.h"

#include <QString>
#include <QStringView>

#include <optional>

namespace Lorikeet {

// Changes of a text that is JSON, which leave everything else in it as a person wrote it: order,
// indentation, spaces, numbers. What is added looks like what stands beside it. A `pointer` is a
// JSON Pointer, a `value` is JSON on one line, or as laidOut() has it. Nothing where the pointer
// leads nowhere, or not to what is spoken of.
//
// For texts that are JSON without members that come twice.

/// Puts `value` in the place of what is there.
[[nodiscard]] std::optional<QString> withValue(
    const QString &json, QStringView pointer, const QString &value);
/// Adds a member to an object, at this place among its members; -1: behind them all.
[[nodiscard]] std::optional<QString> withMember(const QString &json, QStringView object,
    qsizetype index, QStringView key, const QString &value);
/// Adds an item to a list, at this place; -1: behind them all.
[[nodiscard]] std::optional<QString> withItem(
    const QString &json, QStringView list, qsizetype index, const QString &value);
/// Gives a member another key.
[[nodiscard]] std::optional<QString> withKey(
    const QString &json, QStringView pointer, QStringView key);
/// Takes out a member or an item.
[[nodiscard]] std::optional<QString> without(const QString &json, QStringView pointer);
/// Moves the member at `from` to `to` among its object's members; an item likewise.
[[nodiscard]] std::optional<QString> withMoved(
    const QString &json, QStringView container, qsizetype from, qsizetype to);

/// A value as it would be written in the object or list there: on several lines, indented as the
/// text is, where what is there stands on lines of its own; else on one.
[[nodiscard]] QString laidOut(const QString &json, QStringView container, const JsonNode &value);

/// A text as JSON has it, with its quotes.
[[nodiscard]] QString jsonText(QStringView text);

} // namespace Lorikeet
