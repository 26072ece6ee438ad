// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/textdiff.h"

#include "compare/wordmatch.h"

#include <QHash>

namespace Lorikeet {

namespace {

/// The words of a text: where they stand, and which they are.
struct WordList
{
    std::vector<qsizetype> starts;
    std::vector<qsizetype> ends;
    std::vector<int> ids;
};

/// Scripts whose words are not separated: each character is compared by itself.
bool isWrittenWithoutSpaces(char32_t character)
{
    switch (QChar::script(character)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return true;
    default:
        return false;
    }
}

char32_t characterAt(QStringView text, qsizetype at)
{
    const QChar first = text.at(at);
    if (first.isHighSurrogate() && at + 1 < text.size() && text.at(at + 1).isLowSurrogate()) {
        return QChar::surrogateToUcs4(first, text.at(at + 1));
    }
    return first.unicode();
}

qsizetype lengthOf(char32_t character) { return QChar::requiresSurrogates(character) ? 2 : 1; }

qsizetype endOfWord(QStringView text, qsizetype at)
{
    const char32_t first = characterAt(text, at);
    const bool isRun = QChar::isLetterOrNumber(first) && !isWrittenWithoutSpaces(first);
    at += lengthOf(first);
    while (at < text.size()) {
        const char32_t next = characterAt(text, at);
        const bool joins = QChar::isMark(next)
            || (isRun && QChar::isLetterOrNumber(next) && !isWrittenWithoutSpaces(next));
        if (!joins) {
            break;
        }
        at += lengthOf(next);
    }
    return at;
}

WordList wordsOf(QStringView text, QHash<QStringView, int> &ids)
{
    WordList words;
    for (qsizetype at = 0; at < text.size();) {
        if (QChar::isSpace(characterAt(text, at))) {
            ++at; // no white space is beyond the first plane
            continue;
        }
        const qsizetype end = endOfWord(text, at);
        const QStringView word = text.sliced(at, end - at);
        auto id = ids.find(word);
        if (id == ids.end()) {
            id = ids.insert(word, int(ids.size()));
        }
        words.starts.push_back(at);
        words.ends.push_back(end);
        words.ids.push_back(*id);
        at = end;
    }
    return words;
}

/// Words that differ, as [from, to) of each side.
struct Gap
{
    int baseFrom;
    int baseTo;
    int otherFrom;
    int otherTo;
};

std::vector<Gap> gapsBetween(const std::vector<WordMatch> &matches, int baseCount, int otherCount)
{
    std::vector<Gap> gaps;
    int base = 0;
    int other = 0;
    const auto add = [&](int baseTo, int otherTo) {
        if (base < baseTo || other < otherTo) {
            gaps.push_back({base, baseTo, other, otherTo});
        }
    };
    for (const WordMatch &match : matches) {
        add(match.base, match.other);
        base = match.base + 1;
        other = match.other + 1;
    }
    add(baseCount, otherCount);
    return gaps;
}

/// One comma that two rewritten clauses share tells nothing, and would cut them to pieces.
void joinAcrossPunctuation(std::vector<Gap> &gaps, const WordList &base, QStringView baseText)
{
    std::vector<Gap> joined;
    for (const Gap &gap : gaps) {
        const bool isNext = !joined.empty() && gap.baseFrom - joined.back().baseTo == 1;
        if (isNext) {
            const auto between = size_t(joined.back().baseTo);
            const bool isWord
                = QChar::isLetterOrNumber(characterAt(baseText, base.starts[between]));
            Gap &before = joined.back();
            const bool bothRewrite = before.baseTo > before.baseFrom
                && before.otherTo > before.otherFrom && gap.baseTo > gap.baseFrom
                && gap.otherTo > gap.otherFrom;
            if (!isWord && bothRewrite) {
                before.baseTo = gap.baseTo;
                before.otherTo = gap.otherTo;
                continue;
            }
        }
        joined.push_back(gap);
    }
    gaps = std::move(joined);
}

struct Range
{
    qsizetype start;
    qsizetype length;
};

Range rangeOf(const WordList &words, int from, int to, qsizetype textSize)
{
    if (from == to) {
        return {size_t(from) < words.starts.size() ? words.starts[size_t(from)] : textSize, 0};
    }
    const qsizetype start = words.starts[size_t(from)];
    return {start, words.ends[size_t(to) - 1] - start};
}

} // namespace

TextDiff diffWords(QStringView base, QStringView other)
{
    QHash<QStringView, int> ids;
    const WordList baseWords = wordsOf(base, ids);
    const WordList otherWords = wordsOf(other, ids);
    const std::vector<WordMatch> matches
        = matchWords(baseWords.ids, otherWords.ids, int(ids.size()));
    TextDiff diff;
    diff.baseWords = int(baseWords.ids.size());
    diff.otherWords = int(otherWords.ids.size());
    const int words = diff.baseWords + diff.otherWords;
    diff.similarity = words > 0 ? 2.0 * double(matches.size()) / words : 1.0;
    std::vector<Gap> gaps = gapsBetween(matches, diff.baseWords, diff.otherWords);
    joinAcrossPunctuation(gaps, baseWords, base);
    for (const Gap &gap : gaps) {
        const Range in = rangeOf(baseWords, gap.baseFrom, gap.baseTo, base.size());
        const Range out = rangeOf(otherWords, gap.otherFrom, gap.otherTo, other.size());
        diff.changes.append({in.start, in.length, out.start, out.length});
    }
    return diff;
}

} // namespace Lorikeet
