// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "schema/jsonnode.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace Lorikeet {

/// A function in a text of tools, as a form shows it. Pointers are JSON Pointers into the text.
struct FunctionOutline
{
    QString item; ///< of the list
    QString function; ///< the object with its name: the item, or what is in it
    QString name;
    QString description;
    bool isStrict = false;
    QString parameters; ///< to the schema of its arguments; not there yet: to where it would be
    bool hasParameters = false;
    /// What it says besides, which a form leaves alone: "cache_control: {…}".
    QStringList others;
    bool isFixed = false; ///< it is none that a form could show

    friend bool operator==(const FunctionOutline &, const FunctionOutline &) = default;
};

/// In their order. Fails where there is no list of tools; see toolsFrom().
[[nodiscard]] Result<QList<FunctionOutline>> functionsOf(const JsonNode &root);

// Changes of a text of tools, as small as can be: what is not spoken of stays as it was written.
// They fail with a sentence where there is no such function, or it is fixed. The text must be JSON
// without members that come twice.

[[nodiscard]] Result<QString> setFunctionName(
    const QString &text, qsizetype function, const QString &name);
/// An empty one is taken out.
[[nodiscard]] Result<QString> setFunctionDescription(
    const QString &text, qsizetype function, const QString &description);
[[nodiscard]] Result<QString> setFunctionStrict(
    const QString &text, qsizetype function, bool isStrict);
/// A schema of no arguments, for a function that has none.
[[nodiscard]] Result<QString> addFunctionParameters(const QString &text, qsizetype function);

/// One without arguments, at this place; in the form of those beside it, with a name of its own. A
/// blank text becomes a list.
[[nodiscard]] Result<QString> addFunction(const QString &text, qsizetype index);
/// The same once more behind it, by another name.
[[nodiscard]] Result<QString> duplicateFunction(const QString &text, qsizetype function);
[[nodiscard]] Result<QString> removeFunction(const QString &text, qsizetype function);
/// By so many places, as far as there are any.
[[nodiscard]] Result<QString> moveFunction(const QString &text, qsizetype function, qsizetype by);

} // namespace Lorikeet
