// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/conversationstore.h"

#include <QString>
#include <QStringList>

namespace Lorikeet {

/// The words of a search as typed: parted by white space, but for what stands in double quotes.
[[nodiscard]] QStringList searchWords(const QString &text);

/// Every word is somewhere in the text, in any case.
[[nodiscard]] bool holdsAll(const QString &text, const QStringList &words);

struct Excerpt
{
    QString text; ///< on one line; an ellipsis where something was left out
    QList<SearchHit::Mark> marks; ///< where words stand in it; in order, not overlapping
};

/// About `length` characters of the text around the first place where a word stands.
[[nodiscard]] Excerpt excerpt(const QString &text, const QStringList &words, qsizetype length);

} // namespace Lorikeet
