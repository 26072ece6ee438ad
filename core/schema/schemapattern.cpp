// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/schemapattern.h"

#include "base/invalidrequest.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// PCRE gives up after so many. A second or so; what people write by intent takes thousands.
constexpr int mostSteps = 4'000'000;

using Name = std::pair<QLatin1StringView, QLatin1StringView>;

/// The long names of Unicode's categories, which PCRE does not know.
constexpr std::array<Name, 14> categories{{{"Letter"_L1, "L"_L1}, {"Lowercase_Letter"_L1, "Ll"_L1},
    {"Uppercase_Letter"_L1, "Lu"_L1}, {"Titlecase_Letter"_L1, "Lt"_L1},
    {"Modifier_Letter"_L1, "Lm"_L1}, {"Mark"_L1, "M"_L1}, {"Number"_L1, "N"_L1},
    {"Decimal_Number"_L1, "Nd"_L1}, {"digit"_L1, "Nd"_L1}, {"Punctuation"_L1, "P"_L1},
    {"punct"_L1, "P"_L1}, {"Symbol"_L1, "S"_L1}, {"Separator"_L1, "Z"_L1}, {"Other"_L1, "C"_L1}}};

QString codePoint(char32_t c) { return u"\\x{"_s + QString::number(c, 16) + u'}'; }

/// Makes PCRE's pattern of ECMA's.
class Translator final
{
public:
    explicit Translator(QStringView pattern)
        : m_in(pattern)
    { }

    [[nodiscard]] QString translate()
    {
        while (m_at < m_in.size()) {
            const QChar c = m_in.at(m_at);
            if (c == u'\\') {
                escape();
            } else if (m_isInClass) {
                m_isInClass = c != u']';
                m_out += c == u'[' ? u"\\["_s : QString(c); // ECMA's classes hold no classes
                ++m_at;
            } else if (c == u'[') {
                beginClass();
            } else {
                // PCRE's would match before a last line's end too.
                m_out += c == u'$' ? u"\\z"_s : QString(c);
                ++m_at;
            }
        }
        return m_out;
    }

private:
    void beginClass()
    {
        const QStringView rest = m_in.sliced(m_at);
        if (rest.startsWith(u"[^]")) {
            m_out += u"(?s:.)"_s;
            m_at += 3;
        } else if (rest.startsWith(u"[]")) {
            m_out += u"(?!)"_s;
            m_at += 2;
        } else {
            m_isInClass = true;
            const qsizetype length = rest.startsWith(u"[^") ? 2 : 1;
            m_out += rest.first(length);
            m_at += length;
        }
    }

    /// The value of \uXXXX at `at`, if there is one.
    [[nodiscard]] std::optional<char16_t> unit(qsizetype at) const
    {
        if (at + 6 > m_in.size() || m_in.at(at) != u'\\' || m_in.at(at + 1) != u'u') {
            return std::nullopt;
        }
        bool isHex = false;
        const uint value = m_in.sliced(at + 2, 4).toUInt(&isHex, 16);
        return isHex ? std::optional(char16_t(value)) : std::nullopt;
    }

    void escape()
    {
        if (m_at + 1 >= m_in.size()) {
            m_out += m_in.at(m_at++);
            return;
        }
        const QChar kind = m_in.at(m_at + 1);
        if (kind == u'u') {
            unicode();
        } else if ((kind == u'p' || kind == u'P') && m_in.sliced(m_at + 2).startsWith(u'{')) {
            property();
        } else {
            // Letters that mean something to PCRE alone.
            static constexpr QStringView others = u"AEGHKLNQRUVXZaehlz";
            m_out += others.contains(kind) ? QString(kind) : u'\\' + QString(kind);
            m_at += 2;
        }
    }

    void unicode()
    {
        const auto first = unit(m_at);
        if (first && QChar::isHighSurrogate(*first)) {
            const auto second = unit(m_at + 6);
            if (second && QChar::isLowSurrogate(*second)) {
                m_out += codePoint(QChar::surrogateToUcs4(*first, *second));
                m_at += 12;
                return;
            }
        }
        if (first) {
            m_out += codePoint(*first);
            m_at += 6;
            return;
        }
        const qsizetype end = m_in.indexOf(u'}', m_at);
        if (m_in.sliced(m_at).startsWith(u"\\u{") && end > m_at) {
            m_out += u"\\x"_s;
            m_out += m_in.sliced(m_at + 2, end - m_at - 1);
            m_at = end + 1;
            return;
        }
        m_out += u'u';
        m_at += 2;
    }

    void property()
    {
        const qsizetype end = m_in.indexOf(u'}', m_at);
        if (end < 0) {
            m_out += m_in.sliced(m_at, 2);
            m_at += 2;
            return;
        }
        QString name = m_in.sliced(m_at + 3, end - m_at - 3).toString();
        for (const QString &prefix : {u"General_Category="_s, u"gc="_s}) {
            if (name.startsWith(prefix)) {
                name.remove(0, prefix.size());
            }
        }
        for (const auto &[longName, shortName] : categories) {
            if (name == longName) {
                name = shortName;
            }
        }
        m_out += m_in.sliced(m_at, 2);
        m_out += u'{' + name + u'}';
        m_at = end + 1;
    }

    QStringView m_in;
    QString m_out;
    qsizetype m_at = 0;
    bool m_isInClass = false;
};

SchemaPattern::Match toMatch(const QRegularExpressionMatch &match, bool isFound)
{
    return !match.isValid() ? SchemaPattern::Match::TooMuch
        : isFound           ? SchemaPattern::Match::Yes
                            : SchemaPattern::Match::No;
}

} // namespace

Result<SchemaPattern> SchemaPattern::from(const QString &pattern)
{
    if (pattern.startsWith(u"(*")) {
        return invalidRequest(
            u"“%1” is no regular expression: “*” repeats nothing."_s.arg(pattern));
    }
    SchemaPattern made;
    made.m_text = pattern;
    made.m_isAnchored = pattern.startsWith(u'^') && !pattern.contains(u'|');
    // The limit binds PCRE's interpreter and the code that it makes alike.
    made.m_expression.setPattern(
        u"(*LIMIT_MATCH=%1)"_s.arg(mostSteps) + Translator(pattern).translate());
    if (!made.m_expression.isValid()) {
        return invalidRequest(
            u"“%1” is no regular expression: %2."_s.arg(pattern, made.m_expression.errorString()));
    }
    return made;
}

SchemaPattern::Match SchemaPattern::search(const QString &text) const
{
    const QRegularExpressionMatch match = m_expression.match(text);
    return toMatch(match, match.hasMatch());
}

SchemaPattern::Match SchemaPattern::mayStillMatch(const QString &beginning) const
{
    if (!m_isAnchored) {
        return Match::Yes; // what matters may be still to come
    }
    const QRegularExpressionMatch match
        = m_expression.match(beginning, 0, QRegularExpression::PartialPreferCompleteMatch);
    return toMatch(match, beginning.isEmpty() || match.hasMatch() || match.hasPartialMatch());
}

} // namespace Lorikeet
