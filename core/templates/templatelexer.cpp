// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templatelexer.h"

#include "base/invalidrequest.h"

#include <QRegularExpression>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

// Else the whole template would be looked through at each match.
constexpr auto unchecked = QRegularExpression::DontCheckSubjectStringMatchOption;

bool beginsName(QChar c) { return c.isLetter() || c == u'_'; }

bool isAsciiDigit(QChar c) { return c >= u'0' && c <= u'9'; }

void stripEnd(QString &text)
{
    while (!text.isEmpty() && text.back().isSpace()) {
        text.chop(1);
    }
}

class Lexer final
{
public:
    Lexer(const QString &source, const QString &place)
        : m_source(source)
        , m_place(place)
    { }

    Result<QList<TemplatePart>> parts()
    {
        while (m_at < m_source.size() && !m_fault) {
            const qsizetype open = nextOpening();
            addText(m_source.sliced(m_at, open - m_at));
            advance(open);
            if (m_at < m_source.size()) {
                readBraces();
            }
        }
        if (m_fault) {
            return Failure(*m_fault);
        }
        return m_parts;
    }

private:
    [[nodiscard]] bool has(QStringView text) const
    {
        return QStringView(m_source).sliced(m_at).startsWith(text);
    }

    [[nodiscard]] qsizetype nextOpening() const
    {
        for (qsizetype at = m_source.indexOf(u'{', m_at); at >= 0;
            at = m_source.indexOf(u'{', at + 1)) {
            const QChar next = at + 1 < m_source.size() ? m_source.at(at + 1) : QChar();
            if (next == u'{' || next == u'%' || next == u'#') {
                return at;
            }
        }
        return m_source.size();
    }

    void advance(qsizetype to)
    {
        m_line += int(QStringView(m_source).sliced(m_at, to - m_at).count(u'\n'));
        m_at = to;
    }

    void fault(int line, const QString &clause)
    {
        if (!m_fault) {
            m_fault = templateFault(m_place, line, clause).value();
        }
        m_at = m_source.size();
    }

    void addText(QString text)
    {
        if (m_takesBlanks) {
            text = text.sliced(
                std::ranges::find_if(text, [](QChar c) { return !c.isSpace(); }) - text.cbegin());
        }
        if (!text.isEmpty()) {
            m_parts.append({.kind = TemplatePart::Kind::Text, .text = text, .line = m_line});
            m_takesBlanks = false;
        }
    }

    /// What stands behind an opening: `-` takes the blanks before it.
    void readOpening()
    {
        advance(m_at + 2);
        if (has(u"-")) {
            if (!m_parts.isEmpty() && m_parts.last().kind == TemplatePart::Kind::Text) {
                stripEnd(m_parts.last().text);
            }
            advance(m_at + 1);
        } else if (has(u"+")) {
            advance(m_at + 1);
        }
        m_takesBlanks = false;
    }

    void readBraces()
    {
        const int line = m_line;
        const QChar sort = m_source.at(m_at + 1);
        if (sort == u'#') {
            const qsizetype end = m_source.indexOf(u"#}"_s, m_at + 2);
            if (end < 0) {
                fault(line, u"the comment “{#” is not ended by “#}”"_s);
                return;
            }
            readOpening();
            m_takesBlanks = m_source.at(end - 1) == u'-';
            advance(end + 2);
            return;
        }
        readOpening();
        const bool isTag = sort == u'%';
        TemplatePart part{
            .kind = isTag ? TemplatePart::Kind::Tag : TemplatePart::Kind::Output, .line = line};
        if (!readTokens(part, isTag ? u"%}"_s : u"}}"_s)) {
            return;
        }
        if (isTag && part.tokens.constFirst().text == "raw"_L1 && part.tokens.size() == 2) {
            readRaw(line);
            return;
        }
        m_parts.append(part);
    }

    void readRaw(int line)
    {
        static const QRegularExpression ending(u"\\{%([-+]?)\\s*endraw\\s*([-+]?)%\\}"_s);
        const QRegularExpressionMatch match
            = ending.match(m_source, m_at, QRegularExpression::NormalMatch, unchecked);
        if (!match.hasMatch()) {
            fault(line, u"“{% raw %}” is not ended by “{% endraw %}”"_s);
            return;
        }
        QString text = m_source.sliced(m_at, match.capturedStart() - m_at);
        if (match.captured(1) == "-"_L1) {
            stripEnd(text);
        }
        addText(text);
        m_takesBlanks = match.captured(2) == "-"_L1;
        advance(match.capturedEnd());
    }

