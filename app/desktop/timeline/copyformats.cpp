// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/copyformats.h"

#include "timeline/links.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString escaped(QStringView text)
{
    return text.toString().toHtmlEscaped().replace(QChar::LineSeparator, "<br>"_L1);
}

QString inlineHtml(const MarkdownBlock &block, qsizetype start, qsizetype end)
{
    QString html;
    const QStringView text(block.text);
    for (const TextRun &run : block.runs) {
        const qsizetype from = std::max(run.start, start);
        const qsizetype to = std::min(run.start + run.length, end);
        if (from >= to) {
            continue;
        }
        html += escaped(text.sliced(start, from - start));
        QString piece = escaped(text.sliced(from, to - from));
        if (run.styles & (TextRun::Code | TextRun::Math)) {
            piece = u"<code>%1</code>"_s.arg(piece);
        }
        if (run.styles.testFlag(TextRun::Strike)) {
            piece = u"<del>%1</del>"_s.arg(piece);
        }
        if (run.styles.testFlag(TextRun::Italic)) {
            piece = u"<em>%1</em>"_s.arg(piece);
        }
        if (run.styles.testFlag(TextRun::Bold)) {
            piece = u"<strong>%1</strong>"_s.arg(piece);
        }
        // Only what we would open ourselves is handed on as a link.
        if ((run.styles & (TextRun::Link | TextRun::Image)) && isSafeLink(run.target)) {
            piece = u"<a href=\"%1\">%2</a>"_s.arg(run.target.toHtmlEscaped(), piece);
        }
        html += piece;
        start = to;
    }
    return html + escaped(text.sliced(start, std::max<qsizetype>(0, end - start)));
}

QString paragraphsHtml(const MarkdownBlock &block)
{
    QString html;
    QStringList open; // closing tags of the lists and quotes we are in
    const auto leaveTo = [&](qsizetype depth) {
        while (open.size() > depth) {
            html += open.takeLast();
        }
    };
    for (const BlockParagraph &paragraph : block.paragraphs) {
        const qsizetype depth = paragraph.listDepth + paragraph.quoteDepth;
        const bool item = paragraph.marker != BlockParagraph::Marker::None;
        leaveTo(item ? depth : depth + paragraph.listDepth);
        while (open.size() < depth) {
            const bool list
                = open.size() + 1 > paragraph.quoteDepth || block.kind == MarkdownBlock::Kind::List;
            const bool ordered = paragraph.marker == BlockParagraph::Marker::Number;
            const QString tag = !list ? u"blockquote"_s : (ordered ? u"ol"_s : u"ul"_s);
            html += ordered && list && paragraph.number != 1
                ? u"<ol start=\"%1\">"_s.arg(paragraph.number)
                : u"<%1>"_s.arg(tag);
            open.append(u"</%1>"_s.arg(tag));
        }
        const QString text = inlineHtml(block, paragraph.start, paragraph.start + paragraph.length);
        if (item) {
            html += u"<li>%1</li>"_s.arg(text);
        } else if (paragraph.kind == BlockParagraph::Kind::Heading) {
            html += u"<h%1>%2</h%1>"_s.arg(paragraph.headingLevel).arg(text);
        } else if (paragraph.kind == BlockParagraph::Kind::Code) {
            html += u"<pre>%1</pre>"_s.arg(text);
        } else {
            html += u"<p>%1</p>"_s.arg(text);
        }
    }
    leaveTo(0);
    return html;
}

QString tableHtml(const MarkdownBlock &block)
{
    QString html = u"<table>"_s;
    qsizetype start = 0;
    bool head = true;
    while (start <= block.text.size()) {
        qsizetype end = block.text.indexOf(u'\n', start);
        end = end < 0 ? block.text.size() : end;
        html += u"<tr>"_s;
        for (qsizetype cell = start; cell <= end;) {
            qsizetype cellEnd = block.text.indexOf(u'\t', cell);
            cellEnd = cellEnd < 0 || cellEnd > end ? end : cellEnd;
            const QString text = inlineHtml(block, cell, cellEnd);
            html += head ? u"<th>%1</th>"_s.arg(text) : u"<td>%1</td>"_s.arg(text);
            cell = cellEnd + 1;
        }
        html += u"</tr>"_s;
        head = false;
        start = end + 1;
    }
    return html + u"</table>"_s;
}

} // namespace

QString blocksAsHtml(const QList<MarkdownBlock> &blocks)
{
    QString html;
    for (const MarkdownBlock &block : blocks) {
        switch (block.kind) {
        case MarkdownBlock::Kind::Code:
        case MarkdownBlock::Kind::Math:
            html += u"<pre><code>%1</code></pre>"_s.arg(block.text.toHtmlEscaped());
            break;
        case MarkdownBlock::Kind::Table:
            html += tableHtml(block);
            break;
        case MarkdownBlock::Kind::Rule:
            html += u"<hr>"_s;
            break;
        case MarkdownBlock::Kind::Image:
            html += u"<p>%1</p>"_s.arg(escaped(block.text));
            break;
        default:
            html += paragraphsHtml(block);
        }
        html += u'\n';
    }
    return html;
}

QString plainText(QStringView blockText)
{
    return blockText.toString().replace(QChar::LineSeparator, u'\n');
}

QString tableAsCsv(const MarkdownBlock &table)
{
    QStringList lines;
    for (const QString &row : table.text.split(u'\n')) {
        QStringList cells = row.split(u'\t');
        for (QString &cell : cells) {
            if (cell.contains(u'"') || cell.contains(u',') || cell.contains(QChar::LineSeparator)) {
                cell = u'"' + plainText(cell).replace(u'"', "\"\""_L1) + u'"';
            }
        }
        lines.append(cells.join(u','));
    }
    return lines.join("\r\n"_L1) + "\r\n"_L1;
}

void copyMarkdown(const QString &markdown, const QList<MarkdownBlock> &blocks)
{
    auto data = std::make_unique<QMimeData>();
    data->setText(markdown);
    data->setData(u"text/markdown"_s, markdown.toUtf8());
    // An empty flavour would be taken by programs that prefer HTML.
    if (!blocks.isEmpty()) {
        data->setHtml(blocksAsHtml(blocks));
    }
    QGuiApplication::clipboard()->setMimeData(data.release());
}

} // namespace Lorikeet
