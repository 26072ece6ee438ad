// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "text/mathspans.h"

#include "text/linemarks.h"

#include <algorithm>

namespace Lorikeet {

namespace {

class MathFinder final
{
public:
    explicit MathFinder(QStringView text)
        : m_text(text)
    { }

    QList<MathSpan> run()
    {
        // Most text has none of the characters that could open a span.
        if (!m_text.contains(u'$') && !m_text.contains(u"\\(") && !m_text.contains(u"\\[")) {
            return {};
        }
        while (m_at < m_text.size()) {
            if (m_at == 0 || m_text[m_at - 1] == u'\n') {
                enterLine();
                if (m_at >= m_text.size()) {
                    break;
                }
            }
            step();
        }
        return m_spans;
    }

private:
    /// Passes fenced code; the marks of quotes and lists before a fence are looked through.
    void enterLine()
    {
        while (m_at < m_text.size()) {
            qsizetype end = m_text.indexOf(u'\n', m_at);
            end = end < 0 ? m_text.size() : end;
            // The paragraph's end bounds every search, so that unpaired signs cost no more than it.
            if (m_at >= m_paragraphEnd) {
                m_paragraphEnd = findParagraphEnd(end);
                m_missing.clear();
            }
            QStringView line = m_text.sliced(m_at, end - m_at);
            while (!line.isEmpty() && QStringView(u" \t>-+*.)0123456789").contains(line.front())) {
                line = line.sliced(1);
            }
            line = line.trimmed();
            if (!m_fence.isEmpty()) {
                if (isClosingFence(line, m_fence.front(), m_fence.size())) {
                    m_fence = {};
                }
            } else if (const qsizetype length = openingFence(line); length > 0) {
                m_fence = line.first(length);
            } else {
                return;
            }
            m_at = std::min(end + 1, m_text.size());
        }
    }

    [[nodiscard]] qsizetype findParagraphEnd(qsizetype lineEnd) const
    {
        while (lineEnd < m_text.size()) {
            const qsizetype next = m_text.indexOf(u'\n', lineEnd + 1);
            const qsizetype end = next < 0 ? m_text.size() : next;
            if (m_text.sliced(lineEnd + 1, end - lineEnd - 1).trimmed().isEmpty()) {
                return lineEnd;
            }
            lineEnd = end;
        }
        return m_text.size();
    }

    void step()
    {
        const QChar c = m_text[m_at];
        if (c == u'`') {
            skipCodeSpan();
        } else if (c == u'\\' && m_at + 1 < m_text.size()) {
            const QChar next = m_text[m_at + 1];
            const bool opened
                = (next == u'(' && take(u"\\(", u"\\)")) || (next == u'[' && take(u"\\[", u"\\]"));
            m_at += opened ? 0 : (next == u'\n' ? 1 : 2);
        } else if (c == u'$') {
            if (m_text.sliced(m_at).startsWith(u"$$")) {
                m_at += take(u"$$", u"$$") ? 0 : 2;
            } else {
                m_at += takeDollar() ? 0 : 1;
            }
        } else {
            ++m_at;
        }
    }

    void skipCodeSpan()
    {
        qsizetype end = m_at;
        while (end < m_text.size() && m_text[end] == u'`') {
            ++end;
        }
        const qsizetype length = end - m_at;
        if (m_missing.contains(length)) {
            m_at = end;
            return;
        }
        for (qsizetype i = end; i < m_paragraphEnd; ++i) {
            if (m_text[i] != u'`') {
                continue;
            }
            const qsizetype begin = i;
            while (i < m_paragraphEnd && m_text[i] == u'`') {
                ++i;
            }
            if (i - begin == length) {
                m_at = i;
                return;
            }
        }
        m_missing.append(length);
        m_at = end;
    }

    bool take(QStringView open, QStringView close)
    {
        const qsizetype begin = m_at + open.size();
        // Codes below zero: delimiters known to have no partner in the rest of this paragraph.
        const qsizetype code = -qsizetype(close.back().unicode());
        if (m_missing.contains(code)) {
            return false;
        }
        const qsizetype end = m_text.indexOf(close, begin);
        if (end < 0 || end + close.size() > m_paragraphEnd) {
            m_missing.append(code);
            return false;
        }
        if (m_text.sliced(begin, end - begin).trimmed().isEmpty()) {
            return false;
        }
        addSpan(end + close.size(), open.size());
        return true;
    }

    bool takeDollar()
    {
        const qsizetype begin = m_at + 1;
        if (begin >= m_text.size() || m_text[begin].isSpace()) {
            return false;
        }
        qsizetype end = begin;
        while (end < m_paragraphEnd && m_text[end] != u'$' && m_text[end] != u'\n') {
            end += m_text[end] == u'\\' && end + 1 < m_paragraphEnd ? 2 : 1;
        }
        if (end >= m_paragraphEnd || m_text[end] != u'$' || end == begin
            || m_text[end - 1].isSpace()
            || (end + 1 < m_text.size() && m_text[end + 1].isDigit())) {
            return false;
        }
        const QStringView inside = m_text.sliced(begin, end - begin);
        const bool number = std::all_of(inside.begin(), inside.end(), [](QChar c) {
            return c.isDigit() || c == u'.' || c == u',' || c == u'-' || c == u'+';
        });
        if (number) {
            return false;
        }
        addSpan(end + 1, 1);
        return true;
    }

    void addSpan(qsizetype end, qsizetype delimiter)
    {
        m_spans.append({.start = m_at, .length = end - m_at, .delimiter = delimiter});
        m_at = end;
    }

    QStringView m_text;
    qsizetype m_at = 0;
    qsizetype m_paragraphEnd = 0;
    QStringView m_fence; ///< the opening run of the fence we are in
    QList<qsizetype> m_missing;
    QList<MathSpan> m_spans;
};

} // namespace

QList<MathSpan> findMath(QStringView markdown) { return MathFinder(markdown).run(); }

} // namespace Lorikeet
