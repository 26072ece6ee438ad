// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "text/markdownblock.h"
#include "text/mathspans.h"

#include <QByteArray>

#include <md4c.h>

#include <vector>

namespace Lorikeet {

/// Makes blocks of md4c's callbacks, for one segment of an answer. The bytes given to md4c are the
/// definitions of links, the segment's Markdown with its maths masked, and an addition.
class BlockBuilder final
{
public:
    struct Input
    {
        QByteArray bytes;
        qsizetype prefix = 0; ///< bytes before the segment; what is found there gives no block
        QStringView segment; ///< the segment's own text
        qsizetype sourceStart = 0; ///< of the segment in the answer
        QList<MathSpan> maths; ///< in the segment
    };

    explicit BlockBuilder(const Input &input);

    [[nodiscard]] MarkdownBlocks run();

private:
    struct List
    {
        bool ordered = false;
        bool tight = false;
        int next = 1;
    };

    void enterBlock(MD_BLOCKTYPE type, void *detail);
    void leaveBlock(MD_BLOCKTYPE type, void *detail);
    void enterSpan(MD_SPANTYPE type, void *detail);
    void leaveSpan(MD_SPANTYPE type);
    void addText(MD_TEXTTYPE type, const char *text, qsizetype size);

    void enterItem(const MD_BLOCK_LI_DETAIL &item);
    void beginCode(const MD_BLOCK_CODE_DETAIL &code);
    void beginBlock(MarkdownBlock::Kind kind);
    void endBlock();
    void resumeContainer();
    void beginParagraph(BlockParagraph::Kind kind, int headingLevel = 0);
    void endParagraph();
    void append(QStringView text, TextRun::Styles extra = {});
    void appendMasked(qsizetype offset, QStringView text);
    void finishParagraphBlock();
    [[nodiscard]] qsizetype sourceOffset(qsizetype byte);

    [[nodiscard]] static QString attributeText(const MD_ATTRIBUTE &attribute);

    const Input &m_input;
    MarkdownBlocks m_blocks;
    MarkdownBlock m_block;
    bool m_open = false; ///< m_block is being filled
    bool m_inParagraph = false;
    bool m_inCode = false;
    bool m_codeFenced = false;
    bool m_inTable = false;
    bool m_firstCell = true;
    bool m_ignoring = false;
    int m_quoteDepth = 0;
    int m_styleDepth[4] = {}; ///< bold, italic, code, strike
    std::vector<List> m_lists;
    std::vector<QString> m_targets; ///< of open links and images
    int m_images = 0;
    BlockParagraph m_marker; ///< of the item whose first paragraph is to come
    bool m_markerPending = false;
    qsizetype m_first = -1; ///< source of the present block's first and last text
    qsizetype m_last = -1;
    qsizetype m_seenByte = 0;
    qsizetype m_seenOffset = 0;
};

} // namespace Lorikeet
