// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "schema/jsonnode.h"

#include <QString>

#include <optional>
#include <vector>

namespace Lorikeet {

/// It is a list of some values, none of which is a list or an object.
[[nodiscard]] bool areScalars(const JsonNode &list);

/// Such a list as a person types it, so that valuesTyped() makes the same of it; nothing where it
/// cannot be typed, as a number among the values of a text. `type` and `isNullable` are those of
/// what may have these values; see OutlineRow.
[[nodiscard]] std::optional<QString> typedValues(
    const JsonNode &list, const QString &type, bool isNullable);

/// What was typed, each value once; see setOutlineValues().
[[nodiscard]] Result<std::vector<JsonNode>> valuesTyped(
    const QString &typed, const QString &type, bool isNullable);

} // namespace Lorikeet
