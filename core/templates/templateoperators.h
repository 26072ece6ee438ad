// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "templates/templatefilters.h"

namespace Lorikeet {

/// A template may not make more text than this, in UTF-16 units.
constexpr qsizetype mostTemplateText = 16 << 20;

/// What `left SIGN right` is, for all signs but `and` and `or`.
[[nodiscard]] FilterResult applyOperator(
    const QString &sign, const QJsonValue &left, const QJsonValue &right);

/// What `+` or `-` makes of a number.
[[nodiscard]] FilterResult applySign(const QString &sign, const QJsonValue &operand);

} // namespace Lorikeet
