// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFlags>
#include <QList>
#include <QMetaType>
#include <QString>

namespace Lorikeet {

/// A stretch of a block's text that looks or acts otherwise than plain text. Runs are in order and
/// do not overlap.
struct TextRun
{
    enum Style : quint8 {
        Bold = 1,
        Italic = 2,
        Code = 4,
        Strike = 8,
        Link = 16, ///< `target` is where it leads; empty while the address is still arriving
        Image = 32, ///< the text is the alternative text, `target` the address
        Math = 64, ///< the text is TeX, without its delimiters
    };
    Q_DECLARE_FLAGS(Styles, Style)

    qsizetype start = 0;
    qsizetype length = 0;
    Styles styles;
    QString target;

    friend bool operator==(const TextRun &, const TextRun &) = default;
};

/// One line of structure inside a block: a paragraph of a list item, a heading in a quote. They
/// tile the block's text; between two of them is one '\n'.
struct BlockParagraph
{
    enum class Kind : quint8 { Text, Heading, Code, Rule };
    enum class Marker : quint8 { None, Bullet, Number, Unchecked, Checked };

    qsizetype start = 0;
    qsizetype length = 0;
    Kind kind = Kind::Text;
    quint8 headingLevel = 0;
    quint8 quoteDepth = 0;
    quint8 listDepth = 0;
    Marker marker = Marker::None;
    int number = 0; ///< of Marker::Number
    bool tight = false; ///< follows its predecessor without the space between paragraphs

    friend bool operator==(const BlockParagraph &, const BlockParagraph &) = default;
};

/// What the timeline shows as one row of an answer, ready to be laid out: nothing in it needs
/// parsing. Positions in `text` are UTF-16 units and are the positions selection speaks of.
struct MarkdownBlock
{
    enum class Kind : quint8 { Paragraph, Heading, List, Quote, Code, Table, Rule, Image, Math };
    enum class Alignment : quint8 { Default, Left, Centre, Right };

    Kind kind = Kind::Paragraph;
    quint8 headingLevel = 0;
    quint8 indent = 0; ///< list depth of a code block or table that stands inside a list
    /// Paragraphs are joined by '\n', hard breaks within one are U+2028. A table's cells are joined
    /// by '\t', its rows by '\n', the first row is the head. Code is verbatim, without its last
    /// '\n'.
    QString text;
    QList<TextRun> runs;
    QList<BlockParagraph> paragraphs; ///< empty for code, tables, rules, images and maths
    QList<Alignment> columns; ///< of a table
    QString language; ///< the first word after a fence
    QString target; ///< an image's address
    /// Where it stands in the answer's Markdown, without the line's end. Both zero for the empty
    /// leftovers of a construct that another block's range covers.
    qsizetype sourceStart = 0;
    qsizetype sourceEnd = 0;

    friend bool operator==(const MarkdownBlock &, const MarkdownBlock &) = default;
};

using MarkdownBlocks = QList<MarkdownBlock>;

} // namespace Lorikeet

Q_DECLARE_OPERATORS_FOR_FLAGS(Lorikeet::TextRun::Styles)
Q_DECLARE_METATYPE(Lorikeet::MarkdownBlock)
