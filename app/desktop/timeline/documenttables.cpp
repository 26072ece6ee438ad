// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Tables and decorations of DocumentBuilder.

#include "timeline/documentbuilder.h"
#include "timeline/documentformats.h"

#include <QAbstractTextDocumentLayout>
#include <QFontMetricsF>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextLayout>
#include <QTextTable>

#include <algorithm>

namespace Lorikeet::DocumentBuilder {

using namespace DocumentFormats;

namespace {

constexpr int cellPadding = 6;
constexpr int cellSide = 4; ///< besides the padding

struct Cell
{
    qsizetype start = 0;
    qsizetype length = 0;
};

QList<QList<Cell>> cellsOf(const MarkdownBlock &block)
{
    QList<QList<Cell>> rows(1);
    qsizetype start = 0;
    for (qsizetype i = 0; i <= block.text.size(); ++i) {
        const QChar c = i < block.text.size() ? block.text[i] : QChar(u'\n');
        if (c != u'\t' && c != u'\n') {
            continue;
        }
        rows.last().append({start, i - start});
        start = i + 1;
        if (c == u'\n' && i < block.text.size()) {
            rows.append(QList<Cell>());
        }
    }
    return rows;
}

Qt::Alignment alignment(MarkdownBlock::Alignment align)
{
    switch (align) {
    case MarkdownBlock::Alignment::Centre:
        return Qt::AlignHCenter;
    case MarkdownBlock::Alignment::Right:
        return Qt::AlignRight | Qt::AlignAbsolute;
    default:
        return Qt::AlignLeading;
    }
}

/// Each column as wide as its widest cell, up to a limit from where on it wraps.
QList<QTextLength> columnWidths(
    const MarkdownBlock &block, const QList<QList<Cell>> &rows, const TextStyle &style)
{
    QFont headFont = style.prose;
    headFont.setWeight(QFont::DemiBold);
    const QFontMetricsF head(headFont);
    const qreal limit = 320 * style.unit;
    QList<qreal> widths(block.columns.size(), 24 * style.unit);
    for (qsizetype row = 0; row < rows.size(); ++row) {
        for (qsizetype column = 0; column < std::min(rows[row].size(), widths.size()); ++column) {
            const Cell &cell = rows[row][column];
            // The bold face is the wider one, and half a character more forgives rounding.
            const QString text = block.text.mid(cell.start, std::min<qsizetype>(cell.length, 200));
            widths[column] = std::max(widths[column], head.horizontalAdvance(text) * 1.03);
        }
    }
    QList<QTextLength> lengths;
    for (const qreal width : std::as_const(widths)) {
        lengths.append(QTextLength(QTextLength::FixedLength,
            std::ceil(std::min(width, limit)) + 2 + 2 * (cellSide + cellPadding) * style.unit));
    }
    return lengths;
}

void addRange(
    QList<Decoration> &result, const QTextDocument &document, qsizetype start, qsizetype length)
{
    const QTextBlock block = document.findBlock(int(start));
    const QTextLayout *layout = block.layout();
    const QPointF origin = document.documentLayout()->blockBoundingRect(block).topLeft();
    const int from = int(start) - block.position();
    const int to = from + int(length);
    for (int i = 0; i < layout->lineCount(); ++i) {
        const QTextLine line = layout->lineAt(i);
        const int begin = std::max(from, line.textStart());
        const int end = std::min(to, line.textStart() + line.textLength());
        if (begin >= end) {
            continue;
        }
        const qreal x1 = line.cursorToX(begin);
        const qreal x2 = line.cursorToX(end);
        const qreal height = line.ascent() + line.descent();
        // Text has no room of its own around code: at the ends of a line the ground ends with it.
        const qreal left = std::max(std::min(x1, x2) - 2, line.x());
        const qreal right = std::min(std::max(x1, x2) + 2, line.x() + line.width());
        result.append({Decoration::Kind::InlineCode,
            QRectF(origin.x() + left, origin.y() + line.y() - 1, right - left, height + 2)});
    }
}

void addParagraphs(QList<Decoration> &result, const QTextDocument &document,
    const MarkdownBlock &block, const TextStyle &style)
{
    const QAbstractTextDocumentLayout *layout = document.documentLayout();
    for (qsizetype i = 0; i < block.paragraphs.size(); ++i) {
        const BlockParagraph &paragraph = block.paragraphs[i];
        if (paragraph.quoteDepth == 0 && paragraph.kind == BlockParagraph::Kind::Text) {
            continue;
        }
        const QRectF rect = layout->blockBoundingRect(document.findBlock(int(paragraph.start)));
        // Up to the next paragraph, so that a bar has no gaps.
        const bool more = i + 1 < block.paragraphs.size();
        const QTextBlock next
            = more ? document.findBlock(int(block.paragraphs[i + 1].start)) : QTextBlock();
        const int shared
            = more ? std::min(paragraph.quoteDepth, block.paragraphs[i + 1].quoteDepth) : 0;
        const qreal nextTop = more ? layout->blockBoundingRect(next).top() : rect.bottom();
        for (int depth = 0; depth < paragraph.quoteDepth; ++depth) {
            const qreal bottom = depth < shared ? nextTop : rect.bottom();
            // Lists around a quote push its bar in; lists inside it do not.
            const qreal left
                = (block.kind == MarkdownBlock::Kind::Quote ? 0 : paragraph.listDepth * 20)
                + depth * 16;
            result.append({Decoration::Kind::QuoteBar,
                QRectF(left * style.unit, rect.top(), 3 * style.unit, bottom - rect.top())});
        }
        if (paragraph.kind == BlockParagraph::Kind::Code) {
            const bool joined = more && block.paragraphs[i + 1].kind == BlockParagraph::Kind::Code
                && block.paragraphs[i + 1].tight;
            const qreal left = (paragraph.quoteDepth * 16 + paragraph.listDepth * 20) * style.unit;
            result.append({Decoration::Kind::CodeLine,
                QRectF(left, rect.top(), document.textWidth() - left,
                    (joined ? nextTop : rect.bottom()) - rect.top())});
        } else if (paragraph.kind == BlockParagraph::Kind::Rule) {
            result.append({Decoration::Kind::Rule,
                QRectF(rect.left(), rect.center().y(), document.textWidth() - rect.left(), 1)});
        }
    }
}

void addTable(QList<Decoration> &result, const QTextDocument &document, const TextStyle &style)
{
    const auto frames = document.rootFrame()->childFrames();
    const auto *table
        = frames.isEmpty() ? nullptr : qobject_cast<QTextTable *>(frames.constFirst());
    if (!table) {
        return;
    }
    const QAbstractTextDocumentLayout *layout = document.documentLayout();
    const QRectF whole(0, 0, tableWidth(document), 0);
    const qreal padding = cellPadding * style.unit;
    for (int row = 0; row < table->rows(); ++row) {
        qreal bottom = 0;
        for (int column = 0; column < table->columns(); ++column) {
            const QTextTableCell cell = table->cellAt(row, column);
            const QTextBlock last = cell.lastCursorPosition().block();
            bottom = std::max(bottom, layout->blockBoundingRect(last).bottom());
        }
        const qreal line = bottom + padding;
        if (row == 0) {
            result.append({Decoration::Kind::TableHead,
                QRectF(whole.left(), whole.top(), whole.width(), line - whole.top())});
        }
        if (row + 1 < table->rows()) {
            result.append(
                {Decoration::Kind::TableLine, QRectF(whole.left(), line, whole.width(), 1)});
        }
    }
}

} // namespace

/// Up to the end of its last column's padding, which the frame's rectangle leaves out.
qreal tableWidth(const QTextDocument &document)
{
    const auto frames = document.rootFrame()->childFrames();
    const auto *table
        = frames.isEmpty() ? nullptr : qobject_cast<QTextTable *>(frames.constFirst());
    return table ? document.documentLayout()->frameBoundingRect(frames.constFirst()).right()
            + table->format().cellPadding()
                 : document.idealWidth();
}

qsizetype documentOffset(const MarkdownBlock &block)
{
    return block.kind == MarkdownBlock::Kind::Table ? 1 : 0;
}

void fillTable(QTextDocument &document, const MarkdownBlock &block, const TextStyle &style)
{
    const QList<QList<Cell>> rows = cellsOf(block);
    document.clear();
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    QTextTableFormat format;
    format.setBorder(0);
    format.setCellSpacing(0);
    format.setCellPadding(cellPadding * style.unit);
    format.setColumnWidthConstraints(columnWidths(block, rows, style));
    QTextTable *table = cursor.insertTable(
        int(rows.size()), int(std::max<qsizetype>(1, block.columns.size())), format);
    for (qsizetype row = 0; row < rows.size(); ++row) {
        for (qsizetype column = 0; column < block.columns.size(); ++column) {
            QTextTableCell tableCell = table->cellAt(int(row), int(column));
            QTextCursor in = tableCell.firstCursorPosition();
            QTextBlockFormat line;
            line.setLineHeight(
                std::max(style.proseLine - 2, 20 * style.unit), QTextBlockFormat::FixedHeight);
            line.setLeftMargin(cellSide * style.unit);
            line.setRightMargin(cellSide * style.unit);
            line.setAlignment(alignment(block.columns[column]));
            in.setBlockFormat(line);
            QFont font = style.prose;
            font.setWeight(row == 0 ? QFont::DemiBold : font.weight());
            const QTextCharFormat base = charFormat(font, style.text);
            in.setBlockCharFormat(base);
            if (column < rows[row].size()) {
                insertRuns(
                    in, block, rows[row][column].start, rows[row][column].length, base, style);
            }
        }
    }
    // The paragraph Qt keeps after a table takes no room.
    QTextCursor end(&document);
    end.movePosition(QTextCursor::End);
    QTextBlockFormat nothing;
    nothing.setLineHeight(0, QTextBlockFormat::FixedHeight);
    end.setBlockFormat(nothing);
    QTextCharFormat tiny;
    QFont tinyFont = style.prose;
    tinyFont.setPixelSize(1);
    tiny.setFont(tinyFont);
    end.setBlockCharFormat(tiny);
    cursor.endEditBlock();
}

QList<Decoration> decorations(
    const QTextDocument &document, const MarkdownBlock &block, const TextStyle &style)
{
    QList<Decoration> result;
    if (block.kind == MarkdownBlock::Kind::Table) {
        addTable(result, document, style);
    }
    addParagraphs(result, document, block, style);
    for (const TextRun &run : block.runs) {
        if (run.styles.testFlag(TextRun::Code)) {
            addRange(result, document, run.start + documentOffset(block), run.length);
        }
    }
    return result;
}

} // namespace Lorikeet::DocumentBuilder
