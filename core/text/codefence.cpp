// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "text/codefence.h"

#include "text/entities.h"
#include "text/linecursor.h"
#include "text/linemarks.h"

namespace Lorikeet {

namespace {

qsizetype lineEnd(QStringView source, qsizetype from)
{
    while (from < source.size() && source[from] != u'\n' && source[from] != u'\r') {
        ++from;
    }
    return from;
}

qsizetype nextLine(QStringView source, qsizetype end)
{
    if (end < source.size() && source[end] == u'\r') {
        ++end;
        return end < source.size() && source[end] == u'\n' ? end + 1 : end;
    }
    return std::min(end + 1, source.size());
}

} // namespace

CodeFence::CodeFence(QStringView source)
{
    const LineCursor cursor(source.first(lineEnd(source, 0)));
    const QStringView content = cursor.content();
    m_indent = cursor.indent();
    m_mark = content.front();
    while (m_length < content.size() && content[m_length] == m_mark) {
        ++m_length;
    }
    const QStringView info = content.sliced(m_length).trimmed();
    qsizetype word = 0;
    while (word < info.size() && !info[word].isSpace()) {
        ++word;
    }
    m_language = unescaped(info.first(word));
}

QStringView CodeFence::withoutIndent(QStringView line) const
{
    qsizetype space = 0;
    while (space < m_indent && space < line.size() && line[space] == u' ') {
        ++space;
    }
    return line.sliced(space);
}

bool CodeFence::mayClose(QStringView line) const
{
    const QStringView content = line.trimmed();
    return std::all_of(content.begin(), content.end(), [this](QChar c) { return c == m_mark; });
}

QString CodeFence::take(QStringView source, bool complete)
{
    QString code;
    while (m_position < source.size()) {
        const qsizetype end = lineEnd(source, m_position);
        const QStringView line = source.sliced(m_position, end - m_position);
        const bool whole = end < source.size() && (source[end] == u'\n' || end + 1 < source.size());
        if (!m_opened) {
            if (!whole) {
                break;
            }
            m_opened = true;
        } else {
            const LineCursor cursor(line);
            if ((whole || complete) && cursor.indent() < 4
                && isClosingFence(cursor.content(), m_mark, m_length)) {
                m_position = source.size();
                break;
            }
            if (!whole && !complete && m_partTaken == 0 && mayClose(line)) {
                break;
            }
            if (m_partTaken == 0 && !m_first) {
                code += u'\n';
            }
            const QStringView text = withoutIndent(line);
            code += text.sliced(std::min(m_partTaken, text.size()));
            m_first = false;
            if (!whole && !complete) {
                m_partTaken = text.size();
                break;
            }
        }
        m_partTaken = 0;
        m_position = nextLine(source, end);
    }
    code.replace(QChar(u'\0'), QChar(QChar::ReplacementCharacter));
    return code;
}

MarkdownBlock readCodeFence(QStringView markdown, qsizetype start, qsizetype end)
{
    const QStringView source = markdown.sliced(start, end - start);
    CodeFence fence(source);
    MarkdownBlock block;
    block.kind = MarkdownBlock::Kind::Code;
    block.language = fence.language();
    block.text = fence.take(source, true);
    block.sourceStart = start;
    block.sourceEnd = end;
    return block;
}

} // namespace Lorikeet