    bool readTokens(TemplatePart &part, const QString &closing)
    {
        int depth = 0; // of brackets, within which “}}” closes two maps
        while (true) {
            while (m_at < m_source.size() && m_source.at(m_at).isSpace()) {
                advance(m_at + 1);
            }
            if (m_at == m_source.size()) {
                fault(part.line,
                    u"“%1” is not ended by “%2”"_s.arg(
                        closing == "%}"_L1 ? u"{%"_s : u"{{"_s, closing));
                return false;
            }
            if (depth == 0) {
                const bool takes = has(u'-' + closing);
                if (takes || has(u'+' + closing) || has(closing)) {
                    advance(m_at + closing.size() + (has(closing) ? 0 : 1));
                    m_takesBlanks = takes;
                    part.tokens.append(TemplateToken{.line = m_line});
                    return true;
                }
            }
            const std::optional<TemplateToken> token = readToken();
            if (!token) {
                return false;
            }
            if (token->kind == TemplateToken::Kind::Sign) {
                depth += u"([{"_s.contains(token->text) ? 1 : 0;
                depth -= u")]}"_s.contains(token->text) ? 1 : 0;
            }
            part.tokens.append(*token);
        }
    }

    std::optional<TemplateToken> readToken()
    {
        const QChar c = m_source.at(m_at);
        if (beginsName(c)) {
            qsizetype end = m_at;
            while (end < m_source.size()
                && (beginsName(m_source.at(end)) || m_source.at(end).isDigit())) {
                ++end;
            }
            const TemplateToken token{.kind = TemplateToken::Kind::Name,
                .text = m_source.sliced(m_at, end - m_at),
                .line = m_line};
            advance(end);
            return token;
        }
        if (isAsciiDigit(c)) {
            return readNumber();
        }
        if (c == u'"' || c == u'\'') {
            return readString(c);
        }
        for (const QStringView sign : {u"**", u"//", u"==", u"!=", u"<=", u">="}) {
            if (has(sign)) {
                return readSign(sign.toString());
            }
        }
        if (u"+-*/%~<>()[]{},:.|="_s.contains(c)) {
            return readSign(c);
        }
        fault(m_line, u"“%1” is nothing that can stand here"_s.arg(c));
        return std::nullopt;
    }

    TemplateToken readSign(const QString &sign)
    {
        const TemplateToken token{.kind = TemplateToken::Kind::Sign, .text = sign, .line = m_line};
        advance(m_at + sign.size());
        return token;
    }

    std::optional<TemplateToken> readNumber()
    {
        static const QRegularExpression number(u"\\G\\d+(?:_\\d+)*(\\.\\d+)?([eE][-+]?\\d+)?"_s);
        const QRegularExpressionMatch match
            = number.match(m_source, m_at, QRegularExpression::NormalMatch, unchecked);
        const QString digits = match.captured().remove(u'_');
        bool isWhole = match.capturedLength(1) == 0 && match.capturedLength(2) == 0;
        const qint64 whole = isWhole ? digits.toLongLong(&isWhole) : 0;
        const TemplateToken token{.kind = TemplateToken::Kind::Literal,
            .value = isWhole ? QJsonValue(whole) : QJsonValue(digits.toDouble()),
            .line = m_line};
        advance(match.capturedEnd());
        return token;
    }

    std::optional<TemplateToken> readString(QChar quote)
    {
        const int line = m_line;
        QString text;
        qsizetype at = m_at + 1;
        while (at < m_source.size() && m_source.at(at) != quote) {
            if (m_source.at(at) == u'\\' && at + 1 < m_source.size()) {
                at = readEscape(at + 1, text);
            } else {
                text += m_source.at(at++);
            }
        }
        if (at >= m_source.size()) {
            fault(line, u"a text that begins with %1 is not ended"_s.arg(quote));
            return std::nullopt;
        }
        advance(at + 1);
        return TemplateToken{.kind = TemplateToken::Kind::Literal, .value = text, .line = line};
    }

    /// What `\` and the character at `at` stand for; returns where to go on.
    qsizetype readEscape(qsizetype at, QString &text) const
    {
        static const QString letters = u"ntr\\'\"\n"_s;
        static const QStringList meanings{u"\n"_s, u"\t"_s, u"\r"_s, u"\\"_s, u"'"_s, u"\""_s, {}};
        const QChar c = m_source.at(at);
        if (const qsizetype known = letters.indexOf(c); known >= 0) {
            text += meanings.at(known);
            return at + 1;
        }
        if (c == u'u' || c == u'x') {
            const qsizetype size = c == u'u' ? 4 : 2;
            bool isCode = at + size < m_source.size();
            const ushort code
                = isCode ? m_source.sliced(at + 1, size).toUShort(&isCode, 16) : ushort(0);
            if (isCode) {
                text += QChar(code);
                return at + 1 + size;
            }
        }
        text += u'\\';
        text += c;
        return at + 1;
    }

    const QString &m_source;
    const QString &m_place;
    QList<TemplatePart> m_parts;
    qsizetype m_at = 0;
    int m_line = 1;
    bool m_takesBlanks = false; ///< the last braces ended with `-`
    std::optional<ApiError> m_fault;
};

} // namespace

Failure templateFault(const QString &place, int line, const QString &clause)
{
    return invalidRequest(u"%1, line %2: %3."_s.arg(place, QString::number(line), clause));
}

Result<QList<TemplatePart>> templateParts(const QString &source, const QString &place)
{
    QString text = source;
    text.replace(u"\r\n"_s, u"\n"_s);
    if (text.endsWith(u'\n')) {
        text.chop(1);
    }
    return Lexer(text, place).parts();
}

} // namespace Lorikeet
