// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/documentformats.h"

#include <QTextCursor>

#include <algorithm>

namespace Lorikeet::DocumentFormats {

QString sanitised(QStringView text)
{
    QString result = text.toString();
    for (QChar &c : result) {
        const char16_t code = c.unicode();
        if (code == u'\r' || code == QChar::ParagraphSeparator) {
            c = QChar::LineSeparator;
        } else if (code == 0xFDD0 || code == 0xFDD1 || code == QChar::ObjectReplacementCharacter
            || code == 0) {
            c = QChar::ReplacementCharacter;
        }
    }
    return result;
}

QTextCharFormat charFormat(const QFont &font, const QColor &color)
{
    QTextCharFormat format;
    format.setFont(font);
    format.setForeground(color);
    return format;
}

QTextCharFormat runFormat(const QTextCharFormat &base, const TextRun &run, const TextStyle &style)
{
    QTextCharFormat format = base;
    QFont font = base.font();
    if (run.styles & (TextRun::Code | TextRun::Math)) {
        const int size = font.pixelSize();
        font = style.code;
        font.setPixelSize(int(std::lround(size * 0.93)));
    }
    if (run.styles.testFlag(TextRun::Bold)) {
        font.setWeight(QFont::DemiBold);
    }
    if (run.styles.testFlag(TextRun::Italic)) {
        font.setItalic(true);
    }
    font.setStrikeOut(run.styles.testFlag(TextRun::Strike));
    format.setFont(font);
    if (run.styles & (TextRun::Link | TextRun::Image)) {
        format.setForeground(style.link);
    }
    return format;
}

void insertRuns(QTextCursor &cursor, const MarkdownBlock &block, qsizetype start, qsizetype length,
    const QTextCharFormat &base, const TextStyle &style)
{
    const QStringView text(block.text);
    const qsizetype end = start + length;
    auto run = std::lower_bound(block.runs.begin(), block.runs.end(), start,
        [](const TextRun &item, qsizetype at) { return item.start + item.length <= at; });
    while (start < end) {
        if (run == block.runs.end() || run->start >= end) {
            cursor.insertText(sanitised(text.sliced(start, end - start)), base);
            return;
        }
        if (run->start > start) {
            cursor.insertText(sanitised(text.sliced(start, run->start - start)), base);
            start = run->start;
        }
        const qsizetype runEnd = std::min(run->start + run->length, end);
        cursor.insertText(
            sanitised(text.sliced(start, runEnd - start)), runFormat(base, *run, style));
        start = runEnd;
        ++run;
    }
}

} // namespace Lorikeet::DocumentFormats
