// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/wordmatch.h"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace Lorikeet {

namespace {

using Words = std::span<const int>;
using Block = std::uint64_t;

constexpr size_t blockBits = 64;
constexpr size_t longestSide = 4096; ///< beyond it a gap is cut; see diffWords()
constexpr int deepest = 50; ///< anchors within anchors; as bad texts as that need another way

class Matcher final
{
public:
    explicit Matcher(int wordCount)
        : m_inBase(size_t(wordCount))
        , m_inOther(size_t(wordCount))
        , m_rowOf(size_t(wordCount), -1)
    { }

    /// Both begin at these indices of the whole.
    void match(Words base, Words other, int baseAt, int otherAt, int depth = 0);

    std::vector<WordMatch> matches;

private:
    struct Occurrence
    {
        int count = 0;
        int at = 0;
    };

    [[nodiscard]] std::vector<WordMatch> anchors(Words base, Words other);
    void matchLongest(Words base, Words other, int baseAt, int otherAt);
    [[nodiscard]] std::vector<int> prefixScores(Words base, Words other, bool backwards);

    std::vector<Occurrence> m_inBase;
    std::vector<Occurrence> m_inOther;
    std::vector<int> m_rowOf; ///< a word's row in m_rows, or -1
    std::vector<Block> m_rows;
};

/// Of pairs in the order of the base, the most whose order in the other is the same.
std::vector<WordMatch> longestRising(const std::vector<WordMatch> &pairs)
{
    std::vector<size_t> tails; // of the rising sequence of each length, the pair that ends lowest
    std::vector<size_t> before(pairs.size());
    for (size_t i = 0; i < pairs.size(); ++i) {
        const auto place = std::ranges::lower_bound(
            tails, pairs[i].other, {}, [&pairs](size_t index) { return pairs[index].other; });
        const auto length = size_t(place - tails.begin());
        before[i] = length > 0 ? tails[length - 1] : i;
        if (place == tails.end()) {
            tails.push_back(i);
        } else {
            *place = i;
        }
    }
    std::vector<WordMatch> rising(tails.size());
    size_t at = tails.empty() ? 0 : tails.back();
    for (size_t i = tails.size(); i-- > 0; at = before[at]) {
        rising[i] = pairs[at];
    }
    return rising;
}

/// The words that each side has exactly once, as far as they come in the same order.
std::vector<WordMatch> Matcher::anchors(Words base, Words other)
{
    const auto count = [](std::vector<Occurrence> &table, Words words) {
        for (size_t i = 0; i < words.size(); ++i) {
            Occurrence &word = table[size_t(words[i])];
            ++word.count;
            word.at = int(i);
        }
    };
    count(m_inBase, base);
    count(m_inOther, other);
    std::vector<WordMatch> pairs;
    for (size_t i = 0; i < base.size(); ++i) {
        const auto word = size_t(base[i]);
        if (m_inBase[word].count == 1 && m_inOther[word].count == 1) {
            pairs.push_back({int(i), m_inOther[word].at});
        }
    }
    for (const int word : base) {
        m_inBase[size_t(word)] = {};
    }
    for (const int word : other) {
        m_inOther[size_t(word)] = {};
    }
    return longestRising(pairs);
}

void Matcher::match(Words base, Words other, int baseAt, int otherAt, int depth)
{
    while (!base.empty() && !other.empty() && base.front() == other.front()) {
        matches.push_back({baseAt++, otherAt++});
        base = base.subspan(1);
        other = other.subspan(1);
    }
    size_t tail = 0;
    while (tail < base.size() && tail < other.size()
        && base[base.size() - 1 - tail] == other[other.size() - 1 - tail]) {
        ++tail;
    }
    base = base.first(base.size() - tail);
    other = other.first(other.size() - tail);
    if (!base.empty() && !other.empty()) {
        const std::vector<WordMatch> fixed
            = depth < deepest ? anchors(base, other) : std::vector<WordMatch>();
        if (fixed.empty()) {
            matchLongest(base, other, baseAt, otherAt);
        }
        size_t baseDone = 0;
        size_t otherDone = 0;
        // Each part lies between two anchors, the last behind all of them.
        for (size_t i = 0; !fixed.empty() && i <= fixed.size(); ++i) {
            const size_t baseEnd = i < fixed.size() ? size_t(fixed[i].base) : base.size();
            const size_t otherEnd = i < fixed.size() ? size_t(fixed[i].other) : other.size();
            match(base.subspan(baseDone, baseEnd - baseDone),
                other.subspan(otherDone, otherEnd - otherDone), baseAt + int(baseDone),
                otherAt + int(otherDone), depth + 1);
            if (i < fixed.size()) {
                matches.push_back({baseAt + fixed[i].base, otherAt + fixed[i].other});
            }
            baseDone = baseEnd + 1;
            otherDone = otherEnd + 1;
        }
    }
    for (size_t i = 0; i < tail; ++i) {
        matches.push_back({baseAt + int(base.size() + i), otherAt + int(other.size() + i)});
    }
}

/// For each i, how many words the first i of the base (backwards: the last i) and all of the other
/// have in common at most. Bit-parallel: H. Hyyrö, "Bit-parallel LCS-length computation revisited"
/// (2004). A bit of `state` is 0 where the count grows by one.
std::vector<int> Matcher::prefixScores(Words base, Words other, bool backwards)
{
    const size_t blocks = (base.size() + blockBits - 1) / blockBits;
    m_rows.clear();
    for (size_t i = 0; i < base.size(); ++i) {
        int &row = m_rowOf[size_t(base[backwards ? base.size() - 1 - i : i])];
        if (row < 0) {
            row = int(m_rows.size() / blocks);
            m_rows.resize(m_rows.size() + blocks);
        }
        m_rows[size_t(row) * blocks + i / blockBits] |= Block(1) << (i % blockBits);
    }
    std::vector<Block> state(blocks, ~Block(0));
    for (size_t i = 0; i < other.size(); ++i) {
        const int row = m_rowOf[size_t(other[backwards ? other.size() - 1 - i : i])];
        if (row < 0) {
            continue;
        }
        Block carry = 0;
        for (size_t block = 0; block < blocks; ++block) {
            const Block old = state[block];
            const Block hits = old & m_rows[size_t(row) * blocks + block];
            const Block sum = old + hits;
            const Block whole = sum + carry;
            carry = Block(sum < old || whole < sum);
            state[block] = whole | (old & ~hits);
        }
    }
    for (const int word : base) {
        m_rowOf[size_t(word)] = -1;
    }
    std::vector<int> scores(base.size() + 1);
    for (size_t i = 0; i < base.size(); ++i) {
        const bool grows = (state[i / blockBits] >> (i % blockBits) & 1) == 0;
        scores[i + 1] = scores[i] + int(grows);
    }
    return scores;
}

/// Hirschberg's way to the longest common subsequence itself: halve the other, find where the base
/// is best cut, and go on with the two halves.
void Matcher::matchLongest(Words base, Words other, int baseAt, int otherAt)
{
    if (base.empty() || other.empty()) {
        return;
    }
    if (other.size() == 1) {
        if (const auto found = std::ranges::find(base, other.front()); found != base.end()) {
            matches.push_back({baseAt + int(found - base.begin()), otherAt});
        }
        return;
    }
    const size_t half = other.size() / 2;
    size_t cut = 0;
    if (base.size() > longestSide || other.size() > longestSide) {
        cut = base.size() * half / other.size();
    } else {
        const std::vector<int> above = prefixScores(base, other.first(half), false);
        const std::vector<int> below = prefixScores(base, other.subspan(half), true);
        int best = -1;
        for (size_t i = 0; i <= base.size(); ++i) {
            if (const int score = above[i] + below[base.size() - i]; score > best) {
                best = score;
                cut = i;
            }
        }
        if (best == 0) {
            return;
        }
    }
    matchLongest(base.first(cut), other.first(half), baseAt, otherAt);
    matchLongest(base.subspan(cut), other.subspan(half), baseAt + int(cut), otherAt + int(half));
}

} // namespace

std::vector<WordMatch> matchWords(Words base, Words other, int wordCount)
{
    Matcher matcher(wordCount);
    matcher.match(base, other, 0, 0);
    return std::move(matcher.matches);
}

} // namespace Lorikeet
