// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nearestname.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace Lorikeet {

namespace {

constexpr qsizetype longestTyped = 100; // the effort grows with its square

/// How many letters must be inserted, left out, replaced or swapped with their neighbour.
qsizetype distance(QStringView a, QStringView b)
{
    const qsizetype width = b.size() + 1;
    QList<qsizetype> beforeLast(width);
    QList<qsizetype> last(width);
    QList<qsizetype> current(width);
    std::iota(last.begin(), last.end(), 0);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (qsizetype j = 1; j < width; ++j) {
            const bool isSame = a[i - 1] == b[j - 1];
            current[j]
                = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                current[j] = std::min(current[j], beforeLast[j - 2] + 1);
            }
        }
        beforeLast.swap(last);
        last.swap(current);
    }
    return last.last();
}

} // namespace

QString nearestName(const QString &typed, const QStringList &names)
{
    QString nearest;
    if (typed.size() > longestTyped) {
        return nearest;
    }
    const QString wanted = typed.toLower();
    qsizetype fewest = 0;
    for (const QString &name : names) {
        const qsizetype changes = distance(wanted, name.toLower());
        const bool isNear = changes * 3 <= std::max(typed.size(), name.size());
        if (isNear && (nearest.isEmpty() || changes < fewest)) {
            nearest = name;
            fewest = changes;
        }
    }
    return nearest;
}

} // namespace Lorikeet
