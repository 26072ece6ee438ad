// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "text/blocksplitter.h"

#include <QString>

namespace Lorikeet {

/// How a block that is still being written is shown: its Markdown up to `keep`, and then
/// `addition`.
struct VirtualEnd
{
    qsizetype keep = 0; ///< in the segment's text
    QString addition;

    friend bool operator==(const VirtualEnd &, const VirtualEnd &) = default;
};

/// Closes what `text`, the last block of an unfinished answer, has left open: emphasis, code span,
/// link, a table of which only the head is there. A mark that has no text behind it yet is hidden.
[[nodiscard]] VirtualEnd closeOpenConstructs(QStringView text, BlockSegment::Kind kind);

/// An incomplete last line of nothing but marks ("-", "##", "1.") means nothing yet: what comes
/// next decides. It is held back.
[[nodiscard]] bool isUndecided(QStringView lastLine);

} // namespace Lorikeet
