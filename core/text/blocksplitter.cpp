// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "text/blocksplitter.h"

#include "text/linecursor.h"
#include "text/linemarks.h"

#include <algorithm>

namespace Lorikeet {

QList<BlockSegment> BlockSplitter::advance(QStringView source, bool final)
{
    m_closed.clear();
    while (m_position < source.size()) {
        qsizetype end = std::max(m_scanned, m_position);
        while (end < source.size() && source[end] != u'\n' && source[end] != u'\r') {
            ++end;
        }
        m_scanned = end;
        // A '\r' that ends the text may be the first half of a line's end.
        const bool complete
            = end < source.size() && (source[end] == u'\n' || end + 1 < source.size());
        if (!complete && !final) {
            break;
        }
        takeLine(source.sliced(m_position, end - m_position), m_position);
        if (end < source.size() && source[end] == u'\r') {
            ++end;
        }
        if (end < source.size() && source[end] == u'\n'
            && (end == m_scanned || source[end - 1] == u'\r')) {
            ++end;
        }
        m_position = end;
    }
    if (final) {
        closeTail();
    }
    return std::exchange(m_closed, {});
}

void BlockSplitter::takeLine(QStringView line, qsizetype start)
{
    m_lineStart = start;
    const qsizetype end = start + line.size();
    LineCursor cursor(line);
    std::size_t matched = matchContainers(cursor);
    const bool allMatched = matched == m_containers.size();
    if (continuesCode(cursor, matched, end)) {
        return;
    }
    if (cursor.blank()) {
        afterBlank(matched);
        return;
    }
    if (!allMatched && m_leaf == Leaf::Table) {
        m_leaf = Leaf::None; // a table takes no lazy lines
    }
    const bool wasParagraph = m_leaf == Leaf::Paragraph;
    const QStringView content = cursor.content();
    const bool underline = wasParagraph && allMatched && cursor.indent() < 4
        && (isUnderline(content, u'=') || isUnderline(content, u'-'));
    bool opened = false;
    if (!underline) {
        while (!cursor.blank() && openContainer(cursor, matched)) {
            opened = true;
            matched = m_containers.size();
        }
    }
    if (underline) {
        m_leaf = Leaf::None;
        if (m_containers.empty()) {
            m_tail->kind = BlockSegment::Kind::Heading;
        }
    } else if (!cursor.blank()) {
        if (!opened && matched < m_containers.size() && wasParagraph) {
            // A lazy line goes on with the paragraph unless it begins something of its own.
            const QStringView text = cursor.content();
            const bool own = cursor.indent() < 4
                && (isAtxHeading(text) || isRule(text) || openingFence(text) > 0);
            if (!own) {
                m_tail->end = end;
                return;
            }
        }
        leaveContainers(matched);
        takeLeaf(cursor, wasParagraph && !opened && allMatched);
    }
    if (m_tail) {
        m_tail->end = end;
    }
    if (m_tail && m_containers.empty() && m_leaf == Leaf::None) {
        closeTail(); // headings and rules are one line, a setext heading is over with its underline
    }
}

std::size_t BlockSplitter::matchContainers(LineCursor &cursor) const
{
    std::size_t matched = 0;
    for (; matched < m_containers.size(); ++matched) {
        const Container &container = m_containers[matched];
        const int indent = cursor.indent();
        if (container.marker == u'>') {
            if (cursor.blank() || indent > 3 || cursor.content().front() != u'>') {
                break;
            }
            cursor.skipSpace(indent);
            cursor.skip(1);
            cursor.skipSpace(1);
        } else if (cursor.blank()) {
            // An item may begin with one blank line, not with two.
            if (container.empty) {
                break;
            }
        } else if (indent >= container.contentIndent) {
            cursor.skipSpace(container.contentIndent);
        } else {
            break;
        }
    }
    return matched;
}

/// True when the line belonged to open code (or was the fence that closed it).
bool BlockSplitter::continuesCode(LineCursor &cursor, std::size_t matched, qsizetype end)
{
    if (m_leaf != Leaf::Fence && m_leaf != Leaf::IndentedCode) {
        return false;
    }
    const bool closing = m_leaf == Leaf::Fence && cursor.indent() < 4
        && isClosingFence(cursor.content(), m_fenceChar, m_fenceLength);
    if (closing) {
        // Also where it stands outside the fence's list or quote: so does md4c, and so do models.
        m_tail->end = end;
        m_leaf = Leaf::None;
        m_tail->fenceClosed = m_containers.empty();
        leaveContainers(matched);
        if (m_containers.empty()) {
            closeTail();
        }
        return true;
    }
    if (matched < m_containers.size()) {
        m_leaf = Leaf::None;
        return false;
    }
    if (m_leaf == Leaf::Fence) {
        m_tail->end = end;
        return true;
    }
    if (cursor.blank()) {
        return true; // counts only when more code follows
    }
    if (cursor.indent() >= 4) {
        m_tail->end = end;
        return true;
    }
    m_leaf = Leaf::None;
    if (m_containers.empty()) {
        closeTail();
    }
    return false;
}

void BlockSplitter::afterBlank(std::size_t matched)
{
    if (m_leaf == Leaf::Paragraph || m_leaf == Leaf::Table) {
        m_leaf = Leaf::None;
    }
    leaveContainers(matched);
    if (m_containers.empty() && m_leaf == Leaf::None && m_tail
        && m_tail->kind != BlockSegment::Kind::List) {
        closeTail();
    }
}

/// Opens the quote or list item that the rest of the line begins with. `matched` containers hold
/// the line so far.
bool BlockSplitter::openContainer(LineCursor &cursor, std::size_t matched)
{
    const int indent = cursor.indent();
    const QStringView content = cursor.content();
    if (indent > 3) {
        return false;
    }
    if (content.front() == u'>') {
        leaveContainers(matched);
        cursor.skipSpace(indent);
        cursor.skip(1);
        cursor.skipSpace(1);
        startSegment(BlockSegment::Kind::Quote);
        m_containers.push_back({.marker = u'>'});
        m_leaf = Leaf::None;
        return true;
    }
    const std::optional<ListMarker> marker = listMarker(content);
    if (!marker || isRule(content)) {
        return false;
    }
    const bool inParagraph = m_leaf == Leaf::Paragraph && matched == m_containers.size();
    const bool empty
        = content.size() == marker->length || content.sliced(marker->length).trimmed().isEmpty();
    const bool ordered = marker->length > 1;
    if (inParagraph && (empty || (ordered && marker->number != 1))) {
        return false;
    }
    leaveContainers(matched);
    cursor.skipSpace(indent);
    cursor.skip(marker->length);
    const int space = cursor.indent();
    // Five or more columns are one of the marker's and the indent of a code block.
    const int padding = empty || space > 4 ? 1 : space;
    cursor.skipSpace(padding);
    if (m_containers.empty()) {
        if (!m_tail || m_tail->kind != BlockSegment::Kind::List || m_listMarker != marker->marker) {
            startSegment(BlockSegment::Kind::List);
        }
        m_listMarker = marker->marker;
    } else {
        m_containers.back().empty = false;
    }
    m_containers.push_back(
        {.marker = marker->marker, .contentIndent = indent + int(marker->length) + padding});
    m_leaf = Leaf::None;
    return true;
}

/// Takes what is left of a line once its containers stand. `inParagraph`: it directly follows a
/// line of a paragraph in the same containers.
void BlockSplitter::takeLeaf(const LineCursor &cursor, bool inParagraph)
{
    if (!m_containers.empty()) {
        m_containers.back().empty = false;
    }
    const QStringView content = cursor.content();
    const bool indented = cursor.indent() >= 4;
    if (indented && !inParagraph && m_leaf != Leaf::Table) {
        startLeaf(BlockSegment::Kind::IndentedCode, Leaf::IndentedCode);
    } else if (!indented && isAtxHeading(content)) {
        startLeaf(BlockSegment::Kind::Heading, Leaf::None);
    } else if (!indented && isRule(content)) {
        startLeaf(BlockSegment::Kind::Rule, Leaf::None);
    } else if (const qsizetype fence = indented ? 0 : openingFence(content); fence > 0) {
        startLeaf(BlockSegment::Kind::Fence, Leaf::Fence);
        m_fenceChar = content.front();
        m_fenceLength = fence;
    } else if (m_leaf == Leaf::Table) {
        // one more row
    } else if (inParagraph) {
        if (m_paragraphLines == 1 && isTableDelimiter(content)) {
            m_leaf = Leaf::Table;
            if (m_containers.empty()) {
                m_tail->kind = BlockSegment::Kind::Table;
            }
        }
        ++m_paragraphLines;
    } else {
        startLeaf(BlockSegment::Kind::Paragraph, Leaf::Paragraph);
        m_paragraphLines = 1;
    }
}

/// Begins a top-level block, if we are at the top.
void BlockSplitter::startSegment(BlockSegment::Kind kind)
{
    if (!m_containers.empty()) {
        m_containers.back().empty = false;
        return;
    }
    closeTail();
    m_tail = BlockSegment{.kind = kind, .start = m_lineStart, .end = m_lineStart};
}

void BlockSplitter::startLeaf(BlockSegment::Kind kind, Leaf leaf)
{
    startSegment(kind);
    m_leaf = leaf;
}

void BlockSplitter::closeTail()
{
    if (m_tail) {
        m_closed.append(*m_tail);
        m_tail.reset();
    }
}

void BlockSplitter::leaveContainers(std::size_t keep)
{
    if (keep < m_containers.size()) {
        m_containers.resize(keep);
        m_leaf = Leaf::None;
    }
}

} // namespace Lorikeet
