// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/syntheticprompt.h"

#include "load/syntheticwords.h"

#include <algorithm>
#include <numeric>

namespace Lorikeet {

namespace {

/// Letters of the words of half a stanza.
constexpr int halfWords = 9;
using Half = std::array<qint8, halfWords>;
constexpr std::array halves{Half{2, 3, 3, 4, 4, 4, 4, 5, 5}, Half{2, 3, 3, 4, 4, 4, 5, 5, 5}};

/// Words of its sentences.
constexpr std::array sentences{7, 11};

constexpr bool areAllThere()
{
    std::array<int, SyntheticText::stanzaWords.size()> words{};
    for (const Half &half : halves) {
        for (const qint8 letters : half) {
            ++words[size_t(letters - leastWordLetters)];
        }
    }
    return words == SyntheticText::stanzaWords
        && std::accumulate(sentences.begin(), sentences.end(), 0) == 2 * halfWords
        && sentences.size() == SyntheticText::stanzaStops
        && 2 * halfWords + SyntheticText::stanzaStops == SyntheticText::stanzaLength;
}

static_assert(areAllThere());
static_assert(SyntheticText::stanzaWords.size() == mostWordLetters - leastWordLetters + 1);

/// By their letters; looked up for each word that is written.
const std::array<WordRange, SyntheticText::stanzaWords.size()> &ranges()
{
    static const auto made = [] {
        std::array<WordRange, SyntheticText::stanzaWords.size()> all;
        for (int letters = leastWordLetters; letters <= mostWordLetters; ++letters) {
            all[size_t(letters - leastWordLetters)] = syntheticWords(letters);
        }
        return all;
    }();
    return made;
}

void appendWord(QString &text, int number)
{
    if (number < 0) {
        text += u'.';
        return;
    }
    if (!text.isEmpty()) {
        text += u' ';
    }
    text += syntheticWord(number);
}

} // namespace

SyntheticText::SyntheticText(quint64 key)
    : m_random(key)
    , m_stanza{}
{ }

int SyntheticText::wordOf(int letters)
{
    const WordRange &range = ranges()[size_t(letters - leastWordLetters)];
    return range.first + int(m_random.below(range.count));
}

int SyntheticText::next()
{
    if (m_at == stanzaLength) {
        std::array<qint8, 2 * halfWords> letters{};
        for (size_t i = 0; i < halves.size(); ++i) {
            Half half = halves[i];
            for (size_t last = half.size() - 1; last > 0; --last) {
                std::swap(half[last], half[size_t(m_random.below(qsizetype(last) + 1))]);
            }
            std::ranges::copy(half, letters.begin() + qsizetype(i * half.size()));
        }
        size_t to = 0;
        size_t from = 0;
        for (const int words : sentences) {
            for (int word = 0; word < words; ++word) {
                m_stanza[to++] = letters[from++];
            }
            m_stanza[to++] = 0;
        }
        m_at = 0;
    }
    const int letters = quint8(m_stanza[size_t(m_at++)]);
    return letters == 0 ? fullStop : wordOf(letters);
}

double SyntheticText::append(QString &text, double tokens, const TokenCalibration &calibration)
{
    constexpr int attempts = 32;
    text.reserve(text.size() + qsizetype(5 * tokens / calibration.tokensPerWord) + 8);
    double done = 0;
    while (done < tokens) {
        int number = next();
        // Where words differ, the last one is of those that fit in, or of the smallest.
        for (int i = 0; i < attempts && !calibration.wordTokens.isEmpty()
            && done + calibration.tokensOfWord(number) > tokens;
            ++i) {
            const int other = wordOf(leastWordLetters + int(m_random.below(stanzaWords.size())));
            if (calibration.tokensOfWord(other) < calibration.tokensOfWord(number)) {
                number = other;
            }
        }
        const double more = calibration.tokensOfWord(number);
        if (done > 0 && tokens - done < more / 2) {
            break;
        }
        appendWord(text, number);
        done += more;
    }
    return done;
}

double SyntheticText::appendWords(QString &text, qint64 words, const TokenCalibration &calibration)
{
    text.reserve(text.size() + qsizetype(5 * words));
    double done = 0;
    for (qint64 i = 0; i < words; ++i) {
        const int number = next();
        appendWord(text, number);
        done += calibration.tokensOfWord(number);
    }
    return done;
}

} // namespace Lorikeet
