// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "text/markdownblock.h"

#include <QStringView>

namespace Lorikeet {

/// Reads a top-level fenced code block as it grows. Its text only ever gets longer: a line that
/// could still become the closing fence is held back.
class CodeFence final
{
public:
    /// `source` is the block's Markdown from its opening fence on.
    explicit CodeFence(QStringView source);

    /// The code that `source` has beyond the last call. `complete`: the fence is closed, or the
    /// answer is over; nothing is held back then.
    [[nodiscard]] QString take(QStringView source, bool complete);

    [[nodiscard]] const QString &language() const { return m_language; }

private:
    [[nodiscard]] QStringView withoutIndent(QStringView line) const;
    [[nodiscard]] bool mayClose(QStringView line) const;

    QString m_language;
    QChar m_mark;
    qsizetype m_length = 0;
    int m_indent = 0;
    qsizetype m_position = 0; ///< of the first line not yet taken whole
    qsizetype m_partTaken = 0; ///< characters of that line that were taken
    bool m_opened = false; ///< the opening line is complete
    bool m_first = true; ///< no line was taken yet
};

/// A closed or unfinished fenced block as a whole.
[[nodiscard]] MarkdownBlock readCodeFence(QStringView markdown, qsizetype start, qsizetype end);

} // namespace Lorikeet
