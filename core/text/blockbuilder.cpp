// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "text/blockbuilder.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

MarkdownBlock::Alignment alignmentOf(MD_ALIGN align)
{
    switch (align) {
    case MD_ALIGN_LEFT:
        return MarkdownBlock::Alignment::Left;
    case MD_ALIGN_CENTER:
        return MarkdownBlock::Alignment::Centre;
    case MD_ALIGN_RIGHT:
        return MarkdownBlock::Alignment::Right;
    case MD_ALIGN_DEFAULT:
        break;
    }
    return MarkdownBlock::Alignment::Default;
}

qsizetype lineStart(QStringView text, qsizetype at)
{
    return at <= 0 ? 0 : text.lastIndexOf(u'\n', at - 1) + 1;
}

} // namespace

BlockBuilder::BlockBuilder(const Input &input)
    : m_input(input)
    , m_seenByte(input.prefix)
{ }

MarkdownBlocks BlockBuilder::run()
{
    MD_PARSER parser = {};
    parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS
        | MD_FLAG_PERMISSIVEAUTOLINKS | MD_FLAG_NOHTML;
    parser.enter_block = [](MD_BLOCKTYPE type, void *detail, void *self) {
        static_cast<BlockBuilder *>(self)->enterBlock(type, detail);
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void *detail, void *self) {
        static_cast<BlockBuilder *>(self)->leaveBlock(type, detail);
        return 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void *detail, void *self) {
        static_cast<BlockBuilder *>(self)->enterSpan(type, detail);
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void *, void *self) {
        static_cast<BlockBuilder *>(self)->leaveSpan(type);
        return 0;
    };
    parser.text = [](MD_TEXTTYPE type, const char *text, MD_SIZE size, void *self) {
        static_cast<BlockBuilder *>(self)->addText(type, text, qsizetype(size));
        return 0;
    };
    md_parse(m_input.bytes.constData(), MD_SIZE(m_input.bytes.size()), &parser, this);
    // A segment is one block as a rule; where it gave several each has from its first line on.
    for (qsizetype i = m_blocks.size() - 1; i >= 0; --i) {
        MarkdownBlock &block = m_blocks[i];
        const bool last = i + 1 == m_blocks.size();
        qsizetype end
            = last ? m_input.segment.size() : m_blocks[i + 1].sourceStart - m_input.sourceStart;
        block.sourceStart = i == 0 ? 0 : std::min(block.sourceStart, end);
        while (end > block.sourceStart && m_input.segment[end - 1].isSpace()) {
            --end;
        }
        block.sourceStart += m_input.sourceStart;
        block.sourceEnd = m_input.sourceStart + end;
    }
    return std::move(m_blocks);
}

