// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>

namespace Lorikeet {

/// Characters of a block that differ from another text, marked by ground and line.
struct TextMark
{
    qsizetype start = 0;
    qsizetype length = 0;
    bool added = true; ///< the other text has not got them; else it alone lost them
    bool wrong = false; ///< it does not keep to the schema; nothing of a difference

    friend bool operator==(const TextMark &, const TextMark &) = default;
};

/// By block of a message; a message without marks has none at all.
using BlockMarks = QList<QList<TextMark>>;

} // namespace Lorikeet
