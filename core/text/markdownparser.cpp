// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "text/markdownparser.h"

#include "text/blockbuilder.h"
#include "text/codefence.h"

#include <algorithm>

namespace Lorikeet::MarkdownParser {

MarkdownBlocks parseSegment(QStringView markdown, const BlockSegment &segment,
    const LinkDefinitions &definitions, QStringView addition)
{
    if (segment.kind == BlockSegment::Kind::Fence) {
        return {readCodeFence(markdown, segment.start, segment.end)};
    }
    const QStringView text = markdown.sliced(segment.start, segment.end - segment.start);
    BlockBuilder::Input input{.segment = text, .sourceStart = segment.start};
    if (segment.kind != BlockSegment::Kind::IndentedCode) {
        input.maths = findMath(text);
    }
    if (const QString needed = definitions.neededBy(text); !needed.isEmpty()) {
        input.bytes = needed.toUtf8() + "\n";
    }
    input.prefix = input.bytes.size();
    if (input.maths.isEmpty()) {
        input.bytes += text.toUtf8();
    } else {
        // A letter for each character of TeX: md4c sees a word, and no emphasis in it.
        QString masked = text.toString();
        for (const MathSpan &math : std::as_const(input.maths)) {
            std::fill_n(masked.begin() + math.start, math.length, QChar(u'm'));
        }
        input.bytes += masked.toUtf8();
    }
    input.bytes += addition.toUtf8();
    return BlockBuilder(input).run();
}

MarkdownBlocks parse(QStringView markdown)
{
    BlockSplitter splitter;
    const QList<BlockSegment> segments = splitter.advance(markdown, true);
    LinkDefinitions definitions;
    for (const BlockSegment &segment : segments) {
        if (segment.kind == BlockSegment::Kind::Paragraph) {
            definitions.collect(markdown.sliced(segment.start, segment.end - segment.start));
        }
    }
    MarkdownBlocks blocks;
    for (const BlockSegment &segment : segments) {
        blocks += parseSegment(markdown, segment, definitions);
    }
    return blocks;
}

} // namespace Lorikeet::MarkdownParser
