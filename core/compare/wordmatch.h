// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <span>
#include <vector>

namespace Lorikeet {

/// `base[i]` stands where `other[j]` does.
struct WordMatch
{
    int base;
    int other;
};

/// Matches two sequences of words, each word a number below `wordCount`, as diffWords() says. In
/// order; neither index comes twice.
[[nodiscard]] std::vector<WordMatch> matchWords(
    std::span<const int> base, std::span<const int> other, int wordCount);

} // namespace Lorikeet