void BlockBuilder::enterBlock(MD_BLOCKTYPE type, void *detail)
{
    switch (type) {
    case MD_BLOCK_QUOTE:
        if (!m_open && m_lists.empty() && m_quoteDepth == 0) {
            beginBlock(MarkdownBlock::Kind::Quote);
        }
        ++m_quoteDepth;
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL: {
        if (!m_open && m_lists.empty() && m_quoteDepth == 0) {
            beginBlock(MarkdownBlock::Kind::List);
        }
        endParagraph();
        List list{.ordered = type == MD_BLOCK_OL};
        if (list.ordered) {
            const auto *ordered = static_cast<MD_BLOCK_OL_DETAIL *>(detail);
            list.next = int(ordered->start);
            list.tight = ordered->is_tight;
        } else {
            list.tight = static_cast<MD_BLOCK_UL_DETAIL *>(detail)->is_tight;
        }
        m_lists.push_back(list);
        break;
    }
    case MD_BLOCK_LI:
        enterItem(*static_cast<MD_BLOCK_LI_DETAIL *>(detail));
        break;
    case MD_BLOCK_HR:
        if (m_lists.empty() && m_quoteDepth == 0) {
            beginBlock(MarkdownBlock::Kind::Rule);
            endBlock();
        } else {
            beginParagraph(BlockParagraph::Kind::Rule);
            endParagraph();
        }
        break;
    case MD_BLOCK_H: {
        const int level = int(static_cast<MD_BLOCK_H_DETAIL *>(detail)->level);
        if (m_lists.empty() && m_quoteDepth == 0) {
            beginBlock(MarkdownBlock::Kind::Heading);
            m_block.headingLevel = quint8(level);
        }
        beginParagraph(BlockParagraph::Kind::Heading, level);
        break;
    }
    case MD_BLOCK_CODE:
        beginCode(*static_cast<MD_BLOCK_CODE_DETAIL *>(detail));
        break;
    case MD_BLOCK_P:
        if (m_lists.empty() && m_quoteDepth == 0) {
            beginBlock(MarkdownBlock::Kind::Paragraph);
        }
        beginParagraph(BlockParagraph::Kind::Text);
        break;
    case MD_BLOCK_TABLE:
        m_inTable = m_quoteDepth == 0;
        if (m_inTable) {
            endParagraph();
            endBlock();
            beginBlock(MarkdownBlock::Kind::Table);
            m_block.indent = quint8(m_lists.size());
        }
        break;
    case MD_BLOCK_TR:
        m_firstCell = true;
        if (!m_inTable) {
            beginParagraph(BlockParagraph::Kind::Text);
        } else if (!m_block.columns.isEmpty()) {
            m_block.text += u'\n';
        }
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        if (!std::exchange(m_firstCell, false)) {
            m_block.text += m_inTable ? u"\t"_s : u" | "_s;
        }
        if (m_inTable && type == MD_BLOCK_TH) {
            m_block.columns.append(alignmentOf(static_cast<MD_BLOCK_TD_DETAIL *>(detail)->align));
        }
        break;
    default:
        break;
    }
}

void BlockBuilder::leaveBlock(MD_BLOCKTYPE type, void *)
{
    switch (type) {
    case MD_BLOCK_QUOTE:
        endParagraph();
        --m_quoteDepth;
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        endParagraph();
        m_lists.pop_back();
        break;
    case MD_BLOCK_LI:
        if (m_markerPending) { // an item without anything in it
            beginParagraph(BlockParagraph::Kind::Text);
        }
        endParagraph();
        break;
    case MD_BLOCK_CODE:
        m_inCode = false;
        if (m_open && m_block.kind == MarkdownBlock::Kind::Code) {
            if (m_block.text.endsWith(u'\n')) {
                m_block.text.chop(1);
            }
        } else if (m_block.text.endsWith(u'\n')) {
            m_block.text.chop(1);
            m_block.paragraphs.removeLast();
            m_inParagraph = false;
        } else {
            endParagraph();
        }
        break;
    case MD_BLOCK_TABLE:
        m_inTable = false;
        break;
    case MD_BLOCK_TR:
    case MD_BLOCK_H:
    case MD_BLOCK_P:
        endParagraph();
        break;
    default:
        return;
    }
    if (m_open && m_quoteDepth == 0
        && (m_lists.empty() || m_block.kind == MarkdownBlock::Kind::Code
            || m_block.kind == MarkdownBlock::Kind::Table)
        && !m_inTable) {
        endBlock();
    }
}

void BlockBuilder::enterItem(const MD_BLOCK_LI_DETAIL &item)
{
    List &list = m_lists.back();
    m_marker = {};
    if (item.is_task) {
        m_marker.marker = item.task_mark == ' ' ? BlockParagraph::Marker::Unchecked
                                                : BlockParagraph::Marker::Checked;
    } else if (list.ordered) {
        m_marker.marker = BlockParagraph::Marker::Number;
        m_marker.number = list.next;
    } else {
        m_marker.marker = BlockParagraph::Marker::Bullet;
    }
    ++list.next;
    m_markerPending = true;
}

void BlockBuilder::beginCode(const MD_BLOCK_CODE_DETAIL &code)
{
    m_inCode = true;
    m_codeFenced = code.fence_char != 0;
    if (m_quoteDepth > 0) {
        beginParagraph(BlockParagraph::Kind::Code);
        return;
    }
    if (m_markerPending) { // code is all there is in the item: its marker stands above
        beginParagraph(BlockParagraph::Kind::Text);
    }
    endParagraph();
    endBlock();
    beginBlock(MarkdownBlock::Kind::Code);
    m_block.indent = quint8(std::min<std::size_t>(m_lists.size(), 8));
    m_block.language = attributeText(code.lang);
}

