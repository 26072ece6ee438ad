// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QStringView>

namespace Lorikeet {

/// TeX inside Markdown: \( \), \[ \], $$ $$, and $ $ where it cannot be money.
struct MathSpan
{
    qsizetype start = 0; ///< of the opening delimiter
    qsizetype length = 0; ///< delimiters included
    qsizetype delimiter = 0; ///< length of one delimiter

    friend bool operator==(const MathSpan &, const MathSpan &) = default;
};

/// The maths in one block's Markdown, in order. Code spans and fences are left alone, and no span
/// crosses a blank line. A single dollar counts only if the inside has no space next to the signs
/// and is not a number, and no digit follows the closing sign.
[[nodiscard]] QList<MathSpan> findMath(QStringView markdown);

} // namespace Lorikeet
