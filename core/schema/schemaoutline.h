// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "schema/jsonnode.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace Lorikeet {

/// A schema within a schema, as a form shows it: what it is, and what of it is left to the text.
struct OutlineRow
{
    enum class Kind {
        Root,
        Property,
        Items, ///< what each item of a list is
        Definition, ///< of $defs or definitions
    };

    Kind kind = Kind::Root;
    /// JSON Pointer to it in the text. Items may not be there yet: then to where they would be.
    QString pointer;
    QString name; ///< of a property or definition
    int depth = 0; ///< the Root's is 0
    /// JSON Schema's word for its type; several are joined by " | ", null left out beside another;
    /// empty: anything, or nothing that a form can show.
    QString type;
    bool isNullable = false; ///< null is allowed beside its type
    bool isRequired = false;
    QString values; ///< of enum, as they are typed; see setOutlineValues()
    QString description;
    /// What it says besides, which a form leaves alone: "minLength: 1".
    QStringList others;
    /// It is a reference, a boolean, or wrongly written: its type and values stay as they are.
    bool isFixed = false;
    bool mayHaveProperties = false;
    int children = 0; ///< rows one deeper that follow

    friend bool operator==(const OutlineRow &, const OutlineRow &) = default;
};

/// All there is to show of a schema, depth first; references are not followed. Empty: it is neither
/// an object nor a boolean. Where it is a part of a text, `base` leads to it there.
[[nodiscard]] QList<OutlineRow> outlineOf(const JsonNode &schema, const QString &base = {});

// Changes of a schema's text, as small as can be: what is not spoken of stays as it was written.
// `pointer` is an OutlineRow's, `base` as in outlineOf(). They fail with a sentence where what is
// asked makes no sense, or the row is none of that text. The text must be JSON without members that
// come twice.

/// `type` as in OutlineRow; empty: any. Where a list of values is, null comes into it or goes.
[[nodiscard]] Result<QString> setOutlineType(const QString &text, const QString &pointer,
    const QString &type, bool isNullable, const QString &base = {});
/// Of a property; where it is required, it stays so by its new name.
[[nodiscard]] Result<QString> setOutlineName(
    const QString &text, const QString &pointer, const QString &name, const QString &base = {});
[[nodiscard]] Result<QString> setOutlineRequired(
    const QString &text, const QString &pointer, bool isRequired, const QString &base = {});
/// An empty one is taken out.
[[nodiscard]] Result<QString> setOutlineDescription(const QString &text, const QString &pointer,
    const QString &description, const QString &base = {});
/// The values allowed, with commas between them. In quotes it is a text, as JSON has it; without
/// them too, unless it is a number, boolean or null and the type is not "string". Each comes once;
/// none at all: anything of its type. It fails where there are values that OutlineRow cannot show.
[[nodiscard]] Result<QString> setOutlineValues(
    const QString &text, const QString &pointer, const QString &values, const QString &base = {});
/// A text property, at this place among those of `pointer`, with a name of its own; required where
/// all others are. `added`, if given, becomes its pointer.
[[nodiscard]] Result<QString> addOutlineProperty(const QString &text, const QString &pointer,
    qsizetype index, QString *added = nullptr, const QString &base = {});
[[nodiscard]] Result<QString> removeOutlineProperty(
    const QString &text, const QString &pointer, const QString &base = {});
/// By so many places among its object's properties; as far as there are any.
[[nodiscard]] Result<QString> moveOutlineProperty(
    const QString &text, const QString &pointer, qsizetype by, const QString &base = {});

} // namespace Lorikeet
