// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "text/markdownblock.h"

#include <QList>
#include <QString>

namespace Lorikeet {

/// Blocks as HTML for other programs: semantic tags, no styles.
[[nodiscard]] QString blocksAsHtml(const QList<MarkdownBlock> &blocks);

/// A part of a block's text as it reads, without Markdown's marks.
[[nodiscard]] QString plainText(QStringView blockText);

/// RFC 4180.
[[nodiscard]] QString tableAsCsv(const MarkdownBlock &table);

/// Puts Markdown on the clipboard, as text/plain, text/markdown and text/html.
void copyMarkdown(const QString &markdown, const QList<MarkdownBlock> &blocks);

} // namespace Lorikeet
