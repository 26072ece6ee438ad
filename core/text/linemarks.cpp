// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "text/linemarks.h"

#include <algorithm>

namespace Lorikeet {

namespace {

qsizetype runLength(QStringView text, QChar character)
{
    qsizetype length = 0;
    while (length < text.size() && text[length] == character) {
        ++length;
    }
    return length;
}

bool isSpace(QChar c) { return c == u' ' || c == u'\t'; }

} // namespace

bool isUnderline(QStringView content, QChar character)
{
    const qsizetype length = runLength(content, character);
    return length > 0 && std::all_of(content.begin() + length, content.end(), isSpace);
}

bool isAtxHeading(QStringView content)
{
    const qsizetype level = runLength(content, u'#');
    return level >= 1 && level <= 6 && (level == content.size() || isSpace(content[level]));
}

bool isRule(QStringView content)
{
    const QChar mark = content.isEmpty() ? QChar() : content.front();
    if (mark != u'-' && mark != u'*' && mark != u'_') {
        return false;
    }
    int count = 0;
    for (const QChar c : content) {
        if (c == mark) {
            ++count;
        } else if (!isSpace(c)) {
            return false;
        }
    }
    return count >= 3;
}

bool isTableDelimiter(QStringView line)
{
    bool pipe = false;
    qsizetype i = 0;
    const auto skipSpace = [&] {
        while (i < line.size() && isSpace(line[i])) {
            ++i;
        }
    };
    const auto take = [&](QChar c) {
        const bool there = i < line.size() && line[i] == c;
        i += there ? 1 : 0;
        return there;
    };
    skipSpace();
    if (take(u'|')) {
        pipe = true;
        skipSpace();
    }
    while (true) {
        take(u':');
        if (!take(u'-')) {
            return false;
        }
        while (take(u'-')) { }
        take(u':');
        skipSpace();
        const bool delimited = take(u'|');
        pipe = pipe || delimited;
        skipSpace();
        if (i >= line.size()) {
            return pipe;
        }
        if (!delimited) {
            return false;
        }
    }
}

qsizetype openingFence(QStringView content)
{
    const QChar mark = content.isEmpty() ? QChar() : content.front();
    if (mark != u'`' && mark != u'~') {
        return 0;
    }
    const qsizetype length = runLength(content, mark);
    // Backticks in the info string would make it a code span.
    return length >= 3 && (mark == u'~' || !content.sliced(length).contains(u'`')) ? length : 0;
}

bool isClosingFence(QStringView content, QChar character, qsizetype length)
{
    return isUnderline(content, character) && runLength(content, character) >= length;
}

std::optional<ListMarker> listMarker(QStringView content)
{
    qsizetype length = 0;
    ListMarker marker;
    while (length < content.size() && length < 9 && content[length] >= u'0'
        && content[length] <= u'9') {
        marker.number = marker.number * 10 + (content[length].unicode() - u'0');
        ++length;
    }
    if (length >= content.size()) {
        return std::nullopt;
    }
    marker.marker = content[length];
    const bool known = length > 0
        ? (marker.marker == u'.' || marker.marker == u')')
        : (marker.marker == u'-' || marker.marker == u'+' || marker.marker == u'*');
    marker.length = length + 1;
    if (!known || (marker.length < content.size() && !isSpace(content[marker.length]))) {
        return std::nullopt;
    }
    return marker;
}

} // namespace Lorikeet
