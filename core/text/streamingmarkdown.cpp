// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "text/streamingmarkdown.h"

#include "text/markdownparser.h"
#include "text/openconstructs.h"

#include <algorithm>

namespace Lorikeet {

std::optional<MarkdownBlocks> jsonBlocks(const QString &text)
{
    const QStringView inner = QStringView(text).trimmed();
    if (!inner.startsWith(u'{') && !inner.startsWith(u'[')) {
        return std::nullopt;
    }
    MarkdownBlock block;
    block.kind = MarkdownBlock::Kind::Code;
    block.language = QStringLiteral("json");
    block.sourceStart = inner.begin() - QStringView(text).begin();
    block.sourceEnd = block.sourceStart + inner.size();
    block.text = inner.toString();
    return MarkdownBlocks{block};
}

void applyEdit(MarkdownBlocks &blocks, const BlockEdit &edit)
{
    blocks.resize(edit.keep);
    if (!edit.tailText.isEmpty() || edit.tailSourceEnd > 0) {
        blocks.last().text += edit.tailText;
        blocks.last().sourceEnd = edit.tailSourceEnd;
    }
    blocks += edit.blocks;
}

BlockEdit StreamingMarkdown::append(QStringView text)
{
    if (m_braces == Braces::Json) {
        const bool isFirst = QStringView(m_source).trimmed().isEmpty();
        const QStringView begun = text.trimmed();
        if (isFirst && begun.isEmpty()) {
            m_source += text;
            return {};
        }
        if (!isFirst || begun.startsWith(u'{') || begun.startsWith(u'[')) {
            return appendToJson(text, isFirst);
        }
        m_braces = Braces::Markdown;
    }
    m_source += text;
    const QList<BlockSegment> closed = m_splitter.advance(m_source, false);
    BlockEdit edit{.keep = m_closed.size()};
    if (closed.isEmpty() && appendToFence(edit)) {
        return edit;
    }
    for (const BlockSegment &segment : closed) {
        if (segment.kind == BlockSegment::Kind::Paragraph) {
            m_definitions.collect(
                QStringView(m_source).sliced(segment.start, segment.end - segment.start));
        }
        edit.blocks += MarkdownParser::parseSegment(m_source, segment, m_definitions);
    }
    m_closed += edit.blocks;
    m_fence.reset();
    edit.blocks += openBlocks();
    return edit;
}

BlockEdit StreamingMarkdown::appendToJson(QStringView text, bool isFirst)
{
    m_source += text;
    if (isFirst) {
        m_closed = *jsonBlocks(m_source);
        MarkdownBlock &block = m_closed.first();
        block.text = m_source.sliced(block.sourceStart);
        block.sourceEnd = m_source.size();
        return {.blocks = m_closed};
    }
    return {.keep = 1, .tailText = text.toString(), .tailSourceEnd = m_source.size()};
}

/// While the tail is a fence whose block the receiver has, only new code is told.
bool StreamingMarkdown::appendToFence(BlockEdit &edit)
{
    if (!m_fence) {
        return false;
    }
    const BlockSegment &tail = *m_splitter.tail();
    edit.keep += 1;
    edit.tailText = m_fence->take(QStringView(m_source).sliced(tail.start), false);
    edit.tailSourceEnd = m_source.size();
    return true;
}

MarkdownBlocks StreamingMarkdown::openBlocks()
{
    const std::optional<BlockSegment> &tail = m_splitter.tail();
    if (tail && tail->kind == BlockSegment::Kind::Fence) {
        const QStringView source = QStringView(m_source).sliced(tail->start);
        m_fence.emplace(source);
        MarkdownBlock block;
        block.kind = MarkdownBlock::Kind::Code;
        block.language = m_fence->language();
        block.text = m_fence->take(source, false);
        block.sourceStart = tail->start;
        block.sourceEnd = m_source.size();
        return {block};
    }
    // The incomplete last line is taken in tentatively, by a copy of the splitter.
    const QStringView lastLine = QStringView(m_source).sliced(m_splitter.position());
    const QStringView shown = isUndecided(lastLine)
        ? QStringView(m_source).first(m_splitter.position())
        : QStringView(m_source);
    BlockSplitter tentative = m_splitter;
    const QList<BlockSegment> segments = tentative.advance(shown, true);
    MarkdownBlocks blocks;
    for (qsizetype i = 0; i < segments.size(); ++i) {
        BlockSegment segment = segments[i];
        VirtualEnd end{.keep = segment.end - segment.start};
        if (i + 1 == segments.size() && !tentative.inCode()) {
            end = closeOpenConstructs(shown.sliced(segment.start, end.keep), segment.kind);
            segment.end = segment.start + end.keep;
        }
        blocks += MarkdownParser::parseSegment(shown, segment, m_definitions, end.addition);
    }
    return blocks;
}

BlockEdit StreamingMarkdown::finish()
{
    if (const auto json
        = m_braces == Braces::Json ? jsonBlocks(m_source) : std::optional<MarkdownBlocks>()) {
        return {.blocks = *json};
    }
    MarkdownBlocks whole = MarkdownParser::parse(m_source);
    const auto [mine, theirs]
        = std::mismatch(m_closed.cbegin(), m_closed.cend(), whole.cbegin(), whole.cend());
    BlockEdit edit{.keep = mine - m_closed.cbegin()};
    edit.blocks = whole.sliced(edit.keep);
    m_closed = std::move(whole);
    m_fence.reset();
    return edit;
}

} // namespace Lorikeet
