// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QStringView>

namespace Lorikeet {

/// Where two texts differ: these characters of the base stand where those of the other text do.
/// Ranges begin and end with words; one of length 0 says where the other's words came in, or went.
struct TextChange
{
    qsizetype baseStart = 0;
    qsizetype baseLength = 0;
    qsizetype otherStart = 0;
    qsizetype otherLength = 0;

    friend bool operator==(const TextChange &, const TextChange &) = default;
};

/// The words in which one text differs from another, its base.
struct TextDiff
{
    /// In order, and none of them touch: between two stand words that are the same in both. The
    /// first is where the texts part.
    QList<TextChange> changes;
    /// 2 × the words in common (in this order) ÷ the words of both: 1 for the same words, 0 for
    /// none in common. Two texts without words are the same.
    double similarity = 1;
    int baseWords = 0;
    int otherWords = 0;
};

/// Compares word by word; white space separates words and is not compared. A word is a run of
/// letters and digits; anything else, and each character of the scripts that write without spaces,
/// is a word by itself.
///
/// Words that each text has once are matched first (patience diff), which keeps apart what only
/// looks alike; between them as many words as possible are matched (the longest common
/// subsequence, 64 words a step). Between two matches of more than 4,096 words each, where that
/// would take long, parts at the same height are compared, and similarity is a lower bound.
///
/// Pure and reentrant: callable from any thread.
[[nodiscard]] TextDiff diffWords(QStringView base, QStringView other);

} // namespace Lorikeet
