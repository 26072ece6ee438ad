// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "compare/textdiff.h"
#include "text/markdownblock.h"
#include "timeline/textmark.h"

#include <QString>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// A piece of what differs between two texts.
struct DiffPiece
{
    Q_GADGET
    QML_VALUE_TYPE(diffPiece)
    Q_PROPERTY(int kind MEMBER kind FINAL)
    Q_PROPERTY(QString text MEMBER text FINAL)

public:
    enum Kind { Same, Added, Removed, Gap };
    Q_ENUM(Kind)

    int kind = Same;
    QString text;

    friend bool operator==(const DiffPiece &, const DiffPiece &) = default;
};

/// The text of an answer as it is read, its blocks one below the other.
[[nodiscard]] QString readText(const MarkdownBlocks &blocks);

/// Ranges of readText(), as ranges of its blocks. White space at their ends is not marked.
[[nodiscard]] BlockMarks marksOf(
    const MarkdownBlocks &blocks, const TextDiff &diff, bool ofTheBase);

/// Only where `other` differs from `base`, each with a few words before and behind, and a gap for
/// what is left out.
[[nodiscard]] QList<DiffPiece> differencesOnly(
    QStringView base, QStringView other, const TextDiff &diff);

} // namespace Lorikeet