void BlockBuilder::beginBlock(MarkdownBlock::Kind kind)
{
    m_block = MarkdownBlock{.kind = kind};
    m_open = true;
    m_first = -1;
    m_ignoring = false;
}

void BlockBuilder::endBlock()
{
    if (!std::exchange(m_open, false)) {
        return;
    }
    finishParagraphBlock();
    // Definitions given along may end in text of their own; a block without text is ours.
    const bool foreign = m_ignoring && m_first < 0;
    const bool container
        = m_block.kind == MarkdownBlock::Kind::List || m_block.kind == MarkdownBlock::Kind::Quote;
    if (foreign || (container && m_block.paragraphs.isEmpty())) {
        return;
    }
    qsizetype start = std::max<qsizetype>(m_first, 0);
    start = lineStart(m_input.segment, start);
    if (m_block.kind == MarkdownBlock::Kind::Code && m_codeFenced) {
        // Up to the opening fence, over blank lines the code may begin with.
        do {
            start = lineStart(m_input.segment, start - 1);
        } while (start > 0
            && m_input.segment.sliced(start, m_input.segment.indexOf(u'\n', start) - start)
                .trimmed()
                .isEmpty());
    }
    m_block.sourceStart = std::max<qsizetype>(start, 0); // in the segment, until run() ends
    m_blocks.append(std::move(m_block));
    m_block = {};
}

/// After code or a table inside a list the list goes on in a block of its own.
void BlockBuilder::resumeContainer()
{
    if (!m_open) {
        beginBlock(m_quoteDepth > 0 && m_lists.empty() ? MarkdownBlock::Kind::Quote
                                                       : MarkdownBlock::Kind::List);
    }
}

void BlockBuilder::beginParagraph(BlockParagraph::Kind kind, int headingLevel)
{
    endParagraph();
    resumeContainer();
    BlockParagraph paragraph = std::exchange(m_markerPending, false) ? m_marker : BlockParagraph{};
    if (!m_block.paragraphs.isEmpty()) {
        m_block.text += u'\n';
        paragraph.tight = (!m_lists.empty() && m_lists.back().tight)
            || (kind == BlockParagraph::Kind::Code
                && m_block.paragraphs.constLast().kind == BlockParagraph::Kind::Code);
    }
    paragraph.kind = kind;
    paragraph.headingLevel = quint8(headingLevel);
    paragraph.start = m_block.text.size();
    paragraph.quoteDepth = quint8(std::min(m_quoteDepth, 255));
    paragraph.listDepth = quint8(std::min<std::size_t>(m_lists.size(), 255));
    m_block.paragraphs.append(paragraph);
    m_inParagraph = true;
}

void BlockBuilder::endParagraph()
{
    if (std::exchange(m_inParagraph, false)) {
        BlockParagraph &paragraph = m_block.paragraphs.last();
        paragraph.length = m_block.text.size() - paragraph.start;
    }
}

/// A paragraph that is one image, or one formula, is shown as such.
void BlockBuilder::finishParagraphBlock()
{
    if (m_block.kind != MarkdownBlock::Kind::Paragraph || m_block.runs.size() != 1) {
        return;
    }
    const TextRun run = m_block.runs.constFirst();
    if (run.length != m_block.text.size()) {
        return;
    }
    if (run.styles.testFlag(TextRun::Image)) {
        m_block.kind = MarkdownBlock::Kind::Image;
        m_block.target = run.target;
    } else if (run.styles == TextRun::Math && m_input.maths.size() == 1
        && !m_input.segment.trimmed().startsWith(u"\\(")
        && m_input.maths.constFirst().delimiter == 2) {
        const MathSpan &span = m_input.maths.constFirst();
        m_block.kind = MarkdownBlock::Kind::Math;
        m_block.text
            = m_input.segment.sliced(span.start + span.delimiter, span.length - 2 * span.delimiter)
                  .trimmed()
                  .toString();
    } else {
        return;
    }
    m_block.runs.clear();
    m_block.paragraphs.clear();
}

} // namespace Lorikeet
