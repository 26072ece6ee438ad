// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/jsonplaces.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Steps over the parts of a text that is JSON, as far as it is.
class Walk final
{
public:
    explicit Walk(QStringView text)
        : m_text(text)
    { }

    [[nodiscard]] qsizetype space(qsizetype at) const
    {
        while (at < m_text.size() && m_text[at].isSpace()) {
            ++at;
        }
        return at;
    }

    /// Behind the string that begins at `at`.
    [[nodiscard]] qsizetype string(qsizetype at) const
    {
        for (++at; at < m_text.size() && m_text[at] != u'"'; ++at) {
            at += m_text[at] == u'\\' ? 1 : 0;
        }
        return std::min(at + 1, m_text.size());
    }

    /// Behind the value that begins at `at`.
    [[nodiscard]] qsizetype value(qsizetype at) const
    {
        qsizetype depth = 0;
        while (at < m_text.size()) {
            const QChar c = m_text[at];
            if (c == u'"') {
                at = string(at);
            } else if (c == u'{' || c == u'[') {
                ++depth;
                ++at;
            } else if (c == u'}' || c == u']') {
                if (depth == 0) {
                    break;
                }
                --depth;
                ++at;
            } else if (depth == 0 && (c == u',' || c.isSpace())) {
                break;
            } else {
                const bool isInside = depth > 0;
                ++at;
                if (isInside || (at < m_text.size() && !ends(m_text[at]))) {
                    continue;
                }
            }
            if (depth == 0) {
                break;
            }
        }
        return at;
    }

    [[nodiscard]] QChar at(qsizetype place) const
    {
        return place < m_text.size() ? m_text[place] : QChar();
    }

    /// The characters of the string at `begin`.
    [[nodiscard]] QString unquoted(qsizetype begin, qsizetype end) const
    {
        const QStringView written = m_text.sliced(begin, end - begin);
        if (!written.contains(u'\\')) {
            return written.mid(1, written.size() - 2).toString();
        }
        return QJsonDocument::fromJson("[" + written.toUtf8() + "]")[0].toString();
    }

    /// Calls `visit(key, place)` with each member of the object at `at`, or, with its index for a
    /// key, each item of a list.
    template<typename Visitor>
    void each(qsizetype at, Visitor visit) const
    {
        const bool isObject = this->at(at) == u'{';
        at = space(at + 1);
        for (qsizetype index = 0; at < m_text.size() && !closes(m_text[at]); ++index) {
            JsonPlace place;
            QString key = QString::number(index);
            if (isObject) {
                if (m_text[at] != u'"') {
                    return;
                }
                place.keyBegin = at;
                place.keyEnd = string(at);
                key = unquoted(place.keyBegin, place.keyEnd);
                at = space(place.keyEnd);
                if (this->at(at) != u':') {
                    return;
                }
                at = space(at + 1);
            }
            place.begin = at;
            place.end = value(at);
            if (place.end == place.begin) {
                return;
            }
            visit(key, place);
            at = space(place.end);
            if (this->at(at) == u',') {
                at = space(at + 1);
            }
        }
    }

private:
    static bool closes(QChar c) { return c == u'}' || c == u']'; }

    static bool ends(QChar c) { return closes(c) || c == u',' || c.isSpace(); }

    QStringView m_text;
};

} // namespace

QList<JsonPart> partsOf(QStringView json, const JsonPlace &place)
{
    const Walk walk(json);
    QList<JsonPart> parts;
    if (walk.at(place.begin) == u'{' || walk.at(place.begin) == u'[') {
        walk.each(place.begin,
            [&](const QString &key, const JsonPlace &each) { parts.append({key, each}); });
    }
    return parts;
}

std::optional<JsonPlace> placeOf(QStringView json, QStringView pointer)
{
    const Walk walk(json);
    JsonPlace here;
    here.begin = walk.space(0);
    here.end = walk.value(here.begin);
    if (pointer.isEmpty()) {
        return here.end > here.begin ? std::optional(here) : std::nullopt;
    }
    for (const QStringView part : pointer.sliced(1).split(u'/')) {
        QString key = part.toString();
        key.replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1);
        if (walk.at(here.begin) != u'{' && walk.at(here.begin) != u'[') {
            return std::nullopt;
        }
        std::optional<JsonPlace> found;
        walk.each(here.begin, [&](const QString &name, const JsonPlace &place) {
            if (name == key) {
                found = place;
            }
        });
        if (!found) {
            return std::nullopt;
        }
        here = *found;
    }
    return here;
}

} // namespace Lorikeet
