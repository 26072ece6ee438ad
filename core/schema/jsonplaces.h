// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>
#include <QStringView>

#include <optional>

namespace Lorikeet {

/// Where a value stands in a text, in UTF-16 units.
struct JsonPlace
{
    qsizetype begin = 0;
    qsizetype end = 0;
    qsizetype keyBegin = 0; ///< of the member it is, quotes included; both 0 where it is none
    qsizetype keyEnd = 0;

    friend bool operator==(const JsonPlace &, const JsonPlace &) = default;
};

/// A member of an object, or an item of a list.
struct JsonPart
{
    QString key; ///< of an item: its index
    JsonPlace place;

    /// Where it begins, with its key.
    [[nodiscard]] qsizetype begin() const
    {
        return place.keyEnd > 0 ? place.keyBegin : place.begin;
    }

    friend bool operator==(const JsonPart &, const JsonPart &) = default;
};

/// What the object or list at `place` holds, in order; empty where there is none.
[[nodiscard]] QList<JsonPart> partsOf(QStringView json, const JsonPlace &place);

/// Where what a JSON Pointer leads to stands; of members with one key the last counts. Nothing
/// where it leads nowhere. `json` is one value, which may be cut off, with space around it.
[[nodiscard]] std::optional<JsonPlace> placeOf(QStringView json, QStringView pointer);

} // namespace Lorikeet
