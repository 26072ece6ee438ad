// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/searchtext.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QList<SearchHit::Mark> marksIn(const QString &text, const QStringList &words)
{
    QList<SearchHit::Mark> found;
    for (const QString &word : words) {
        for (qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0;
            at = text.indexOf(word, at + word.size(), Qt::CaseInsensitive)) {
            found.append({.start = at, .length = word.size()});
        }
    }
    std::sort(found.begin(), found.end(), [](const SearchHit::Mark &a, const SearchHit::Mark &b) {
        return std::pair(a.start, -a.length) < std::pair(b.start, -b.length);
    });
    QList<SearchHit::Mark> marks;
    for (const SearchHit::Mark &mark : std::as_const(found)) {
        if (marks.isEmpty() || mark.start >= marks.last().start + marks.last().length) {
            marks.append(mark);
        }
    }
    return marks;
}

/// The nearest place from `at` on, in steps of `step`, that is not within a surrogate pair.
qsizetype outsidePair(const QString &text, qsizetype at, qsizetype step)
{
    return at > 0 && at < text.size() && text.at(at).isLowSurrogate() ? at + step : at;
}

} // namespace

QStringList searchWords(const QString &text)
{
    static const QRegularExpression word(u"\"([^\"]*)\"?|([^\\s\"]+)"_s);
    QStringList words;
    for (auto it = word.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString found = match.captured(match.capturedLength(2) > 0 ? 2 : 1).simplified();
        if (!found.isEmpty()) {
            words += found;
        }
    }
    return words;
}

bool holdsAll(const QString &text, const QStringList &words)
{
    return std::all_of(words.begin(), words.end(),
        [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

Excerpt excerpt(const QString &text, const QStringList &words, qsizetype length)
{
    const QString line = text.simplified();
    if (line.size() <= length) {
        return {.text = line, .marks = marksIn(line, words)};
    }
    qsizetype first = line.size();
    for (const QString &word : words) {
        const qsizetype at = line.indexOf(word, 0, Qt::CaseInsensitive);
        first = at < 0 ? first : std::min(first, at);
    }
    // A quarter of it before the word, for what it is about.
    const qsizetype wanted = std::clamp(first - length / 4, qsizetype(0), line.size() - length);
    const qsizetype begin = outsidePair(line, wanted, -1);
    const qsizetype end = outsidePair(line, std::min(wanted + length, line.size()), 1);
    QString cut = line.sliced(begin, end - begin);
    if (begin > 0) {
        cut.prepend(u'…');
    }
    if (end < line.size()) {
        cut.append(u'…');
    }
    return {.text = cut, .marks = marksIn(cut, words)};
}

} // namespace Lorikeet
