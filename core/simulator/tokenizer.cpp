// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/tokenizer.h"

#include "base/random.h"

#include <algorithm>

namespace Lorikeet::Sim {

namespace {

constexpr qsizetype longestWord = 7; ///< letters of a word that is one piece

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isContinuation(char c) { return (static_cast<quint8>(c) & 0xc0) == 0x80; }

/// The end of the run of characters from `from` for which `test` holds, at most `limit` of them.
template<typename Test>
qsizetype runEnd(QByteArrayView text, qsizetype from, qsizetype limit, Test test)
{
    const qsizetype stop
        = std::min(text.size(), limit > text.size() - from ? text.size() : from + limit);
    qsizetype at = from;
    while (at < stop && test(text[at])) {
        ++at;
    }
    return at;
}

/// One character beyond ASCII, with a variation selector, joiner or skin tone that belongs to it.
qsizetype characterEnd(QByteArrayView text, qsizetype from)
{
    qsizetype end = from + 1;
    while (end < text.size() && isContinuation(text[end])) {
        ++end;
    }
    const QByteArrayView rest = text.sliced(end);
    if (rest.startsWith("\xef\xb8\x8f")) {
        return end + 3;
    }
    if (rest.startsWith("\xe2\x80\x8d") && rest.size() > 3) {
        return characterEnd(text, end + 3);
    }
    return end;
}

/// The first piece of the word text[from, to): the whole of a short one.
qsizetype wordPieceEnd(QByteArrayView text, qsizetype from, qsizetype to)
{
    const qsizetype length = to - from;
    if (length <= longestWord) {
        return to;
    }
    // 4 to 6 letters, by the word itself, and never a last piece of one letter.
    const qsizetype first = 4 + static_cast<qsizetype>(stableHash(text.sliced(from, length)) % 3);
    return from + (length - first == 1 ? first - 1 : first);
}

qsizetype pieceEnd(QByteArrayView text, qsizetype from)
{
    const char c = text[from];
    // A single space belongs to the word after it.
    const qsizetype word = c == ' ' ? from + 1 : from;
    if (word < text.size()) {
        if (isLetter(text[word])) {
            return wordPieceEnd(text, word, runEnd(text, word, text.size(), isLetter));
        }
        if (isDigit(text[word])) {
            return runEnd(text, word, 3, isDigit);
        }
    }
    if (c == ' ') {
        // Indentation: all spaces but the last, which belongs to what follows.
        const qsizetype end = runEnd(text, from, 16, [](char x) { return x == ' '; });
        return end - from > 1 && end < text.size() && isLetter(text[end]) ? end - 1 : end;
    }
    if (c == '\n') {
        return runEnd(text, from, 2, [](char x) { return x == '\n'; });
    }
    if (static_cast<quint8>(c) >= 0x80) {
        return characterEnd(text, from);
    }
    // Punctuation: runs of the same character (```, ---, **) are one piece.
    return runEnd(text, from, 4, [c](char x) { return x == c; });
}

} // namespace

std::vector<qsizetype> tokenEnds(QByteArrayView text)
{
    std::vector<qsizetype> ends;
    ends.reserve(static_cast<size_t>(text.size() / 4 + 1));
    for (qsizetype at = 0; at < text.size();) {
        at = pieceEnd(text, at);
        ends.push_back(at);
    }
    return ends;
}

qint64 tokenCount(QByteArrayView text)
{
    qint64 count = 0;
    for (qsizetype at = 0; at < text.size(); ++count) {
        at = pieceEnd(text, at);
    }
    return count;
}

int tokenId(QByteArrayView piece)
{
    // The first 256 numbers are single bytes and special tokens in the usual vocabularies.
    return 256 + static_cast<int>(stableHash(piece) % (128'000 - 256));
}

} // namespace Lorikeet::Sim
