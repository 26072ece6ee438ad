// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fuzzy.h"

#include <algorithm>
#include <optional>

namespace Lorikeet {

namespace {

constexpr int wordStart = 8;
constexpr int inARow = 4;

/// How well the letters fit; nothing if they do not.
std::optional<int> score(const QString &letters, const QString &candidate)
{
    int sum = 0;
    qsizetype from = 0;
    qsizetype last = -2;
    for (const QChar letter : letters) {
        const qsizetype at = candidate.indexOf(letter, from, Qt::CaseInsensitive);
        if (at < 0) {
            return std::nullopt;
        }
        const bool startsWord = at == 0 || !candidate[at - 1].isLetterOrNumber();
        sum += 1 + (startsWord ? wordStart : 0) + (at == last + 1 ? inARow : 0);
        last = at;
        from = at + 1;
    }
    return sum;
}

} // namespace

QList<int> fuzzyMatches(const QString &typed, const QStringList &candidates)
{
    QString letters = typed;
    letters.removeIf([](QChar letter) { return letter.isSpace(); });
    QList<std::pair<int, int>> found;
    for (int i = 0; i < candidates.size(); ++i) {
        if (const std::optional<int> value = score(letters, candidates[i])) {
            found.append({-*value, i});
        }
    }
    std::ranges::stable_sort(found, {}, &std::pair<int, int>::first);
    QList<int> indices;
    for (const auto &[value, index] : std::as_const(found)) {
        indices.append(index);
    }
    return indices;
}

} // namespace Lorikeet
