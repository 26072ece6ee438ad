// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/documentbuilder.h"

#include "timeline/documentformats.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet::DocumentBuilder {

using namespace DocumentFormats;

namespace {

using Paragraph = BlockParagraph;

constexpr int listIndent = 20;
constexpr int quoteIndent = 16;

/// Room for numbers wider than one digit, by the widest of the block.
qreal numberRoom(const MarkdownBlock &block, const TextStyle &style)
{
    int widest = 0;
    for (const Paragraph &paragraph : block.paragraphs) {
        if (paragraph.marker == Paragraph::Marker::Number) {
            widest = std::max(widest, paragraph.number);
        }
    }
    return widest < 10 ? (widest > 0 ? 2 * style.unit : 0)
                       : (qreal(QString::number(widest).size()) * 9 - 5) * style.unit;
}

qreal lineHeight(const Paragraph &paragraph, const TextStyle &style)
{
    switch (paragraph.kind) {
    case Paragraph::Kind::Heading:
        return style.headingLines[std::size_t(std::clamp(int(paragraph.headingLevel), 1, 4) - 1)];
    case Paragraph::Kind::Code:
        return style.codeLine;
    case Paragraph::Kind::Rule:
        return 9 * style.unit;
    case Paragraph::Kind::Text:
        break;
    }
    return style.proseLine;
}

QTextCharFormat baseFormat(const Paragraph &paragraph, const TextStyle &style)
{
    const QColor color = paragraph.quoteDepth > 0 ? style.textSecondary : style.text;
    switch (paragraph.kind) {
    case Paragraph::Kind::Heading: {
        const auto level = std::size_t(std::clamp(int(paragraph.headingLevel), 1, 4) - 1);
        return charFormat(style.headings[level], color);
    }
    case Paragraph::Kind::Code:
        return charFormat(style.code, style.text);
    default:
        return charFormat(style.prose, color);
    }
}

QTextBlockFormat blockFormat(
    const MarkdownBlock &block, const Paragraph &paragraph, const TextStyle &style, qreal room)
{
    QTextBlockFormat format;
    format.setLineHeight(lineHeight(paragraph, style), QTextBlockFormat::FixedHeight);
    const bool first = paragraph.start == 0;
    const bool code = paragraph.kind == Paragraph::Kind::Code;
    const bool heading = paragraph.kind == Paragraph::Kind::Heading;
    if (!first) {
        format.setTopMargin(
            (code && paragraph.tight ? 0 : (heading ? 16 : (paragraph.tight ? 4 : 10)))
            * style.unit);
    }
    // Left margins and not Qt's indents, which would count quotes and lists alike.
    format.setLeftMargin(paragraph.quoteDepth * quoteIndent * style.unit
        + paragraph.listDepth * (listIndent * style.unit + room) + (code ? 10 * style.unit : 0));
    if (code) {
        format.setNonBreakableLines(false);
    }
    if (paragraph.marker == Paragraph::Marker::Checked) {
        format.setMarker(QTextBlockFormat::MarkerType::Checked);
    } else if (paragraph.marker == Paragraph::Marker::Unchecked) {
        format.setMarker(QTextBlockFormat::MarkerType::Unchecked);
    }
    // Each paragraph goes by its first strong character, whatever the rest of the text does.
    const bool rightToLeft = block.text.sliced(paragraph.start, paragraph.length).isRightToLeft();
    format.setLayoutDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    format.setAlignment(Qt::AlignLeading);
    if (rightToLeft) {
        format.setRightMargin(format.leftMargin());
        format.setLeftMargin(0);
    }
    return format;
}

void addMarker(QTextCursor &cursor, const Paragraph &paragraph)
{
    if (paragraph.marker == Paragraph::Marker::None) {
        return;
    }
    // A list of one: the number is the Markdown's own, wherever code cut the list in two.
    QTextListFormat format;
    format.setIndent(0);
    if (paragraph.marker == Paragraph::Marker::Number) {
        format.setStyle(QTextListFormat::ListDecimal);
        format.setStart(paragraph.number);
    } else {
        format.setStyle(
            paragraph.listDepth % 2 == 1 ? QTextListFormat::ListDisc : QTextListFormat::ListCircle);
    }
    cursor.createList(format);
}

void insertParagraphs(
    QTextCursor &cursor, const MarkdownBlock &block, qsizetype from, const TextStyle &style)
{
    const qreal room = numberRoom(block, style);
    for (qsizetype i = from; i < block.paragraphs.size(); ++i) {
        const Paragraph &paragraph = block.paragraphs[i];
        const QTextBlockFormat format = blockFormat(block, paragraph, style, room);
        const QTextCharFormat base = baseFormat(paragraph, style);
        if (i == 0) {
            cursor.setBlockFormat(format);
            cursor.setBlockCharFormat(base);
        } else {
            // Through a block without a list: insertBlock() would go on with the one before.
            cursor.insertBlock(format, base);
            if (QTextList *list = cursor.currentList()) {
                list->remove(cursor.block());
                cursor.setBlockFormat(format);
            }
        }
        addMarker(cursor, paragraph);
        insertRuns(cursor, block, paragraph.start, paragraph.length, base, style);
    }
}

/// Runs that lie before `end`, cut there.
QList<TextRun> runsBefore(const QList<TextRun> &runs, qsizetype end)
{
    QList<TextRun> result;
    for (const TextRun &run : runs) {
        if (run.start >= end) {
            break;
        }
        result.append(run);
        result.last().length = std::min(run.length, end - run.start);
    }
    return result;
}

/// The paragraph is formatted the same, whatever has become of its text.
bool samePlace(const MarkdownBlock &before, const MarkdownBlock &now, qsizetype index)
{
    const Paragraph &a = before.paragraphs[index];
    Paragraph b = now.paragraphs[index];
    const bool direction = now.text.sliced(b.start, b.length).isRightToLeft();
    b.length = a.length;
    return a == b && before.text.sliced(a.start, a.length).isRightToLeft() == direction;
}

/// Up to where a paragraph's text and formats are the same in both.
qsizetype agreement(const MarkdownBlock &before, const MarkdownBlock &now, qsizetype index)
{
    const Paragraph &old = before.paragraphs[index];
    const qsizetype length = std::min(old.length, now.paragraphs[index].length);
    const auto first = before.text.begin() + old.start;
    const auto [end, other] = std::mismatch(first, first + length, now.text.begin() + old.start);
    qsizetype agree = end - before.text.begin();
    while (agree > old.start && runsBefore(before.runs, agree) != runsBefore(now.runs, agree)) {
        agree = std::max(old.start, agree - std::max<qsizetype>(1, (agree - old.start) / 2));
    }
    return agree;
}

} // namespace

