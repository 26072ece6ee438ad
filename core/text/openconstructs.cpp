// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "text/openconstructs.h"

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

class InlineScanner final
{
public:
    explicit InlineScanner(QStringView text, qsizetype from)
        : m_text(text)
        , m_at(from)
        , m_keep(text.size())
    { }

    VirtualEnd run()
    {
        while (m_at < m_keep) {
            const QChar c = m_text[m_at];
            if (c == u'\\') {
                m_at += 2;
            } else if (c == u'`') {
                takeBackticks();
            } else if (c == u'*' || c == u'_' || c == u'~') {
                takeEmphasis(c);
            } else if (c == u'[') {
                m_open.push_back({.mark = c, .at = m_at++});
            } else if (c == u']') {
                takeBracket();
            } else {
                ++m_at;
            }
        }
        // Emphasis closes only right after a character that is no space.
        while (!m_open.empty() && m_keep > 0 && m_text[m_keep - 1].isSpace()) {
            --m_keep;
        }
        for (auto open = m_open.rbegin(); open != m_open.rend(); ++open) {
            if (open->mark != u'[') {
                m_addition += QString(open->length, open->mark);
            }
        }
        return {.keep = m_keep, .addition = m_addition};
    }

private:
    struct Open
    {
        QChar mark;
        qsizetype length = 1;
        qsizetype at = 0;
    };

    [[nodiscard]] qsizetype runLength(qsizetype at) const
    {
        qsizetype end = at;
        while (end < m_text.size() && m_text[end] == m_text[at]) {
            ++end;
        }
        return end - at;
    }

    void takeBackticks()
    {
        const qsizetype length = runLength(m_at);
        qsizetype i = m_at + length;
        if (i >= m_text.size()) {
            m_keep = m_at;
            return;
        }
        while (i < m_text.size()) {
            if (m_text[i] != u'`') {
                ++i;
                continue;
            }
            const qsizetype other = runLength(i);
            if (other == length) {
                m_at = i + length;
                return;
            }
            // A shorter run at the very end is the closing one half arrived.
            if (i + other == m_text.size() && other < length) {
                m_keep = i;
            }
            i += other;
        }
        m_addition = QString(length, u'`');
        m_at = m_keep;
    }

    void takeEmphasis(QChar mark)
    {
        qsizetype length = runLength(m_at);
        const qsizetype next = m_at + length;
        const bool atEnd = next >= m_text.size();
        const QChar before = m_at > 0 ? m_text[m_at - 1] : QChar(u' ');
        const QChar after = atEnd ? QChar(u' ') : m_text[next];
        const bool word = mark == u'_';
        const bool opens = !after.isSpace() && !(word && before.isLetterOrNumber());
        const bool closes = !before.isSpace() && !(word && after.isLetterOrNumber());
        while (closes && length > 0 && !m_open.empty() && m_open.back().mark == mark
            && (!atEnd || length >= m_open.back().length)) {
            const qsizetype step = std::min(length, m_open.back().length);
            length -= step;
            m_open.back().length -= step;
            if (m_open.back().length == 0) {
                m_open.pop_back();
            }
        }
        if (length > 0 && atEnd) {
            m_keep = next - length; // not known yet what it will be
        } else if (length > 0 && opens) {
            m_open.push_back({.mark = mark, .length = length, .at = m_at});
        }
        m_at = next;
    }

    void takeBracket()
    {
        const auto bracket = std::find_if(
            m_open.rbegin(), m_open.rend(), [](const Open &open) { return open.mark == u'['; });
        if (bracket == m_open.rend()) {
            ++m_at;
            return;
        }
        m_open.erase(std::prev(bracket.base()), m_open.end());
        if (m_at + 1 >= m_text.size() || m_text[m_at + 1] != u'(') {
            ++m_at;
            return;
        }
        int depth = 0;
        for (qsizetype i = m_at + 1; i < m_text.size() && m_text[i] != u'\n'; ++i) {
            depth += m_text[i] == u'(' ? 1 : (m_text[i] == u')' ? -1 : 0);
            if (depth == 0) {
                m_at = i + 1;
                return;
            }
        }
        if (m_text.indexOf(u'\n', m_at) >= 0) {
            ++m_at; // an address does not cross lines
            return;
        }
        // The address is arriving: the text is shown as a link that leads nowhere yet.
        m_keep = m_at;
        m_addition = u"](<>)"_s;
    }

    QStringView m_text;
    qsizetype m_at;
    qsizetype m_keep;
    std::vector<Open> m_open;
    QString m_addition;
};

/// Where the paragraph begins that is being written: inline marks do not reach further back.
qsizetype lastParagraph(QStringView text, BlockSegment::Kind kind)
{
    if (kind == BlockSegment::Kind::Paragraph || kind == BlockSegment::Kind::Heading) {
        return 0;
    }
    qsizetype end = text.size();
    while (end > 0) {
        const qsizetype start = text.lastIndexOf(u'\n', end - 1) + 1;
        const QStringView line = text.sliced(start, end - start).trimmed();
        if (line.isEmpty()) {
            return end;
        }
        if (kind == BlockSegment::Kind::Table) {
            // The last cell; a pipe that ends the line leaves it empty.
            return std::max(start, text.lastIndexOf(u'|') + 1);
        }
        const QChar first = line.front();
        const bool item = (first == u'-' || first == u'*' || first == u'+' || first.isDigit())
            && line.size() > 1;
        if (item || start == 0) {
            qsizetype body = start;
            while (body < text.size() && QStringView(u" \t>-+*.)0123456789").contains(text[body])
                && !text.sliced(body).startsWith(u"**")) {
                ++body;
            }
            return body;
        }
        end = start - 1;
    }
    return 0;
}

/// A head row alone is a table in the making; the delimiter row is put below it.
QString delimiterRow(QStringView head)
{
    qsizetype cells = 0;
    for (qsizetype i = 1; i < head.size(); ++i) {
        if (head[i] == u'\\') {
            ++i;
        } else if (head[i] == u'|' || i + 1 == head.size()) {
            ++cells;
        }
    }
    return u"\n|"_s + u"---|"_s.repeated(std::max<qsizetype>(cells, 1));
}

} // namespace

VirtualEnd closeOpenConstructs(QStringView text, BlockSegment::Kind kind)
{
    if (kind == BlockSegment::Kind::Fence || kind == BlockSegment::Kind::IndentedCode
        || kind == BlockSegment::Kind::Rule) {
        return {.keep = text.size(), .addition = {}};
    }
    VirtualEnd end = InlineScanner(text, lastParagraph(text, kind)).run();
    const QStringView head = text.trimmed();
    if (kind == BlockSegment::Kind::Paragraph && head.size() > 2 && head.front() == u'|'
        && !text.contains(u'\n')) {
        end.addition += delimiterRow(head);
    }
    return end;
}

bool isUndecided(QStringView lastLine)
{
    QStringView rest = lastLine.trimmed();
    const auto isMark = [](QChar c) { return QStringView(u" \t-=*_+#>`~|:[]!\\$").contains(c); };
    if (rest.isEmpty() || !isMark(rest.front())) {
        // A number may become a list item.
        while (!rest.isEmpty() && rest.front().isDigit()) {
            rest = rest.sliced(1);
        }
        return rest.isEmpty() || rest == u"." || rest == u")";
    }
    return rest.size() < 80 && std::all_of(rest.begin(), rest.end(), isMark);
}

} // namespace Lorikeet
