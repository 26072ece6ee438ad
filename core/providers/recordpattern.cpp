// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/recordpattern.h"

#include "http/bytes.h"
#include "providers/wirejson.h"

#include <algorithm>
#include <cstring>

namespace Lorikeet {

namespace {

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool isDigit(char c) { return c >= '0' && c <= '9'; }

qsizetype skipSpaces(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && isSpace(text[at])) {
        ++at;
    }
    return at;
}

qsizetype skipDigits(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && isDigit(text[at])) {
        ++at;
    }
    return at;
}

/// The end of the number that begins at `at`; nothing if it is not one that every parser takes:
/// so short that it is in range whatever its digits are.
std::optional<qsizetype> endOfNumber(QByteArrayView text, qsizetype at)
{
    constexpr qsizetype mostDigits = 18;
    constexpr qsizetype mostExponentDigits = 2;
    const auto is = [text](qsizetype i, char c) { return i < text.size() && text[i] == c; };
    const qsizetype whole = is(at, '-') ? at + 1 : at;
    qsizetype end = skipDigits(text, whole);
    if (end == whole || end - whole > mostDigits || (text[whole] == '0' && end > whole + 1)) {
        return std::nullopt;
    }
    if (is(end, '.')) {
        const qsizetype fraction = end + 1;
        end = skipDigits(text, fraction);
        if (end == fraction || end - fraction > mostDigits) {
            return std::nullopt;
        }
    }
    if (is(end, 'e') || is(end, 'E')) {
        const qsizetype exponent = is(end + 1, '-') || is(end + 1, '+') ? end + 2 : end + 1;
        end = skipDigits(text, exponent);
        if (end == exponent || end - exponent > mostExponentDigits) {
            return std::nullopt;
        }
    }
    return end;
}

/// What the letter behind a backslash stands for; 0 for the ones that are left to the parser.
char escaped(char letter)
{
    switch (letter) {
    case '"':
    case '\\':
    case '/':
        return letter;
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return 0;
    }
}

bool contains(std::initializer_list<std::string_view> names, QByteArrayView name)
{
    return std::ranges::any_of(names, [name](std::string_view known) {
        return QByteArrayView(known.data(), qsizetype(known.size())) == name;
    });
}

} // namespace

std::optional<RecordPattern::Gap> RecordPattern::gapAt(QByteArrayView record, qsizetype at)
{
    if (at < record.size() && record[at] == '"') {
        return Gap{Gap::Kind::UnreadText, at + 1, record.indexOf('"', at + 1)};
    }
    if (const std::optional<qsizetype> end = endOfNumber(record, at)) {
        return Gap{Gap::Kind::UnreadNumber, at, *end};
    }
    return std::nullopt;
}

/// Walks over all texts of m_record, which holds no backslash, so that each quote begins or ends
/// one. False unless just one member that text may come from holds a text, and all others null.
bool RecordPattern::findGaps(const Keys &keys)
{
    const QByteArrayView record = m_record;
    bool hasText = false;
    qsizetype at = record.indexOf('"');
    while (at >= 0) {
        const qsizetype end = record.indexOf('"', at + 1);
        const QByteArrayView name = record.sliced(at + 1, end - at - 1);
        const qsizetype colon = skipSpaces(record, end + 1);
        qsizetype next = end + 1;
        if (colon < record.size() && record[colon] == ':') {
            const qsizetype value = skipSpaces(record, colon + 1);
            const bool isText = contains(keys.text, name);
            if (isText && record.sliced(value).startsWith("null")) {
                next = value;
            } else if (isText || contains(keys.unread, name)) {
                std::optional<Gap> gap = gapAt(record, value);
                const bool isQuoted = gap && gap->kind == Gap::Kind::UnreadText;
                if (isText && (!isQuoted || std::exchange(hasText, true))) {
                    return false;
                }
                if (gap) {
                    gap->kind = isText ? Gap::Kind::Text : gap->kind;
                    m_gaps.push_back(*gap);
                    next = isQuoted ? gap->end + 1 : gap->end;
                }
            }
        }
        at = record.indexOf('"', next);
    }
    return hasText;
}

void RecordPattern::learn(QByteArrayView record, const StreamEvent &event, const Keys &keys)
{
    // Beyond this, comparing is no longer cheap, nor is keeping it.
    constexpr qsizetype largestRecord = 4096;
    m_gaps.clear();
    const auto *text = std::get_if<TextDelta>(&event.payload);
    const auto *reasoning = std::get_if<ReasoningDelta>(&event.payload);
    if ((!text && !reasoning) || record.size() > largestRecord || record.contains('\\')) {
        return;
    }
    m_choice = text ? text->choice : reasoning->choice;
    m_isReasoning = reasoning;
    m_record.resize(0);
    m_record.append(record);
    if (!findGaps(keys)) {
        m_gaps.clear();
    }
}

std::optional<std::string_view> RecordPattern::takeText(QByteArrayView record, qsizetype &at)
{
    const char *begin = record.data() + at;
    const char *const stop = record.data() + record.size();
    const char *from = begin; // what comes before it is in m_unescaped
    const char *to = begin;
    uchar all = 0;
    bool hasEscapes = false;
    for (;; ++to) {
        if (to == stop || uchar(*to) < 0x20) {
            return std::nullopt;
        }
        if (*to == '"') {
            break;
        }
        all |= uchar(*to);
        if (*to == '\\') {
            const char meant = to + 1 < stop ? escaped(to[1]) : char(0);
            if (meant == 0) {
                return std::nullopt;
            }
            if (!std::exchange(hasEscapes, true)) {
                m_unescaped.clear();
            }
            m_unescaped.append(from, to).push_back(meant);
            ++to;
            from = to + 1;
        }
    }
    at = to - record.data();
    if (all >= 0x80 && !isUtf8({begin, to})) {
        return std::nullopt;
    }
    if (!hasEscapes) {
        return std::string_view(begin, size_t(to - begin));
    }
    m_unescaped.append(from, to);
    return m_unescaped;
}

bool RecordPattern::read(QByteArrayView record, TimePoint at, StreamEvents &out)
{
    if (m_gaps.empty()) {
        return false;
    }
    qsizetype known = 0; // how far m_record and record are the same
    qsizetype here = 0;
    std::string_view text;
    const auto sameUntil = [&](qsizetype end) {
        const qsizetype length = end - known;
        if (record.size() - here < length
            || std::memcmp(record.data() + here, m_record.constData() + known, size_t(length))
                != 0) {
            return false;
        }
        here += length;
        return true;
    };
    for (const Gap &gap : m_gaps) {
        if (!sameUntil(gap.begin)) {
            return false;
        }
        known = gap.end;
        if (gap.kind == Gap::Kind::UnreadNumber) {
            const std::optional<qsizetype> end = endOfNumber(record, here);
            if (!end) {
                return false;
            }
            here = *end;
            continue;
        }
        const std::optional<std::string_view> found = takeText(record, here);
        if (!found) {
            return false;
        }
        if (gap.kind == Gap::Kind::Text) {
            text = *found;
        } else if (found->data() == m_unescaped.data()) {
            return false; // it may have overwritten the text
        }
    }
    if (!sameUntil(m_record.size()) || here != record.size()) {
        return false;
    }
    if (!text.empty()) {
        if (m_isReasoning) {
            out.append({at, ReasoningDelta{m_choice, toQString(text)}});
        } else {
            out.append({at, TextDelta{m_choice, toQString(text)}});
        }
    }
    return true;
}

} // namespace Lorikeet