void prepare(QTextDocument &document, const TextStyle &style, bool wraps)
{
    document.setUndoRedoEnabled(false);
    document.setDocumentMargin(0);
    document.setDefaultFont(style.prose);
    QTextOption option = document.defaultTextOption();
    option.setWrapMode(wraps ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
    option.setUseDesignMetrics(style.designMetrics);
    document.setDefaultTextOption(option);
}

void fill(QTextDocument &document, const MarkdownBlock &block, const TextStyle &style)
{
    document.setUndoRedoEnabled(false);
    document.setDocumentMargin(0);
    if (block.kind == MarkdownBlock::Kind::Table) {
        fillTable(document, block, style);
        return;
    }
    if (block.paragraphs.isEmpty()) {
        fillPlain(document, block.text, style,
            block.kind == MarkdownBlock::Kind::Code || block.kind == MarkdownBlock::Kind::Math);
        return;
    }
    document.clear();
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    insertParagraphs(cursor, block, 0, style);
    cursor.endEditBlock();
}

void update(QTextDocument &document, const MarkdownBlock &before, const MarkdownBlock &now,
    const TextStyle &style)
{
    const bool paragraphs = !before.paragraphs.isEmpty() && !now.paragraphs.isEmpty();
    if (before.kind == now.kind && before.paragraphs.isEmpty() && now.paragraphs.isEmpty()
        && now.kind != MarkdownBlock::Kind::Table && now.text.startsWith(before.text)) {
        appendPlain(document, QStringView(now.text).sliced(before.text.size()));
        return;
    }
    if (before.kind != now.kind || !paragraphs
        || numberRoom(before, style) != numberRoom(now, style)) {
        fill(document, now, style);
        return;
    }
    // The paragraphs that are the same stay; the first that differs may have only grown.
    qsizetype same = 0;
    while (same < before.paragraphs.size() && same < now.paragraphs.size()
        && before.paragraphs[same] == now.paragraphs[same]) {
        ++same;
    }
    const qsizetype kept
        = same > 0 ? now.paragraphs[same - 1].start + now.paragraphs[same - 1].length : 0;
    if (QStringView(before.text).first(kept) != QStringView(now.text).first(kept)
        || runsBefore(before.runs, kept) != runsBefore(now.runs, kept)) {
        fill(document, now, style);
        return;
    }
    qsizetype agree = kept;
    const bool grown = same < before.paragraphs.size() && same < now.paragraphs.size()
        && samePlace(before, now, same);
    if (grown) {
        agree = agreement(before, now, same);
    }
    // Text that is removed up to a paragraph's very start would take that paragraph's format along.
    const qsizetype start = grown ? before.paragraphs[same].start
        : same > 0                ? before.paragraphs[same - 1].start
                                  : 0;
    if ((agree == start && before.paragraphs.size() > same + (grown ? 1 : 0))
        || (!grown && same == 0)) {
        fill(document, now, style);
        return;
    }
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    cursor.setPosition(int(agree));
    cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    if (grown) {
        const Paragraph &paragraph = now.paragraphs[same];
        insertRuns(cursor, now, agree, paragraph.start + paragraph.length - agree,
            baseFormat(paragraph, style), style);
        ++same;
    }
    insertParagraphs(cursor, now, same, style);
    cursor.endEditBlock();
}

void fillPlain(QTextDocument &document, const QString &text, const TextStyle &style, bool code)
{
    document.setUndoRedoEnabled(false);
    document.setDocumentMargin(0);
    document.clear();
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    QTextBlockFormat format;
    format.setLineHeight(code ? style.codeLine : style.proseLine, QTextBlockFormat::FixedHeight);
    cursor.setBlockFormat(format);
    const QTextCharFormat base = charFormat(code ? style.code : style.prose, style.text);
    cursor.setBlockCharFormat(base);
    cursor.insertText(sanitised(text), base);
    cursor.endEditBlock();
}

void appendPlain(QTextDocument &document, QStringView text)
{
    if (!text.isEmpty()) {
        QTextCursor cursor(&document);
        cursor.movePosition(QTextCursor::End);
        cursor.insertText(sanitised(text));
    }
}

void fillMetrics(QTextDocument &document, const QList<Metric> &metrics, const TextStyle &style)
{
    document.setUndoRedoEnabled(false);
    document.setDocumentMargin(0);
    document.clear();
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    QTextBlockFormat format;
    format.setLineHeight(style.metricLine + 4 * style.unit, QTextBlockFormat::FixedHeight);
    cursor.setBlockFormat(format);
    const QTextCharFormat label = charFormat(style.metric, style.textMuted);
    for (qsizetype i = 0; i < metrics.size(); ++i) {
        const Metric &metric = metrics[i];
        QTextCharFormat value = charFormat(style.number, style.text);
        if (metric.tone != Metric::Tone::Normal) {
            value.setForeground(metric.tone == Metric::Tone::Warning ? style.warning
                    : metric.tone == Metric::Tone::Good              ? style.good
                                                                     : style.danger);
        }
        // A line breaks between metrics only.
        const QString name = QString(metric.label).replace(u' ', QChar::Nbsp) + QChar(QChar::Nbsp);
        cursor.insertText(i == 0 ? name : u"\u2003"_s + name, label);
        cursor.insertText(QString(metric.value).replace(u' ', QChar::Nbsp), value);
    }
    cursor.endEditBlock();
}

} // namespace Lorikeet::DocumentBuilder
