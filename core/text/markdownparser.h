// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "text/blocksplitter.h"
#include "text/linkdefinitions.h"
#include "text/markdownblock.h"

#include <QStringView>

namespace Lorikeet {

/// Markdown to blocks: CommonMark with GFM's tables, strikethrough, task lists and bare links, and
/// with maths. Raw HTML is shown as the text it is. Pure functions, for any thread.
namespace MarkdownParser {

/// A whole answer, in time linear in its length.
[[nodiscard]] MarkdownBlocks parse(QStringView markdown);

/// One segment of `markdown`. `addition` stands in for what is still missing at its end while it
/// streams ("**", a table's delimiter row) and is no part of the source. A list with code or tables
/// in it gives several blocks.
[[nodiscard]] MarkdownBlocks parseSegment(QStringView markdown, const BlockSegment &segment,
    const LinkDefinitions &definitions, QStringView addition = {});

} // namespace MarkdownParser

} // namespace Lorikeet
