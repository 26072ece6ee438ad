// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "text/blocksplitter.h"
#include "text/codefence.h"
#include "text/linkdefinitions.h"
#include "text/markdownblock.h"

#include <QString>

#include <optional>

namespace Lorikeet {

/// How a list of blocks changes. `tailText` is appended to the text of block `keep` - 1, whose
/// source then ends at `tailSourceEnd`; the blocks from `keep` on are replaced by `blocks`.
struct BlockEdit
{
    qsizetype keep = 0;
    QString tailText;
    qsizetype tailSourceEnd = 0;
    MarkdownBlocks blocks;
};

/// A text that is JSON, or begins as JSON, as one block of code; nothing for any other.
[[nodiscard]] std::optional<MarkdownBlocks> jsonBlocks(const QString &text);

/// Applies the edit; what the display should do as well, row by row.
void applyEdit(MarkdownBlocks &blocks, const BlockEdit &edit);

/// An answer's Markdown while it arrives. Each append costs what the open block costs, not what the
/// answer costs; a code fence at the end costs only its new text. Blocks before the open one are
/// not touched until finish(), which parses the whole once, because late lines can change early
/// ones (reference links).
///
/// Lives in any one thread at a time.
class StreamingMarkdown final
{
public:
    /// What the text is taken for where it begins with a brace or a bracket.
    enum class Braces { Markdown, Json };

    explicit StreamingMarkdown(Braces braces = Braces::Markdown)
        : m_braces(braces)
    { }

    [[nodiscard]] BlockEdit append(QStringView text);

    /// The answer is complete. The edit keeps what is equal at the front.
    [[nodiscard]] BlockEdit finish();

    [[nodiscard]] const QString &source() const { return m_source; }

private:
    [[nodiscard]] MarkdownBlocks openBlocks();
    [[nodiscard]] bool appendToFence(BlockEdit &edit);
    [[nodiscard]] BlockEdit appendToJson(QStringView text, bool isFirst);

    Braces m_braces;

    QString m_source;
    BlockSplitter m_splitter;
    LinkDefinitions m_definitions;
    MarkdownBlocks m_closed; ///< all blocks but the open ones; code text is not shared with others
    std::optional<CodeFence> m_fence; ///< the tail is a fence, and its opening line complete
};

} // namespace Lorikeet
