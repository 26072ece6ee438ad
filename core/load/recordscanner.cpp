// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/recordscanner.h"

#include <utility>

namespace Lorikeet {

namespace {

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

} // namespace

RecordScanner::RecordScanner(Layout layout, qint64 from, Found found)
    : m_layout(layout)
    , m_found(std::move(found))
    , m_at(from)
{ }

void RecordScanner::begin()
{
    if (m_begin < 0) {
        m_begin = m_at;
        m_beginLine = m_line;
    }
}

void RecordScanner::finish(qint64 end)
{
    if (m_begin >= 0) {
        m_found(m_begin, end, m_beginLine);
    }
    m_begin = -1;
}

void RecordScanner::takeLines(QByteArrayView piece)
{
    // The commonest layout, and that of the largest files: only the ends of lines are looked for.
    for (qsizetype from = 0; from < piece.size();) {
        const qsizetype found = piece.indexOf('\n', from);
        const qsizetype end = found < 0 ? piece.size() : found;
        const QByteArrayView line = piece.sliced(from, end - from);
        const QByteArrayView text = line.trimmed();
        if (!text.isEmpty()) {
            const qint64 lineAt = m_at;
            m_at = lineAt + (text.data() - line.data());
            begin();
            m_last = m_at + text.size();
            m_at = lineAt;
        }
        m_at += line.size();
        from = end;
        if (found >= 0) {
            finish(m_last);
            ++m_line;
            ++m_at;
            ++from;
        }
    }
}

void RecordScanner::takeListByte(char c)
{
    if (m_isDone) {
        return;
    }
    if (m_isQuoted) {
        m_isQuoted = m_isEscaped || c != '"';
        m_isEscaped = c == '\\' && !m_isEscaped;
        m_last = m_at + 1;
        return;
    }
    if (isBlank(c)) {
        return;
    }
    const bool opens = c == '[' || c == '{';
    if (m_depth == 0) {
        m_depth = opens ? 1 : 0;
        return;
    }
    if (m_depth == 1 && (c == ',' || c == ']')) {
        finish(m_last);
        m_isDone = c == ']';
        return;
    }
    begin();
    m_last = m_at + 1;
    m_isQuoted = c == '"';
    m_depth += opens ? 1 : c == ']' || c == '}' ? -1 : 0;
}

void RecordScanner::takeRowByte(char c)
{
    if (m_isQuoted) {
        // Two of them are one that belongs to the field: the second begins the quotes anew.
        m_isQuoted = c != '"';
        m_isBehindQuotes = !m_isQuoted;
        m_last = m_at + 1;
        return;
    }
    if (c == '\n') {
        finish(m_last);
        m_isFieldBegun = false;
        m_isBehindQuotes = false;
        return;
    }
    if (c == '\r') {
        m_isBehindQuotes = false;
        return;
    }
    begin();
    m_last = m_at + 1;
    // Quotes amid a field are a part of it, but where they follow quotes.
    m_isQuoted = c == '"' && (!m_isFieldBegun || m_isBehindQuotes);
    m_isBehindQuotes = false;
    m_isFieldBegun = c != ',';
}

void RecordScanner::feed(QByteArrayView piece)
{
    if (m_layout == Layout::Lines) {
        takeLines(piece);
        return;
    }
    for (const char c : piece) {
        if (m_layout == Layout::List) {
            takeListByte(c);
        } else {
            takeRowByte(c);
        }
        m_line += c == '\n' ? 1 : 0;
        ++m_at;
    }
}

bool RecordScanner::end()
{
    if (m_layout == Layout::List) {
        return m_isDone;
    }
    finish(m_last);
    return !m_isQuoted;
}

} // namespace Lorikeet
