// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QStringView>

#include <optional>
#include <vector>

namespace Lorikeet {

class LineCursor;

/// A top-level block's place in an answer's Markdown. `end` is past its last non-blank line,
/// without that line's end.
struct BlockSegment
{
    enum class Kind { Paragraph, Heading, Fence, IndentedCode, Quote, List, Table, Rule };

    Kind kind = Kind::Paragraph;
    qsizetype start = 0;
    qsizetype end = 0;
    bool fenceClosed = false; ///< a fence has had its closing line

    friend bool operator==(const BlockSegment &, const BlockSegment &) = default;
};

/// Finds where the top-level blocks of a growing Markdown text begin and end, one line at a time,
/// by CommonMark's rules for block structure (containers, lazy continuation, interruption) and
/// GFM's tables. It looks at each character once, keeps no text and never goes back: a closed
/// segment does not change again. Raw HTML is text here, and so opens no block.
///
/// A copy is cheap and independent; finishing a copy tells how things stand with the incomplete
/// last line taken in.
class BlockSplitter final
{
public:
    /// Takes in what `source`, the text from its very start, has beyond the last call. The
    /// incomplete last line is left for later unless `final`. Returns the segments that were
    /// closed, in order; with `final` all of them are.
    QList<BlockSegment> advance(QStringView source, bool final);

    /// The segment that may still grow. None between blocks.
    [[nodiscard]] const std::optional<BlockSegment> &tail() const { return m_tail; }

    /// The text so far ends in open code, at the top or inside a list or quote.
    [[nodiscard]] bool inCode() const
    {
        return m_leaf == Leaf::Fence || m_leaf == Leaf::IndentedCode;
    }

    /// Where the first line begins that was not taken in.
    [[nodiscard]] qsizetype position() const { return m_position; }

private:
    struct Container
    {
        QChar marker; ///< '>' for a quote; '-', '+', '*', '.' or ')' for a list item
        int contentIndent = 0; ///< of an item: columns its continuation lines begin with
        bool empty = true; ///< of an item: nothing stands in it yet
    };

    enum class Leaf { None, Paragraph, Fence, IndentedCode, Table };

    void takeLine(QStringView line, qsizetype start);
    [[nodiscard]] std::size_t matchContainers(LineCursor &cursor) const;
    bool continuesCode(LineCursor &cursor, std::size_t matched, qsizetype end);
    bool openContainer(LineCursor &cursor, std::size_t matched);
    void takeLeaf(const LineCursor &cursor, bool inContext);
    void startSegment(BlockSegment::Kind kind);
    void startLeaf(BlockSegment::Kind kind, Leaf leaf);
    void closeTail();
    void leaveContainers(std::size_t keep);
    void afterBlank(std::size_t matched);

    std::vector<Container> m_containers;
    Leaf m_leaf = Leaf::None;
    QChar m_fenceChar;
    qsizetype m_fenceLength = 0;
    int m_paragraphLines = 0;
    qsizetype m_lineStart = 0;
    std::optional<BlockSegment> m_tail;
    QChar m_listMarker; ///< of the list the tail is, if it is one
    QList<BlockSegment> m_closed;
    qsizetype m_position = 0;
    qsizetype m_scanned = 0;
};

} // namespace Lorikeet
