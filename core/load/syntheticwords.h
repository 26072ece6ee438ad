// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLatin1StringView>

namespace Lorikeet {

// The words that prompts of a load test are made of: common, short, each once, numbered from 0 in
// the order of their lengths.

constexpr int leastWordLetters = 2;
constexpr int mostWordLetters = 5;

[[nodiscard]] int syntheticWordCount();
/// Empty beyond the last.
[[nodiscard]] QLatin1StringView syntheticWord(int number);

/// The numbers of the words of one length.
struct WordRange
{
    int first = 0;
    int count = 0;
};

[[nodiscard]] WordRange syntheticWords(int letters);

} // namespace Lorikeet
