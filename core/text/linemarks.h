// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

#include <optional>

namespace Lorikeet {

// What a line of Markdown begins with. All take the line without its indentation.

struct ListMarker
{
    QChar marker; ///< '-', '+', '*', '.' or ')'
    int number = 0;
    qsizetype length = 0; ///< without the space that follows
};

[[nodiscard]] std::optional<ListMarker> listMarker(QStringView content);

/// The whole line is `character`s, with nothing but white space after the run.
[[nodiscard]] bool isUnderline(QStringView content, QChar character);
[[nodiscard]] bool isAtxHeading(QStringView content);
[[nodiscard]] bool isRule(QStringView content);

/// GFM's line below a table's head ("|---|:-:|"), which needs at least one pipe.
[[nodiscard]] bool isTableDelimiter(QStringView line);

/// The closing or opening run of a code fence: its length, or 0. An opening run may be followed by
/// an info string, a closing one by spaces alone.
[[nodiscard]] qsizetype openingFence(QStringView content);
[[nodiscard]] bool isClosingFence(QStringView content, QChar character, qsizetype length);

} // namespace Lorikeet
