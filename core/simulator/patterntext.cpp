// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/patterntext.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

constexpr qsizetype longestText = 4096; ///< of one part; counts within counts multiply

/// Walks the pattern and writes the first thing each part allows. Whether the result really
/// matches is for the caller to check: what is not understood here simply yields a wrong text.
class Walker final
{
public:
    explicit Walker(const QString &pattern)
        : m_pattern(pattern)
    { }

    /// Alternatives up to the end or a closing parenthesis; the first one counts.
    QString alternatives(int depth)
    {
        QString result = sequence(depth);
        while (peek() == u'|') {
            ++m_at;
            sequence(depth);
        }
        return result;
    }

private:
    [[nodiscard]] QChar peek() const { return m_at < m_pattern.size() ? m_pattern[m_at] : QChar(); }

    QString sequence(int depth)
    {
        QString result;
        while (m_at < m_pattern.size() && peek() != u'|' && peek() != u')') {
            const QString part = atom(depth);
            const qsizetype most = longestText / std::max<qsizetype>(part.size(), 1);
            result += part.repeated(std::min(count(), most));
        }
        return result;
    }

    QString atom(int depth)
    {
        const QChar c = m_pattern[m_at++];
        if (c == u'(' && depth < 16) {
            if (peek() == u'?') {
                m_at += 2;
            }
            const QString inner = alternatives(depth + 1);
            ++m_at;
            return inner;
        }
        if (c == u'[') {
            return characterClass();
        }
        if (c == u'\\' && m_at < m_pattern.size()) {
            return escape(m_pattern[m_at++]);
        }
        if (c == u'^' || c == u'$') {
            return {};
        }
        return c == u'.' ? u"x"_s : QString(c);
    }

    static QString escape(QChar c)
    {
        switch (c.unicode()) {
        case u'd':
            return u"7"_s;
        case u'w':
        case u'D':
        case u'S':
            return u"a"_s;
        case u's':
        case u'W':
            return u" "_s;
        case u'b':
            return {};
        default:
            return QString(c);
        }
    }

    QString characterClass()
    {
        const qsizetype end = m_pattern.indexOf(u']', m_at + 1);
        const QString inside = m_pattern.sliced(m_at, std::max<qsizetype>(end - m_at, 0));
        m_at = end < 0 ? m_pattern.size() : end + 1;
        if (inside.startsWith(u'^')) {
            for (const QChar candidate : u"x7 _-."_s) {
                if (!inside.contains(candidate)) {
                    return QString(candidate);
                }
            }
        }
        return inside.startsWith(u'\\') && inside.size() > 1 ? escape(inside[1]) : inside.left(1);
    }

    /// How often the atom just read is to be written.
    qsizetype count()
    {
        static const QRegularExpression counts(u"\\G\\{(\\d+)(?:,\\d*)?\\}"_s);
        qsizetype result = 1;
        if (const auto match = counts.match(m_pattern, m_at); match.hasMatch()) {
            result = std::min<qsizetype>(match.captured(1).toLongLong(), 1000);
            m_at = match.capturedEnd();
        } else if (peek() == u'*' || peek() == u'?') {
            result = 0;
            ++m_at;
        } else if (peek() == u'+') {
            ++m_at;
        } else {
            return result;
        }
        if (peek() == u'?' || peek() == u'+') {
            ++m_at; // lazy or possessive: the same text
        }
        return result;
    }

    QString m_pattern;
    qsizetype m_at = 0;
};

} // namespace

std::optional<QString> patternText(const QString &pattern)
{
    const QRegularExpression check(pattern, QRegularExpression::UseUnicodePropertiesOption);
    if (!check.isValid()) {
        return std::nullopt;
    }
    const QString text = Walker(pattern).alternatives(0);
    return check.match(text).hasMatch() ? std::optional(text) : std::nullopt;
}

} // namespace Lorikeet::Sim
